"""A working life in order of days: what is known of one person, each event with the precision of its paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from records.domain.appointments import Appointment, Discipline
from records.domain.awards.awards import Award
from records.domain.dates import PartialDate
from records.domain.people.dossier import Dossier
from records.domain.people.person import Credential
from records.domain.people.sessions import CAME
from records.domain.training import TRAINING_KINDS, Attendance

EventKind = Literal[
    "born",
    "probation",
    "official",
    "credential",
    "appointed",
    "ended",
    "moved",
    "training",
    "award",
    "discipline",
    "left",
]

_TOLD = tuple(kind for kind in TRAINING_KINDS if kind != "conference")
"""Conferences come every month, and make no life."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEvent:
    """One event.

    Attributes:
        day: as far as it is known; None when the paper has no date.
        record: what it is about; None for a day of the person's own.
        unit: id of the unit left, of a move.
    """

    kind: EventKind
    day: PartialDate | None
    record: Appointment | Attendance | Award | Credential | Discipline | None = None
    unit: str = ""


def timeline(dossier: Dossier) -> list[LifeEvent]:
    """The events of a life up to the dossier's day, oldest first; those without a date at the end.

    A year alone comes before the months and days of that year.
    """
    found = [each for each in _events(dossier) if each.day is None or each.day.first_day() <= dossier.on]
    return sorted(found, key=lambda each: (each.day is None, each.day or PartialDate(1900)))


def _events(dossier: Dossier) -> Iterator[LifeEvent]:
    person = dossier.person
    own: tuple[tuple[EventKind, PartialDate | None], ...] = (
        ("born", person.born),
        ("probation", person.party_probation),
        ("official", person.party_official),
    )
    yield from (LifeEvent(kind=kind, day=day) for kind, day in own if day is not None)
    yield from (LifeEvent(kind="credential", day=each.issued, record=each) for each in person.credentials)
    yield from (LifeEvent(kind="moved", day=_whole(each.until), unit=each.unit) for each in person.before if each.unit)
    for post in dossier.appointments:
        yield LifeEvent(kind="appointed", day=_whole(post.since or post.decided), record=post)
        if post.ended is not None:
            yield LifeEvent(kind="ended", day=_whole(post.ended), record=post)
    for attended in dossier.sessions.pick(_TOLD, CAME):
        yield LifeEvent(kind="training", day=_whole(attended.day), record=attended)
    yield from (LifeEvent(kind="award", day=_whole(each.achieved_to), record=each) for each in dossier.awards)
    yield from (LifeEvent(kind="discipline", day=_whole(each.opened), record=each) for each in dossier.discipline)
    if person.left is not None:
        yield LifeEvent(kind="left", day=_whole(person.left))


def _whole(day: date | None) -> PartialDate | None:
    return None if day is None else PartialDate.of(day)
