"""Duties added up: talks, listeners, reports due and on time. Counts only, never what was said or reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from config.text import Text, t
from records.domain.training import DutyCount
from records.rules.training.rates import share

MEASURE_WORDS: dict[str, Text] = {
    "talks": t("talks"),
    "listeners": t("listeners"),
    "reports_due": t("reports due"),
    "reports_on_time": t("reports on time"),
}
"""What is counted, in the order of lists."""


@dataclass(frozen=True, slots=True)
class Duties:
    """Sums over months or people; `months` counts the records they come from."""

    months: int = 0
    talks: int = 0
    listeners: int = 0
    reports_due: int = 0
    reports_on_time: int = 0

    @property
    def on_time_percent(self) -> Decimal | None:
        """Reports on time of those due, to one decimal; None where none was due."""
        if not self.reports_due:
            return None
        return share(self.reports_on_time, self.reports_due)

    def __add__(self, other: Duties) -> Duties:
        """Both together."""
        return Duties(
            self.months + other.months,
            self.talks + other.talks,
            self.listeners + other.listeners,
            self.reports_due + other.reports_due,
            self.reports_on_time + other.reports_on_time,
        )


def add_up(counts: Iterable[DutyCount]) -> Duties:
    """The sums of some months."""
    whole = Duties()
    for each in counts:
        whole += Duties(1, each.talks, each.listeners, each.reports_due, each.reports_on_time)
    return whole


def duty_problem(count: DutyCount) -> Text | None:
    """Why the counts of a month cannot be right together, or None."""
    if count.reports_on_time > count.reports_due:
        return t("{n} reports on time of {due} due", n=count.reports_on_time, due=count.reports_due)
    if count.listeners and not count.talks:
        return t("{n} listeners and no talk", n=count.listeners)
    return None
