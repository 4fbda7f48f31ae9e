"""Who came to what, of everybody: counted once from the book, and kept in step with each change of it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from itertools import accumulate
from sys import byteorder
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary, ref

import msgspec

from records.domain.kinds import KINDS
from records.domain.people.sessions import PRESENCES, RESULTS, Sessions, packed
from records.domain.training import TRAINING_KINDS, Attendance, Presence
from records.store.contract import Store

_CACHE = "attended"
_WORTH = 20_000
"""Sessions from which counting takes longer than a glance: some three hundred people with five years of work."""
_TABLE = KINDS[Attendance].table
_MOST = 1 << 24
"""More sessions than anybody has."""
_AT_HAND = 1_000
"""Records read that stay in memory: those of a few people, of whom a page reads them more than once."""
_COLUMNS = ("id", "person", "day", "kind", "presence", "result", "event")


class Attended:
    """The sessions of everybody in a book; may be asked from any thread."""

    def __init__(self, book: Store) -> None:
        self._book = ref(book)  # what is remembered of a book must not keep it in memory
        self._codes: dict[str, array[int]] = {}
        self._whole, self._lying = _NOTHING, dict[str, int]()
        """What an earlier opening counted, one person after another, and where (see `_Kept`): `_codes` are newer."""
        self._tallies: dict[str, list[int]] = {}
        """Event -> how many have each of `PRESENCES`."""
        self._seq = -1
        self._name = ""
        self._read: dict[int, Attendance] = {}
        self._odd: dict[int, str] = {}
        """Ids that are not of this office's form, by number."""
        self._lock = Lock()
        book.at_close(_CACHE, self.kept)

    def follow(self, book: Store) -> Attended:
        """Take in what the book wrote since; gives itself."""
        with self._lock:
            name = f"{book.office}-{KINDS[Attendance].letter}-"
            self._seq, changes = book.changes_since(self._seq)
            if name != self._name:  # with another code of the office every id is another
                self._name, changes = name, None
            if changes is None or changes:
                self._read = {}
            if changes is not None and any(_moved(*each) for each in changes):
                changes = None
            if changes is None:
                self._codes, self._odd, self._tallies = {}, {}, {}
                self._whole, self._lying = _NOTHING, {}
                if not self._take(book.recall(_CACHE)):
                    self._count(book)
            else:
                for table, _, before, after in changes:
                    if table == _TABLE:
                        self._exchange(book, before, after)
        return self

    def of(self, person: str) -> Sessions:
        """The sessions of one person, oldest first."""
        with self._lock:
            return Sessions(self._codes_of(person), self)

    def _codes_of(self, person: str) -> array[int]:
        found = self._codes.get(person)
        if found is None:
            begin, count = divmod(self._lying.get(person, 0), _MOST)
            found = array("q", self._whole[begin : begin + count].tobytes())
        return found

    def presences(self, event: str) -> dict[Presence, int]:
        """How many of those called to an event have which presence; empty where nobody was called."""
        with self._lock:
            found = self._tallies.get(event, ())
            return {presence: n for presence, n in zip(PRESENCES, found, strict=False) if n}

    def id_of(self, number: int) -> str:
        """The id of the attendance with this number."""
        return self._odd.get(number) or f"{self._name}{number:05d}"

    def record(self, number: int) -> Attendance:
        """The attendance with this number, read from the book. Raises KeyError where it is gone meanwhile."""
        book, read = self._book(), self._read
        found = read.get(number)
        if found is None and book is not None:
            found = book.table(Attendance).glance(self.id_of(number))
        if found is None:
            raise KeyError(number)
        if len(read) > _AT_HAND:
            read = self._read = {}
        read[number] = found  # a change meanwhile has put another in its place
        return found

    def _count(self, book: Store) -> None:
        codes: dict[str, array[int]] = {}
        called: Counter[tuple[str, Presence]] = Counter()
        for record_id, person, day, kind, presence, result, event in book.table(Attendance).columns(*_COLUMNS):
            called[event, presence] += 1
            code = packed(self._number(book, record_id), day, kind, presence, result)
            try:
                codes[person].append(code)
            except KeyError:
                codes[person] = array("q", (code,))
        self._codes = {person: array("q", sorted(found)) for person, found in codes.items()}
        for (event, presence), n in called.items():
            self._tally(event, presence, n)

    def _tally(self, event: str, presence: Presence, n: int) -> None:
        self._tallies.setdefault(event, [0] * len(PRESENCES))[PRESENCES.index(presence)] += n

    def kept(self, book: Store) -> bytes | None:
        """Everything counted, for the next opening; None where counting it again is quick."""
        with self._lock:
            worth = self._seq >= 0 and len(self._whole) + sum(map(len, self._codes.values())) >= _WORTH
        if not worth:
            return None
        self.follow(book)
        whole = {person: self._codes_of(person) for person in {**self._lying, **self._codes}}
        begins = accumulate(map(len, whole.values()), initial=0)
        places = {person: begin * _MOST + len(whole[person]) for person, begin in zip(whole, begins, strict=False)}
        told = b"".join(codes.tobytes() for codes in whole.values())
        return _KEPT.encode(_Kept(_FORM, self._odd, places, memoryview(told), self._tallies))

    def _take(self, content: bytes | None) -> bool:
        """Take over what was kept; gives whether it could be."""
        if content is None:
            return False
        try:
            kept = _TAKEN.decode(content)
        except msgspec.DecodeError:  # another program's
            return False
        if kept.form != _FORM:
            return False
        self._whole, self._lying = kept.codes.cast("q"), kept.places
        self._odd, self._tallies = kept.odd, kept.tallies
        return True

    def _number(self, book: Store, record_id: str) -> int:
        own = record_id.startswith(self._name)
        number = int(record_id[len(self._name) :]) if own else book.row_of(record_id)
        if record_id != f"{self._name}{number:05d}":
            self._odd[number] = record_id
        elif self._odd:
            self._odd.pop(number, None)
        return number

    def _exchange(self, book: Store, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
        """Take one record for another; a change that was seen already is none any more."""
        for row in (each for each in (before, after) if each is not None):
            person, code, event, presence = self._told(book, row)
            codes = self._codes_of(person)
            place = bisect_left(codes, code)
            there = codes[place : place + 1] == array("q", [code])
            # An array that somebody reads is left as it is: each change makes a new one.
            if row is before and there:
                self._codes[person] = codes[:place] + codes[place + 1 :]
                self._tally(event, presence, -1)
            elif row is after and not there:
                self._codes[person] = codes[:place] + array("q", [code]) + codes[place:]
                self._tally(event, presence, 1)

    def _told(self, book: Store, row: Mapping[str, Any]) -> tuple[str, int, str, Presence]:
        record = msgspec.convert(row, Attendance, strict=False)
        words = record.kind, record.presence, record.result
        return record.person, packed(self._number(book, record.id), record.day, *words), record.event, record.presence


def _moved(table: str, _id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> bool:
    """Whether somebody's attendance went to another event, which no number tells."""
    return table == _TABLE and before is not None and after is not None and before.get("event") != after.get("event")


class _Kept(msgspec.Struct):
    """What was counted, as it is kept: the sessions of one person after those of another.

    Attributes:
        odd: ids that are not of this office's form, by number.
        places: person -> where their sessions begin, times `_MOST`, and how many there are: in one number, for
            numbers are read as they stand, and a few people are asked for of many.
        codes: the sessions, as `packed` gives them.
        tallies: event -> how many have each of `PRESENCES`.
    """

    form: str
    odd: dict[int, str]
    places: dict[str, int]
    codes: memoryview
    tallies: dict[str, list[int]]


_KEPT, _TAKEN = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(_Kept)
_FORM = f"3 {byteorder} {TRAINING_KINDS} {PRESENCES} {RESULTS}"
"""How sessions are written as numbers; what was written otherwise is counted anew."""
_NOTHING = memoryview(b"").cast("q")
_COUNTED: WeakKeyDictionary[Store, Attended] = WeakKeyDictionary()
_MAKING = Lock()


def attended(book: Store) -> Attended:
    """Who came to what by the book as it is now."""
    with _MAKING:
        counted = _COUNTED.get(book)
        if counted is None:
            counted = _COUNTED[book] = Attended(book)
    return counted.follow(book)
