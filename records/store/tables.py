"""Typed tables: documents become frozen values once, and stay so until they change."""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache, cached_property, reduce
from itertools import chain
from operator import and_, attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from weakref import ref

import msgspec

from config.errors import InputError
from config.text import t
from records.domain.kinds import decode_hook, decoder_of, from_document, from_documents
from records.store.codes import current_id, number_in, row_of, same_id
from records.store.conditions import Condition
from records.store.journal.engine import DocumentChange, Engine
from records.store.journal.rows import Pending, Piece, Row, steady
from records.store.standing_back import stand_back
from records.store.turn import Turn
from records.store.weakly import weakly

if TYPE_CHECKING:
    from tinydb.queries import QueryInstance

    from records.store.documents import JournalDB, JournalTable

T = TypeVar("T")


def all_read(documents: bytes, kind: type) -> bool:
    """Whether every document of a JSON object, number -> document, is a record of this kind."""
    try:
        _decoder(kind).decode(documents)
    except (msgspec.DecodeError, ValueError):
        return False
    return True


@cache
def _decoder(kind: type) -> msgspec.json.Decoder[Any]:
    of_all: Any = dict[int, kind]  # type: ignore[valid-type]  # a kind is only known when the program runs
    return decoder_of(of_all)


@cache
def _columns(kind: Hashable, names: tuple[str, ...], late: tuple[str, ...]) -> type[msgspec.Struct]:
    """A kind of record with these of its fields alone, of which some are not read."""
    fields = {each.name: each for each in msgspec.structs.fields(cast("type[msgspec.Struct]", kind))}

    def told(name: str) -> tuple[Any, ...]:
        field = fields[name]
        if field.default_factory is not msgspec.NODEFAULT:
            return name, field.type, msgspec.field(default_factory=field.default_factory)
        kept = Any if name in late else field.type
        return (name, kept) if field.required else (name, kept, field.default)

    return msgspec.defstruct("Columns", map(told, names), kw_only=True, gc=False)


class Documented(ABC):
    """A book as its tables and changes know it. TinyDB is loaded when it is asked for: no first screen asks."""

    engine: Engine
    turn: Turn
    kinds: Mapping[type, tuple[str, str]]
    blocks: Callable[[], Mapping[str, int]]
    """Code of another office -> what is added to the numbers in its ids to have their rows."""

    @property
    @abstractmethod
    def codes(self) -> tuple[str, ...]:
        """Every code that ids of this book began with, the one in use first."""

    @abstractmethod
    def judge_writable(self) -> None:
        """Raises BookError when the book may not be written."""

    @abstractmethod
    def _record_plain(self, changes: list[DocumentChange], table: str) -> None:
        """Write what TinyDB changed in a table as one line of the journal."""

    @cached_property
    def database(self) -> JournalDB:
        """The same book as TinyDB knows it; each of its writes is one change too."""
        from records.store.documents import JournalDB  # noqa: PLC0415

        return JournalDB(self.engine, weakly(self._record_plain), self.turn)


