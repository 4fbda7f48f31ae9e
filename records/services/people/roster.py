"""The roster: who is in the book on a day, entering people, correcting them, appointing them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from config.errors import InputError
from config.text import Text, t
from records.domain.appointments import ROLES, Appointment
from records.domain.dates import PartialDate
from records.domain.people.names import clean, fold, matching_key, person_key
from records.domain.people.person import Person
from records.domain.people.person_fields import FIELDS, PersonField
from records.domain.units import Unit
from records.intake import person_values
from records.intake.names.naming import read_name
from records.intake.values import Read
from records.services.appointments.appointing import appoint
from records.services.appointments.appointment_checks import judge_post
from records.services.office import Office
from records.services.people.filtering import appointments_met, people_met, read_conditions
from records.services.units.units import find_unit

__all__ = [
    "RosterLine",
    "Scope",
    "appoint",
    "enter",
    "judge_name",
    "judge_person",
    "judge_texts",
    "roster",
    "save_person",
    "typed_value",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One person of the roster on a day.

    Attributes:
        person: in the unit of the day.
        appointments: held on the day, expired terms included, in the order of `ROLES`.
        unit_name: the name that held on the day; empty when no unit is known.
    """

    person: Person
    unit_name: str
    appointments: tuple[Appointment, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles held, each once."""
        return tuple(dict.fromkeys(each.role for each in self.appointments))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which people are meant; empty fields do not narrow.

    Attributes:
        unit: an id, or a name as it stands in the book.
        holding: only people who hold a role on the day; a role or level asked for asks for that too.
        where: conditions as typed, such as `born<1980`; one on a field of appointments asks for a role held too.
    """

    role: str = ""
    level: str = ""
    unit: str = ""
    holding: bool = False
    where: tuple[str, ...] = ()

    def covers(self, appointment: Appointment) -> bool:
        """Whether an appointment lies in the role and level meant."""
        return self.role in ("", appointment.role) and self.level in ("", appointment.level)


def roster(office: Office, on: date, scope: Scope | None = None) -> list[RosterLine]:
    """The people of `scope` on `on`, each once, in Vietnamese order of names.

    Raises:
        InputError: for a role, level or unit that is not known, or a condition that cannot be.
    """
    scope = scope or Scope()
    _judge_scope(office, scope)
    unit_ids = _units_meant(office, scope.unit)
    names = office.unit_names(on)
    held: defaultdict[str, list[Appointment]] = defaultdict(list)
    asked = read_conditions(office, scope.where, on)
    for appointment in appointments_met(office, asked, on):
        if appointment.held_on(on) and scope.covers(appointment):
            held[appointment.person].append(appointment)
    narrowed = bool(scope.role or scope.level or asked.appointment)
    lines = []
    for person in people_met(office, asked, on):
        mine = held.get(person.id, [])
        if person.left is not None and person.left < on:
            continue
        if not mine and (narrowed or scope.holding):
            continue
        if unit_ids is not None and not unit_ids & {person.unit_on(on), *(each.unit_on(on) for each in mine)}:
            continue
        ordered = sorted(mine, key=lambda each: (ROLES.index(each.role), each.since or date.min))
        shown, unit_name = person.as_of(on), names.get(person.unit_on(on), "")
        lines.append(RosterLine(person=shown, unit_name=unit_name, appointments=tuple(ordered)))
    lines.sort(key=lambda line: (person_key(line.person.name), str(line.person.born or ""), line.person.id))
    return lines


def subjects_of_unit(office: Office, given: str, on: date) -> list[str]:
    """Ids of a unit, named by its code or name, and of those who hold a role in it on the day.

    Raises:
        InputError: for a unit that is not known, or may be any of several.
    """
    people = [line.person.id for line in roster(office, on, Scope(unit=given, holding=True))]
    return [*sorted(_units_meant(office, given) or ()), *people]


def _judge_scope(office: Office, scope: Scope) -> None:
    for given, known, what in (
        (scope.role, office.settings.roles.roles, t("role")),
        (scope.level, office.settings.levels.levels, t("level")),
    ):
        if given and given not in known:
            raise InputError(
                t("There is no {what} “{given}”", what=what, given=given),
                do=t("use one of: {known}", known=", ".join(known)),
            )


def _units_meant(office: Office, given: str) -> set[str] | None:
    if not given:
        return None

    units = office.book.table(Unit).all()
    exact = {unit.id for unit in units if given == unit.id or clean(given) in [each.name for each in unit.names]}
    if exact:
        return exact
    loose = [unit for unit in units if any(fold(given) == fold(each.name) for each in unit.names)]
    meant = {matching_key(each.name) for unit in loose for each in unit.names if fold(given) == fold(each.name)}
    if len(meant) > 1:
        listed = ", ".join(f"{unit.id} {unit.name}" for unit in loose)
        raise InputError(
            t("“{given}” may be any of: {listed}", given=given, listed=listed), do=t("name the unit by its code")
        )
    if not loose:
        raise InputError(
            t("There is no unit “{given}”", given=given),
            do=t("write the name as it stands in the book, with its type, such as “Phường Túc Duyên”"),
        )
    return {unit.id for unit in loose}


def judge_name(office: Office, typed: str) -> Read[str]:
    """The name to keep of what was typed, and a remark where it is not letter for letter the same.

    Raises:
        InputError: when it cannot be a person's name.
    """
    read = read_name(typed, office.settings.names)
    if read.problem is not None:
        raise InputError(t("“{name}” is not a name", name=clean(typed)), do=read.problem)
    return read


def typed_value(office: Office, field: PersonField, text: str, today: date, born: PartialDate | None = None) -> Any:
    """The value to keep of what a person typed into a field: of a unit its id, of a name as the judge of names has it.

    `born` helps with the zeros that an identity number lost.

    Raises:
        InputError: when it cannot be one.
    """
    if field.kind == "name":
        return judge_name(office, text).value
    if field.kind == "unit":
        return find_unit(office, text, today).id if text.strip() else ""
    return person_values.typed_value(field, text, today, born)


def judge_texts(office: Office, person: Person) -> tuple[Person, Mapping[str, Text]]:
    """The person with the name and texts to keep, and for each field what was read differently from how it was typed.

    What the book holds already is nobody's new entry, and stays as it is.

    Raises:
        InputError: when a value cannot be right.
    """
    held = office.book.table(Person).get(person.id) if person.id else None
    remarks: dict[str, Text] = {}
    for field in FIELDS:
        if field.kind != "name" and field.kind not in person_values.TYPED:
            continue
        typed = field.text(field.of(person))
        named = field.kind == "name"
        if not (typed or named) or (held is not None and field.text(field.of(held)) == typed):
            continue
        read = judge_name(office, typed) if named else person_values.read_typed(field, typed, person.born)
        person = field.put(person, read.value)
        if read.remark is not None:
            remarks[field.key] = read.remark
    return person, remarks


def judge_person(person: Person) -> None:
    """Refuse dates that can never be right together. Raises InputError naming the field."""
    probation, official = person.party_probation, person.party_official
    if probation and official and official.last_day() < probation.first_day():
        raise InputError(
            t(
                "Official membership on {official} would come before probation on {probation}",
                official=official.shown(),
                probation=probation.shown(),
            ),
            do=t("correct one of the two days"),
        )


def save_person(office: Office, person: Person, was: Person | None = None) -> Person:
    """Enter a new person (`id` empty) or correct one; one change.

    `was` is the person as they were opened for correcting; without it, as the book holds them now.

    Raises:
        InputError: when a value cannot be right.
        ConflictError: when the person was changed since `was`.
    """
    judge_person(person)
    person, _ = judge_texts(office, person)
    action = "roster.correct" if person.id else "roster.add"
    with office.book.change(action, about=person.name) as change:
        entered = person if person.id else msgspec.structs.replace(person, id=change.new_id(Person))
        change.put(entered, was=was or office.held(person))
    return entered


def enter(office: Office, person: Person, post: Appointment | None = None) -> Person:
    """Enter a new person with a first appointment, as one change; its `person`, and its unit if empty, are filled in.

    Raises:
        InputError: when a value cannot be right.
        RefusedError: when the appointment cannot be.
    """
    judge_person(person)
    person, _ = judge_texts(office, person)
    if post is not None:
        post = msgspec.structs.replace(post, unit=post.unit or person.unit)
        judge_post(office, post)
    with office.book.change("roster.add", about=person.name) as change:
        entered = change.put(msgspec.structs.replace(person, id=change.new_id(Person)))
        if post is not None:
            change.put(msgspec.structs.replace(post, id=change.new_id(Appointment), person=entered.id))
    return entered
