"""The frame of every form: saving, saying what is wrong in place, and asking before anything typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from config.errors import AppError
from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.dates import parse_day
from records.services.office import Office
from tui.present.errors import sentence
from tui.screens.base import key, office_app, speak_keys
from tui.screens.more import MoreActs
from tui.widgets.dialogs import Confirm
from tui.widgets.fields import Field, Form
from tui.widgets.frame import KeyLine, Leaving

T = TypeVar("T")


class FormScreen(MoreActs, Leaving[T | None], ModalScreen[T | None]):
    """What is asked over a screen; Esc answers None, after asking where something typed would be lost."""

    def __init__(self) -> None:
        super().__init__()
        speak_keys(self._bindings)

    @property
    def office(self) -> Office:
        """The open office."""
        return office_app(self).office

    @property
    def on(self) -> date:
        """The day asked about."""
        return office_app(self).on

    @property
    def today(self) -> date:
        """The day it is: of it is what is entered, whatever day is asked about."""
        return office_app(self).today

    def unsaved(self) -> bool:
        """Whether leaving would lose what a person entered."""
        return False

    def action_leave(self) -> None:
        """Leave without an answer; asks first when something would be lost."""
        if self.unsaved():
            ask_leaving(self, lambda: self.dismiss(None))
        else:
            self.dismiss(None)


def ask_leaving(screen: Screen[Any], leave: Callable[[], object]) -> None:
    """Ask whether what was entered on `screen` may be lost, and then do `leave`."""

    def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
        if yes:
            leave()

    screen.app.push_screen(Confirm(t("Leave without saving?"), (), yes=t("Leave without saving")), answered)


class OfficeForm(FormScreen[str]):
    """A form over a screen: Ctrl+S saves, Esc leaves, asking when something was typed. Answers with a person's id."""

    DEFAULT_CSS = """
    OfficeForm { align: center middle; }
    OfficeForm > Vertical { width: 78; max-width: 100%; height: 100%; background: $panel; padding: 0 2; }
    OfficeForm .title { text-style: bold; margin: 0 0 1 0; }
    OfficeForm Form { height: 1fr; }
    OfficeForm #refusal { color: $text-error; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("save", t("Save"), priority=True),
        key("leave", t("Cancel")),
    ]

    def heading(self) -> str:
        """What the form is for."""
        return ""

    def fields(self) -> list[Field]:
        """The fields, from the top."""
        return []

    def first_values(self) -> dict[str, str]:
        """What they hold at first."""
        return {}

    def remarks(self, texts: Mapping[str, str]) -> Mapping[str, Text]:  # noqa: ARG002  # most forms have none
        """What looks wrong about the texts of all fields, by field; it holds nothing back."""
        return {}

    def store(self, values: Mapping[str, Any]) -> str:
        """Let a service take the values; gives the person's id. Raises AppError when it refuses."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay out the form."""
        with Vertical():
            yield Static(self.heading(), classes="title", markup=False)
            yield Form(self.fields(), self.first_values(), remarks=self.remarks)
            yield Static("", id="refusal", markup=False)
            yield KeyLine()

    def unsaved(self) -> bool:
        """Whether something was typed."""
        return self.query_one(Form).changed

    def judged(self) -> Form | None:
        """The form when every field of it is right; else None, and what is wrong is said."""
        form = self.query_one(Form)
        problems = form.problems()
        told = tr_("{n} fields need a correction; nothing was saved", n=len(problems)) if problems else ""
        self.query_one("#refusal", Static).update(told)
        return None if problems else form

    def action_save(self) -> None:
        """Save, or say what is wrong."""
        form = self.judged()
        if form is None:
            return
        try:
            saved = self.store(form.values())
        except AppError as error:
            self.query_one("#refusal", Static).update(sentence(tr(error.what), tr(error.where), tr(error.do)))
            return
        self.dismiss(saved)


def day_field(key: str, label: Text, today: date, *, needed: bool = False) -> Field:
    """A field for a whole day, refused by its own label; empty is None unless it is `needed`."""

    def judge(typed: str) -> date | None:
        return parse_day(typed, field=tr(label), today=today) if typed.strip() or needed else None

    return Field(key, label, "date", judge=judge)
