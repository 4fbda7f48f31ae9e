"""One table for every list: rows stay where they are, and only the list of those shown changes.

Textual's own table takes half a second to filter 1,141 rows; this one draws what is on the screen and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.rows import Column, Finder, Row
from tui.widgets.table_render import Painter

__all__ = ["Column", "Row", "VirtualTable"]


class VirtualTable(ScrollView, can_focus=True):
    """Rows with a cursor, marks, find, filter and sort. Everything in it is plain text."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"table--{part}" for part in ("head", "odd", "even", "cursor", "mark", "good", "bad", "warn", "dim", "empty")
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
        self.rows: list[Row] = []
        self.view: list[int] = []
        self.cursor = 0
        self.marks: set[str] = set()
        self.empty = empty
        self.sorted_by, self.reverse = "", False
        self._finder = Finder()
        self._order: list[int] = []
        self._predicate: Callable[[Row], bool] | None = None
        self._painter = Painter(self)

    def _tell(self, message: Message) -> None:
        # Textual takes whoever runs now for the sender, and a message does not pass its sender: a parent that calls
        # the table would keep its screen from hearing.
        self.post_message(message.set_sender(self))

    # -- what it holds ------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Replace the rows; the cursor stays on the row with the same id, and marks of rows that went are dropped."""
        kept = self.cursor_id
        self.rows = list(rows)
        self._finder.take(self.rows)
        self.marks &= {row.id for row in self.rows}
        self._reorder()
        self._narrow(range(len(self.rows)), keep=kept)

    @property
    def view_rows(self) -> list[Row]:
        """The rows shown, in their order."""
        return [self.rows[number] for number in self.view]

    @property
    def cursor_id(self) -> str | None:
        """Id of the row under the cursor, or None in an empty list."""
        return self.rows[self.view[self.cursor]].id if self.view else None

    @property
    def marked_ids(self) -> list[str]:
        """Ids of the marked rows, in the order of the rows."""
        return [row.id for row in self.rows if row.id in self.marks]

    def find(self, text: str) -> None:
        """Show the rows that hold every word of `text`, whatever its accents; `Lý` finds `Lí` too."""
        narrower = self._finder.look_for(text)
        self._narrow(sorted(self.view) if narrower else range(len(self.rows)), keep=self.cursor_id)

    def set_filter(self, predicate: Callable[[Row], bool] | None) -> None:
        """Show only rows that `predicate` allows."""
        self._predicate = predicate
        self._narrow(range(len(self.rows)), keep=self.cursor_id)

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
        predicate, rows = self._predicate, self.rows
        view = [
            number for number in among if self._finder.holds(number) and (predicate is None or predicate(rows[number]))
        ]
        if self._order:
            view.sort(key=self._order.__getitem__)
        self.view = view
        places = {rows[number].id: place for place, number in enumerate(view)} if keep is not None else {}
        self.cursor = places.get(keep or "", 0)
        self._repaint()
        self._show_cursor()
        self._tell(self.ViewChanged())
        if self.cursor_id != keep and self.cursor_id is not None:
            self._tell(self.CursorMoved(self.cursor_id))

    # -- moving and marking -------------------------------------------------------------------------------------------

    def move_to(self, row_id: str) -> bool:
        """Put the cursor on a row; False when it is not shown."""
        for place, number in enumerate(self.view):
            if self.rows[number].id == row_id:
                self._go(place)
                return True
        return False

    def _go(self, place: int) -> None:
        if not self.view:
            return
        place = max(0, min(place, len(self.view) - 1))
        if place != self.cursor:
            self.cursor = place
            self._show_cursor()
            self.refresh()
            self._tell(self.CursorMoved(self.rows[self.view[place]].id))

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
        shown = {row.id for row in self.view_rows}
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
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.view) + 1)
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
        if not self.view and y == min(3, self.size.height - 1):
            return self._painter.empty(width)
        return Strip([Segment(" " * width, self.get_component_rich_style("table--odd"))], width)
