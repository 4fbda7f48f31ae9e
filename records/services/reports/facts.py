"""What report forms count: each record of the period with the fields that a form may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from config.settings.reports.forms import Base
from records.domain.appointments import Appointment, Discipline
from records.domain.awards.awards import Award, Decision, YearRating, standing
from records.domain.awards.initiatives import Initiative
from records.domain.awards.registrations import TitleRegistration
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.domain.units import Unit
from records.rules.awards.asked import achievement_year
from records.services.movements.initiatives import state_of
from records.services.office import Office

Values = Mapping[str, tuple[str, ...] | int | None]


@dataclass(frozen=True, slots=True)
class Item:
    """One record that a cell counts.

    Attributes:
        record: its id.
        subject: id of the person or unit it is about; empty where it is about nobody.
        values: field -> its values, a number, or None where the book says nothing.
        amounts: measure -> what a sum adds.
    """

    record: str
    subject: str
    values: Values
    amounts: Mapping[str, Decimal] = field(default_factory=dict)


class Facts:
    """The items of a period; each kind is read when a form first asks for it."""

    def __init__(self, office: Office, first: date, last: date) -> None:
        self.office, self.first, self.last = office, first, last
        self._read: dict[Base, list[Item]] = {}
        self._known: dict[str, Values] = {}

    def items(self, base: Base) -> list[Item]:
        """The items of a kind."""
        if base not in self._read:
            self._read[base] = list(_READERS[base](self))
        return self._read[base]

    def within(self, day: date | None) -> bool:
        """Whether a day lies in the period."""
        return day is not None and self.first <= day <= self.last

    @cached_property
    def year(self) -> int:
        """The year of achievement in which the period ends."""
        return achievement_year(self.office.settings.practice, self.last.year).of(self.last)

    @cached_property
    def held(self) -> Mapping[str, list[Appointment]]:
        """Person -> the appointments held on the last day."""
        found: dict[str, list[Appointment]] = {}
        for each in self.office.book.table(Appointment):
            if each.held_on(self.last):
                found.setdefault(each.person, []).append(each)
        return found

    @cached_property
    def expelled(self) -> frozenset[str]:
        """Who was expelled from the Party by the last day."""
        measures = self.office.book.table(Discipline)
        gone = (each for each in measures if each.measure == "expulsion" and each.decided)
        return frozenset(each.person for each in gone if each.decided and each.decided <= self.last)

    def of_subject(self, subject: str) -> Values:
        """What is known of a person or unit on the last day; each is looked up once."""
        if subject not in self._known:
            self._known[subject] = self._of_subject(subject)
        return self._known[subject]

    def _of_subject(self, subject: str) -> Values:
        unit = self.office.book.table(Unit).get(subject)
        person = self.office.book.table(Person).get(subject)
        kind = ("collective" if unit is not None else "individual",)
        if person is None:
            above = unit.parent_on(self.last) if unit is not None else ""
            nobody: dict[str, tuple[str, ...] | int | None] = dict.fromkeys(_OF_PEOPLE)
            return {**nobody, "unit": (above,) if above else None, "subject": kind}
        held, at = self.held.get(subject, []), person.unit_on(self.last)
        return {
            **self.of_person(person),
            "role": tuple(dict.fromkeys(each.role for each in held)) or None,
            "level": tuple(dict.fromkeys(each.level for each in held)) or None,
            "unit": (at,) if at else None,
            "subject": kind,
        }

    def of_person(self, person: Person) -> dict[str, tuple[str, ...] | int | None]:
        """What is known of a person beside roles and unit."""
        studied, theory = person.best("education"), person.best("political_theory")
        member = self._member(person)
        return {
            "sex": (person.sex,) if person.sex else None,
            "party": None if member is None else ("yes" if member else "no",),
            "age": self._age(person),
            "education": (studied.level,) if studied else None,
            "political_theory": (theory.level,) if theory else None,
        }

    def _member(self, person: Person) -> bool | None:
        if person.id in self.expelled:
            return False
        joined = [each for each in (person.party_probation, person.party_official) if each is not None]
        return any(each.first_day() <= self.last for each in joined) if joined else person.party_member

    def _age(self, person: Person) -> int | None:
        """Whole years on the last day; of who is known by the year alone, the years between."""
        if person.born is None:
            return None
        birthday = (person.born.month or 1, person.born.day or 1)
        known = bool(person.born.month)
        return self.last.year - person.born.year - (known and (self.last.month, self.last.day) < birthday)


_OF_PEOPLE = ("role", "level", "sex", "party", "age", "education", "political_theory")


def _people(facts: Facts) -> Iterator[Item]:
    """Each appointment held on the last day: role and level of one appointment go together."""
    people = facts.office.book.table(Person)
    for who, held in facts.held.items():
        person = people.get(who)
        if person is None:
            continue
        own = facts.of_person(person)
        for each in held:
            at = each.unit_on(facts.last) or person.unit_on(facts.last)
            begun = facts.within(each.since or each.decided)
            yield Item(
                each.id, who,
                {**own, "role": (each.role,), "level": (each.level,), "unit": (at,) if at else None,
                 "new": ("yes" if begun else "no",)},
            )  # fmt: skip


def _awards(facts: Facts) -> Iterator[Item]:
    decisions = {each.id: each for each in facts.office.book.table(Decision)}
    prizes = facts.office.settings.prizes.prizes
    for each in standing(facts.office.book.table(Award)):
        decision, prize = decisions[each.decision], prizes.get(each.prize)
        if facts.within(decision.day):
            yield Item(
                each.id, each.subject,
                {**facts.of_subject(each.subject), "prize": (each.prize,), "form": (decision.form,),
                 "type": (prize.type,) if prize else None},
                {"money": Decimal(each.money)},
            )  # fmt: skip


def _trainings(facts: Facts) -> Iterator[Item]:
    events = {each.id: each for each in facts.office.book.table(Event)}
    for each in facts.office.book.table(Attendance):
        if facts.within(each.day):
            hours = events[each.event].hours if each.event in events else Decimal(0)
            values = {**facts.of_subject(each.person), "kind": (each.kind,), "presence": (each.presence,)}
            yield Item(each.id, each.person, values, {"hours": hours})


def _events(facts: Facts) -> Iterator[Item]:
    for each in facts.office.book.table(Event):
        if facts.within(each.day):
            level = (each.level,) if each.level else None
            yield Item(each.id, "", {"kind": (each.kind,), "level": level}, {"hours": each.hours})


def _registrations(facts: Facts) -> Iterator[Item]:
    """Those of the year in which the period ends."""
    for each in facts.office.book.table(TitleRegistration):
        if each.year == facts.year:
            movement = (each.movement,) if each.movement else None
            values = {**facts.of_subject(each.subject), "prize": (each.prize,), "state": (each.state_on(facts.last),)}
            yield Item(each.id, each.subject, {**values, "movement": movement})


def _initiatives(facts: Facts) -> Iterator[Item]:
    """Those recognised, turned down, or handed in and still open, in the period."""
    for each in facts.office.book.table(Initiative):
        if facts.within(each.recognised or each.refused or each.day):
            first = next((one.person for one in each.authors if one.person), "")
            yield Item(each.id, first, {"scope": (each.scope,), "state": (state_of(each),)})


def _ratings(facts: Facts) -> Iterator[Item]:
    for each in facts.office.book.table(YearRating):
        if each.year == facts.year:
            subject = each.person or each.unit
            values = {**facts.of_subject(subject), "kind": (each.kind,), "rating": (each.rating,)}
            yield Item(each.id, subject, values)


def _discipline(facts: Facts) -> Iterator[Item]:
    for each in facts.office.book.table(Discipline):
        if facts.within(each.decided):
            subject = each.person or each.unit
            values = {**facts.of_subject(subject), "measure": (each.measure,) if each.measure else None}
            yield Item(each.id, subject, values)


def _units(facts: Facts) -> Iterator[Item]:
    for each in facts.office.book.table(Unit):
        if each.exists_on(facts.last):
            yield Item(each.id, each.id, {"kind": (each.kind,)})


_READERS: Mapping[Base, Callable[[Facts], Iterator[Item]]] = {
    "people": _people,
    "awards": _awards,
    "trainings": _trainings,
    "events": _events,
    "registrations": _registrations,
    "initiatives": _initiatives,
    "ratings": _ratings,
    "discipline": _discipline,
    "units": _units,
}
