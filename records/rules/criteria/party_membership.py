"""Full membership of the Party, or membership at all."""

from __future__ import annotations

from datetime import date

from config.settings.criteria import PartyMember
from config.settings.dated import InForce
from config.text import Text, t
from records.domain.dates import PartialDate, add_months
from records.domain.findings import Verdict
from records.domain.people.dossier import Dossier
from records.rules.criteria.kind import PAGE, Kind, shown_on
from records.rules.standards.answers import Answer, by, met, no_longer, sure_as

_OFFICIAL = t("the whole day of full Party membership")
_ADMITTED = t("the whole day of admission to the Party")


def _judge(criterion: PartyMember, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
    """Membership counts from its day; a year alone is read at its latest and its earliest.

    Full membership is asked for, where the rule does not say that probation counts too.
    """
    rule = criterion.months.on(dossier.on)
    if rule.value is None:
        return no_longer(rule)
    person = dossier.person
    days = (person.party_probation, person.party_official) if criterion.probation else (person.party_official,)
    since = min((each for each in days if each is not None), default=None)
    missing = (_ADMITTED if criterion.probation else _OFFICIAL,)
    if since is None:
        return _no_day(criterion, rule, dossier, missing)
    latest, earliest = add_months(since.last_day(), rule.value), add_months(since.first_day(), rule.value)
    day = since.shown()
    reason = t("Party member since {day}", day=day) if criterion.probation else t("Full member since {day}", day=day)
    if rule.value:
        reason = t("{reason}; {months} months are asked", reason=reason, months=rule.value)
    if earliest <= dossier.on < latest:
        return by(rule, Verdict.UNKNOWN, reason, missing=missing)
    return by(rule, met(latest <= dossier.on), reason)


def _no_day(criterion: PartyMember, rule: InForce[int], dossier: Dossier, missing: tuple[Text, ...]) -> Answer:
    """No day of the membership asked for is recorded."""
    person = dossier.person
    if person.party_member is False:
        return by(rule, Verdict.NOT_MET, t("Is not a Party member"))
    if criterion.probation:
        if person.party_member and not rule.value:
            return by(rule, Verdict.MET, t("Is a Party member"))
        return by(rule, Verdict.UNKNOWN, t("The day of admission to the Party is not recorded"), missing=missing)
    if person.party_probation is not None:
        return _on_probation(rule, person.party_probation, dossier)
    return by(rule, Verdict.UNKNOWN, t("The day of full Party membership is not recorded"), missing=missing)


def _on_probation(rule: InForce[int], joined: PartialDate, dossier: Dossier) -> Answer:
    """Most lists have one column, the day of joining: who joined long ago is hardly on probation still."""
    usual = dossier.practice.probation_months.on(dossier.on) if dossier.practice else None
    if usual is not None and usual.value is not None and dossier.on < add_months(joined.first_day(), usual.value):
        return by(sure_as(rule, usual), Verdict.NOT_MET, t("Is a probationary member; a full member is asked"))
    reason = t("Joined on {day}; the day of full membership is not recorded", day=joined.shown())
    return by(rule, Verdict.UNKNOWN, reason, missing=(_OFFICIAL,))


def _asks(criterion: PartyMember, on: date) -> Text:
    if on >= min(criterion.months.values) and criterion.months.on(on).value == 0:
        return t("is a Party member") if criterion.probation else t("is a full Party member")
    return t("full member for at least {months} months", months=shown_on(criterion.months, on))


KIND = Kind(_judge, _asks, PAGE, private=True)
