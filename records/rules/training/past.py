"""What a person went through by year, and the years with nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from records.domain.training import TRAINING_KINDS, Attendance, Event
from records.rules.training.rates import Rate, hours_by_year, rate


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year: kind of event -> rate, and hours of instruction attended."""

    year: int
    kinds: Mapping[str, Rate]
    hours: Decimal

    @property
    def courses(self) -> int:
        """How many courses were attended."""
        return self.kinds["course"].came


def year_lines(attended: Iterable[Attendance], events: Mapping[str, Event], first: int, last: int) -> list[YearLine]:
    """Every year from `first` to `last`, also those with nothing in them.

    Args:
        attended: one person's attendances, in any order; those outside the years are left out.
        events: of the office, by id, for the hours.
        first: the first year.
        last: the last year.
    """
    mine = list(attended)
    hours = hours_by_year(mine, events)
    lines = []
    for year in range(first, last + 1):
        inside = [each for each in mine if each.day.year == year]
        kinds: dict[str, Rate] = {kind: rate(each for each in inside if each.kind == kind) for kind in TRAINING_KINDS}
        lines.append(YearLine(year, kinds, hours.get(year, Decimal(0))))
    return lines


def longest_without(attended: Iterable[Attendance], since: date, on: date) -> tuple[date, date] | None:
    """The longest stretch of days from `since` to `on` without a course attended, None where it is no day long."""
    days = sorted({each.day for each in attended if each.kind == "course" and each.came() and since <= each.day <= on})
    edges = [since, *days, on]
    best = max(pairwise(edges), key=lambda pair: pair[1] - pair[0], default=None)
    return best if best is not None and best[1] > best[0] else None
