"""TinyDB over the journal: documents in memory, every change on disk before it counts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from config.errors import BookError
from config.text import Text, t
from records.book.chain import seal
from records.book.segments import (
    Scan,
    Tables,
    no_collection,
    read_snapshot,
    segment_path,
    segments,
    sync_folder,
    write_durably,
    write_snapshot,
)

DocumentChange = tuple[str, int, dict[str, Any] | None, dict[str, Any] | None]
"""Table, number, document before, document after; None where there is none."""


class Engine:
    """The state of a book in memory and its journal on disk.

    Attributes:
        tables: table -> number -> document; documents are replaced, never altered.
        counters: table -> highest number ever used.
        seq, digest: number and hash of the last line read or written.
        damage: what is wrong with the journal, when something is; nothing may be written then.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: Tables = {}
        self.counters: dict[str, int] = {}
        self.notices: list[Text] = []
        self.damage: Text | None = None
        self.watchers: list[Callable[[str, int], None]] = []
        self._failed = False
        self._load()

    def _load(self) -> None:
        with no_collection():
            self.tables, self.seq, self.digest, self.counters, passed = read_snapshot(self.folder)
            for path in passed:
                self.notices.append(t("Snapshot {name} is damaged and was passed over", name=path.name))
            self.snapshot_seq = self.seq
            self._segment, self._offset = segment_path(self.folder, self.seq + 1), 0
            self.torn = b""
            self.read_on()

    def read_on(self) -> int:
        """Read the lines that are on disk but not yet in memory; returns how many."""
        before = self.seq
        known = [(first, path) for first, path in segments(self.folder) if path >= self._segment]
        if known and known[0][0] > self.seq + 1 and known[0][1] != self._segment:
            self.damage = t("The journal has a hole before {name}", name=known[0][1].name)
            return 0
        for number, (_, path) in enumerate(known):
            if path != self._segment:
                self._segment, self._offset = path, 0
            scan = Scan(path, seq=self.seq, prev=self.digest, offset=self._offset)
            for body in scan:
                self._apply([(name, key, old, new) for name, key, old, new in body["changes"]])
                self.seq, self.digest = body["seq"], body["hash"]
            self._offset, self.torn = scan.end, scan.torn
            if scan.problem or (scan.torn and number + 1 < len(known)):
                self.damage = t(
                    "The journal is damaged in {name} after line {seq}: the bytes there are not what was written",
                    name=path.name,
                    seq=self.seq,
                )
                break
        return self.seq - before

    def set_torn_aside(self) -> None:
        """Cut an unfinished last line, never acknowledged, off the journal; its bytes are kept in a file."""
        if not self.torn:
            return
        aside = self.folder / f"torn-{self.seq:09d}.bin"
        write_durably(aside, self.torn)
        with self._segment.open("r+b") as file:
            file.truncate(self._offset)
            os.fsync(file.fileno())
        self.notices.append(
            t(
                "The last line was never finished and was set aside in {name}; nothing that was saved is lost",
                name=aside.name,
            )
        )
        self.torn = b""

    def commit(self, body: Mapping[str, Any], changes: list[DocumentChange]) -> int:
        """Write one line and, once it is on disk, change memory. Returns its number.

        Raises:
            BookError: when the line cannot be written; nothing has changed then, and nothing more is written.
        """
        self.judge_writable()
        # Memory must hold exactly what a replay of the line would give, so it is read back from the bytes.
        whole = {"seq": self.seq + 1, **body, "changes": changes, "prev": self.digest}
        line, digest = seal(whole)
        self._append(line)
        self._apply([tuple(each) for each in orjson.loads(line)["changes"]])
        self.seq, self.digest = self.seq + 1, digest
        return self.seq

    def judge_writable(self) -> None:
        """Raises BookError when the book may not be written."""
        if self.damage is not None:
            raise BookError(self.damage, where=str(self.folder), do=t("restore a backup; the book can still be read"))
        if self._failed:
            raise BookError(
                t("The last change could not be saved, so the book takes no more"),
                where=str(self.folder),
                do=t("check free space and access, then open the book again"),
            )

    def _append(self, line: bytes) -> None:
        new = not self._segment.exists()
        try:
            with self._segment.open("ab") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
            if new:
                sync_folder(self.folder)
        except OSError as error:
            self._failed = True
            self._cut_back()
            raise BookError(
                t("The change could not be saved: {reason}", reason=error.strerror or str(error)),
                where=str(self.folder),
                do=t("nothing was changed; check free space and access, then open the book again"),
            ) from None
        self._offset += len(line)

    def _cut_back(self) -> None:
        try:
            with self._segment.open("r+b") as file:
                file.truncate(self._offset)
                os.fsync(file.fileno())
        except OSError:
            self.notices.append(t("The unfinished line is cut off when the book is opened next"))

    def _apply(self, changes: list[Any]) -> None:
        for name, key, _, after in changes:
            table = self.tables.setdefault(name, {})
            if after is None:
                table.pop(key, None)
            else:
                table[key] = after
            if key > self.counters.get(name, 0):
                self.counters[name] = key
            for watcher in self.watchers:
                watcher(name, key)

    def snapshot(self) -> None:
        """Write the state as a snapshot and begin a new segment."""
        if self.damage is not None or self._failed or self.seq == self.snapshot_seq:
            return
        write_snapshot(self.folder, self.tables, seq=self.seq, digest=self.digest, counters=self.counters)
        self.snapshot_seq = self.seq
        self._segment, self._offset = segment_path(self.folder, self.seq + 1), 0

    @property
    def tail(self) -> int:
        """Bytes in the journal since the newest snapshot."""
        return self._offset


