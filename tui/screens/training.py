"""Training: conferences and classes as a calendar, entering them one by one or in series, and who came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, cast

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from config.errors import InputError, needs
from config.speech import say, say_
from config.text import t
from records.desks import training
from records.domain.dates import parse_day, shown
from records.domain.names import clean, fold
from records.domain.training import KINDS, Event, TrainingKind
from records.rules.rates import Rate
from records.rules.training_words import EVENT_WORDS
from tui.screens.attendance import AttendanceScreen
from tui.screens.base import DeskScreen, key
from tui.screens.figures import figure_lines
from tui.screens.office_form import OfficeForm
from tui.widgets.dialogs import Choose, Report
from tui.widgets.fields import Field
from tui.widgets.listing import Listing
from tui.widgets.table import Column, Row, VirtualTable

_BY = (("unit", t("Unit")), ("role", t("Role")), ("level", t("Level")), ("event", t("Session")))


class TrainingScreen(DeskScreen):
    """Events, the newest first; those still to come stand on top."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("insert", "new", t("New")),
        key("f2", "edit", t("Edit")),
        key("f7", "sheet", t("Attendance")),
        key("f8", "figures", t("Figures")),
    ]

    def title_parts(self) -> tuple[str, ...]:
        """Where this is."""
        return (say_("Training"),)

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Listing(_columns(), empty=t("No event yet. Ins: enter a conference or a class, or twelve at once"))

    @property
    def listing(self) -> Listing:
        """The list of events."""
        return self.query_one(Listing)

    def refresh_office(self) -> None:
        """Read the events and how many came."""
        found = training.events(self.office)
        rates = training.rates_by(self.office, found, by="event", on=self.on)
        self.listing.set_rows(self._row(each, rates.get(each.id, Rate())) for each in found)

    def _row(self, event: Event, came: Rate) -> Row:
        kind = say(EVENT_WORDS[event.kind])
        percent = "" if came.percent is None else str(came.percent)
        hours = str(event.hours) if event.hours else ""
        day = f"{event.day:%d/%m/%Y}"
        cells = (day, kind, event.title, str(came.recorded or ""), percent, hours, event.organiser, event.id)
        coming = event.day > self.on
        styles = {0: "warn" if coming else "", 7: "dim"}
        find = fold(f"{event.title} {kind} {day} {event.organiser} {event.topic} {event.place} {event.id}")
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
        """How often people came to the sessions marked or shown, by unit, role, level or session."""
        table = self.listing.table
        ids = {row.id for row in table.view_rows if not table.marks or row.id in table.marks}
        wanted = [each for each in training.events(self.office) if each.id in ids]

        def show(by: str | None) -> None:
            if by is not None:
                lines = figure_lines(self.office, wanted, by=by, on=self.on)
                self.app.push_screen(Report(t("Attendance of {n} sessions", n=len(wanted)), lines))

        self.app.push_screen(Choose(t("By what?"), [(by, say(words)) for by, words in _BY]), show)

    def action_new(self) -> None:
        """Enter an event or a series."""
        self._form(None)

    def action_edit(self) -> None:
        """Correct the event under the cursor."""
        if (chosen := self.listing.table.cursor_id) is not None:
            self._form(training.event_named(self.office, chosen))

    def _form(self, event: Event | None) -> None:
        def saved(made: str | None) -> None:
            if made:
                self.catch_up()
                self.listing.table.move_to(made)
                self.news(t("Saved. Enter: who is called and who came; Ctrl+Z takes it back"))

        if self.may_write():
            self.app.push_screen(EventForm(event), saved)


class EventForm(OfficeForm):
    """Enters an event, or a series of months, or corrects one; answers with the id of the (first) event."""

    def __init__(self, event: Event | None) -> None:
        super().__init__()
        self._event = event

    def heading(self) -> str:
        """What the form is for."""
        if self._event is not None:
            return say_("Correct {name}", name=self._event.title)
        return say_("Enter an event; a title of a series may hold {month} and {year}", month="{month}", year="{year}")

    def fields(self) -> list[Field]:
        """What it is, when and where, then how often."""
        found = [
            Field("kind", t("Kind"), "choice", options=[(kind, say(EVENT_WORDS[kind])) for kind in KINDS]),
            Field("title", t("Title")),
            Field("day", t("Day"), "date", judge=self._day),
            Field("last_day", t("Last day"), "date", judge=self._day),
            Field("hours", t("Hours"), judge=_number),
            Field("organiser", t("Organiser")),
            Field("place", t("Place")),
            Field("topic", t("Topic")),
            Field("online_places", t("Places online"), judge=_number),
        ]
        return found if self._event else [*found, Field("times", t("How many months"), judge=_number)]

    def first_values(self) -> dict[str, str]:
        """What is known of the event."""
        event = self._event
        if event is None:
            return {"kind": "conference", "day": shown(self.on), "times": "1"}
        return {
            "kind": event.kind,
            "title": event.title,
            "day": shown(event.day),
            "last_day": shown(event.last_day),
            "hours": str(event.hours) if event.hours else "",
            "organiser": event.organiser,
            "place": event.place,
            "topic": event.topic,
            "online_places": str(event.online_places or ""),
        }

    def _day(self, typed: str) -> date | None:
        return parse_day(typed, field=say_("Day"), today=self.on) if typed.strip() else None

    def store(self, values: Mapping[str, Any]) -> str:
        """Let the desk enter it. Raises AppError when it refuses."""
        if values["day"] is None:
            raise InputError(t("The event has no day"), do=t("enter the first day"))
        before = self._event or Event(id="", kind="conference", title="", day=values["day"])
        event = msgspec.structs.replace(
            before,
            kind=cast("TrainingKind", values["kind"]),
            day=values["day"],
            last_day=values["last_day"],
            hours=values["hours"] or Decimal(0),
            online_places=int(values["online_places"] or 0),
            **{name: clean(str(values[name])) for name in ("title", "organiser", "place", "topic")},
        )
        times = int(values.get("times") or 1)
        if self._event is None and times > 1:
            return training.open_series(self.office, event, times=times)[0].id
        return training.save_event(self.office, event).id


def _number(typed: str) -> Decimal | None:
    text = typed.strip().replace(",", ".")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise needs(say_("Number"), typed, t("enter a number, or nothing")) from None
    if not number.is_finite() or number < 0:
        raise needs(say_("Number"), typed, t("enter a number, or nothing"))
    return number


def _columns() -> list[Column]:
    return [
        Column("day", say_("Day"), 10, sort=lambda cell: tuple(reversed(cell.split("/")))),
        Column("kind", say_("Kind"), 10, sort=str),
        Column("title", say_("Title"), 26, sort=str, grow=True),
        Column("recorded", say_("Recorded"), 9, align="right"),
        Column("came", say_("Came %"), 7, align="right"),
        Column("hours", say_("Hours"), 5, align="right"),
        Column("organiser", say_("Organiser"), 20, grow=True),
        Column("id", say_("Code"), 11),
    ]
