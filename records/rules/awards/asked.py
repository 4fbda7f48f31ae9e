"""What is asked of a title: for which year, decided when, and by what law beside the title's own conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Protocol

from config.settings.dated import Confidence, InForce, Source
from config.settings.practice import Practice
from config.settings.shapes import Prize, Prizes, Sources
from config.settings.titles import AwardTitle, RatingKind
from records.domain.awards.merits import RATINGS, Merits, YearClass
from records.domain.dates import add_years
from records.domain.findings import Finding


@dataclass(frozen=True, slots=True)
class AchievementYear:
    """A year of achievement: twelve months from its first day, named after the year in which it ends."""

    month: int = 1
    day: int = 1

    def first(self, year: int) -> date:
        """Its first day."""
        return self.last(year - 1) + timedelta(days=1)

    def last(self, year: int) -> date:
        """Its last day: the rules in force on it are those of its achievements."""
        return _last(self.month, self.day, year)

    def of(self, day: date) -> int:
        """The year that `day` belongs to."""
        return day.year if day <= self.last(day.year) else day.year + 1


@lru_cache(maxsize=256)
def _last(month: int, day: int, year: int) -> date:
    """The day before the one that begins the next year of achievement; asked for by every condition of everybody."""
    begins = date(year, month, day)
    return (add_years(begins, 1) if (month, day) == (1, 1) else begins) - timedelta(days=1)


def achievement_year(practice: Practice, year: int) -> AchievementYear:
    """How the office counts `year`."""
    month, _, day = (practice.achievement_year.on(date(year, 12, 31)).value or "01-01").partition("-")
    return AchievementYear(int(month), int(day))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Year rewarded (the last of them), day of the decision, and the settings that speak.

    What follows from them is found once: every condition of everybody asks for it.

    Attributes:
        received: the day the dossier was received for appraisal; None: the day of the decision.
    """

    year: int
    day: date
    practice: Practice
    sources: Mapping[str, Source]
    prizes: Mapping[str, Prize]
    received: date | None = None
    calendar: AchievementYear = field(default_factory=AchievementYear)

    @cached_property
    def last(self) -> date:
        """The last day of the year rewarded."""
        return self.calendar.last(self.year)

    def span(self, title: AwardTitle) -> tuple[date, date]:
        """First and last day of the years that one award of a title rewards."""
        return self.calendar.first(self.year - title.years + 1), self.last

    def sure(self, source: str, confidence: Confidence) -> Confidence:
        """The confidence, unless its text was replaced by the day that counts."""
        doubtful = self._doubtful.get(source)
        if doubtful is None:
            text = self.sources.get(source)
            doubtful = self._doubtful[source] = text is not None and not text.holds_on(self.day, self.received)
        return "to_confirm" if doubtful else confidence

    @cached_property
    def _doubtful(self) -> dict[str, bool]:
        """Source -> whether its text was replaced by the day that counts, of those that were asked for."""
        return {}

    @cached_property
    def of_nothing(self) -> dict[tuple[int, int, int], tuple[AwardTitle, Finding]]:
        """Title, condition, reach of the register -> the finding where nothing is recorded that it depends on."""
        return {}

    def rated(self, named: Iterable[RatingKind], title: AwardTitle) -> tuple[RatingKind, ...]:
        """The kinds of rating meant: those named, else the Party's for its own prizes, else officials' and workers'."""
        if found := tuple(named):
            return found
        prize = self.prizes.get(title.prize)
        return ("party",) if prize is not None and prize.form == "party" else ("worker", "official")

    def grave(self, measure: str, at_least: str) -> bool:
        """Whether a measure is this one or a graver one; one that is not told counts as grave."""
        ladder = list(self.practice.measures)
        return measure not in ladder or ladder.index(measure) >= ladder.index(at_least)  # type: ignore[arg-type]  # the ladder's own keys


class Told(Protocol):
    """The part of the settings that speaks here."""

    @property
    def practice(self) -> Practice:
        """Measures, absences, the year of achievement."""

    @property
    def sources(self) -> Sources:
        """Legal texts."""

    @property
    def prizes(self) -> Prizes:
        """Prizes with their forms."""


def asked(settings: Told, year: int, day: date, received: date | None = None) -> Asked:
    """The question by these settings."""
    return Asked(
        year=year,
        day=day,
        practice=settings.practice,
        sources=settings.sources.sources,
        prizes=settings.prizes.prizes,
        received=received,
        calendar=achievement_year(settings.practice, year),
    )


def class_of(merits: Merits, kinds: Iterable[RatingKind], year: int) -> YearClass | None:
    """The class of a year under some kinds of rating, the lowest where there are several; None without one."""
    found = [merits.ratings[kind][year] for kind in kinds if year in merits.ratings.get(kind, {})]
    return min(found, key=lambda each: RATINGS.index(each.rating), default=None)


def is_on(rule: InForce[bool] | None) -> bool:
    """Whether a dated switch is on."""
    return bool(rule is not None and rule.value)
