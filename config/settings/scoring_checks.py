"""What must hold inside a score table; a table that does not add up is refused before anybody is scored by it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from config.errors import ConfigError
from config.settings.criteria import ByHand
from config.settings.explaining import meant
from config.settings.scoring import Computed, PointsAtLeast, ScoreCriterion, ScoreTable
from config.text import Text, t


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
