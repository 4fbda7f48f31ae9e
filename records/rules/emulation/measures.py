"""Points that follow from records of the cycle: attendance, trainings, duties on time, talks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from config.settings.scoring import Computed, ScoreCriterion
from config.text import Text, t
from records.domain.people.dossier import Dossier
from records.domain.people.sessions import CAME, PRESENCES, RESULTS
from records.domain.training import DutyCount

_COMPLETED = tuple(each for each in RESULTS if each != "not_completed")
_ASKED = tuple(each for each in PRESENCES if each != "excused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What records say for one criterion.

    Attributes:
        points: a multiple of the criterion's step; None when the records are silent, for silence is not zero.
        reason: what was counted.
    """

    points: Decimal | None
    reason: Text


def measure(criterion: ScoreCriterion, dossier: Dossier, first: date, last: date) -> Measured:
    """The points of a computed criterion from records of `first` to `last`, both included.

    Raises:
        ValueError: for a criterion that is scored by hand.
    """
    rule = criterion.computed
    if rule is None:
        raise ValueError(f"{criterion.id} is scored by hand")
    if rule.kind == "attendance_rate":
        return _attendance(criterion, rule, dossier, (first, last))
    value, reason = _value(rule, dossier, first, last)
    return Measured(points=None if value is None else _points(criterion, rule, value), reason=reason)


def _value(rule: Computed, dossier: Dossier, first: date, last: date) -> tuple[Fraction | None, Text]:
    # A month counts by its first day; one that the cycle cuts belongs to the cycle it begins in.
    duties = [each for each in dossier.duties if first <= each.month <= last]
    if rule.kind == "duties_on_time":
        done, due = sum(each.reports_on_time for each in duties), sum(each.reports_due for each in duties)
        return _share(done, due, t("{done} of {all} reports on time"))
    if rule.kind == "talks":
        return _talks(duties)
    if not dossier.trainings:
        return None, t("No training is recorded for this person")
    done = len(dossier.sessions.upto(last).pick(rule.kinds, CAME, since=first, results=_COMPLETED))
    return Fraction(done), t("{n} trainings completed", n=done)


def _attendance(criterion: ScoreCriterion, rule: Computed, dossier: Dossier, days: tuple[date, date]) -> Measured:
    """By the sessions recorded; without points where more of them nobody recorded: that is not enough to go by."""
    asked = dossier.sessions.upto(days[1]).pick(rule.kinds, _ASKED, since=days[0])
    silent, came = len(asked.pick(rule.kinds, ("called",))), len(asked.pick(rule.kinds, CAME))
    value, reason = _share(came, len(asked) - silent, t("Came to {done} of {all} sessions"))
    if value is None or not silent:
        return Measured(points=None if value is None else _points(criterion, rule, value), reason=reason)
    reason = t("{reason}; {n} sessions are not recorded", reason=reason, n=silent)
    enough = 2 * silent <= len(asked)
    return Measured(points=_points(criterion, rule, value) if enough else None, reason=reason)


def _talks(duties: list[DutyCount]) -> tuple[Fraction | None, Text]:
    if not duties:
        return None, t("No duties are recorded in the cycle")
    talks = sum(each.talks for each in duties)
    return Fraction(talks), t("{n} talks given", n=talks)


def _share(done: int, whole: int, words: Text) -> tuple[Fraction | None, Text]:
    if not whole:
        return None, t("Nothing is recorded in the cycle")
    return Fraction(done * 100, whole), Text(words.pattern, (("done", done), ("all", whole)))


def _points(criterion: ScoreCriterion, rule: Computed, value: Fraction) -> Decimal:
    if rule.bands:
        reached = [each.points for each in rule.bands if value >= Fraction(each.at_least)]
        return reached[-1] if reached else Decimal(0)
    assert rule.linear_from is not None  # the settings were checked: bands, or both ends
    assert rule.linear_to is not None
    low, high = Fraction(rule.linear_from), Fraction(rule.linear_to)
    part = max(Fraction(0), min((value - low) / (high - low), Fraction(1)))
    # Exact to the end: a third of the points must not fall one step short for a lost digit.
    steps = part * Fraction(criterion.maximum) // Fraction(criterion.step)
    return steps * criterion.step
