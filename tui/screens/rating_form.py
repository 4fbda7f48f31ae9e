"""Forms of a yearly rating by those who may rate, and of time away from work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.errors import needs
from config.i18n import language, tr, tr_
from config.text import t
from records.domain.appointments import Absence
from records.domain.awards.merits import RATINGS
from records.domain.dates import parse_day, shown
from records.rules.emulation.words import KIND_WORDS, RATING_WORDS
from records.services.emulation.rating import RATING_KINDS, Rated, rate
from records.services.people.discipline import absent
from tui.screens.form import OfficeForm, day_field
from tui.widgets.fields import Field


class RatingForm(OfficeForm):
    """Enters how a person was rated for a year; answers with the person's id."""

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self._person_id = person_id

    def heading(self) -> str:
        """Whom it is about."""
        return tr_("Yearly rating of {name}, by those who may rate", name=self.office.person(self._person_id).name)

    def fields(self) -> list[Field]:
        """Year, kind, class and the paper."""
        kinds = [(each, tr(KIND_WORDS[each])) for each in RATING_KINDS]
        ratings = [(each, tr(RATING_WORDS[each])) for each in reversed(RATINGS)]
        return [
            Field("year", t("Year"), "number", judge=_year),
            Field("kind", t("Rated as"), "choice", options=kinds),
            Field("rating", t("Class"), "choice", options=ratings),
            Field("number", t("Number of the paper")),
            day_field("day", t("Signed on"), self.on),
        ]

    def first_values(self) -> dict[str, str]:
        """The year before is what is rated most often."""
        return {"year": str(self.on.year - 1), "kind": RATING_KINDS[0], "rating": RATINGS[-1]}

    def store(self, values: Mapping[str, Any]) -> str:
        """Enter it."""
        rate(self.office, [Rated(subject=self._person_id, **values)])
        return self._person_id


def _year(typed: str) -> int:
    if not typed.strip().isdecimal():
        raise needs(tr_("Year"), typed, t("write all four digits, such as 2025"))
    return int(typed)


class AbsenceForm(OfficeForm):
    """Enters time away from work; answers with the person's id."""

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self._person_id = person_id

    def heading(self) -> str:
        """Whom it is about."""
        return tr_("Time away from work of {name}", name=self.office.person(self._person_id).name)

    def fields(self) -> list[Field]:
        """Why, from when to when, and how a study ended."""
        known = self.office.settings.practice.absences
        kinds = [(key, each.title.in_language(language())) for key, each in known.items()]
        results = [
            ("", tr_("not known")),
            ("good", tr_("study that ended with a good result or better")),
            ("less", tr_("study that ended with less")),
        ]
        return [
            Field("kind", t("Why"), "choice", options=kinds),
            Field(
                "first",
                t("From"),
                "date",
                judge=lambda typed: parse_day(typed, field=tr_("From"), today=self.today),
            ),
            Field(
                "last",
                t("To"),
                "date",
                judge=lambda typed: parse_day(typed, field=tr_("To"), today=self.today),
            ),
            Field("good", t("Result"), "choice", options=results),
            Field("number", t("Number of the paper")),
        ]

    def first_values(self) -> dict[str, str]:
        """The day asked about."""
        return {"first": shown(self.on), "last": shown(self.on), "good": ""}

    def store(self, values: Mapping[str, Any]) -> str:
        """Enter it."""
        good = {"good": True, "less": False}.get(values["good"])
        told = {name: each for name, each in values.items() if name != "good"}
        return absent(self.office, Absence(id="", person=self._person_id, good=good, **told)).person
