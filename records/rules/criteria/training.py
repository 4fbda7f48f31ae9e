"""Completed trainings in a window."""

from __future__ import annotations

from datetime import date, timedelta

from config.settings.criteria import TrainingWithin
from config.text import Text, t
from records.domain.dates import add_months
from records.domain.findings import Verdict
from records.domain.people.dossier import Dossier
from records.domain.people.sessions import CAME, window_start
from records.rules.criteria.kind import Kind, shown_on, training_words
from records.rules.standards.answers import Answer, by, met, no_longer, sure_as


def _judge(criterion: TrainingWithin, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
    """Completed trainings in the window; the day of a training is the first day of its window."""
    times, months = criterion.times.on(dossier.on), criterion.months.on(dossier.on)
    if times.value is None or months.value is None:
        return no_longer(times if times.value is None else months)
    window = months.value
    done = dossier.sessions.pick(
        criterion.kinds, CAME, since=window_start(window, dossier.on), results=("", "completed")
    )
    reason = t(
        "Completed {done} trainings in {months} months; {asked} are asked",
        done=len(done),
        months=months.value,
        asked=times.value,
    )
    enough = len(done) >= times.value
    until = None
    if enough and times.value > 0:
        until = add_months(done.day(-times.value), months.value) - timedelta(days=1)
    records = done[-3:].ids()
    since = dossier.told_since(criterion.kinds)
    if not enough and since is not None and add_months(since, window) > dossier.on:
        # What came before the book began is no failure of the person.
        missing = (t("the trainings before {day}", day=since),)
        return by(sure_as(times, months), Verdict.UNKNOWN, reason, records=records, missing=missing)
    return by(sure_as(times, months), met(enough), reason, until=until, records=records)


def _asks(criterion: TrainingWithin, on: date) -> Text:
    times, months = shown_on(criterion.times, on), shown_on(criterion.months, on)
    kinds = training_words(criterion.kinds)
    return t("at least {times} completed within {months} months: {kinds}", times=times, months=months, kinds=kinds)


KIND = Kind(_judge, _asks, t("call to a class"), private=False)
