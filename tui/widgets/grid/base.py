"""The still part of a grid: its model, where the cursor and the block are, moving them, and painting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from config.i18n import tr
from config.text import Text
from tui.widgets.grid.editor import CellEditor
from tui.widgets.grid.model import Block, GridColumn, GridModel, StyledModel
from tui.widgets.keys import speak_keys
from tui.widgets.table import fit

_GAP = 1


class GridPainter:
    """Draws the lines of one grid and remembers the last few hundred."""

    def __init__(self, grid: GridBase) -> None:
        self._grid = grid
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(500)

    def forget(self) -> None:
        """Draw everything anew."""
        self._strips.clear()

    # -- where things are ---------------------------------------------------------------------------------------------

    def name_width(self, width: int) -> int:
        """Cells of the frozen column: what was asked for, but never more than two fifths of the screen."""
        return max(min(self._grid.name_width, width * 2 // 5), 8)

    def fitting(self, width: int, first: int) -> list[tuple[int, GridColumn]]:
        """The columns drawn whole in `width` when the leftmost is number `first`; always one.

        The frozen ones come first.
        """
        left = self.name_width(width) + _GAP
        columns, frozen = list(enumerate(self._grid.model.columns)), self._grid.frozen
        found: list[tuple[int, GridColumn]] = []
        for number, column in columns[:frozen] + columns[max(first, frozen) :]:
            if len(found) > frozen and left + column.width + _GAP > width:
                break
            found.append((number, column))
            left += column.width + _GAP
        return found

    def column_at(self, x: int) -> int | None:
        """Number of the column at a cell of a line; None over the names and beyond the last."""
        width = self._grid.line_width
        left = self.name_width(width) + _GAP
        if x < left:
            return None
        for number, column in self.fitting(width, self._grid.first_column):
            left += column.width + _GAP
            if x < left:
                return number
        return None

    # -- lines --------------------------------------------------------------------------------------------------------

    def head(self, width: int, line: int) -> Strip:
        """The headings; with two lines, groups stand over them."""
        grid = self._grid
        style = grid.get_component_rich_style("grid--head")
        first, room = grid.first_column, self.name_width(width)
        columns = self.fitting(width, first)
        beyond = bool(columns) and columns[-1][0] + 1 < len(grid.model.columns)
        more = ("‹" if first > grid.frozen else " ") + ("›" if beyond else " ")
        if grid.head_height == 2 and line == 0:
            texts = [" " * (room + _GAP), *self._groups([column for _, column in columns])]
        else:
            name = fit(grid.name_title, max(room - 2, 0), "left") + more
            texts = [name + " " * _GAP, *(fit(c.title, c.width, c.align) + " " * _GAP for _, c in columns)]
        return Strip([Segment("".join(texts), style)]).adjust_cell_length(width, style).simplify()

    def _groups(self, columns: list[GridColumn]) -> list[str]:
        texts: list[str] = []
        place = 0
        while place < len(columns):
            group = columns[place].group
            end = place
            while end < len(columns) and columns[end].group == group:
                end += 1
            room = sum(column.width + _GAP for column in columns[place:end]) - _GAP
            texts.append(fit(group, room, "left") + " " * _GAP)
            place = end
        return texts

    def row(self, row: int, width: int) -> Strip:
        """A row of the model."""
        grid = self._grid
        busy = row == grid.row or grid.block.start_row <= row <= grid.block.end_row
        known = (row, width, grid.first_column)
        if busy:
            return self._draw(row, width)
        strip = self._strips.get(known)
        if strip is None:
            strip = self._strips[known] = self._draw(row, width)
        return strip

    def _draw(self, row: int, width: int) -> Strip:
        grid = self._grid
        base = grid.get_component_rich_style(f"grid--{'odd' if row % 2 else 'even'}")
        name = base + self._ink("name" if row != grid.row else "here")
        segments = [Segment(fit(grid.model.row_title(row), self.name_width(width), "left") + " " * _GAP, name)]
        for number, column in self.fitting(width, grid.first_column):
            if grid.editor is not None and (row, number) == (grid.row, grid.column):
                segments += self._typing(column)
            else:
                text = fit(grid.shown_text(row, number), column.width, column.align)
                segments.append(Segment(text, self._style(row, number, base)))
            segments.append(Segment(" " * _GAP, base))
        return Strip(segments).adjust_cell_length(width, base).simplify()

    def _style(self, row: int, number: int, base: Style) -> Style:
        grid = self._grid
        if (row, number) == (grid.row, grid.column):
            return grid.get_component_rich_style("grid--cursor")
        look = grid.model.look(row, number) if isinstance(grid.model, StyledModel) else ""
        if not look and not grid.model.editable(row, number):
            look = "dim"
        style = base + self._ink(look) if look else base
        if grid.block.holds(row, number):
            style += Style(bgcolor=grid.get_component_rich_style("grid--block").bgcolor)
        return style

    def _typing(self, column: GridColumn) -> list[Segment]:
        grid = self._grid
        assert grid.editor is not None  # only asked for while typing
        bad = grid.typing_problem() is not None
        style = grid.get_component_rich_style("grid--wrong" if bad else "grid--edit")
        text, place = grid.editor.shown(column.width)
        caret = style + Style(reverse=True)
        if grid.editor.replacing:
            return [Segment(text, caret)]
        return [Segment(text[:place], style), Segment(text[place], caret), Segment(text[place + 1 :], style)]

    def foot(self, width: int) -> Strip:
        """The line under the rows: what is wrong, else what the cell under the cursor is."""
        grid = self._grid
        text, wrong = grid.foot_text()
        style = grid.get_component_rich_style("grid--bad-foot" if wrong else "grid--foot")
        return Strip([Segment(" " + fit(text, max(width - 1, 0), "left"), style)]).adjust_cell_length(width, style)

    def empty(self, width: int) -> Strip:
        """What stands in a grid with no rows."""
        style = self._grid.get_component_rich_style("grid--empty")
        text = self._grid.empty
        text = text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)) + "…"
        left = max((width - cell_len(text)) // 2, 0)
        return Strip([Segment(" " * left + text, style)]).adjust_cell_length(width, style)

    def _ink(self, name: str) -> Style:
        style = self._grid.get_component_rich_style(f"grid--{name}", partial=True)
        return Style(color=style.color, bold=style.bold, dim=style.dim)


class GridBase(ScrollView, can_focus=True):
    """Cells with a cursor and a block.

    `name_title` heads the column of names, which is `name_width` cells wide; the first `frozen` columns stay beside it.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"grid--{part}"
        for part in ("head", "odd", "even", "name", "here", "cursor", "block", "edit", "wrong", "foot", "bad-foot")
    } | {f"grid--{part}" for part in ("good", "bad", "warn", "dim", "empty")}
    DEFAULT_CSS = """
    GridBase { height: 1fr; scrollbar-gutter: stable; scrollbar-size-vertical: 1; overflow-x: hidden; }
    GridBase > .grid--head { background: $panel; color: $foreground; text-style: bold; }
    GridBase > .grid--odd { background: $background; color: $foreground; }
    GridBase > .grid--even { background: $surface; color: $foreground; }
    GridBase > .grid--here { color: $accent; text-style: bold; }
    GridBase > .grid--cursor { background: $panel; color: $foreground; text-style: bold; }
    GridBase:focus > .grid--cursor { background: $primary; color: $text; text-style: bold; }
    GridBase > .grid--block { background: $primary 40%; }
    GridBase > .grid--edit { background: $foreground; color: $background; }
    GridBase > .grid--wrong { background: $error; color: $text; }
    GridBase > .grid--foot { background: $panel; color: $text-muted; }
    GridBase > .grid--bad-foot { background: $error; color: $text; text-style: bold; }
    GridBase > .grid--good { color: $success; }
    GridBase > .grid--bad { color: $error; }
    GridBase > .grid--warn { color: $warning; }
    GridBase > .grid--dim { color: $text-muted; }
    GridBase > .grid--empty { color: $text-muted; background: $background; }
    """

    @dataclass
    class CursorMoved(Message):
        """The cursor stands on another cell."""

        row: int
        column: int

    def __init__(
        self,
        model: GridModel,
        *,
        name_title: str = "",
        name_width: int = 26,
        empty: str = "",
        frozen: int = 0,
        id: str | None = None,  # noqa: A002  # Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        speak_keys(self._bindings)
        self.model, self.name_title, self.name_width, self.empty = model, name_title, name_width, empty
        self.frozen = frozen
        self.row, self.column, self.first_column = 0, frozen, frozen
        self.editor: CellEditor | None = None
        self._went_down = False
        self._anchor = (0, frozen)
        self._tab_start: int | None = None
        self._notice: Text | None = None
        self._typed: dict[tuple[int, int], str] = {}
        self._painter = GridPainter(self)

    def _tell(self, message: Message) -> None:
        # A message made while a parent's handler runs would have the parent as sender and stop there.
        self.post_message(message.set_sender(self))

    # -- what it shows ------------------------------------------------------------------------------------------------

    def set_model(self, model: GridModel) -> None:
        """Show another model; cursor and block stay with their rows and columns, or in place where those are gone."""
        (row, column), anchor = self._moved(model, self.row, self.column), self._moved(model, *self._anchor)
        self.model = model
        self._go(row, column)
        self._anchor = anchor
        self.reload()

    def _moved(self, model: GridModel, row: int, column: int) -> tuple[int, int]:
        """Where in `model` the row and the column are that have these numbers now."""
        there = self.found_in(model, row, column)
        return row if there[0] is None else there[0], column if there[1] is None else there[1]

    def found_in(self, model: GridModel, row: int, column: int) -> tuple[int | None, int | None]:
        """Where in `model` the row and the column are that have these numbers now; None for what is gone."""
        if row >= self.model.row_count or column >= len(self.model.columns):
            return None, None
        whose, meant = self.model.row_id(row), self.model.columns[column].key
        return (
            next((number for number in range(model.row_count) if model.row_id(number) == whose), None),
            next((number for number, each in enumerate(model.columns) if each.key == meant), None),
        )

    def reload(self) -> None:
        """Show what the model holds now; what was typed and not written is forgotten."""
        self._typed.clear()
        anchor = self._anchor
        self._go(self.row, self.column)
        self._anchor = (min(anchor[0], max(self.model.row_count - 1, 0)), min(anchor[1], len(self.model.columns) - 1))
        self._repaint()

    @property
    def block(self) -> Block:
        """The cells chosen: at least the one under the cursor."""
        rows, columns = sorted((self.row, self._anchor[0])), sorted((self.column, self._anchor[1]))
        return Block(rows[0], columns[0], rows[1], columns[1])

    @property
    def head_height(self) -> int:
        """Lines of the headings: two where columns have groups."""
        return 2 if any(column.group for column in self.model.columns) else 1

    def shown_text(self, row: int, column: int) -> str:
        """What a cell shows: what was just typed until it is written."""
        typed = self._typed.get((row, column))
        return self.model.text(row, column) if typed is None else typed

    def typing_problem(self) -> Text | None:
        """Why what is being typed could not stay, or None."""
        if self.editor is None or not self.editor.text.strip():
            return None
        return self.model.judge(self.row, self.column, self.editor.text.strip())

    def foot_text(self) -> tuple[str, bool]:
        """The line at the foot, and whether it tells of something wrong."""
        problem = self.typing_problem() or self._notice
        if problem is not None:
            return tr(problem), True
        if not self._has_cells():
            return "", False
        column = self.model.columns[self.column]
        parts = (column.hint or column.title, self.shown_text(self.row, self.column))
        return " · ".join(part for part in parts if part), False

    def _has_cells(self) -> bool:
        return self.model.row_count > 0 and len(self.model.columns) > 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without cells, no key does anything here."""
        return self._has_cells() and super().check_action(action, parameters)

    # -- the cursor ---------------------------------------------------------------------------------------------------

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or on the nearest there is."""
        self._tab_start = None
        self._go(row, column)

    def _go(self, row: int, column: int, *, extend: bool = False) -> None:
        before = self.row, self.column
        self.row = max(0, min(row, self.model.row_count - 1))
        self.column = max(0, min(column, len(self.model.columns) - 1))
        if not extend:
            self._anchor = (self.row, self.column)
        self._show_cursor()
        self.refresh()
        if (self.row, self.column) != before:
            self._tell(self.CursorMoved(self.row, self.column))

    @property
    def line_width(self) -> int:
        """Cells of a line beside the scroll bar."""
        return self.scrollable_content_region.width

    @property
    def _page(self) -> int:
        return max(self.size.height - self.head_height - 1, 1)

    def _show_cursor(self) -> None:
        top = round(self.scroll_target_y)
        if self.row < top:
            self.scroll_to(y=self.row, animate=False, force=True)
        elif self.row >= top + self._page:
            self.scroll_to(y=self.row - self._page + 1, animate=False, force=True)
        if self.column < self.frozen:
            return
        first = max(min(self.first_column, self.column), self.frozen)
        while first < self.column and self._painter.fitting(self.line_width, first)[-1][0] < self.column:
            first += 1
        self.first_column = first

    def action_move(self, down: int, right: int) -> None:
        """Move by rows and columns."""
        self.go_to(self.row + down, self.column + right)

    def action_extend(self, down: int, right: int) -> None:
        """Make the block larger or smaller."""
        self._tab_start = None
        self._go(self.row + down, self.column + right, extend=True)

    def action_page(self, step: int) -> None:
        """Move by what the screen shows."""
        self.go_to(self.row + step * max(self._page - 1, 1), self.column)

    def action_ends(self, last: int, corner: int) -> None:
        """Move to the first or last column, with `corner` also to the first or last row."""
        row = (self.model.row_count - 1 if last else 0) if corner else self.row
        self.go_to(row, len(self.model.columns) - 1 if last else self.frozen)

    def action_all_cells(self) -> None:
        """Choose every cell."""
        self._anchor = (0, 0)
        self._go(self.model.row_count - 1, len(self.model.columns) - 1, extend=True)

    def action_enter(self) -> None:
        """Go down; after Tab, to the column where the row of Tabs began."""
        self.go_to(self.row + 1, self.column if self._tab_start is None else self._tab_start)

    def action_tab(self, step: int) -> None:
        """Go to the next or previous column, over the end of the row into the next."""
        start = self.column if self._tab_start is None else self._tab_start
        place = self.row * len(self.model.columns) + self.column + step
        if 0 <= place < self.model.row_count * len(self.model.columns):
            row, column = divmod(place, len(self.model.columns))
            same = row == self.row
            self._go(row, column)
            self._tab_start = start if same else None

    # -- painting -----------------------------------------------------------------------------------------------------

    def _repaint(self) -> None:
        self._painter.forget()
        self.virtual_size = Size(self.line_width, self.model.row_count + self.head_height + 1)
        self.refresh()

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        self._repaint()
        if self._has_cells():
            self._show_cursor()

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self._painter.forget()

    def render_line(self, y: int) -> Strip:
        """The strip of a screen line: headings, rows from where it is scrolled to, and the foot."""
        width, head = self.line_width, self.head_height
        if y < head:
            return self._painter.head(width, y)
        if y == self.size.height - 1:
            return self._painter.foot(width)
        row = round(self.scroll_offset.y) + y - head
        if row < self.model.row_count and len(self.model.columns):
            return self._painter.row(row, width)
        if not self.model.row_count and y == min(3, self.size.height - 2):
            return self._painter.empty(width)
        return Strip([Segment(" " * width, self.get_component_rich_style("grid--odd"))], width)

    def _cell_at(self, event: events.Click) -> tuple[int, int] | None:
        row = round(self.scroll_offset.y) + event.y - self.head_height
        column = self._painter.column_at(event.x)
        inside = self.head_height <= event.y < self.size.height - 1 and row < self.model.row_count
        return (row, self.column if column is None else column) if inside else None
