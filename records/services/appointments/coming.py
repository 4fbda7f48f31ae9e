"""What is coming: terms that end, terms that have run out, and people who reach the age of retirement."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from config.settings.dated import Confidence
from records.domain.appointments import Appointment
from records.domain.people.names import person_key
from records.domain.people.person import Person
from records.rules.retirement import retires
from records.services.office import Office

HORIZONS = (30, 90, 365)
"""Days ahead that an office looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Something to be seen to.

    Attributes:
        kind: a term, or the age of retirement.
        day: when, or the earliest day of it.
        latest: the latest day, where only a month or year of birth is known.
        appointment: whose term it is.
        source, confidence: what the age rests on.
    """

    kind: Literal["term", "age"]
    person: Person
    unit_name: str
    day: date
    latest: date
    appointment: Appointment | None = None
    source: str = ""
    confidence: Confidence = "confirmed"

    def days_from(self, on: date) -> int:
        """Days until then; negative when it is over."""
        return (self.day - on).days


def coming(office: Office, on: date, days: int, *, overdue: bool = True) -> list[Coming]:
    """Terms and ages of retirement of people who hold a role, up to `days` after `on`, soonest first.

    Args:
        office: the open office.
        on: the day asked about.
        days: how far to look.
        overdue: also terms that have run out though nobody ended or renewed them.
    """
    last = on + timedelta(days=days)
    names = office.unit_names(on)
    held, found = serving(office, on), list[Coming]()
    for person in office.book.table(Person).glances(held):
        for post in held[person.id]:
            if (until := post.until) is not None and until <= last and (overdue or until >= on):
                unit = names.get(post.unit_on(on), "")
                found.append(
                    Coming(kind="term", person=person, unit_name=unit, day=until, latest=until, appointment=post)
                )
        if (age := _age(office, person, on, last, names)) is not None:
            found.append(age)
    return sorted(found, key=lambda each: (each.day, person_key(each.person.name), each.person.id, each.kind))


def serving(office: Office, on: date) -> dict[str, list[Appointment]]:
    """Person -> the appointments held on a day, of all who had not left."""
    gone = {person for person, left in office.book.table(Person).columns("id", "left") if left and left < on}
    found: defaultdict[str, list[Appointment]] = defaultdict(list)
    for post in office.book.table(Appointment).glances():
        if post.person not in gone and post.held_on(on):
            found[post.person].append(post)
    return dict(found)


def _age(office: Office, person: Person, on: date, last: date, names: dict[str, str]) -> Coming | None:
    if person.born is None or person.sex is None:
        return None
    reached = retires(person.born, getattr(office.settings.retirement, person.sex))
    if reached is None or reached.latest < on or reached.earliest > last:
        return None
    return Coming(
        kind="age",
        person=person,
        unit_name=names.get(person.unit_on(on), ""),
        day=reached.earliest,
        latest=reached.latest,
        source=reached.source,
        confidence=reached.confidence,
    )
