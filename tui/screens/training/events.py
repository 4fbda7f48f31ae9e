"""Training: conferences and classes as a calendar, entering them one by one or in series, and who came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from config.i18n import tr, tr_
from config.text import t
from records.domain.people.names import fold
from records.domain.training import Event
from records.rules.training.rates import Rate
from records.rules.training.words import EVENT_SHORT, EVENT_WORDS
from records.services.training import events, figures
from tui.present.rows import Column, Row, share_bar
from tui.present.words import decimal_cell
from tui.screens.base import Act, key
from tui.screens.list_screen import ListScreen
from tui.screens.paper_form import ask_papers
from tui.screens.training.attendance import AttendanceScreen
from tui.screens.training.calendar import CalendarScreen
from tui.screens.training.duties import DutiesScreen
from tui.screens.training.event_form import EventForm
from tui.screens.training.figures import FiguresScreen, ask_by
from tui.screens.training.needs import NeedsScreen
from tui.widgets.table import VirtualTable

_BAR = 6
"""Cells of the bar of a share beside its number."""


class TrainingScreen(ListScreen):
    """Events, the newest first; those still to come stand on top."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("new", t("New")),
        key("edit", t("Edit")),
        key("sheet", t("Attendance")),
        key("views", t("Calendar, duties, figures…")),
        key("papers", t("Papers")),
    ]
    other_views = (
        Act("calendar", t("Calendar")),
        Act("needs", t("Who needs which")),
        Act("duties", t("Duties")),
        Act("figures", t("Figures")),
    )
    empty = t("No event yet. Ins: enter a conference or a class, or twelve at once")

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (tr_("Training"),)

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("day", tr_("Day"), 10, sort=lambda cell: tuple(reversed(cell.split("/")))),
            Column("kind", tr_("Kind"), 7, sort=str),
            Column("title", tr_("Title"), 35, sort=str, grow=True),
            Column("came", tr_("Came %"), 12, align="right"),
            Column("recorded", tr_("Recorded"), 8, align="right"),
            Column("hours", tr_("Hours"), 6, align="right"),
            Column("organiser", tr_("Organiser"), 20, grow=True),
        ]

    def __init__(self) -> None:
        super().__init__()
        self._rates: Mapping[str, Rate] = {}

    def refresh_office(self) -> None:
        """Read the events, and how many came behind the screen: of everybody that may be a million sessions."""
        office, day = self.office, self.on
        found = events.events(office)
        self._show(found)

        def take(rates: Mapping[str, Rate]) -> None:
            self._rates = rates
            self._show(found)

        self.behind(None, lambda _job: figures.rates_by(office, found, by="event", on=day), take)

    def _show(self, found: Sequence[Event]) -> None:
        self.listing.set_rows(self._row(each, self._rates.get(each.id, Rate())) for each in found)

    def _row(self, event: Event, came: Rate) -> Row:
        kind = tr(EVENT_SHORT[event.kind])
        percent = f"{share_bar(came.percent, _BAR)} {decimal_cell(came.percent):>5}" if came.percent is not None else ""
        hours = decimal_cell(event.hours or None)
        day = f"{event.day:%d/%m/%Y}"
        cells = (day, kind, event.title, percent, str(came.recorded or ""), hours, event.organiser)
        coming = event.day > self.on
        styles = {0: "warn" if coming else "", 3: "good"}
        told = (event.title, tr(EVENT_WORDS[event.kind]), day, event.organiser, event.topic, event.place, event.id)
        find = fold(" ".join(told))
        return Row(id=event.id, cells=cells, styles=styles, find=find, data=event)

    def _chosen(self) -> list[str]:
        table = self.listing.table
        marked = [row.id for row in table.view_rows if row.id in table.marks]
        return marked or ([table.cursor_id] if table.cursor_id else [])

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        self.app.push_screen(AttendanceScreen([event.row_id]))

    def action_sheet(self) -> None:
        """The sheet of the marked sessions, or of the one under the cursor."""
        if chosen := self._chosen():
            self.app.push_screen(AttendanceScreen(chosen))

    def action_figures(self) -> None:
        """How often people came to the sessions marked or shown, by unit, cluster, period and others."""
        table = self.listing.table
        ids = {row.id for row in table.view_rows if not table.marks or row.id in table.marks}
        if not ids:
            self.news(t("There is no session to count; Ins enters one"), bad=True)
            return

        def show(by: str | None) -> None:
            if by is not None:
                self.app.push_screen(FiguresScreen(ids, by))

        ask_by(self, show)

    def action_papers(self) -> None:
        """Write the invitation, the summons or the list to sign of the event under the cursor."""
        from exports.papers.event_papers import event_papers  # noqa: PLC0415  # pages are heavy

        if (chosen := self.listing.table.cursor_id) is not None:
            event = events.event_named(self.office, chosen)
            ask_papers(self, lambda given: event_papers(self.office, event, self.on, given))

    def action_needs(self) -> None:
        """Who lacks or will lack which training."""
        self.app.push_screen(NeedsScreen())

    def action_calendar(self) -> None:
        """What comes, month by month."""
        self.app.push_screen(CalendarScreen())

    def action_duties(self) -> None:
        """Talks and reports by person and month."""
        self.app.push_screen(DutiesScreen())

    def action_new(self) -> None:
        """Enter an event or a series."""
        self._form(None)

    def action_edit(self) -> None:
        """Correct the event under the cursor."""
        if (chosen := self.listing.table.cursor_id) is not None:
            self._form(events.event_named(self.office, chosen))

    def _form(self, event: Event | None) -> None:
        def saved(made: str | None) -> None:
            if made:
                self.catch_up()
                self.listing.table.move_to(made)
                self.news(t("Saved. Enter: who is called and who came; Ctrl+Z takes it back"))

        if self.may_write():
            self.app.push_screen(EventForm(event), saved)
