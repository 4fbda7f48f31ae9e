"""A small office that every test may change: two reporters, a collaborator, one ward."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from config.settings.loading import Settings, load_settings
from records.domain.appointments import Appointment
from records.domain.dates import PartialDate
from records.domain.people.person import Credential, Person
from records.domain.training import Event
from records.domain.units import Unit
from records.services.office import Office, furnish
from records.store.book import Book
from tests.records.store.memory import MemoryBook

ON = date(2025, 6, 15)


def course_of_long_ago(office: Office) -> None:
    """Enter an old course: what the book does not tell of since then did not happen."""
    with office.book.change("test.course") as change:
        change.put(Event(id=change.new_id(Event), kind="course", title="Lớp năm 2015", day=date(2015, 1, 5)))


def staff(office: Office) -> list[Person]:
    """Enter the small office's people; returns them in the order An, Đức, Hùng."""
    ward = next(unit for unit in office.book.table(Unit) if unit.name == "Phường Túc Duyên")
    made = []
    with office.book.change("test.staff") as change:
        for name, role, year in (
            ("Nguyễn Văn Đức", "reporter", 1970),
            ("Lê Thị An", "reporter", 1982),
            ("Trần Hùng", "collaborator", 1990),
        ):
            person = change.put(
                Person(
                    id=change.new_id(Person),
                    name=name,
                    born=PartialDate(year, 3, 1),
                    unit=ward.id,
                    party_official=PartialDate(2010, 1, 1),
                    credentials=(Credential(kind="education", level="bachelor", evidence="diploma"),),
                )
            )
            made.append(person)
            change.put(
                Appointment(
                    id=change.new_id(Appointment),
                    person=person.id,
                    role=role,  # type: ignore[arg-type]
                    level="district",
                    unit=ward.id,
                    number="1-QĐ/TU",
                    since=date(2020, 8, 15),
                    until=date(2025, 8, 14),
                )
            )
    return [made[1], made[0], made[2]]


@contextmanager
def made_office(folder: Path) -> Iterator[Office]:
    """A new, furnished office with nobody in it, in `folder`."""
    settings = shipped()
    with Book.create(folder / "test.sovang", office=settings.office.code, actor="tester") as book:
        made = Office(book, settings)
        furnish(made)
        yield made


@cache
def shipped() -> Settings:
    """The settings of the program; they are frozen."""
    return load_settings()


@contextmanager
def remembered_office() -> Iterator[Office]:
    """The same on the store in memory."""
    with closing(MemoryBook(office=shipped().office.code)) as book:
        made = Office(book, shipped())
        furnish(made)
        yield made


@pytest.fixture(params=["book", "memory"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A new, furnished office with nobody in it, on each store that keeps to the contract."""
    with made_office(tmp_path) if request.param == "book" else remembered_office() as made:
        yield made
