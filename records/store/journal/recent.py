"""What the last lines of a journal changed, kept at hand for who follows the book."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
_REMEMBERED = 20_000
"""Changed documents that are kept."""


class Recent(Generic[T]):
    """The changes of the lines after `forgotten`, line by line."""

    def __init__(self, forgotten: int = 0) -> None:
        self._forgotten, self._count = forgotten, 0
        self._lines: deque[tuple[int, Sequence[T]]] = deque()

    def hear(self, seq: int, changes: Sequence[T]) -> None:
        """Take in the next line; the oldest go where they are too many."""
        self._lines.append((seq, changes))
        self._count += len(changes)
        while self._count > _REMEMBERED:
            self._forgotten, gone = self._lines.popleft()
            self._count -= len(gone)

    def since(self, seq: int) -> list[T] | None:
        """What the lines after `seq` changed, oldest first; None when that is not at hand."""
        if seq < self._forgotten:
            return None
        return [change for number, changes in self._lines if number > seq for change in changes]
