"""Lists of initiatives and registrations come in on the screen: one preview, one change, taken back with one key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from records.domain.awards.initiatives import Initiative
from records.domain.awards.registrations import TitleRegistration
from tests.records.intake.building import save
from tests.tui.offices import more, see, small_app, until
from tui.app.app import SoVangApp
from tui.widgets.inputs import VnInput

INITIATIVES = ("Mã", "Họ và tên", "Tên sáng kiến", "Tỷ lệ (%)", "Cấp", "Ngày công nhận", "Số QĐ", "Cơ quan công nhận")
PAPER = ("1/2/2025", "12-QĐ", "Ban Tuyên giáo")
REGISTRATIONS = ("Mã", "Họ và tên", "Danh hiệu", "Năm", "Nội dung đăng ký")


async def opened(pilot: Pilot[int], kind: str, file: Path) -> SoVangApp:
    """The preview of a file, reached from the section Import."""
    app = pilot.app
    assert isinstance(app, SoVangApp)
    await until(pilot, lambda: app.is_open, "the book opens")
    await app.action_section("import")
    await see(pilot, "F8: another kind of list")
    await more(pilot, "another")
    await see(pilot, "Which kind of list?")
    await pilot.press(*kind, "enter")
    await see(pilot, "Import a spreadsheet ›", "Ins: choose")
    await read(pilot, file)
    return app


async def read(pilot: Pilot[int], file: Path) -> None:
    await pilot.press("insert")
    await see(pilot, "type or paste a path")
    pilot.app.screen.query_one(VnInput).value = str(file)
    await pilot.press("enter")


def listed(folder: Path, head: Sequence[str], *rows: Sequence[Any]) -> Path:
    return save(folder / "list.xlsx", [head, *rows])


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_initiatives_are_previewed_entered_as_one_change_and_taken_back(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    file = listed(
        tmp_path, INITIATIVES,
        ("TN-P-00001", "", "Sổ tay số", 60, "cơ sở", *PAPER),
        ("TN-P-00002", "", "Sổ tay số", 40, "cơ sở", *PAPER),
        ("", "Người Không Có", "Việc khác", 100, "cơ sở", *PAPER),
        ("TN-P-00001", "", "Hỏng", 100, "cấp trời", *PAPER),
    )  # fmt: skip
    async with small_app(tmp_path).run_test(size=size, notifications=True) as pilot:
        app = await opened(pilot, "initiatives", file)
        await see(pilot, "to enter 2", "refused 2", "4 rows", "Sổ tay số", "preview, not entered")
        await pilot.press("ctrl+s")
        await see(pilot, "Enter 2 rows into the book?", "2 rows are new", "2 refused rows are not entered")
        await pilot.press("escape")
        await see(pilot, "the preview is still open")
        assert len(app.office.book.table(Initiative)) == 0
        await pilot.press("ctrl+s")
        await see(pilot, "Enter 2 rows into the book?")
        await pilot.press("enter")
        await see(pilot, "Entered 2 rows as one change; 2 were not")
        (made,) = app.office.book.table(Initiative)
        assert [(each.person, each.share) for each in made.authors] == [("TN-P-00001", 60), ("TN-P-00002", 40)]
        await read(pilot, file)
        await see(pilot, "to enter 0", "known 2")
        changed = listed(tmp_path, INITIATIVES, ("TN-P-00001", "", "Sổ tay số", 60, "tỉnh", *PAPER))
        await read(pilot, changed)
        await see(pilot, "to enter 1", "↻ Level")
        await pilot.press("home", "enter")
        await see(pilot, "at the grassroots → ")
        await pilot.press("escape")
        await read(pilot, listed(tmp_path, INITIATIVES, ("TN-P-00001", "", "Sổ tay số", 60, "cơ sở", *PAPER)))
        await see(pilot, "to enter 0", "known 1")
        await pilot.press("ctrl+s")
        await see(pilot, "There is nothing to enter")
        app.office.book.undo()
        assert len(app.office.book.table(Initiative)) == 0


async def test_whom_a_row_of_registrations_is_about_is_said_by_keys(tmp_path: Path) -> None:
    file = listed(tmp_path, REGISTRATIONS, ("", "Ma Không Rõ", "party-merit-year", 2025, "Đủ 12 buổi"))
    async with small_app(tmp_path).run_test(size=(80, 24), notifications=True) as pilot:
        app = await opened(pilot, "registration", file)
        await see(pilot, "to enter 0", "refused 1")
        await pilot.press("home", "enter")
        await see(pilot, "Row 2: Ma Không Rõ", "nobody in the book has this name")
        await pilot.press("escape", "f2")
        await see(pilot, "Row 2: who is it?")
        await pilot.press(*"tn-p-00001", "enter")
        await see(pilot, "to enter 1", "refused 0")
        await pilot.press("ctrl+s")
        await see(pilot, "Enter 1 rows into the book?")
        await pilot.press("enter")
        await see(pilot, "Entered 1 rows as one change; 0 were not")
        (made,) = app.office.book.table(TitleRegistration)
        assert (made.subject, made.year, made.pledge) == ("TN-P-00001", 2025, "Đủ 12 buổi")


async def test_a_file_of_another_kind_is_told_and_a_template_is_written(tmp_path: Path) -> None:
    wrong = save(tmp_path / "wrong.xlsx", [["Một", "Hai"], [1, 2]])
    async with small_app(tmp_path).run_test(size=(140, 40), notifications=True) as pilot:
        await opened(pilot, "initiatives", wrong)
        await see(pilot, "heading")
        await more(pilot, "empty")
        await see(pilot, "Write the list")
        await pilot.press("home", "ctrl+k", *str(tmp_path / "mau.xlsx"), "enter")
        await see(pilot, "Written:")
        await read(pilot, tmp_path / "mau.xlsx")
        await see(pilot, "to enter 0", "0 rows")
