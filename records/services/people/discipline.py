"""Discipline: a verification begins, ends without a measure or with one, and a measure lapses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args, get_type_hints

from msgspec.structs import replace

from config.errors import InputError
from config.text import t
from records.domain.appointments import Absence, Discipline
from records.domain.dates import add_months
from records.domain.people.names import clean
from records.domain.units import Unit
from records.services.office import Office

MEASURES: tuple[str, ...] = tuple(each for each in get_args(get_type_hints(Discipline)["measure"]) if each)


ABSENCES: tuple[str, ...] = get_args(get_type_hints(Absence)["kind"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is known of a matter; `lapses` is reckoned from the day of the measure where it is not given.

    Attributes:
        opened: day the verification began, or the measure was announced.
        measure: empty while nothing was decided, or where it ended without one (`closed`).
        decided: day of the announcement.
        number: of the decision.
    """

    opened: date
    measure: str = ""
    decided: date | None = None
    lapses: date | None = None
    closed: date | None = None
    number: str = ""


def record(office: Office, subject: str, matter: Matter, *, known: str = "") -> Discipline:
    """Enter a matter of a person or a unit, or correct and carry on the one with the id `known`; one change.

    Raises:
        InputError: for an unknown subject, matter or measure, or days that cannot be right.
    """
    unit = office.book.table(Unit).get(subject)
    name = unit.name if unit is not None else office.person(subject).name
    before = office.book.table(Discipline).get(known) if known else None
    if known and (before is None or subject not in (before.person, before.unit)):
        raise InputError(t("{name} has no matter {id}", name=name, id=known), do=t("check the code"))
    blank = Discipline(
        id="",
        person="" if unit is not None else subject,
        unit=subject if unit is not None else "",
        opened=matter.opened,
    )
    made = matter_of(office, before or blank, matter)
    with office.book.change("roster.discipline", about=name) as change:
        return change.put(made if made.id else replace(made, id=change.new_id(Discipline)))


def matter_of(office: Office, record: Discipline, matter: Matter) -> Discipline:
    """The record as the matter would leave it. Raises InputError for a measure or days that cannot be right."""
    _judge(matter)
    lapses = matter.lapses
    if matter.decided is not None and lapses is None:
        months = months_of(office, matter.measure, matter.decided)
        lapses = add_months(matter.decided, months) if months is not None else None
    told: Mapping[str, Any] = {
        "opened": matter.opened,
        "measure": matter.measure,
        "decided": matter.decided,
        "lapses": lapses,
        "closed": matter.closed,
        "number": clean(matter.number),
    }
    return replace(record, **told)


def months_of(office: Office, measure: str, decided: date) -> int | None:
    """After how many months a measure announced on a day lapses by itself; None: it does not."""
    told = office.settings.practice.measures.get(measure)  # type: ignore[call-overload]  # judged before
    if told is None:
        return None
    months: int | None = told.months.on(decided).value
    older = office.settings.procedure.discipline_months
    return older.on(decided).value if older is not None and months is not None else months


def _judge(matter: Matter) -> None:
    if matter.measure and matter.measure not in MEASURES:
        raise InputError(
            t("There is no measure “{given}”", given=matter.measure),
            do=t("use one of: {known}", known=", ".join(MEASURES)),
        )
    if bool(matter.measure) != (matter.decided is not None):
        raise InputError(
            t("A measure and the day it was announced belong together"), do=t("give both, or neither while it is open")
        )
    if matter.measure and matter.closed is not None:
        raise InputError(
            t("A matter ends with a measure or without one"), do=t("leave out the measure, or the day it was closed")
        )
    first = matter.opened
    for day in (matter.decided, matter.closed, matter.lapses):
        if day is not None and day < first:
            raise InputError(
                t("{day} lies before the day the matter began, {opened}", day=day, opened=first),
                do=t("correct one of the two days"),
            )


def absent(office: Office, absence: Absence) -> Absence:
    """Enter time away from work (`id` empty), or correct it; one change.

    Raises:
        InputError: for an unknown person, a last day before the first, or another absence in that time.
    """
    person = office.person(absence.person)
    if absence.last < absence.first:
        raise InputError(
            t("{last} lies before {first}", last=absence.last, first=absence.first), do=t("correct one of the two days")
        )
    for each in office.book.table(Absence).where(person=absence.person):
        if each.id != absence.id and each.first <= absence.last and absence.first <= each.last:
            raise InputError(
                t("{name} is away from {first} to {last} already", name=person.name, first=each.first, last=each.last),
                do=t("correct the days"),
            )
    with office.book.change("roster.absence", about=person.name) as change:
        return change.put(absence if absence.id else replace(absence, id=change.new_id(Absence)))
