"""The bytes of a snapshot: at hand, or left in their file and read piece by piece where they are many."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from weakref import finalize
from zlib import crc32

from config.errors import BookError
from config.reasons import system_reason
from config.text import t

_AT_HAND = 32_000_000
"""Bytes up to which a snapshot is kept in memory: more than any office of a few thousand people has."""
_STEP = 1 << 20


class Content:
    """Bytes by their places.

    Left in the file, they are held against sums taken when they were hashed or first read: what a disk turned
    meanwhile is never taken for what was written.
    """

    unsealed: Callable[[int, bytes], bytes] | None = None
    """Opens what stands at a place, in the content of a sealed book. Raises ValueError."""

    def __init__(self, whole: bytes | None, path: Path | None = None, handle: int = -1) -> None:
        self._whole, self._path, self._handle = whole, path, handle
        self._sums: dict[tuple[int, int], int] = {}
        self._lock = Lock()
        self._close = finalize(self, os.close, handle) if handle >= 0 else None

    def part(self, start: int, end: int) -> bytes:
        """What the bytes from `start` to `end` say, which stand sealed in the content of a sealed book.

        Raises:
            BookError: when the file cannot be read any more, or is not what it was.
        """
        found = self.stored(start, end)
        if self.unsealed is None:
            return found
        try:
            return self.unsealed(start, found)
        except ValueError:
            raise self._altered() from None

    def _altered(self) -> BookError:
        what = t("The file is not what it was when the book was opened")
        return BookError(what, where=str(self._path), do=t("close the book and open it again"))

    def stored(self, start: int, end: int) -> bytes:
        """The bytes from `start` to `end` as they stand there. Raises BookError as `part`."""
        if self._whole is not None:
            return self._whole[start:end]
        try:
            with self._lock:
                os.lseek(self._handle, start, os.SEEK_SET)
                found = _read(self._handle, end - start)
        except OSError as error:
            what = t("The book cannot be read: {reason}", reason=system_reason(error))
            raise BookError(what, where=str(self._path), do=t("close the book and open it again")) from None
        told = crc32(found)
        if self._sums.setdefault((start, end), told) != told or len(found) != end - start:
            raise self._altered()
        return found

    def close(self) -> None:
        """Give the file back; nothing can be read from it any more."""
        if self._close is not None:
            self._close()
            self._handle = -1


def _read(handle: int, size: int) -> bytes:
    parts = []
    while size and (part := os.read(handle, size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def mark_of(told: os.stat_result) -> tuple[int, int, int]:
    """What is another when a file was written to, or is another one."""
    return told.st_ino, told.st_size, told.st_mtime_ns


class Opened:
    """A file of which the SHA-256 and the end are known before its bytes are.

    Attributes:
        sha256: of all of it, in hex.
        content: its bytes.
        size: how many.
        mark: by which a file that was changed or replaced since is told.
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError."""
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            told = os.fstat(handle)
            self.size, self.mark = told.st_size, mark_of(told)
            small = self.size <= _AT_HAND
            whole = _read(handle, self.size) if small else None
            self.sha256 = hashlib.sha256(whole).hexdigest() if whole is not None else _hash(handle)
        except BaseException:
            os.close(handle)
            raise
        if small:
            os.close(handle)
        self.content = Content(whole, path, -1 if small else handle)

    def behind(self, mark: bytes) -> bytes | None:
        """What stands behind the last `mark`, or None where there is none."""
        room = 1 << 16
        while True:
            start = max(0, self.size - room)
            end = self.content.stored(start, self.size)
            if mark in end:
                return end[end.rindex(mark) + len(mark) :]
            if not start:
                return None
            room *= 8


def _hash(handle: int) -> str:
    hasher = hashlib.sha256()
    while part := os.read(handle, _STEP):
        hasher.update(part)
    return hasher.hexdigest()
