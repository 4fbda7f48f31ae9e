"""The office at work: its book and its rules together, and the dossiers read from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from config.errors import InputError
from config.settings.loading import Settings
from config.settings.offices import held_on
from config.text import t
from records.domain.appointments import Appointment, Discipline
from records.domain.awards.awards import Award, Score
from records.domain.people.dossier import Dossier, as_of
from records.domain.people.person import Person
from records.domain.rule_changes import HandAnswer
from records.domain.training import TRAINING_KINDS, DutyCount, Event
from records.domain.units import Unit, UnitName, names_by_id
from records.services.attended import attended
from records.store.codes import current_id, with_current_ids
from records.store.contract import Repository, Store

T = TypeVar("T")
_MANY_TIMES = 4
"""So many times as few people as records, and only those of these people are read."""
_FEW = 10
"""People of whom each is looked up; for more of them the whole table is read through."""


class Office(msgspec.Struct, frozen=True):
    """The open book with the settings it is judged by."""

    book: Store
    settings: Settings

    def current_id(self, given: str) -> str:
        """A code as the book has it now, where it begins with an earlier code of the office; else what was given."""
        return current_id(given, self.book.codes)

    def with_current_ids(self, text: str) -> str:
        """A text in which every code that begins with an earlier code of the office is the one of now."""
        return with_current_ids(text, self.book.codes)

    def judge_named(self, day: date) -> None:
        """Refuse what leaves the office while it has not said who it is. Raises InputError that says what to do."""
        office = self.settings.office
        if office.code and held_on(office.name, day):
            return
        missing = t("code") if not office.code else t("name")
        if not office.code and not held_on(office.name, day):
            missing = t("name and code")
        raise InputError(
            t("This book does not know its office’s {missing} yet, so nothing is printed or exported", missing=missing),
            do=t("enter them in Settings, or by “config set office.name NAME” and “config set office.code CODE”"),
        )

    def person(self, person_id: str) -> Person:
        """The person with this id. Raises InputError when there is none."""
        found = self.book.table(Person).get(person_id)
        if found is None:
            raise InputError(
                t("There is no person with the code {id}", id=person_id),
                do=t("look the code up with “roster list”"),
            )
        return found

    def held(self, record: T) -> T | None:
        """What the book holds under the id of `record`; None for one that is new."""
        record_id: str = record.id  # type: ignore[attr-defined]  # kinds have an id
        return self.book.table(type(record)).get(record_id) if record_id else None

    def names(self) -> Mapping[str, str]:
        """The name of every person and unit by their id; each is read when it is asked for."""
        return _Names(self.book)

    def unit_names(self, on: date) -> dict[str, str]:
        """Unit id -> the name that held on `on`."""
        return names_by_id(self.book.table(Unit).all(), on)

    def dossier(self, person_id: str, on: date) -> Dossier:
        """All that is known of one person as of `on`. Raises InputError for an unknown id."""
        book, person = self.book, self.person(person_id)
        return as_of(
            Dossier(
                person=person,
                on=on,
                appointments=tuple(book.table(Appointment).where(person=person_id)),
                trainings=attended(book).of(person.id),
                discipline=tuple(book.table(Discipline).where(person=person_id)),
                duties=tuple(book.table(DutyCount).where(person=person_id)),
                scores=tuple(book.table(Score).where(person=person_id)),
                awards=tuple(book.table(Award).where(person=person_id)),
                answers=tuple(book.table(HandAnswer).where(person=person_id)),
                recorded_since=self.recorded_since(),
                practice=self.settings.practice,
            ),
            on,
        )

    def dossiers(self, on: date, people: Sequence[str] | None = None) -> Iterator[Dossier]:
        """The dossiers of people, or of everybody, as of `on`, each table read once.

        They hold what standards ask: duties, scores and awards are left out. Ids that nobody has are passed over.
        """
        if people is not None and not people:
            return
        book = self.book
        appointments, discipline = (_by_person(book.table(each), people) for each in (Appointment, Discipline))
        answers = _by_person(book.table(HandAnswer), people)
        trainings = attended(book)
        since = self.recorded_since()
        for person in book.table(Person).glances(people):
            whole = Dossier(
                person=person,
                on=on,
                appointments=tuple(appointments.get(person.id, ())),
                trainings=trainings.of(person.id),
                discipline=tuple(discipline.get(person.id, ())),
                answers=tuple(answers.get(person.id, ())),
                recorded_since=since,
                practice=self.settings.practice,
            )
            yield as_of(whole, on)

    def recorded_since(self) -> dict[str, date]:
        """Kind of event -> first day from which the book tells who came: by the settings, else of its first event."""
        told = self.settings.office.trainings_since
        first: dict[str, date] = {}
        for event in self.book.table(Event):
            first[event.kind] = min(first.get(event.kind, event.day), event.day)
        return first if told is None else dict.fromkeys(TRAINING_KINDS, told)


class _Names(Mapping[str, str]):
    """Names of people and units in a book: of twenty thousand, who shows a list asks for some."""

    def __init__(self, book: Store) -> None:
        self._tables = book.table(Person), book.table(Unit)

    def __getitem__(self, record_id: str) -> str:
        for table in self._tables:
            if (found := table.get(record_id)) is not None:
                return found.name
        raise KeyError(record_id)

    def __iter__(self) -> Iterator[str]:
        return (record_id for table in self._tables for (record_id,) in table.columns("id"))

    def __len__(self) -> int:
        people, units = self._tables
        return len(people) + len(units)


def _by_person(table: Repository[Any], people: Sequence[str] | None) -> dict[str, list[Any]]:
    """Person -> their records, of those wanted or of everybody."""
    if people is not None and len(people) <= _FEW:
        return {each: table.where(person=each) for each in people}
    wanted = None if people is None else set(people)
    grouped: defaultdict[str, list[Any]] = defaultdict(list)
    meant = None
    if wanted is not None and len(wanted) * _MANY_TIMES < len(table):
        # Records are dear to read: of so few people only theirs are, once it is known which those are.
        meant = [record_id for record_id, person in table.columns("id", "person") if person in wanted]
    for record in table.glances(meant):
        if wanted is None or record.person in wanted:
            grouped[record.person].append(record)
    return grouped


def furnish(office: Office) -> None:
    """Enter the units of the settings into a new book, as one change."""
    with office.book.change("book.furnish") as change:
        seeds = {key: seed for group in office.settings.units.values() for key, seed in group.units.items()}
        ids = {key: change.new_id(Unit) for key in seeds}
        for key, seed in seeds.items():
            change.put(
                Unit(
                    id=ids[key],
                    names=(UnitName(name=seed.name),),
                    kind=seed.kind,
                    code=seed.code,
                    since=seed.since,
                    until=seed.until,
                    into=tuple(ids[each] for each in seed.into),
                    seed=key,
                )
            )
