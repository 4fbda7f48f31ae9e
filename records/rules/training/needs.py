"""Which training a person lacks, or will lack by a day, read from the findings of the standard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from config.settings.criteria import AllOf, AnyCriterion, AnyOf, Standard, TrainingWithin
from records.domain.findings import Finding, Verdict
from records.domain.people.dossier import Dossier
from records.rules.standards.judging import find


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingNeed:
    """A training that a standard asks for and a person has not, or will not have.

    Attributes:
        day: the first day without it; the day asked about where it is lacking already.
        finding: what the standard says of it then.
        lacking: whether it is lacking already.
    """

    criterion: TrainingWithin
    day: date
    finding: Finding
    lacking: bool


def training_needs(
    now: Dossier, later: Dossier, role: str, standard: Standard | None, then: Standard | None
) -> list[TrainingNeed]:
    """What a person needs in a role between the days of two dossiers of theirs, if no training is added.

    Args:
        now: as of the day asked about.
        later: as of the day by which the training is to be had; not before `now`.
        role: the role held.
        standard: of the role and level on the first day, or None where none holds.
        then: the one of the later day.

    A training that is only one way among several to meet a criterion is needed only where that criterion fails.
    """
    found: dict[str, TrainingNeed] = {}
    for criterion in standard.criteria if standard else ():
        for leaf, finding in _failing(criterion, now, role):
            found[leaf.id] = TrainingNeed(criterion=leaf, day=now.on, finding=finding, lacking=True)
    for criterion in then.criteria if then else ():
        for leaf, finding in _failing(criterion, later, role):
            if leaf.id not in found:
                day = _first_day(leaf, now, later, role)
                found[leaf.id] = TrainingNeed(criterion=leaf, day=day, finding=finding, lacking=False)
    return sorted(found.values(), key=lambda each: (each.day, each.criterion.id))


def _first_day(leaf: TrainingWithin, now: Dossier, later: Dossier, role: str) -> date:
    """The day after the last one on which it is met; the later day where only another value makes it fail."""
    until = find(leaf, now, role).until
    return later.on if until is None else min(until + timedelta(days=1), later.on)


def _failing(criterion: AnyCriterion, dossier: Dossier, role: str) -> Iterator[tuple[TrainingWithin, Finding]]:
    """The trainings in a criterion that are not met, where the criterion as a whole is not met or unknown."""
    finding = find(criterion, dossier, role)
    if finding.verdict in (Verdict.MET, Verdict.NOT_APPLICABLE):
        return
    if isinstance(criterion, TrainingWithin):
        yield criterion, finding
    elif isinstance(criterion, AllOf | AnyOf):
        for part in criterion.criteria:
            yield from _failing(part, dossier, role)
