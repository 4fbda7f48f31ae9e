"""Lists of titles registered, initiatives and other kinds by spreadsheet with real keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from records.domain.awards.initiatives import Initiative
from records.domain.awards.registrations import TitleRegistration
from records.services.imports.list_kinds import LIST_KINDS
from tests.records.intake.building import save
from tests.tui.offices import PEOPLE, choose, digit_of, more, see, small_app, until
from tui.app.app import SoVangApp
from tui.screens.imports.lists import TITLES
from tui.widgets.inputs import VnInput

NAME, OTHER = PEOPLE[0][0], PEOPLE[1][0]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[SoVangApp]:
    with closing(small_app(tmp_path)) as made:
        yield made


async def take(pilot: Pilot[int], path: Path) -> None:
    """Name the file that is asked for."""
    await see(pilot, "type or paste a path")
    pilot.app.screen.query_one(VnInput).value = str(path)
    await pilot.press("enter")


def changes(app: SoVangApp) -> int:
    return app.office.book.head()[0]


def test_every_kind_of_list_is_offered_by_name() -> None:
    assert set(TITLES) == set(LIST_KINDS)


async def test_registrations_come_in_from_the_section_of_imports(app: SoVangApp, tmp_path: Path) -> None:
    head = ["Mã", "Họ và tên", "Danh hiệu đăng ký", "Năm", "Nội dung đăng ký"]
    prize = "Chiến sĩ thi đua cơ sở"
    rows: list[list[object]] = [
        ["TN-P-00001", NAME, prize, 2026, "Mười buổi"],
        ["TN-P-00002", OTHER, prize, "năm nay", ""],
    ]
    path = save(tmp_path / "dk.xlsx", [head, *rows])
    async with app.run_test(size=(80, 24)) as pilot:
        await see(pilot, "› People")
        await pilot.press(f"alt+{digit_of('import')}")
        await see(pilot, "F8: other lists")
        await more(pilot, "Another list")
        await see(pilot, "Which list is it?", "Initiatives")
        await choose(pilot, "Which list is it?")
        await take(pilot, path)
        await see(pilot, "New 1", "refused 1", NAME, "preview, not entered")
        assert not len(app.office.book.table(TitleRegistration))  # a title of next year may be registered now
        before = changes(app)
        await pilot.press("down", "f2")  # the cell at fault is asked for, and put right in memory
        await see(pilot, "Row 3", "write the year alone")
        await pilot.press("ctrl+u", *"2025", "enter")
        await see(pilot, "New 2", "refused 0")
        await pilot.press("ctrl+s")
        await see(pilot, "Enter 2 rows?")
        await pilot.press("enter")
        await see(pilot, "Entered 2 rows; 0 were not")
        assert sorted(each.subject for each in app.office.book.table(TitleRegistration)) == ["TN-P-00001", "TN-P-00002"]
        assert changes(app) == before + 1
        await see(pilot, "already there 2")
        await pilot.press("ctrl+s")
        await see(pilot, "There is nothing to enter")
        await pilot.press("ctrl+z")
        await see(pilot, "Undo this change?", "dk.xlsx")
        await pilot.press("right", "enter")
        await until(pilot, lambda: not len(app.office.book.table(TitleRegistration)), "it to be taken back")
        await see(pilot, "New 2")
        await pilot.press("escape")
        await pilot.press("right", "enter")  # what was put right would be lost: asked
        await see(pilot, "Closed; nothing was entered")


async def test_initiatives_come_in_where_they_are_listed_and_nobody_is_guessed(app: SoVangApp, tmp_path: Path) -> None:
    head = ["Mã", "Họ và tên", "Tên sáng kiến", "Tỷ lệ đóng góp (%)", "Cấp công nhận"]
    rows: list[list[object]] = [
        ["TN-P-00001", NAME, "Sổ tay tuyên truyền", 100, "Cơ sở"],
        ["", "Người Nào Đó", "Bản đồ số", 100, "Tỉnh"],
    ]
    path = save(tmp_path / "sk.xlsx", [head, *rows])
    async with app.run_test(size=(140, 40)) as pilot:
        await see(pilot, "› People")
        await pilot.press(f"alt+{digit_of('emulation')}")
        await more(pilot, "Initiatives", key="f6")
        await see(pilot, "No initiative is recorded")
        await more(pilot, "From a spreadsheet")
        await take(pilot, path)
        await see(pilot, "New 1", "refused 1")
        await pilot.press("down", "f2")
        await see(pilot, "who is it?")
        await pilot.press(*"binh")
        await choose(pilot, "who is it?")
        await see(pilot, "New 2")
        await pilot.press("ctrl+s")
        await see(pilot, "Enter 2 rows?")
        await pilot.press("enter")
        await see(pilot, "Entered 2 rows")
        found = {each.title: each.authors[0].person for each in app.office.book.table(Initiative)}
        assert found["Sổ tay tuyên truyền"] == "TN-P-00001"
        assert found["Bản đồ số"] == "TN-P-00002"


async def test_a_list_without_headings_is_told_and_nothing_opens(app: SoVangApp, tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", [["a", "b"], [1, 2]])
    async with app.run_test(size=(80, 24)) as pilot:
        await see(pilot, "› People")
        await pilot.press(f"alt+{digit_of('emulation')}")
        await more(pilot, "Initiatives", key="f6")
        await see(pilot, "No initiative is recorded")
        await more(pilot, "From a spreadsheet")
        await take(pilot, path)
        await until(pilot, lambda: any("x.xlsx" in each.message for each in app._notifications), "the reason")
        await see(pilot, "No initiative is recorded")


async def test_the_empty_workbook_is_written_and_read_again(app: SoVangApp, tmp_path: Path) -> None:
    out = tmp_path / "mau.xlsx"
    async with app.run_test(size=(80, 24)) as pilot:
        await see(pilot, "› People")
        await pilot.press(f"alt+{digit_of('emulation')}")
        await more(pilot, "Registration of titles", key="f6")
        await see(pilot, "Nobody has registered")
        await more(pilot, "An empty workbook")
        await until(pilot, lambda: bool(pilot.app.screen.query(VnInput)), "the place is asked")
        pilot.app.screen.query_one(VnInput).value = str(out)
        await pilot.press("enter")
        await see(pilot, "Written")
        await more(pilot, "From a spreadsheet")
        await take(pilot, out)
        await see(pilot, "New 0", "refused 0")
