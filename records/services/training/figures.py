"""Figures of attendance: how often people came, by unit, cluster, role, level, session, person or period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from config.errors import InputError
from config.text import Text, t
from records.domain.people.names import sort_key
from records.domain.training import Attendance, Event, Presence
from records.domain.units import Unit
from records.rules.training.rates import Rate, rate_of
from records.services.attended import attended
from records.services.office import Office
from records.services.people.roster import RosterLine, roster

BY: dict[str, Text] = {
    "unit": t("Unit"),
    "cluster": t("Cluster"),
    "role": t("Role"),
    "level": t("Level"),
    "event": t("Session"),
    "month": t("Month"),
    "quarter": t("Quarter"),
    "year": t("Year"),
    "person": t("Full name"),
}
"""What figures can be grouped by, with its heading."""
PERIODS = ("month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Figure:
    """One group: its key (a name, an id, `2025-03`, `2025-Q1`), its title for people, and its rate."""

    group: str
    title: Text | str
    rate: Rate


def figures(office: Office, wanted: Sequence[Event], *, by: str, on: date) -> list[Figure]:
    """The groups of some events, the highest share first; periods and sessions by their days.

    Args:
        office: the open office.
        wanted: the events.
        by: one of `BY`.
        on: the day whose units, roles and levels are meant.
    """
    found = rates_by(office, wanted, by=by, on=on)
    made = [Figure(group, _title(office, group, by), each) for group, each in found.items()]
    if by in PERIODS:
        return sorted(made, key=lambda each: each.group)
    if by == "event":
        days = {each.id: each.day for each in wanted}
        return sorted(made, key=lambda each: (days[each.group], each.group))
    return sorted(made, key=lambda each: (-(each.rate.percent or 0), sort_key(str(each.title)), each.group))


def rates_by(office: Office, wanted: Sequence[Event], *, by: str, on: date) -> dict[str, Rate]:
    """Group -> rate over some events; arguments as of `figures`. The empty group is of what is not known.

    Raises:
        InputError: for a grouping there is not.
    """
    if by not in BY:
        raise InputError(t("There is no grouping “{by}”", by=by), do=t("use one of: {known}", known=", ".join(BY)))
    ids = {each.id for each in wanted}
    if by == "event":
        counted = attended(office.book)
        return {each: rate_of(seen) for each in ids if (seen := counted.presences(each))}
    group_of = _grouping(office, by, on)
    found: defaultdict[str, Counter[Presence]] = defaultdict(Counter)
    for event, person, day, presence in office.book.table(Attendance).columns("event", "person", "day", "presence"):
        if event in ids:
            found[group_of(person, day)][presence] += 1
    return {group: rate_of(counts) for group, counts in found.items()}


def _grouping(office: Office, by: str, on: date) -> Callable[[str, date], str]:
    """The group of a person on the day of a session."""
    if by == "person":
        return lambda person, _day: person
    if by in PERIODS:
        period = cache(period_of)  # there are few days, and many sessions on each
        return lambda _person, day: period(day, by)
    groups = _groups(office, by, roster(office, on), on)
    return lambda person, _day: groups.get(person, "")


def period_of(day: date, by: str) -> str:
    """The month, quarter or year of a day: `2025-03`, `2025-Q1`, `2025`."""
    if by == "month":
        return f"{day:%Y-%m}"
    return f"{day.year}-Q{(day.month + 2) // 3}" if by == "quarter" else str(day.year)


def _groups(office: Office, by: str, lines: Sequence[RosterLine], on: date) -> dict[str, str]:
    if by == "unit":
        return {line.person.id: line.unit_name for line in lines}
    if by == "cluster":
        clusters = {unit.id: unit.cluster for unit in office.book.table(Unit)}
        return {line.person.id: clusters.get(line.person.unit_on(on), "") for line in lines}
    held = {line.person.id: line.appointments[0] for line in lines if line.appointments}
    return {person: post.role if by == "role" else post.level for person, post in held.items()}


def _title(office: Office, group: str, by: str) -> Text | str:
    if not group:
        return t("not known")
    if by in ("role", "level"):
        known = office.settings.roles.roles if by == "role" else office.settings.levels.levels
        return t("{title}", title=known[group].title)
    if by == "person":
        return office.person(group).name
    if by == "event":
        event = office.book.table(Event)[group]
        return f"{event.day:%d/%m/%Y} {event.title}"
    return _period_title(group) if by in PERIODS else group


def _period_title(group: str) -> Text | str:
    year, _, part = group.partition("-")
    if part.startswith("Q"):
        return t("quarter {n}/{year}", n=part[1:], year=year)
    return f"{part}/{year}" if part else year
