"""Offices that exchange packages: each has a book of its own, and knows those it met."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from config.settings.offices import dated
from exports.packages import write_identity, write_package
from records.domain.exchange import Package
from records.domain.people.person import Person
from records.services.exchange import meeting, opening, packing, taking
from records.services.exchange.contents import wanted
from records.services.office import Office, furnish
from records.store.book import Book
from tests.records.services.conftest import shipped

TODAY = date(2026, 1, 15)


def now(day: date = TODAY) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0)  # the office's own clock


@contextmanager
def office_of(folder: Path, code: str, name: str = "", *, units: bool = True) -> Iterator[Office]:
    """A new office with this code and nobody in it."""
    settings = shipped()
    own = msgspec.structs.replace(
        settings.office, code=code, name=dated("name", {date(1900, 1, 1): name or f"Ban {code}"})
    )
    with Book.create(folder / f"{code}.sovang", office=code, actor="tester", lasting=False) as book:
        made = Office(book, replace(settings, office=own))
        if units:
            furnish(made)
        yield made


def reopened(path: Path, code: str, book: Any) -> Office:
    """The office of a book that lies there."""
    settings = shipped()
    own = msgspec.structs.replace(settings.office, code=code)
    assert path.exists()
    return Office(book, replace(settings, office=own))


def introduce(folder: Path, *offices: Office) -> None:
    """Let each of these know every other."""
    for one in offices:
        file = folder / f"{one.book.id}.id"
        if not file.exists():
            write_identity(one, file, now=now())
        for other in offices:
            if other is not one:
                meeting.meet(other, meeting.meeting(other, meeting.read_identity(file)), today=TODAY)


def packed(
    office: Office, to: Office, file: Path, what: str = "roster", *, period: str = "", day: date = TODAY,
    plain: bool = False,
) -> Path:  # fmt: skip
    """A package of an office for another as a file."""
    made = packing.pack(office, wanted(what, period), to.book.office, now=now(day), plain=plain)
    write_package(office, made, file, day=day, overwrite=True)
    return file


def planned(office: Office, file: Path, *, older: bool = False, today: date = TODAY, **how: Any) -> taking.Plan:
    """What taking a package would do."""
    package = opening.opened(office, file, older=older, again=bool(how))
    return taking.plan(office, package, taking.How(**how), today=today)


def taken(office: Office, file: Path, *, today: date = TODAY, **how: Any) -> tuple[taking.Plan, Package | None]:
    """Take a package."""
    made = planned(office, file, today=today, **how)
    return made, taking.accept(office, made)[1]


def told(plan: taking.Plan) -> tuple[int, int, int, int]:
    """How many records are new, change, stay, and are refused."""
    return sum(plan.new.values()), sum(plan.changed.values()), sum(plan.same.values()), len(plan.refused)


def person(office: Office, name: str, **fields: Any) -> Person:
    """Enter somebody."""
    with office.book.change("test.person", about=name) as change:
        return change.put(Person(id=change.new_id(Person), name=name, **fields))


def correct(office: Office, person_id: str, **fields: Any) -> Person:
    """Change somebody."""
    held = office.book.table(Person)[person_id]
    with office.book.change("test.correct") as change:
        return change.put(msgspec.structs.replace(held, **fields), was=held)
