"""One act in the making: what it will put and remove, and the codes it gives out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import orjson

from config.errors import ConflictError
from config.text import t
from records.domain.exchange import Neighbour
from records.domain.kinds import encoded, from_document
from records.store.codes import recoded_rows, row_of
from records.store.journal.engine import DocumentChange, Planned
from records.store.journal.rows import BLOCK, Row

T = TypeVar("T")


class Change:
    """What one act will change; nothing happens before its block ends well."""

    def __init__(
        self,
        office: str,
        kinds: Mapping[type, tuple[str, str]],
        counters: Mapping[str, int],
        row: Callable[[str, int], Row | None],
        tables: Callable[[], Mapping[str, Mapping[int, Row]]],
        blocks: Mapping[str, int],
    ) -> None:
        self._office, self._kinds, self._row, self._tables = office, kinds, row, tables
        self._blocks = dict(blocks)
        self._numbers = dict(counters)
        self.staged: dict[tuple[str, int], bytes | None] = {}
        """What each document becomes, as the bytes the journal will hold."""

    def new_id(self, kind: type) -> str:
        """A code never used before, such as `TN-P-00142`."""
        table, letter = self._kinds[kind]
        self._numbers[table] = self._numbers.get(table, 0) + 1
        return f"{self._office}-{letter}-{self._numbers[table]:05d}"

    def recode(self, new: str) -> None:
        """Let every id of the book begin with the code `new`, wherever it stands; done before anything else is put.

        Raises:
            ConflictError: for the code of another office of which the book holds records.
        """
        if new in self._blocks:
            raise ConflictError(
                t("{code} is the code of another office, whose records this book holds", code=new),
                do=t("choose another code"),
            )
        for table, number, content in recoded_rows(self._tables(), self._office, new):
            self.staged[table, number] = content
        self._office = new

    def held(self, kind: type[T], record_id: str) -> T | None:
        """The record as this act has left it so far, or None."""
        return self._at((self._kinds[kind][0], row_of(record_id, self._blocks)), kind, record_id)

    def _at(self, place: tuple[str, int], kind: type[T], record_id: str) -> T | None:
        staged = self.staged.get(place)
        row = self._row(*place) if place not in self.staged else None if staged is None else orjson.loads(staged)
        return None if row is None or row.get("id") != record_id else from_document(row, kind)

    def put(self, record: T, *, was: T | None = None) -> T:
        """Enter or replace a record by its id; gives it back.

        Args:
            record: what shall be there.
            was: the record that it replaces, as it was read; None for one that is new.

        Raises:
            ConflictError: when something else than `was` is there.
        """
        self.staged[self._judged(record, was)] = encoded(record)
        if isinstance(record, Neighbour):  # its records may follow in the same act
            self._blocks[record.code] = row_of(record.id, {}) * BLOCK
        return record

    def remove(self, record: Any) -> None:
        """Take a record out, as it was read; its id is not used again. Raises ConflictError when it is another now."""
        self.staged[self._judged(record, record)] = None

    def _judged(self, record: Any, was: Any) -> tuple[str, int]:
        """Where a record lies. Raises ConflictError when something else than `was` is there."""
        kind = type(record)
        place = self._kinds[kind][0], row_of(record.id, self._blocks)
        # Records are compared, not documents: one of an older program may be written in another way.
        if self._at(place, kind, record.id) != was:
            raise ConflictError(
                t("{id} was changed elsewhere since it was opened", id=record.id),
                do=t("open it again and enter the change anew; nothing was overwritten"),
            )
        return place


def planned(changes: Sequence[DocumentChange]) -> list[Planned]:
    """Changes with the documents after them as JSON."""
    return [(name, key, old, None if new is None else orjson.dumps(new)) for name, key, old, new in changes]
