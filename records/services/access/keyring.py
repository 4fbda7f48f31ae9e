"""Keys for signing in a sealed book: on its ring, opened by the passphrase that opens the book."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from config.text import Text, t
from records.domain.access.accounts import Account
from records.services.office import Office
from records.store.access import signing
from records.store.access.signing import Signer
from records.store.sealing.ring import (
    SIGN,
    AccountKey,
    Ring,
    Unlocked,
    added,
    read_ring,
    removed,
    unlocked,
    with_account,
    with_secret,
    without,
    write_ring,
)
from records.store.sealing.secrets import Cost
from records.store.sealing.unlocking import hold, unlocked_by


def prepared(
    path: Path, name: str, passphrase: str, signer: Signer, *, anew: bool = False
) -> Callable[[], None] | None:
    """Put a key on the ring of the book at `path`: what does so once the line is written; None where it is not sealed.

    The passphrase of who opened the book is not asked again, where the key is theirs; where somebody of this name has
    a key to the book already, it must be the one that opens it, or with `anew` gets another in its place.

    Raises:
        InputError: for a passphrase that is too easy.
        WrongPassphraseError: for one that does not open the key that is there.
    """
    by = unlocked_by(path)
    if by is None:
        return None
    ring = read_ring(path)
    own = by.holder.name.casefold() == name.casefold()
    if anew and not own:
        ring = without(ring, name)
    if any(each.name.casefold() == name.casefold() for each in ring.people()):
        opened = by if own else unlocked(ring, passphrase, name=name)
    else:
        ring, opened = added(ring, passphrase, by.book_key, name=name)
    ring, opened = with_secret(ring, opened, SIGN, signer.seed)
    return lambda: _keep(path, ring, opened, by)


def _keep(path: Path, ring: Ring, opened: Unlocked, by: Unlocked) -> None:
    write_ring(path, ring)
    if opened.holder.id == by.holder.id:
        hold(ring, opened)


def taken_over(ring: Ring, opened: Unlocked, held: Iterable[Account]) -> tuple[Ring, Unlocked, list[str]]:
    """The ring of a book that is being sealed, with its accounts on it; gives also who opens it as they signed in.

    Args:
        ring: the ring.
        opened: who seals the book, who is signed in; their key for signing comes to the passphrase that opens the book.
        held: the accounts of the book.
    """
    names = []
    for each in held:
        wrap = each.wrap
        if each.removed is not None or wrap is None:
            continue
        if each.name.casefold() == opened.holder.name.casefold():
            signer = signing.held((each.public,))
            if signer is not None:
                ring, opened = with_secret(ring, opened, SIGN, signer.seed)
            continue
        key = AccountKey(public=each.public, wrapped=signing.wrapped_in(wrap))
        cost = Cost(wrap.memory, wrap.passes, wrap.lanes)
        ring = with_account(ring, each.name, signing.salt_of(wrap), cost, key, opened.book_key)
        names.append(each.name)
    return ring, hold(ring, opened), names


def dropped(path: Path, name: str) -> None:
    """Take somebody's key off the ring of a sealed book, if it is on it. Raises ConflictError for the last key."""
    if unlocked_by(path) is not None:
        ring = read_ring(path)
        if any(each.name.casefold() == name.casefold() for each in ring.people()):
            write_ring(path, removed(ring, name))


def signed_in(path: Path) -> bool:
    """Sign with the key of whoever unlocked the book at `path`; False where it is not sealed, or they have none."""
    by = unlocked_by(path)
    seed = None if by is None else by.secret(SIGN)
    if seed is not None:
        signing.hold(signing.signer_of(seed))
    return seed is not None


def has_lost_signature(path: Path, name: str) -> bool:
    """Whether the sealed book at `path` was opened by this person, who has no key for signing any more."""
    by = unlocked_by(path)
    return by is not None and by.holder.name.casefold() == name.casefold() and by.secret(SIGN) is None


def lost_signature(office: Office, name: str) -> Text | None:
    """That somebody who opens a sealed book by a passphrase got by the recovery key signs nothing with it; or None.

    Their key for signing was behind the passphrase that is forgotten; who gives accounts gives another.
    """
    held = office.book.table(Account)
    if not any(each.name.casefold() == name.casefold() and each.removed is None for each in held):
        return None
    others = [each for each in office.book.access.who_may("accounts") if each.casefold() != name.casefold()]
    if not others:
        return t("The key by which {name} signed is lost, and nobody else gives accounts: the book can be read, and "
                 "nothing more be written into it", name=name)  # fmt: skip
    return t("The key by which {name} signed is lost: {names} can give another by “access reset {name}”",
             name=name, names=", ".join(others))  # fmt: skip
