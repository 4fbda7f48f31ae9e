"""Who may open a sealed book: keys added, taken away, changed, and brought back by the recovery key. Each is a line."""

from __future__ import annotations

from datetime import datetime

from config.errors import InputError
from config.text import t
from records.store.contract import Store
from records.store.sealing.recovery import new_recovery_key
from records.store.sealing.renewing import renew_key
from records.store.sealing.ring import Ring, Unlocked, added, changed, read_ring, removed, without, write_ring
from records.store.sealing.unlocking import hold

ADDED, REMOVED, CHANGED, RECOVERED, PRINTED = (
    "book.key_add",
    "book.key_remove",
    "book.key_change",
    "book.key_recover",
    "book.key_print",
)


def ring_of(book: Store) -> Ring:
    """The keys of a book. Raises InputError for one that is not sealed, BookError when they cannot be read."""
    return read_ring(book.path)


def add_key(book: Store, by: Unlocked, name: str, passphrase: str) -> None:
    """Let one more person open the book by a passphrase of their own.

    Raises:
        InputError: for a passphrase that is too easy, or no name.
        ConflictError: when somebody signs in by this name already.
        BookError: when the book or its keys cannot be written.
    """
    ring, _ = added(ring_of(book), passphrase, by.book_key, name=name)
    _keep(book, ring, ADDED, name)


def remove_key(book: Store, name: str) -> None:
    """Let somebody open the book no more, as far as copies go that are made from now on.

    Raises:
        InputError: when nobody has this name.
        ConflictError: when it is the last one.
        BookError: as `add_key`.
    """
    _keep(book, removed(ring_of(book), name), REMOVED, name)


def change_key(book: Store, by: Unlocked, passphrase: str) -> Unlocked:
    """Give the person who opened the book another passphrase; gives what it opens. Raises InputError, BookError."""
    ring, opened = changed(ring_of(book), by, passphrase)
    _keep(book, ring, CHANGED, opened.holder.name)
    return hold(ring, opened)


def recover_key(book: Store, by: Unlocked, name: str, passphrase: str) -> None:
    """Give a person another passphrase by the recovery key, or a first one; what else theirs opened is lost.

    Raises:
        InputError: when it was not the recovery key that opened the book, or the passphrase is too easy.
        BookError: as `add_key`.
    """
    if by.holder.kind != "recovery":
        raise InputError(t("The book was not opened by its recovery key"), do=t("use “book key change”"))
    ring = ring_of(book)
    ring, opened = added(without(ring, name), passphrase, by.book_key, name=name)
    _keep(book, ring, RECOVERED, name)
    hold(ring, opened)


def renew_book_key(book: Store, now: datetime) -> str:
    """Give the book a new key, so that who had a key before reads nothing that is written from now on.

    Returns:
        A new recovery key to be printed, where the printed one cannot open the new key; else empty.

    Raises:
        RefusedError: without the right to give accounts.
        ConflictError, BookError: as `renew_key`; the book has the key that it had then.
    """
    book.access.judge("accounts")
    printed = renew_key(book.path, now=now)
    book.access.keep_in_step()
    return printed


def print_recovery(book: Store, by: Unlocked) -> str:
    """A new recovery key; the one that was printed before opens the book no more. Raises BookError."""
    printed = new_recovery_key()
    ring, _ = added(ring_of(book), printed, by.book_key, name="", recovery=True)
    _keep(book, ring, PRINTED, "")
    return printed


def _keep(book: Store, ring: Ring, action: str, name: str) -> None:
    """The line first: nobody has a key of which the book says nothing."""
    book.note(action, about=name)
    write_ring(book.path, ring)
