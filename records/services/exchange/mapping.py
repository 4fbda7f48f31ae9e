"""Whose records are meant: ids as this book has them, and people and units that both offices keep under two ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from config.errors import InputError
from config.text import Text, t
from records.domain.appointments import Absence, Appointment, Discipline
from records.domain.awards.awards import Award, Decision, Score, YearRating
from records.domain.awards.dossiers import DossierFile
from records.domain.emulation import Cycle, Entrant, Movement
from records.domain.exchange import SameRecord
from records.domain.people.names import matching_key
from records.domain.people.person import Person
from records.domain.rule_changes import HandAnswer
from records.domain.training import Attendance, DutyCount, Event
from records.domain.unit_names import unit_key
from records.domain.units import Unit
from records.intake.drafts import DraftPerson
from records.intake.matching import KnownPerson, match_people
from records.services.office import Office
from records.services.units.units import find_unit
from records.store.codes import current_id
from records.store.contract import Repository

ID = re.compile(rb'"([A-Z]{1,6})(-[A-Z]{1,2}-\d{5,})"')

_NATURAL: dict[type, Callable[[Any], tuple[Any, ...]]] = {
    Event: lambda each: (each.kind, matching_key(each.title), each.day),
    Movement: lambda each: (matching_key(each.title), each.number),
    Cycle: lambda each: (each.key, each.role, each.subject),
    Decision: lambda each: (matching_key(each.number), each.day, matching_key(each.issuer)),
    Award: lambda each: (each.decision, each.person, each.unit, each.prize),
    Appointment: lambda each: (each.person, each.role, each.level, each.since),
    Absence: lambda each: (each.person, each.kind, each.first),
    Discipline: lambda each: (each.person, each.unit, each.opened, each.measure),
    HandAnswer: lambda each: (each.person, each.role, each.criterion, each.day),
    Attendance: lambda each: (each.person, each.event),
    DutyCount: lambda each: (each.person, each.month),
    Score: lambda each: (each.person, each.unit, each.cycle, each.role),
    YearRating: lambda each: (each.year, each.kind, each.person, each.unit),
    Entrant: lambda each: (each.cycle, each.subject),
    DossierFile: lambda each: (each.about, each.sha256),
}
"""Kind -> what makes two records of two offices one and the same."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A person of the package who may be one of the book: both ids, the name, and why."""

    theirs: str
    ours: str
    name: str
    why: Text


@dataclass(slots=True)
class Ids:
    """How ids of a package read in this book.

    Attributes:
        codes: code in the package -> code here.
        same: id of the package, its code as here -> id here, where both offices keep the record.
        new: what of `same` the book does not know yet, and why.
        alike: people who are taken as new, and look like somebody.
    """

    codes: Mapping[str, str]
    own: tuple[str, ...]
    same: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    alike: list[Alike] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    """Codes in ids of the package of which it does not say whose they are."""

    def read(self, content: bytes) -> bytes:
        """A document of the package with the ids that this book has."""
        return ID.sub(self._replaced, content)

    def coded(self, theirs: str) -> str:
        """An id of the package with the code that this book knows its office by, whatever record here it means."""
        code, _, rest = theirs.partition("-")
        return current_id(f"{self.codes.get(code, code)}-{rest}", self.own)

    def id(self, theirs: str) -> str:
        """An id of the package as this book has it."""
        return self.read(f'"{theirs}"'.encode())[1:-1].decode()

    def _replaced(self, found: re.Match[bytes]) -> bytes:
        code = found[1].decode()
        here = self.codes.get(code)
        if here is None:
            self.unknown.add(code)
            return found[0]
        named = current_id(here + found[2].decode(), self.own)
        return f'"{self.same.get(named, named)}"'.encode()

    def link(self, theirs: str, ours: str) -> None:
        """Let an id of theirs mean a record here from now on."""
        if theirs != ours:
            self.same[theirs] = self.new[theirs] = ours


def mapping_of(office: Office, codes: Mapping[str, str]) -> Ids:
    """The mapping with all that the book knows already."""
    same = {each.theirs: each.ours for each in office.book.table(SameRecord)}
    return Ids(codes=codes, own=office.book.codes, same=same)


def chosen_units(office: Office, given: Mapping[str, str], on: date) -> dict[str, str]:
    """A choice of units as typed or read from a file: id or name there -> id here, `new` for one that stays itself.

    Raises:
        InputError: for a unit that the book does not have.
    """
    return {
        unit_key(theirs): "" if ours.strip() == "new" else find_unit(office, ours, on).id
        for theirs, ours in given.items()
    }


