"""The demo office grown to so many people: five years of work each, with courses, ratings and awards to judge by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

from config.settings.loading import load_settings
from records.demo import fill as demo
from records.domain.kinds import KINDS
from records.services.office import Office, furnish
from records.store.book import Book
from records.store.change import Change
from records.store.contract import Store

DEMO = demo.CITY + demo.GRASSROOTS
_LINE = 50_000
"""Records in one line: a whole demo office of 20,000 people in one would take gigabytes of memory to write."""


class _Parts(Change):
    """An act that is written in several lines."""

    def __init__(self, book: Book, action: str) -> None:
        super().__init__(book.office, book.kinds, book.engine.counters, book.engine.row, dict)
        self._book, self._action = book, action

    def put(self, record: Any, *, was: Any = None) -> Any:
        found = super().put(record, was=was)
        if len(self.staged) >= _LINE:
            self.write()
        return found

    def write(self) -> None:
        with self._book.change(self._action) as change:
            change.staged.update(self.staged)
        self.staged.clear()


class _InParts:
    """A book whose acts are written in several lines."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)

    @contextmanager
    def change(self, action: str, *, about: str = "") -> Iterator[Change]:  # as a book has it
        parts = _Parts(self._book, action)
        yield parts
        parts.write()


def make(path: Path, people: int) -> None:
    """Make a book of the demo office at `path`, with so many people; closed with a snapshot."""
    city = demo.CITY * people // DEMO
    with Book.create(path, office="TN", actor="bench", kinds=KINDS) as book:
        office = Office(cast("Store", _InParts(book)), load_settings())
        furnish(office)
        with patch.multiple(demo, CITY=city, GRASSROOTS=people - city):
            demo.fill(office)
        book.snapshot()
