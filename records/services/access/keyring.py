"""Keys for signing in a sealed book: on its ring, opened by the passphrase that opens the book."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from records.store.access import signing
from records.store.access.signing import Signer
from records.store.sealing.ring import Ring, Unlocked, added, read_ring, removed, unlocked, with_secret, write_ring
from records.store.sealing.unlocking import hold, unlocked_by

SIGNING = "sign"
"""The secret on a person's ring that signs their lines."""


def prepared(path: Path, name: str, passphrase: str, signer: Signer) -> Callable[[], None] | None:
    """Put a key on the ring of the book at `path`: what does so once the line is written; None where it is not sealed.

    The passphrase of who opened the book is not asked again, where the key is theirs; where somebody of this name has
    a key to the book already, it must be the one that opens it.

    Raises:
        InputError: for a passphrase that is too easy.
        WrongPassphraseError: for one that does not open the key that is there.
    """
    by = unlocked_by(path)
    if by is None:
        return None
    ring = read_ring(path)
    if any(each.name.casefold() == name.casefold() for each in ring.people()):
        own = by.holder.name.casefold() == name.casefold()
        opened = by if own else unlocked(ring, passphrase, name=name)
    else:
        ring, opened = added(ring, passphrase, by.book_key, name=name)
    ring, opened = with_secret(ring, opened, SIGNING, signer.seed)
    return lambda: _keep(path, ring, opened, by)


def _keep(path: Path, ring: Ring, opened: Unlocked, by: Unlocked) -> None:
    write_ring(path, ring)
    if opened.holder.id == by.holder.id:
        hold(ring, opened)


def dropped(path: Path, name: str) -> None:
    """Take somebody's key off the ring of a sealed book, if it is on it. Raises ConflictError for the last key."""
    if unlocked_by(path) is not None:
        ring = read_ring(path)
        if any(each.name.casefold() == name.casefold() for each in ring.people()):
            write_ring(path, removed(ring, name))


def signed_in(path: Path) -> bool:
    """Sign with the key of whoever unlocked the book at `path`; False where it is not sealed, or they have none."""
    by = unlocked_by(path)
    seed = None if by is None else by.secret(SIGNING)
    if seed is not None:
        signing.hold(signing.signer_of(seed))
    return seed is not None


def is_sealed(path: Path) -> bool:
    """Whether the book at `path` opens by a passphrase."""
    return unlocked_by(path) is not None
