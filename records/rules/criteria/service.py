"""Months in the role."""

from __future__ import annotations

from datetime import date

from config.settings.criteria import ServiceAtLeast
from config.text import Text, t
from records.domain.appointments import months_served
from records.domain.findings import Verdict
from records.domain.people.dossier import Dossier
from records.rules.criteria.kind import PAGE, Kind, shown_on
from records.rules.standards.answers import Answer, by, met, no_longer


def _judge(criterion: ServiceAtLeast, dossier: Dossier, role: str) -> Answer:
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


def _asks(criterion: ServiceAtLeast, on: date) -> Text:
    return t("at least {months} months in the role", months=shown_on(criterion.months, on))


KIND = Kind(_judge, _asks, PAGE, private=False)
