"""One service makes an appointment: by command, form, list and review the same one is an equal record."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

import main
from records.domain.appointments import Appointment, RoleKey
from records.domain.people.person import Person
from records.domain.units import Unit
from records.store.book import Book
from tests.records.intake.building import save
from tests.tui.offices import see, small_app, small_office
from tui.screens.appointments.forms import AppointmentForm
from tui.screens.people.person_form import PersonForm

NAME, CODE = "Trần Văn Bình", "TN-P-00002"
SINCE, UNTIL = date(2025, 6, 20), date(2026, 12, 31)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is said of an appointment, and what else the book holds of it then."""

    role: RoleKey
    number: str = ""
    instrument: str = ""
    kind: str = ""
    recognised_by: str = ""
    managed_by: str


CASES = {
    "decision": Case(
        role="reporter",
        number="9-QĐ/ĐU",
        kind="decision",
        recognised_by="Ban Thường vụ Thành ủy Thái Nguyên",
        managed_by="Ban Tuyên giáo cùng cấp",
    ),
    "contract": Case(
        role="collaborator",
        number="9-HĐ",
        kind="contract",
        recognised_by="Ban Tuyên giáo",
        managed_by="Ban Tuyên giáo",
    ),
    "contract without a number": Case(
        role="collaborator",
        instrument="contract",
        kind="contract",
        recognised_by="Ban Tuyên giáo",
        managed_by="Ban Tuyên giáo",
    ),
    "no paper": Case(role="reporter", managed_by="Ban Tuyên giáo cùng cấp"),
}


def new_book(folder: Path) -> Path:
    with small_office(folder):
        return folder / "small.sovang"


def unit_of(book: Path) -> str:
    with Book.open(book, actor="tester") as opened:
        unit: Unit = opened.table(Unit)[opened.table(Person)[CODE].unit]
        return unit.name


def run(book: Path, *words: str | Path) -> None:
    assert main.main(["--lang", "en", "--json", "--book", str(book), *map(str, words)]) in (0, 1)


def said(case: Case) -> list[str]:
    paper = ["--number", case.number, "--decided", str(SINCE)] if case.number else []
    kind = ["--instrument", case.instrument] if case.instrument else []
    return ["--role", case.role, "--level", "commune", *kind, *paper, "--since", str(SINCE), "--until", str(UNTIL)]


async def by_command(folder: Path, case: Case) -> None:
    run(new_book(folder), "roster", "appoint", CODE, *said(case))


async def with_a_new_person(folder: Path, case: Case) -> None:
    book = new_book(folder)
    run(book, "roster", "add", f"name={NAME}", "--unit", unit_of(book), *said(case))


async def by_import(folder: Path, case: Case) -> None:
    head = ["STT", "Mã", "Họ và tên", "Ngày sinh", "Vai trò", "Cấp", "Số quyết định", "Ngày quyết định"]
    head += ["Từ ngày", "Đến ngày"]
    role = {"reporter": "BCV", "collaborator": "CTV"}[case.role]
    signed = SINCE if case.number else None
    row = [1, CODE, NAME, "1975", role, "Xã", case.number or None, signed, SINCE, UNTIL]
    run(new_book(folder), "roster", "import", save(folder / "list.xlsx", [head, row]), "--update")


async def by_review(folder: Path, case: Case) -> None:
    book = new_book(folder)
    run(book, "review", "open", "Rà soát", "--on", "2025-06-10")
    run(book, "review", "set", "last", "--candidate", CODE, "--role", case.role, "--level", "commune")
    run(book, "review", "set", "last", "--rest")
    number = case.number or "9-QĐ/ĐU"
    run(book, "review", "sign", "last", "--number", number, "--day", str(SINCE), "--until", str(UNTIL))


async def by_form(folder: Path, case: Case) -> None:
    with closing(small_app(folder)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await see(pilot, NAME)
            await pilot.press("down", "enter")
            await see(pilot, f"› People › {NAME}", "Identity")
            await pilot.press("insert")
            await see(pilot, f"Enter an appointment of {NAME}")
            assert isinstance(app.screen, AppointmentForm)
            options = {each.key: [key for key, _ in each.options] for each in app.screen.fields()}
            await pilot.press(*["right"] * options["role"].index(case.role), "down")
            await pilot.press(*["right"] * options["level"].index("commune"), "down", "down")
            await pilot.press(*["right"] * options["instrument"].index(case.instrument), "down")
            for typed in (case.number, "20/6/2025" if case.number else "", "20/6/2025", "31/12/2026"):
                await pilot.press(*typed, "down")
            await pilot.press("ctrl+s")
            await see(pilot, f"Saved: {NAME}")


async def by_form_with_a_new_person(folder: Path, case: Case) -> None:
    with closing(small_app(folder)) as app:
        async with app.run_test(size=(100, 50)) as pilot:
            await see(pilot, NAME)
            unit = app.office.person(CODE).unit
            await pilot.press("insert")
            await see(pilot, "Enter a person")
            assert isinstance(app.screen, PersonForm)
            options = {each.key: [key for key, _ in each.options] for each in app.screen.fields()}
            await pilot.press(*NAME, "down", "down", "down")
            await pilot.press(*["right"] * options["unit"].index(unit), "down")
            await pilot.press(*["right"] * options["role"].index(case.role), "down")
            await pilot.press(*["right"] * options["level"].index("commune"), "down")
            for typed in (case.number, "20/6/2025" if case.number else "", "20/6/2025", "31/12/2026"):
                await pilot.press(*typed, "down")
            await pilot.press("ctrl+s")
            await see(pilot, f"Saved: {NAME}")


Door = Callable[[Path, Case], Awaitable[None]]
DOORS: dict[Door, tuple[str, ...]] = {
    by_command: tuple(CASES),
    with_a_new_person: tuple(CASES),
    by_form: tuple(CASES),
    by_form_with_a_new_person: ("decision", "contract", "no paper"),
    by_import: ("decision", "contract", "no paper"),
    by_review: ("decision", "contract without a number"),
}
"""What can be said at each: a list and the form of a person name no kind of paper, and a review always has a paper."""


@pytest.mark.parametrize(
    ("door", "case"),
    [pytest.param(door, case, id=f"{door.__name__}-{case}") for door, cases in DOORS.items() for case in cases],
)
async def test_the_same_appointment_is_an_equal_record(tmp_path: Path, door: Door, case: str) -> None:
    told = CASES[case]
    await door(tmp_path, told)
    with Book.open(tmp_path / "small.sovang", actor="tester") as book:
        (made,) = [each for each in book.table(Appointment) if each.since == SINCE]
        person = book.table(Person)[made.person]
        unit = book.table(Person)[CODE].unit
    assert person.name == NAME
    assert replace(made, id="", person="") == Appointment(
        id="",
        person="",
        role=told.role,
        level="commune",
        unit=unit,
        instrument=told.kind,  # type: ignore[arg-type]
        number=told.number,
        decided=SINCE if told.number else None,
        recognised_by=told.recognised_by,
        managed_by=told.managed_by,
        since=SINCE,
        until=UNTIL,
    )
