"""A second engine under the same contract, records in memory and nothing clever: it shows the contract is enough."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import Any, Generic, TypeVar

import msgspec
import orjson

from config.errors import BookError, ConflictError, InputError
from config.text import Text, t
from records.domain.kinds import KINDS, LOGS, encoded, from_document
from records.domain.rule_changes import SettingChange
from records.domain.years.closing import Correction
from records.store.access.access import Access
from records.store.access.gate import Gate
from records.store.closed_years import judge_years
from records.store.codes import blocks_of, codes_of, current_id, recoded, row_of, same_id
from records.store.conditions import Condition
from records.store.contract import WHOLE, Changed, Report, Store
from records.store.history import judge_no_erasure

T = TypeVar("T")
Key = tuple[str, str]


def number_of(record_id: str) -> int:
    return int(record_id.rpartition("-")[2])


def blocks_among(records: dict[Key, Any]) -> dict[str, int]:
    mine = {number_of(key): {"code": each.code} for (name, key), each in records.items() if name == "neighbours"}
    return blocks_of(mine)


def plain(record: Any) -> dict[str, Any] | None:
    told: dict[str, Any] | None = None if record is None else msgspec.to_builtins(record, enc_hook=str)
    return told


@dataclass(frozen=True)
class MemoryEntry:
    seq: int
    time: str
    actor: str
    action: str
    about: str
    undoes: int | None
    held: tuple[tuple[Key, Any, Any], ...]
    blocks: dict[str, int]

    @property
    def records(self) -> int:
        return len(self.held)

    @property
    def changes(self) -> list[Changed]:
        return [(table, row_of(each, self.blocks), plain(old), plain(new)) for (table, each), old, new in self.held]

    def of(self, kind: type[T]) -> list[tuple[T | None, T | None]]:
        return [(old, new) for (table, _), old, new in self.held if table == KINDS[kind].table]

    def tells_of(self, record_id: str) -> bool:
        return any(
            record_id in (key, f"{table}/{row_of(key, self.blocks)}") or names(old, record_id) or names(new, record_id)
            for (table, key), old, new in self.held
        )


def names(record: Any, record_id: str) -> bool:
    return repr(record_id) in repr(record)


class MemoryTable(Generic[T]):
    def __init__(self, records: dict[Key, Any], name: str, codes: Callable[[], tuple[str, ...]]) -> None:
        self._records, self._name, self._codes = records, name, codes

    def all(self) -> list[T]:
        mine = [record for (name, _), record in self._records.items() if name == self._name]
        return sorted(mine, key=lambda record: row_of(record.id, blocks_among(self._records)))

    def get(self, record_id: str) -> T | None:
        found: T | None = self._records.get((self._name, record_id))
        if found is None:
            others = (each for each in self.all() if same_id(each.id, record_id, self._codes()))  # type: ignore[attr-defined]
            found = next(others, None)
        return found

    def glance(self, record_id: str) -> T | None:
        return self.get(record_id)

    def glances(self, ids: Iterable[str] | None = None) -> Iterator[T]:
        wanted = None if ids is None else set(ids)
        return (each for each in self.all() if wanted is None or each.id in wanted)  # type: ignore[attr-defined]

    def columns(self, *names: str, late: tuple[str, ...] = ()) -> Iterator[tuple[Any, ...]]:  # it may
        return (tuple(getattr(each, name) for name in names) for each in self.all())

    def __getitem__(self, record_id: str) -> T:
        found = self.get(record_id)
        if found is None:
            raise InputError(t("There is no record {id}", id=record_id), do=t("check the code"))
        return found

    def where(self, **equals: str) -> list[T]:
        wanted = {name: current_id(text, self._codes()) for name, text in equals.items()}
        return [each for each in self.all() if all(getattr(each, name) == text for name, text in wanted.items())]

    def matching(self, *conditions: Condition) -> list[T]:
        return [
            each
            for each in self.all()
            if all(one.holds(msgspec.to_builtins(getattr(each, one.field), enc_hook=str)) for one in conditions)
        ]

    def __iter__(self) -> Iterator[T]:
        return iter(self.all())

    def __len__(self) -> int:
        return len(self.all())


@dataclass
class MemoryChange:
    records: dict[Key, Any]
    numbers: dict[str, int]
    office: str
    staged: dict[Key, Any] = field(default_factory=dict)

    def new_id(self, kind: type) -> str:
        table, letter = KINDS[kind]
        self.numbers[table] = self.numbers.get(table, 0) + 1
        return f"{self.office}-{letter}-{self.numbers[table]:05d}"

    def put(self, record: T, *, was: T | None = None) -> T:
        self._judge(record, was)
        self.staged[self._place(record)] = record
        return record

    def recode(self, new: str) -> None:
        if new in blocks_among(self.records):
            raise ConflictError(t("{code} is the code of another office, whose records this book holds", code=new))
        for (table, key), record in self.records.items():
            self.staged[table, key] = None
            content = recoded(encoded(record), self.office, new)
            made = from_document(orjson.loads(content), type(record))
            self.staged[table, made.id] = made
        self.office = new

    def held(self, kind: type[T], record_id: str) -> T | None:
        key = (KINDS[kind].table, record_id)
        return self.staged[key] if key in self.staged else self.records.get(key)

    def remove(self, record: Any) -> None:
        self._judge(record, record)
        self.staged[self._place(record)] = None

    def _place(self, record: Any) -> Key:
        return KINDS[type(record)].table, record.id

    def _judge(self, record: Any, was: Any) -> None:
        if self.held(type(record), record.id) != was:
            raise ConflictError(t("{id} was changed elsewhere since it was opened", id=record.id))


class MemoryFiles:
    """Ordinary files in a folder that is gone with the book."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def read(self, name: str) -> bytes | None:
        place = self.folder / name
        return place.read_bytes() if place.exists() else None

    def write(self, name: str, content: bytes) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(content)

    def remove(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def names(self, under: str, ending: str) -> list[str]:
        return sorted(PurePosixPath(under, each.name).as_posix() for each in (self.folder / under).glob(f"*{ending}"))


class MemoryBook:
    def __init__(self, *, office: str = "TN", actor: str = "tester") -> None:
        self._first, self.actor, self.id = office, actor, "m" * 32
        self.ancestors: tuple[str, ...] = ()
        self.read_only, self.upto, self.sealed = False, None, False
        self.notices: list[Text] = []
        self.damage = self.behind = None
        self.correction: Correction | None = None
        self.access = Access(Gate(lambda _table: {}))
        self._place = tempfile.TemporaryDirectory(prefix="memory-")
        self.path = Path(self._place.name)
        self.files, self.settings = MemoryFiles(self.path / "files"), MemoryFiles(self.path / "config")
        self._records: dict[Key, Any] = {}
        self._numbers: dict[str, int] = {}
        self._entries: list[MemoryEntry] = []
        self._turn = Lock()

    def row_of(self, record_id: str) -> int:
        return row_of(record_id, blocks_among(self._records))

    @property
    def codes(self) -> tuple[str, ...]:
        changes = {number_of(each.id): {"key": each.key, "after": each.after} for each in self.table(SettingChange)}
        return codes_of(self._first, changes)

    @property
    def office(self) -> str:
        return self.codes[0]

    def table(self, kind: type[T]) -> MemoryTable[T]:
        return MemoryTable(self._records, KINDS[kind].table, lambda: self.codes)

    @contextmanager
    def change(self, action: str, *, about: str = "") -> Iterator[MemoryChange]:
        self._judge_writable()
        with self._turn:
            staged = MemoryChange(self._records, dict(self._numbers), self.office)
            yield staged
            changes = [(key, self._records.get(key), new) for key, new in staged.staged.items()]
            changes = [each for each in changes if each[1] != each[2]]
            if changes:
                self._write(action, changes, about=about)

    def _judge_writable(self) -> None:
        if self.read_only:
            raise BookError(t("The book is open for reading only"), do=t("close it elsewhere and open it again"))

    def _write(
        self, action: str, changes: list[tuple[Key, Any, Any]], undoes: int | None = None, *, about: str = ""
    ) -> None:
        both: dict[tuple[str, int], tuple[Any, Any]] = {}
        blocks = blocks_among({**self._records, **{key: new for key, _, new in changes if new is not None}})
        for (table, each), old, new in changes:  # one that got another id stands twice
            was, now = both.get((table, row_of(each, blocks)), (None, None))
            both[table, row_of(each, blocks)] = (was or old, now or new)
        planned = [(*place, plain(old), encoded(new) if new else None) for place, (old, new) in both.items()]
        if allowed := judge_years(planned, self._rows, self.correction):
            made = msgspec.structs.replace(
                allowed, id=f"{self.office}-DC-{self._numbers.get('corrections', 0) + 1:05d}"
            )
            changes = [*changes, (("corrections", made.id), None, made)]
            about = f"{about} {made.number}"
        for key, _, new in changes:
            if key[1].partition("-")[0] not in blocks:
                self._numbers[key[0]] = max(self._numbers.get(key[0], 0), number_of(key[1]))
            if new is None:
                self._records.pop(key, None)
            else:
                self._records[key] = new
        time = datetime.now().astimezone().isoformat(timespec="seconds")
        self._entries.append(
            MemoryEntry(len(self._entries) + 1, time, self.actor, action, about, undoes, tuple(changes), blocks)
        )

    def _rows(self, table: str) -> dict[int, dict[str, Any]]:
        mine = [(self.row_of(key), plain(each)) for (name, key), each in self._records.items() if name == table]
        return {number: row for number, row in sorted(mine) if row is not None}

    def note(self, action: str, *, about: str) -> None:
        self._judge_writable()
        self._write(action, [], about=about)

    def accept_settings(self) -> list[str]:
        self._judge_writable()
        return []

    def head(self) -> tuple[int, str]:
        return len(self._entries), sha256(repr(self._entries).encode()).hexdigest()

    def changes_since(self, seq: int) -> tuple[int, list[Changed] | None]:
        changes = [change for entry in self._entries[max(seq, 0) :] for change in entry.changes]
        return len(self._entries), changes if seq >= 0 else None

    def recall(self, name: str) -> bytes | None:  # nothing outlives this store
        return None

    def at_close(self, name: str, made: Callable[[Store], bytes | None]) -> None:
        pass

    def counts(self) -> dict[str, int]:
        tables = [name for name, _ in self._records]
        return {name: tables.count(name) for name in dict.fromkeys(tables)}

    def history(
        self, *, record: str = "", actor: str = "", day: str = "", action: str = "", limit: int | None = None
    ) -> list[MemoryEntry]:
        found = [
            entry
            for entry in reversed(self._entries)
            if (not record or entry.tells_of(record))
            and actor in ("", entry.actor)
            and action in ("", entry.action)
            and entry.time.startswith(day)
        ]
        return found[:limit]

    def lost_history(self) -> int:
        return 0

    def seq_at(self, day: date) -> int:
        return max((entry.seq for entry in self._entries if entry.time[:10] <= day.isoformat()), default=0)

    def next_undo(self) -> MemoryEntry:
        taken: set[int] = set()
        for entry in reversed(self._entries):
            if entry.undoes is not None:
                if entry.seq not in taken:
                    taken.add(entry.undoes)
            elif entry.seq not in taken and any(table not in LOGS for (table, _), _, _ in entry.held):
                return entry
        raise ConflictError(t("There is nothing to undo"))

    def next_redo(self) -> MemoryEntry:
        taken: set[int] = set()
        for entry in reversed(self._entries):
            if entry.action == "redo" and entry.undoes is not None:
                taken.add(entry.undoes)
            elif entry.action == "undo" and entry.seq not in taken:
                return entry
            elif entry.action not in ("undo", "redo"):
                break
        raise ConflictError(t("There is nothing to redo"))

    def undo(self, seq: int | None = None) -> MemoryEntry:
        if seq is not None and not 0 < seq <= len(self._entries):
            raise ConflictError(t("There is no change {seq}", seq=seq))
        return self._reverse(self.next_undo() if seq is None else self._entries[seq - 1], "undo")

    def redo(self) -> MemoryEntry:
        return self._reverse(self.next_redo(), "redo")

    def _reverse(self, entry: MemoryEntry, action: str) -> MemoryEntry:
        self._judge_writable()
        judge_no_erasure(entry.action, entry.seq)
        if not entry.held:
            raise ConflictError(t("Change {seq} changed no record", seq=entry.seq))
        own = {key for key, _, _ in entry.held}
        gone = [key for key, old, new in entry.held if old is None and new is not None]
        for later in self._entries[entry.seq :]:
            touched = own & {key for key, _, _ in later.held}
            names_gone = any(
                key not in own and key[0] not in LOGS and names(self._records.get(key), record_id)
                for key, _, _ in later.held
                for _, record_id in gone
            )
            changed = touched and any(self._records.get(key) != new for key, _, new in entry.held)
            if changed or names_gone:
                raise ConflictError(
                    t("Change {seq} cannot be taken back: change {later} stands on it", seq=entry.seq, later=later.seq)
                )
        self._write(action, [(key, new, old) for key, old, new in reversed(entry.held)], entry.seq, about=entry.about)
        return self._entries[-1]

    def settled(self) -> MemoryBook:
        return self

    def refresh(self) -> bool:
        return False

    def verify(self, mark: str = "", *, deep: bool = False) -> Report:
        return Report(whole=True, lines=(WHOLE,))

    def close(self) -> None:
        self.read_only = True
        self._place.cleanup()
