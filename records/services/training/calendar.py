"""The calendar of trainings: what comes in which month, and what is over and not recorded yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from records.domain.dates import add_months
from records.domain.training import Event
from records.services.attended import attended
from records.services.office import Office
from records.services.training.events import events

State = Literal["coming", "open", "recorded"]
"""Still to come; over and somebody not recorded; over and everybody recorded, if anybody was called."""


@dataclass(frozen=True, slots=True)
class Planned:
    """An event in the calendar: how many are called to it, and for how many of them nothing is recorded."""

    event: Event
    called: int
    waiting: int
    state: State

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.event.last_day or self.event.day


def planned(office: Office, first: date, last: date, on: date) -> list[Planned]:
    """Events that touch the days from `first` to `last`, soonest first, as they stand on `on`."""
    counted = attended(office.book)

    def plan(event: Event) -> Planned:
        presences = counted.presences(event.id)
        waiting = presences.get("called", 0)
        return Planned(event, sum(presences.values()), waiting, _state(event, waiting, on))

    wanted = [each for each in reversed(events(office, last=last)) if (each.last_day or each.day) >= first]
    return [plan(each) for each in wanted]


def _state(event: Event, waiting: int, on: date) -> State:
    if event.day > on:
        return "coming"
    return "open" if waiting else "recorded"


def month_days(month: date) -> list[list[date | None]]:
    """The weeks of a month from Monday to Sunday; None for days of other months."""
    first = month.replace(day=1)
    days: list[date | None] = [None] * first.weekday()
    after = add_months(first, 1)
    days += [first + timedelta(days=number) for number in range((after - first).days)]
    days += [None] * (-len(days) % 7)
    return [days[place : place + 7] for place in range(0, len(days), 7)]


def by_day(found: Iterable[Planned]) -> dict[date, list[Planned]]:
    """Each day of each event -> the events on it."""
    days: dict[date, list[Planned]] = {}
    for each in found:
        for number in range((each.last_day - each.event.day).days + 1):
            days.setdefault(each.event.day + timedelta(days=number), []).append(each)
    return days
