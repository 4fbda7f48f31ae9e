"""Entering a signed decision: its words, and the people it names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from config.errors import needs
from config.speech import say, say_
from config.text import Text, t
from records.desks import awards
from records.desks.office import Office
from records.desks.roster import roster
from records.domain.dates import parse_day, shown
from records.domain.names import fold
from tui.screens.base import key, speak_keys
from tui.screens.office_form import OfficeForm
from tui.widgets.fields import Field, Form
from tui.widgets.listing import Listing
from tui.widgets.table import Column, Row


class AwardForm(OfficeForm):
    """A decision; answers with its id. Ctrl+S goes on to the people, and registers when they are chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [key("ctrl+s", "save", t("Choose people"), priority=True)]

    def heading(self) -> str:
        """What the form is for."""
        return say_("Enter a signed decision, letter for letter as on the paper")

    def fields(self) -> list[Field]:
        """The fields, from the top."""
        settings = self.office.settings
        prizes = [
            (name, f"{each.title.vi} · {name} · {each.form}")
            for name, each in settings.prizes.prizes.items()
            if each.subject == "individual"
        ]
        return [
            Field("number", t("Number"), judge=_filled(t("Number"))),
            Field("day", t("Day"), "date", judge=self._day(t("Day"))),
            Field("prize", t("Title or form"), "choice", options=prizes),
            Field("citation", t("Achievement"), judge=_filled(t("Achievement"))),
            Field("start", t("Achieved from"), "date", judge=self._day(t("Achieved from"))),
            Field("end", t("Achieved to"), "date", judge=self._day(t("Achieved to"))),
            Field("signer_mode", t("T/M or K/T")),
            Field("signer_body", t("Signed for")),
            Field("signer_title", t("Title of the signer")),
            Field("signer_name", t("Name of the signer")),
        ]

    def first_values(self) -> dict[str, str]:
        """The year before is what is rewarded most often."""
        year = self.on.year - 1
        return {"day": shown(self.on), "start": f"01/01/{year}", "end": f"31/12/{year}", "prize": "party-merit-year"}

    def _day(self, label: Text) -> Any:
        today = self.on
        return lambda typed: parse_day(typed, field=say(label), today=today)

    def action_save(self) -> None:
        """Judge the fields, then choose the people."""
        form = self.query_one(Form)
        refusal = self.query_one("#refusal", Static)
        if problems := form.problems():
            refusal.update(say_("{n} fields need a correction; nothing was saved", n=len(problems)))
            return
        refusal.update("")

        def chosen(people: list[str] | None) -> None:
            if people:
                self._chosen = people
                super(AwardForm, self).action_save()

        self.app.push_screen(ChoosePeople(self.office, self.on), chosen)

    def store(self, values: Mapping[str, Any]) -> str:
        """Register the decision. Raises AppError when the desk refuses it."""
        decision, _ = awards.decide(
            self.office,
            awards.Proposal(
                number=values["number"],
                day=values["day"],
                prize=values["prize"],
                people=self._chosen,
                citation=values["citation"],
                achieved_from=values["start"],
                achieved_to=values["end"],
                signer_mode=values["signer_mode"],
                signer_body=values["signer_body"],
                signer_title=values["signer_title"],
                signer_name=values["signer_name"],
            ),
        )
        return decision.id


class ChoosePeople(ModalScreen[list[str] | None]):
    """People to mark with Space; Ctrl+S takes them."""

    DEFAULT_CSS = """
    ChoosePeople > Vertical { background: $background; height: 100%; }
    ChoosePeople .title { background: $panel; text-style: bold; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "take", t("Register them"), priority=True),
        key("escape", "leave", t("Back")),
    ]

    def __init__(self, office: Office, on: date) -> None:
        super().__init__()
        speak_keys(self._bindings)
        self._office, self._on = office, on

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical():
            yield Static(
                say_("Space marks the people of the decision; Ctrl+S registers them"), classes="title", markup=False
            )
            columns = [
                Column("code", say_("Code"), 10),
                Column("name", say_("Full name"), 24, grow=True),
                Column("born", say_("Born"), 10),
                Column("unit", say_("Unit"), 24, grow=True),
            ]
            yield Listing(columns, empty=t("Nobody holds a role on this day"))
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Fill the list."""
        lines = roster(self._office, self._on)
        self.query_one(Listing).set_rows(
            Row(
                id=line.person.id,
                cells=(line.person.id, line.person.name, shown(line.person.born), line.unit_name),
                find=fold(f"{line.person.name} {line.person.id} {line.unit_name}"),
            )
            for line in lines
        )

    def action_take(self) -> None:
        """Give the marked people."""
        marked = self.query_one(Listing).table.marked_ids
        if marked:
            self.dismiss(marked)
        else:
            self.query_one(".title", Static).update(say_("Mark at least one person with Space"))

    def action_leave(self) -> None:
        """Give nobody."""
        self.dismiss(None)


def _filled(label: Text) -> Any:
    def judge(typed: str) -> str:
        if not typed.strip():
            raise needs(say(label), typed, t("fill it in as on the paper"))
        return typed.strip()

    return judge
