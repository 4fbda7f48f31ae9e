"""Files of a book, its newest snapshot first, read and hashed on another core while the program is loaded."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Generic, TypeVar

from records.store.journal.content import Opened, mark_of
from records.store.safety.parts import SNAPSHOT, found

T = TypeVar("T")


class Reading(Thread, Generic[T]):
    """Reads one file on another core, begun at once; what fails is told by whoever needs the file."""

    def __init__(self, path: Path, read: Callable[[Path], T]) -> None:
        super().__init__(name="ahead", daemon=True)
        self._path, self._read = path, read
        self._found: T | None = None
        self.start()

    def run(self) -> None:
        """Read it."""
        with suppress(OSError):
            self._found = self._read(self._path)

    def found(self) -> T | None:
        """What was read, once it is; None where it could not be."""
        self.join()
        return self._found


_BEGUN: dict[Path, Reading[Opened]] = {}


def read_ahead(folder: Path) -> None:
    """Begin to read the newest snapshot of the book in a folder, if there is one."""
    with suppress(OSError):
        for _, path in found(folder, SNAPSHOT)[-1:]:
            _BEGUN[path] = Reading(path, Opened)


def opened(path: Path) -> Opened:
    """A file opened and hashed: already, where it was read ahead and is still the same. Raises OSError."""
    reading = _BEGUN.pop(path, None)
    _BEGUN.clear()
    there = None if reading is None else reading.found()
    if there is not None:
        if there.mark == mark_of(path.stat()):
            return there
        there.content.close()
    return Opened(path)
