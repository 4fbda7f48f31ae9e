"""Books of any size for measuring: made-up people with one appointment and conferences, or the demo office grown."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, cast
from unittest.mock import patch

from msgspec.structs import replace

from config.settings.loading import load_settings
from records.demo import fill as demo
from records.demo.people import Post, make_appointment, make_person
from records.domain.appointments import Appointment
from records.domain.emulation import Cycle, Entrant
from records.domain.kinds import KINDS
from records.domain.people.person import Person
from records.domain.training import Attendance, Event
from records.domain.units import Unit, UnitName
from records.services.office import Office, furnish
from records.store.book import Book
from records.store.change import Change
from records.store.contract import Store
from tui.present import books

SHELF = "SOVANG_BENCH_SHELF"
"""Names the folder of a run in which books lie that several parts of it only read: making one takes a minute."""
DAY = date(2025, 6, 15)
_AT_ONCE = 1_000
DEMO = demo.CITY + demo.GRASSROOTS
_LINE = 50_000
"""Records in one line: a whole demo office of 20,000 people in one would take gigabytes of memory to write."""


@contextmanager
def shelf() -> Iterator[Path]:
    """The folder of books of this run; one that goes again where a part is run by itself."""
    if given := os.environ.get(SHELF):
        yield Path(given)
    else:
        with TemporaryDirectory() as folder:
            yield Path(folder)


def book_on(shelf: Path, people: int, *, conferences: int = 2) -> Path:
    """The book of so many made-up people, made where it is not there; whoever changes it takes a copy."""
    path = shelf / f"{people}-{conferences}.sovang"
    if not path.exists():
        make_book(path.with_suffix(".part"), people, conferences=conferences).rename(path)
    return path


def office_on(shelf: Path, people: int) -> Path:
    """The book of the demo office of so many people, made where it is not there; whoever changes it takes a copy."""
    path = shelf / f"office-{people}.sovang"
    if not path.exists():
        make_office(path.with_suffix(".part"), people)
        path.with_suffix(".part").rename(path)
    return path


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
        made = (UnitName(name=f"Chi bộ Mẫu {number + 1}") for number in range(demo.PARTY_ORGANISATIONS))
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


class _Parts(Change):
    """An act that is written in several lines."""

    def put(self, record: Any, *, was: Any = None) -> Any:
        found = super().put(record, was=was)
        if len(self.staged) >= _LINE:
            self._write(self.changes())
            self.staged.clear()
        return found


class _InParts:
    """A book whose acts are written in several lines."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)

    def change(self, action: str, *, about: str = "") -> Change:
        return _Parts(self._book, partial(self._book._write, action, about=about))


def sheet_of_all(office: Office) -> Cycle:
    """A cycle of the demo office into whose sheet everybody is entered."""
    cycle = next(each for each in office.book.table(Cycle) if each.role == "collaborator")
    first = office.book.table(Entrant).where(cycle=cycle.id)
    inside = {each.subject for each in first}
    with office.book.change("bench") as change:
        for person in office.book.table(Person):
            if person.id not in inside:
                change.put(replace(first[0], id=change.new_id(Entrant), subject=person.id))
    return cycle


def make_office(path: Path, people: int) -> None:
    """Make a book of the demo office at `path`, with so many people; closed with a snapshot."""
    city = demo.CITY * people // DEMO
    with Book.create(path, office="TN", actor="bench", kinds=KINDS) as book:
        office = Office(cast("Store", _InParts(book)), load_settings())
        furnish(office)
        with patch.multiple(demo, CITY=city, GRASSROOTS=people - city):
            demo.fill(office)
        book.snapshot()
