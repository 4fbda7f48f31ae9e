"""Named files that a book keeps beside its journal: photos, keys, the office's own settings."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from config.errors import InputError
from config.text import t
from records.store.journal.durable import disk, make_folder, write_durably


class BookFiles:
    """The files in one folder of a book, each written whole and so that it lasts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes | None:
        """What the file holds; None when there is none. Raises OSError."""
        try:
            return self._place(name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all. Raises OSError."""
        place = self._place(name)
        make_folder(place.parent)
        write_durably(place, content)

    def remove(self, name: str) -> None:
        """Take a file away, if it is there. Raises OSError."""
        disk.remove(self._place(name))

    def names(self, under: str, ending: str) -> list[str]:
        """Names of the files in one folder among them that end like this, in order."""
        return sorted(f"{under}/{each.name}" for each in self._place(under).glob(f"*{ending}"))

    def _place(self, name: str) -> Path:
        """Where a file lies; a record of somebody else's book may name one outside, which is refused."""
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts or "\\" in name or ":" in name:
            raise InputError(t("“{name}” is no name of a file of the book", name=name), do=t("name a file inside it"))
        return self.folder / parts
