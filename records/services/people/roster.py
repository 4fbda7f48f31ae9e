"""The roster: entering people, correcting them, appointing them; who is in it on a day is in `listing`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from config.errors import InputError
from config.text import Text, t
from records.domain.appointments import Appointment
from records.domain.dates import PartialDate
from records.domain.people.names import clean
from records.domain.people.person import Person
from records.domain.people.person_fields import FIELDS, PersonField
from records.intake import person_values
from records.intake.names.naming import read_name
from records.intake.values import Read
from records.services.access.telling import told_refusal
from records.services.appointments.appointing import appoint, put_post
from records.services.appointments.appointment_checks import judge_post
from records.services.office import Office
from records.services.people.listing import RosterLine, Scope, roster, subjects_of_unit
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
    "subjects_of_unit",
    "typed_value",
]


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
        typed, named = field.text(field.of(person)), field.kind == "name"
        if not (typed or named) or (held is not None and field.text(field.of(held)) == typed):
            continue
        read = judge_name(office, typed) if named else person_values.read_typed(field, typed, person.born)
        person = field.put(person, read.value)
        if read.remark is not None:
            remarks[field.key] = read.remark
    return person, remarks


def judge_person(office: Office, person: Person) -> None:
    """Refuse dates that can never be right together. Raises InputError naming the field."""
    probation, official = person.party_probation, person.party_official
    if probation and official and official.last_day() < probation.first_day():
        refused = InputError(
            t(
                "Official membership on {official} would come before probation on {probation}",
                official=official.shown(),
                probation=probation.shown(),
            ),
            do=t("correct one of the two days"),
        )
        raise told_refusal(office, refused, person.name)


def save_person(
    office: Office, person: Person, was: Person | None = None, *, action: str = "", about: str = ""
) -> Person:
    """Enter a new person (`id` empty) or correct one; one change.

    `was` is the person as they were opened for correcting: a correction that does not say it is refused. `action` and
    `about` are what the change is called, and about, where it is more than that.

    Raises:
        InputError: when a value cannot be right.
        ConflictError: when the person was changed since `was`.
    """
    judge_person(office, person)
    person, _ = judge_texts(office, person)
    action = action or ("roster.correct" if person.id else "roster.add")
    with office.book.change(action, about=about or person.name) as change:
        entered = person if person.id else msgspec.structs.replace(person, id=change.new_id(Person))
        change.put(entered, was=was)
    return entered


def enter(office: Office, person: Person, post: Appointment | None = None) -> Person:
    """Enter a new person with a first appointment, as one change; its `person`, and its unit if empty, are filled in.

    Raises:
        InputError: when a value cannot be right.
        RefusedError: when the appointment cannot be.
    """
    judge_person(office, person)
    person, _ = judge_texts(office, person)
    if post is not None:
        post = msgspec.structs.replace(post, unit=post.unit or person.unit)
        judge_post(office, post)
    with office.book.change("roster.add", about=person.name) as change:
        entered = change.put(msgspec.structs.replace(person, id=change.new_id(Person)))
        if post is not None:
            put_post(office, change, msgspec.structs.replace(post, id="", person=entered.id))
    return entered