def match_units(office: Office, mapping: Ids, units: Iterable[Unit], chosen: Mapping[str, str]) -> None:
    """Find the units of the book that units of a package are: as chosen, of one seed, or of one name, kind and time."""
    here = office.book.table(Unit)
    known = here.all()
    by_seed = {each.seed: each.id for each in known if each.seed}
    by_name: dict[tuple[str, str], list[Unit]] = {}
    for each in known:
        for name in each.names:
            by_name.setdefault((unit_key(name.name), each.kind), []).append(each)
    for unit in units:
        keys = [unit_key(unit.id), *(unit_key(each.name) for each in unit.names)]
        choice = next((chosen[key] for key in keys if key in chosen), None)
        if choice is not None:
            if choice:
                mapping.link(unit.id, choice)
        elif here.get(unit.id) is None and unit.id not in mapping.same:
            place = by_seed.get(unit.seed) if unit.seed else _one_named(by_name, unit)
            if place:
                mapping.link(unit.id, place)


def _one_named(known: Mapping[tuple[str, str], list[Unit]], unit: Unit) -> str | None:
    """The one unit with the latest name and the kind of another that existed at the same time."""
    found = {each.id for each in known.get((unit_key(unit.name), unit.kind), ()) if _overlap(each, unit)}
    return found.pop() if len(found) == 1 else None


def _overlap(one: Unit, other: Unit) -> bool:
    first = max(each.since or date.min for each in (one, other))
    return first <= min(each.until or date.max for each in (one, other))


def match_persons(office: Office, mapping: Ids, people: Iterable[Person], chosen: Mapping[str, str]) -> None:
    """Find the people of the book who people of a package are: as chosen, or as sure as a list that is imported is.

    Args:
        office: the open book.
        mapping: is told whom it found.
        people: of the package, their units as here.
        chosen: id there -> id here, or `new`.

    Raises:
        InputError: for a choice that is nobody.
    """
    here = office.book.table(Person)
    waiting = [each for each in people if here.get(each.id) is None and each.id not in mapping.same]
    for person in waiting:
        if ours := chosen.get(person.id, ""):
            mapping.link(person.id, person.id if ours == "new" else office.person(ours).id)
    waiting = [each for each in waiting if each.id not in chosen]
    if not waiting or not len(here):
        return
    names = {each.id: each.name for each in office.book.table(Unit)}
    codes = {each.id.partition("-")[0] for each in waiting}
    known = [KnownPerson(each.id, each.name, each.born, each.national_id, names.get(each.unit, ""))
             for each in here if each.id.partition("-")[0] not in codes]  # fmt: skip
    drafts = [
        DraftPerson(row=row, name=each.name, born=each.born, national_id=each.national_id,
                    unit=names.get(each.unit, ""))
        for row, each in enumerate(waiting)
    ]  # fmt: skip
    used: set[str] = set()
    for found in match_people(drafts, known):
        person = waiting[found.row]
        if here.get(found.of) is None:
            continue  # like another of the package, whose office says that they are two
        if found.confidence == "certain" and found.of not in used:
            used.add(found.of)
            mapping.link(person.id, found.of)
        else:
            mapping.alike.append(Alike(person.id, found.of, person.name, found.why))


class Naturals:
    """The records of the book by what makes them one with those of others; a kind is read when it is asked for."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._known: dict[type, dict[tuple[Any, ...], str]] = {}

    def same_as(self, record: Any) -> str | None:
        """Id of the record of another office (ours, as a rule) that says the same thing; None where there is none."""
        natural = _NATURAL.get(type(record))
        if natural is None:
            return None
        found = self._of(type(record), natural).get(natural(record))
        return found if found is not None and found.partition("-")[0] != record.id.partition("-")[0] else None

    def _of(self, kind: type, natural: Callable[[Any], tuple[Any, ...]]) -> dict[tuple[Any, ...], str]:
        if kind not in self._known:
            table: Repository[Any] = self._office.book.table(kind)
            self._known[kind] = {natural(each): each.id for each in table.glances()}
        return self._known[kind]


def given_choice(typed: str) -> tuple[str, str]:
    """A choice typed as `THEIRS=OURS`. Raises InputError."""
    theirs, equals, ours = typed.partition("=")
    if not (equals and theirs.strip() and ours.strip()):
        raise InputError(
            t("“{given}” does not say who is whom", given=typed), do=t("write SC-P-00012=TN-P-00077, or =new")
        )
    return theirs.strip(), ours.strip()
