"""Small books for the tests of the book."""

from __future__ import annotations

from pathlib import Path

from records.domain.people.person import Person
from records.store.book import Book


def new_book(path: Path) -> Book:
    return Book.create(path, office="TN", actor="tester")


def add(book: Book, *names: str) -> list[str]:
    with book.change("test.add", about=", ".join(names)) as change:
        return [change.put(Person(id=change.new_id(Person), name=name)).id for name in names]


def names(book: Book) -> list[str]:
    return [person.name for person in book.table(Person)]


def filled(path: Path, count: int = 7) -> Path:
    with new_book(path) as book:
        for number in range(count):
            add(book, f"Nguyễn {number}")
    return path


def journal(path: Path) -> Path:
    return next(iter(sorted(path.glob("journal-*.jsonl"))))


def several_segments(path: Path) -> Path:
    """Nine people in three segments of three lines, with a snapshot after each of the first two."""
    with new_book(path) as book:
        for number in range(9):
            if number in (3, 6):
                book.snapshot()
            add(book, f"N{number}")
    return path


def everybody(count: int = 9) -> list[str]:
    return [f"N{number}" for number in range(count)]


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
