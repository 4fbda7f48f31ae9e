from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from config import i18n
from records.domain.layouts import SheetLayout
from records.domain.people.person import Person
from records.intake.layout.headings import KEYS
from records.services.imports import entering, intake
from tests.records.intake.building import save
from tests.tui.offices import more, see, small_app, until
from tui.app.app import SoVangApp
from tui.present import imports
from tui.screens.imports.people import ImportScreen
from tui.widgets.inputs import VnInput

_HEAD = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Điện thoại", "Mã riêng"]
_OLD = Path(__file__).parents[2] / "records" / "intake" / "files" / "tcvn3.xls"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


async def _open(pilot: Pilot[int], path: Path) -> None:
    app = pilot.app
    assert isinstance(app, SoVangApp)
    await until(pilot, lambda: app.is_open, "the book opens")
    await app.action_section("import")
    await see(pilot, "Ins: choose a spreadsheet")
    await pilot.press("insert")
    await see(pilot, "type or paste a path")
    app.screen.query_one(VnInput).value = str(path)
    await pilot.press("enter")


def _list(folder: Path, *rows: Sequence[Any]) -> Path:
    return save(folder / "list.xlsx", [_HEAD, *rows])


def _names(app: SoVangApp) -> list[str]:
    return sorted(each.name for each in app.office.book.table(Person))


async def test_a_known_person_is_updated_after_the_officer_decides(tmp_path: Path) -> None:
    path = _list(
        tmp_path,
        [1, "Nguyễn Thị Ánh", "1980", "", "0911111111"],
        [2, "Ma Bến Trà", 1968],
        [3, "Ma Hoa Sim", "31/02/1970"],
    )
    app = small_app(tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        await _open(pilot, path)
        await see(pilot, "to enter 1", "known 1", "refused 1")
        await pilot.press("home", "enter")
        await see(pilot, "Row 2", "F2 decides")
        await pilot.press("escape", "f2")
        await see(pilot, "who are they?", "same person")
        await pilot.press("enter")
        await see(pilot, "updates TN-P-00001")
        await pilot.press("escape")
        await see(pilot, "Close the preview?", "1 rows were decided")
        await pilot.press("escape")
        await see(pilot, "updates TN-P-00001")
        await pilot.press("ctrl+s")
        await see(pilot, "1 people are entered", "1 people of the book are updated")
        await pilot.press("enter")
        await see(pilot, "Entered 1 people, updated 1; 1 rows were not. Ctrl+Z")
        assert "Ma Bến Trà" in _names(app)
        assert app.office.person("TN-P-00001").phone == "0911111111"


async def test_columns_are_corrected_on_the_screen_and_remembered(tmp_path: Path) -> None:
    path = _list(tmp_path, [1, "Ma Bến Trà", 1968, "", "", "0922222222"])
    app = small_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, path)
        await see(pilot, "Ma Bến Trà", "columns not read: 1")
        await pilot.press("f7")
        await see(pilot, "Columns of sheet", "Mã riêng", "not read")
        await pilot.press("end", "enter")
        await see(pilot, "Column F is read as")
        await pilot.press(*"Phone")
        await pilot.press("enter")
        await until(pilot, lambda: len(app.screen_stack) == 2, "the field is chosen")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: _preview(app) and _preview(app).accepted[0].phone == "0922222222", "read again")
        await pilot.press("ctrl+s")
        await see(pilot, "entered as one change")
        await pilot.press("enter")
        await see(pilot, "Entered 1 people; 0 rows were not. Ctrl+Z")
        (kept,) = app.office.book.table(SheetLayout)
        assert kept.columns["phone"] == "F"


def _preview(app: SoVangApp) -> Any:
    return app.screen._seen if isinstance(app.screen, ImportScreen) else None


async def test_a_file_of_several_sheets_asks_which_and_an_old_font_is_read(tmp_path: Path) -> None:
    app = small_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, _OLD)
        await see(pilot, "Which sheet holds the list?", "DS", "Bìa")
        await pilot.press("enter")
        await see(pilot, "Nguyễn Văn Ánh", "TCVN3")
        await more(pilot, "Sheet")
        await see(pilot, "Which sheet holds the list?")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, ImportScreen), "the choice is left")
        await pilot.press("escape")
        await see(pilot, "Closed; nothing was entered", "Ins: choose a spreadsheet")


