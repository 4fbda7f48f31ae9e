"""The form of a verification or a measure of discipline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.i18n import tr, tr_
from config.text import t
from records.domain.appointments import Discipline
from records.domain.dates import shown
from records.services.people.discipline import MEASURES, Matter, record
from tui.present.life import MEASURE_WORDS
from tui.screens.form import OfficeForm, day_field
from tui.widgets.fields import Field


class DisciplineForm(OfficeForm):
    """Enters a matter of a person (None), or carries one on; answers with the person's id."""

    def __init__(self, person_id: str, known: Discipline | None = None) -> None:
        super().__init__()
        self._person_id, self._known = person_id, known

    def heading(self) -> str:
        """Whom it is about."""
        name = self.office.person(self._person_id).name
        return tr_("Discipline or verification of {name}; without a day it lapses by the rule", name=name)

    def fields(self) -> list[Field]:
        """Its days, the measure and the paper."""
        measures = [("", tr_("none yet, or none at all")), *((each, tr(MEASURE_WORDS[each])) for each in MEASURES)]
        return [
            day_field("opened", t("Begun"), self.on, needed=True),
            Field("measure", t("Measure"), "choice", options=measures),
            day_field("decided", t("Announced"), self.on),
            Field("number", t("Decision number")),
            day_field("lapses", t("Lapses on"), self.on),
            day_field("closed", t("Closed without a measure"), self.on),
        ]

    def first_values(self) -> dict[str, str]:
        """What is known of it."""
        known = self._known
        if known is None:
            return {"opened": shown(self.on)}
        days = {each: shown(getattr(known, each)) for each in ("opened", "decided", "lapses", "closed")}
        return {**days, "measure": known.measure, "number": known.number}

    def store(self, values: Mapping[str, Any]) -> str:
        """Record it."""
        return record(
            self.office, self._person_id, Matter(**values), known=self._known.id if self._known else ""
        ).person
