"""Figures of attendance as bars of text, and as a paper with bars."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import BindingType

from config.i18n import tr, tr_
from config.text import t
from records.domain.people.names import fold, sort_key
from records.domain.training import Event
from records.services.training import events as training
from records.services.training.figures import BY, Figure, figures
from tui.present.rows import Column, Row, share_bar
from tui.present.words import decimal_cell
from tui.screens.base import OfficeScreen, key
from tui.screens.list_screen import ListScreen
from tui.screens.paper_out import ask_paper
from tui.widgets.dialogs import Choose

_BAR = 30


def ask_by(screen: OfficeScreen, take: Callable[[str | None], None]) -> None:
    """Ask what figures are to be grouped by."""
    screen.app.push_screen(Choose(t("By what?"), [(by, tr(words)) for by, words in BY.items()]), take)


class FiguresScreen(ListScreen):
    """How often people came to some events, group by group."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("by", t("By what")),
        key("export", t("Paper (PDF, Word, Excel)")),
        key("back", t("Back")),
    ]
    empty = t("Nothing is recorded yet")

    def __init__(self, events: Iterable[str], by: str) -> None:
        super().__init__()
        self._ids, self._by = frozenset(events), by
        self._found: list[Figure] = []

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Training"), tr_("Attendance of {n} sessions", n=len(self._ids)), tr(BY[self._by]))

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("group", tr_("Group"), 24, sort=sort_key, grow=True),
            Column("bar", "", _BAR),
            Column("percent", tr_("Came %"), 6, align="right"),
            Column("told", tr_("Came of asked"), 14, align="right"),
            Column("late", tr_("Late"), 6, align="right"),
            Column("excused", tr_("With leave"), 10, align="right"),
            Column("absent", tr_("Absent"), 8, align="right"),
        ]

    def _events(self) -> list[Event]:
        return [each for each in training.events(self.office) if each.id in self._ids]

    def refresh_office(self) -> None:
        """Count again."""
        self._found = figures(self.office, self._events(), by=self._by, on=self.on)
        self.listing.set_rows(_row(each) for each in self._found)

    def action_by(self) -> None:
        """Group by something else."""

        def take(by: str | None) -> None:
            if by is not None:
                self._by = by
                self.refresh_office()
                self.show_place()

        ask_by(self, take)

    def action_export(self) -> None:
        """Write the figures as a paper with bars."""
        from exports.papers.training import write_figures  # noqa: PLC0415  # ReportLab is heavy

        office, found, wanted, by = self.office, self._found, self._events(), self._by
        name = f"{tr_('figures of attendance')} {self.on:%d-%m-%Y}"
        ask_paper(self, name, lambda to: write_figures(office, found, wanted, by, to))


def _row(each: Figure) -> Row:
    title, rate = tr(each.title), each.rate
    percent = decimal_cell(rate.percent) or "–"
    told = tr_("{came} of {asked}", came=rate.came, asked=rate.recorded - rate.excused)
    cells = (title, share_bar(rate.percent, _BAR), percent, told, str(rate.late), str(rate.excused), str(rate.absent))
    return Row(id=each.group or "?", cells=cells, styles={1: "good"}, find=fold(title))
