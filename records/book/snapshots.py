"""Snapshots: the state after one line as a file that opens fast, table by table, and that stock TinyDB opens too."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import orjson

from records.book.chain import FIRST
from records.book.rows import Chunk, Piece, Rows, encoded
from records.book.segments import sync_folder

_KEPT = 2
_META = b'"_book":'
"""The last table of a snapshot: its seq, hash, counters, and where each chunk of rows lies."""
Pieces = Mapping[str, list[Piece]]


class Mark(NamedTuple):
    """After which line a state was taken: its number, hash and time; and the highest number ever used in each table."""

    seq: int = 0
    digest: str = FIRST
    time: str = ""
    counters: Mapping[str, int] = MappingProxyType({})


@dataclass(slots=True)
class State:
    """What a book holds after line `seq`.

    Attributes:
        counters: table -> highest number ever used.
        passed: snapshots that are not what their names say.
    """

    tables: dict[str, Rows] = field(default_factory=dict)
    seq: int = 0
    digest: str = FIRST
    time: str = ""
    counters: dict[str, int] = field(default_factory=dict)
    passed: list[Path] = field(default_factory=list)


@contextmanager
def no_collection() -> Iterator[None]:
    """Pause the garbage collector while many objects that stay are made."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def snapshots(folder: Path) -> list[Path]:
    """The snapshots of a book, newest first."""
    return sorted(folder.glob("snapshot-*.json"), reverse=True)


def is_whole(path: Path, content: bytes) -> bool:
    """Whether a snapshot is what its name says."""
    return hashlib.sha256(content).hexdigest()[:16] == path.stem.rpartition("-")[2]


def seq_of(path: Path) -> int:
    """The line after which a snapshot was taken, or -1 for a name that is none."""
    number = path.stem.split("-")[1]
    return int(number) if number.isdecimal() else -1


def read_snapshot(folder: Path, *, upto: int | None = None) -> State:
    """The newest whole snapshot, of line `upto` at the latest; an empty state where there is none."""
    passed: list[Path] = []
    for path in snapshots(folder):
        if upto is not None and seq_of(path) > upto:
            continue
        content = path.read_bytes()
        if not is_whole(path, content):
            passed.append(path)
        elif b'"chunks":' in content[content.rindex(_META) :]:
            return _state(content, passed)
    return State(passed=passed)


def _state(content: bytes, passed: list[Path]) -> State:
    meta = orjson.loads(content[content.rindex(_META) + len(_META) : -1])["1"]
    tables = {name: Rows(content, [Chunk(*each) for each in chunks]) for name, chunks in meta["chunks"].items()}
    return State(tables, meta["seq"], meta["hash"], meta["time"], meta["counters"], passed)


def write_snapshot(folder: Path, pieces: Pieces, mark: Mark) -> Path:
    """Write a state whole or not at all, and let all but the newest two go. Raises OSError."""
    temporary = folder / f"snapshot-{mark.seq:09d}.tmp"
    try:
        with temporary.open("wb") as file:
            hasher = hashlib.sha256()
            for part in _parts(pieces, mark):
                hasher.update(part)
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        made = folder / f"snapshot-{mark.seq:09d}-{hasher.hexdigest()[:16]}.json"
        temporary.replace(made)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(folder)
    for old in snapshots(folder)[_KEPT:]:
        old.unlink(missing_ok=True)
    return made


def _parts(pieces: Pieces, mark: Mark) -> Iterator[bytes]:
    """The bytes of a snapshot, in order; where the chunks lie is told at the end."""
    places: dict[str, list[list[int]]] = {}
    yield b"{"
    at = 1
    for name, rows in pieces.items():
        head = orjson.dumps(name) + b":{"
        yield head
        at += len(head)
        places[name] = []
        for first, last, count, body in encoded(rows):
            comma = b"," if places[name] else b""
            yield comma + body
            at += len(comma)
            places[name].append([first, last, count, at, at + len(body)])
            at += len(body)
        yield b"},"
        at += 2
    meta = {"seq": mark.seq, "hash": mark.digest, "time": mark.time, "counters": dict(mark.counters), "chunks": places}
    yield _META + orjson.dumps({"1": meta}) + b"}"
