"""Totals and classes of a score sheet. Decimals only; an empty cell is not scored, which is not zero."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from config.settings.dated import Confidence
from config.settings.scoring import AnyCondition, Extra, RatingKey, Rounding, ScoreClass, ScoreCriterion, ScoreTable
from config.text import Text, t
from records.domain.awards.awards import Rating
from records.domain.findings import Finding, Verdict

Points = Mapping[str, Decimal]
Judge = Callable[[AnyCondition], Finding]
_ZERO = Decimal(0)
_NUMBER = re.compile(r"[+-]?[0-9]{1,6}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What points add up to.

    Attributes:
        base: the groups, weighted; at most the table's scale.
        bonus, penalty: after their caps; both zero or above.
        total: base plus bonus less penalty, rounded, never below zero; may exceed the scale.
        missing: criteria of the groups that nobody scored; bonus and penalty may stay empty.
    """

    base: Decimal
    bonus: Decimal
    penalty: Decimal
    total: Decimal
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classed:
    """The class of a total.

    Attributes:
        rating: empty while something is missing or a condition of the class is not answered.
        band: the class by points alone.
        findings: conditions that were asked, in the order asked; each says why.
        held: whether a condition that nobody answered keeps the class open.
        confidence: whether the office confirmed every threshold and condition that decided.
    """

    rating: Rating
    band: RatingKey
    findings: tuple[Finding, ...] = ()
    held: bool = False
    confidence: Confidence = "confirmed"


def read_points(criterion: ScoreCriterion, typed: str) -> tuple[Decimal | None, Text | None]:
    """The points typed (`8,5` or `8.5`; empty: not scored), or why they cannot stand in this column."""
    text = typed.strip().replace(",", ".")
    if not text:
        return None, None
    if not _NUMBER.fullmatch(text):
        return None, t("“{typed}” is not a number", typed=typed)
    points = Decimal(text)
    if points < 0:
        problem = t("points are not below zero; penalties have their own column")
    elif points > criterion.maximum:
        problem = t("{points} is more than the maximum of {maximum}", points=points, maximum=criterion.maximum)
    elif points % criterion.step:
        problem = t("{points} is no multiple of {step}", points=points, step=criterion.step)
    else:
        return points, None
    return None, problem


def total(table: ScoreTable, points: Points, day: date) -> Totals:
    """Add up `points` by `table` under the caps that hold on `day`, the last of the cycle.

    Raises:
        ConfigError: when a cap holds only from a later day.
    """
    base = _ZERO
    missing = []
    for group in table.groups:
        for criterion in group.criteria:
            if criterion.id in points:
                base += _clipped(criterion, points)
            else:
                missing.append(criterion.id)
    bonus, penalty = _extra(table.bonus, points, day), _extra(table.penalty, points, day)
    return Totals(
        base=rounded(base, table.rounding),
        bonus=bonus,
        penalty=penalty,
        total=rounded(max(base + bonus - penalty, _ZERO), table.rounding),
        missing=tuple(missing),
    )


def _clipped(criterion: ScoreCriterion, points: Points) -> Decimal:
    return max(_ZERO, min(points[criterion.id], criterion.maximum)) * criterion.weight


def _extra(extra: Extra | None, points: Points, day: date) -> Decimal:
    if extra is None:
        return _ZERO
    found = sum((_clipped(each, points) for each in extra.criteria if each.id in points), _ZERO)
    cap = extra.cap.on(day).value
    return found if cap is None else min(found, cap)


def rounded(value: Decimal, rounding: Rounding) -> Decimal:
    """`value` as a multiple of the step, cut or to the nearest."""
    mode = ROUND_FLOOR if rounding.mode == "down" else ROUND_HALF_UP
    return (value / rounding.step).to_integral_value(mode) * rounding.step


def band(table: ScoreTable, value: Decimal, day: date) -> RatingKey:
    """The one class whose half-open interval holds `value`, by points alone. Raises ConfigError as `total`."""
    for each in table.classes:
        if each.at_least is None:
            return each.rating
        least = each.at_least.on(day).value
        if least is not None and value >= least:
            return each.rating
    return table.classes[-1].rating


def classify(table: ScoreTable, totals: Totals, day: date, judge: Judge) -> Classed:
    """The class of `totals`: the points are necessary, and every condition of the class is too.

    `judge` gives the finding on one condition; it is asked only for classes whose points are reached.

    Raises:
        ConfigError: when a threshold holds only from a later day.
    """
    value = totals.total if table.classes_count == "total" else totals.base
    by_points = band(table, value, day)
    if totals.missing:
        return Classed(rating="", band=by_points)
    findings: list[Finding] = []
    doubtful = table.confidence == "to_confirm"
    for each in table.classes[[one.rating for one in table.classes].index(by_points) :]:
        asked = [judge(condition) for condition in each.conditions]
        findings += asked
        doubtful = doubtful or _doubtful(each, asked, day)
        verdicts = {finding.verdict for finding in asked}
        if Verdict.NOT_MET in verdicts:
            continue
        held = Verdict.UNKNOWN in verdicts
        return Classed(
            rating="" if held else each.rating,
            band=by_points,
            findings=tuple(findings),
            held=held,
            confidence="to_confirm" if doubtful else "confirmed",
        )
    raise AssertionError("the lowest class has no conditions")


def _doubtful(each: ScoreClass, asked: list[Finding], day: date) -> bool:
    threshold = each.at_least is not None and each.at_least.on(day).confidence == "to_confirm"
    return threshold or any(finding.confidence == "to_confirm" for finding in asked)
