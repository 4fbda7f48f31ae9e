"""Packages made by somebody who means harm, with a key that is known here: one sentence each, and nothing is taken."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from config.errors import AppError, InputError, RefusedError
from records.domain.exchange import Neighbour, Package
from records.domain.people.person import Person
from records.domain.units import Unit
from records.services.exchange import keys, opening, packing
from records.services.exchange.contents import Wanted
from records.services.exchange.package import Body, Side, read_file, written
from tests.records.services.exchange.offices import correct, introduce, now, office_of, packed, person, taken, told
from tests.records.services.exchange.test_taking import Two, handmade, sent, two

__all__ = ["two"]


def signed(two: Two, body: bytes, **fields: Any) -> Path:
    """A package of the other office with this body, whatever it is, correctly signed."""
    made = packing.pack(two.theirs, Wanted(what=("roster",)), "TN", now=now(), plain=True)
    held = Body(size=len(body), sha256=hashlib.sha256(body).hexdigest(), unpacked=fields.pop("unpacked", 1 << 20))
    manifest = msgspec.structs.replace(made.manifest, **{"body": held, "counts": {}, **fields})
    file = two.folder / "signed.svx"
    file.write_bytes(written(manifest, body, lambda content: keys.sign(two.theirs, content)))
    return file


def refused(two: Two, file: Path, said: str) -> None:
    """See that a package is refused with these words, in one sentence, and that the book is as it was."""
    line = two.ours.book.head()
    with pytest.raises(AppError, match=said) as found:
        opening.opened(two.ours, file)
    assert "\n" not in str(found.value)
    assert two.ours.book.head() == line


def zipped(parts: list[tuple[str, bytes]], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w", how) as archive:
        warnings.simplefilter("ignore")
        for name, content in parts:
            archive.writestr(name, content)
    return held.getvalue()


TOLD = ("told.json", b'{"day":"2026-01-15"}')


@pytest.mark.parametrize("unpacked", [-1, -2, 0, 19])
def test_a_bomb_that_says_less_than_nothing_is_not_unpacked(two: Two, unpacked: int) -> None:
    refused(two, signed(two, zipped([TOLD]), unpacked=unpacked), "manifest cannot be|more than it says")


@pytest.mark.parametrize(
    ("parts", "how", "said"),
    [
        ([TOLD, TOLD], zipfile.ZIP_DEFLATED, "two of one name"),
        ([TOLD, ("records/people.jsonl", b""), ("records/People.jsonl", b"")], zipfile.ZIP_DEFLATED, "two of one name"),
        ([TOLD], zipfile.ZIP_LZMA, "archive in it cannot be read"),
        ([TOLD], zipfile.ZIP_BZIP2, "archive in it cannot be read"),
        ([TOLD, ("../told.json", b"")], zipfile.ZIP_DEFLATED, "leads elsewhere"),
        ([TOLD, ("files/../../x", b"")], zipfile.ZIP_DEFLATED, "leads elsewhere"),
        ([TOLD, ("C:/x", b"")], zipfile.ZIP_DEFLATED, "leads elsewhere"),
        ([TOLD, ("files/" + "a" * 5000, b"")], zipfile.ZIP_DEFLATED, "leads elsewhere"),
        ([TOLD, ("records/people.jsonl", b"{}\n")], zipfile.ZIP_DEFLATED, "as many records as it says"),
        ([TOLD, ("records/people.jsonl", b"\n" * 900_000)], zipfile.ZIP_DEFLATED, "as many records as it says"),
        ([TOLD, *((f"files/{n}", b"") for n in range(20_001))], zipfile.ZIP_STORED, "too many parts"),
        ([], zipfile.ZIP_DEFLATED, "what it says of itself"),
    ],
    ids=lambda each: "parts" if isinstance(each, list) else str(each),
)  # fmt: skip
def test_an_archive_that_nobody_packed_so_is_refused(
    two: Two, parts: list[tuple[str, bytes]], how: int, said: str
) -> None:
    refused(two, signed(two, zipped(parts, how)), said)


def test_an_archive_that_is_encrypted_or_none_is_refused(two: Two) -> None:
    locked = bytearray(zipped([TOLD]))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        locked[locked.index(mark) + (6 if mark[2] == 3 else 8)] |= 1
    for body in (bytes(locked), b"", b"PK", b"\0" * 500, zipped([TOLD])[:-10]):
        refused(two, signed(two, body), "archive in it cannot be read")


def test_more_entries_than_a_directory_says_are_not_read(two: Two) -> None:
    held = zipped([TOLD])
    at = held.index(b"PK\x01\x02")
    entry = held[at : held.index(b"PK\x05\x06")]
    many = entry * 60_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(many), at, 0)
    refused(two, signed(two, held[:at] + many + end), "too many parts")


FAR = (datetime.now().astimezone() + timedelta(days=3)).isoformat(timespec="seconds")


@pytest.mark.parametrize(
    "wrong",
    [
        {"seq": -1}, {"seq": 1 << 60}, {"hash": "x"}, {"package": "../x"}, {"person": "SC-P-" + "1" * 5000},
        {"period": "2025-Q9"}, {"made": "yesterday"}, {"made": "0001-01-01T00:00:00+14:00"}, {"counts": {"people": -1}},
        {"counts": {"people": 10**18}}, {"counts": {"\x1b[2J": 0}}, {"what": ("\u202e",)}, {"format": 2},
    ],
    ids=str,
)  # fmt: skip
def test_a_manifest_with_what_no_program_writes_is_refused_before_it_is_shown(two: Two, wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="manifest cannot be understood"):
        read_file(signed(two, zipped([TOLD]), **wrong))


def test_one_from_a_day_that_has_not_come_is_refused(two: Two) -> None:
    refused(two, signed(two, zipped([TOLD]), made=FAR), "has not come yet")


@pytest.mark.parametrize(
    "told",
    [
        b'{"day":"2026-02-30"}', b'{"day":"2026-01-15","same":{"x":"y"}}', b'{"day":"2026-01-15","moved":{"x":1}}',
        b'{"day":"2026-01-15","verdicts":{"SC-P-00001 reporter":"\\u001b[2J"}}', b"[" * 100_000, b"",
        b'{"day":"2026-01-15","verdicts":{"x":"met"}}',
        b'{"day":"2026-01-15","same":{"SC-P-' + b"1" * 5000 + b'":"TN-P-00001"}}',
        b'{"day":"2026-01-15","returned":[{"package":"x","reason":"' + b"a" * 10_000_000 + b'","day":"2026-01-15"}]}',
    ],
    ids=lambda each: each[:40].decode(),
)  # fmt: skip
def test_what_a_package_says_of_itself_is_judged(two: Two, told: bytes) -> None:
    refused(two, signed(two, zipped([("told.json", told)]), unpacked=64 << 20), "says of itself")


def test_a_known_office_cannot_speak_as_another(two: Two, tmp_path: Path) -> None:
    folder = tmp_path / "third"
    folder.mkdir()
    with office_of(folder, "DH", "Ban thứ ba") as third:
        introduce(tmp_path, two.ours, third)
        for named in (
            {"office": "DH"},
            {"office": "TN"},
            {"office": "DH", "book": third.book.id},
            {"office": "DH", "book": third.book.id, "key": keys.public_halves(third)[0]},
            {"book": two.ours.book.id},
            {"book": ""},
        ):
            made = packing.pack(two.theirs, Wanted(what=("roster",)), "TN", now=now(), plain=True)
            sender = msgspec.structs.replace(made.manifest.sender, **named)
            refused(two, signed(two, zipped([TOLD]), sender=sender, origins=()),
                    "has the code|another than|forged|this office itself|manifest cannot be")  # fmt: skip
        origin = Side(office="DH", book="", name="Ban thứ ba")
        refused(two, signed(two, zipped([TOLD]), origins=(origin,)), "manifest cannot be")
        twice = Side(office="SC", book=third.book.id, name="Ban thứ ba")
        made = packing.pack(two.theirs, Wanted(what=("roster",)), "TN", now=now(), plain=True)
        refused(two, signed(two, zipped([TOLD]), origins=(*made.manifest.origins, twice)), "manifest cannot be")
        codes = {each.code: each.codes for each in two.ours.book.table(Neighbour)}
        assert codes == {"SC": (), "DH": ()}


def test_an_older_one_of_another_time_does_not_bring_back_what_people_were(two: Two) -> None:
    who = person(two.theirs, "Lê Thị Bình", phone="1").id
    older = packed(two.theirs, two.ours, two.folder / "older.svx", "roster,training", period="2024")
    correct(two.theirs, who, phone="2")
    taken(two.ours, sent(two, period="2025"))
    with pytest.raises(RefusedError, match="newer package of SC"):
        opening.opened(two.ours, older)
    assert two.ours.book.table(Person)[who].phone == "2"
    trainings = packed(two.theirs, two.ours, two.folder / "t.svx", "training", period="2025")
    taken(two.ours, packed(two.theirs, two.ours, two.folder / "t2.svx", "training", period="2024"))
    assert opening.opened(two.ours, trainings).taken is None, "what happened in one year is not newer than in another"


def unit(number: int, parent: int = 0, **more: Any) -> bytes:
    names: list[dict[str, str]] = [{"name": f"Chi bộ {number}"}]
    told: dict[str, Any] = {"id": f"SC-U-{number:05d}", "names": names, "kind": "party_organisation"}
    if parent:
        told["parent"] = f"SC-U-{parent:05d}"
    return msgspec.json.encode({**told, **more})


def test_units_that_lie_below_themselves_are_refused_with_what_hangs_on_them_and_others_come(two: Two) -> None:
    people = [
        {"id": f"SC-P-{number:05d}", "name": "An", "unit": f"SC-U-{place:05d}"}
        for number, place in enumerate((901, 905, 907), 1)
    ]
    lines = [
        unit(901, 902), unit(902, 903), unit(903, 901), unit(904, 904), unit(905, 901), unit(906, 99999),
        unit(907, 908), unit(908), unit(909, into=["SC-U-00910"]), unit(910, into=["SC-U-00909"]),
        unit(911, 912, parents_before=[{"unit": "SC-U-00908", "until": "2025-06-30"}]),
        unit(912, 908, parents_before=[{"unit": "SC-U-00911", "until": "2025-06-30"}]),
    ]  # fmt: skip
    parts = {
        "records/units.jsonl": b"\n".join(lines) + b"\n",
        "records/people.jsonl": b"\n".join(map(msgspec.json.encode, people)) + b"\n",
    }
    plan, _ = taken(two.ours, handmade(two, parts))
    got = {each.id for each in two.ours.book.table(Unit)}
    assert got & {f"SC-U-00{number}" for number in range(901, 913)} == {
        "SC-U-00907", "SC-U-00908", "SC-U-00911", "SC-U-00912"
    }, "and a unit made later than the one below it"  # fmt: skip
    assert [each.id for each in two.ours.book.table(Person)] == ["SC-P-00003"]
    assert sum(told(plan)[3:]) == 8 + 2
    file = handmade(two, {"records/units.jsonl": unit(908, 907) + b"\n"})
    plan, _ = taken(two.ours, file)
    assert "below itself" in str(plan.refused[0].reason), "nor is one moved below what lies below it"
    assert two.ours.book.table(Unit)["SC-U-00908"].parent == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id":"SC-P-' + "1" * 5000 + '","name":"An"}', "no code of such a record"),
        ('{"id":"SC-P-000001","name":"An"}', "no code of such a record"),
        ('{"id":"SC-P-1","name":"An"}', "no code of such a record"),
        ('{"name":"An","id":"SC-P-00001"}', "no code of such a record"),
        ('{"id":"SC-P-00001","name":"An","position":"' + "a" * 30_000 + '"}', "larger than a record"),
        ('{"id":"SC-P-00001","name":"' + "a" * 400 + '"}', "nobody types"),
        ('{"id":"SC-P-00001","name":"A\\nn"}', "nobody types"),
        ('{"id":"SC-P-00001","name":"A\u200bn"}', "nobody types"),
        ('{"id":"SC-P-00001","name":"A\u0000n"}', "cannot be read"),
        ('{"id":"SC-P-00001","name":7}', "cannot be read"),
        ('{"id":"SC-P-00001","name":null}', "cannot be read"),
        ('{"id":"SC-P-00001","name":"An","born":"31/02/1970"}', "cannot be read"),
        ('{"id":"SC-P-00001","name":"An","born":"2027"}', "after the package was made"),
        ('{"id":"SC-P-00001","name":"An","left":"9999-99-99"}', "cannot be read"),
        ('{"id":"SC-P-00002","name":"Bình hai"}', "holds it twice"),
        ('{"id":"SC-P-00001","name":"An","unit":{"x":[]}}', "cannot be read"),
    ],
    ids=lambda each: each[:50],
)
def test_a_person_that_nobody_entered_so_is_refused_alone(two: Two, line: str, said: str) -> None:
    good = '{"id":"SC-P-00002","name":"Bình"}'
    plan, _ = taken(two.ours, handmade(two, {"records/people.jsonl": f"{good}\n{line}\n".encode()}))
    assert [each.name for each in two.ours.book.table(Person)] == ["Bình"]
    assert len(plan.refused) == 1
    assert said in str(plan.refused[0].reason)


def test_cut_at_every_fiftieth_and_with_one_byte_turned_at_500_places(two: Two) -> None:
    for number in range(5):
        person(two.theirs, f"Người Mẫu {number}")
    whole = sent(two).read_bytes()
    file = two.folder / "spoilt.svx"
    line, sentences = two.ours.book.head(), 0
    cuts = [whole[: len(whole) * number // 50] for number in range(50)]
    places = sorted({len(whole) * number // 500 for number in range(500)})
    turned = [whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :] for at in places]
    for content in (*cuts, *turned, whole + b"\0", whole * 2):
        file.write_bytes(content)
        with pytest.raises(AppError) as found:
            opening.opened(two.ours, file)
        sentences += "\n" not in str(found.value)
    assert sentences == 50 + len(places) + 2
    assert (two.ours.book.head(), len(two.ours.book.table(Package))) == (line, 0)
