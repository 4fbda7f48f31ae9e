"""Settings that lie sealed: the ground knows what they look like, and asks who has the keys."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

MAGIC = b"SOVANG SEALED 1\n"
"""With what every sealed file begins."""


class Keeper(Protocol):
    """Who has the keys of the books that were unlocked."""

    def plain(self, path: Path, content: bytes) -> bytes:
        """What a sealed file of settings holds. Raises OSError where nobody unlocked its book."""

    def is_sealed(self, folder: Path) -> bool:
        """Whether a folder of settings belongs to a sealed book."""

    def seal(self, folder: Path, content: bytes) -> bytes:
        """Seal what is kept elsewhere of a folder of settings. Raises OSError."""

    def open(self, folder: Path, content: bytes) -> bytes:
        """What was sealed so. Raises OSError."""


class _Keeping:
    keeper: Keeper | None = None


keeping = _Keeping()
"""The keeper, once a book was unlocked."""


def plain(path: Path, content: bytes) -> bytes:
    """What a file of settings holds, sealed or not. Raises OSError."""
    if not content.startswith(MAGIC):
        return content
    if keeping.keeper is None:
        raise PermissionError(13, "sealed", str(path))
    return keeping.keeper.plain(path, content)


def sealed_among(folders: tuple[Path, ...]) -> Path | None:
    """The first of these folders of settings that belongs to a sealed book and can be read, or None."""
    keeper = keeping.keeper
    return None if keeper is None else next((each for each in folders if keeper.is_sealed(each)), None)
