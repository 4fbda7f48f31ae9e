"""The merits of a person or a unit: all that decides what they may be commended for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from records.domain.appointments import Absence, Appointment, Discipline
from records.domain.awards.awards import Award, Rating
from records.domain.awards.initiatives import Initiative
from records.domain.awards.registrations import TitleRegistration
from records.domain.dates import PartialDate
from records.domain.units import Stay

RATINGS: tuple[Rating, ...] = ("not_completed", "completed", "good", "excellent")
"""Classes, lowest first."""


@dataclass(frozen=True, slots=True)
class YearClass:
    """The class of a year, and the record it stands in."""

    rating: Rating
    record: str


@dataclass(frozen=True, slots=True)
class PartyPapers:
    """Days of admission (on probation) and of full membership, and what is known apart from them."""

    probation: PartialDate | None = None
    official: PartialDate | None = None
    member: bool | None = None

    def __bool__(self) -> bool:
        """Whether they say anything."""
        return self != PartyPapers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merits:
    """What is recorded of a person or a unit.

    Attributes:
        subject: id of the person or unit.
        ratings: kind of rating -> year -> class; a year that is absent was not rated. One kind is never another.
        awards: those that count.
        initiatives: those that the person has a part in.
        registrations: of titles.
        registering: years of which the book tells who registered; of any other, that nobody did says nothing.
        party: what the papers say of the person's membership of the Party.
        before: units the person was in earlier, oldest first.
        answers: (title, condition) -> year -> what people answered.
        unit: whether it is a collective; `until` is the last day it existed, where it ended.
        members: of a collective, at the end of the year judged.
        register_since: first year of achievement of which the register tells every award; that none is found for an
            earlier year says nothing. 0: it tells all.
    """

    subject: str
    ratings: Mapping[str, Mapping[int, YearClass]] = field(default_factory=dict)
    awards: tuple[Award, ...] = ()
    discipline: tuple[Discipline, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    answers: Mapping[tuple[str, str], Mapping[int, bool]] = field(default_factory=dict)
    unit: bool = False
    until: date | None = None
    members: tuple[Merits, ...] = ()
    register_since: int = 0
    party: PartyPapers = PartyPapers()  # frozen
    before: tuple[Stay, ...] = ()
    absences: tuple[Absence, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    registrations: tuple[TitleRegistration, ...] = ()
    registering: frozenset[int] = frozenset()
