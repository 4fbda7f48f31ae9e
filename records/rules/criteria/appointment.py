"""An appointment within its term."""

from __future__ import annotations

from datetime import date

from config.settings.criteria import AppointmentInForce
from config.text import Text, t
from records.domain.findings import Verdict
from records.domain.people.dossier import Dossier
from records.rules.criteria.kind import Kind
from records.rules.standards.answers import Answer


def _judge(criterion: AppointmentInForce, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
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


def _asks(criterion: AppointmentInForce, on: date) -> Text:  # noqa: ARG001  # one signature
    return t("an appointment within its term")


KIND = Kind(_judge, _asks, t("renew or end"), private=False)