async def test_a_sheet_without_headings_lets_the_officer_say_the_columns(tmp_path: Path) -> None:
    path = save(tmp_path / "bare.xlsx", [[1, "Ma Bến Trà", 1968], [2, "Ma Hoa Sim", 1970]])
    app = small_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, path)
        await see(pilot, "Columns of sheet")
        await pilot.press("ctrl+s")
        await see(pilot, "Say first which column holds the full name")
        await pilot.press("home", "down", "enter")
        await see(pilot, "Column B is read as")
        await pilot.press(*"Full", "enter")
        await until(pilot, lambda: len(app.screen_stack) == 2, "the field is chosen")
        await pilot.press("ctrl+s")
        await see(pilot, "Ma Hoa Sim", "to enter 2")


async def test_a_stopped_reading_leaves_nothing_to_enter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = small_app(tmp_path)
    real = intake.preview

    def slow(*given: Any, stop: Any, **more: Any) -> Any:
        while not stop():
            time.sleep(0.01)
        return real(*given, stop=stop, **more)

    monkeypatch.setattr(intake, "preview", slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, _list(tmp_path, [1, "Ma Bến Trà", 1968]))
        await until(pilot, lambda: isinstance(app.screen, ImportScreen), "the chooser goes")
        await pilot.press("escape")
        await see(pilot, "Stopped; nothing was entered")
        await pilot.press("ctrl+s")
        await see(pilot, "There is nothing to enter")


async def test_an_import_that_is_stopped_while_it_enters_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = small_app(tmp_path)
    real = entering.accept

    def slow(*given: Any, stop: Any, **more: Any) -> Any:
        while not stop():
            time.sleep(0.01)
        return real(*given, stop=stop, **more)

    monkeypatch.setattr(entering, "accept", slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, _list(tmp_path, [1, "Ma Bến Trà", 1968]))
        await see(pilot, "Ma Bến Trà")
        head = app.office.book.head()
        await pilot.press("ctrl+s")
        await see(pilot, "Enter 1 people into the book?")
        await pilot.press("enter")
        await see(pilot, "Esc: stop")
        await pilot.press("escape")
        await see(pilot, "The import was stopped")
        assert app.office.book.head() == head


def test_every_column_that_can_be_read_has_a_name() -> None:
    assert set(imports.FIELDS) == set(KEYS)


async def test_a_path_that_leads_nowhere_is_told_and_ends_nothing(tmp_path: Path) -> None:
    app = small_app(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await _open(pilot, Path("~nobody-of-this-name/list.xlsx"))
        await see(pilot, "There is no such file")
        for typed, told in ((f"{'a' * 300}.xlsx", "too long"), ("~nobody-of-this-name", "There is no such file")):
            app.screen.query_one(VnInput).value = typed
            await pilot.press("enter")
            await see(pilot, told)


async def test_a_link_to_a_lost_file_hides_no_other_file_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "danh sách"
    folder.mkdir()
    (folder / "lost.xlsx").symlink_to(tmp_path / "gone.xlsx")
    _list(folder, [1, "Ma Hoa Sim", "1970"])
    app = small_app(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await _open(pilot, folder)
        await see(pilot, "list.xlsx", "lost.xlsx", "KB")
        app.screen.query_one(VnInput).value = "lost.xlsx"
        await pilot.press("enter")
        await see(pilot, "There is no such file")


async def test_cells_put_right_are_no_longer_unsaved_once_entered(tmp_path: Path) -> None:
    path = _list(tmp_path, [1, "Ma Hoa Sim", "31/02/1970"], [2, "Ma Hoa Lan", "1971"])
    app = small_app(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await _open(pilot, path)
        await see(pilot, "refused 1")
        await pilot.press("home", "f2")
        await see(pilot, "Row 2, Ma Hoa Sim")
        app.screen.query_one(VnInput).value = "28/02/1970"
        await pilot.press("enter")
        await see(pilot, "to enter 2")
        screen = app.screen
        assert isinstance(screen, ImportScreen)
        assert screen.unsaved()
        await pilot.press("ctrl+s")
        await see(pilot, "Enter 2 people")
        await pilot.press("enter")
        await see(pilot, "Entered 2 people")
        assert not screen.unsaved()
