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
    """Whose turn it is to write in a book: one thread at a time, and of that one change at a time."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._changing = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the turn and keep it. Raises ConflictError when another thread does not give it back."""
        self._wait()
        try:
            yield
        finally:
            self._lock.release()

    def _wait(self) -> None:
        if not self._lock.acquire(timeout=_PATIENCE):
            raise ConflictError(
                t("Another change is still being made"),
                do=t("wait until it is done, then try again; nothing was changed"),
            )

    @contextmanager
    def change(self) -> Iterator[None]:
        """The same for one change; a change within a change is refused: both would give out the same ids."""
        self._wait()
        try:
            if self._changing:
                raise AssertionError("a change is being made already")
            self._changing = True
            try:
                yield
            finally:
                self._changing = False
        finally:
            self._lock.release()
