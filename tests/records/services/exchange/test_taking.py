"""Packages between two offices: what is new, what changes, what stays ours, and what is refused with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from config.errors import AppError, InputError, RefusedError
from config.settings.loading import SHIPPED
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award, Decision
from records.domain.dates import PartialDate
from records.domain.exchange import Neighbour, Package
from records.domain.people.person import Credential, Person
from records.domain.training import Attendance, Event
from records.domain.units import Unit, UnitName
from records.services.book.history import undo
from records.services.certificates.seals import check_code, seal
from records.services.exchange import keys, meeting, opening, packing, taking
from records.services.exchange.contents import Wanted
from records.services.exchange.package import FIRST_LINE, LARGEST_UNPACKED, Body, archived, read_file, written
from records.services.office import Office
from tests.records.services.exchange.offices import (
    TODAY,
    correct,
    introduce,
    now,
    office_of,
    packed,
    person,
    planned,
    taken,
    told,
)
from tui.present.changes import Spoken


class Two(NamedTuple):
    """Two offices that met, and a folder for what goes between them."""

    ours: Office
    theirs: Office
    folder: Path


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    with office_of(tmp_path, "TN") as ours, office_of(tmp_path, "SC") as theirs:
        introduce(tmp_path, ours, theirs)
        yield Two(ours, theirs, tmp_path)


def sent(two: Two, what: str = "roster", *, day: date = TODAY, plain: bool = False, period: str = "") -> Path:
    """A package of the other office for ours."""
    return packed(two.theirs, two.ours, two.folder / "their.svx", what, day=day, plain=plain, period=period)


def phone(office: Office, person_id: str) -> str:
    return office.book.table(Person)[person_id].phone


def test_a_person_keeps_the_code_of_the_office_that_made_them_beside_ours_with_the_same_number(two: Two) -> None:
    ours, theirs = person(two.ours, "Nguyễn Văn An"), person(two.theirs, "Lê Thị Bình", phone="0912")
    plan, _ = taken(two.ours, sent(two))
    assert told(plan) == (1, 0, 0, 0)
    people = two.ours.book.table(Person)
    assert (people[ours.id].name, people[theirs.id].name) == ("Nguyễn Văn An", "Lê Thị Bình")
    assert (ours.id, theirs.id) == ("TN-P-00001", "SC-P-00001")
    assert person(two.ours, "Hùng").id == "TN-P-00002"
    assert told(planned(two.ours, two.folder / "their.svx")) == (0, 0, 1, 0)
    took = next(each.seq for each in two.ours.book.history() if each.action == "exchange.take")
    two.ours.book.undo(took)  # though something else was entered since
    assert people.get(theirs.id) is None
    assert told(planned(two.ours, two.folder / "their.svx")) == (1, 0, 0, 0), "taken back, it can be taken again"


def test_what_the_sender_changed_is_taken_and_what_we_changed_stays_until_somebody_says_otherwise(two: Two) -> None:
    who = person(two.theirs, "Lê Thị Bình", phone="1", email="a@b.vn", position="Cán bộ").id
    taken(two.ours, sent(two))
    correct(two.theirs, who, phone="2", email="c@d.vn")
    correct(two.ours, who, phone="3", residence="Tổ 4")
    plan, _ = taken(two.ours, sent(two))
    assert told(plan) == (0, 1, 0, 0)
    assert [(each.record, each.field, each.ours, each.theirs) for each in plan.conflicts] == [(who, "phone", "3", "2")]
    held = two.ours.book.table(Person)[who]
    assert (held.phone, held.email, held.residence) == ("3", "c@d.vn", "Tổ 4")
    again, entry = taken(two.ours, two.folder / "their.svx")
    assert (told(again), entry, len(again.conflicts)) == ((0, 0, 1, 0), None, 1)
    correct(two.theirs, who, position="Trưởng ban")
    later, _ = taken(two.ours, sent(two))
    assert (told(later), phone(two.ours, who)) == ((0, 1, 0, 0), "3"), "kept as ours is not forgotten the next time"
    chosen, _ = taken(two.ours, two.folder / "their.svx", fields=frozenset({(who, "phone")}))
    assert (told(chosen), phone(two.ours, who)) == ((0, 1, 0, 0), "2")
    assert two.ours.book.table(Person)[who].residence == "Tổ 4"


def test_a_list_of_a_record_is_a_field_as_any_other(two: Two) -> None:
    """What the office said before comes from the journal, where it stands otherwise than in a record."""
    first, second, third = (Credential(kind="language", level=level) for level in ("A1", "B1", "C1"))
    who = person(two.theirs, "Lê Thị Bình", credentials=(first,)).id
    taken(two.ours, sent(two))
    for told_now in ((first, second), (first, second, third)):  # the second time against what they said the first
        correct(two.theirs, who, credentials=told_now)
        plan, _ = taken(two.ours, sent(two))
        assert (plan.conflicts, two.ours.book.table(Person)[who].credentials) == ([], told_now)
    correct(two.theirs, who, credentials=(first, third))
    correct(two.ours, who, credentials=(second,))
    plan, _ = taken(two.ours, sent(two))
    (conflict,) = plan.conflicts
    say = Spoken(two.ours)
    assert [say.value(conflict.field, each) for each in (conflict.ours, conflict.theirs)] == [
        "Kind Language; Level B1",
        "Kind Language; Level A1, Kind Language; Level C1",
    ]


def test_what_was_emptied_there_is_emptied_here_and_what_was_never_there_erases_nothing(two: Two) -> None:
    who = person(two.theirs, "Lê Thị Bình", phone="1", email="a@b.vn").id
    taken(two.ours, sent(two))
    correct(two.ours, who, residence="Tổ 4")
    correct(two.theirs, who, phone="")
    taken(two.ours, sent(two))
    held = two.ours.book.table(Person)[who]
    assert (held.phone, held.email, held.residence) == ("", "a@b.vn", "Tổ 4")


def test_somebody_whom_both_entered_is_one_person_here_and_has_what_either_knows(two: Two) -> None:
    same = {"born": PartialDate(1980, 2, 5), "national_id": "019080000001"}
    mine = person(two.ours, "Nguyễn Văn An", phone="1", **same).id
    person(two.theirs, "Ai Đó")
    theirs = person(two.theirs, "Nguyễn Văn An", phone="2", email="a@b.vn", **same).id
    with two.theirs.book.change("test") as change:
        event = change.put(Event(id=change.new_id(Event), kind="course", title="Lớp", day=date(2025, 5, 5)))
        made: dict[str, Any] = {"event": event.id, "kind": "course", "day": event.day}
        change.put(Attendance(id=change.new_id(Attendance), person=theirs, **made))
    plan, _ = taken(two.ours, sent(two, "roster,training"))
    assert plan.linked == {theirs: mine}
    assert [each.field for each in plan.conflicts] == ["phone"]
    held = two.ours.book.table(Person)[mine]
    assert (held.phone, held.email) == ("1", "a@b.vn")
    assert two.ours.book.table(Person).get(theirs) is None
    assert [each.person for each in two.ours.book.table(Attendance)] == [mine]
    back = packed(two.ours, two.theirs, two.folder / "back.svx", "roster,training")
    answer, _ = taken(two.theirs, back)
    assert (answer.refused, len(two.theirs.book.table(Person)), len(two.theirs.book.table(Attendance))) == ([], 2, 1)


def test_one_who_only_looks_like_somebody_is_new_and_told_and_may_be_said_to_be_them(two: Two) -> None:
    mine = person(two.ours, "Nguyễn Văn An", born=PartialDate(1980)).id
    theirs = person(two.theirs, "Nguyễn Văn An", born=PartialDate(1980)).id
    file = sent(two)
    plan = planned(two.ours, file)
    assert [(each.theirs, each.ours) for each in plan.alike] == [(theirs, mine)]
    assert told(plan) == (1, 0, 0, 0)
    with pytest.raises(InputError, match="TN-P-09999"):
        planned(two.ours, file, people={theirs: "TN-P-09999"})
    plan, _ = taken(two.ours, file, people={theirs: mine})
    assert (told(plan), dict(plan.linked)) == ((0, 0, 1, 0), {theirs: mine})


def test_whom_the_other_office_knows_to_be_one_of_ours_is_so_here_too(two: Two) -> None:
    mine = person(two.ours, "Nguyễn Văn An", born=PartialDate(1980)).id
    theirs = person(two.theirs, "Nguyễn Văn An", born=PartialDate(1980), phone="2").id
    taken(two.theirs, packed(two.ours, two.theirs, two.folder / "ours.svx"), people={mine: theirs})
    assert two.theirs.book.table(Person).get(mine) is None
    plan, _ = taken(two.ours, sent(two))
    assert (dict(plan.linked), plan.alike, len(two.ours.book.table(Person))) == ({theirs: mine}, [], 1)
    assert phone(two.ours, mine) == "2"


def test_units_of_one_list_are_the_same_and_others_come_along_or_are_what_a_person_says(two: Two) -> None:
    with two.theirs.book.change("test") as change:
        ward = next(each for each in two.theirs.book.table(Unit) if each.name == "Phường Túc Duyên")
        name = UnitName(name="Chi bộ Mẫu")
        cell = change.put(Unit(id=change.new_id(Unit), names=(name,), kind="party_organisation", parent=ward.id))
    who = person(two.theirs, "Lê Thị Bình", unit=cell.id).id
    here = next(each for each in two.ours.book.table(Unit) if each.name == "Phường Túc Duyên")
    file = sent(two)
    plan, _ = taken(two.ours, file)
    units = two.ours.book.table(Unit)
    assert (plan.refused, units[cell.id].parent) == ([], here.id)
    assert two.ours.book.table(Person)[who].unit == cell.id
    two.ours.book.undo()
    taken(two.ours, file, units={"Chi bộ Mẫu": "Phường Túc Duyên"})
    assert two.ours.book.table(Person)[who].unit == here.id
    assert units.get(cell.id) is None


Spoil = Callable[[Two, Path], Path]


def flipped(_two: Two, file: Path) -> Path:
    content = bytearray(file.read_bytes())
    content[-5] ^= 1
    file.write_bytes(content)
    return file


def cut(_two: Two, file: Path) -> Path:
    file.write_bytes(file.read_bytes()[:-20])
    return file


def headless(_two: Two, file: Path) -> Path:
    file.write_bytes(file.read_bytes()[:200])
    return file


def resigned(two: Two, file: Path) -> Path:
    """Written by a stranger in the name of the office."""
    with office_of(two.folder / "thief", "XX") as thief:
        content = file.read_bytes()
        signed = content[: content.index(b"\n", len(FIRST_LINE)) + 1]
        file.write_bytes(signed + keys.sign(thief, signed).hex().encode() + content[len(signed) + 128 :])
    return file


def with_another_name(_two: Two, file: Path) -> Path:
    file.write_bytes(file.read_bytes().replace(b"Ban SC", b"Ban XC", 1))
    return file


def newer_format(_two: Two, file: Path) -> Path:
    file.write_bytes(file.read_bytes().replace(b"PACKAGE 1", b"PACKAGE 2", 1))
    return file


def a_text(_two: Two, file: Path) -> Path:
    file.write_text("Kính gửi: Ban Tuyên giáo", encoding="utf-8")
    return file


def of_a_stranger(two: Two, file: Path) -> Path:
    with office_of(two.folder / "far", "DH") as far:
        made = packing.pack(far, Wanted(what=("roster",)), "TN", now=now())
        file.write_bytes(made.content)
    return file


def of_ours(two: Two, file: Path) -> Path:
    return packed(two.ours, two.theirs, file)


def for_another(two: Two, file: Path) -> Path:
    with office_of(two.folder / "far", "DH") as far:
        introduce(two.folder, two.theirs, far)
        return packed(two.theirs, far, file)


def not_there(_two: Two, file: Path) -> Path:
    return file.with_name("gone.svx")


def a_folder(_two: Two, file: Path) -> Path:
    return file.parent


@pytest.mark.parametrize(
    ("spoil", "kind", "said"),
    [
        (flipped, InputError, "contents are not what was packed"),
        (cut, InputError, "cut off"),
        (headless, InputError, "cut off"),
        (resigned, InputError, "forged or altered"),
        (with_another_name, InputError, "forged or altered"),
        (newer_format, InputError, "format 2"),
        (a_text, InputError, "no package"),
        (of_a_stranger, RefusedError, "not known here"),
        (of_ours, RefusedError, "this office itself"),
        (for_another, RefusedError, "for another office: DH"),
        (not_there, InputError, "no such file"),
        (a_folder, InputError, "cannot be read"),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_a_package_that_cannot_be_believed_is_refused_and_nothing_is_written(
    two: Two, spoil: Spoil, kind: type[AppError], said: str
) -> None:
    person(two.theirs, "Lê Thị Bình")
    (two.folder / "thief").mkdir()
    (two.folder / "far").mkdir()
    file = spoil(two, sent(two))
    line = two.ours.book.head()
    with pytest.raises(kind, match=said):
        opening.opened(two.ours, file)
    assert two.ours.book.head() == line


def test_every_byte_of_a_package_counts(two: Two) -> None:
    person(two.theirs, "Lê Thị Bình")
    for plain in (False, True):
        file = sent(two, plain=plain)
        content = file.read_bytes()
        for place in range(0, len(content), 37):
            file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            with pytest.raises(AppError):
                opening.opened(two.ours, file)


def test_what_is_sealed_can_be_read_by_the_one_it_is_for_alone(two: Two) -> None:
    person(two.theirs, "Lê Thị Bình")
    assert "Bình".encode() not in sent(two).read_bytes()
    content = sent(two).read_bytes()
    manifest = msgspec.json.decode(content[len(FIRST_LINE) : content.index(b"\n", len(FIRST_LINE))])
    assert manifest["sealed"][0]["book"] == two.ours.book.id
    assert opening.opened(two.ours, two.folder / "their.svx").parts
    assert opening.opened(two.ours, sent(two, plain=True)).parts


def test_one_older_than_another_taken_is_refused_unless_it_is_wanted(two: Two) -> None:
    who = person(two.theirs, "Lê Thị Bình", phone="1").id
    older = sent(two).rename(two.folder / "older.svx")
    correct(two.theirs, who, phone="2")
    taken(two.ours, sent(two))
    with pytest.raises(RefusedError, match="newer package of SC was taken"):
        opening.opened(two.ours, older)
    assert opening.opened(two.ours, older, older=True).taken is None
    assert phone(two.ours, who) == "2"


def test_an_office_with_our_code_or_that_of_another_is_another_office(two: Two, tmp_path: Path) -> None:
    for code, name in (("TN", "Ban khác"), ("SC", "Ban khác nữa")):
        folder = tmp_path / f"other{code}"
        folder.mkdir()
        with office_of(folder, code, name) as other:
            file = folder / "id"
            file.write_bytes(msgspec.json.encode(meeting.identity(other, now())))
            with pytest.raises(RefusedError, match=f"has the code {code}, and so has"):
                meeting.meeting(two.ours, meeting.read_identity(file))
    assert len(two.ours.book.table(Neighbour)) == 1


def test_a_known_office_with_another_key_is_refused(two: Two) -> None:
    held = two.ours.book.table(Neighbour).all()[0]
    with two.ours.book.change("test") as change:
        change.put(msgspec.structs.replace(held, key="0" * 64), was=held)
    with pytest.raises(RefusedError, match="another than the one compared"):
        opening.opened(two.ours, sent(two))
    found = meeting.identity(two.theirs, now())
    with pytest.raises(RefusedError, match="another than the one compared"):
        meeting.meeting(two.ours, found)


def test_an_identity_that_was_altered_is_none(two: Two) -> None:
    file = two.folder / f"{two.theirs.book.id}.id"
    content = file.read_bytes()
    for wrong, said in (
        (content.replace(b"Ban SC", b"Ban XC"), "altered"),
        (content.replace(b'"format": 1', b'"format": 2'), "format 2"),
        (b"{}", "no identity"),
        (b"\xff", "no identity"),
        (content[:50], "no identity"),
    ):
        file.write_bytes(wrong)
        with pytest.raises(InputError, match=said):
            meeting.read_identity(file)


def handmade(two: Two, parts: dict[str, bytes], unpacked: int | None = None, **told: Any) -> Path:
    """A package of the other office with these parts, correctly signed; `told` are fields of its manifest."""
    made = packing.pack(two.theirs, Wanted(what=("roster",)), "TN", now=now(), plain=True)
    body, size = archived({"told.json": b'{"day":"2026-01-15"}', **parts}.items())
    digest = hashlib.sha256(body).hexdigest()
    held = Body(size=len(body), sha256=digest, unpacked=size if unpacked is None else unpacked)
    counts = {name[8:-6]: len(part.splitlines()) for name, part in parts.items() if name.startswith("records/")}
    manifest = msgspec.structs.replace(made.manifest, **{"body": held, "counts": counts, **told})
    file = two.folder / "handmade.svx"
    file.write_bytes(written(manifest, body, lambda signed: keys.sign(two.theirs, signed)))
    return file


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id":"SC-P-00001","name":"An","colour":"red"}', "fields that this program does not know"),
        ('{"id":"SC-P-00001"}', "cannot be read"),
        ('{"id":"SC-P-00001","name":"An\\u001b[2J"}', "characters that nobody types"),
        ('{"id":"SC-P-00001","name":"A\u202en"}', "characters that nobody types"),
        ('{"id":"SC-P-00001","name":"Nguye\u0302\u0303n"}', "characters that nobody types"),
        ('{"id":"SC-U-00001","name":"An"}', "no code of such a record"),
        ('{"id":"DH-P-00001","name":"An"}', "does not say which office has the code DH"),
        ('{"id":"SC-P-99999999","name":"An"}', "no code of such a record"),
        ('{"id":"TN-P-00009","name":"An"}', "does not say which office"),
        ('{"id":"SC-P-00001","name":"An","unit":"SC-U-09999"}', "SC-U-09999"),
        ("[]", "cannot be read"),
        ('{"id":"SC-P-00001","name":"An"', "cannot be read"),
        ("[" * 5000, "cannot be read"),
        ('{"id":"SC-P-00001","name":"' + "a" * (1 << 20) + '"}', "larger than a record"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_right_is_refused_alone_with_its_reason(two: Two, line: str, said: str) -> None:
    good = '{"id":"SC-P-00002","name":"Bình"}'
    file = handmade(two, {"records/people.jsonl": f"{line}\n{good}\n".encode()})
    plan, _ = taken(two.ours, file)
    assert [each.id for each in two.ours.book.table(Person)] == ["SC-P-00002"]
    assert len(plan.refused) == 1
    assert said in str(plan.refused[0].reason)


@pytest.mark.parametrize(
    "wrong",
    [{"key": "zz"}, {"key": ""}, {"name": "Ban\x1b[2J"}, {"book": "../x"}, {"office": "T\nN"}, {"name": "a" * 501}],
    ids=str,
)
def test_a_manifest_is_judged_before_it_is_shown(two: Two, wrong: dict[str, str]) -> None:
    made = packing.pack(two.theirs, Wanted(what=("roster",)), "TN", now=now(), plain=True)
    manifest = msgspec.structs.replace(made.manifest, sender=msgspec.structs.replace(made.manifest.sender, **wrong))
    body = made.content[-made.manifest.body.size :]
    file = two.folder / "wrong.svx"
    file.write_bytes(written(manifest, body, lambda signed: keys.sign(two.theirs, signed)))
    with pytest.raises(InputError, match="manifest cannot be understood"):
        read_file(file)


def test_a_bomb_and_a_path_outside_are_refused(two: Two) -> None:
    big = b"0" * 3_000_000
    with pytest.raises(InputError, match="more than it says"):
        opening.opened(two.ours, handmade(two, {"records/people.jsonl": big}, unpacked=1000))
    with pytest.raises(InputError, match="unpacks to more than"):
        opening.opened(two.ours, handmade(two, {}, unpacked=LARGEST_UNPACKED + 1))
    for strange in ("settings/../../etc.yaml", "/etc/passwd", "files\\x.jpg", "records/\x1b[2J", "files/Nguye\u0302n"):
        with pytest.raises(InputError, match="a name that leads elsewhere"):
            opening.opened(two.ours, handmade(two, {strange: b"x"}, counts={}))
    plan, _ = taken(two.ours, handmade(two, {"records/dragons.jsonl": b"{}", "dragons/x": b"x", "settings/x": b"x"}))
    assert {each.record for each in plan.refused} == {"records/dragons.jsonl", "dragons/x", "settings/x"}


def test_one_person_goes_over_for_good_and_comes_home_again(two: Two) -> None:
    who = person(two.theirs, "Lê Thị Bình", phone="1")
    with two.theirs.book.change("test") as change:
        change.put(Appointment(id=change.new_id(Appointment), person=who.id, role="reporter", level="commune",
                               since=date(2022, 1, 1)))  # fmt: skip
    person(two.theirs, "Người Ở Lại")
    give(two.theirs, two.ours, who.id, two.folder / "one.svx", TODAY)
    assert two.theirs.book.table(Person)[who.id].left == TODAY
    plan, entry = taken(two.ours, two.folder / "one.svx")
    assert entry is not None
    assert (told(plan), entry.person) == ((2, 0, 0, 0), who.id)
    assert [(each.left, each.name) for each in two.ours.book.table(Person)] == [(None, "Lê Thị Bình")]
    (post,) = two.ours.book.table(Appointment)
    assert (post.ended, post.end_reason) == (TODAY, "transferred")
    later = TODAY + timedelta(days=40)
    roster, _ = taken(two.ours, sent(two, day=later))
    assert told(roster) == (1, 0, 0, 0), "the one who went is not told by who gave them away"
    assert two.ours.book.table(Person)[who.id].left is None
    correct(two.ours, who.id, phone="2")
    give(two.ours, two.theirs, who.id, two.folder / "back.svx", later)
    taken(two.theirs, two.folder / "back.svx", today=later)
    home = two.theirs.book.table(Person)[who.id]
    assert (home.left, home.left_reason, home.phone) == (None, "", "2")
    with pytest.raises(RefusedError, match="left the roster"):
        packing.pack_person(two.ours, who.id, "SC", day=later, now=now(later))


def give(giver: Office, to: Office, who: str, file: Path, day: date) -> None:
    made = packing.pack_person(giver, who, to.book.office, day=day, now=now(day))
    file.write_bytes(made.content)
    packing.send(giver, made, day=day)


def test_a_third_office_hears_that_somebody_left_and_then_from_who_has_them(tmp_path: Path) -> None:
    with ExitStack() as stack:
        city, one, other = (stack.enter_context(office_of(tmp_path, code)) for code in ("TN", "SC", "DH"))
        introduce(tmp_path, city, one, other)
        who = person(one, "Lê Thị Bình").id
        taken(city, packed(one, city, tmp_path / "1.svx"))
        give(one, other, who, tmp_path / "move.svx", TODAY)
        taken(other, tmp_path / "move.svx")
        taken(city, packed(one, city, tmp_path / "2.svx", day=TODAY + timedelta(days=1)))
        assert city.book.table(Person)[who].left == TODAY
        taken(city, packed(other, city, tmp_path / "3.svx", day=TODAY + timedelta(days=2)))
        assert city.book.table(Person)[who].left is None
        taken(city, packed(one, city, tmp_path / "4.svx", day=TODAY + timedelta(days=3)))
        assert city.book.table(Person)[who].left is None, "who gave them away speaks for them no more"
        assert [each.code for each in city.book.table(Neighbour)] == ["SC", "DH"]


def test_records_of_a_third_office_arrive_under_its_code(tmp_path: Path) -> None:
    with ExitStack() as stack:
        province, city, ward = (stack.enter_context(office_of(tmp_path, code)) for code in ("TG", "TN", "SC"))
        introduce(tmp_path, province, city)
        introduce(tmp_path, city, ward)
        who = person(ward, "Lê Thị Bình").id
        mine = person(city, "Nguyễn Văn An").id
        taken(city, packed(ward, city, tmp_path / "1.svx"))
        plan, _ = taken(province, packed(city, province, tmp_path / "2.svx"))
        assert told(plan) == (2, 0, 0, 0)
        assert [each.id for each in province.book.table(Person)] == [mine, who]
        heard = {each.code: bool(each.key) for each in province.book.table(Neighbour)}
        assert heard == {"TN": True, "SC": True}
        assert [each.met for each in province.book.table(Neighbour)] == [TODAY, None], "one of them was never met"


def test_a_package_is_sent_back_and_its_office_hears_why(two: Two) -> None:
    person(two.theirs, "Lê Thị Bình")
    file = sent(two)
    with pytest.raises(InputError, match="No reason"):
        taking.send_back(two.ours, opening.opened(two.ours, file), " ", today=TODAY)
    taking.send_back(two.ours, opening.opened(two.ours, file), "thiếu ngày sinh", today=TODAY)
    plan, _ = taken(two.theirs, packed(two.ours, two.theirs, two.folder / "back.svx", "returns"))
    assert [(each.reason, was.way) for each, was in plan.returned] == [("thiếu ngày sinh", "sent")]
    mine = [each for each in two.theirs.book.table(Package) if each.way == "sent"]
    assert [each.reason for each in mine] == ["thiếu ngày sinh"]


STANDARD = "standards/communicator.yaml"


def test_rules_come_down_stay_ours_where_we_changed_them_and_go_back_with_one_undo(two: Two) -> None:
    shipped = (SHIPPED / STANDARD).read_bytes()
    two.theirs.book.settings.write(STANDARD, shipped + b"# v1\n")
    plan, _ = taken(two.ours, sent(two, "standards"))
    assert [each.name for each in plan.rules] == [STANDARD]
    assert two.ours.book.settings.read(STANDARD) == shipped + b"# v1\n"
    assert taken(two.ours, sent(two, "whole"))[0].rules == [], "a book that is merged brings no rules"
    two.theirs.book.settings.write(STANDARD, shipped + b"# v2\n")
    taken(two.ours, sent(two, "standards"))
    assert two.ours.book.settings.read(STANDARD) == shipped + b"# v2\n"
    two.ours.book.settings.write(STANDARD, shipped + b"# ours\n")
    two.theirs.book.settings.write(STANDARD, shipped + b"# v3\n")
    plan, _ = taken(two.ours, sent(two, "standards"))
    assert [each.record for each in plan.conflicts] == [f"settings/{STANDARD}"]
    assert two.ours.book.settings.read(STANDARD) == shipped + b"# ours\n"
    two.theirs.book.settings.write(STANDARD, b"id: [\n")
    line = two.ours.book.head()
    with pytest.raises(AppError):
        taken(two.ours, sent(two, "standards"), theirs=True)
    assert (two.ours.book.settings.read(STANDARD), two.ours.book.head()) == (shipped + b"# ours\n", line)
    undo(two.ours)
    assert two.ours.book.settings.read(STANDARD) == shipped + b"# ours\n", "a file that was changed since stays"


def test_a_certificate_of_a_known_office_is_checked_by_its_key_and_by_what_came_of_it(two: Two) -> None:
    def awarded(office: Office, name: str) -> Award:
        with office.book.change("test") as change:
            made = change.put(Decision(id=change.new_id(Decision), number="1-QĐ", day=date(2025, 12, 1), form="party",
                                       issuer=office.book.office, title="Khen"))  # fmt: skip
            told = {"person": "", "prize": "p", "unit_name": "U", "citation": "c", "unit": units(office)}
            days = {"achieved_from": date(2025, 1, 1), "achieved_to": date(2025, 12, 31)}
            whole: dict[str, Any] = {**told, **days, "register_year": 2025, "register_number": 1}
            return change.put(Award(id=change.new_id(Award), decision=made.id, name=name, **whole))

    ours, theirs = awarded(two.ours, "Ta"), awarded(two.theirs, "Họ")
    mine, code = seal(two.ours, ours)[0], seal(two.theirs, theirs)[0]
    before = check_code(two.ours, code, on=TODAY)
    assert (before.state, before.record) == ("genuine", None)
    assert "only its book or its list of revocations says" in str(before.reason)
    taken(two.ours, sent(two, "awards"))
    found = check_code(two.ours, code, on=TODAY)
    assert (found.state, found.record and found.record.id) == ("genuine", theirs.id)
    own = check_code(two.ours, mine, on=TODAY)
    assert (own.state, own.record and own.record.id) == ("genuine", ours.id), "of two 1/2025 each office has its own"
    changed = code[:-4] + ("0000" if code[-4:] != "0000" else "1111")
    assert check_code(two.ours, changed, on=TODAY).state == "altered"


def units(office: Office) -> str:
    return next(each.id for each in office.book.table(Unit) if each.name == "Phường Túc Duyên")
