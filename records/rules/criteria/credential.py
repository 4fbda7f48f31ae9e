"""A credential of at least a level, with its paper."""

from __future__ import annotations

from datetime import date

import msgspec

from config.settings.criteria import CredentialAtLeast
from config.settings.dated import InForce
from config.text import Text, t
from records.domain.dates import PartialDate
from records.domain.findings import Verdict
from records.domain.people.dossier import Dossier
from records.domain.people.person import EDUCATION, POLITICAL_THEORY, Credential
from records.rules.criteria.kind import PAGE, Kind, shown_on
from records.rules.standards.answers import Answer, by, no_longer, sure_as
from records.rules.words import level_words


def _judge(criterion: CredentialAtLeast, dossier: Dossier, role: str) -> Answer:  # noqa: ARG001  # one signature
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


def _asks(criterion: CredentialAtLeast, on: date) -> Text:
    level = shown_on(criterion.at_least, on)
    words = level_words(criterion.credential, level) if isinstance(level, str) else level
    with_paper = t("at least {level}, proved by a diploma or confirmation", level=words)
    return with_paper if criterion.evidence else t("at least {level}", level=words)


KIND = Kind(_judge, _asks, PAGE, private=False)
