"""Score tables: groups, criteria, what computes them, bonus and penalty, classes, rounding and the quota."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from config.errors import ConfigError
from config.settings.criteria import AnyCriterion, ByHand, Criterion, TrainingKind
from config.settings.dated import Confidence, Dated, Words
from config.settings.explaining import meant
from config.settings.shapes import Cited, Shape
from config.text import Text, t

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


# -- what must hold inside a table: one that does not add up is refused before anybody is scored by it ---------------


def table_problems(table: ScoreTable, roles: set[str]) -> Iterator[ConfigError]:
    """Every mistake of one table; `roles` are those of the settings."""
    place = f"scoring/{table.id}"
    for what, do in (*_roles(table, roles), *_sums(table), *_ids(table), *_classes(table)):
        yield ConfigError(what, where=place, do=do)
    for criterion in table.criteria():
        for what, do in _criterion(criterion):
            yield ConfigError(what, where=f"{place}: {criterion.id}", do=do)


def _roles(table: ScoreTable, roles: set[str]) -> Iterator[tuple[Text, Text]]:
    for role in table.roles:
        if role not in roles:
            yield t("There is no role “{role}”", role=role), meant(role, set(roles))
    if bool(table.roles) != (table.subject == "person"):
        yield t("Roles are for tables of people"), t("name roles for people and none for units")
    if table.until is not None and table.until < table.since:
        yield t("The table ends before it begins"), t("correct one of the two days")


def _sums(table: ScoreTable) -> Iterator[tuple[Text, Text]]:
    for group in table.groups:
        found = sum((each.maximum * each.weight for each in group.criteria), Decimal(0))
        if found != group.maximum:
            yield (
                t("Group {id} adds up to {found}, not to {asked}", id=group.id, found=found, asked=group.maximum),
                t("correct the maxima, or the group's own"),
            )
    whole = sum((group.maximum for group in table.groups), Decimal(0))
    if whole != table.scale:
        yield t("The groups add up to {found}, not to {asked}", found=whole, asked=table.scale), t("correct the scale")
    if table.rounding.step <= 0:
        yield t("The step of rounding is not above zero"), t("write a step such as 0.01")


def _ids(table: ScoreTable) -> Iterator[tuple[Text, Text]]:
    ids = [each.id for each in table.criteria()]
    ids += [each.id for one in table.classes for each in one.conditions if isinstance(each, ByHand)]
    for doubled in sorted({each for each in ids if ids.count(each) > 1}):
        yield t("Criterion “{id}” stands twice", id=doubled), t("give each its own id")
    for odd in (each for each in ids if not each or len(each.split()) != 1):
        yield t("“{id}” is no id", id=odd), t("write it without blanks, such as 1.2")


def _classes(table: ScoreTable) -> Iterator[tuple[Text, Text]]:
    ratings = [each.rating for each in table.classes]
    if len(set(ratings)) != len(ratings):
        yield t("A class stands twice"), t("keep one of the two")
    if not table.classes or table.classes[-1].at_least is not None or table.classes[-1].conditions:
        yield t("The lowest class must take everybody"), t("leave out its “at_least” and its conditions")
    if any(each.at_least is None for each in table.classes[:-1]):
        yield t("A class above the lowest has no “at_least”"), t("write its threshold")
    yield from _conditions(table)
    yield from _thresholds(table)
    for quota in table.quotas:
        if quota.rating not in ratings or quota.of not in ratings or quota.rating == quota.of:
            yield t("A quota names a class that is not in the table"), t("name two different classes of it")


def _conditions(table: ScoreTable) -> Iterator[tuple[Text, Text]]:
    known = {each.id for each in table.criteria()} | {group.id for group in table.groups}
    for each in table.classes:
        for condition in each.conditions:
            if isinstance(condition, PointsAtLeast):
                if condition.of not in known:
                    yield t("There is no criterion “{id}”", id=condition.of), meant(condition.of, known)
            elif table.subject == "unit" and not isinstance(condition, ByHand):
                yield (
                    t("Condition “{id}” asks about a person", id=condition.id),
                    t("for units, use by_hand or points_at_least"),
                )


def _thresholds(table: ScoreTable) -> Iterator[tuple[Text, Text]]:
    days = {day for each in table.classes if each.at_least for day in each.at_least.values} | {table.since}
    for day in sorted(each for each in days if each >= table.since):
        try:
            levels = [each.at_least.on(day).value for each in table.classes if each.at_least]
        except ConfigError as error:
            yield error.what, t("add a value with its source that begins on or before that day")
            return
        known = [each for each in levels if each is not None]
        if len(known) != len(levels) or sorted(set(known), reverse=True) != known:
            yield t("The thresholds on {day} do not fall from class to class", day=day), t("write the highest first")


def _criterion(criterion: ScoreCriterion) -> Iterator[tuple[Text, Text]]:
    if criterion.maximum <= 0 or criterion.step <= 0 or criterion.weight <= 0:
        yield t("Maximum, step and weight must be above zero"), t("correct the number")
    elif criterion.maximum % criterion.step:
        yield t("The maximum is no multiple of the step"), t("correct one of the two")
    if criterion.computed is not None:
        yield from _computed(criterion.computed, criterion.maximum)


def _computed(rule: Computed, maximum: Decimal) -> Iterator[tuple[Text, Text]]:
    linear = rule.linear_from is not None and rule.linear_to is not None
    if linear == bool(rule.bands) or (rule.linear_from is None) != (rule.linear_to is None):
        yield t("A computed criterion goes by bands or in proportion"), t("write “bands”, or both linear ends")
    if rule.linear_from is not None and rule.linear_to is not None and rule.linear_to <= rule.linear_from:
        yield t("The linear ends do not rise"), t("write the lower one first")
    starts = [band.at_least for band in rule.bands]
    points = [band.points for band in rule.bands]
    if starts != sorted(set(starts)) or points != sorted(points) or any(not 0 <= each <= maximum for each in points):
        yield t("The bands do not rise within the maximum"), t("write the lowest first")
    if rule.kind in ("attendance_rate", "trainings") and not rule.kinds:
        yield t("The kinds of events are missing"), t("name them, such as [conference, briefing]")
