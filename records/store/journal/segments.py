"""Segments of the journal, which are never deleted: where they lie, open or packed, and reading their lines."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from records.store.journal.chain import Body, BrokenLineError, holds_whole_line, unseal
from records.store.journal.durable import open_file, read_file
from records.store.journal.packing import Unpacking, is_named, unpacked
from records.store.safety.parts import PACKED, SEGMENT, found
from records.store.sealing.sealer import Sealer


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
    """Journal segments as (first seq, path), oldest first. One that lies there both open and packed is the open one."""
    known = {int(match[1]): path for match, path in found(folder, PACKED)}
    known.update({int(match[1]): path for match, path in found(folder, SEGMENT)})
    return sorted(known.items())


def segment_path(folder: Path, first: int) -> Path:
    """Path of the segment that begins with line `first`, while it is written."""
    return folder / f"journal-{first:09d}.jsonl"


def first_of(path: Path) -> int:
    """The line with which a segment begins."""
    return int(path.name[8:17])


def is_packed(path: Path) -> bool:
    """Whether a segment lies there packed."""
    return path.suffix == ".gz"


def plain(path: Path) -> bytes:
    """All bytes of a segment as they were written, of a damaged packed one those before the damage.

    A writer may pack it in the moment it is asked for: then it is read from where it lies now.

    Raises:
        OSError: when there is no such segment any more, or it cannot be read.
    """
    return content_of(path)[0]


def content_of(path: Path) -> tuple[bytes, bool]:
    """The bytes of a segment, and whether the packed file is to the last bit what was packed. Raises OSError.

    A bit between the packed ones may turn and change nothing in the lines.
    """
    path, content = stored(path)
    if not is_packed(path):
        return content, True
    inner, whole = unpacked(content)
    return inner, whole and is_named(content, path)


def stored(path: Path) -> tuple[Path, bytes]:
    """The bytes of a segment as they lie there, and where: it may have been packed meanwhile. Raises OSError."""
    try:
        return path, read_file(path)
    except FileNotFoundError:
        path = dict(segments(path.parent)).get(first_of(path), path)
        return path, read_file(path)


@lru_cache(maxsize=2)
def _kept(path: Path, _size: int, _changed: int) -> bytes:
    return plain(path)


def piece(folder: Path, first: int, at: int, length: int) -> bytes:
    """Some bytes of the segment that begins with line `first`. Packed ones stay unpacked for the next question.

    Raises:
        OSError: when the segment is not there.
    """
    path = segment_path(folder, first)
    with suppress(FileNotFoundError), open_file(path) as file:
        file.seek(at)
        return file.read(length)
    path = dict(segments(folder)).get(first, path)
    status = path.stat()
    return _kept(path, status.st_size, status.st_mtime_ns)[at : at + length]


def opened(path: Path) -> BinaryIO:
    """A segment to read lines from, open or packed. Raises OSError."""
    if not is_packed(path):
        with suppress(FileNotFoundError):
            return open_file(path)
    return io.BytesIO(plain(path))


def lines_of(path: Path) -> Iterator[bytes]:
    """The whole lines of a segment as far as they can be read; unpacked as they are asked for. Raises OSError."""
    path, content = stored(path)
    rest = b""
    for part in Unpacking(content) if is_packed(path) else (content,):
        *lines, rest = (rest + part).split(b"\n")
        yield from (line + b"\n" for line in lines)


def line_of(folder: Path, seq: int) -> bytes:
    """Line `seq` with its newline, or nothing when it is not there."""
    for first, path in reversed(segments(folder)):
        if first <= seq:
            with opened(path) as file:
                return next(islice(file, seq - first, None), b"")
    return b""


def digest_of(folder: Path, seq: int) -> str:
    """The hash that line `seq` carries, or empty when it is not there."""
    return line_of(folder, seq)[-67:-3].decode("ascii", "replace")


_WAITING = 4_000_000
"""Bytes of lines that may wait: about as many as a segment has."""


class Sum:
    """Bytes and SHA-256 of the lines of one segment as they were read or written, one after another.

    They wait to be hashed until somebody asks: no change pays for it, and few segments are closed by who writes them.
    """

    def __init__(self) -> None:
        self.size = 0
        self._hasher = hashlib.sha256()
        self._lines: list[bytes] = []
        self._waiting = 0

    def add(self, line: bytes) -> None:
        """One line more, newline included."""
        self._lines.append(line)
        self.size += len(line)
        self._waiting += len(line)
        if self._waiting > _WAITING:
            self.settle()

    def settle(self) -> None:
        """Hash what waits, and keep it no longer."""
        for line in self._lines:
            self._hasher.update(line)
        self._lines, self._waiting = [], 0

    @property
    def sha256(self) -> str:
        """Of the lines so far, in hex."""
        self.settle()
        return self._hasher.hexdigest()


class Scan:
    """Reads the lines of one segment in order and remembers where the good ones end.

    A writer keeps zero bytes ahead of its last line and writes into them. A line that holds some and has nothing but
    some behind it was therefore being written when the power went, and was never acknowledged.

    Every good line is told to a `Sum`, where one is given. Read blind, sealed lines give their place in the chain and
    what they vouch for alone.

    Attributes:
        end: offset behind the last good line.
        torn: bytes after it that were never a whole line.
        problem: why reading stopped, or empty.
    """

    def __init__(
        self,
        path: Path,
        *,
        seq: int,
        prev: str,
        offset: int = 0,
        told: Sum | None = None,
        sealer: Sealer | None = None,
        blind: bool = False,
    ) -> None:
        self.path, self.seq, self.prev, self._told, self._sealer = path, seq, prev, told, sealer
        self._blind = blind
        self.end, self.torn, self.problem = offset, b"", ""

    def __iter__(self) -> Iterator[Body]:
        whole = True
        if is_packed(self.path):
            content, whole = content_of(self.path)
            file: BinaryIO = io.BytesIO(content)
        else:
            file = opened(self.path)
        with file:
            file.seek(self.end)
            for line in file:
                if not line.endswith(b"\n"):
                    if not whole:
                        break
                    self._judge_tail(line.rstrip(b"\0"))
                    return
                try:
                    body = unseal(line[:-1], seq=self.seq + 1, prev=self.prev, sealer=self._sealer, blind=self._blind)
                except BrokenLineError as error:
                    if b"\0" in line and not file.read().strip(b"\0"):
                        self._judge_tail(line)
                    else:
                        self.problem = str(error) or "altered"
                    return
                self.seq, self.prev = body["seq"], body["hash"]
                self.end += len(line)
                if self._told is not None:
                    self._told.add(line)
                yield body
        if not whole:
            self.problem = "altered"

    def _judge_tail(self, line: bytes) -> None:
        if holds_whole_line(line):
            self.problem = "altered"
        else:
            self.torn = line
