"""The roster: who is in the book on a day, entering people, correcting them, appointing them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import msgspec

from config.errors import InputError
from config.text import t
from records.domain.appointments import ROLES, Appointment
from records.domain.people.names import clean, fold, matching_key, person_key
from records.domain.people.person import Person
from records.domain.units import Unit
from records.intake.names.naming import read_name
from records.intake.values import Read
from records.services.appointments.appointing import appoint
from records.services.appointments.appointment_checks import judge_post
from records.services.office import Office

__all__ = ["RosterLine", "Scope", "appoint", "enter", "judge_name", "judge_person", "roster", "save_person"]


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
    """

    role: str = ""
    level: str = ""
    unit: str = ""
    holding: bool = False

    def covers(self, appointment: Appointment) -> bool:
        """Whether an appointment lies in the role and level meant."""
        return self.role in ("", appointment.role) and self.level in ("", appointment.level)


def roster(office: Office, on: date, scope: Scope | None = None) -> list[RosterLine]:
    """The people of `scope` on `on`, each once, in Vietnamese order of names.

    Raises:
        InputError: for a role, level or unit that is not known.
    """
    scope = scope or Scope()
    _judge_scope(office, scope)
    unit_ids = _units_meant(office, scope.unit)
    names = office.unit_names(on)
    held: defaultdict[str, list[Appointment]] = defaultdict(list)
    for appointment in office.book.table(Appointment):
        if appointment.held_on(on) and scope.covers(appointment):
            held[appointment.person].append(appointment)
    narrowed = bool(scope.role or scope.level)
    lines = []
    for person in office.book.table(Person):
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


def _with_judged_name(office: Office, person: Person) -> Person:
    """The person under the name to keep; a name that the book holds already is nobody's new entry."""
    held = office.book.table(Person).get(person.id) if person.id else None
    if held is not None and held.name == person.name:
        return person
    return msgspec.structs.replace(person, name=judge_name(office, person.name).value)


def judge_person(person: Person) -> None:
    """Refuse what can never be right, the name apart. Raises InputError naming the field."""
    if person.national_id and not (person.national_id.isdecimal() and len(person.national_id) in (9, 12)):
        raise InputError(
            t("“{number}” is not a national id", number=person.national_id),
            do=t("enter the 12 digits of the card (9 of an old one), zeros included"),
        )
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


def save_person(office: Office, person: Person) -> Person:
    """Enter a new person (`id` empty) or correct one; one change. Raises InputError when a value cannot be right."""
    judge_person(person)
    person = _with_judged_name(office, person)
    action = "roster.correct" if person.id else "roster.add"
    with office.book.change(action, about=person.name) as change:
        entered = person if person.id else msgspec.structs.replace(person, id=change.new_id(Person))
        change.put(entered)
    return entered


def enter(office: Office, person: Person, post: Appointment | None = None) -> Person:
    """Enter a new person with a first appointment, as one change; its `person`, and its unit if empty, are filled in.

    Raises:
        InputError: when a value cannot be right.
        RefusedError: when the appointment cannot be.
    """
    judge_person(person)
    person = _with_judged_name(office, person)
    if post is not None:
        post = msgspec.structs.replace(post, unit=post.unit or person.unit)
        judge_post(office, post)
    with office.book.change("roster.add", about=person.name) as change:
        entered = change.put(msgspec.structs.replace(person, id=change.new_id(Person)))
        if post is not None:
            change.put(msgspec.structs.replace(post, id=change.new_id(Appointment), person=entered.id))
    return entered