class Records(Generic[T]):
    """The records of one kind. What it gives is frozen; nothing a caller does reaches the book."""

    def __init__(
        self,
        engine: Engine,
        kind: type[T],
        table: str,
        database: Callable[[], JournalDB],
        codes: Callable[[], tuple[str, ...]] = tuple,
        blocks: Callable[[], Mapping[str, int]] = dict,
    ) -> None:
        self._engine, self._kind, self._table, self._codes, self._blocks = engine, kind, table, codes, blocks
        self._lock = engine.lock
        self._values: dict[int, T] = {}
        self._indexes: dict[str, dict[Any, array[int]]] = {}
        """Field -> value -> numbers of the records that have it, in order."""
        self._database = database
        me = ref(self)  # what an engine tells does not hold who is told

        def changed(key: int, before: Row | None, after: Row | None) -> None:
            if (told := me()) is not None:
                told._changed(key, before, after)  # noqa: SLF001  # its own

        engine.watchers[table] = changed

    @property
    def documents(self) -> JournalTable:
        """The same table as TinyDB gives it."""
        return cast("JournalTable", self._database().table(self._table))  # our database makes no other

    def _rows(self) -> dict[int, dict[str, Any]]:
        return self._engine.rows(self._table)

    def _changed(self, key: int, before: Row | None, after: Row | None) -> None:
        self._values.pop(key, None)
        try:
            for field, index in self._indexes.items():
                for row in (before, after):
                    if row is not None:
                        value = row.get(field, "")
                        try:
                            keys = index[value]
                        except KeyError:
                            keys = index[value] = array("q")
                        place = bisect_left(keys, key)
                        there = place < len(keys) and keys[place] == key
                        if row is after and not there:
                            keys.insert(place, key)
                        elif row is before and there:
                            del keys[place]
        except TypeError:  # a list, which TinyDB may write anywhere: its line is on disk, so that it counts
            self._indexes.clear()

    def _value(self, key: int, row: Row) -> T:
        value = self._values.get(key)
        if value is None:
            value = from_document(row, self._kind)
            with self._lock:
                # Another thread may have changed the row meanwhile: what it was is not remembered then.
                if self._engine.table(self._table).known(key) is row:
                    self._values[key] = value
        return value

    def get(self, record_id: str) -> T | None:
        """The record with this id, or with one that it had under an earlier code of the office; else None."""
        try:  # what is only nearly an id of now is found out below, where it is not what is looked for
            own = int(record_id.rpartition("-")[2])
        except ValueError:
            own = 0
        value = self._values.get(own)
        if value is None:
            self._lock.acquire()  # no row changes under it; `with` takes twice as long
            try:
                row = self._engine.row(self._table, own)
                if row is not None and row.get("id") == record_id:  # as nearly all are
                    value = self._values[own] = from_document(row, self._kind)
                    return value
            finally:
                self._lock.release()
        elif value.id == record_id:  # type: ignore[attr-defined]  # kinds have an id
            return value
        for key in self._places(record_id):
            row = self._engine.row(self._table, key)
            if row is not None and self._is(row, record_id):
                return self._value(key, row)
        return None

    def _places(self, record_id: str) -> Iterator[int]:
        """Where a record with this id may lie: among our own rows, else among those of another office."""
        own = number_in(record_id)
        yield own
        other = row_of(record_id, self._blocks())
        if other != own:
            yield other

    def _is(self, row: Row, record_id: str) -> bool:
        return row.get("id") == record_id or same_id(str(row.get("id")), record_id, self._codes())

    def glance(self, record_id: str) -> T | None:
        """Like `get`, of a table too large for memory: neither the record nor its neighbours stay there."""
        for key in self._places(record_id):
            row = self._engine.table(self._table).glance((key,)).get(key)
            if row is not None and self._is(row, record_id):
                return self._values.get(key) or from_document(row, self._kind)
        return None

    def glances(self, ids: Iterable[str] | None = None) -> Iterator[T]:
        """Every record, or those with these ids of now, in the order of entry; what still is bytes stays so."""
        wanted = None if ids is None else set(ids)
        blocks = self._blocks()
        numbers = {number for each in wanted or () if (number := row_of(each, blocks))}
        in_order = sorted(numbers)
        decode = msgspec.json.Decoder(self._kind, dec_hook=decode_hook, strict=False).decode
        for piece in self._pieces():
            if wanted is not None and isinstance(piece, Pending):
                nearest = bisect_left(in_order, piece.chunk.first)
                if nearest == len(in_order) or in_order[nearest] > piece.chunk.last:
                    continue  # none of them lies there
            there = piece.apart() if isinstance(piece, Pending) else piece
            for key in there if wanted is None else [each for each in there if each in numbers]:
                row = there[key]
                found = self._value(key, row) if isinstance(row, dict) else decode(row)
                if wanted is None or found.id in wanted:  # type: ignore[attr-defined]  # kinds have an id
                    yield found

    def columns(self, *names: str, late: tuple[str, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """These fields of every record, in the order of entry; the records themselves are neither made nor kept.

        Of those that are `late`, the text may come as it is kept: whoever needs one of them reads it then.
        """
        told = attrgetter(*names) if len(names) > 1 else lambda each: (getattr(each, names[0]),)
        return chain.from_iterable(map(told, piece.values()) for piece in self._columns(names, late))

    def _columns(self, names: tuple[str, ...], late: tuple[str, ...] = ()) -> Iterator[dict[int, Any]]:
        """Number -> something with these fields of each record, piece by piece."""
        columns = _columns(cast("Hashable", self._kind), names, late)
        decoder = msgspec.json.Decoder(dict[int, columns], strict=False, dec_hook=decode_hook)  # type: ignore[valid-type]
        for piece in self._pieces():
            if isinstance(piece, Pending):
                yield decoder.decode(b"{" + piece.body() + b"}")
            else:
                known = self._values
                yield {key: known.get(key) or from_document(row, columns) for key, row in piece.items()}

    def _pieces(self) -> Iterator[Piece]:
        """The table piece by piece."""
        for piece in self._engine.table(self._table).pieces():
            stand_back()
            yield piece

    def __getitem__(self, record_id: str) -> T:
        """The record with this id. Raises InputError when there is none."""
        found = self.get(record_id)
        if found is None:
            raise InputError(t("There is no record {id}", id=record_id), do=t("check the code"))
        return found

    def where(self, **equals: str) -> list[T]:
        """Records whose fields equal these texts, in the order of entry; the first field is indexed."""
        codes = self._codes()
        (field, wanted), *others = ((name, current_id(text, codes)) for name, text in equals.items())
        if field not in self._indexes:
            self._make_ready(field)
        with self._lock:
            keys: Iterable[int] = self._index(field).get(wanted, ())
            values, glance = self._values, self._engine.table(self._table).glance
            if others:
                rows = glance(keys)
                keys = [key for key in keys if all(rows[key].get(name, "") == text for name, text in others)]
            new = [key for key in keys if key not in values]
            if new:  # no row changes under the lock, so what is made of them may stay
                rows = rows if others else glance(new)
                values.update(zip(new, from_documents([rows[key] for key in new], self._kind), strict=True))
            return [values[key] for key in keys]

    def matching(self, *conditions: Condition) -> list[T]:
        """Records that meet every condition, in the order of entry; found by TinyDB's own query."""
        if not conditions:
            return self.all()
        from tinydb import Query  # noqa: PLC0415  # the first screen asks TinyDB nothing

        defaults = {
            each.name: None if each.required else each.default
            for each in msgspec.structs.fields(cast("type[msgspec.Struct]", self._kind))
        }

        def met(condition: Condition) -> QueryInstance:
            name = condition.field
            return Query().map(lambda row: row.get(name, defaults[name])).test(condition.holds)

        found = self.documents.search(reduce(and_, map(met, conditions)))
        rows = ((each.doc_id, self._engine.row(self._table, each.doc_id)) for each in found)
        return [self._value(key, row) for key, row in rows if row is not None]

    def _make_ready(self, field: str) -> None:
        """Make an index outside of the lock, for which others would wait; it counts when nothing changed meanwhile."""
        rows = self._engine.table(self._table)
        turn = rows.turn
        made = self._new_index(field)
        with self._lock:
            if field not in self._indexes and rows is self._engine.table(self._table) and rows.turn == turn:
                self._indexes[field] = made

    def _index(self, field: str) -> dict[Any, array[int]]:
        """An index, for who holds the lock."""
        if field not in self._indexes:
            self._indexes[field] = self._new_index(field)
        return self._indexes[field]

    def _new_index(self, field: str) -> dict[Any, array[int]]:
        index: dict[Any, array[int]] = {}
        told = attrgetter(field)
        for piece in self._columns((field,)):
            for key, value in zip(piece, map(told, piece.values()), strict=True):
                try:
                    index[value].append(key)
                except KeyError:
                    index[value] = array("q", (key,))
        return index

    def all(self) -> list[T]:
        """Every record in the order of entry."""
        values = self._values
        return [values.get(key) or self._value(key, row) for key, row in steady(self._rows())]

    def __iter__(self) -> Iterator[T]:
        return iter(self.all())

    def __len__(self) -> int:
        return len(self._engine.table(self._table))  # which reads none of them
