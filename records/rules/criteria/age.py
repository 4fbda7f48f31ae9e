"""Whole years of age between two bounds."""

from __future__ import annotations

from datetime import date, timedelta

from config.settings.criteria import AgeBetween
from config.settings.dated import Confidence, Dated, InForce
from config.text import Text, t
from records.domain.findings import Verdict
from records.domain.people.dossier import Dossier
from records.rules.criteria.kind import Kind, shown_on
from records.rules.standards.answers import Answer, met, sure_as

_BORN = t("the whole date of birth")


def _judge(criterion: AgeBetween, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
    """Whole years of age; a birth known to the year alone is judged only where both possible ages agree."""
    low, high = _bound(criterion.at_least, dossier.on), _bound(criterion.at_most, dossier.on)
    first = low or high
    rule = sure_as(first, low, high) if first else None
    source: str = rule.source if rule else criterion.source
    confidence: Confidence = rule.confidence if rule else criterion.confidence
    asked = t("{low} to {high} years", low=_number(low), high=_number(high))
    born = dossier.person.born
    if born is None:
        return Answer(Verdict.UNKNOWN, t("The date of birth is not recorded"), source, confidence, missing=(_BORN,))
    least, most = born.years_until(dossier.on)
    bottom = low.value if low and low.value is not None else 0
    top = high.value if high and high.value is not None else 999
    verdicts = {met(bottom <= years <= top) for years in (least, most)}
    shown = f"{least}" if least == most else f"{least}-{most}"
    until = (
        _birthday(born.first_day(), top + 1) - timedelta(days=1) if top < 999 and verdicts == {Verdict.MET} else None
    )
    verdict = verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN
    return Answer(
        verdict,
        t("Is {age} years old; {asked} are asked", age=shown, asked=asked),
        source,
        confidence,
        until,
        missing=(_BORN,) if verdict is Verdict.UNKNOWN else (),
    )


def _birthday(born: date, years: int) -> date:
    """The day somebody is so many years old; who was born on 29 February is on 1 March where there is none."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def _bound(parameter: Dated[int] | None, on: date) -> InForce[int] | None:
    return parameter.on(on) if parameter else None


def _number(bound: InForce[int] | None) -> str:
    return "…" if bound is None or bound.value is None else str(bound.value)


def _asks(criterion: AgeBetween, on: date) -> Text:
    low, high = (shown_on(each, on) if each else "…" for each in (criterion.at_least, criterion.at_most))
    return t("{low} to {high} years old", low=low, high=high)


KIND = Kind(_judge, _asks, t("see who follows"), private=False)
