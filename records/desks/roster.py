"""The roster desk: who is in the book on a day, entering people, correcting them, appointing them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import msgspec

from config.errors import InputError
from config.text import t
from records.desks.office import Office
from records.domain.names import clean, fold, is_name, person_key
from records.domain.people import Person
from records.domain.service import ROLES, Appointment
from records.domain.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One person of the roster on a day.

    Attributes:
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
        if unit_ids is not None and not unit_ids & {person.unit, *(each.unit for each in mine)}:
            continue
        ordered = sorted(mine, key=lambda each: (ROLES.index(each.role), each.since or date.min))
        lines.append(RosterLine(person=person, unit_name=names.get(person.unit, ""), appointments=tuple(ordered)))
    lines.sort(key=lambda line: (person_key(line.person.name), str(line.person.born or ""), line.person.id))
    return lines


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
    loose = {unit.id for unit in units if any(fold(given) == fold(each.name) for each in unit.names)}
    if not loose:
        raise InputError(
            t("There is no unit “{given}”", given=given),
            do=t("write the name as it stands in the book, with its type, such as “Phường Túc Duyên”"),
        )
    return loose


def judge_person(person: Person) -> None:
    """Refuse what can never be right. Raises InputError naming the field."""
    if not is_name(person.name):
        raise InputError(
            t("“{name}” is not a name", name=person.name), do=t("enter the name as it stands on the identity card")
        )
    if person.national_id and not (person.national_id.isdecimal() and len(person.national_id) in (9, 12)):
        raise InputError(
            t("“{number}” is not a national id", number=person.national_id),
            do=t("enter the 12 digits of the card (9 of an old one), zeros included"),
        )


def save_person(office: Office, person: Person) -> Person:
    """Enter a new person (`id` empty) or correct one; one change. Raises InputError when a value cannot be right."""
    judge_person(person)
    action = "roster.correct" if person.id else "roster.add"
    with office.book.change(action, about=person.name) as change:
        entered = person if person.id else msgspec.structs.replace(person, id=change.new_id(Person))
        change.put(entered)
    return entered


def appoint(office: Office, appointment: Appointment) -> Appointment:
    """Enter an appointment (`id` empty) or correct one; one change."""
    person = office.person(appointment.person)
    if appointment.since and appointment.until and appointment.until < appointment.since:
        raise InputError(
            t(
                "The term would end on {until}, before it begins on {since}",
                until=appointment.until,
                since=appointment.since,
            ),
            do=t("correct one of the two days"),
        )
    with office.book.change("roster.appoint", about=person.name) as change:
        entered = appointment if appointment.id else msgspec.structs.replace(appointment, id=change.new_id(Appointment))
        change.put(entered)
    return entered
