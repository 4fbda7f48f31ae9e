"""The grid: typing as in Excel, blocks, the clipboard, input methods, and refusing what cannot stand in a cell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from config import i18n
from config.text import Text, t
from tui.widgets.clipboard import block_cells, block_text
from tui.widgets.grid.editor import CellEditor
from tui.widgets.grid.grid import CellEdit, Grid, GridColumn


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


class Sheet:
    """Names and points: three columns of whole numbers up to 10, a note, and a total that is worked out."""

    def __init__(self, rows: int = 5) -> None:
        self.cells = [["", "", "", "", ""] for _ in range(rows)]
        self.columns = [GridColumn(f"c{n}", f"Col {n}", 8, hint=f"Column number {n}") for n in range(3)]
        self.columns += [GridColumn("note", "Note", 12, "left"), GridColumn("total", "Total", 6)]

    @property
    def row_count(self) -> int:
        return len(self.cells)

    def row_id(self, row: int) -> str:
        return self.row_title(row)

    def row_title(self, row: int) -> str:
        return f"Person {row}"

    def text(self, row: int, column: int) -> str:
        if column == 4:
            return str(sum(int(each or 0) for each in self.cells[row][:3]))
        return self.cells[row][column]

    def editable(self, row: int, column: int) -> bool:
        return column < 4

    def judge(self, row: int, column: int, typed: str) -> Text | None:
        if column == 3 or not typed:
            return None
        if not typed.isdecimal():
            return t("not a number")
        return t("more than {most}", most=10) if int(typed) > 10 else None


class Bench(App[None]):
    """A screen with only a grid, which writes what was typed."""

    def __init__(self, sheet: Sheet, *, write: bool = True) -> None:
        super().__init__()
        self.sheet, self.write = sheet, write
        self.batches: list[tuple[CellEdit, ...]] = []
        self.refused: list[str] = []

    def compose(self) -> ComposeResult:
        yield Grid(self.sheet, name_title="Name", name_width=12, empty="Nobody")

    def on_mount(self) -> None:
        self.grid.focus()

    @property
    def grid(self) -> Grid:
        return self.query_one(Grid)

    def on_grid_edited(self, message: Grid.Edited) -> None:
        self.batches.append(message.changes)
        if self.write:
            for row, column, typed in message.changes:
                self.sheet.cells[row][column] = typed
        self.grid.reload()

    def on_grid_refused(self, message: Grid.Refused) -> None:
        self.refused += [f"{each.row},{each.column}={each.typed}: {each.problem}" for each in message.refusals]

    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]


async def typed(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_typing_replaces_and_enter_goes_down_and_tab_right_and_enter_back() -> None:
    app = Bench(Sheet())
    async with app.run_test(size=(80, 12)) as pilot:
        await typed(pilot, "9", "enter", "8", "tab", "7", "tab", "6", "enter", "1", "0", "down")
        assert [row[:3] for row in app.sheet.cells[:3]] == [["9", "", ""], ["8", "7", "6"], ["10", "", ""]]
        assert (app.grid.row, app.grid.column) == (3, 0)
        line = next(each for each in app.lines() if "Person 1" in each)
        assert line.split() == ["Person", "1", "8", "7", "6", "21"]


async def test_f2_edits_in_place_and_escape_leaves_everything() -> None:
    app = Bench(Sheet())
    app.sheet.cells[0][3] = "Nguyễn"
    async with app.run_test(size=(80, 12)) as pilot:
        await typed(pilot, "right", "right", "right", "f2", "left", "left", "x", "enter")
        assert app.sheet.cells[0][3] == "Nguyxễn"
        await typed(pilot, "up", "q", "q", "escape", "down")
        assert app.sheet.cells[0][3] == "Nguyxễn"
        assert len(app.batches) == 1


async def test_a_wrong_value_says_why_at_once_and_cannot_be_left() -> None:
    app = Bench(Sheet())
    async with app.run_test(size=(80, 12)) as pilot:
        await typed(pilot, "1", "1")
        assert "more than 10" in app.lines()[-1]
        await typed(pilot, "enter")
        assert app.batches == []
        assert (app.grid.row, app.grid.editor is not None) == (0, True)
        await typed(pilot, "7", "enter")
        assert app.sheet.cells[0][0] == "7"
        assert "more than" not in app.lines()[-1]


async def test_a_worked_out_cell_cannot_be_typed_in() -> None:
    app = Bench(Sheet())
    async with app.run_test(size=(80, 12)) as pilot:
        await typed(pilot, "end", "5")
        assert app.grid.editor is None
        assert "worked out" in app.lines()[-1]


async def test_fill_down_and_clear_a_block_are_each_one_change() -> None:
    app = Bench(Sheet())
    async with app.run_test(size=(80, 12)) as pilot:
        await typed(pilot, "4", "tab", "5", "shift+tab")
        await typed(pilot, "shift+right", "shift+down", "shift+down", "ctrl+d")
        assert [row[:2] for row in app.sheet.cells[:4]] == [["4", "5"], ["4", "5"], ["4", "5"], ["", ""]]
        assert len(app.batches[-1]) == 4
        await typed(pilot, "delete")
        assert all(row[:2] == ["", ""] for row in app.sheet.cells)
        assert len(app.batches[-1]) == 6
        await typed(pilot, "escape", "3", "enter", "ctrl+d")
        assert [row[1] for row in app.sheet.cells] == ["", "", "3", "3", ""]


async def test_a_block_from_excel_is_pasted_as_one_change_and_says_what_it_refused() -> None:
    app = Bench(Sheet())
    async with app.run_test(size=(80, 12)) as pilot:
        app.grid.post_message(events.Paste("1\t2\t3\r\n11\tabc\t6\r\n7\t8\t9\r\n"))
        await pilot.pause()
        assert [row[:3] for row in app.sheet.cells[:3]] == [["1", "2", "3"], ["", "", "6"], ["7", "8", "9"]]
        assert len(app.batches) == 1
        assert app.refused == ["1,0=11: more than 10", "1,1=abc: not a number"]
        assert "2 cells refused; first Person 1 · Col 0: more than 10" in app.lines()[-1]


async def test_what_lies_outside_the_grid_is_refused_and_not_lost_silently() -> None:
    app = Bench(Sheet(2))
    async with app.run_test(size=(80, 12)) as pilot:
        await typed(pilot, "down")
        app.grid.post_message(events.Paste("1\n2\n3"))
        await pilot.pause()
        assert app.sheet.cells[1][0] == "1"
        assert len(app.refused) == 2


async def test_copy_and_paste_inside_the_grid() -> None:
    app = Bench(Sheet())
    app.sheet.cells[0] = ["1", "2", "3", 'say "a"\tb', ""]
    async with app.run_test(size=(80, 12)) as pilot:
        await typed(pilot, "shift+right", "shift+right", "shift+right", "ctrl+c")
        assert app.clipboard == '1\t2\t3\t"say ""a""\tb"'
        await typed(pilot, "escape", "down", "home", "shift+down", "ctrl+v")
        assert app.sheet.cells[1][:4] == app.sheet.cells[2][:4] == app.sheet.cells[0][:4]
        assert app.sheet.cells[3][:4] == ["", "", "", ""]


async def test_an_input_methods_burst_keeps_every_accent() -> None:
    app = Bench(Sheet())
    async with app.run_test(size=(80, 12)) as pilot:
        app.grid.go_to(0, 3)
        back = "backspace"
        for each in [*"Nguye", back, *"ên", back, back, *"ễn", "enter", *"Hoa\u0300", "enter"]:
            app.post_message(events.Key(each, each if len(each) == 1 else None))
        await pilot.pause()
        await pilot.pause()
        assert [row[3] for row in app.sheet.cells[:2]] == ["Nguyễn", "Hoà"]


async def test_a_burst_of_numbers_lands_in_its_rows() -> None:
    app = Bench(Sheet())
    async with app.run_test(size=(80, 12)) as pilot:
        for letter in ["9", "enter", "1", "0", "enter", "8", "tab", "7", "enter"]:
            app.post_message(events.Key(letter, letter if len(letter) == 1 else None))
        await pilot.pause()
        await pilot.pause()
        assert [row[:2] for row in app.sheet.cells[:3]] == [["9", ""], ["10", ""], ["8", "7"]]


async def test_leaving_the_grid_takes_what_was_typed() -> None:
    app = Bench(Sheet())
    async with app.run_test(size=(80, 12)) as pilot:
        await typed(pilot, "9")
        app.screen.set_focus(None)
        await pilot.pause()
        assert app.sheet.cells[0][0] == "9"


async def test_a_refused_write_shows_the_old_value_again() -> None:
    app = Bench(Sheet(), write=False)
    async with app.run_test(size=(80, 12)) as pilot:
        await typed(pilot, "9", "enter", "up")
        assert "9" not in app.lines()[1]


async def test_the_names_stay_while_columns_scroll() -> None:
    sheet = Sheet()
    sheet.columns = [GridColumn(f"c{n}", f"Col {n}", 8) for n in range(3)] * 10
    sheet.cells = [[str(n % 10)] * 30 for n in range(50)]
    app = Bench(sheet)
    app.sheet.text = lambda row, column: sheet.cells[row][column]  # type: ignore[method-assign]
    async with app.run_test(size=(80, 12)) as pilot:
        await typed(pilot, "ctrl+end")
        assert app.lines()[-2].startswith("Person 49")
        assert (app.grid.row, app.grid.column) == (49, 29)
        await typed(pilot, "ctrl+home")
        assert app.lines()[1].startswith("Person 0")


async def test_an_empty_grid_says_so_and_keys_do_no_harm() -> None:
    app = Bench(Sheet(0))
    async with app.run_test(size=(80, 12)) as pilot:
        await typed(pilot, "down", "5", "enter", "ctrl+d", "delete", "f2", "shift+down")
        assert any("Nobody" in line for line in app.lines())
        assert app.batches == []


cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=8)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(cells, min_size=n, max_size=n), min_size=1, max_size=5)))
def test_a_block_comes_back_from_the_clipboard_as_it_went(rows: list[list[str]]) -> None:
    assert block_cells(block_text(rows) + "\n") == [[cell.strip() for cell in row] for row in rows]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r"])
def test_line_ends_of_every_terminal_make_the_same_rows(end: str) -> None:
    assert block_cells(end.join(["1\t2", "3\t4", ""])) == [["1", "2"], ["3", "4"]]
    assert block_cells(end.join(["1", "2", "3", ""])) == [["1"], ["2"], ["3"]]
    assert block_cells(end.join(["1\t2", "\t", "3\t4", ""])) == [["1", "2"], ["", ""], ["3", "4"]]


@given(st.text(st.sampled_from("aăâeêơưđ ̣̀́̃̉x1"), max_size=12))
def test_what_is_typed_is_always_composed(text: str) -> None:
    import unicodedata

    editor = CellEditor("", staying=False)
    for letter in text:
        editor.insert(letter)
    assert editor.text == unicodedata.normalize("NFC", text)
    assert editor.place == len(editor.text)


async def test_frozen_columns_stay_beside_the_names() -> None:
    sheet = Sheet()
    sheet.columns = [GridColumn(f"c{n}", f"Col {n}", 8) for n in range(20)]
    sheet.cells = [[str(n) for n in range(20)] for _ in range(3)]
    app = Bench(sheet)
    app.sheet.text = lambda row, column: sheet.cells[row][column]  # type: ignore[method-assign]
    async with app.run_test(size=(80, 12)) as pilot:
        app.grid.frozen = 2
        await typed(pilot, "end")
        assert app.lines()[1].split()[:4] == ["Person", "0", "0", "1"]
        assert app.lines()[1].split()[-1] == "19"
        await typed(pilot, "home")
        assert app.grid.column == 2
        assert app.lines()[1].split()[2:6] == ["0", "1", "2", "3"]
