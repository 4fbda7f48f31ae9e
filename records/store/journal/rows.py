"""The rows of one table: those of a snapshot stay bytes until somebody asks for one of their neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from threading import Lock
from typing import Any, NamedTuple

import msgspec
import orjson

from records.store.journal.content import Content

Row = dict[str, Any]
_APART = msgspec.json.Decoder(dict[int, msgspec.Raw])
"""Tells where each row of a chunk stands, and reads none."""
_SPAN = 256
"""Rows in one chunk: a first touch costs the decoding of this many, and while one is decoded no other thread works."""
BLOCK = 10_000_000
"""Rows that a record of another office may have: those of the office with row `n` here begin behind `n` times this."""


class Chunk(NamedTuple):
    """Neighbouring rows as they lie in a snapshot: numbers of the first and last, how many, and where."""

    first: int
    last: int
    size: int
    start: int
    end: int


class Pending(NamedTuple):
    """A chunk that nobody touched, and where its bytes are."""

    chunk: Chunk
    content: Content

    def body(self) -> bytes:
        """Its rows as JSON, without the outer braces."""
        return self.content.part(self.chunk.start, self.chunk.end)

    def apart(self) -> dict[int, msgspec.Raw]:
        """Its rows by number, none of them read."""
        return _APART.decode(b"{" + self.body() + b"}")


Piece = dict[int, Row] | Pending


class Rows:
    """Number -> row, in the order of numbers. Rows are replaced, never altered.

    Several threads may read while one writes.

    Attributes:
        turn: another number after each change.
    """

    turn = 0

    def __init__(self, content: Content | None = None, chunks: list[Chunk] | None = None) -> None:
        self._content = content or Content(b"")
        self._chunks = chunks or []
        self._known: dict[int, Row] = {}
        self._highest = 0
        self._sorted = True
        self._lock = Lock()

    def get(self, key: int) -> Row | None:
        """The row with this number, or None. Do not alter it."""
        if self._chunks:
            self._reach(key)
        return self._known.get(key)

    def known(self, key: int) -> Row | None:
        """The row with this number, if it is more than bytes yet."""
        return self._known.get(key)

    def glance(self, keys: Iterable[int]) -> dict[int, Row]:
        """The rows with these numbers that there are, by number; their neighbours stay bytes."""
        found: dict[int, Row] = {}
        lying: dict[Pending, list[int]] = {}
        with self._lock:
            known = self._known
            for key in keys:
                if key in known:
                    found[key] = known[key]
                elif (place := self._place(key)) is not None:
                    lying.setdefault(Pending(self._chunks[place], self._content), []).append(key)
        for pending, wanted in lying.items():
            apart = pending.apart()
            found |= {key: orjson.loads(memoryview(apart[key])) for key in wanted if key in apart}
        return found

    def put(self, key: int, row: Row | None) -> None:
        """Set a row, or take it out with None."""
        if self._chunks:
            self._reach(key)
        with self._lock:
            if row is None:
                self._known.pop(key, None)
                self.turn += 1
                return
            if key < self._highest and key not in self._known:
                self._sorted = False
            self._highest = max(self._highest, key)
            self._known[key] = row
            self.turn += 1

    def all(self) -> dict[int, Row]:
        """Every row; the dictionary is the table itself, to be read only."""
        with self._lock:
            while self._chunks:
                self._decode(0)
            if not self._sorted:
                self._known = dict(sorted(self._known.items()))
                self._sorted = True
            return self._known

    def pieces(self) -> list[Piece]:
        """What a snapshot writes, in order: bytes that nobody touched as they were, the other rows as they are now."""
        with self._lock:
            keys = sorted(self._known)
            pieces: list[Piece] = []
            done = 0
            for chunk in self._chunks:
                until = bisect_left(keys, chunk.first)
                pieces.append({key: self._known[key] for key in keys[done:until]})
                pieces.append(Pending(chunk, self._content))
                done = until
            pieces.append({key: self._known[key] for key in keys[done:]})
            return pieces

    def same_as(self, other: Rows) -> bool:
        """Whether both hold the same rows. What both still have as the same bytes is decoded in neither."""
        with self._lock:
            mine = [Pending(each, self._content) for each in self._chunks]
        with other._lock:
            theirs = [Pending(each, other._content) for each in other._chunks]
        if [each.chunk[:3] for each in mine] == [each.chunk[:3] for each in theirs] and all(
            one.body() == two.body() for one, two in zip(mine, theirs, strict=True)
        ):
            return self._known == other._known
        return self.all() == other.all()

    def told(self) -> Iterator[dict[int, Row] | bytes]:
        """Every row: those that somebody asked for, and the others as JSON objects, number -> row."""
        with self._lock:
            known = dict(self._known)
            lying = [Pending(each, self._content) for each in self._chunks]
        yield known
        yield from (each.body().join((b"{", b"}")) for each in lying)

    def __len__(self) -> int:
        return len(self._known) + sum(each.size for each in self._chunks)

    def _reach(self, key: int) -> None:
        """Decode the chunk in which `key` lies or would lie."""
        with self._lock:
            place = self._place(key)
            if place is not None:
                self._decode(place)

    def _place(self, key: int) -> int | None:
        """Which chunk `key` lies or would lie in, if any."""
        place = bisect_right(self._chunks, (key, float("inf"))) - 1
        return place if place >= 0 and key <= self._chunks[place].last else None

    def _decode(self, place: int) -> None:
        chunk = self._chunks[place]
        raw = orjson.loads(b"{" + Pending(chunk, self._content).body() + b"}")
        if chunk.first < self._highest:
            self._sorted = False
        self._highest = max(self._highest, chunk.last)
        # Known before it is no longer pending: a reader without the lock must find the row in one of the two.
        self._known.update((int(key), row) for key, row in raw.items())
        del self._chunks[place]
        if not self._chunks:
            self._content = Content(b"")


def looked_up(tables: Mapping[str, Rows]) -> Callable[[str], dict[int, Row]]:
    """What gives every row of a table as it is then, none of a table that is not there; to be read only."""

    def rows(table: str) -> dict[int, Row]:
        found = tables.get(table)
        return {} if found is None else found.all()

    return rows


def encoded(pieces: Iterable[Piece]) -> Iterator[tuple[int, int, int, bytes]]:
    """Rows as chunks of JSON without the outer braces: first and last number, count, bytes."""
    for piece in pieces:
        if isinstance(piece, Pending):
            chunk = piece.chunk
            yield chunk.first, chunk.last, chunk.size, piece.body()
            continue
        keys = list(piece)
        for start in range(0, len(keys), _SPAN):
            part = keys[start : start + _SPAN]
            # One chunk at a time, so that a screen beside it is never kept waiting long.
            body = orjson.dumps({key: piece[key] for key in part}, option=orjson.OPT_NON_STR_KEYS)
            yield part[0], part[-1], len(part), body[1:-1]


def steady(rows: dict[int, Row]) -> Iterator[tuple[int, Row]]:
    """Every row, though another thread may change the table meanwhile; only the numbers are copied, which is quick."""
    for key in list(rows):
        row = rows.get(key)
        if row is not None:
            yield key, row
