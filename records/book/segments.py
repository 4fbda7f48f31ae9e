"""Segments of the journal, which are never deleted, and writing files so that they last."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from records.book.chain import BrokenLineError, holds_whole_line, unseal


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


def digest_of(folder: Path, seq: int) -> str:
    """The hash that line `seq` carries, or empty when it is not there."""
    for first, path in reversed(segments(folder)):
        if first <= seq:
            with path.open("rb") as file:
                line = next(islice(file, seq - first, None), b"")
            return line[-67:-3].decode("ascii", "replace")
    return ""


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
