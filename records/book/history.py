"""History as a reading of the journal: entries, and which of them were taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from config.errors import ConflictError
from config.text import t
from records.book.engine import DocumentChange
from records.book.segments import Scan, segments

UNDO, REDO = "undo", "redo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change as the journal tells it.

    Attributes:
        time: to the second, with its zone, as text.
        about: a short plain text for people.
        undoes: number of the change it takes back, or None.
        changes: (table, number, before, after).
    """

    seq: int
    time: str
    actor: str
    action: str
    about: str
    undoes: int | None
    changes: tuple[DocumentChange, ...]

    def touches(self, record: str) -> bool:
        """Whether the record with this id, or one that belongs to it, changed."""
        return any(record in (row or {}).values() for _, _, *rows in self.changes for row in rows)


def entry_of(body: dict[str, Any]) -> Entry:
    """The entry that a line's body tells."""
    return Entry(
        seq=body["seq"],
        time=body["time"],
        actor=body["actor"],
        action=body["action"],
        about=body.get("about", ""),
        undoes=body.get("undoes"),
        changes=tuple((name, key, old, new) for name, key, old, new in body["changes"]),
    )


def newest_first(folder: Path, upto: int) -> Iterator[Entry]:
    """The entries up to line `upto`, newest first, a segment at a time."""
    for _, path in reversed(segments(folder)):
        for line in reversed(path.read_bytes().splitlines()):
            try:
                body = orjson.loads(line)
            except orjson.JSONDecodeError:
                continue
            if body["seq"] <= upto:
                yield entry_of(body)


def undoable(entries: Iterator[Entry]) -> Entry:
    """The newest change that stands: not taken back, and not itself a taking back. Raises ConflictError."""
    taken_back: set[int] = set()
    for entry in entries:
        if entry.undoes is not None:
            # Met newest first: a taking back that was itself taken back counts for nothing.
            if entry.seq not in taken_back:
                taken_back.add(entry.undoes)
            continue
        if entry.seq not in taken_back:
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
        elif entry.action not in (UNDO, REDO):
            break
    raise ConflictError(t("There is nothing to redo"), do=t("a redo is possible right after an undo"))


def whole_chain(folder: Path) -> tuple[int, str, list[str]]:
    """Read every line of every segment from the first: lines read, last hash, and what is wrong."""
    seq, prev, problems = 0, "0" * 64, []
    for first, path in segments(folder):
        if first != seq + 1:
            problems.append(f"{path.name}: {first} != {seq + 1}")
            break
        scan = Scan(path, seq=seq, prev=prev)
        for _ in scan:
            pass
        seq, prev = scan.seq, scan.prev
        if scan.problem or scan.torn:
            problems.append(f"{path.name}: {seq + 1}")
            break
    return seq, prev, problems
