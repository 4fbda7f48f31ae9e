"""One act in the making: what it will put and remove, and the codes it gives out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, TypeVar

import orjson

from config.errors import ConflictError
from config.text import t
from records.domain.exchange import Neighbour
from records.domain.kinds import encoded, from_document
from records.store.codes import recoded_rows, row_of
from records.store.journal.engine import DocumentChange, Planned
from records.store.journal.rows import BLOCK, Row

if TYPE_CHECKING:
    from records.store.tables import Documented

T = TypeVar("T")


class Change:
    """A block in which one act is made: what it will change happens when the block ends well, and nothing before.

    A class, for each change pays for its block, and for that of a generator twice as much.

    Args:
        book: what is changed.
        write: puts what became another on disk and into the book; is told the code to which the book moves as well.
    """

    _office: str
    """The code to which it moves the book; none as the block begins."""
    _blocks: Mapping[str, int]
    _numbers: dict[str, int]
    staged: dict[tuple[str, int], bytes | None]
    """What each document becomes, as the bytes the journal will hold; nothing yet as the block begins."""

    def __init__(self, book: Documented, write: Callable[..., None]) -> None:
        self._book, self._write = book, write
        self._kinds, self._tables = book.kinds, book.engine.tables

    def __enter__(self) -> Self:
        book = self._book
        book.judge_writable()
        book.turn.__enter__()  # from here on no number is given out elsewhere
        try:
            self._office, self._blocks = "", book.blocks()
            self._numbers, self.staged = dict(book.engine.counters), {}
        except BaseException:
            book.turn.__exit__()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            if kind is None:
                self._write(self.changes(), office=self._office)
        finally:
            del self.staged, self._numbers  # what is put or numbered after the end would be lost unsaid
            self._book.turn.__exit__()

    def new_id(self, kind: type) -> str:
        """A code never used before, such as `TN-P-00142`."""
        table, letter = self._kinds[kind]
        self._numbers[table] = self._numbers.get(table, 0) + 1
        return f"{self._office or self._book.codes[0]}-{letter}-{self._numbers[table]:05d}"

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
        tables = {name: rows.all() for name, rows in self._tables.items()}
        for table, number, content in recoded_rows(tables, self._office or self._book.codes[0], new):
            self.staged[table, number] = content
        self._office = new

    def held(self, kind: type[T], record_id: str) -> T | None:
        """The record as this act has left it so far, or None."""
        row = self._now((self._kinds[kind][0], row_of(record_id, self._blocks)))
        return None if row is None or row.get("id") != record_id else from_document(row, kind)

    def _row(self, place: tuple[str, int]) -> Row | None:
        rows = self._tables.get(place[0])
        return None if rows is None else rows.get(place[1])

    def _now(self, place: tuple[str, int]) -> Row | None:
        """The document there as this act has left it so far."""
        if place not in self.staged:
            return self._row(place)
        staged = self.staged[place]
        return None if staged is None else orjson.loads(staged)

    def changes(self) -> list[Planned]:
        """What becomes another than it is, in the order in which it was put."""
        found: list[Planned] = []
        for place, after in self.staged.items():
            before = self._row(place)
            if (before is None) != (after is None) or (after is not None and before != orjson.loads(after)):
                found.append((*place, before, after))
        return found

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
            self._blocks = {**self._blocks, record.code: row_of(record.id, {}) * BLOCK}
        return record

    def remove(self, record: Any) -> None:
        """Take a record out, as it was read; its id is not used again. Raises ConflictError when it is another now."""
        self.staged[self._judged(record, record)] = None

    def _judged(self, record: Any, was: Any) -> tuple[str, int]:
        """Where a record lies. Raises ConflictError when something else than `was` is there."""
        kind = type(record)
        place = self._kinds[kind][0], row_of(record.id, self._blocks)
        row = self._now(place)
        # Records are compared, not documents: one of an older program may be written in another way.
        # What is there under another id, such as that of a code which the office has no more, is something else too.
        if (row is not None and row.get("id") != record.id) or (row and from_document(row, kind)) != was:
            raise ConflictError(
                t("{id} was changed elsewhere since it was opened", id=record.id),
                do=t("open it again and enter the change anew; nothing was overwritten"),
            )
        return place


def planned(changes: Sequence[DocumentChange]) -> list[Planned]:
    """Changes with the documents after them as JSON."""
    return [(name, key, old, None if new is None else orjson.dumps(new)) for name, key, old, new in changes]
