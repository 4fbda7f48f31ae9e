"""The merits of everybody and of every unit, read from the book once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from records.domain.appointments import Absence, Appointment, Discipline
from records.domain.awards.awards import Award, Score, YearRating, standing
from records.domain.awards.initiatives import Initiative
from records.domain.awards.merits import RATINGS, Merits, PartyPapers, YearClass
from records.domain.awards.registrations import TitleRegistration
from records.domain.people.person import Person
from records.domain.rule_changes import HandAnswer
from records.domain.units import Unit
from records.rules.awards.asked import AchievementYear, achievement_year
from records.services.office import Office
from records.store.contract import Store

T = TypeVar("T")
ROLE = "award:"
"""Before the title's id in the `role` of an answer that people gave about it."""


def merits(office: Office, year: int) -> dict[str, Merits]:
    """Id -> merits of everybody and of every unit; a unit's members are those of the year's end."""
    calendar = achievement_year(office.settings.practice, year)
    counting = standing(office.book.table(Award))
    blanks = _blanks(office.book, counting, _register_since(office, counting, year, calendar))
    found, last = dict[str, Merits](), calendar.last(year)
    members = defaultdict[str, list[Merits]](list)
    appointments = _grouped(office.book.table(Appointment).glances(), lambda appointment: appointment.person)
    away = _grouped(office.book.table(Absence), lambda absence: absence.person)
    made = _by_author(office.book.table(Initiative))
    for person in office.book.table(Person).glances():
        found[person.id] = replace(
            blanks(person.id),
            appointments=tuple(appointments[person.id]),
            party=PartyPapers(person.party_probation, person.party_official, person.party_member),
            before=person.before,
            absences=tuple(away[person.id]),
            initiatives=tuple(made[person.id]),
        )
        if _member(found[person.id], last):
            members[person.unit_on(last)].append(found[person.id])
    for unit in office.book.table(Unit):
        found[unit.id] = replace(blanks(unit.id), unit=True, until=unit.until, members=tuple(members[unit.id]))
    return found


def _blanks(book: Store, counting: Sequence[Award], since: int) -> Callable[[str], Merits]:
    """From an id to what people and units have alike, each table read once."""
    ratings, said = _ratings(book), _answers(book.table(HandAnswer))
    awards = _grouped(counting, lambda award: award.subject)
    discipline = _grouped(book.table(Discipline), lambda measure: measure.person or measure.unit)
    registrations = _grouped(book.table(TitleRegistration), lambda each: each.subject)
    registering = frozenset(each.year for group in registrations.values() for each in group)
    return lambda subject: Merits(
        subject=subject,
        ratings=ratings[subject],
        awards=tuple(awards[subject]),
        discipline=tuple(discipline[subject]),
        answers=said[subject],
        register_since=since,
        registrations=tuple(registrations[subject]),
        registering=registering,
    )


def _grouped(records: Iterable[T], key: Callable[[T], str]) -> defaultdict[str, list[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for each in records:
        found[key(each)].append(each)
    return found


def _by_author(initiatives: Iterable[Initiative]) -> defaultdict[str, list[Initiative]]:
    found: defaultdict[str, list[Initiative]] = defaultdict(list)
    for each in initiatives:
        for author in each.authors:
            found[author.person].append(each)
    return found


def _register_since(office: Office, counting: Sequence[Award], year: int, calendar: AchievementYear) -> int:
    """The first year of which the register is whole: as the settings say, else that of its first award.

    Awards of the past, entered from a list, have no number in it, and do not make it whole.
    """
    told = office.settings.procedure.register_since
    registered = (calendar.of(each.achieved_to) for each in counting if each.register_number)
    return told if told is not None else min(registered, default=year)


def _ratings(book: Store) -> defaultdict[str, dict[str, dict[int, YearClass]]]:
    """Subject -> kind of rating -> year -> class; the lowest where there are several of a kind."""
    found: defaultdict[str, dict[str, dict[int, YearClass]]] = defaultdict(dict)

    def put(subject: str, kind: str, year: int, made: YearClass) -> None:
        years = found[subject].setdefault(kind, {})
        if year not in years or RATINGS.index(made.rating) < RATINGS.index(years[year].rating):
            years[year] = made

    for each in book.table(Score).glances():
        if each.rating and each.cycle.isdecimal():
            put(each.person or each.unit, "office", int(each.cycle), YearClass(each.rating, each.id))
    for one in book.table(YearRating).glances():
        if one.rating:
            put(one.person or one.unit, one.kind, one.year, YearClass(one.rating, one.id))
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
