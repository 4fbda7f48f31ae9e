"""What the desks need of a book. Any engine that keeps to this can stand in its place; its tests are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

T = TypeVar("T")


class JournalEntry(Protocol):
    """One change as history tells it."""

    @property
    def seq(self) -> int:
        """Its number, one more than that of the change before."""

    @property
    def action(self) -> str:
        """What was done, as a code."""

    @property
    def undoes(self) -> int | None:
        """The change it takes back, or None."""


class Repository(Protocol[T]):
    """The records of one kind, in the order of their numbers. What it gives is frozen."""

    def get(self, record_id: str) -> T | None:
        """The record with this id, or None."""

    def where(self, **equals: str) -> list[T]:
        """Records whose fields equal these texts."""

    def all(self) -> list[T]:
        """Every record."""

    def __iter__(self) -> Iterator[T]: ...

    def __len__(self) -> int: ...


class UnitOfWork(Protocol):
    """One act in the making."""

    def new_id(self, kind: type) -> str:
        """An id that was never used and never will be again."""

    def put(self, record: T, *, was: T | None = None) -> T:
        """Enter or replace a record. Raises ConflictError when the book holds something else than `was`."""

    def remove(self, kind: type, record_id: str) -> None:
        """Take a record out."""


class Store(Protocol):
    """A book: typed records, one acknowledged change for each act, history, undo and redo."""

    def table(self, kind: type[T]) -> Repository[T]:
        """The records of one kind."""

    def change(self, action: str, *, about: str = "") -> AbstractContextManager[UnitOfWork]:
        """What is put in this block happens as one change when it ends well, or not at all."""

    def history(
        self, *, record: str = "", actor: str = "", day: str = "", limit: int | None = None
    ) -> Sequence[JournalEntry]:
        """Changes, newest first."""

    def undo(self, seq: int | None = None) -> JournalEntry:
        """Reverse a change by a new one. Raises ConflictError when a later change stands on it."""

    def redo(self) -> JournalEntry:
        """Reverse the newest undo. Raises ConflictError when something was done since."""
