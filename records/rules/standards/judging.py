"""Judging a dossier against a standard: every verdict carries its numbers, its rule and its source."""

from __future__ import annotations

from config.settings.criteria import AnyCriterion, Standard
from records.domain.findings import Finding, Judgement, overall
from records.domain.people.dossier import Dossier
from records.rules.criteria.register import asked
from records.rules.standards.answers import answered, least_sure


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
    rule = asked(criterion)
    parts = tuple(find(part, dossier, role) for part in rule.parts)
    answer = answered(lambda: rule.judge(dossier, role, parts))
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
        private=rule.private or any(part.private for part in parts),
    )
