"""Forms by declaration: what is asked, of what kind, and who judges it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import Text
from tui.widgets.dialogs import Choose
from tui.widgets.inputs import VnInput


@dataclass(frozen=True, slots=True)
class Field:
    """One value to ask for.

    Attributes:
        kind: text, date, number, choice, or secret, which does not show; a choice has `options` of (key, words).
        judge: turns the text into a value or raises InputError; the text itself is the value without one.
    """

    key: str
    label: Text
    kind: str = "text"
    options: Sequence[tuple[str, str]] = ()
    judge: Callable[[str], object] | None = None


Remarks = Callable[[Mapping[str, str]], Mapping[str, Text]]
"""From the texts of all fields to what should be looked at again, by field; it never holds anything back."""


class ChoiceField(Widget, can_focus=True):
    """One of a few: left and right go through them, Enter or F3 opens the list, and a letter opens it narrowed."""

    DEFAULT_CSS = """
    ChoiceField { height: 1; width: 1fr; background: $surface; }
    ChoiceField:focus { background: $primary; color: $text; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("f3,enter", "choose_value", show=False),
    ]

    class Changed(Message):
        """Another option was chosen."""

    def __init__(self, options: Sequence[tuple[str, str]], value: str, title: str) -> None:
        super().__init__()
        self.options, self.title = list(options), title
        self.value = value if any(key == value for key, _ in options) else options[0][0]

    def render(self) -> str:
        """The option chosen."""
        return f"◂ {dict(self.options)[self.value]} ▸"

    def take(self, key: str | None) -> None:
        """Choose an option."""
        if key is not None and key != self.value:
            self.value = key
            self.refresh()
            self.post_message(self.Changed())

    def action_turn(self, step: int) -> None:
        """Go to the next or the previous option."""
        keys = [key for key, _ in self.options]
        self.take(keys[(keys.index(self.value) + step) % len(keys)])

    def action_choose_value(self, typed: str = "") -> None:
        """Open the list, narrowed by what was typed."""
        self.app.push_screen(Choose(self.title, self.options, typed), self.take)

    def on_key(self, event: events.Key) -> None:
        """Open the list narrowed by a letter; those that follow reach its find line."""
        if event.is_printable and event.character and event.key != "space":
            event.stop()
            self.action_choose_value(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Open the list narrowed by what was pasted."""
        event.stop()
        self.action_choose_value(event.text)


def _problem_of(field: Field) -> str:
    """The id of the line under a field: a key may have points, an id may not."""
    return f"problem-{re.sub(r'[^A-Za-z0-9_]', '-', field.key)}"


class Form(VerticalScroll):
    """Fields one under another; Up, Down and Enter go between them, a sentence stands under the one at fault."""

    DEFAULT_CSS = """
    Form .field { height: 1; }
    Form .label { width: 26; color: $text-muted; }
    Form VnInput { width: 1fr; height: 1; border: none; background: $surface; }
    Form .problem.-remark { color: $text-warning; }
    Form .problem { color: $text-error; display: none; height: auto; padding-left: 26; }
    """

    def __init__(
        self, fields: Sequence[Field], first: Mapping[str, str] | None = None, *, remarks: Remarks | None = None
    ) -> None:
        super().__init__(can_focus=False)
        self._remarks = remarks
        self.fields = list(fields)
        self._first = {field.key: (first or {}).get(field.key, "") for field in fields}
        self._widgets: dict[str, VnInput | ChoiceField] = {}

    def compose(self) -> ComposeResult:
        """Lay out label, field and the room for a sentence."""
        for field in self.fields:
            value = self._first[field.key]
            widget: VnInput | ChoiceField
            if field.kind == "choice":
                widget = ChoiceField(field.options, value, tr(field.label))
                self._first[field.key] = widget.value
            else:
                widget = VnInput(value, password=field.kind == "secret")
            self._widgets[field.key] = widget
            with Vertical(classes="auto"):
                with Horizontal(classes="field"):
                    yield Static(tr(field.label), classes="label", markup=False)
                    yield widget
                yield Static("", classes="problem", id=_problem_of(field), markup=False)

    def on_mount(self) -> None:
        """Begin at the top."""
        for group in self.query(".auto"):
            group.styles.height = "auto"
        if self.fields:
            self._widgets[self.fields[0].key].focus()

    def text(self, key: str) -> str:
        """What a field holds."""
        return self._widgets[key].value

    def put(self, key: str, text: str) -> None:
        """Fill a field."""
        widget = self._widgets[key]
        if isinstance(widget, ChoiceField):
            if all(key != text for key, _ in widget.options):  # a value of old that is none of the choices
                widget.options.append((text, text))
            widget.take(text)
        else:
            widget.value = text
            if widget.has_focus:  # it is selected as on entering: typing replaces it
                widget.select_all()

    @property
    def changed(self) -> bool:
        """Whether anything differs from how it began."""
        return any(self.text(key) != first for key, first in self._first.items())

    def problems(self) -> dict[str, Text | str]:
        """Field -> sentence for every field at fault; shows them and goes to the first."""
        found: dict[str, Text | str] = {}
        for field in self.fields:
            problem = self._judge(field)[1]
            if problem is not None:
                found[field.key] = problem
            self._tell(field, problem)
        if found:
            self._widgets[next(iter(found))].focus()
        return found

    def values(self) -> dict[str, Any]:
        """Field -> value, judged. Raises InputError for the first at fault; ask `problems` before."""
        made = {}
        for field in self.fields:
            text = self.text(field.key)
            made[field.key] = field.judge(text) if field.judge else text.strip()
        return made

    def _judge(self, field: Field) -> tuple[object, Text | str | None]:
        text = self.text(field.key)
        try:
            return (field.judge(text) if field.judge else text.strip()), None
        except InputError as error:
            return None, error.do or error.what

    def _tell(self, field: Field, problem: Text | str | None) -> None:
        line = self.query_one(f"#{_problem_of(field)}", Static)
        line.update("" if problem is None else tr_("Correct this: {problem}", problem=problem))
        line.display = problem is not None
        line.remove_class("-remark")

    def _remark(self) -> None:
        told = self._remarks({field.key: self.text(field.key) for field in self.fields}) if self._remarks else {}
        for field in self.fields:
            line = self.query_one(f"#{_problem_of(field)}", Static)
            if line.display and not line.has_class("-remark"):
                continue
            remark = told.get(field.key)
            line.update("" if remark is None else tr_("Look again: {remark}", remark=remark))
            line.display = remark is not None
            line.set_class(remark is not None, "-remark")

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Judge a field when it is left, and write a date as papers do."""
        for field in self.fields:
            if self._widgets[field.key] is event.widget:
                value, problem = self._judge(field)
                self._tell(field, problem)
                if field.kind == "date" and value is not None and hasattr(value, "shown"):
                    self.put(field.key, value.shown())
        self._remark()

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    def on_key(self, event: events.Key) -> None:
        """Up and Down go between fields."""
        if event.key in ("up", "down"):
            event.stop()
            event.prevent_default()
            if event.key == "down":
                self.screen.focus_next()
            else:
                self.screen.focus_previous()
