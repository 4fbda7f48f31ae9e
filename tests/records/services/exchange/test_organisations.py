"""The 102 Party organisations of a city before 1 July 2025, and those that took them over: who sent, who did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from exports.requests import write_request
from records.domain.exchange import Package
from records.domain.people.person import Person
from records.domain.units import Unit, UnitName
from records.services.exchange import completeness
from records.services.exchange.workbooks import read_folder, request, take_workbook
from records.services.lists import log_export
from records.services.office import Office
from records.services.units.plans import merging
from records.services.units.reorganising import carry_out
from tests.records.services.exchange.offices import office_of

COUNT, HEIRS = 102, 8
MERGER, ASKED, DUE = date(2025, 7, 1), date(2025, 6, 2), date(2025, 6, 20)
ONLY = ("party_organisation",)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    """A city with 102 Party organisations of one person each, and its wards."""
    with office_of(tmp_path, "TN") as office:
        with office.book.change("test") as change:
            for number in range(COUNT):
                kind = "Đảng bộ" if number % 3 == 0 else "Chi bộ"
                name = UnitName(name=f"{kind} Mẫu {number + 1}")
                unit = change.put(Unit(id=change.new_id(Unit), names=(name,), kind="party_organisation"))
                change.put(Person(id=change.new_id(Person), name=f"Trần Văn Mẫu {chr(65 + number % 26)}", unit=unit.id))
        yield office


def organisations(office: Office) -> list[Unit]:
    return [each for each in office.book.table(Unit) if each.kind == "party_organisation"]


def states(office: Office, period: str, due: date | None = None) -> Counter[str]:
    return Counter(each.state for each in completeness.senders(office, period, due=due, kinds=ONLY))


def answered(office: Office, unit: Unit, folder: Path, period: str, on: date) -> None:
    """Ask an organisation, and let it fill in a phone."""
    path = folder / f"{unit.id} {period}.xlsx"
    write_request(office, request(office, unit.id, period, on), path, on=on, log=partial(log_export, office))
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    (head,) = [row for row in sheet.iter_rows() if row[0].value == "Code"]
    column = next(int(str(cell.column)) for cell in head if cell.value == "Phone")
    sheet.cell(int(str(head[0].row)) + 1, column).value = "0900000001"
    workbook.save(path)


def take(office: Office, folder: Path, today: date) -> int:
    """Take every workbook of a folder, and empty it; gives how many were taken."""
    found = read_folder(office, folder, today=today)
    assert found.unusable == []
    for each in found.workbooks:
        assert each.seen.refused == ()
        assert take_workbook(office, each, today=today) is not None
        each.path.unlink()
    return len(found.workbooks)


def merge(office: Office) -> None:
    """The city is gone: its organisations go to the committees of the new wards."""
    every = [each.id for each in organisations(office)]
    for number in range(HEIRS):
        new = Unit(id="", names=(UnitName(name=f"Đảng bộ phường Mẫu {number + 1}"),), kind="party_organisation")
        carry_out(office, merging(office, every[number::HEIRS], new, MERGER))


def test_each_of_the_organisations_of_the_time_is_asked_of_and_none_other(city: Office, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    every = organisations(city)
    assert states(city, "2025-H1") == {"not_sent": COUNT}
    assert len(completeness.senders(city, "2025-H1")) == COUNT + 32, "beside the wards, where nobody asks for one kind"
    for each in every[:40]:
        answered(city, each, folder, "2025-H1", ASKED)
    assert take(city, folder, date(2025, 6, 18)) == 40
    for each in every[40:50]:
        answered(city, each, folder, "2025-H1", ASKED)
    assert take(city, folder, date(2025, 6, 25)) == 10
    assert states(city, "2025-H1", DUE) == {"sent": 40, "late": 10, "not_sent": 52}
    assert states(city, "2024") == {"not_sent": COUNT}, "what came is of the time it is of"

    merge(city)
    assert states(city, "2025-H1", DUE) == {"sent": 40, "late": 10, "not_sent": 52}, "that time stays as it was"
    left = completeness.reminders(completeness.senders(city, "2025-H1", kinds=ONLY))
    assert {each.unit.id for each in left} == {each.id for each in every[50:]}
    after = completeness.senders(city, "2025-H2", kinds=ONLY)
    assert (len(after), {each.state for each in after}) == (HEIRS, {"not_sent"})
    year = completeness.senders(city, "2025", kinds=ONLY)
    assert Counter(each.state for each in year) == {"taken_over": COUNT, "not_sent": HEIRS}
    heirs = {each.unit.id for each in after}
    assert all(set(each.heirs) <= heirs for each in year if each.state == "taken_over")

    for one in after[:3]:
        answered(city, one.unit, folder, "2025", date(2025, 12, 1))
    assert take(city, folder, date(2025, 12, 10)) == 3
    assert states(city, "2025") == {"taken_over": COUNT, "not_sent": HEIRS - 3, "sent": 3}
    assert states(city, "2025-H1", DUE) == {"sent": 40, "late": 10, "not_sent": 52}, "a year is no half of it"
    assert city.book.verify(deep=True).whole


def test_an_organisation_that_is_gone_still_answers_for_its_time(city: Office, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    first = organisations(city)[0]
    (who,) = [each.id for each in city.book.table(Person) if each.unit == first.id]
    answered(city, first, folder, "2025-H1", ASKED)
    merge(city)
    heir = city.person(who).unit
    assert take(city, folder, date(2025, 7, 10)) == 1
    assert states(city, "2025-H1", DUE) == {"late": 1, "not_sent": COUNT - 1}
    assert (city.person(who).phone, city.person(who).unit) == ("0900000001", heir), "nobody goes back to what ended"
    (entry,) = city.book.table(Package)
    assert (entry.unit, entry.period) == (first.id, "2025-H1")
