"""Who may be commended with what this year, and why: titles with counts and cost, then everybody under one."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import AppError
from config.i18n import language, tr, tr_
from config.text import t
from records.domain.findings import Verdict
from records.domain.people.names import fold
from records.rules.awards.words import FORM_WORDS, dong
from records.services.awards import eligibility
from records.services.awards.award_checks import prize_of
from records.services.awards.eligibility import TitleView
from tui.present.rows import Column, Row
from tui.present.words import verdict_cell
from tui.screens.awards.eligible_people import EligiblePeopleScreen
from tui.screens.base import Act, key
from tui.screens.filters import unit_options
from tui.screens.list_screen import ListScreen
from tui.screens.standards.comparing import CompareScreen
from tui.widgets.dialogs import AskText, Choose
from tui.widgets.table import VirtualTable


class EligibleScreen(ListScreen):
    """Titles that hold in a year, with who may be proposed and what it would cost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("year", t("Year")),
        key("unit", t("Unit")),
        key("more", t("Compare new rules"), show=False),
        key("back", t("Back"), show=False),
    ]
    more_acts = (Act("compare", t("Compare new rules")),)
    empty = t("No title of the settings holds in this year. F6: another year")
    counted = True

    def __init__(self) -> None:
        super().__init__()
        self._year, self._unit = 0, ""
        self._views: list[TitleView] = []

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Awards"), tr_("Who may be commended"), str(self._year or self.on.year - 1))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("title", tr_("Title or form"), 24, sort=str, grow=True),
            Column("form", tr_("Form"), 11, sort=str),
            Column("met", "✓", 5, align="right"),
            Column("unknown", "?", 5, align="right"),
            Column("not_met", "✗", 5, align="right"),
            Column("quota", tr_("Quota"), 8, align="right"),
            Column("cost", tr_("Cost (đ)"), 12, align="right"),
        ]

    def action_compare(self) -> None:
        """See what a file of new rules would change, and for whom."""
        self.app.push_screen(CompareScreen())

    def refresh_office(self) -> None:
        """Judge again: the book or the day is another."""
        self._year = self._year or self.on.year - 1
        self.show_place()
        office, year, day, unit = self.office, self._year, self.on, self._unit
        self.behind(
            t("Checking"),
            lambda job: eligibility.views(office, year, day, unit=unit, progress=job.progress, stop=job.is_stopped),
            self._take,
            failed=self._not_judged,
            on_stop=t("Stopped; F5 checks again"),
        )

    def _not_judged(self, error: AppError) -> None:
        self.complain(error)
        self._take([])

    def _take(self, found: list[TitleView]) -> None:
        self._views = found
        marks = " ".join(verdict_cell(each) for each in (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET))
        told = tr_("Year {year}, decided on {day}", year=self._year, day=self.on)
        self.show_counts(f"{told} · {marks}")
        self.listing.chips([self.office.unit_names(self.on).get(self._unit, self._unit)] if self._unit else [])
        self.listing.set_rows(self._row(each) for each in found)

    def _row(self, view: TitleView) -> Row:
        prize = prize_of(self.office, view.title.prize)
        name = view.title.name.in_language(language())
        met = view.count(Verdict.MET)
        quota = "" if view.allowed is None else str(view.allowed)
        cells = (
            name,
            tr(FORM_WORDS[prize.form]),
            str(met),
            str(view.count(Verdict.UNKNOWN)),
            str(view.count(Verdict.NOT_MET)),
            quota,
            dong(view.cost()),
        )
        return Row(
            id=view.title.id, cells=cells, find=fold(f"{name} {view.title.id}"), styles={2: "good" if met else "dim"}
        )

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        self.app.push_screen(EligiblePeopleScreen(event.row_id, self._year, self._unit))

    def action_year(self) -> None:
        """Ask for the year rewarded."""

        def asked(typed: str | None) -> None:
            if typed:
                self._year = int(typed)
                self.refresh_office()

        judge = lambda typed: None if typed.strip().isdecimal() and len(typed.strip()) == 4 else t("write a year")  # noqa: E731  # one of a kind
        self.app.push_screen(AskText(t("Which year is rewarded?"), t("Year"), str(self._year), judge=judge), asked)

    def action_unit(self) -> None:
        """Narrow to the people of one unit, and itself; its quotas are its own."""

        def chosen(unit: str | None) -> None:
            if unit is not None:
                self._unit = unit
                self.refresh_office()

        options = [("", tr_("Every unit")), *unit_options(self.office, self.on, keep=self._unit)]
        self.app.push_screen(Choose(t("Whose people?"), options), chosen)
