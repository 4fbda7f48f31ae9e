"""Named files that a book keeps beside its journal: photos, keys, the office's own settings.

In a sealed book they lie sealed, but for what must be read before anybody can unlock it (the language of the screen),
and what is no text of ours (pictures, fonts and forms that the office laid into its settings).
"""

from __future__ import annotations

import codecs
from pathlib import Path, PurePosixPath

from config.errors import BookError, InputError
from config.sealed import MAGIC
from config.text import t
from records.store.journal.durable import disk, make_folder, read_file, write_durably
from records.store.sealing.sealer import NotOpenedError, Sealer

_OPEN_SETTING = "screen.yaml"


def as_kept(area: str, name: str, content: bytes, sealer: Sealer | None) -> bytes:
    """A file as it lies below `files` or `config`, which is its area."""
    if sealer is None or (area == "config" and (not name.endswith(".yaml") or name == _OPEN_SETTING)):
        return content
    if area == "config":
        content = content.removeprefix(codecs.BOM_UTF8)  # what the chain remembers is reckoned from the text alone
    return sealer.seal_file(f"{area}/{name}", content)


class BookFiles:
    """The files in one folder of a book, each written whole and so that it lasts."""

    def __init__(self, folder: Path, sealer: Sealer | None = None) -> None:
        self.folder, self._sealer = folder, sealer

    def read(self, name: str) -> bytes | None:
        """What the file holds; None when there is none.

        Raises:
            OSError: when it cannot be read.
            BookError: when it is sealed and was changed.
        """
        place = self._place(name)
        try:
            content = read_file(place)
        except FileNotFoundError:
            return None
        if self._sealer is None:
            return content
        try:
            return self._sealer.open_file(f"{self.folder.name}/{name}", content)
        except NotOpenedError:
            what = t("The file {name} is not what was kept: bring it back from a backup", name=place.name)
            raise BookError(what, where=str(place), do=t("see “book verify”")) from None

    def opened(self, name: str, kept: bytes) -> bytes | None:
        """What the bytes of a file hold that lies elsewhere, as in a backup; None where they are not for this book."""
        if self._sealer is None:
            return None if kept.startswith(MAGIC) else kept
        try:
            return self._sealer.open_file(f"{self.folder.name}/{name}", kept)
        except NotOpenedError:
            return None

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all. Raises OSError."""
        place = self._place(name)
        make_folder(place.parent)
        write_durably(place, as_kept(self.folder.name, name, content, self._sealer))

    def remove(self, name: str) -> None:
        """Take a file away, if it is there. Raises OSError."""
        disk.remove(self._place(name))

    def names(self, under: str, ending: str) -> list[str]:
        """Names of the files in one folder among them, or outside of all (empty), that end like this, in order."""
        return sorted(PurePosixPath(under, each.name).as_posix() for each in self._place(under).glob(f"*{ending}"))

    def _place(self, name: str) -> Path:
        """Where a file lies; a record of somebody else's book may name one outside, which is refused."""
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts or "\\" in name or ":" in name:
            raise InputError(t("“{name}” is no name of a file of the book", name=name), do=t("name a file inside it"))
        return self.folder / parts
