"""Sealed books for tests: keys that are cheap to try, and a switch that seals every book that is made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from records.store.book import Book
from records.store.sealing.ring import Ring, added, new_ring
from records.store.sealing.secrets import Cost
from records.store.sealing.unlocking import hold

CHEAP = Cost(memory=8, passes=1, lanes=1)
WORDS, OTHER = "mười cây số ngàn", "hàng cau trước ngõ"


def unlocked_ring(passphrase: str = WORDS, *, name: str = "lan") -> Ring:
    """A ring with one person, unlocked."""
    ring, key = new_ring()
    ring, opened = added(ring, passphrase, key, name=name, cost=CHEAP)
    hold(ring, opened)
    return ring


def sealed_book(path: Path) -> Book:
    return Book.create(path, office="TN", actor="tester", ring=unlocked_ring())


@contextmanager
def seal_new_books() -> Iterator[None]:
    """Let every book that is made be a sealed one, unlocked; so any proof of the store can be run on sealed books."""
    make = Book.create

    def sealed(path: Path, **given: object) -> Book:
        return partial(make, path, **{"ring": unlocked_ring(), **given})()  # type: ignore[arg-type]

    with patch.object(Book, "create", sealed):
        yield
