"""The check: people of a scope against the standard of a day, counted by verdict, each opening to its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.binding import BindingType

from config.errors import AppError
from config.i18n import language, tr_
from config.text import t
from records.domain.dates import shown
from records.domain.findings import Judgement, Verdict
from records.domain.people.names import person_key, sort_key
from records.domain.people.person import Person
from records.rules.words import VERDICT_WORDS
from records.services.lists import log_export
from records.services.standards.checks import check
from tui.present.rights.restricted import left_out_chip
from tui.present.rows import Column, LateRows, Row
from tui.present.words import BADGES, judgement_lines, level_title, role_title, verdict_cell
from tui.screens.base import Act, key
from tui.screens.filters import FilterDialog, ask_export
from tui.screens.list_screen import ListScreen
from tui.screens.standards.ahead import ask_ahead, ask_suppose
from tui.screens.standards.questions import ask_question
from tui.screens.standards.standard import StandardScreen
from tui.screens.whom import Filter
from tui.widgets.dialogs import Report
from tui.widgets.table import VirtualTable

_VERDICT = 2
Judged = tuple[Person, Judgement]


class CheckScreen(ListScreen):
    """Judges the people of a scope behind the screen, and shows the verdicts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("filter", t("Whom to check")),
        key("ahead", t("Look ahead")),
        key("next_verdict", t("Verdict")),
        key("answer", t("Answer")),
        key("more", t("More")),
        key("export", t("Export")),
        key("stop", t("Stop"), show=False),
    ]
    more_acts = (Act("suppose", t("What if")), Act("standards", t("Standards")))
    empty = t("Nobody in this scope. F4: choose whom to check · Ctrl+G: another day")
    counted = True

    def __init__(self) -> None:
        super().__init__()
        self._filter = Filter()
        self._judged: list[Judged] = []

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Check against the standard"),)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("name", tr_("Full name"), 20, sort=person_key, grow=True),
            Column("role", tr_("Role"), 18, sort=sort_key),
            Column("verdict", tr_("Verdict"), 15, sort=str),
            Column("why", tr_("Why"), 20, sort=None, grow=True),
            Column("born", tr_("Born"), 10, sort=None),
            Column("code", tr_("Code"), 11, sort=str),
            Column("level", tr_("Level"), 12, sort=sort_key),
            Column("unit", tr_("Unit"), 22, sort=sort_key),
        ]

    # -- judging ------------------------------------------------------------------------------------------------------

    def refresh_office(self) -> None:
        """Judge everybody of the scope again: the book or the day is another."""
        office, day, scope = self.office, self.on, self._filter.scope
        self.behind(
            t("Checking"),
            lambda job: check(office, day, scope, progress=job.progress, stop=job.is_stopped),
            self._take,
            failed=self._not_judged,
            on_stop=t("Stopped; F5 checks again"),
        )

    def _not_judged(self, error: AppError) -> None:
        self.complain(error)
        self._take([])

    def _take(self, judged: list[Judged]) -> None:
        self._judged = judged
        self._show()

    def action_stop(self) -> None:
        """Stop the check; without one, show every verdict again."""
        if not self.stop_work() and self._filter != Filter():
            rerun = self._filter.scope != Filter().scope
            self._filter = Filter()
            self._after_filter(rerun=rerun)

    # -- showing ------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        counts = Counter(each.verdict for _, each in self._judged)
        told = [f"{verdict_cell(each)}: {counts[each]}" for each in Verdict if counts[each]]
        self.show_counts(" · ".join(told) or tr_("Nobody judged"))
        self.listing.chips([*self._filter.chips(self.office), *left_out_chip(self.office, self.on, self._filter.scope)])
        units = self.office.unit_names(self.on)
        judged = self._judged
        numbers = [n for n, (_, each) in enumerate(judged) if self._filter.verdict in ("", each.verdict)]
        self.listing.set_rows(
            LateRows(
                [str(number) for number in numbers],
                lambda place: self._row(numbers[place], judged[numbers[place]], units),
                lambda: [" ".join(self._words_of(judged[number], units)) for number in numbers],
            )
        )

    def _words_of(self, each: Judged, units: Mapping[str, str]) -> tuple[str, str, str, str, str, str]:
        """Name, unit, code, role, level, and why not."""
        person, judged = each
        role, level = role_title(self.office, judged.role), level_title(self.office, judged.level)
        why = "; ".join(
            finding.title.in_language(language())
            for finding in judged.findings
            if finding.verdict in (Verdict.NOT_MET, Verdict.UNKNOWN)
        )
        return person.name, units.get(person.unit, ""), person.id, role, level, why

    def _row(self, number: int, each: Judged, units: Mapping[str, str]) -> Row:
        person, judged = each
        name, unit, code, role, level, why = self._words_of(each, units)
        cells = (name, role, verdict_cell(judged.verdict), why, shown(person.born), code, level, unit)
        styles = {5: "dim", _VERDICT: BADGES[judged.verdict]}
        return Row(id=str(number), cells=cells, styles=styles, data=each)

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        person, judged = self._judged[int(event.row_id)]
        self.app.push_screen(Report(f"{person.name} · {person.id}", judgement_lines(self.office, judged)))

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Choose whom to check."""

        def take(chosen: Filter | None) -> None:
            if chosen is not None:
                rerun = chosen.scope != self._filter.scope
                self._filter = chosen
                self._after_filter(rerun=rerun)

        self.app.push_screen(FilterDialog(self.office, self.on, self._filter, t("Whom to check")), take)

    def _after_filter(self, *, rerun: bool) -> None:
        if rerun:
            self.refresh_office()
        else:
            self._show()

    def action_next_verdict(self) -> None:
        """Show only the next verdict, and at last all of them again."""
        order = ["", *(each.value for each in Verdict)]
        chosen = order[(order.index(self._filter.verdict) + 1) % len(order)]
        self._filter = replace(self._filter, verdict=chosen)
        self._show()
        self.news(t("Shown: {what}", what=VERDICT_WORDS[chosen] if chosen else t("all verdicts")))

    def action_ahead(self) -> None:
        """Show who falls out of the standard, when and through what."""
        ask_ahead(self, self._filter.scope)

    def action_suppose(self) -> None:
        """Suppose something of the person under the cursor."""
        chosen = self.listing.table.cursor_id
        if chosen is not None:
            ask_suppose(self, *self._judged[int(chosen)])

    def action_answer(self) -> None:
        """Answer by hand a question of the standard for the person under the cursor."""
        chosen = self.listing.table.cursor_id
        if chosen is not None:
            person, judged = self._judged[int(chosen)]
            ask_question(self, person.id, judged.role, judged.level)

    def action_standards(self) -> None:
        """Read the standards, change or confirm their values."""
        self.app.push_screen(StandardScreen())

    def action_export(self) -> None:
        """Write the verdicts shown, with their reasons, to a spreadsheet."""
        from exports.lists.checks import write_check  # noqa: PLC0415  # spreadsheets are heavy

        judged = [self._judged[int(row.id)] for row in self.listing.table.view_rows]
        office, day = self.office, self.on
        names, settings = office.unit_names(day), office.settings
        ask_export(
            self,
            tr_("check"),
            lambda path, overwrite: write_check(
                judged, names, settings, path, on=day, overwrite=overwrite, log=lambda made: log_export(office, made)
            ),
        )
