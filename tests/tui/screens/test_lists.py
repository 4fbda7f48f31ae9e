"""Lists with real keys: columns chosen, layouts and views kept, marked people acted on, files written and logged."""

from __future__ import annotations

import csv
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from config import i18n
from records.domain.lists import ListExport, ListLayout, ListView
from records.services import lists
from tests.tui.offices import cells_of, more, see, seen, small_app, until
from tui.app.app import SoVangApp
from tui.screens import filters
from tui.screens.people import export_job
from tui.widgets.table import VirtualTable


@pytest.fixture(autouse=True)
def _english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    i18n.use("en")
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(filters, "documents_folder", lambda: tmp_path / "out")
    yield
    i18n.use("en")


async def typed(pilot: Pilot[int], text: str) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in text))


def cursor_on(app: SoVangApp, row: str) -> bool:
    return app.screen.query_one(VirtualTable).cursor_id == row


async def go_to(pilot: Pilot[int], row: str) -> None:
    """Put the cursor of the list in front on a row, by keys."""
    app = pilot.app
    assert isinstance(app, SoVangApp)
    await pilot.press("home")
    for _ in range(60):
        if cursor_on(app, row):
            return
        await pilot.press("down")
    raise AssertionError(f"no row {row}\n{seen(app)}")


async def test_columns_are_chosen_ordered_and_kept_as_a_layout(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("ctrl+e")
            text = await see(pilot, "Write the list: 4 people", "Columns chosen: 7")
            assert max(map(len, text.splitlines())) <= 80
            await go_to(pilot, "id")
            await pilot.press("space")
            await see(pilot, "Columns chosen: 6")
            await go_to(pilot, "name")
            await pilot.press("ctrl+up", "ctrl+up")
            await more(pilot, "Keep")
            await see(pilot, "Keep as a layout")
            await typed(pilot, "Ten truoc")
            await pilot.press("enter")
            await see(pilot, "Layout kept: Ten truoc")
            (kept,) = lists.saved(app.office, ListLayout)
            assert kept.columns == ("name", "no", "born", "unit", "roles", "verdict")
            await pilot.press("ctrl+s")
            await see(pilot, "Written:")
    assert "Đỗ Hồng Đào" in cells_of(tmp_path / "out" / "people.xlsx")


async def test_a_layout_is_loaded_and_deleted(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            lists.save(
                app.office,
                ListLayout(id="", name="Ngắn", columns=("name", "gone"), heading="Dòng hai", signer=("A", "B")),
            )
            await pilot.press("ctrl+e")
            await see(pilot, "Columns chosen: 7")
            await pilot.press("f6")
            await see(pilot, "Usual list", "Sheet to sign", "Ngắn")
            await typed(pilot, "ngan")
            await pilot.press("enter")
            await see(pilot, "left out: gone", "Dòng hai", "A; B")
            await more(pilot, "Delete")
            await see(pilot, "Delete a layout")
            await pilot.press("enter")
            await see(pilot, "Deleted: Ngắn")
            assert lists.saved(app.office, ListLayout) == []


async def test_trap_31_sensitive_columns_are_marked_off_by_default_and_asked_about(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("ctrl+e")
            await see(pilot, "Columns chosen: 7")
            await go_to(pilot, "phone")
            await see(pilot, "·  Phone", "sensitive")
            await pilot.press("space")
            await see(pilot, "Columns chosen: 8", "sensitive: Phone")
            await pilot.press("ctrl+s")
            await see(pilot, "Write sensitive data of 4 people?", "Phone")
            await pilot.press("enter")
            await see(pilot, "Columns chosen: 8")
            assert list((tmp_path / "out").iterdir()) == []
            await pilot.press("ctrl+s")
            await see(pilot, "Write sensitive data")
            await pilot.press("right", "enter")
            await see(pilot, "Written:")
            (made,) = lists.exports_made(app.office)
            assert made.export.sensitive == ("phone",)
            assert made.entry.actor
    assert "0900000001" in cells_of(tmp_path / "out" / "people.xlsx")


async def test_marked_people_are_written_and_only_they_and_the_history_says_so(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            table = app.screen.query_one(VirtualTable)
            await pilot.press("space", "shift+down")
            await see(pilot, "marked 3")
            await pilot.press("home", "space")
            await see(pilot, "marked 2")
            await pilot.press("f8")
            await see(pilot, "With 2 marked people", "Write a list to a file", "PDF")
            await pilot.press("enter")
            await see(pilot, "Write the list: 2 people")
            marked = table.marked_ids
            await pilot.press(*["shift+tab"] * 5)
            await pilot.press("end", *["backspace"] * 4, *"csv", "ctrl+s")
            await see(pilot, "Written:")
            (made,) = lists.exports_made(app.office)
            assert sorted(made.export.people) == sorted(marked)
            assert len(app.office.book.table(ListExport)) == 1
            app.switch_mode("history")
            await see(pilot, "List of people written to")
            await pilot.press("enter")
            await see(pilot, "SHA-256", "Columns: No., Code, Full name", "2 people", *marked)
    rows = list(csv.reader((tmp_path / "out" / "people.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 3


async def test_a_file_that_is_there_is_replaced_only_after_asking(tmp_path: Path) -> None:
    there = tmp_path / "out" / "people.xlsx"
    there.write_text("kept")
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("ctrl+e")
            await see(pilot, "Columns chosen")
            await pilot.press("ctrl+s")
            await see(pilot, "Replace the file that is there?")
            await pilot.press("enter")
            await see(pilot, "Nguyễn Thị Ánh")
            assert there.read_text() == "kept"
            assert lists.exports_made(app.office) == []
            await pilot.press("ctrl+e")
            await see(pilot, "Columns chosen")
            await pilot.press("ctrl+s")
            await see(pilot, "Replace the file")
            await pilot.press("right", "enter")
            await see(pilot, "Written:")
    assert "Đỗ Hồng Đào" in cells_of(there)


async def test_a_wrong_file_name_is_said_under_the_field(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("ctrl+e")
            await see(pilot, "Columns chosen")
            await pilot.press(*["shift+tab"] * 5, "end", *"doc", "ctrl+s")
            await see(pilot, "name the file .xlsx, .csv or .pdf")
            await pilot.press(*["backspace"] * 7, *"pdf", "down", "down", *["backspace"] * 10, *"30/2/2026", "ctrl+s")
            await see(pilot, "enter a day that exists")
            await pilot.press("escape")
            await see(pilot, "Nguyễn Thị Ánh")


async def test_a_view_keeps_filter_find_and_order(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            roster = app.screen
            await pilot.press("slash")
            await typed(pilot, "phuong")
            await pilot.press("enter", "f9", "f9", "f9")
            table = roster.query_one(VirtualTable)
            order = (table.sorted_by, table.reverse)
            await pilot.press("f6")
            await see(pilot, "Views", "Keep what is shown")
            await pilot.press("enter")
            await see(pilot, "Name")
            await typed(pilot, "Cac phuong")
            await pilot.press("enter")
            await see(pilot, "View kept: Cac phuong")
            (kept,) = lists.saved(app.office, ListView)
            assert (kept.find, kept.sort, kept.reverse) == ("phuong", *order)
            await pilot.press("slash", "escape", "f9", "f9")
            await until(pilot, lambda: len(table.view) == 4, "all")
            assert (table.sorted_by, table.reverse) != order
            await pilot.press("f6")
            await see(pilot, "Cac phuong", "Delete a view")
            await pilot.press("enter")
            await see(pilot, "View: Cac phuong")
            assert (table.sorted_by, table.reverse) == order
            assert roster.query_one("#find").value == "phuong"  # type: ignore[attr-defined]


async def test_a_view_is_deleted(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            lists.save(app.office, ListView(id="", name="Thử", role="reporter"))
            await pilot.press("f6")
            await see(pilot, "Thử", "Delete a view")
            await typed(pilot, "delete")
            await pilot.press("enter")
            await until(pilot, lambda: "Keep what" not in seen(app) and "Delete a view" in seen(app), "which")
            await pilot.press("enter")
            await see(pilot, "Deleted: Thử")
            assert lists.saved(app.office, ListView) == []


async def test_the_act_on_one_names_them(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            name = app.screen.query_one(VirtualTable).view_rows[0].cells[1]
            await pilot.press("f8")
            await see(pilot, f"With {name}", "PDF")
            await pilot.press("down", "enter")
            await see(pilot, "Write the list: 1 people")
            await pilot.press("ctrl+s")
            await see(pilot, "Written:")
    assert (tmp_path / "out" / "people.pdf").read_bytes().startswith(b"%PDF")


async def test_escape_stops_an_export_and_nothing_is_written_or_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def endless(*_given: object, stop: Callable[[], bool]) -> list[object]:
        begun.set()
        while not stop():
            time.sleep(0.01)
        return []

    monkeypatch.setattr(export_job, "check", endless)
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("ctrl+e")
            await see(pilot, "Columns chosen")
            await pilot.press("ctrl+s")
            await until(pilot, begun.is_set, "the writing to begin")
            await see(pilot, "Writing the list")
            await pilot.press("escape")
            await see(pilot, "Writing was stopped")
            assert list((tmp_path / "out").iterdir()) == []
            assert lists.exports_made(app.office) == []


async def test_a_name_like_markup_or_a_formula_is_only_a_name(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Lê [RH-2024] Ước")
            await pilot.press("ctrl+e")
            await see(pilot, "Columns chosen")
            await pilot.press("ctrl+s")
            await see(pilot, "Written:")
    assert "Lê [RH-2024] Ước" in cells_of(tmp_path / "out" / "people.xlsx")
