"""Ranks of a cycle: equal ranks, the line of the quota, what would be if, and the council among equals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType

from config.errors import AppError
from config.i18n import tr, tr_, tr_number
from config.paths import typed_path
from config.text import t
from records.domain.emulation import Cycle, Stage
from records.domain.people.names import fold
from records.rules.emulation.quotas import Line
from records.rules.emulation.ranking import SCOPES, Scope
from records.rules.emulation.words import RATING_WORDS, SCOPE_WORDS, STAGE_WORDS, period_words
from records.services.emulation.cycles import cycle_named, table_of
from records.services.emulation.standings import Ranking, Scorer, WhatIf, quota_scope, ranking
from records.services.emulation.standings import Row as Ranked
from records.services.lists import log_export
from tui.present.rows import Column, Row
from tui.present.scores import (
    RATING_LOOKS,
    drawn_line,
    judge_number,
    line_shown,
    quota_cell,
    ranking_columns,
    row_lines,
    typed_number,
)
from tui.present.words import level_title
from tui.screens import filters
from tui.screens.base import Act, OfficeScreen, key
from tui.screens.emulation.signing import ask_council, ask_signature
from tui.screens.list_screen import ListScreen
from tui.screens.paper_out import judge_new_paper
from tui.widgets.dialogs import AskText, Choose, Report
from tui.widgets.table import VirtualTable

if TYPE_CHECKING:
    from tui.screens.base import OfficeScreen

_LINE = "line:"


class RankingScreen(ListScreen):
    """The ranking of one cycle by the points of one hand."""

    DEFAULT_CSS = "RankingScreen #counts.-tried { background: $warning; color: $background; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("group", t("Group")),
        key("more", t("Try, council")),
        key("sign", t("Sign")),
        key("export", t("Export"), show=False),
        key("back", t("Back")),
    ]
    more_acts = (
        Act("try_total", t("Try a total")),
        Act("try_quota", t("Try a quota")),
        Act("council", t("Council")),
    )
    empty = t("Nobody is registered in this cycle. Esc: back")
    counted = True

    def __init__(self, cycle: str, stage: Stage = "final") -> None:
        super().__init__()
        self._cycle_id, self.stage = cycle, stage
        self._only: tuple[Scope, str] | None = None
        self._tried: WhatIf | None = None
        self._ranked: Ranking | None = None

    @property
    def cycle(self) -> Cycle:
        """The cycle as it stands in the book."""
        return cycle_named(self.office, self._cycle_id)

    @property
    def ranked(self) -> Ranking:
        """The ranking shown."""
        assert self._ranked is not None  # read before anything is shown
        return self._ranked

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        cycle = self.cycle
        locked = (tr_("signed, locked"),) if cycle.signed else ()
        return (tr_("Emulation"), tr_("Ranks"), tr(STAGE_WORDS[self.stage]), *locked, tr(period_words(cycle)))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return ranking_columns()

    # -- showing ------------------------------------------------------------------------------------------------------

    def refresh_office(self) -> None:
        """Rank anew."""
        try:
            self._ranked = ranking(self.office, self.cycle, self.stage, self._tried)
        except AppError as error:
            self.complain(error)
            self.app.call_later(self.dismiss)
            return
        self._show()

    def _show(self) -> None:
        lines = [each for each in self.ranked.lines if self._only in (None, (self._per(), each.group))]
        self.listing.chips([self._group_title(*self._only)] if self._only is not None else [])
        told = [line_shown(each, self._per()) for each in lines]
        if self._only is None and len(told) > 1:
            allowed, candidates = sum(each.allowed for each in lines), sum(each.candidates for each in lines)
            told = [tr_("{n} groups: {allowed} of {candidates} may keep it · F4: one group with its line",
                         n=len(lines), allowed=allowed, candidates=candidates)]  # fmt: skip
        if cut := sum(bool(each.cut) for each in lines):
            told.append(tr_("{n} sets of equals at the line; F8: the council's order", n=cut))
        if self._tried is not None:
            told.insert(0, tr_("TRIED ONLY: nothing of this is written. Esc: as it is"))
        self.show_counts("\n".join(told) or tr_("No quota is asked"))
        self.query_one("#counts").set_class(self._tried is not None, "-tried")
        self.listing.set_rows(self._rows(lines))

    def _per(self) -> Scope:
        return quota_scope(table_of(self.office, self.cycle))

    def _shows(self, row: Ranked) -> bool:
        return self._only is None or row.standing().group(self._only[0]) == self._only[1]

    def _group_title(self, scope: Scope, group: str) -> str:
        if scope == "level":
            return level_title(self.office, group) if group else tr_("no group")
        return self.office.unit_names(self.cycle.last_day).get(group, group) or tr_("no group")

    def _rows(self, lines: list[Line]) -> Iterator[Row]:
        shown = [row for row in self.ranked.rows if self._shows(row)]
        one = len(lines) == 1 and (self._only is not None or self._per() == "cycle")
        single = lines[0] if one else None
        drawn = single is None
        for row in shown:
            if single is not None and not drawn and row.entrant.id in single.beyond:
                drawn = True
                yield Row(
                    id=_LINE,
                    cells=("", "─" * 24, "─" * 6, "─" * 11, drawn_line(single), "─" * 8),
                    styles=dict.fromkeys(range(6), "warn"),
                )
            yield self._row(row)

    def _row(self, row: Ranked) -> Row:
        entrant = row.entrant
        scope = self._only[0] if self._only is not None else "cluster"
        place, here = self.ranked.places["cycle"].get(entrant.id), self.ranked.places[scope].get(entrant.id)
        rating = self.ranked.ratings[entrant.id]
        held = f"{tr(RATING_WORDS[row.classed.band])} ?" if row.classed.held else tr(RATING_WORDS[rating])
        line = next((each for each in self.ranked.lines if entrant.id in (*each.within, *each.beyond)), None)
        quota, look = quota_cell(row, line)
        cells = (
            "–" if place is None else f"{place.rank}=" if place.tied else str(place.rank),
            row.name,
            tr_number(row.totals.total) if place else f"~{tr_number(row.totals.total)}",
            held,
            quota,
            entrant.cluster,
            str(here.rank) if here else "–",
            row.unit_name,
        )
        styles = {3: RATING_LOOKS[rating], 4: look}
        find = fold(f"{row.name} {row.unit_name} {entrant.subject} {entrant.cluster}")
        return Row(id=entrant.id, cells=cells, styles={k: v for k, v in styles.items() if v}, find=find, data=row)

    def chosen(self) -> Ranked | None:
        """The row under the cursor."""
        entrant = self.listing.table.cursor_id
        return next((row for row in self.ranked.rows if row.entrant.id == entrant), None)

    @on(VirtualTable.Opened)
    def _open(self, _event: VirtualTable.Opened) -> None:
        row = self.chosen()
        if row is None:
            return
        lines = row_lines(Scorer(self.office, self.cycle, self.stage), row)
        for each in self.ranked.lines:
            if row.entrant.id in (*each.within, *each.beyond):
                source = self.office.settings.source(each.source).title
                lines += [
                    "",
                    line_shown(each, self._per()),
                    f"  {tr_('Source')}: {source}",
                    "  " + quota_cell(row, each)[0],
                ]
        self.app.push_screen(Report(row.name, lines))

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Leave what was tried, then the group, then the screen."""
        if self._tried is not None:
            self._tried = None
            self.refresh_office()
        elif self._only is not None:
            self._only = None
            self._show()
        else:
            super().action_back()

    def action_group(self) -> None:
        """Show one group, with its line where the quota is taken in it."""
        scopes = dict.fromkeys((self._per(), "cluster", "level"))
        found: dict[str, tuple[Scope, str]] = {}
        for scope in (each for each in SCOPES if each in scopes and each != "cycle"):
            for group in sorted({row.standing().group(scope) for row in self.ranked.rows}):
                found[str(len(found))] = (scope, group)

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self._only = found.get(chosen)
                self._show()

        options = [("*", tr_("all"), "")]
        options += [(number, self._group_title(*each), tr(SCOPE_WORDS[each[0]])) for number, each in found.items()]
        self.app.push_screen(Choose(t("Group"), options), take)

    def action_try_quota(self) -> None:
        """Try another percentage."""

        def take(typed: str | None) -> None:
            if typed is not None and (found := typed_number(typed)) is not None:
                self._tried = replace(self._tried or WhatIf(), percent=found)
                self.refresh_office()

        percents = [each.percent for each in self.ranked.lines if each.percent is not None]
        first = tr_number(percents[0]) if percents else ""
        self.app.push_screen(
            AskText(t("Try a quota"), t("Percent; nothing is written"), first, judge=judge_number), take
        )

    def action_try_total(self) -> None:
        """Try another total of the row under the cursor."""
        row = self.chosen()
        if row is None:
            return

        def take(typed: str | None) -> None:
            if typed is not None and (found := typed_number(typed)) is not None:
                tried = self._tried or WhatIf()
                self._tried = replace(tried, totals={**tried.totals, row.entrant.id: found})
                self.refresh_office()
                self.listing.table.move_to(row.entrant.id)

        words = t("Total of {name}; nothing is written", name=row.name)
        self.app.push_screen(AskText(t("Try a total"), words, tr_number(row.totals.total), judge=judge_number), take)

    def action_council(self) -> None:
        """Enter the council's order among the equals of the row under the cursor."""
        row = self.chosen()
        equals = next((each for each in self.ranked.tied if row and row.entrant.id in each), None)
        if self._tried is not None:
            self.news(t("Leave what was tried first (Esc)"), bad=True)
        elif equals is None:
            self.news(t("Only equals between whom a quota draws its line are put in order; none is under the cursor"))
        elif self.may_write():
            names = {each.entrant.id: each.name for each in self.ranked.rows}
            ask_council(self, self.cycle, self.stage, [(each, names[each]) for each in equals])

    def action_sign(self) -> None:
        """Sign and lock the cycle, or unlock it with a reason."""
        if self._tried is not None or self.stage != "final":
            self.news(t("A cycle is signed by its final points: leave what was tried, and choose the final hand"))
        elif self.may_write():
            ask_signature(self, self.cycle)

    def action_export(self) -> None:
        """Write the ranking as a paper."""
        if self._tried is not None:
            self.news(t("Leave what was tried first"))
        elif self.may_write():
            export_ranking(self, self.cycle, self.stage, self.ranked)


def export_ranking(screen: OfficeScreen, cycle: Cycle, stage: Stage, ranked: Ranking) -> None:
    """Ask where to, and write a ranking as a paper, PDF or Excel."""
    from exports.papers.rankings import write_ranking  # noqa: PLC0415  # ReportLab is heavy

    office, day = screen.office, screen.on

    def take(typed: str | None) -> None:
        if typed is None:
            return
        path = typed_path(typed)
        if screen.attempt(
            lambda: write_ranking(
                office, cycle, stage, ranked, path, day=day, log=lambda made: log_export(office, made), overwrite=False
            )
        ):
            screen.news(t("Written: {path}", path=path))

    default = filters.documents_folder() / f"{tr_('ranking')} {tr(period_words(cycle))}.pdf"
    screen.app.push_screen(
        AskText(t("Write the ranking (.pdf, .docx or .xlsx)"), t("File"), str(default), judge=judge_new_paper), take
    )