class JournalStorage(Storage):
    """What TinyDB calls a storage; tables are read from the engine and written only as changes."""

    def __init__(self, engine: Engine, record: Callable[[str, list[DocumentChange]], None]) -> None:
        self.engine, self.record = engine, record

    def read(self) -> dict[str, dict[str, Any]] | None:
        """A copy of everything, keys as text, as TinyDB's own storages give it."""
        tables = self.engine.tables
        return {name: {str(key): deepcopy(row) for key, row in rows.items()} for name, rows in tables.items()} or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace everything by `data`, as one change for each table."""
        for name in {*data, *self.engine.tables}:
            new = {int(key): dict(row) for key, row in data.get(name, {}).items()}
            self.record(name, changes_between(name, self.engine.tables.get(name, {}), new))


class JournalTable(Table):
    """A TinyDB table whose every write is one line of the journal."""

    default_query_cache_capacity = 0

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, **_: Any) -> None:
        super().__init__(storage, name, cache_size=cache_size)

    @property
    def _journal(self) -> JournalStorage:
        assert isinstance(self._storage, JournalStorage)  # TinyDB types it as any storage
        return self._storage

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return deepcopy(self._journal.engine.tables.get(self.name, {}))  # type: ignore[arg-type]

    def get(self, cond: Any = None, doc_id: int | None = None, doc_ids: list[int] | None = None) -> Any:
        """Like TinyDB's; one document by its number costs one copy."""
        if doc_id is not None and cond is None and doc_ids is None:
            found = self._journal.engine.tables.get(self.name, {}).get(doc_id)
            return None if found is None else Document(deepcopy(found), doc_id)
        return super().get(cond, doc_id, doc_ids)

    def __len__(self) -> int:
        return len(self._journal.engine.tables.get(self.name, {}))

    def _get_next_id(self) -> int:
        counters = self._journal.engine.counters
        counters[self.name] = counters.get(self.name, 0) + 1
        return counters[self.name]

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        before = self._journal.engine.tables.get(self.name, {})
        after: dict[int, Any] = deepcopy(before)
        updater(after)
        self._journal.record(self.name, changes_between(self.name, before, after))


class JournalDB(TinyDB):
    """TinyDB with our tables and storage."""

    table_class: type[Table] = JournalTable

    def __init__(self, engine: Engine, record: Callable[[str, list[DocumentChange]], None]) -> None:
        super().__init__(engine, record, storage=JournalStorage)


def changes_between(name: str, before: Mapping[int, Any], after: Mapping[int, Any]) -> list[DocumentChange]:
    """What turns `before` into `after`, in the order of numbers."""
    return list(_differences(name, before, after))


def _differences(name: str, before: Mapping[int, Any], after: Mapping[int, Any]) -> Iterator[DocumentChange]:
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        new = None if new is None else dict(new)
        if old != new:
            yield name, key, old, new


def moment(now: datetime) -> str:
    """A time as the journal writes it, to the second, with its zone."""
    return now.astimezone().isoformat(timespec="seconds")
