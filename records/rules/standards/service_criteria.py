"""Criteria that look at the service: appointments, months in the role, trainings, attendance."""

from __future__ import annotations

from datetime import timedelta

from config.settings.criteria import AppointmentInForce, AttendanceAtLeast, ServiceAtLeast, TrainingWithin
from config.text import t
from records.domain.appointments import months_served
from records.domain.dates import add_months
from records.domain.findings import Verdict
from records.domain.people.dossier import Dossier
from records.domain.training import Attendance
from records.rules.standards.answers import Answer, by, met, no_longer, sure_as


def appointment(criterion: AppointmentInForce, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
    """Whether the latest appointment to the role is within its term; one without a number is unknown."""
    latest = dossier.latest(role)
    if latest is None:
        return Answer(Verdict.NOT_MET, t("Holds no appointment to this role on the day"))
    records = (latest.id,)
    last = latest.last_day()
    if last is not None and last < dossier.on:
        return Answer(
            Verdict.NOT_MET, t("The term ended on {day} and no renewal is recorded", day=last), records=records
        )
    if latest.since is None or not latest.number:
        reason = t("The number or the first day of the appointment is not recorded")
        missing = (t("the number and first day of the decision or contract"),)
        return Answer(Verdict.UNKNOWN, reason, records=records, until=last, missing=missing)
    if last is None:
        reason = t("Appointed by {number}, in force until withdrawn", number=latest.number)
    else:
        reason = t("Appointed by {number}, in force until {day}", number=latest.number, day=last)
    return Answer(Verdict.MET, reason, until=last, records=records)


def service(criterion: ServiceAtLeast, dossier: Dossier, role: str) -> Answer:
    """Months in the role, overlaps counted once."""
    rule = criterion.months.on(dossier.on)
    if rule.value is None:
        return no_longer(rule)
    served = months_served(dossier.appointments, role, dossier.on)
    if served is None:
        missing = (t("the first day in the role"),)
        return by(rule, Verdict.UNKNOWN, t("The first day in the role is not recorded"), missing=missing)
    reason = t("Served {served} months; {asked} are asked", served=served, asked=rule.value)
    open_start = any(each.role == role and each.since is None for each in dossier.appointments)
    if served < rule.value and open_start:
        return by(rule, Verdict.UNKNOWN, reason, missing=(t("the first day of every appointment"),))
    return by(rule, met(served >= rule.value), reason)


def training(criterion: TrainingWithin, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
    """Completed trainings in the window; the day of a training is the first day of its window."""
    times, months = criterion.times.on(dossier.on), criterion.months.on(dossier.on)
    if times.value is None or months.value is None:
        return no_longer(times if times.value is None else months)
    window = months.value
    done = [each for each in dossier.trainings if _completed(each, criterion) and _counts(each, window, dossier)]
    reason = t(
        "Completed {done} trainings in {months} months; {asked} are asked",
        done=len(done),
        months=months.value,
        asked=times.value,
    )
    enough = len(done) >= times.value
    until = None
    if enough and times.value > 0:
        until = add_months(done[-times.value].day, months.value) - timedelta(days=1)
    records = tuple(each.id for each in done[-3:])
    since = dossier.told_since(criterion.kinds)
    if not enough and since is not None and add_months(since, window) > dossier.on:
        # What came before the book began is no failure of the person.
        missing = (t("the trainings before {day}", day=since),)
        return by(sure_as(times, months), Verdict.UNKNOWN, reason, records=records, missing=missing)
    return by(sure_as(times, months), met(enough), reason, until=until, records=records)


def _counts(each: Attendance, months: int, dossier: Dossier) -> bool:
    # Counted forward from the training's day, as the last valid day is: a month's end has no other exact answer.
    return add_months(each.day, months) > dossier.on


def _completed(each: Attendance, criterion: TrainingWithin) -> bool:
    return each.kind in criterion.kinds and each.came() and each.result != "not_completed"


def attendance(criterion: AttendanceAtLeast, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
    """Share of the sessions called; those with leave or not yet recorded are left out; with none it is unknown."""
    percent, months = criterion.percent.on(dossier.on), criterion.months.on(dossier.on)
    if percent.value is None or months.value is None:
        return no_longer(percent if percent.value is None else months)
    window = months.value
    called = [
        each
        for each in dossier.trainings
        if each.kind in criterion.kinds
        and _counts(each, window, dossier)
        and each.presence not in ("excused", "called")
    ]
    if not called:
        reason = t("No session is recorded in the last {months} months", months=months.value)
        return by(
            sure_as(percent, months), Verdict.UNKNOWN, reason, missing=(t("the attendance lists of the sessions"),)
        )
    came = sum(each.came() for each in called)
    reason = t(
        "Came to {came} of {called} sessions in {months} months; {asked} % is asked",
        came=came,
        called=len(called),
        months=months.value,
        asked=percent.value,
    )
    return by(sure_as(percent, months), met(came * 100 >= percent.value * len(called)), reason)
