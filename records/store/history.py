"""History as a reading of the journal: entries, and which of them were taken back."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from config.errors import ConflictError
from config.text import t
from records.domain.access.restrictions import ERASE
from records.domain.kinds import KINDS, from_document
from records.store.journal.chain import FIRST, unseal
from records.store.journal.engine import DocumentChange, Engine
from records.store.journal.index import JournalIndex, Line
from records.store.journal.rows import Row
from records.store.journal.segments import Scan, first_of, piece, segments
from records.store.journal.snapshots import base_mark
from records.store.safety.vouching import Vouched, has_lost_all
from records.store.sealing.sealer import Sealer

T = TypeVar("T")

UNDO, REDO = "undo", "redo"
STATE = "book.state"
"""A line that only vouches for a snapshot written at the end of the work."""


@dataclass(frozen=True, slots=True)
class Entry(Line):
    """One change as the journal tells it; what it changed is read when it is asked for."""

    folder: Path
    sealer: Sealer | None = field(default=None, repr=False, compare=False)

    @property
    def changes(self) -> tuple[DocumentChange, ...]:
        """What it changed: (table, number, before, after); read from the journal each time."""
        line = piece(self.folder, first_of(self.folder / self.segment), self.at, self.length)[:-1]
        body = unseal(line, sealer=self.sealer)
        return tuple((name, key, old, new) for name, key, old, new in body["changes"])

    def of(self, kind: type[T]) -> list[tuple[T | None, T | None]]:
        """The records of one kind that it changed: each before and after, None where there was none."""
        table = KINDS[kind].table
        both = [(old, new) for name, _, old, new in self.changes if name == table]

        def read(row: Row | None) -> T | None:
            return None if row is None else from_document(row, kind)

        return [(read(old), read(new)) for old, new in both]


def entry_of(line: Line, folder: Path, sealer: Sealer | None = None) -> Entry:
    """The entry that a line of the book in `folder` tells; `sealer` opens it where the book is sealed."""
    told = {each.name: getattr(line, each.name) for each in fields(Line)}
    return Entry(**told, folder=folder, sealer=sealer)


class History:
    """The journal of a book, read through its index."""

    def __init__(self, folder: Path, engine: Engine, index: JournalIndex) -> None:
        self._folder, self._engine, self._index = folder, engine, index

    def entries(
        self, *, records: tuple[str, ...] = (), actor: str = "", day: str = "", action: str = "", after: int = 0
    ) -> Iterator[Entry]:
        """Entries, newest first: all, or those of a record by its names, of a person, a day, an act, after a line."""
        lines = self._index.lines(
            upto=self._engine.seq, records=records, actor=actor, day=day, action=action, after=after
        )
        return (entry_of(line, self._folder, self._engine.sealer) for line in lines)

    def entry(self, seq: int) -> Entry:
        """The entry of line `seq`. Raises ConflictError when there is none."""
        line = next(self._index.lines(upto=seq, after=seq - 1), None) if 0 < seq <= self._engine.seq else None
        if line is None:
            raise ConflictError(t("There is no change {seq}", seq=seq), do=t("see “book log” for the numbers"))
        return entry_of(line, self._folder, self._engine.sealer)

    def reverse(self, entry: Entry, logs: Container[str] = ()) -> list[DocumentChange]:
        """The changes that take `entry` back.

        Args:
            entry: the change.
            logs: tables whose documents may name a record that is gone.

        Raises:
            ConflictError: when a later change stands on it: it changed the same document, or names one that would go
                or get another id; and for what destroyed data of a person.
        """
        judge_no_erasure(entry.action, entry.seq)
        changes = entry.changes
        if not changes:
            raise ConflictError(t("Change {seq} changed no record", seq=entry.seq), do=t("see “book log”"))
        for name, key, _, after in changes:
            if self._engine.row(name, key) != after:
                raise self._conflict(entry, f"{name}/{key}")
        there = [(before or {}, after) for _, _, before, after in changes if after is not None and "id" in after]
        gone = {str(after["id"]) for before, after in there if before.get("id") != after["id"]}
        codes = {_code(after) for before, after in there if before and before.get("id") != after["id"]}
        if gone:
            self._judge_named(entry, lambda row: _names(row, gone) or _code(row) in codes, logs)
        return [(name, key, after, before) for name, key, before, after in reversed(changes)]

    def _judge_named(self, entry: Entry, stands_on: Callable[[Row], bool], logs: Container[str]) -> None:
        """Refuse to take away documents on which one written later, and still there, stands."""
        own = {(name, key) for name, key, _, _ in entry.changes}
        for later in self.entries(after=entry.seq):
            for name, key, _, _ in later.changes:
                row = self._engine.row(name, key)
                if row is not None and name not in logs and (name, key) not in own and stands_on(row):
                    raise ConflictError(
                        t(
                            "Change {seq} cannot be taken back: change {later} stands on it",
                            seq=entry.seq,
                            later=later.seq,
                        ),
                        do=t("take back change {later} first", later=later.seq),
                    )

    def _conflict(self, entry: Entry, record: str) -> ConflictError:
        later = next(self.entries(records=(record,), after=entry.seq), None)
        if later is None:
            return ConflictError(t("Change {seq} was already taken back", seq=entry.seq), do=t("see “book log”"))
        return ConflictError(
            t("Change {seq} cannot be taken back: change {later} stands on it", seq=entry.seq, later=later.seq),
            do=t("take back change {later} first", later=later.seq),
        )


def _code(row: Row) -> str:
    """The code of the office in the id of a row."""
    return str(row.get("id", "")).partition("-")[0]


def _names(value: object, ids: set[str]) -> bool:
    """Whether one of these ids stands anywhere in a document."""
    if isinstance(value, str):
        return value in ids
    if isinstance(value, Mapping):
        return any(_names(each, ids) for each in (*value.keys(), *value.values()))
    return isinstance(value, list | tuple) and any(_names(each, ids) for each in value)


def judge_no_erasure(action: str, seq: int) -> None:
    """Raises ConflictError for an act that destroyed what was sensitive of a person: that is so for good."""
    if action == ERASE:
        raise ConflictError(
            t("Change {seq} destroyed what was sensitive of somebody, and is not taken back", seq=seq),
            do=t("take back another change by its number: see “book log”"),
        )


def undoable(entries: Iterator[Entry], logs: Container[str] = ()) -> Entry:
    """The newest change that stands: not taken back, not itself a taking back, and more than a line of a log.

    Raises:
        ConflictError: when there is none, or it destroyed data of a person.
    """
    taken_back: set[int] = set()
    for entry in entries:
        if entry.undoes is not None:
            # Met newest first: a taking back that was itself taken back counts for nothing.
            if entry.seq not in taken_back:
                taken_back.add(entry.undoes)
            continue
        if entry.seq not in taken_back and any(name not in logs for name, _, _, _ in entry.changes):
            judge_no_erasure(entry.action, entry.seq)
            return entry
    raise ConflictError(t("There is nothing to undo"), do=t("see “book log”"))


def redoable(entries: Iterator[Entry]) -> Entry:
    """The newest undo that nothing but undos and redos followed. Raises ConflictError."""
    taken_back: set[int] = set()
    for entry in entries:
        if entry.action == REDO and entry.undoes is not None:
            taken_back.add(entry.undoes)
        elif entry.action == UNDO and entry.seq not in taken_back:
            return entry
        elif entry.action not in (UNDO, REDO, STATE):
            break
    raise ConflictError(t("There is nothing to redo"), do=t("a redo is possible right after an undo"))


class Damage(msgspec.Struct, frozen=True):
    """Where the chain of the journal breaks.

    Attributes:
        name: the file, or empty where one is missing.
        after: the last good line.
        torn: the very last line was never finished, and so never acknowledged; nothing else is wrong.
    """

    name: str
    after: int
    torn: bool = False


class Chain(NamedTuple):
    """What reading every line showed: the last good one, its hash, where it breaks, what the lines vouch for."""

    seq: int
    digest: str
    damage: Damage | None
    vouched: Vouched


def whole_chain(folder: Path, upto: int | None = None, *, based: bool = True) -> Chain:
    """Read every line of every segment from the first; of sealed ones what they tell everybody, without the key.

    Args:
        folder: the book.
        upto: the last line to read, or None for all.
        based: begin behind the base, where the beginning of the journal was lost and the book repaired.

    Raises:
        OSError: when a segment cannot be read.
    """
    seq, prev, vouched = *(base_mark(folder) if based else (0, FIRST)), Vouched()
    known = [(first, path) for first, path in segments(folder) if first > seq]
    for first, path in known:
        if first != seq + 1:
            return Chain(seq, prev, Damage("", seq), vouched)
        scan = Scan(path, seq=seq, prev=prev, blind=True)
        for body in scan:
            vouched.hear(body)
            if scan.seq == upto:
                return Chain(scan.seq, scan.prev, None, vouched)
        seq, prev = scan.seq, scan.prev
        if scan.problem or scan.torn:
            torn = not scan.problem and path == known[-1][1]
            return Chain(seq, prev, Damage(path.name, seq, torn=torn), vouched)
    return Chain(seq, prev, Damage("", seq) if not seq and has_lost_all(folder) else None, vouched)
