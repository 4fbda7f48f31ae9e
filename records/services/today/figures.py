"""How the office stands: the figures of the pictures beside today. What is not known is None, never nought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from records.domain.awards.awards import Score
from records.domain.dates import add_months
from records.domain.findings import Judgement, Verdict
from records.domain.people.person import Person
from records.services.appointments.coming import serving
from records.services.office import Office
from records.services.training.events import events
from records.services.training.figures import rates_by

AGES = (30, 40, 50, 60)
"""The first age of each band but the lowest."""
TERMS = (0, 3, 12)
"""Months from now that part the bands of terms: run out, then within 3 and 12 months, then later."""
BANDS = (50, 60, 70, 80, 90)
"""The first point of each band of scores but the lowest."""


@dataclass(frozen=True, slots=True)
class Share:
    """Of those judged in a role at a level, how many meet the standard, and of how many too little is known.

    Who holds a role for which no standard holds is not among them.
    """

    role: str
    level: str
    met: int
    unknown: int
    judged: int


@dataclass(frozen=True, slots=True)
class Month:
    """The first day of a month, and the share of those asked for who came, in per cent; None where none is recorded."""

    first: date
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Points of the latest scored cycle, by `BANDS`; no cycle, no counts."""

    cycle: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ages:
    """People who hold a role, by `AGES` and by `TERMS`; `unborn` have no day of birth, `endless` no last day."""

    ages: tuple[int, ...]
    unborn: int
    terms: tuple[int, ...]
    endless: int


def shares(judged: Sequence[tuple[Person, Judgement]]) -> list[Share]:
    """The share that meets its standard, by role and level, in the order met; none where verdicts are withheld."""
    if any(each.verdict is Verdict.WITHHELD for _, each in judged):
        return []
    met: Counter[tuple[str, str]] = Counter()
    unknown: Counter[tuple[str, str]] = Counter()
    every: Counter[tuple[str, str]] = Counter()
    for _, each in judged:
        if each.verdict is not Verdict.NOT_APPLICABLE:
            every[each.role, each.level] += 1
            met[each.role, each.level] += each.verdict is Verdict.MET
            unknown[each.role, each.level] += each.verdict is Verdict.UNKNOWN
    return [Share(role, level, met[role, level], unknown[role, level], n) for (role, level), n in sorted(every.items())]


def attendance(office: Office, on: date) -> list[Month]:
    """The twelve months up to that of `on`."""
    months = [add_months(on.replace(day=1), -back) for back in range(11, -1, -1)]
    found = rates_by(office, events(office, first=months[0], last=on), by="month", on=on)
    rates = {each: found.get(f"{each:%Y-%m}") for each in months}
    return [Month(each, rate.percent if rate else None) for each, rate in rates.items()]


def spread(office: Office, on: date) -> Spread:
    """The final points of the cycle with points that is the latest by its key among those begun by the year of `on`."""
    every = office.book.table(Score).columns("cycle", "final")
    scored = [(cycle, final) for cycle, final in every if final is not None and cycle[:4] <= str(on.year)]
    cycle = max((each for each, _ in scored), default="")
    points = [final for each, final in scored if each == cycle]
    return Spread(cycle, _counted(points, BANDS) if points else ())


def ages(office: Office, on: date) -> Ages:
    """Ages in whole years, and what is left of each term, of everybody who holds a role on `on`."""
    held = serving(office, on)
    births = (born for person, born in office.book.table(Person).columns("id", "born") if person in held)
    born = [each.first_day() for each in births if each is not None]
    years = [on.year - day.year - ((on.month, on.day) < (day.month, day.day)) for day in born]
    ends = [add_months(on, months) for months in TERMS]
    untils = [each.until for posts in held.values() for each in posts]
    ending = [each for each in untils if each is not None]
    return Ages(_counted(years, AGES), len(held) - len(born), _counted(ending, ends), len(untils) - len(ending))


def _counted(values: Sequence[object], edges: Sequence[object]) -> tuple[int, ...]:
    """How many values lie under the first edge, between each two, and from the last on."""
    counts = [0] * (len(edges) + 1)
    for each in values:
        counts[sum(each >= edge for edge in edges)] += 1  # type: ignore[operator]  # of one kind
    return tuple(counts)
