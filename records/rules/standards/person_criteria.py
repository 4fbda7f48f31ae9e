"""Criteria that look at the person: credentials, Party membership, age, papers, discipline."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from config.settings.criteria import AgeBetween, CredentialAtLeast, DocumentPresent, NoDiscipline, PartyMember
from config.settings.dated import Confidence, Dated, InForce
from config.text import Text, t
from records.domain.dates import PartialDate, add_months
from records.domain.findings import Verdict
from records.domain.people.dossier import Dossier
from records.domain.people.person import EDUCATION, POLITICAL_THEORY, Credential
from records.rules.standards.answers import Answer, by, met, no_longer, sure_as
from records.rules.words import document_words, level_words


def credential(criterion: CredentialAtLeast, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001  # one signature
    """A level counts only with its paper where the rule asks for one; a level without it is unknown.

    Every level held is looked at: one with its paper counts even where a higher one has none.
    """
    rule = criterion.at_least.on(dossier.on)
    if rule.value is None:
        return no_longer(rule)
    levels = EDUCATION if criterion.credential == "education" else POLITICAL_THEORY
    asked = level_words(criterion.credential, rule.value)
    held = [each for each in dossier.person.credentials if each.kind == criterion.credential and each.level in levels]
    if not held:
        reason = t("No paper shows a level; at least {asked} is asked", asked=asked)
        return by(rule, Verdict.UNKNOWN, reason, missing=(t("a paper that shows the level: {asked}", asked=asked),))
    held.sort(key=lambda each: levels.index(each.level), reverse=True)
    enough = [each for each in held if levels.index(each.level) >= levels.index(rule.value)]
    if not enough:
        level = level_words(criterion.credential, held[0].level)
        return by(rule, Verdict.NOT_MET, t("Has {level}; at least {asked} is asked", level=level, asked=asked))
    answers = [_paper(criterion, rule, each, dossier, asked) for each in enough]
    order = (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET)
    return min(answers, key=lambda each: order.index(each.verdict))


def _paper(criterion: CredentialAtLeast, rule: InForce[str], held: Credential, dossier: Dossier, asked: Text) -> Answer:
    """What one credential of a level that is high enough proves."""
    level = level_words(criterion.credential, held.level)
    if criterion.evidence and not held.evidence:
        reason = t("Has {level} but no diploma or confirmation is recorded", level=level)
        return by(rule, Verdict.UNKNOWN, reason, missing=(t("the diploma or confirmation of {level}", level=level),))
    if held.evidence == "confirmation" and criterion.credential == "political_theory":
        return _confirmed_in_time(rule, level, held.issued, dossier)
    return by(rule, Verdict.MET, t("Has {level}; at least {asked} is asked", level=level, asked=asked))


def _confirmed_in_time(rule: InForce[str], level: Text, issued: PartialDate | None, dossier: Dossier) -> Answer:
    missing = (t("the day of the confirmation of {level}", level=level),)
    if issued is None or dossier.practice is None:
        return by(rule, Verdict.UNKNOWN, t("The confirmation of {level} bears no date", level=level), missing=missing)
    limit = dossier.practice.confirmations_before.on(dossier.on)
    if limit.value is None:
        return by(rule, Verdict.MET, t("Has {level}, confirmed on {issued}", level=level, issued=issued.shown()))
    rule = sure_as(msgspec.structs.replace(rule, source=limit.source), limit)
    if issued.last_day() < limit.value:
        return by(rule, Verdict.MET, t("Has {level}, confirmed on {issued}", level=level, issued=issued.shown()))
    reason = t(
        "The confirmation of {level} is of {issued}; it counts only if issued before {last}",
        level=level,
        issued=issued.shown(),
        last=limit.value,
    )
    if issued.first_day() < limit.value:
        return by(rule, Verdict.UNKNOWN, reason, missing=missing)
    return by(rule, Verdict.NOT_MET, reason)


_OFFICIAL = t("the whole day of full Party membership")
_ADMITTED = t("the whole day of admission to the Party")
_BORN = t("the whole date of birth")


def party_member(criterion: PartyMember, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
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
    reason = t("Full member since {since}; {months} months are asked", since=since.shown(), months=rule.value)
    if criterion.probation:
        reason = t("Party member since {since}; {months} months are asked", since=since.shown(), months=rule.value)
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


def age(criterion: AgeBetween, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
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


def document(criterion: DocumentPresent, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
    """A paper that nobody entered is unknown, not missing: it may lie in the cupboard."""
    if criterion.document in dossier.person.documents:
        return Answer(Verdict.MET, t("The paper is in the dossier"))
    words = document_words(criterion.document)
    return Answer(Verdict.UNKNOWN, t("The paper is not recorded in the dossier"), missing=(words,))


_STANDING = ("in_force", "pending")


def no_discipline(criterion: NoDiscipline, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001
    """A pending verification weighs like a measure in force; a lapsed one no longer counts."""
    standing = {
        state: [each for each in dossier.discipline if each.state_on(dossier.on) == state] for state in _STANDING
    }
    records = tuple(each.id for found in standing.values() for each in found)
    if found := standing["in_force"]:
        ends = [_eve(each.lapses) for each in found]
        until = None if None in ends or standing["pending"] else max(filter(None, ends))
        reason = t("Under discipline since {day}", day=found[0].decided)
        return Answer(Verdict.NOT_MET, reason, until=until, records=records)
    if found := standing["pending"]:
        reason = t("A verification is pending since {day}", day=found[0].opened)
        return Answer(Verdict.NOT_MET, reason, records=records)
    return Answer(Verdict.MET, t("No discipline in force and none pending"))


def _eve(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None
