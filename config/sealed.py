"""Settings that lie sealed: the ground knows what they look like, and asks who has the key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

MAGIC = b"SOVANG SEALED 1\n"
"""With what every sealed file begins."""
opened: list[Callable[[Path, bytes], bytes]] = []
"""Gives what a sealed file of settings holds; raises OSError where nobody unlocked it. One, once a book is unlocked."""


def plain(path: Path, content: bytes) -> bytes:
    """What a file of settings holds, sealed or not. Raises OSError."""
    if not content.startswith(MAGIC):
        return content
    if not opened:
        raise PermissionError(13, "sealed", str(path))
    return opened[-1](path, content)
