"""Conditions of a class: points reached, answers given by hand, and what the standards can judge of a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from config.settings.criteria import ByHand
from config.settings.dated import Confidence
from config.settings.scoring import AnyCondition, PointsAtLeast, ScoreTable
from config.text import Text, t
from records.domain.findings import Finding, Verdict
from records.domain.people.dossier import Dossier
from records.rules.standards.answers import met
from records.rules.standards.judging import find


def condition_finding(
    condition: AnyCondition,
    table: ScoreTable,
    points: Mapping[str, Decimal],
    answers: Mapping[str, bool],
    dossier: Dossier | None,
    *,
    role: str,
    day: date,
) -> Finding:
    """The finding on one condition of a class on `day`, the last of the cycle; a unit has no `dossier`.

    Raises:
        ConfigError: when a value of the condition holds only from a later day.
    """
    if isinstance(condition, PointsAtLeast):
        return _points_at_least(condition, table, points, day)
    if isinstance(condition, ByHand):
        return _by_hand(condition, answers)
    if dossier is None:
        return _finding(condition, Verdict.UNKNOWN, t("Nothing is recorded of this person"), condition.confidence)
    return find(condition, dossier, role)


def _by_hand(condition: ByHand, answers: Mapping[str, bool]) -> Finding:
    answer = answers.get(condition.id)
    if answer is None:
        return _finding(condition, Verdict.UNKNOWN, t("Not answered yet"), condition.confidence)
    reason = t("Answered: yes") if answer else t("Answered: no")
    return _finding(condition, met(answer), reason, condition.confidence)


def _points_at_least(condition: PointsAtLeast, table: ScoreTable, points: Mapping[str, Decimal], day: date) -> Finding:
    rule = condition.percent.on(day)
    meant = [each for group in table.groups if group.id == condition.of for each in group.criteria]
    meant = meant or [each for each in table.criteria() if each.id == condition.of]
    most = sum((each.maximum * each.weight for each in meant), Decimal(0))
    doubtful: Confidence = "to_confirm" if "to_confirm" in (rule.confidence, condition.confidence) else "confirmed"
    if rule.value is None:
        return _finding(condition, Verdict.NOT_APPLICABLE, t("No longer asked since {day}", day=rule.since), doubtful)
    if any(each.id not in points for each in meant):
        return _finding(condition, Verdict.UNKNOWN, t("Not scored yet"), doubtful)
    got = sum((points[each.id] * each.weight for each in meant), Decimal(0))
    reason = t("{got} of {most} points; {percent} % is asked", got=got, most=most, percent=rule.value)
    return _finding(condition, met(got * 100 >= rule.value * most), reason, doubtful)


def _finding(condition: AnyCondition, verdict: Verdict, reason: Text, confidence: Confidence) -> Finding:
    return Finding(
        criterion=condition.id,
        title=condition.title,
        verdict=verdict,
        reason=reason,
        source=condition.source,
        confidence=confidence,
    )
