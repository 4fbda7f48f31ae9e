"""One table for every list: rows stay where they are, and only the list of those shown changes.

Textual's own table takes half a second to filter 1,141 rows; this one draws what is on the screen and nothing else.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.present.rows import Column, Finder, LateRows, Row

if TYPE_CHECKING:
    from tui.present.rows import Column

_GAP = 1
_MARK = 2
_EMPTY_LINES = 3
_LEAST = 12
"""Cells in which the beginning of a text still says something."""


class Painter:
    """Draws the lines of one table and remembers the last few hundred."""

    def __init__(self, table: VirtualTable) -> None:
        self._table = table
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(500)
        self._widths: tuple[int, list[tuple[int, Column, int]]] = (-1, [])

    def forget(self) -> None:
        """Draw everything anew."""
        self._strips.clear()
        self._widths = (-1, [])

    def layout(self, width: int) -> list[tuple[int, Column, int]]:
        """The columns that fit in `width`, as (number, column, cells); growing ones share what is left over."""
        if self._widths[0] == width:
            return self._widths[1]
        fitting: list[tuple[int, Column, int]] = []
        used = _MARK
        for number, column in enumerate(self._table.columns):
            room = width - used
            if fitting and column.width > room:
                if column.grow and room >= _LEAST:  # cut, and still to be told what it is about
                    fitting.append((number, column, room))
                    used = width + _GAP
                break
            fitting.append((number, column, column.width))
            used += column.width + _GAP
        growing = [place for place, (_, column, _) in enumerate(fitting) if column.grow]
        spare = max(width - used + _GAP, 0)
        for rank, place in enumerate(growing):
            number, column, cells = fitting[place]
            share = spare // len(growing) + (rank < spare % len(growing))
            fitting[place] = (number, column, cells + min(share, column.width))
        taken = _MARK + sum(cells + _GAP for _, _, cells in fitting) - _GAP
        if fitting and fitting[-1][1].align == "left":
            number, column, cells = fitting[-1]
            fitting[-1] = (number, column, cells + max(width - taken, 0))
        self._widths = (width, fitting)
        return fitting

    def column_at(self, x: int) -> Column | None:
        """The column at a cell of a line."""
        left = _MARK
        for _, column, cells in self.layout(self._table.scrollable_content_region.width):
            if x < left + cells + _GAP:
                return column
            left += cells + _GAP
        return None

    def head(self, width: int) -> Strip:
        """The headings, with an arrow at the one sorted by."""
        style = self._table.get_component_rich_style("table--head")
        texts = [" " * _MARK]
        for _, column, cells in self.layout(width):
            arrow = ("↓" if self._table.reverse else "↑") if column.key == self._table.sorted_by else ""
            title = f"{column.title} {arrow}" if arrow else column.title
            texts.append(fit(title, cells, column.align) + " " * _GAP)
        return Strip([Segment("".join(texts), style)]).adjust_cell_length(width, style).simplify()

    def row(self, place: int, width: int) -> Strip:
        """A row by its place in the view."""
        table = self._table
        row = table.rows[table.view[place]]
        at_cursor, marked = place == table.cursor, row.id in table.marks
        known = (place, width, at_cursor, marked, table.has_focus)
        strip = self._strips.get(known)
        if strip is None:
            strip = self._strips[known] = self._draw(
                row.cells, row.styles, place, width, cursor=at_cursor, marked=marked
            )
        return strip

    def _draw(
        self, cells: tuple[str, ...], styles: object, place: int, width: int, *, cursor: bool, marked: bool
    ) -> Strip:
        table = self._table
        base = table.get_component_rich_style("table--cursor" if cursor else f"table--{'odd' if place % 2 else 'even'}")
        mark = base + self._ink("mark") if marked and not cursor else base
        if table.waiting and not cursor:
            base = base + self._ink("dim")
        segments = [Segment("▌ " if marked else "  ", mark)]
        for number, column, room in self.layout(width):
            name = styles.get(number, "") if isinstance(styles, dict) and not table.waiting else ""
            style = base + self._ink(name) if name and not cursor else (mark if marked else base)
            text = fit(cells[number] if number < len(cells) else "", room, column.align)
            if name.startswith("badge-") and not cursor:  # no longer than its words
                words = text.rstrip()
                segments.append(Segment(words, style))
                segments.append(Segment(text[len(words) :] + " " * _GAP, mark if marked else base))
            else:
                segments.append(Segment(text + " " * _GAP, style))
        return Strip(segments).adjust_cell_length(width, base).simplify()

    def _ink(self, name: str) -> Style:
        style = self._table.get_component_rich_style(f"table--{name}", partial=True)
        ground = style.bgcolor if name.startswith("badge-") else None
        return Style(color=style.color, bgcolor=ground, bold=style.bold, dim=style.dim)

    def empty(self, line: int, width: int) -> Strip:
        """A line of what stands in a list with no rows, from the line 0 on; it may take three."""
        style = self._table.get_component_rich_style("table--empty")
        text = self._table.waiting or self._table.empty
        lines = textwrap.wrap(text, max(width - 4, 1), max_lines=_EMPTY_LINES, placeholder="…")
        text = lines[line] if line < len(lines) else ""
        left = max((width - cell_len(text)) // 2, 0)
        return Strip([Segment(" " * left + text, style)]).adjust_cell_length(width, style)


def fit(text: str, cells: int, align: str) -> str:
    """`text` in exactly `cells` cells of one line, cut with an ellipsis or filled with blanks."""
    text = " ".join(text.split()) if not text.isprintable() else text
    length = cell_len(text)
    if length > cells:
        return set_cell_size(text, max(cells - 1, 0)) + "…"
    blanks = " " * (cells - length)
    return blanks + text if align == "right" else text + blanks


__all__ = ["Column", "Row", "VirtualTable"]


class VirtualTable(ScrollView, can_focus=True):
    """Rows with a cursor, marks, find, filter and sort. Everything in it is plain text."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"table--{part}"
        for part in (
            "head",
            "odd",
            "even",
            "cursor",
            "mark",
            "good",
            "bad",
            "warn",
            "dim",
            "empty",
            "badge-good",
            "badge-bad",
            "badge-warn",
            "badge-dim",
        )
    }
    DEFAULT_CSS = """
    VirtualTable { height: 1fr; scrollbar-gutter: stable; scrollbar-size-vertical: 1; overflow-x: hidden; }
    VirtualTable > .table--head { background: $panel; color: $foreground; text-style: bold; }
    VirtualTable > .table--odd { background: $background; color: $foreground; }
    VirtualTable > .table--even { background: $surface; color: $foreground; }
    VirtualTable > .table--cursor { background: $panel; color: $foreground; text-style: bold; }
    VirtualTable:focus > .table--cursor { background: $primary; color: $text; text-style: bold; }
    VirtualTable > .table--mark { color: $accent; text-style: bold; }
    VirtualTable > .table--good { color: $success; }
    VirtualTable > .table--bad { color: $error; }
    VirtualTable > .table--warn { color: $warning; }
    VirtualTable > .table--dim { color: $text-muted; }
    VirtualTable > .table--badge-good { color: $text-success; background: $success-muted; text-style: bold; }
    VirtualTable > .table--badge-bad { color: $text-error; background: $error-muted; text-style: bold; }
    VirtualTable > .table--badge-warn { color: $text-warning; background: $warning-muted; text-style: bold; }
    VirtualTable > .table--badge-dim { color: $text-muted; }
    VirtualTable > .table--empty { color: $text-muted; background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,ctrl+home", "ends(0)", show=False),
        Binding("end,ctrl+end", "ends(1)", show=False),
        Binding("enter", "open", show=False),
        Binding("space", "mark", show=False),
        Binding("shift+up", "mark_move(-1)", show=False),
        Binding("shift+down", "mark_move(1)", show=False),
        Binding("ctrl+a", "mark_all", show=False),
    ]

    @dataclass
    class Opened(Message):
        """Enter was pressed, or a row clicked twice."""

        row_id: str

    @dataclass
    class CursorMoved(Message):
        """The cursor stands on another row."""

        row_id: str

    class MarksChanged(Message):
        """Rows were marked or unmarked."""

    class ViewChanged(Message):
        """Other rows are shown, or in another order."""

    def __init__(self, columns: Sequence[Column] = (), *, empty: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.columns = list(columns)
        self.rows: Sequence[Row] = []
        self._ids: list[str] = []
        self.view: list[int] = []
        self.cursor = 0
        self.marks: set[str] = set()
        self.empty, self.waiting = empty, ""
        self.sorted_by, self.reverse = "", False
        self._finder = Finder()
        self._order: list[int] = []
        self._painter = Painter(self)

    def _tell(self, message: Message) -> None:
        # Textual takes whoever runs now for the sender, and a message does not pass its sender: a parent that calls
        # the table would keep its screen from hearing.
        self.post_message(message.set_sender(self))

    # -- what it holds ------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Replace the rows; the cursor stays on the row with the same id, and marks of rows that went are dropped."""
        kept = self.cursor_id
        if isinstance(rows, LateRows):
            self.rows, self._ids = rows, rows.ids
            self._finder.take(rows.texts)
        else:
            known = self.rows = list(rows)
            self._ids = [row.id for row in known]
            self._finder.take(lambda: [row.find for row in known])
        if self.marks:
            self.marks &= set(self._ids)
        self._reorder()
        self._narrow(range(len(self.rows)), keep=kept)

    @property
    def view_rows(self) -> list[Row]:
        """The rows shown, in their order."""
        return [self.rows[number] for number in self.view]

    @property
    def rows_in_sight(self) -> list[Row]:
        """The rows that the screen shows now."""
        first = round(self.scroll_offset.y)
        return [self.rows[number] for number in self.view[first : first + max(self.size.height, 1)]]

    @property
    def cursor_id(self) -> str | None:
        """Id of the row under the cursor, or None in an empty list."""
        return self._ids[self.view[self.cursor]] if self.view else None

    @property
    def marked_ids(self) -> list[str]:
        """Ids of the marked rows, in the order of the rows."""
        return [each for each in self._ids if each in self.marks]

    def get_ready_to_find(self) -> None:
        """Do now what the first letter looked for would have to wait for."""
        self._finder.get_ready()

    def find(self, text: str) -> None:
        """Show the rows that hold every word of `text`, whatever its accents; `Lý` finds `Lí` too."""
        narrower = self._finder.look_for(text)
        self._narrow(sorted(self.view) if narrower else range(len(self.rows)), keep=self.cursor_id)

    def sort_by(self, key: str, *, reverse: bool = False) -> None:
        """Order the rows by a column; an empty key gives back the order they came in."""
        self.sorted_by, self.reverse = key, reverse
        self._reorder()
        self._narrow(sorted(self.view), keep=self.cursor_id)

    def sort_next(self) -> None:
        """Sort by the next column that can be sorted, each upwards and then downwards."""
        keys = [column.key for column in self.columns if column.sort is not None]
        if not keys:
            return
        if self.sorted_by in keys and not self.reverse:
            self.sort_by(self.sorted_by, reverse=True)
            return
        place = keys.index(self.sorted_by) + 1 if self.sorted_by in keys else 0
        self.sort_by(keys[place % len(keys)])

    def _reorder(self) -> None:
        place = next((n for n, column in enumerate(self.columns) if column.key == self.sorted_by), None)
        self._order = []
        if place is not None and (make := self.columns[place].sort) is not None:
            numbers = sorted(
                range(len(self.rows)), key=lambda number: make(self.rows[number].cells[place]), reverse=self.reverse
            )
            self._order = [0] * len(numbers)
            for position, number in enumerate(numbers):
                self._order[number] = position

    def _narrow(self, among: Iterable[int], *, keep: str | None) -> None:
        view = self._finder.among(among)
        if self._order:
            view.sort(key=self._order.__getitem__)
        self.view = view
        self.cursor = max(self._place_of(keep), 0)
        self._repaint()
        self._show_cursor()
        self._tell(self.ViewChanged())
        if self.cursor_id != keep and self.cursor_id is not None:
            self._tell(self.CursorMoved(self.cursor_id))

    # -- moving and marking -------------------------------------------------------------------------------------------

    def move_to(self, row_id: str) -> bool:
        """Put the cursor on a row; False when it is not shown."""
        place = self._place_of(row_id)
        if place < 0:
            return False
        self._go(place)
        return True

    def _place_of(self, row_id: str | None) -> int:
        """Where a row stands in the view; -1 when it is not shown."""
        return next((place for place, number in enumerate(self.view) if self._ids[number] == row_id), -1)

    def _go(self, place: int) -> None:
        if not self.view:
            return
        place = max(0, min(place, len(self.view) - 1))
        if place != self.cursor:
            self.cursor = place
            self._show_cursor()
            self.refresh()
            self._tell(self.CursorMoved(self._ids[self.view[place]]))

    @property
    def _page(self) -> int:
        return max(self.size.height - 1, 1)

    def _show_cursor(self) -> None:
        top = round(self.scroll_target_y)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor >= top + self._page:
            self.scroll_to(y=self.cursor - self._page + 1, animate=False)

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self._go(self.cursor + step)

    def action_page(self, step: int) -> None:
        """Move by what the screen shows."""
        self._go(self.cursor + step * max(self._page - 1, 1))

    def action_ends(self, last: int) -> None:
        """Move to the first or the last row."""
        self._go(len(self.view) - 1 if last else 0)

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if self.cursor_id is not None:
            self._tell(self.Opened(self.cursor_id))

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on."""
        if self.cursor_id is not None:
            self.marks ^= {self.cursor_id}
            self._go(self.cursor + 1)
            self._marked()

    def action_mark_move(self, step: int) -> None:
        """Mark the row under the cursor and move."""
        if self.cursor_id is not None:
            self.marks.add(self.cursor_id)
            self._go(self.cursor + step)
            if self.cursor_id is not None:
                self.marks.add(self.cursor_id)
            self._marked()

    def action_mark_all(self) -> None:
        """Mark every row shown, or none when all were marked."""
        shown = {self._ids[number] for number in self.view}
        self.marks = self.marks - shown if shown <= self.marks else self.marks | shown
        self._marked()

    def _marked(self) -> None:
        self.refresh()
        self._tell(self.MarksChanged())

    # -- the mouse ----------------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Choose a row, open it on the second click, or sort by a heading."""
        if event.y == 0:
            column = self._painter.column_at(event.x)
            if column is not None and column.sort is not None:
                self.sort_by(column.key, reverse=self.sorted_by == column.key and not self.reverse)
            return
        place = round(self.scroll_offset.y) + event.y - 1
        if 0 <= place < len(self.view):
            self._go(place)
            if event.chain > 1:
                self.action_open()

    # -- painting -----------------------------------------------------------------------------------------------------

    def _repaint(self) -> None:
        self._painter.forget()
        size, room = Size(self.scrollable_content_region.width, len(self.view) + 1), self.container_size.height
        if size.width == self.virtual_size.width and (size.height > room) == (self.virtual_size.height > room):
            # The scroll bar stays, or stays away: the screen need not be laid out anew for each letter looked for.
            self.set_reactive(VirtualTable.virtual_size, size)
            self._scroll_update(size)
        else:
            self.virtual_size = size
        self.refresh()

    def repaint(self) -> None:
        """Draw every row anew."""
        self._painter.forget()
        self.refresh()

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        self._repaint()
        self._show_cursor()

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self._painter.forget()

    def render_line(self, y: int) -> Strip:
        """The strip of a screen line: the heading, then rows from where it is scrolled to."""
        width = self.scrollable_content_region.width
        if y == 0:
            return self._painter.head(width)
        place = round(self.scroll_offset.y) + y - 1
        if place < len(self.view):
            return self._painter.row(place, width)
        first = min(3, self.size.height - 1)
        if not self.view and first <= y < first + _EMPTY_LINES:
            return self._painter.empty(y - first, width)
        return Strip([Segment(" " * width, self.get_component_rich_style("table--odd"))], width)
