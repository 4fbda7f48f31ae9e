"""Appointments: appoint, renew, transfer, end, correct, and leave the roster. Each is one change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, cast

import msgspec

from config.errors import InputError, RefusedError
from config.settings.offices import held_on
from config.settings.shapes import Instrument
from config.text import Text, t
from records.domain.appointments import Appointment, EndReason, RoleKey
from records.domain.dates import add_months
from records.domain.people.names import clean
from records.domain.people.person import Person
from records.domain.units import Stay, Unit
from records.services.appointments.appointment_checks import judge_post
from records.services.office import Office
from records.store.contract import UnitOfWork

LeaveReason = Literal["died", "retired", "removed", "resigned", "transferred"]
END_REASONS: dict[EndReason, Text] = {
    "term_ended": t("term ended"),
    "relieved": t("relieved"),
    "transferred": t("transferred"),
    "retired": t("retired"),
    "died": t("died"),
    "removed": t("removed from the list"),
    "resigned": t("resigned"),
    "renewed": t("renewed"),
}
"""Why an appointment ended, in words."""


def appoint(office: Office, appointment: Appointment, was: Appointment | None = None) -> Appointment:
    """Enter an appointment (`id` empty) or correct one, completed as `put_post` does; one change.

    `was` is the appointment as it was opened for correcting: a correction that does not say it is refused.

    Raises:
        InputError: when a value cannot be right.
        RefusedError: when the level or the unit did not exist, the instrument is not one of the role's, or the person
            holds the same role at the same level in that time.
        ConflictError: when the appointment was changed since `was`.
    """
    person = office.person(appointment.person)
    judge_post(office, appointment)
    action = "roster.correct_appointment" if appointment.id else "roster.appoint"
    with office.book.change(action, about=person.name) as change:
        return put_post(office, change, appointment, was=was)


def put_post(office: Office, change: UnitOfWork, post: Appointment, was: Appointment | None = None) -> Appointment:
    """Write an appointment within a change, with an id and with what its role usually says where it says nothing.

    Command, screen, import and review all end here. The body that manages is the role's; the kind of paper, and the
    body that recognises, only where there is a paper: one with a number, or of a kind that was said.
    """
    return change.put(_with_id(change, _with_usual(office, post)), was=was)


def _with_usual(office: Office, post: Appointment) -> Appointment:
    number = clean(post.number)
    instrument = post.instrument or (usual_paper(office, post.role) if number else "")
    return msgspec.structs.replace(
        post,
        number=number,
        instrument=instrument,
        recognised_by=clean(post.recognised_by) or (_recognising(office, post) if instrument else ""),
        managed_by=clean(post.managed_by) or office.settings.roles.roles[post.role].managed_by.vi,
        note=clean(post.note),
    )


def usual_paper(office: Office, role: RoleKey) -> Instrument:
    """The kind of paper by which a role is usually given."""
    return office.settings.roles.roles[role].instruments[0]


def _recognising(office: Office, post: Appointment) -> str:
    """The body of the role; for reporters the committee that the office has set for the day, where both are known."""
    begun = post.since or post.decided
    committee = held_on(office.settings.office.committee, begun) if post.role == "reporter" and begun else None
    return committee or office.settings.roles.roles[post.role].recognised_by.vi


def _with_id(change: UnitOfWork, post: Appointment) -> Appointment:
    return post if post.id else msgspec.structs.replace(post, id=change.new_id(Appointment))


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A new term and its paper.

    Attributes:
        until: last day; the role's usual term when None, where the settings give one.
        number, decided: of the new decision or contract.
    """

    since: date
    until: date | None = None
    number: str = ""
    decided: date | None = None


def renew(office: Office, appointment_id: str, term: Term) -> Appointment:
    """Renew an appointment: it ends with its term or on the day before, and a new one begins. One change.

    Raises:
        InputError: when a value cannot be right.
        RefusedError: when it was renewed or ended before, or what `appoint` refuses.
    """
    old = _open(office, appointment_id)
    person = office.person(old.person)
    since = term.since
    if old.since is not None and since <= old.since:
        raise InputError(
            t("The new term would begin on {since}, not after {old}", since=since, old=old.since),
            do=t("give a later first day"),
        )
    ended = min(day for day in (old.until, since - timedelta(days=1)) if day is not None)
    new = msgspec.structs.replace(
        old,
        id="",
        since=since,
        until=term.until or usual_end(office, old.role, since),
        number=term.number,
        decided=term.decided,
        before=(),
        note="",
    )
    judge_post(office, new, without=old.id)
    with office.book.change("roster.renew", about=person.name) as change:
        change.put(msgspec.structs.replace(old, ended=ended, end_reason="renewed"), was=old)
        return put_post(office, change, new)


def usual_end(office: Office, role: str, since: date) -> date | None:
    """Last day of the usual term of a role that begins on `since`; None where the settings give none."""
    term = office.settings.roles.roles[role].term_months
    months = term.on(since).value if term is not None and min(term.values) <= since else None
    return add_months(since, months) - timedelta(days=1) if months else None


