"""What is made of a book and takes long to make, kept in its folder for the next opening.

A cache is believed only for the very state it was made of, and only when it is letter for letter what was written;
else it is made anew. Losing one loses nothing.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from records.store.journal.ahead import Reading
from records.store.journal.content import mark_of
from records.store.journal.durable import open_file, write_durably
from records.store.sealing.sealer import NotOpenedError, Purpose, Sealer

_SUM = hashlib.sha256().digest_size
Head = tuple[int, str]
"""Number and hash of the last line of the state."""


class _Kept(NamedTuple):
    """A cache as it lies there: which file it was, the mark of its state, what is kept, and whether all that is whole.

    What is kept is never joined to its mark, nor cut out of it: a large one takes some milliseconds to copy.
    """

    file: tuple[int, int, int]
    mark: bytes
    content: bytes
    whole: bool


_BEGUN: dict[Path, Reading[_Kept]] = {}


def read_ahead(folder: Path) -> None:
    """Begin to read what is kept in the folder of a book, on another core, for whoever asks for it first."""
    _BEGUN.clear()
    for path in folder.glob(_path(folder, "*").name):
        _BEGUN[path] = Reading(path, _read)


def _read(path: Path) -> _Kept:
    with open_file(path) as file:
        told, mark, content = file.read(_SUM), file.readline(), file.read()
        hasher = hashlib.sha256(mark)
        hasher.update(content)
        return _Kept(mark_of(os.fstat(file.fileno())), mark, content, hasher.digest() == told)


def read_cache(folder: Path, name: str, head: Head, sealer: Sealer | None = None) -> bytes | None:
    """What is kept under `name` for this state, or None."""
    path, mark = _path(folder, name), _mark(head)
    begun = _BEGUN.pop(path, None)
    try:
        kept = None if begun is None else begun.found()
        if kept is None or kept.file != mark_of(path.stat()):
            kept = _read(path)
    except OSError:
        return None
    if kept.mark != mark or not kept.whole:
        return None
    if sealer is None:
        return kept.content
    try:
        return sealer.open(Purpose.CACHE, kept.content, name.encode() + b"|" + mark)
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
