"""Which books this process has unlocked. A key is never written anywhere; it goes with the process.

Everything made of a book, a backup unpacked, a copy of its past, the parcel of a handing over, has the ring of the book
and so is open when the book is. That is why keys are found by the ring of a folder, and not handed from call to call.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import orjson

from config import sealed
from config.errors import BookError
from config.text import t
from records.store.journal.durable import read_file
from records.store.sealing.persons import PersonKeys
from records.store.sealing.ring import Ring, Unlocked, is_sealed, opened_again, read_ring, unlocked
from records.store.sealing.sealer import NotOpenedError, Purpose, Sealer

Marks = tuple[bytes, ...]
"""By what the keys of a book are told from those of a copy of it that was given other ones, or none: its older keys,
as its ring has them."""


class _Held(msgspec.Struct):
    """What this process holds of a ring: who unlocked it, as it was last, and what seals with its keys."""

    ring: Ring
    opened: Unlocked
    sealers: dict[Marks, Sealer] = msgspec.field(default_factory=dict)


_held: dict[str, _Held] = {}


class LockedError(BookError):
    """The book is sealed, and nobody gave the passphrase yet."""


def ring_id(folder: Path) -> str:
    """The ring that the book in a folder is sealed with; empty where it is not sealed. Raises BookError."""
    try:
        about = orjson.loads(read_file(folder / "book.json"))
        return str(about.get("sealed", ""))
    except (OSError, ValueError, AttributeError):
        # Damaged or gone: the keys beside it tell as well.
        return read_ring(folder).id if is_sealed(folder) else ""


def unlock(folder: Path, passphrase: str, *, name: str = "", recovery: bool = False) -> Unlocked:
    """Unlock the book in a folder for this process.

    Raises:
        WrongPassphraseError, AlteredWrapError: when the passphrase does not open it.
        BookError: when its keys cannot be read.
    """
    ring = read_ring(folder)
    return hold(ring, unlocked(ring, passphrase, name=name, recovery=recovery))


def hold(ring: Ring, opened: Unlocked) -> Unlocked:
    """Keep what was unlocked until the process ends; who has the book open knows a newer key from then on."""
    before = _held.get(ring.id)
    made = _Held(ring, opened) if before is None else _Held(ring, opened, before.sealers)
    _held[ring.id] = made
    marks = _marks(ring)
    known = next((each for each in _earlier(marks) if each in made.sealers), None)
    if known is None:
        made.sealers[marks] = Sealer(*opened.older, opened.book_key)
    elif known != marks:
        made.sealers[marks] = made.sealers.pop(known)
        made.sealers[marks].learn(*opened.older, opened.book_key)
    sealed.keeping.keeper = _Keeper()
    return opened


def _marks(ring: Ring) -> Marks:
    return tuple(each.secret for each in ring.older)


def _earlier(marks: Marks) -> Iterator[Marks]:
    """The same, and as it was before each of the newest keys came."""
    return (marks[:size] for size in range(len(marks), -1, -1))


def held(ring: Ring) -> Unlocked | None:
    """What this process holds of a ring, or None."""
    found = _held.get(ring.id)
    return None if found is None else found.opened


def lock_all() -> None:
    """Forget every key."""
    _held.clear()
    sealed.keeping.keeper = None


def is_locked(folder: Path) -> bool:
    """Whether the book in a folder asks for a passphrase. Raises BookError when its keys cannot be read."""
    ring = ring_id(folder)
    return bool(ring) and ring not in _held


def unlocked_by(folder: Path) -> Unlocked | None:
    """Who unlocked the book in a folder; None where it is not sealed. Raises LockedError."""
    found = _found(folder)
    return found[0] if found else None


def sealer_of(folder: Path) -> Sealer | None:
    """What seals and opens the book in a folder; None where it is not sealed. Raises LockedError."""
    found = _found(folder)
    return found[1].at(partial(PersonKeys, folder), partial(learn_newer, folder, found[1])) if found else None


def learn_newer(folder: Path, known: Sealer | None = None) -> bool:
    """Learn the key that the book in a folder was given by somebody else meanwhile; gives whether there is one.

    Args:
        folder: the book.
        known: what seals it and does not know it yet; left out, that of the keys held last.

    Raises:
        BookError: when the keys cannot be read, or the key of who opened the book was taken away.
    """
    ring = read_ring(folder)
    found = _held.get(ring.id)
    if found is None:
        return False
    marks, sealer = _marks(ring), known or found.sealers[_marks(found.ring)]
    mine = next((each for each, held_one in found.sealers.items() if held_one is sealer), None)
    if mine is None or len(mine) >= len(marks) or marks[: len(mine)] != mine:
        return False
    again = opened_again(ring, found.opened)
    sealer.learn(*again.older, again.book_key)
    del found.sealers[mine]
    found.sealers[marks] = sealer
    found.ring, found.opened = ring, again
    return True


def _found(folder: Path) -> tuple[Unlocked, Sealer] | None:
    ring_name = ring_id(folder)
    if not ring_name:
        return None
    found = _held.get(ring_name)
    if found is None:
        raise LockedError(
            t("This book is sealed, and opens with a passphrase only"),
            where=str(folder),
            do=t("type it at a terminal, or name a file that holds it: --passphrase-file FILE"),
        )
    try:
        ring = read_ring(folder)
    except BookError:
        ring = found.ring  # what was held opens it still, where its keys were damaged meanwhile
    if _marks(ring) != _marks(found.ring) and ring.id == found.ring.id:
        return _of_copy(ring, found)
    return found.opened, found.sealers[_marks(found.ring)]


def _of_copy(ring: Ring, found: _Held) -> tuple[Unlocked, Sealer]:
    """What opens and seals a copy of a book that has other keys than the one held: fewer, more, or others.

    Raises:
        BookError: where who unlocked the book has no key of the copy.
    """
    marks, opened = _marks(ring), found.opened
    known = (*opened.older, opened.book_key)
    if marks == _marks(found.ring)[: len(marks)]:  # as it was before: all its keys are known
        older = known[: len(marks)]
        if marks not in found.sealers:
            found.sealers[marks] = Sealer(*older, known[len(marks)])
        return dataclasses.replace(opened, book_key=known[len(marks)], older=older), found.sealers[marks]
    again = opened_again(ring, opened)
    if marks not in found.sealers:
        found.sealers[marks] = Sealer(*again.older, again.book_key)
    return again, found.sealers[marks]


class _Keeper:
    """Opens the settings of unlocked books for who reads settings."""

    def plain(self, path: Path, content: bytes) -> bytes:
        """What a file below the `config` of an unlocked book holds. Raises OSError."""
        for folder in path.parents:
            if folder.name == "config" and self.is_sealed(folder):
                try:
                    return self._sealer(folder).open_file(f"config/{path.relative_to(folder).as_posix()}", content)
                except NotOpenedError:
                    break
        raise PermissionError(13, "sealed", str(path))

    def is_sealed(self, folder: Path) -> bool:
        """Whether a folder of settings belongs to a sealed book."""
        try:
            return bool(ring_id(folder.parent))
        except BookError:
            return True

    def seal(self, folder: Path, content: bytes) -> bytes:
        """Seal what is kept elsewhere of a folder of settings. Raises OSError."""
        return self._sealer(folder).seal(Purpose.CACHE, content, b"settings")

    def open(self, folder: Path, content: bytes) -> bytes:
        """What was sealed so. Raises OSError."""
        try:
            return self._sealer(folder).open(Purpose.CACHE, content, b"settings")
        except NotOpenedError:
            raise PermissionError(13, "sealed", str(folder)) from None

    def _sealer(self, folder: Path) -> Sealer:
        try:
            sealer = sealer_of(folder.parent)
        except BookError:
            sealer = None
        if sealer is None:
            raise PermissionError(13, "sealed", str(folder))
        return sealer
