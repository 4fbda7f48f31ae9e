"""Score tables: groups, criteria, what computes them, bonus and penalty, classes, rounding and the quota."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from config.settings.criteria import AnyCriterion, Criterion, TrainingKind
from config.settings.dated import Confidence, Dated, Words
from config.settings.shapes import Cited, Shape

MeasureKind = Literal["attendance_rate", "trainings", "duties_on_time", "talks"]
Counting = Literal["exactly", "and_above", "all"]
RatingKey = Literal["excellent", "good", "completed", "not_completed"]


class Band(Shape, frozen=True):
    """From `at_least` (itself included) up to the next band, these points."""

    at_least: Decimal
    points: Decimal


class Computed(Shape, frozen=True):
    """How a criterion's points follow from records of the cycle.

    Attributes:
        kind: `attendance_rate` and `duties_on_time` in percent, `trainings` (completed) and `talks` in times.
        kinds: of events, for `attendance_rate` and `trainings`.
        bands: lowest first; below the first there are no points.
        linear_from, linear_to: no points up to the first, the maximum from the second on, in proportion between.
            Either bands or these two.
    """

    kind: MeasureKind
    kinds: tuple[TrainingKind, ...] = ()
    bands: tuple[Band, ...] = ()
    linear_from: Decimal | None = None
    linear_to: Decimal | None = None


class ScoreCriterion(Shape, frozen=True):
    """One column of a sheet.

    Attributes:
        id: as printed before the title (`1.2`); no blanks in it.
        maximum: points at most; `step` what they are a multiple of.
        weight: what the points are multiplied by in the total.
        source, confidence: where they differ from the table's own.
    """

    id: str
    title: Words
    maximum: Decimal
    step: Decimal = Decimal("0.5")
    weight: Decimal = Decimal(1)
    computed: Computed | None = None
    source: str | None = None
    confidence: Confidence | None = None


class ScoreGroup(Shape, frozen=True):
    """Criteria under one heading; their maxima times weights add up to `maximum`."""

    id: str
    title: Words
    maximum: Decimal
    criteria: tuple[ScoreCriterion, ...]


class Extra(Shape, frozen=True):
    """Bonus or penalty points: their own columns, added up and cut at `cap`; points in them are never negative."""

    criteria: tuple[ScoreCriterion, ...]
    cap: Dated[Decimal]


class PointsAtLeast(Criterion, frozen=True, tag="points_at_least"):
    """At least so many percent of the most that a criterion or a whole group (`of`) can give."""

    of: str
    percent: Dated[Decimal]


AnyCondition = AnyCriterion | PointsAtLeast


class ScoreClass(Shape, frozen=True):
    """A class: from `at_least` points (included) up to the class above, if every condition is met too.

    The lowest class has no `at_least`. Who has the points but not the conditions falls to the next class.
    """

    rating: RatingKey
    title: Words
    at_least: Dated[Decimal] | None = None
    conditions: tuple[AnyCondition, ...] = ()


class Rounding(Shape, frozen=True):
    """How a total is rounded: to a multiple of `step`; `down` never lifts anybody over a threshold."""

    step: Decimal
    mode: Literal["down", "nearest"]


class Quota(Shape, frozen=True):
    """How many may have a class: a percentage of those who end up rated `of`, never rounded up.

    Attributes:
        counting: whether only those rated exactly `of` count, also those above, or everybody rated; by date.
        per: within what the percentage is taken.
    """

    rating: RatingKey
    of: RatingKey
    counting: Dated[Counting] | Counting
    per: Literal["organisation", "cluster", "level", "cycle"]
    percent: Dated[Decimal]


class ScoreTable(Cited, frozen=True):
    """`scoring/*.yaml`: by what people of some roles, or units, are scored in cycles that end in its time.

    Attributes:
        roles: for people; empty for units.
        scale: what the maxima of the groups add up to.
        classes: highest first; half-open, so that every total has exactly one.
        classes_count: whether bonus and penalty count for the class (`total`) or not (`base`).
    """

    DECIDING = ("since", "rounding", "classes_count")

    id: str
    title: Words
    subject: Literal["person", "unit"]
    since: date
    source: str
    confidence: Confidence
    reviewed_on: date
    scale: Decimal
    groups: tuple[ScoreGroup, ...]
    classes: tuple[ScoreClass, ...]
    rounding: Rounding
    roles: tuple[str, ...] = ()
    until: date | None = None
    bonus: Extra | None = None
    penalty: Extra | None = None
    classes_count: Literal["base", "total"] = "total"
    quotas: tuple[Quota, ...] = ()
    note: str = ""

    def criteria(self) -> tuple[ScoreCriterion, ...]:
        """Every criterion in the order of the sheet: the groups, then bonus, then penalty."""
        plain = tuple(each for group in self.groups for each in group.criteria)
        extras = tuple(each for extra in (self.bonus, self.penalty) if extra for each in extra.criteria)
        return plain + extras
