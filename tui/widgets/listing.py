"""A list as every section has it: find as you type, the table, and the counts below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Protocol, runtime_checkable

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from config.i18n import tr, tr_
from config.text import Text
from tui.present.rows import Column, Row
from tui.widgets.frame import StatusLine
from tui.widgets.inputs import VnInput
from tui.widgets.table import VirtualTable


@runtime_checkable
class Meaning(Protocol):
    """A screen that knows what else may be meant by what is looked for."""

    def meant(self, typed: str) -> str:
        """What is looked for."""


class Listing(Vertical):
    """Find line, table, status line. `/` or Ctrl+F goes to the find line; Esc clears it and comes back."""

    DEFAULT_CSS = """
    Listing { height: 1fr; width: 1fr; }
    Listing > #find-line { height: 1; background: $surface; }
    Listing #find-label { width: auto; padding: 0 1; color: $text-muted; }
    Listing #find { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
    Listing #chips { width: auto; max-width: 60%; padding: 0 1; color: $accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+f", "find", show=False),
        Binding("slash", "find", show=False),
        Binding("f9", "sort", show=False),
    ]

    def __init__(
        self, columns: Sequence[Column], *, empty: Text | str = "", enter_opens: bool = False, focused: bool = False
    ) -> None:
        """Make the list.

        Args:
            columns: of the table.
            empty: what it says without rows.
            enter_opens: whether Enter in the find line opens the row under the cursor, and does not go there.
            focused: whether the screen gives the table its focus as it is laid out: its styles are worked out once.
        """
        super().__init__()
        self._columns, self._focused = columns, focused
        self._enter_opens = enter_opens
        self._empty, self._note = tr(empty), ""

    def compose(self) -> ComposeResult:
        """Lay out the three parts."""
        with Horizontal(id="find-line"):
            yield Static("/ " + tr_("Find") + ":", id="find-label", markup=False)
            yield VnInput(placeholder=tr_("name, code, unit… (no accents needed)"), id="find")
            yield Static("", id="chips", markup=False)
        table = VirtualTable(self._columns, empty=self._empty)
        table.set_reactive(VirtualTable.has_focus, self._focused and self.screen.focused is None)
        yield table
        yield StatusLine()

    def on_mount(self) -> None:
        """Begin in the list."""
        self.table.focus()

    @property
    def table(self) -> VirtualTable:
        """The table."""
        return self.query_one(VirtualTable)

    @property
    def find_input(self) -> VnInput:
        """The find line's field."""
        return self.query_one("#find", VnInput)

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Replace the rows; what is typed in the find line goes on narrowing them."""
        self.table.set_rows(rows)
        self._count()

    def say_empty(self, words: Text) -> None:
        """Say something else when there are no rows."""
        self._empty = tr(words)
        if not self.find_input.value.strip():
            self.table.empty = self._empty
            self.table.repaint()

    def wait(self, words: Text | None) -> None:
        """Dim rows whose numbers are not known yet: `words` say so, also in a list that is still empty."""
        table = self.table
        table.waiting = tr(words) if words else ""
        table.repaint()

    def note(self, words: Text | None) -> None:
        """Say something beside the counts below the list."""
        self._note = tr(words) if words else ""
        self._count()

    def chips(self, texts: Sequence[str]) -> None:
        """Show the filters in force."""
        self.query_one("#chips", Static).update(" · ".join(f"{text} ×" for text in texts))

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value.strip() and not self.table.rows:
            return
        found = tr_("Nothing matches “{text}”. Esc: clear the search", text=event.value.strip())
        self.table.empty = found if event.value.strip() else self._empty
        self.table.find(self.screen.meant(event.value) if isinstance(self.screen, Meaning) else event.value)
        self._count()

    @on(Input.Submitted, "#find")
    def _to_list(self, event: Input.Submitted) -> None:
        event.stop()
        if self._enter_opens:
            self.table.action_open()
        else:
            self.table.focus()

    def on_key(self, event: events.Key) -> None:
        """Arrows leave the find line; Esc clears it, then leaves it."""
        if not self.find_input.has_focus:
            return
        if event.key in ("down", "pagedown"):
            event.stop()
            event.prevent_default()
            # The cursor moves at once: keys that follow in the same burst still arrive here.
            self.table.action_move(1)
            self.table.focus()
        elif event.key == "escape" and (self.find_input.value or not self._enter_opens):
            event.stop()
            event.prevent_default()
            if self.find_input.value:
                self.find_input.value = ""
            else:
                self.table.focus()

    def action_find(self) -> None:
        """Go to the find line."""
        self.find_input.focus()
        self.call_after_refresh(self.table.get_ready_to_find)

    def action_sort(self) -> None:
        """Sort by the next column."""
        self.table.sort_next()

    @on(VirtualTable.CursorMoved)
    @on(VirtualTable.MarksChanged)
    @on(VirtualTable.ViewChanged)
    def _count(self) -> None:
        table = self.table
        parts = [tr_("{n} in all", n=len(table.rows))]
        if len(table.view) != len(table.rows):
            parts.append(tr_("shown {n}", n=len(table.view)))
        if table.marks:
            parts.append(tr_("marked {n}", n=len(table.marks)))
        if self._note:
            parts.append(self._note)
        place = f"{table.cursor + 1}/{len(table.view)}" if table.view else "0/0"
        self.query_one(StatusLine).show_ends(" · ".join(parts), place)
