"""The book of an office: typed tables, one journal line for each act, undo, history, one writer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from config.errors import BookError, ConflictError
from config.text import Text, t
from records.book.about import lay_out, read_about
from records.book.change import Change
from records.book.engine import DocumentChange, Engine, JournalDB, JournalTable, moment
from records.book.history import REDO, UNDO, Entry, entry_of, newest_first, redoable, undoable, whole_chain
from records.book.lock import WriterLock
from records.book.records import Records
from records.domain.kinds import KINDS

T = TypeVar("T")
_SNAPSHOT_AFTER = 2_000_000
"""Bytes of journal after which closing writes a snapshot."""


@dataclass(frozen=True, slots=True)
class Report:
    """What reading the whole book found: sentences, and whether all is well."""

    whole: bool
    lines: tuple[Text, ...]


class Book:
    """A folder `NAME.sovang`. Open it with `create` or `open`, and close it (or use it as a context)."""

    def __init__(
        self, path: Path, *, actor: str, kinds: Mapping[type, tuple[str, str]], now: Callable[[], datetime]
    ) -> None:
        self.path, self.actor, self.kinds, self.now = path, actor, kinds, now
        self.office = str(read_about(path)["office"])
        self.engine = Engine(path)
        self.read_only = True
        self._lock = WriterLock(path)
        self._database = JournalDB(self.engine, self._record_plain)
        self._tables: dict[type, Records[Any]] = {}

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        office: str,
        actor: str,
        kinds: Mapping[type, tuple[str, str]] = KINDS,
        now: Callable[[], datetime] = datetime.now,
    ) -> Self:
        """Make a book in a new or empty folder. Raises BookError where there is something already."""
        lay_out(path, office=office, now=now())
        return cls.open(path, actor=actor, kinds=kinds, now=now)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        actor: str,
        read_only: bool = False,
        kinds: Mapping[type, tuple[str, str]] = KINDS,
        now: Callable[[], datetime] = datetime.now,
    ) -> Self:
        """Open a book for writing, or for reading beside a writer.

        Raises:
            BookError: when the folder is no book, or another program is writing it.
        """
        writable = not read_only and os.access(path, os.W_OK)
        lock = WriterLock(path)
        if writable:
            read_about(path)
            lock.take(actor=actor, now=now())
        try:
            book = cls(path, actor=actor, kinds=kinds, now=now)
        except BaseException:
            lock.release()
            raise
        book._lock = lock  # its own class
        book._settle(writable=writable, asked=not read_only)
        return book

    def _settle(self, *, writable: bool, asked: bool) -> None:
        if asked and not writable:
            self.notices.append(t("The book can only be read: its folder is not writable"))
        if self.damage is not None:
            self.notices.append(self.damage)
            self._lock.release()
            return
        if writable:
            self.read_only = False
            self.engine.set_torn_aside()

    @property
    def notices(self) -> list[Text]:
        """What the reader should know about this opening."""
        return self.engine.notices

    @property
    def damage(self) -> Text | None:
        """What is wrong with the book, or None. A damaged book can be read up to the damage."""
        return self.engine.damage

    def table(self, kind: type[T]) -> Records[T]:
        """The records of one kind."""
        if kind not in self._tables:
            name = self.kinds[kind][0]
            documents = self._database.table(name)
            assert isinstance(documents, JournalTable)  # our database makes no other
            self._tables[kind] = Records(self.engine, kind, name, documents)
        return self._tables[kind]

    @contextmanager
    def change(self, action: str, *, about: str = "") -> Iterator[Change]:
        """Everything put or removed in this block becomes one line of the journal, or nothing does.

        Raises:
            BookError: when the book cannot be written.
        """
        self._judge_writable()
        staged = Change(self.office, self.kinds, self.engine.counters)
        yield staged
        tables = self.engine.tables
        changes: list[DocumentChange] = []
        for (name, key), after in staged.staged.items():
            before = tables.get(name, {}).get(key)
            if before != after:
                changes.append((name, key, before, after))
        self._write(action, changes, about=about)

    def _judge_writable(self) -> None:
        self.engine.judge_writable()
        if self.read_only:
            raise BookError(
                t("The book is open for reading only"),
                where=str(self.path),
                do=t("close it elsewhere and open it again"),
            )

    def _write(
        self, action: str, changes: list[DocumentChange], *, about: str = "", undoes: int | None = None
    ) -> Entry | None:
        if not changes:
            return None
        body: dict[str, Any] = {"time": moment(self.now()), "actor": self.actor, "action": action, "about": about}
        if undoes is not None:
            body["undoes"] = undoes
        seq = self.engine.commit(body, changes)
        return entry_of({**body, "seq": seq, "changes": changes})

    def _record_plain(self, name: str, changes: list[DocumentChange]) -> None:
        self._judge_writable()
        self._write("table.write", changes, about=name)

    def head(self) -> tuple[int, str]:
        """Number and hash of the last line."""
        return self.engine.seq, self.engine.digest

    def counts(self) -> dict[str, int]:
        """Records in each table."""
        return {name: len(rows) for name, rows in self.engine.tables.items()}

    def history(self, *, record: str | None = None, limit: int | None = None) -> list[Entry]:
        """Changes, newest first; only those that touch `record` when one is named."""
        found: list[Entry] = []
        for entry in newest_first(self.path, self.engine.seq):
            if record is None or entry.touches(record):
                found.append(entry)
            if limit is not None and len(found) >= limit:
                break
        return found

    def undo(self, seq: int | None = None) -> Entry:
        """Reverse change `seq`, or the newest that stands, by a new line.

        Raises:
            ConflictError: when there is none, or a later change stands on it.
        """
        entry = undoable(self._entries()) if seq is None else self._entry(seq)
        return self._reverse(entry, UNDO)

    def redo(self) -> Entry:
        """Reverse the newest undo. Raises ConflictError when something else was done since."""
        return self._reverse(redoable(self._entries()), REDO)

    def _entries(self) -> Iterator[Entry]:
        return newest_first(self.path, self.engine.seq)

    def _entry(self, seq: int) -> Entry:
        for entry in self._entries():
            if entry.seq == seq:
                return entry
        raise ConflictError(t("There is no change {seq}", seq=seq), do=t("see “book log” for the numbers"))

    def _reverse(self, entry: Entry, action: str) -> Entry:
        self._judge_writable()
        for name, key, _, after in entry.changes:
            if self.engine.tables.get(name, {}).get(key) != after:
                raise self._conflict(entry, name, key)
        changes: list[DocumentChange] = [
            (name, key, after, before) for name, key, before, after in reversed(entry.changes)
        ]
        written = self._write(action, changes, about=entry.about, undoes=entry.seq)
        assert written is not None  # an entry has changes, so its reverse has
        return written

    def _conflict(self, entry: Entry, name: str, key: int) -> ConflictError:
        for later in self._entries():
            if later.seq > entry.seq and any((each[0], each[1]) == (name, key) for each in later.changes):
                return ConflictError(
                    t("Change {seq} cannot be taken back: change {later} stands on it", seq=entry.seq, later=later.seq),
                    do=t("take back change {later} first", later=later.seq),
                )
        return ConflictError(t("Change {seq} was already taken back", seq=entry.seq), do=t("see “book log”"))

    def refresh(self) -> bool:
        """Read what another program wrote since; True if there was anything."""
        return self.read_only and self.engine.read_on() > 0

    def verify(self) -> Report:
        """Read every line from the first and compare the end with what is in memory."""
        seq, digest, problems = whole_chain(self.path)
        lines = [t("Read {n} changes from the first to the last", n=seq)]
        lines += [t("The journal is not whole: {place}", place=problem) for problem in problems]
        whole = not problems and (seq, digest) == self.head()
        lines.append(t("The book is whole") if whole else t("The book is damaged; restore a backup"))
        return Report(whole, tuple(lines))

    def snapshot(self) -> None:
        """Write the state as a file that opens fast, and that TinyDB itself can open."""
        self._judge_writable()
        self.engine.snapshot()

    def close(self) -> None:
        """Give the book back."""
        if not self.read_only and self.engine.tail > _SNAPSHOT_AFTER:
            try:
                self.engine.snapshot()
            except OSError:
                self.notices.append(t("No snapshot could be written; nothing is lost, but opening takes longer"))
        self.read_only = True
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
