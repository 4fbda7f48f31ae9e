"""The share of the sessions called that somebody came to."""

from __future__ import annotations

from datetime import date, timedelta

from config.settings.criteria import AttendanceAtLeast
from config.text import Text, t
from records.domain.findings import Verdict
from records.domain.people.dossier import Dossier
from records.domain.people.sessions import CAME, PRESENCES, window_start
from records.rules.criteria.kind import PAGE, Kind, shown_on, training_words
from records.rules.standards.answers import Answer, by, met, no_longer, sure_as

_COUNTED = tuple(each for each in PRESENCES if each not in ("excused", "called"))
"""Who had leave, or of whom nobody has said yet whether they came, is left out."""


def _judge(criterion: AttendanceAtLeast, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
    """Share of the sessions called and recorded, those with leave left out.

    A session that nobody recorded speaks neither way: where those could still turn the verdict, and where there is none
    recorded, it is unknown.
    """
    percent, months = criterion.percent.on(dossier.on), criterion.months.on(dossier.on)
    if percent.value is None or months.value is None:
        return no_longer(percent if percent.value is None else months)
    window = dossier.sessions.pick(criterion.kinds, (*_COUNTED, "called"), since=window_start(months.value, dossier.on))
    called = window.pick(criterion.kinds, _COUNTED)
    yesterday = dossier.on - timedelta(days=1)  # one of today may still be recorded
    silent = len(window.upto(yesterday).pick(criterion.kinds, ("called",)))
    if not called:
        reason = t("No session is recorded in the last {months} months", months=months.value)
        return by(
            sure_as(percent, months), Verdict.UNKNOWN, reason, missing=(t("the attendance lists of the sessions"),)
        )
    came = len(called.pick(criterion.kinds, CAME))
    reason = t(
        "Came to {came} of {called} sessions in {months} months; {asked} % is asked",
        came=came,
        called=len(called),
        months=months.value,
        asked=percent.value,
    )
    least, most = (each * 100 >= percent.value * (len(called) + silent) for each in (came, came + silent))
    if silent:
        reason = t("{reason}; {n} sessions are not recorded", reason=reason, n=silent)
    if least != most:
        missing = (t("the attendance lists of {n} sessions", n=silent),)
        return by(sure_as(percent, months), Verdict.UNKNOWN, reason, missing=missing)
    return by(sure_as(percent, months), met(least), reason)


def _asks(criterion: AttendanceAtLeast, on: date) -> Text:
    percent, months = shown_on(criterion.percent, on), shown_on(criterion.months, on)
    kinds = training_words(criterion.kinds)
    return t("at least {percent} % within {months} months: {kinds}", percent=percent, months=months, kinds=kinds)


KIND = Kind(_judge, _asks, PAGE, private=False)
