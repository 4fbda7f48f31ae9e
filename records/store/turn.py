"""One writer, one lock: whose turn it is to write in an open book."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from config.errors import ConflictError
from config.text import t

_PATIENCE = 30.0
"""Seconds; no change takes as long, so whoever waits longer waits for somebody who waits for them."""


class Turn:
    """Whose turn it is to write in a book: one thread at a time, and of that one change at a time.

    As a context it is the turn of one change: a class, for a generator would cost a change twenty calls.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self._changing = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the turn and keep it. Raises ConflictError when another thread does not give it back."""
        if not self._lock.acquire(timeout=_PATIENCE):
            raise _late()
        try:
            yield
        finally:
            self._lock.release()

    def __enter__(self) -> None:
        """The same for one change; a change within a change is refused: both would give out the same ids."""
        if not self._lock.acquire(timeout=_PATIENCE):
            raise _late()
        if self._changing:
            self._lock.release()
            raise AssertionError("a change is being made already")
        self._changing = True

    def __exit__(self, *_: object) -> None:
        self._changing = False
        self._lock.release()


def _late() -> ConflictError:
    return ConflictError(
        t("Another change is still being made"), do=t("wait until it is done, then try again; nothing was changed")
    )
