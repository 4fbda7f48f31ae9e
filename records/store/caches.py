"""What is made of a book and takes long to make, kept in its folder for the next opening.

A cache is believed only for the very state it was made of, and only when it is letter for letter what was written;
else it is made anew. Losing one loses nothing.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from records.store.journal.durable import write_durably
from records.store.sealing.sealer import NotOpenedError, Purpose, Sealer

_SUM = hashlib.sha256().digest_size
Head = tuple[int, str]
"""Number and hash of the last line of the state."""


def read_cache(folder: Path, name: str, head: Head, sealer: Sealer | None = None) -> bytes | None:
    """What is kept under `name` for this state, or None."""
    try:
        content = _path(folder, name).read_bytes()
    except OSError:
        return None
    mark = _mark(head)
    told, rest = content[:_SUM], content[_SUM:]
    if not rest.startswith(mark) or hashlib.sha256(rest).digest() != told:
        return None
    if sealer is None:
        return rest[len(mark) :]
    try:
        return sealer.open(Purpose.CACHE, rest[len(mark) :], name.encode() + b"|" + mark)
    except NotOpenedError:
        return None


def write_cache(folder: Path, name: str, head: Head, content: bytes, sealer: Sealer | None = None) -> None:
    """Keep something for this state, whole or not at all; sealed in a sealed book. Raises OSError."""
    mark = _mark(head)
    rest = mark + (content if sealer is None else sealer.seal(Purpose.CACHE, content, name.encode() + b"|" + mark))
    write_durably(_path(folder, name), hashlib.sha256(rest).digest() + rest)


def _path(folder: Path, name: str) -> Path:
    return folder / f"cache-{name}.bin"


def _mark(head: Head) -> bytes:
    return f"{head[0]} {head[1]}\n".encode()