def end(office: Office, appointment_id: str, *, day: date, reason: EndReason) -> Appointment:
    """End an appointment; `day` is the last day served. One change.

    Raises:
        InputError: for a day before its first, or no reason.
        RefusedError: when it has ended already.
    """
    old = _open(office, appointment_id)
    person = office.person(old.person)
    _judge_reason(reason)
    if old.since is not None and day < old.since:
        raise InputError(
            t("The appointment would end on {day}, before it begins on {since}", day=day, since=old.since),
            do=t("correct the day"),
        )
    with office.book.change("roster.end", about=person.name) as change:
        return change.put(msgspec.structs.replace(old, ended=day, end_reason=reason), was=old)


def _judge_reason(reason: str) -> None:
    if reason not in END_REASONS:
        raise InputError(
            t("“{reason}” is no reason for an ending", reason=reason),
            do=t("use one of: {known}", known=", ".join(END_REASONS)),
        )


def _open(office: Office, appointment_id: str) -> Appointment:
    found = office.book.table(Appointment).get(appointment_id)
    if found is None:
        raise InputError(
            t("There is no appointment {id}", id=appointment_id),
            do=t("give the code of the appointment; “roster show” names those of a person"),
        )
    if found.ended is not None:
        raise RefusedError(
            t("The appointment ended on {day} already", day=found.ended),
            do=t("choose one that is open, or correct the ending"),
        )
    return found


def transfer(
    office: Office, people: Sequence[str], unit_id: str, *, day: date, end_roles: bool = False
) -> list[Person]:
    """Move people to another unit from `day` on, as one change; their appointments in the old unit go along.

    Args:
        office: the open office.
        people: ids.
        unit_id: the new unit.
        day: first day there.
        end_roles: end those appointments on the day before instead, as transferred.

    Raises:
        InputError: when nobody is named, or somebody is there already.
        RefusedError: when the unit does not exist on that day.
    """
    unit = office.book.table(Unit)[unit_id]
    if not unit.exists_on(day):
        raise RefusedError(
            t("{name} does not exist on {day}", name=unit.name, day=day), do=t("name a unit that exists on that day")
        )
    chosen = [office.person(each) for each in dict.fromkeys(people)]
    if not chosen:
        raise InputError(t("Nobody is named"), do=t("mark people first, or name their codes"))
    for person in chosen:
        _judgemove(person, unit, day)
    about = chosen[0].name if len(chosen) == 1 else f"{chosen[0].name} (+{len(chosen) - 1}) → {unit.name_on(day)}"
    with office.book.change("roster.transfer", about=about) as change:
        return [move(office, change, person, unit_id, day, end_roles=end_roles) for person in chosen]


def _judgemove(person: Person, unit: Unit, day: date) -> None:
    if person.unit == unit.id:
        raise InputError(
            t("{name} is in {unit} already", name=person.name, unit=unit.name), do=t("choose another unit")
        )
    if person.before and day <= person.before[-1].until:
        raise InputError(
            t("{name} was moved on {day} already", name=person.name, day=person.before[-1].until + timedelta(days=1)),
            do=t("give a later first day"),
        )


def move(
    office: Office, change: UnitOfWork, person: Person, unit: str, day: date, *, end_roles: bool = False
) -> Person:
    """Move a person within a change, from `day` on; where they were before stays known. See `transfer`."""
    stay = Stay(unit=person.unit, until=day - timedelta(days=1))
    for known in office.book.table(Appointment).where(person=person.id):
        each = change.held(Appointment, known.id) or known
        if each.unit != person.unit or not person.unit or (each.ended is not None and each.ended < day):
            continue
        if end_roles and (each.since is None or each.since < day):
            change.put(msgspec.structs.replace(each, ended=stay.until, end_reason="transferred"), was=each)
        else:
            change.put(msgspec.structs.replace(each, unit=unit, before=(*each.before, stay)), was=each)
    return change.put(msgspec.structs.replace(person, unit=unit, before=(*person.before, stay)), was=person)


def leave(office: Office, person_id: str, *, day: date, reason: LeaveReason) -> Person:
    """Let a person leave the roster for good, ending every open appointment; `day` is the last day. One change.

    Nothing is deleted: the record, its history and its awards stay.

    Raises:
        InputError: for no reason.
        RefusedError: when the person has left already.
    """
    person = office.person(person_id)
    _judge_reason(reason)
    if person.left is not None:
        raise RefusedError(
            t("{name} left the roster on {day} already", name=person.name, day=person.left),
            do=t("look at the person's page"),
        )
    with office.book.change("roster.leave", about=person.name) as change:
        for each in office.book.table(Appointment).where(person=person_id):
            if each.ended is None and (each.since is None or each.since <= day):
                change.put(msgspec.structs.replace(each, ended=day, end_reason=cast("EndReason", reason)), was=each)
        return change.put(msgspec.structs.replace(person, left=day, left_reason=reason), was=person)
