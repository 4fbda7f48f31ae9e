"""Judging a dossier against a standard: every verdict carries its numbers, its rule and its source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from config.settings.criteria import (
    AgeBetween,
    AllOf,
    AnyCriterion,
    AnyOf,
    AppointmentInForce,
    AttendanceAtLeast,
    ByHand,
    CredentialAtLeast,
    DocumentPresent,
    NoDiscipline,
    Not,
    PartyMember,
    ServiceAtLeast,
    Standard,
    TrainingWithin,
)
from config.text import t
from records.domain.findings import Finding, Judgement, Verdict, overall
from records.domain.people.dossier import Dossier
from records.rules.standards import person_criteria, service_criteria
from records.rules.standards.answers import Answer, answered, least_sure

_JUDGES: dict[type, Callable[[Any, Dossier, str], Answer]] = {
    CredentialAtLeast: person_criteria.credential,
    PartyMember: person_criteria.party_member,
    AgeBetween: person_criteria.age,
    DocumentPresent: person_criteria.document,
    NoDiscipline: person_criteria.no_discipline,
    ServiceAtLeast: service_criteria.service,
    AppointmentInForce: service_criteria.appointment,
    TrainingWithin: service_criteria.training,
    AttendanceAtLeast: service_criteria.attendance,
}


def judge(dossier: Dossier, role: str, level: str, standard: Standard | None) -> Judgement:
    """Judge a person in a role and level under `standard`, on the dossier's day.

    `standard` is the one that holds for the role and level on that day; None when there is none, which makes the
    verdict *not applicable*.
    """
    findings = tuple(find(criterion, dossier, role) for criterion in standard.criteria) if standard else ()
    return Judgement(
        person=dossier.person.id,
        role=role,
        level=level,
        on=dossier.on,
        standard=standard.id if standard else "",
        verdict=overall(findings),
        findings=findings,
    )


def find(criterion: AnyCriterion, dossier: Dossier, role: str) -> Finding:
    """The finding on one criterion, compound ones with the findings of their parts.

    One whose value holds only from a later day is *not enough data*, and says so: no rule is never taken for one met.
    """
    parts: tuple[Finding, ...] = ()
    if isinstance(criterion, AllOf | AnyOf):
        parts = tuple(find(part, dossier, role) for part in criterion.criteria)
        answer = _all_of(parts) if isinstance(criterion, AllOf) else _any_of(parts)
    elif isinstance(criterion, Not):
        parts = (find(criterion.criterion, dossier, role),)
        answer = _not(parts[0])
    elif isinstance(criterion, ByHand):
        answer = _by_hand(criterion, dossier, role)
    else:
        answer = answered(lambda: _JUDGES[type(criterion)](criterion, dossier, role))
    deciding = [part for part in parts if part.verdict is answer.verdict] or parts
    doubtful = "to_confirm" in (answer.confidence, criterion.confidence, least_sure(deciding))
    return Finding(
        criterion=criterion.id,
        title=criterion.title,
        verdict=answer.verdict,
        reason=answer.reason,
        source=answer.source or criterion.source,
        confidence="to_confirm" if doubtful else "confirmed",
        until=answer.until,
        records=answer.records,
        parts=parts,
        missing=answer.missing,
    )


def _counts(parts: tuple[Finding, ...]) -> dict[Verdict, int]:
    return {verdict: sum(part.verdict is verdict for part in parts) for verdict in Verdict}


def _by_hand(criterion: ByHand, dossier: Dossier, role: str) -> Answer:
    given = [each for each in dossier.answers if each.criterion == criterion.id and each.role == role]
    if not given:
        missing = (t("the office's answer: {question}", question=criterion.question),)
        return Answer(Verdict.UNKNOWN, t("To be answered by the office: no answer is recorded"), missing=missing)
    last = given[-1]
    reason = t("Answered by {who} on {day}: {note}", who=last.by, day=last.day, note=last.note or "…")
    return Answer(Verdict.MET if last.yes else Verdict.NOT_MET, reason, records=(last.id,))


def _all_of(parts: tuple[Finding, ...]) -> Answer:
    met = _counts(parts)[Verdict.MET]
    verdict = overall(parts)
    ends = [part.until for part in parts if part.until is not None] if verdict is Verdict.MET else []
    reason = t("{met} of {all} parts are met; all are asked", met=met, all=len(parts))
    return Answer(verdict, reason, until=min(ends, default=None))


def _any_of(parts: tuple[Finding, ...]) -> Answer:
    counts = _counts(parts)
    order = (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET)
    verdict = next((each for each in order if counts[each]), Verdict.NOT_APPLICABLE)
    ends = [part.until for part in parts if part.verdict is Verdict.MET]
    known = [end for end in ends if end is not None]
    until = max(known) if verdict is Verdict.MET and len(known) == len(ends) else None
    reason = t("{met} of {all} parts are met; one is asked", met=counts[Verdict.MET], all=len(parts))
    return Answer(verdict, reason, until=until)


def _not(part: Finding) -> Answer:
    flipped = {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET}
    return Answer(
        flipped.get(part.verdict, part.verdict), t("The opposite of: {reason}", reason=part.reason), until=part.until
    )
