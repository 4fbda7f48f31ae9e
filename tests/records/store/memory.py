"""A second engine under the same contract, all in memory and nothing clever: it shows that the contract is enough."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from config.errors import ConflictError
from config.text import t
from records.domain.kinds import KINDS

T = TypeVar("T")
Key = tuple[str, str]


@dataclass(frozen=True)
class MemoryEntry:
    seq: int
    action: str
    undoes: int | None
    changes: tuple[tuple[Key, Any, Any], ...]


class MemoryTable(Generic[T]):
    def __init__(self, records: dict[Key, Any], name: str) -> None:
        self._records, self._name = records, name

    def all(self) -> list[T]:
        mine = [record for (name, _), record in self._records.items() if name == self._name]
        return sorted(mine, key=lambda record: int(record.id.rpartition("-")[2]))

    def get(self, record_id: str) -> T | None:
        return self._records.get((self._name, record_id))

    def where(self, **equals: str) -> list[T]:
        return [each for each in self.all() if all(getattr(each, name) == text for name, text in equals.items())]

    def __iter__(self) -> Iterator[T]:
        return iter(self.all())

    def __len__(self) -> int:
        return len(self.all())


@dataclass
class MemoryChange:
    records: dict[Key, Any]
    numbers: dict[str, int]
    staged: dict[Key, Any] = field(default_factory=dict)

    def new_id(self, kind: type) -> str:
        table, letter = KINDS[kind]
        self.numbers[table] = self.numbers.get(table, 0) + 1
        return f"TN-{letter}-{self.numbers[table]:05d}"

    def put(self, record: T, *, was: T | None = None) -> T:
        key = (KINDS[type(record)].table, record.id)  # type: ignore[attr-defined]  # kinds have an id
        if was is not None and self.records.get(key) != was:
            raise ConflictError(t("{id} was changed elsewhere since it was opened", id=key[1]))
        self.staged[key] = record
        return record

    def remove(self, kind: type, record_id: str) -> None:
        self.staged[KINDS[kind].table, record_id] = None


class MemoryBook:
    def __init__(self) -> None:
        self._records: dict[Key, Any] = {}
        self._numbers: dict[str, int] = {}
        self._entries: list[MemoryEntry] = []

    def table(self, kind: type[T]) -> MemoryTable[T]:
        return MemoryTable(self._records, KINDS[kind].table)

    @contextmanager
    def change(self, action: str, *, about: str = "") -> Iterator[MemoryChange]:
        staged = MemoryChange(self._records, dict(self._numbers))
        yield staged
        changes = [(key, self._records.get(key), new) for key, new in staged.staged.items()]
        self._write(action, [each for each in changes if each[1] != each[2]])

    def _write(self, action: str, changes: list[tuple[Key, Any, Any]], undoes: int | None = None) -> None:
        if not changes:
            return
        for key, _, new in changes:
            self._numbers[key[0]] = max(self._numbers.get(key[0], 0), int(key[1].rpartition("-")[2]))
            if new is None:
                self._records.pop(key, None)
            else:
                self._records[key] = new
        self._entries.append(MemoryEntry(len(self._entries) + 1, action, undoes, tuple(changes)))

    def history(
        self, *, record: str = "", actor: str = "", day: str = "", limit: int | None = None
    ) -> list[MemoryEntry]:
        found = [
            entry
            for entry in reversed(self._entries)
            if not record or any(record in str(change) for change in entry.changes)
        ]
        return found[:limit]

    def undo(self, seq: int | None = None) -> MemoryEntry:
        taken: set[int] = set()
        for entry in reversed(self._entries):
            if entry.undoes is not None:
                if entry.seq not in taken:
                    taken.add(entry.undoes)
            elif seq is None and entry.seq not in taken:
                return self._reverse(entry, "undo")
        if seq is None or not 0 < seq <= len(self._entries):
            raise ConflictError(t("There is nothing to undo"))
        return self._reverse(self._entries[seq - 1], "undo")

    def redo(self) -> MemoryEntry:
        taken: set[int] = set()
        for entry in reversed(self._entries):
            if entry.action == "redo" and entry.undoes is not None:
                taken.add(entry.undoes)
            elif entry.action == "undo" and entry.seq not in taken:
                return self._reverse(entry, "redo")
            elif entry.action not in ("undo", "redo"):
                break
        raise ConflictError(t("There is nothing to redo"))

    def _reverse(self, entry: MemoryEntry, action: str) -> MemoryEntry:
        if any(self._records.get(key) != new for key, _, new in entry.changes):
            raise ConflictError(t("Change {seq} was already taken back", seq=entry.seq))
        self._write(action, [(key, new, old) for key, old, new in reversed(entry.changes)], entry.seq)
        return self._entries[-1]
