"""Books of any size for measuring: made-up people with their units, one appointment each, and conferences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

from records.demo.fill import PARTY_ORGANISATIONS
from records.demo.people import Post, make_appointment, make_person
from records.domain.appointments import Appointment
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.domain.units import Unit, UnitName
from records.services.office import Office, furnish
from records.store.book import Book
from tui.present import books

DAY = date(2025, 6, 15)
_AT_ONCE = 1_000


def make_book(path: Path, people: int, *, conferences: int) -> Path:
    """A book with so many people, each of whom was called to so many monthly conferences; gives its path.

    It is written as an office fills one: a thousand people a change, each conference a change; then closed, so that
    it opens from its snapshot.
    """
    settings = books.settings_of(None)
    with Book.create(path, office=settings.office.code, actor="bench", lasting=False) as book:
        office = Office(book, settings)
        furnish(office)
        ids = _people(office, people)
        for number in range(conferences):
            _conference(book, ids, number)
        book.engine.lasting = True
    return path


def _people(office: Office, count: int) -> list[str]:
    random = Random(count)
    with office.book.change("bench") as change:
        made = (UnitName(name=f"Chi bộ Mẫu {number + 1}") for number in range(PARTY_ORGANISATIONS))
        units = [change.put(Unit(id=change.new_id(Unit), names=(each,), kind="party_organisation")).id for each in made]
    ids: list[str] = []
    for start in range(0, count, _AT_ONCE):
        with office.book.change("bench") as change:
            for number in range(start, min(start + _AT_ONCE, count)):
                unit = units[number % len(units)]
                role, level = (("reporter", "commune"), ("communicator", "grassroots"))[number % 2]
                person = change.put(make_person(random, change.new_id(Person), unit, number))
                post = Post(role, level, unit)  # type: ignore[arg-type]  # both come from the closed sets
                change.put(make_appointment(random, change.new_id(Appointment), person.id, post, number + 1))
                ids.append(person.id)
    return ids


def _conference(book: Book, people: Sequence[str], number: int) -> None:
    day = date(2020 + (number + 5) // 12, (number + 5) % 12 + 1, 10)
    with book.change("bench") as change:
        event = change.put(Event(id=change.new_id(Event), kind="conference", title=f"Hội nghị {number + 1}", day=day))
        for each in people:
            change.put(
                Attendance(
                    id=change.new_id(Attendance),
                    person=each,
                    event=event.id,
                    kind="conference",
                    day=day,
                    presence="present",
                )
            )
