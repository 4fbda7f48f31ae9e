"""Segments of the journal, which are never deleted, and reading their lines in order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from records.store.journal.chain import BrokenLineError, holds_whole_line, unseal
from records.store.safety.parts import SEGMENT, found


def place_of(handle: int, path: Path) -> object:
    """Something that changes when the open file is moved, deleted or replaced under its path.

    Asking Linux for the name costs a write nothing; asking for a file's status makes the next sync write its times
    as well, which takes as long again as half the sync.

    Raises:
        OSError: when there is no such file any more.
    """
    try:
        return os.readlink(f"/proc/self/fd/{handle}")  # noqa: PTH115  # as quick as can be
    except OSError:
        return os.path.samestat(path.stat(), os.fstat(handle))


def segments(folder: Path) -> list[tuple[int, Path]]:
    """Journal segments as (first seq, path), oldest first."""
    return [(int(match[1]), path) for match, path in found(folder, SEGMENT)]


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

    A writer keeps zero bytes ahead of its last line and writes into them. A line that holds some and has nothing but
    some behind it was therefore being written when the power went, and was never acknowledged.

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
                    self._judge_tail(line.rstrip(b"\0"))
                    return
                try:
                    body = unseal(line[:-1], seq=self.seq + 1, prev=self.prev)
                except (BrokenLineError, orjson.JSONDecodeError, KeyError, TypeError) as error:
                    if b"\0" in line and not file.read().strip(b"\0"):
                        self._judge_tail(line)
                    else:
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
