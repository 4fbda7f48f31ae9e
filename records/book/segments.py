"""Files of a book: journal segments that are never deleted, snapshots that stock TinyDB opens."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from records.book.chain import FIRST, BrokenLineError, holds_whole_line, unseal

Tables = dict[str, dict[int, dict[str, Any]]]
META = "_book"
"""Table of a snapshot that holds its seq, hash and counters."""


def sync_folder(path: Path) -> None:
    """Make names in a folder durable; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: temporary file, fsync, rename, fsync of the folder."""
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def segments(folder: Path) -> list[tuple[int, Path]]:
    """Journal segments as (first seq, path), oldest first."""
    found = [(int(path.stem.partition("-")[2]), path) for path in folder.glob("journal-*.jsonl")]
    return sorted(found)


def segment_path(folder: Path, first: int) -> Path:
    """Path of the segment that begins with line `first`."""
    return folder / f"journal-{first:09d}.jsonl"


class Scan:
    """Reads the lines of one segment in order and remembers where the good ones end.

    Attributes:
        end: offset behind the last good line.
        torn: bytes after it that were never a whole line.
        problem: why reading stopped, or empty.
    """

    def __init__(self, path: Path, *, seq: int, prev: str, offset: int = 0) -> None:
        self.path, self.seq, self.prev = path, seq, prev
        self.end, self.torn, self.problem = offset, b"", ""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        with self.path.open("rb") as file:
            file.seek(self.end)
            for line in file:
                if not line.endswith(b"\n"):
                    self._judge_tail(line)
                    return
                try:
                    body = unseal(line[:-1], seq=self.seq + 1, prev=self.prev)
                except (BrokenLineError, orjson.JSONDecodeError, KeyError, TypeError) as error:
                    self.problem = str(error) or "altered"
                    return
                self.seq, self.prev = body["seq"], body["hash"]
                self.end += len(line)
                yield body

    def _judge_tail(self, line: bytes) -> None:
        if holds_whole_line(line):
            self.problem = "altered"
        else:
            self.torn = line


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


def write_snapshot(folder: Path, tables: Tables, *, seq: int, digest: str, counters: dict[str, int]) -> None:
    """Write the state after line `seq` as a TinyDB JSON file; keeps the two newest."""
    meta = {"1": {"seq": seq, "hash": digest, "counters": counters}}
    content = orjson.dumps({**tables, META: meta}, option=orjson.OPT_NON_STR_KEYS)
    name = f"snapshot-{seq:09d}-{hashlib.sha256(content).hexdigest()[:16]}.json"
    write_durably(folder / name, content)
    for old in sorted(folder.glob("snapshot-*.json"))[:-2]:
        old.unlink()


def read_snapshot(folder: Path) -> tuple[Tables, int, str, dict[str, int], list[Path]]:
    """The newest snapshot that is what its name says: tables, seq, hash, counters, and those passed over."""
    passed: list[Path] = []
    for path in sorted(folder.glob("snapshot-*.json"), reverse=True):
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest()[:16] != path.stem.rpartition("-")[2]:
            passed.append(path)
            continue
        raw = orjson.loads(content)
        meta = raw.pop(META)["1"]
        tables = {name: {int(key): row for key, row in rows.items()} for name, rows in raw.items()}
        return tables, meta["seq"], meta["hash"], meta["counters"], passed
    return {}, 0, FIRST, {}, passed
