"""The calendar of trainings: a month of days over its events, or everything of the next twelve months."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from config.i18n import tr, tr_
from config.text import t
from records.domain.dates import add_months
from records.domain.people.names import fold
from records.rules.training.words import EVENT_SHORT, EVENT_WORDS, STATE_WORDS
from records.services.training.calendar import Planned, by_day, month_days, planned
from tui.present.rows import Column, Row
from tui.screens.base import key
from tui.screens.list_screen import ListScreen
from tui.screens.training.attendance import AttendanceScreen
from tui.screens.training.event_form import EventForm
from tui.widgets.table import VirtualTable

_CELL = 11
_LOOKS = {"coming": "warn", "open": "bad", "recorded": "good"}
_STYLES = {"coming": "$text-warning", "open": "$text-error", "recorded": "$text-success"}
_WEEK = (t("Mon"), t("Tue"), t("Wed"), t("Thu"), t("Fri"), t("Sat"), t("Sun"))


class CalendarScreen(ListScreen):
    """What comes, month by month."""

    DEFAULT_CSS = "CalendarScreen #month { height: auto; padding: 0 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("new", t("New")),
        key("before", t("Before")),
        key("after", t("After")),
        key("year", t("Twelve months")),
        key("back", t("Back")),
    ]
    empty = t("Nothing in this time. Ins: enter a conference or a class; Ctrl+→: later")

    def __init__(self) -> None:
        super().__init__()
        self._month: date | None = None
        self._whole = False

    @property
    def month(self) -> date:
        """First day of the month shown; at first that of the day asked about."""
        return self._month or self.on.replace(day=1)

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        when = tr_("month {month}", month=f"{self.month:%m/%Y}")
        shown = tr_("twelve months from {when}", when=when) if self._whole else when
        return (tr_("Training"), tr_("Calendar"), shown)

    def body(self) -> ComposeResult:
        """Lay out the days over the events."""
        yield Static("", id="month", markup=False)
        yield from super().body()

    def columns(self) -> list[Column]:
        """What is shown of each."""
        return [
            Column("day", tr_("Day"), 10, sort=lambda cell: tuple(reversed(cell.split("/")))),
            Column("until", tr_("Until"), 8),
            Column("kind", tr_("Kind"), 13, sort=str),
            Column("title", tr_("Title"), 22, sort=str, grow=True),
            Column("state", tr_("State"), 16, sort=str),
            Column("called", tr_("Called"), 6, align="right"),
            Column("place", tr_("Place"), 16, grow=True),
        ]

    def refresh_office(self) -> None:
        """Read the events of the time shown, and who was called to them, behind the screen."""
        office, month, day = self.office, self.month, self.on
        last = add_months(month, 12 if self._whole else 1) - timedelta(days=1)
        self.behind(None, lambda _job: planned(office, month, last, day), self._show)
        self.show_place()

    def _show(self, found: list[Planned]) -> None:
        days = self.query_one("#month", Static)
        days.display = not self._whole
        days.update(self._days(found))
        self.listing.set_rows(self._row(each) for each in found)

    def _days(self, found: list[Planned]) -> Content:
        """A line of weekdays, then one for each week: the day, and what is on it."""
        held = by_day(found)
        parts: list[tuple[str, str]] = [(f"{tr(word):<{_CELL}}", "bold") for word in _WEEK]
        for week in month_days(self.month):
            parts.append(("\n", ""))
            for day in week:
                parts += self._day(day, held.get(day, []) if day else [])
        return Content.assemble(*parts)

    def _day(self, day: date | None, there: list[Planned]) -> list[tuple[str, str]]:
        if day is None:
            return [(" " * _CELL, "")]
        number = (f"{day.day:>2} ", "bold reverse" if day == self.on else "" if there else "dim")
        if not there:
            return [number, (" " * (_CELL - 3), "")]
        words = tr_("{n} events", n=len(there)) if len(there) > 1 else tr(EVENT_SHORT[there[0].event.kind])
        return [number, (f"{words[: _CELL - 4]:<{_CELL - 3}}", _STYLES[there[0].state])]

    def _row(self, each: Planned) -> Row:
        event = each.event
        day = f"{event.day:%d/%m/%Y}"
        until = f"{event.last_day:%d/%m}" if event.last_day else ""
        state = tr(STATE_WORDS[each.state])
        kind = tr(EVENT_WORDS[event.kind])
        cells = (day, until, kind, event.title, state, str(each.called or ""), event.place)
        find = fold(f"{event.title} {kind} {day} {event.place} {event.organiser} {event.topic} {event.id}")
        return Row(id=event.id, cells=cells, styles={4: _LOOKS[each.state]}, find=find, data=each)

    @on(VirtualTable.Opened)
    def _open(self, event: VirtualTable.Opened) -> None:
        self.app.push_screen(AttendanceScreen([event.row_id]))

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_before(self) -> None:
        """Show the month before."""
        self._turn(-1)

    def action_after(self) -> None:
        """Show the month after."""
        self._turn(1)

    def _turn(self, step: int) -> None:
        self._month = add_months(self.month, step)
        self.refresh_office()

    def action_year(self) -> None:
        """Show twelve months from this one on, or the one month again."""
        self._whole = not self._whole
        self.refresh_office()

    def action_new(self) -> None:
        """Enter an event of the month shown."""

        def saved(made: str | None) -> None:
            if made:
                self.catch_up()
                self.listing.table.move_to(made)
                self.news(t("Saved. Enter: who is called and who came; Ctrl+Z takes it back"))

        if self.may_write():
            day = self.on if self.month == self.on.replace(day=1) else self.month
            self.app.push_screen(EventForm(None, day=day), saved)
