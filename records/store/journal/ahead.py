"""The newest snapshot of a book, read and hashed on another core while the rest of the program is loaded."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Thread

from records.store.journal.content import Opened, mark_of
from records.store.safety.parts import SNAPSHOT, found


class _Reading(Thread):
    """Reads one file; what fails is told by whoever opens the book."""

    def __init__(self, path: Path) -> None:
        super().__init__(name="ahead", daemon=True)
        self._path = path
        self.opened: Opened | None = None

    def run(self) -> None:
        with suppress(OSError):
            self.opened = Opened(self._path)


_BEGUN: dict[Path, _Reading] = {}


def read_ahead(folder: Path) -> None:
    """Begin to read the newest snapshot of the book in a folder, if there is one."""
    with suppress(OSError):
        for _, path in found(folder, SNAPSHOT)[-1:]:
            reading = _BEGUN[path] = _Reading(path)
            reading.start()


def opened(path: Path) -> Opened:
    """A file opened and hashed: already, where it was read ahead and is still the same. Raises OSError."""
    reading = _BEGUN.pop(path, None)
    _BEGUN.clear()
    if reading is not None:
        reading.join()
        if reading.opened is not None:
            if reading.opened.mark == mark_of(path.stat()):
                return reading.opened
            reading.opened.content.close()
    return Opened(path)
