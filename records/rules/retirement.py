"""When somebody reaches the age of retirement: the age grows by year, and a year of birth alone gives two ends."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from config.settings.dated import Confidence, Dated
from records.domain.dates import PartialDate, add_months


class Reached(NamedTuple):
    """The earliest and the latest day on which the age is reached, and what it rests on."""

    earliest: date
    latest: date
    source: str
    confidence: Confidence


def retires(born: PartialDate, age: Dated[int]) -> Reached | None:
    """When somebody born then reaches the age in force on that very day; None when it was before the rule began."""
    earliest, latest = _reached(born.first_day(), age), _reached(born.last_day(), age)
    if earliest is None or latest is None:
        return None
    rule = age.on(earliest)
    return Reached(earliest, latest, rule.source, rule.confidence)


def _reached(born: date, age: Dated[int]) -> date | None:
    starts = sorted(age.values)
    for start, following in zip(starts, [*starts[1:], date.max], strict=True):
        months = age.values[start].value
        if months is None:
            continue
        day = add_months(born, months)
        if day < start and start == starts[0]:
            return None
        if max(day, start) < following:
            return max(day, start)
    return None
