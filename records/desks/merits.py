"""The merits of everybody and of every unit, read from the book once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from records.desks.office import Office
from records.domain.awards import Award, Score, standing
from records.domain.merits import RATINGS, Merits, YearClass
from records.domain.people import Person
from records.domain.service import Appointment, Discipline
from records.domain.settling import HandAnswer
from records.domain.units import Unit
from records.rules.award_conditions import end_of

T = TypeVar("T")
ROLE = "award:"
"""Before the title's id in the `role` of an answer that people gave about it."""


def merits(office: Office, year: int) -> dict[str, Merits]:
    """Id -> merits of everybody and of every unit; a unit's members are those of the year's end."""
    book = office.book
    classes, said = _classes(book.table(Score)), _answers(book.table(HandAnswer))
    counting = standing(book.table(Award))
    awards = _grouped(counting, lambda award: award.subject)
    discipline = _grouped(book.table(Discipline), lambda measure: measure.person)
    appointments = _grouped(book.table(Appointment), lambda appointment: appointment.person)
    since = _register_since(office, counting, year)
    found: dict[str, Merits] = {}
    members: defaultdict[str, list[Merits]] = defaultdict(list)
    for person in book.table(Person):
        found[person.id] = Merits(
            subject=person.id,
            classes=classes[person.id],
            awards=tuple(awards[person.id]),
            discipline=tuple(discipline[person.id]),
            appointments=tuple(appointments[person.id]),
            answers=said[person.id],
            register_since=since,
        )
        if _member(found[person.id], end_of(year)):
            members[person.unit_on(end_of(year))].append(found[person.id])
    for unit in book.table(Unit):
        found[unit.id] = Merits(
            subject=unit.id,
            classes=classes[unit.id],
            awards=tuple(awards[unit.id]),
            answers=said[unit.id],
            unit=True,
            until=unit.until,
            members=tuple(members[unit.id]),
            register_since=since,
        )
    return found


def _grouped(records: Iterable[T], key: Callable[[T], str]) -> defaultdict[str, list[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for each in records:
        found[key(each)].append(each)
    return found


def _register_since(office: Office, counting: Sequence[Award], year: int) -> int:
    """The first year of which the register is whole: as the settings say, else that of its first award.

    Awards of the past, entered from a list, have no number in it, and do not make it whole.
    """
    told = office.settings.procedure.register_since
    registered = (each.achieved_to.year for each in counting if each.register_number)
    return told if told is not None else min(registered, default=year)


def _classes(scores: Iterable[Score]) -> defaultdict[str, dict[int, YearClass]]:
    """Subject -> year -> class; the lowest where somebody is rated in several roles."""
    found: defaultdict[str, dict[int, YearClass]] = defaultdict(dict)
    for each in scores:
        if not each.rating or not each.cycle.isdecimal():
            continue
        years, year = found[each.person or each.unit], int(each.cycle)
        if year not in years or RATINGS.index(each.rating) < RATINGS.index(years[year].rating):
            years[year] = YearClass(each.rating, each.id)
    return found


def _answers(answers: Iterable[HandAnswer]) -> defaultdict[str, dict[tuple[str, str], dict[int, bool]]]:
    found: defaultdict[str, dict[tuple[str, str], dict[int, bool]]] = defaultdict(dict)
    for each in answers:
        if each.role.startswith(ROLE):
            title = each.role.removeprefix(ROLE)
            found[each.person].setdefault((title, each.criterion), {})[each.day.year] = each.yes
    return found


def _member(each: Merits, day: date) -> bool:
    """Whether somebody counts in their unit; one of whom no appointment is recorded does, one who left does not."""
    return not each.appointments or any(one.held_on(day) for one in each.appointments)
