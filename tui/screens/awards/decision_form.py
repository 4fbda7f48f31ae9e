"""Entering a signed decision: its words, and the people it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widgets import Static

from config.errors import AppError
from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.dates import shown
from records.services.awards import decisions
from records.services.awards.award_checks import prize_of
from tui.present.errors import sentence
from tui.screens.awards.forms import (
    decision_number,
    filled,
    head_by,
    head_fields,
    head_remarks,
    prize_options,
    signed_by,
    signer_fields,
)
from tui.screens.awards.subjects import ChooseSubjects
from tui.screens.base import key
from tui.screens.form import OfficeForm, day_field
from tui.widgets.dialogs import Confirm
from tui.widgets.fields import Field

_MOST_TOLD = 3


class AwardForm(OfficeForm):
    """A decision; answers with its id. Ctrl+S goes on to the people, and registers when they are chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [key("save", t("Choose people"), priority=True)]

    def heading(self) -> str:
        """What the form is for."""
        return tr_("Enter a signed decision, letter for letter as on the paper")

    def fields(self) -> list[Field]:
        """The fields, from the top."""
        return [
            Field("number", t("Number"), judge=decision_number),
            day_field("day", t("Day"), self.on, needed=True),
            Field("prize", t("Title or form"), "choice", options=prize_options(self.office, "")),
            Field("citation", t("Achievement"), judge=filled(t("Achievement"))),
            day_field("start", t("Achieved from"), self.on, needed=True),
            day_field("end", t("Achieved to"), self.on, needed=True),
            *head_fields(),
            *signer_fields(),
        ]

    def first_values(self) -> dict[str, str]:
        """The year before is what is rewarded most often."""
        year = self.on.year - 1
        return {"day": shown(self.on), "start": f"01/01/{year}", "end": f"31/12/{year}", "prize": "party-merit-year"}

    def remarks(self, texts: Mapping[str, str]) -> Mapping[str, Text]:
        """Who issues it where nothing is typed."""
        return head_remarks(self.office, texts, texts.get("prize", ""), self.on)

    def action_save(self) -> None:
        """Judge the fields, then choose the people."""
        form = self.judged()
        if form is None:
            return

        def chosen(people: list[str] | None) -> None:
            if people:
                self._chosen = people
                self._look(form.values())

        collective = prize_of(self.office, str(form.values()["prize"])).subject == "collective"
        self.app.push_screen(ChooseSubjects(self.office, self.on, units=collective), chosen)

    def _look(self, values: Mapping[str, Any]) -> None:
        """Say what is to be known before it is entered, and go on when the person says yes."""
        try:
            seen = decisions.look(self.office, self._proposal(values))
        except AppError as error:
            self.query_one("#refusal", Static).update(sentence(tr(error.what), tr(error.where), tr(error.do)))
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001  # the dialog answers so
            if yes:
                for each in [one for one in seen.warnings if one not in seen.asked][:_MOST_TOLD]:
                    self.app.notify(tr(each), severity="warning", markup=False)
                super(AwardForm, self).action_save()

        if not seen.asked:
            answered(yes=True)
            return
        more = len(seen.asked) - _MOST_TOLD
        lines = [*seen.asked[:_MOST_TOLD], *([t("and {n} more", n=more)] if more > 0 else [])]
        self.app.push_screen(Confirm(t("Enter it all the same?"), lines, yes=t("Enter")), answered)

    def store(self, values: Mapping[str, Any]) -> str:
        """Register the decision. Raises AppError when the service refuses it."""
        return decisions.decide(self.office, self._proposal(values))[0].id

    def _proposal(self, values: Mapping[str, Any]) -> decisions.Proposal:
        return decisions.Proposal(
            number=values["number"],
            day=values["day"],
            prize=values["prize"],
            people=self._chosen,
            citation=values["citation"],
            achieved_from=values["start"],
            achieved_to=values["end"],
            **head_by(values),
            **signed_by(values),
        )
