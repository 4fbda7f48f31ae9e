"""Questions over a screen: yes or no, one of many, a line of text, something to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from config.i18n import tr, tr_
from config.text import Text
from records.domain.people.names import fold
from tui.present.rows import Column, Row
from tui.present.words import Line
from tui.widgets.frame import Leaving
from tui.widgets.inputs import VnInput
from tui.widgets.lines import as_content
from tui.widgets.listing import Listing
from tui.widgets.table import VirtualTable

_FRAME = """
    {name} {{ align: center middle; }}
    {name} > Vertical {{ width: {width}; max-width: 96%; height: {height}; max-height: 92%; }}
    {name} > Vertical {{ background: $panel; padding: 1 2; }}
    {name} .title {{ text-style: bold; margin-bottom: 1; height: auto; }}
    {name} .line {{ height: auto; }}
"""


class Confirm(Leaving[bool], ModalScreen[bool]):
    """Yes or no; `yes` names the act, the other button is always “No”, and Esc is no.

    Enter presses the button that has the focus, and a line says which: “No”, unless `ready`. `ready` is for what one
    undo takes back.
    """

    DEFAULT_CSS = (
        _FRAME.format(name="Confirm", width=64, height="auto")
        + """
        Confirm Horizontal { height: auto; margin-top: 1; align-horizontal: right; }
        Confirm Button { margin-left: 2; background: $surface; color: $foreground; text-style: none; }
        Confirm Button:focus { background: $primary; color: $text; text-style: bold reverse; }
        Confirm Button.-danger:focus { background: $error; color: $text; }
        Confirm .keys { margin-top: 1; height: auto; color: $text-muted; }
        """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "decline", show=False),
        Binding("left,right", "other", show=False),
    ]

    def __init__(
        self,
        title: Text | str,
        lines: Sequence[Text | str],
        *,
        yes: Text | str,
        danger: bool = False,
        ready: bool = False,
    ) -> None:
        super().__init__()
        self._title, self._lines, self._yes, self._danger = title, lines, yes, danger
        self._ready = ready

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical():
            yield Static(tr(self._title), classes="title", markup=False)
            for line in self._lines:
                yield Static(tr(line), classes="line", markup=False)
            with Horizontal():
                yield Button(tr_("No"), id="no", compact=True)
                yield Button(tr(self._yes), id="yes", compact=True, classes="-danger" if self._danger else "")
            yield Static("", classes="keys", markup=False)

    def on_mount(self) -> None:
        """What Enter does has the focus: the safe answer, unless what was asked for is ready."""
        self.query_one("#yes" if self._ready else "#no", Button).focus()

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        """Say what Enter does now."""
        what = str(event.widget.label) if isinstance(event.widget, Button) else ""
        told = tr_("Enter: {what} · ← →: the other · Esc: {no}", what=what, no=tr_("No"))
        self.query_one(".keys", Static).update(told)

    def action_decline(self) -> None:
        """Answer no."""
        self.dismiss(False)  # it is the answer itself

    def action_other(self) -> None:
        """Go to the other button."""
        self.focus_next()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")


class Choose(Leaving[str | None], ModalScreen[str | None]):
    """One of many: options are (id, title) or (id, title, hint); typing narrows them, from `typed` on."""

    DEFAULT_CSS = _FRAME.format(name="Choose", width=64, height=20)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: Text | str, options: Sequence[tuple[str, ...]], typed: str = "") -> None:
        super().__init__()
        self._title, self._options, self._typed = title, options, typed

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical():
            yield Static(tr(self._title), classes="title", markup=False)
            columns = [Column("title", "", 30, grow=True)]
            if any(len(each) > 2 for each in self._options):
                columns.append(Column("hint", "", 14))
            yield Listing(columns, empty=tr_("Nothing to choose"), enter_opens=True)

    def on_mount(self) -> None:
        """Fill the list; the find line has the focus."""
        listing = self.query_one(Listing)
        listing.set_rows(
            Row(id=each[0], cells=(each[1], each[2] if len(each) > 2 else ""), styles={1: "dim"}, find=fold(each[1]))
            for each in self._options
        )
        listing.find_input.select_on_focus = False  # what is typed next follows, and does not replace it
        listing.find_input.insert_text_at_cursor(self._typed)
        self.call_after_refresh(listing.find_input.focus)

    @on(VirtualTable.Opened)
    def _opened(self, event: VirtualTable.Opened) -> None:
        event.stop()
        self.dismiss(event.row_id)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


class AskText(Leaving[str | None], ModalScreen[str | None]):
    """A line of text; `judge` gives a sentence that is shown under the field, or None when the text is right."""

    DEFAULT_CSS = (
        _FRAME.format(name="AskText", width=70, height="auto")
        + "AskText #problem { color: $text-error; height: auto; } AskText VnInput { margin: 1 0; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self,
        title: Text | str,
        label: Text | str,
        initial: str = "",
        *,
        judge: Callable[[str], Text | str | None] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._label, self._initial, self._judge = title, label, initial, judge

    def compose(self) -> ComposeResult:
        """Lay out the field."""
        with Vertical():
            yield Static(tr(self._title), classes="title", markup=False)
            yield Static(tr(self._label), classes="line", markup=False)
            yield VnInput(self._initial)
            yield Static("", id="problem", markup=False)
            yield Static(tr_("Enter: go on · Esc: cancel"), classes="line", markup=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        problem = self._judge(event.value) if self._judge else None
        if problem is None:
            self.dismiss(event.value)
        else:
            self.query_one("#problem", Static).update(tr(problem))

    def action_leave(self) -> None:
        """Give no text."""
        self.dismiss(None)


class Report(Leaving[None], ModalScreen[None]):
    """Lines to read."""

    DEFAULT_CSS = (
        _FRAME.format(name="Report", width=100, height="auto")
        + "Report VerticalScroll { height: auto; max-height: 70vh; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "leave", show=False)]

    def __init__(self, title: Text | str, lines: Sequence[Text | str | Line]) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        lines = [each if isinstance(each, Line) else Line(tr(each)) for each in self._lines]
        with Vertical():
            yield Static(tr(self._title), classes="title", markup=False)
            with VerticalScroll():
                yield Static(as_content(lines), classes="line", markup=False)
            yield Static(tr_("Esc: close"), classes="line", markup=False)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
