"""What else goes along, what does not, and offices whose code or book changed meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from config.errors import InputError, RefusedError
from config.settings.offices import dated
from records.domain.appointments import Appointment, Discipline
from records.domain.dates import PartialDate
from records.domain.emulation import Cycle, Entrant, Marks
from records.domain.exchange import Neighbour, Package
from records.domain.kinds import KINDS
from records.domain.people.person import Person
from records.domain.training import Event
from records.domain.units import Unit, UnitName
from records.domain.years.closing import YearMark
from records.services.exchange import completeness, opening, taking
from records.services.exchange.contents import GROUPS, STAYING, WORD_TITLES, WORDS, wanted
from records.services.exchange.meeting import place
from records.services.exchange.packing import pack
from records.services.exchange.workbooks import files_in, request
from records.services.office import Office
from records.services.people.photos import attach
from records.services.settings.recoding import move_code
from records.services.units.units import find_unit
from records.store.book import Book
from records.store.contract import UnitOfWork
from records.store.safety.backup import write_backup
from records.store.safety.copies import restore
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
from tests.records.services.exchange.test_taking import Two, sent, two

__all__ = ["two"]


def picture() -> bytes:
    """A photo of 3 by 4 centimetres, as a camera gives it."""
    held = BytesIO()
    Image.new("RGB", (600, 800), (120, 90, 60)).save(held, "JPEG")
    return held.getvalue()


JPEG = picture()


def test_every_kind_of_record_goes_under_a_word_or_is_said_to_stay() -> None:
    going = {kind for kinds in GROUPS.values() for kind in kinds}
    assert going | STAYING == set(KINDS)
    assert not going & STAYING
    assert set(WORDS) < set(WORD_TITLES)


def test_a_photo_comes_along_and_one_that_is_not_what_its_name_says_does_not(two: Two) -> None:
    who = person(two.theirs, "Lê Thị Bình").id
    file = two.folder / "photo.jpg"
    file.write_bytes(JPEG)
    name = attach(two.theirs, who, file).photo
    taken(two.ours, sent(two))
    assert two.ours.book.table(Person)[who].photo == name
    assert two.ours.book.files.read(name) == JPEG
    other = person(two.theirs, "Trần Văn Cường").id
    name = attach(two.theirs, other, file).photo
    two.theirs.book.files.write(name, JPEG + b"x")
    taken(two.ours, sent(two))
    assert two.ours.book.table(Person)[other].photo == ""
    assert two.ours.book.files.read(name) is None


def test_a_photo_of_somebody_whom_both_keep_is_named_as_ours(two: Two) -> None:
    same: dict[str, Any] = {"born": PartialDate(1980, 2, 5), "national_id": "019080000001"}
    mine = person(two.ours, "Nguyễn Văn An", **same).id
    person(two.theirs, "Ai Đó")
    theirs = person(two.theirs, "Nguyễn Văn An", **same).id
    file = two.folder / "photo.jpg"
    file.write_bytes(JPEG)
    there = attach(two.theirs, theirs, file).photo
    taken(two.ours, sent(two))
    name = two.ours.book.table(Person)[mine].photo
    assert name == there.replace(theirs, mine)
    assert two.ours.book.files.read(name) == JPEG
    correct(two.theirs, theirs, phone="1")
    plan, _ = taken(two.ours, sent(two))
    assert (plan.conflicts, told(plan)[1]) == ([], 1)


def test_what_falls_into_a_year_closed_here_is_refused_alone(two: Two) -> None:
    with two.ours.book.change("test") as change:
        change.put(YearMark(id=change.new_id(YearMark), year=2024, closed=True, day=date(2025, 1, 10)))
    with two.theirs.book.change("test") as change:
        for year in (2024, 2025):
            change.put(Event(id=change.new_id(Event), kind="course", title=f"Lớp {year}", day=date(year, 3, 3)))
    plan, _ = taken(two.ours, sent(two, "events"))
    assert [each.record for each in plan.refused] == ["SC-E-00001"]
    assert "2024 was closed" in str(plan.refused[0].reason)
    assert [each.title for each in two.ours.book.table(Event)] == ["Lớp 2025"]


def test_a_period_takes_what_happened_in_it_and_people_whole(two: Two) -> None:
    who = person(two.theirs, "Lê Thị Bình").id
    with two.theirs.book.change("test") as change:
        change.put(Discipline(id=change.new_id(Discipline), person=who, opened=date(2020, 1, 1)))
        for year in (2024, 2025):
            change.put(Event(id=change.new_id(Event), kind="course", title=f"Lớp {year}", day=date(year, 3, 3)))
    plan, _ = taken(two.ours, sent(two, "roster,events", period="2025"))
    assert dict(plan.new) == {"people": 1, "discipline": 1, "events": 1}
    with pytest.raises(InputError, match="2025-Q9"):
        wanted("roster", "2025-Q9")


def test_points_of_a_cycle_signed_here_stay_and_own_points_come_into_an_open_one(two: Two) -> None:
    who = person(two.theirs, "Lê Thị Bình").id
    for office in two[:2]:
        with office.book.change("test") as change:
            days: dict[str, Any] = {"first_day": date(2025, 1, 1), "last_day": date(2025, 12, 31)}
            change.put(Cycle(id=change.new_id(Cycle), key="2025", title="Năm 2025", kind="year", subject="person",
                             table="t", role="reporter", **days))  # fmt: skip
    with two.theirs.book.change("test") as change:
        change.put(
            Entrant(id=change.new_id(Entrant), cycle="SC-KT-00001", subject=who, own=Marks(points={"a": Decimal(5)}))
        )
    plan, _ = taken(two.ours, sent(two, "roster,scores"))
    assert plan.refused == []
    (entrant,) = two.ours.book.table(Entrant)
    assert (entrant.cycle, str(entrant.own.points["a"])) == ("TN-KT-00001", "5"), "in the cycle of this office"
    two.ours.book.undo()
    held = two.ours.book.table(Cycle)["TN-KT-00001"]
    with two.ours.book.change("test") as change:
        change.put(msgspec.structs.replace(held, signed=TODAY), was=held)
    plan, _ = taken(two.ours, two.folder / "their.svx")
    assert [each.record for each in plan.refused] == ["SC-DK-00001"]
    assert "was signed" in str(plan.refused[0].reason)


def test_an_office_that_moved_to_another_code_is_the_same_and_its_people_keep_their_codes_here(two: Two) -> None:
    who = person(two.theirs, "Lê Thị Bình", phone="1").id
    taken(two.ours, sent(two))
    moved = move_code(two.theirs, "SCX", today=TODAY)
    correct(moved, "SCX-P-00001", phone="2")
    file = packed(moved, two.ours, two.folder / "moved.svx")
    plan, _ = taken(two.ours, file)
    assert (told(plan), two.ours.book.table(Person)[who].phone) == ((0, 1, 0, 0), "2")
    (held,) = two.ours.book.table(Neighbour)
    assert (held.code, held.codes) == ("SC", ("SCX",))
    back = packed(two.ours, moved, two.folder / "back.svx")
    plan, _ = taken(moved, back)
    assert told(plan) == (0, 0, 1, 0), "and they come home under the code of now"


def test_a_book_brought_back_from_a_backup_is_the_same_office(tmp_path: Path) -> None:
    with office_of(tmp_path, "TN") as ours:
        with office_of(tmp_path, "SC") as theirs:
            introduce(tmp_path, ours, theirs)
            person(theirs, "Lê Thị Bình")
            taken(ours, packed(theirs, ours, tmp_path / "1.svx"))
            settings, path = theirs.settings, theirs.book.path
        made = write_backup(path, tmp_path / "backups", now=now())
        restore(made.path, tmp_path / "again.sovang", now=now(), actor="tester")
        with Book.open(tmp_path / "again.sovang", actor="tester") as book:
            again = Office(book, settings)
            person(again, "Trần Văn Cường")
            plan, _ = taken(ours, packed(again, ours, tmp_path / "2.svx"))
            assert told(plan) == (1, 0, 1, 0)
            assert "another copy" in str(plan.package.notices[0])
            plan, _ = taken(again, packed(ours, again, tmp_path / "3.svx"))
            assert (plan.refused, told(plan)[2]) == ([], 2)


def test_one_never_met_can_be_sent_to_in_the_open(two: Two) -> None:
    made = pack(two.theirs, wanted("roster", ""), "DH", now=now())
    assert (made.manifest.sealed, made.manifest.to[0].office, made.manifest.to[0].book) == ((), "DH", "")
    for wrong in ("SC", "D1", "TOOLONGX", ""):
        with pytest.raises(InputError, match="no code of another office"):
            pack(two.theirs, wanted("roster", ""), wrong, now=now())


def test_where_the_sender_judges_otherwise_is_said(two: Two) -> None:
    with two.theirs.book.change("test") as change:
        who = change.put(Person(id=change.new_id(Person), name="Lê Thị Bình", born=PartialDate(1980, 1, 1)))
        change.put(Appointment(id=change.new_id(Appointment), person=who.id, role="reporter", level="commune",
                               since=date(2022, 1, 1)))  # fmt: skip
    taken(two.ours, sent(two, "roster,verdicts", day=date(2025, 6, 15)))
    assert completeness.other_verdicts(two.ours, "2025") == [], "both judge by the same rules"
    (entry,) = two.ours.book.table(Package)
    with two.ours.book.change("test") as change:
        change.put(msgspec.structs.replace(entry, verdicts={f"{who.id} reporter": "met"}), was=entry)
    (found,) = completeness.other_verdicts(two.ours, "2025")
    assert (found.person.id, found.theirs, found.ours) == (who.id, "met", "unknown")


def test_units_of_the_time_before_the_merger_and_after_it(two: Two) -> None:
    before = completeness.senders(two.ours, "2025-H1")
    after = completeness.senders(two.ours, "2025-H2")
    assert (len(before), len(after)) == (32, 8)
    held = two.ours.book.table(Neighbour).all()[0]
    place(two.ours, held, find_unit(two.ours, "Phường Quang Vinh").id)
    person(two.theirs, "Lê Thị Bình")
    taken(two.ours, sent(two, period="2025-H1"), today=date(2025, 7, 20))
    states = {each.name: each.state for each in completeness.senders(two.ours, "2025-H1", due=date(2025, 7, 15))}
    assert (states["Phường Quang Vinh"], states["Phường Túc Duyên"]) == ("late", "not_sent")
    year = {each.name: each.state for each in completeness.senders(two.ours, "2025")}
    assert year["Phường Túc Duyên"] == "taken_over", "the one that took it over answers for it"
    with pytest.raises(InputError, match="does not exist in 2026"):
        request(two.ours, "Phường Túc Duyên", "2026", TODAY)
    (two.folder / "empty").mkdir()
    with pytest.raises(InputError, match="neither a package nor a workbook"):
        files_in(two.folder / "empty")


def test_an_office_without_a_name_sends_nothing(two: Two) -> None:
    nameless = replace(
        two.theirs.settings, office=msgspec.structs.replace(two.theirs.settings.office, name=dated("name", {}))
    )
    with pytest.raises(InputError, match="name"):
        pack(Office(two.theirs.book, nameless), wanted("roster", ""), "TN", now=datetime(2026, 1, 1))


def test_who_is_known_by_hearsay_alone_is_not_believed(two: Two) -> None:
    person(two.theirs, "Lê Thị Bình")
    file = sent(two)
    taken(two.ours, file)
    assert planned(two.ours, file).nothing
    (held,) = two.ours.book.table(Neighbour)
    with two.ours.book.change("test") as change:
        change.put(msgspec.structs.replace(held, key=""), was=held)
    with pytest.raises(RefusedError, match="not known here"):
        opening.opened(two.ours, file)


def test_party_organisations_of_the_time_before_the_merger_and_after_it(two: Two) -> None:
    """102 that a city had until 30 June 2025; ninety went into the eight of the wards, twelve went on."""
    ends, begins = date(2025, 6, 30), date(2025, 7, 1)
    with two.ours.book.change("test") as change:
        new = [change.put(organisation(change, f"Đảng bộ phường {number}", since=begins)) for number in range(8)]
        old = []
        for number in range(102):
            heirs = () if number >= 90 else (new[number % 8].id, *((new[0].id,) if number == 89 else ()))
            until = None if number >= 90 else ends
            old.append(change.put(organisation(change, f"Chi bộ {number}", until=until, into=heirs)))
    party = ("party_organisation",)
    counted = {period: completeness.senders(two.ours, period, kinds=party) for period in
               ("2025-H1", "2025-Q2", "2025-H2", "2025-07", "2025", "2024", "2026")}  # fmt: skip
    assert {period: len(found) for period, found in counted.items()} == {
        "2025-H1": 102, "2025-Q2": 102, "2025-H2": 20, "2025-07": 20, "2025": 110, "2024": 102, "2026": 20,
    }  # fmt: skip
    assert {each.state for each in counted["2025-H1"]} == {"not_sent"}
    year = {each.name: each for each in counted["2025"]}
    taken_over = [each for each in year.values() if each.state == "taken_over"]
    assert (len(taken_over), len(completeness.reminders(year.values()))) == (90, 20)
    assert year["Chi bộ 89"].heirs == (new[1].id, new[0].id), "one that was divided is answered for by both"
    assert len(completeness.senders(two.ours, "2025-H1")) == 102 + 32
    held = two.ours.book.table(Neighbour).all()[0]
    person(two.theirs, "Lê Thị Bình")
    for unit, period, day in ((old[3], "2025-H1", date(2025, 7, 9)), (new[3], "2025-H2", date(2026, 1, 12)),
                              (old[95], "2025", date(2026, 1, 13))):  # fmt: skip
        held = place(two.ours, held, unit.id)
        plan = planned(two.ours, sent(two, period=period, day=day), today=day)
        taking.accept(two.ours, plan)
        held = two.ours.book.table(Neighbour)[held.id]
    due = {"2025-H1": date(2025, 7, 5), "2025-H2": date(2026, 1, 15), "2025": date(2026, 1, 15)}
    states = {(each.name, period): each.state for period, last in due.items()
              for each in completeness.senders(two.ours, period, due=last, kinds=party)}  # fmt: skip
    assert states["Chi bộ 3", "2025-H1"] == "late"
    assert states["Đảng bộ phường 3", "2025-H2"] == "sent"
    assert states["Chi bộ 95", "2025"] == "sent"
    assert states["Chi bộ 3", "2025"] == "taken_over", "of the half year alone nobody has the year"
    left = [each.name for each in completeness.reminders(completeness.senders(two.ours, "2025-H1", kinds=party))]
    assert len(left) == 101
    assert "Chi bộ 3" not in left


def organisation(change: UnitOfWork, name: str, **fields: Any) -> Unit:
    return Unit(id=change.new_id(Unit), names=(UnitName(name=name),), kind="party_organisation", **fields)
