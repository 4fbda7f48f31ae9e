"""Who came to what, of everybody: counted once from the book, and kept in step with each change of it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from records.domain.kinds import KINDS
from records.domain.people.sessions import Sessions, packed
from records.domain.training import Attendance
from records.store.contract import Store

_TABLE = KINDS[Attendance].table
_AT_HAND = 1_000
"""Records read that stay in memory: those of a few people, of whom a page reads them more than once."""
_COLUMNS = ("id", "person", "day", "kind", "presence", "result")


class Attended:
    """The sessions of everybody in a book; may be asked from any thread."""

    def __init__(self, book: Store) -> None:
        self._table = book.table(Attendance)
        self._codes: dict[str, array[int]] = {}
        self._seq = -1
        self._name = f"{book.office}-{KINDS[Attendance].letter}-"
        self._read: dict[int, Attendance] = {}
        self._odd: dict[int, str] = {}
        """Ids that are not of this office's form, by number."""
        self._lock = Lock()

    def follow(self, book: Store) -> Attended:
        """Take in what the book wrote since; gives itself."""
        with self._lock:
            self._seq, changes = book.changes_since(self._seq)
            if changes is None or changes:
                self._read = {}
            if changes is None:
                self._count()
            else:
                for table, _, before, after in changes:
                    if table == _TABLE:
                        self._exchange(before, after)
        return self

    def of(self, person: str) -> Sessions:
        """The sessions of one person, oldest first."""
        with self._lock:
            return Sessions(self._codes.get(person, _NONE), self)

    def id_of(self, number: int) -> str:
        """The id of the attendance with this number."""
        return self._odd.get(number) or f"{self._name}{number:05d}"

    def record(self, number: int) -> Attendance:
        """The attendance with this number, read from the book. Raises KeyError where it is gone meanwhile."""
        found = self._read.get(number) or self._table.glance(self.id_of(number))
        if found is None:
            raise KeyError(number)
        if len(self._read) > _AT_HAND:
            self._read = {}
        self._read[number] = found
        return found

    def _count(self) -> None:
        codes: dict[str, list[int]] = {}
        self._odd = {}
        for record_id, person, *told in self._table.columns(*_COLUMNS):
            codes.setdefault(person, []).append(packed(self._number(record_id), *told))
        self._codes = {person: array("q", sorted(found)) for person, found in codes.items()}

    def _number(self, record_id: str) -> int:
        number = int(record_id.rpartition("-")[2])
        if record_id != f"{self._name}{number:05d}":
            self._odd[number] = record_id
        return number

    def _exchange(self, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
        """Take one record for another; a change that was seen already is none any more."""
        for row in (each for each in (before, after) if each is not None):
            person, code = self._told(row)
            codes = self._codes.get(person, _NONE)
            place = bisect_left(codes, code)
            there = codes[place : place + 1] == array("q", [code])
            # An array that somebody reads is left as it is: each change makes a new one.
            if row is before and there:
                self._codes[person] = codes[:place] + codes[place + 1 :]
            elif row is after and not there:
                self._codes[person] = codes[:place] + array("q", [code]) + codes[place:]

    def _told(self, row: Mapping[str, Any]) -> tuple[str, int]:
        record = msgspec.convert(row, Attendance, strict=False)
        words = record.kind, record.presence, record.result
        return record.person, packed(self._number(record.id), record.day, *words)


_NONE = array("q")
_COUNTED: WeakKeyDictionary[Store, Attended] = WeakKeyDictionary()
_MAKING = Lock()


def attended(book: Store) -> Attended:
    """Who came to what by the book as it is now."""
    with _MAKING:
        counted = _COUNTED.get(book)
        if counted is None:
            counted = _COUNTED[book] = Attended(book)
    return counted.follow(book)
