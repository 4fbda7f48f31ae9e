"""The closed set of criteria a standard is made of; `records.rules.standards.judging` judges each kind."""

from __future__ import annotations

from datetime import date
from typing import Literal

from config.settings.dated import Confidence, Dated, Words
from config.settings.shapes import Shape

Credential = Literal["education", "political_theory", "language", "informatics"]
TrainingKind = Literal["conference", "briefing", "course", "contest", "visit"]


class Criterion(Shape, frozen=True, tag_field="kind"):
    """What every criterion says of itself.

    Attributes:
        id: unique in its standard.
        title: the rule in a few plain words.
        source: key of `sources.yaml` for the criterion as a whole.
        confidence: whether the office has confirmed it.
    """

    id: str
    title: Words
    source: str
    confidence: Confidence


class CredentialAtLeast(Criterion, frozen=True, tag="credential_at_least"):
    """A credential of at least a level, with a paper that proves it where `evidence` is asked.

    Levels, lowest first: `education`: none, lower_secondary, upper_secondary, college, bachelor, master, doctor;
    `political_theory`: elementary, intermediate, advanced.
    """

    credential: Credential
    at_least: Dated[str]
    evidence: bool = False


class PartyMember(Criterion, frozen=True, tag="party_member"):
    """A full Party member for at least so many months (0: any full member).

    With `probation`, members on probation count too, and months from the day of admission.
    """

    months: Dated[int]
    probation: bool = False


class AgeBetween(Criterion, frozen=True, tag="age_between"):
    """Whole years of age; either bound may be absent."""

    at_least: Dated[int] | None = None
    at_most: Dated[int] | None = None


class ServiceAtLeast(Criterion, frozen=True, tag="service_at_least"):
    """Months served in the role, counted once where appointments overlap."""

    months: Dated[int]


class AppointmentInForce(Criterion, frozen=True, tag="appointment_in_force"):
    """An appointment whose term has not run out."""


class TrainingWithin(Criterion, frozen=True, tag="training_within"):
    """At least so many completed trainings of the kinds in the window before the day."""

    kinds: tuple[TrainingKind, ...]
    times: Dated[int]
    months: Dated[int]


class AttendanceAtLeast(Criterion, frozen=True, tag="attendance_at_least"):
    """At least so many percent of the sessions called in the window; excused ones do not count."""

    kinds: tuple[TrainingKind, ...]
    percent: Dated[int]
    months: Dated[int]


class NoDiscipline(Criterion, frozen=True, tag="no_discipline"):
    """No discipline in force and none pending on the day."""


class DocumentPresent(Criterion, frozen=True, tag="document_present"):
    """A paper is in the dossier: `decision`, `contract`, `resume`, `photo`."""

    document: str


class ByHand(Criterion, frozen=True, tag="by_hand"):
    """A question only people can answer; unknown until somebody has."""

    question: Words


class AllOf(Criterion, frozen=True, tag="all_of"):
    """Met when each part is met."""

    criteria: tuple[AnyCriterion, ...]


class AnyOf(Criterion, frozen=True, tag="any_of"):
    """Met when one part is met."""

    criteria: tuple[AnyCriterion, ...]


class Not(Criterion, frozen=True, tag="not"):
    """Met when its part is not met."""

    criterion: AnyCriterion


AnyCriterion = (
    CredentialAtLeast
    | PartyMember
    | AgeBetween
    | ServiceAtLeast
    | AppointmentInForce
    | TrainingWithin
    | AttendanceAtLeast
    | NoDiscipline
    | DocumentPresent
    | ByHand
    | AllOf
    | AnyOf
    | Not
)


class Standard(Shape, frozen=True):
    """`standards/*.yaml`: what a role asks for at some levels (all when none is named), while it is in force."""

    id: str
    role: str
    title: Words
    since: date
    reviewed_on: date
    criteria: tuple[AnyCriterion, ...]
    levels: tuple[str, ...] = ()
    until: date | None = None
