"""TinyDB over the journal: its own extension points, so that its queries and its tables work on a book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from functools import wraps
from typing import Any, TypeVar, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from records.store.journal.engine import DocumentChange, Engine
from records.store.journal.rows import Row, steady
from records.store.turn import Turn

Recorder = Callable[[list[DocumentChange], str], None]
"""Writes changes as one line of the journal; the text is the table they are in."""


def copied(value: Any) -> Any:
    """A copy of a JSON value that shares nothing with it."""
    if isinstance(value, dict):
        return {key: copied(each) for key, each in value.items()}
    if isinstance(value, list):
        return [copied(each) for each in value]
    return value


class Draft(MutableMapping[int, Row]):
    """A table as one of TinyDB's updaters sees it: rows are copied when touched, and the table itself stays."""

    def __init__(self, rows: Mapping[int, Row]) -> None:
        self._rows = rows
        self._touched: dict[int, Row | None] = {}

    def __getitem__(self, key: int) -> Row:
        if key not in self._touched:
            self._touched[key] = copied(self._rows[key])
        row = self._touched[key]
        if row is None:
            raise KeyError(key)
        return row

    def __setitem__(self, key: int, row: Mapping[str, Any]) -> None:
        self._touched[key] = dict(row)

    def __delitem__(self, key: int) -> None:
        if key not in self:
            raise KeyError(key)
        self._touched[key] = None

    def __contains__(self, key: object) -> bool:
        return self._touched[key] is not None if key in self._touched else key in self._rows

    def __iter__(self) -> Iterator[int]:
        yield from (key for key in list(self._rows) if key in self)
        yield from (key for key, row in list(self._touched.items()) if row is not None and key not in self._rows)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Take every row out."""
        self._touched = dict.fromkeys(self._rows)

    def changes(self, table: str) -> list[DocumentChange]:
        """What was done, in the order of numbers."""
        touched = sorted(self._touched.items())
        return [(table, key, old, new) for key, new in touched if (old := self._rows.get(key)) != new]


class JournalStorage(Storage):
    """What TinyDB calls a storage; tables are read from the engine and written only as changes."""

    def __init__(self, engine: Engine, record: Recorder, turn: Turn) -> None:
        self.engine, self.record, self.turn = engine, record, turn

    def read(self) -> dict[str, dict[str, Any]] | None:
        """A copy of everything, keys as text, as TinyDB's own storages give it."""
        tables = {name: rows.all() for name, rows in self.engine.tables.items()}
        return {name: {str(key): copied(row) for key, row in rows.items()} for name, rows in tables.items()} or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace everything by `data`, as one change."""
        with self.turn.held():
            self._write(data)

    def _write(self, data: dict[str, dict[str, Any]]) -> None:
        changes: list[DocumentChange] = []
        for name in {**data, **self.engine.tables}:
            draft = Draft(self.engine.rows(name))
            draft.clear()
            for key, row in data.get(name, {}).items():
                draft[int(key)] = row
            changes += draft.changes(name)
        self.record(changes, "")
        for name in [each for each in self.engine.tables if each not in data]:
            self.engine.forget_empty(name)


Act = TypeVar("Act", bound=Callable[..., Any])


def _in_turn(act: Act) -> Act:
    """The same act of a table, from what it reads to what it writes while no other thread writes."""

    @wraps(act)
    def alone(table: JournalTable, *args: Any, **named: Any) -> Any:
        with table.turn.held():
            return act(table, *args, **named)

    return cast("Act", alone)


class JournalTable(Table):
    """A TinyDB table whose every write is one line of the journal.

    Results are never cached: they are read from memory, and what a caller gets is a copy. Numbers are never used again,
    not even after the table was emptied.
    """

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:  # noqa: FBT001, FBT002  # TinyDB's own signature
        super().__init__(storage, name, cache_size=cache_size)
        if persist_empty:
            self._engine.know(name)

    @property
    def _engine(self) -> Engine:
        return cast("JournalStorage", self._storage).engine

    @property
    def turn(self) -> Turn:
        """Whose turn it is to write."""
        return cast("JournalStorage", self._storage).turn

    insert = _in_turn(Table.insert)
    insert_multiple = _in_turn(Table.insert_multiple)
    update_multiple = _in_turn(Table.update_multiple)
    upsert = _in_turn(Table.upsert)
    truncate = _in_turn(Table.truncate)

    def _found(self, cond: QueryLike) -> Iterator[tuple[int, Row]]:
        return ((key, row) for key, row in steady(self._engine.rows(self.name)) if cond(row))

    def _document(self, key: int, row: Row) -> Document:
        return self.document_class(copied(row), self.document_id_class(key))

    def search(self, cond: QueryLike) -> list[Document]:
        """Copies of the documents that match."""
        return [self._document(key, row) for key, row in self._found(cond)]

    def get(self, cond: Any = None, doc_id: int | None = None, doc_ids: list[int] | None = None) -> Any:
        """Like TinyDB's: one document by number or condition, or several by their numbers."""
        if doc_id is not None:
            row = self._engine.row(self.name, doc_id)
            return None if row is None else self._document(doc_id, row)
        if doc_ids is not None:
            rows = [(key, self._engine.row(self.name, key)) for key in doc_ids]
            return [self._document(key, row) for key, row in rows if row is not None]
        if cond is not None:
            return next((self._document(key, row) for key, row in self._found(cond)), None)
        return super().get()  # TinyDB's own complaint

    @_in_turn
    def update(self, fields: Any, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Like TinyDB's; only the documents that match are copied."""
        if cond is not None and doc_ids is None:
            doc_ids = [key for key, _ in self._found(cond)]
        return super().update(fields, None, doc_ids)

    @_in_turn
    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Like TinyDB's; only the documents that match are touched."""
        if cond is not None and doc_ids is None:
            doc_ids = [key for key, _ in self._found(cond)]
        return super().remove(None, doc_ids)

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return copied(self._engine.rows(self.name))  # type: ignore[no-any-return]

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        draft = Draft(self._engine.rows(self.name))
        updater(draft)
        storage = cast("JournalStorage", self._storage)
        storage.record(draft.changes(self.name), self.name)
        self._engine.know(self.name)

    def _get_next_id(self) -> int:
        counters = self._engine.counters
        counters[self.name] = counters.get(self.name, 0) + 1
        return counters[self.name]

    def __len__(self) -> int:
        return len(self._engine.rows(self.name))


class JournalDB(TinyDB):
    """TinyDB with our tables and storage."""

    table_class: type[Table] = JournalTable

    def __init__(self, engine: Engine, record: Recorder, turn: Turn) -> None:
        super().__init__(engine, record, turn, storage=JournalStorage)
        self._turn = turn

    def drop_table(self, name: str) -> None:
        """Take a table out, with everything that is in it when no other thread writes."""
        with self._turn.held():
            super().drop_table(name)

    def tables(self) -> set[str]:
        """The names of the tables."""
        return set(cast("JournalStorage", self.storage).engine.tables)
