"""Small books for the tests of the book."""

from __future__ import annotations

from pathlib import Path

from records.book.book import Book
from records.domain.people import Person


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
