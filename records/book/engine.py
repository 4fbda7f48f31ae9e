"""The state of a book in memory and its journal on disk: every change is on disk before it counts."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any

import orjson

from config.errors import BookError, system_reason
from config.text import Text, t
from records.book.chain import seal
from records.book.rows import Row, Rows
from records.book.segments import (
    Scan,
    place_of,
    segment_path,
    segments,
    sync_data,
    sync_folder,
    write_at,
    write_durably,
)
from records.book.snapshots import Mark, State, no_collection, read_snapshot, write_snapshot

DocumentChange = tuple[str, int, Row | None, Row | None]
"""Table, number, document before, document after; None where there is none."""
Planned = tuple[str, int, Row | None, bytes | None]
"""The same with the document after as the JSON that will stand in the journal."""
_SNAPSHOT_AFTER, _SNAPSHOT_AT_END = 4_000_000, 1_000_000
"""Bytes of journal after which a snapshot is written beside the work; and those after which one ends the work."""
_AHEAD, _MANY = 256 * 1024, 2
"""Zero bytes kept ahead of the last line, and the changes after which they are: the disk need not note a new length
with each line then, which costs it a third of the time. A command with a change or two does without."""


class Engine:
    """The state of a book in memory and its journal on disk.

    Attributes:
        tables: table -> rows by number.
        counters: table -> highest number ever used.
        seq, digest, time: number, hash and moment of the last line read or written.
        damage: what is wrong with the journal, when something is; nothing may be written then.
        lasting: False for a book that is thrown away: nothing is done for a later opening.
    """

    def __init__(self, folder: Path, *, upto: int | None = None, from_first: bool = False) -> None:
        self.folder = folder
        self.notices: list[Text] = []
        self.damage: Text | None = None
        self.watchers: dict[str, Callable[[int], None]] = {}
        self.lasting = True
        self._upto = upto
        self._failed = False
        self._saver: Thread | None = None
        self._handle = -1
        self._place: object = None
        self._ahead, self._lines = 0, 0
        self._load(State() if from_first else read_snapshot(folder, upto=upto))

    def _load(self, state: State) -> None:
        with no_collection():
            self.tables, self.counters = state.tables, state.counters
            self.seq, self.digest, self.time = state.seq, state.digest, state.time
            for path in state.passed:
                self.notices.append(t("Snapshot {name} is damaged and was passed over", name=path.name))
            self.snapshot_seq = self.seq
            self._segment, self._offset = segment_path(self.folder, self.seq + 1), 0
            self.torn = b""
            self.read_on()

    def rows(self, table: str) -> dict[int, Row]:
        """Every row of a table, to be read only."""
        return self.tables[table].all() if table in self.tables else {}

    def row(self, table: str, key: int) -> Row | None:
        """One row, or None; to be read only."""
        return self.tables[table].get(key) if table in self.tables else None

    def know(self, table: str) -> None:
        """A table that TinyDB was asked for exists from then on, empty or not."""
        self.tables.setdefault(table, Rows())

    def forget_empty(self, table: str) -> None:
        """An empty table that was dropped is no longer named."""
        if not len(self.tables[table]):
            del self.tables[table]

    def read_on(self) -> int:
        """Read the lines that are on disk but not yet in memory; returns how many."""
        before = self.seq
        known = [(first, path) for first, path in segments(self.folder) if path >= self._segment]
        if known and known[0][0] > self.seq + 1 and known[0][1] != self._segment:
            self.damage = t("The journal has a hole before {name}", name=known[0][1].name)
            return 0
        for number, (_, path) in enumerate(known):
            if self.seq == self._upto:
                break
            if path != self._segment:
                self._segment, self._offset = path, 0
            scan = Scan(path, seq=self.seq, prev=self.digest, offset=self._offset)
            for body in scan:
                self._apply(body["changes"])
                self.seq, self.digest, self.time = body["seq"], body["hash"], body["time"]
                if self.seq == self._upto:
                    break
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

    def commit(self, body: Mapping[str, Any], changes: Sequence[Planned]) -> int:
        """Write one line and, once it is on disk, change memory. Returns its number.

        Raises:
            BookError: when the line cannot be written; nothing has changed then, and nothing more is written.
        """
        self.judge_writable()
        told = [(name, key, old, None if new is None else orjson.Fragment(new)) for name, key, old, new in changes]
        line, digest = seal({"seq": self.seq + 1, **body, "changes": told, "prev": self.digest})
        self._append(line)
        # Memory must hold exactly what a replay of the line would give, so it is read from the same bytes.
        self._apply([(name, key, old, new and orjson.loads(new)) for name, key, old, new in changes])
        self.seq, self.digest, self.time = self.seq + 1, digest, str(body["time"])
        if self._offset > _SNAPSHOT_AFTER:
            self.begin_snapshot()
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
        try:
            if self._handle < 0:
                self._open_segment()
            elif self._place != place_of(self._handle, self._segment):
                # Moved or deleted while it was open: what is written to it now would be gone with it.
                raise FileNotFoundError(errno.ENOENT, "moved", str(self._segment))
            self._judge_alone()
            if self.lasting and self._lines >= _MANY and self._offset + len(line) > self._ahead:
                self._reserve(self._offset + len(line) + _AHEAD)
            write_at(self._handle, line, self._offset)
            if self.lasting:
                sync_data(self._handle)
        except OSError as error:
            self._failed = True
            self._cut_back()
            raise BookError(
                t("The change could not be saved: {reason}", reason=system_reason(error)),
                where=str(self.folder),
                do=t("nothing was changed; check free space and access, then open the book again"),
            ) from None
        self._offset += len(line)
        self._lines += 1

    def _judge_alone(self) -> None:
        """Where the next line goes there must be nothing yet. Raises BookError when another program wrote there."""
        os.lseek(self._handle, self._offset, os.SEEK_SET)
        if os.read(self._handle, 1) in {b"", b"\0"}:
            return
        self._failed = True
        raise BookError(
            t("Another program has written into this book: the lock does not hold on this disk"),
            where=str(self.folder),
            do=t("nothing of either is overwritten; close both, open the book again, and keep it on a disk of its own"),
        )

    def _open_segment(self) -> None:
        new = not self._segment.exists()
        self._handle = os.open(self._segment, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        self._place = place_of(self._handle, self._segment)
        self._ahead = self._lines = 0
        if new:
            sync_folder(self.folder)

    def _reserve(self, end: int) -> None:
        """Fill the segment with zero bytes from its last line up to `end`; a full disk does without."""
        with suppress(OSError):
            write_at(self._handle, bytes(end - self._offset), self._offset)
            os.fsync(self._handle)
        self._ahead = end

    def _leave_segment(self, first: int) -> None:
        """Close the segment written last; the next line begins the one called after `first`."""
        self.close()
        self._segment, self._offset = segment_path(self.folder, first), 0

    def close(self) -> None:
        """Wait for a snapshot, and give the segment back."""
        self.finish_snapshot()
        if self._handle >= 0:
            if self._ahead and not self._failed:
                with suppress(OSError):
                    os.ftruncate(self._handle, self._offset)
            os.close(self._handle)
            self._handle = -1

    def _cut_back(self) -> None:
        try:
            with self._segment.open("r+b") as file:
                file.truncate(self._offset)
                os.fsync(file.fileno())
        except OSError:
            self.notices.append(t("The unfinished line is cut off when the book is opened next"))

    def _apply(self, changes: list[Any]) -> None:
        for name, key, _, after in changes:
            if name not in self.tables:
                self.tables[name] = Rows()
            self.tables[name].put(key, after)
            if key > self.counters.get(name, 0):
                self.counters[name] = key
            if name in self.watchers:
                self.watchers[name](key)

    def begin_snapshot(self) -> None:
        """Begin a new segment, and write the state beside the work; nothing waits for it."""
        self.finish_snapshot()
        if not self.lasting or self.damage is not None or self._failed or self.seq == self.snapshot_seq:
            return
        pieces = {name: rows.pieces() for name, rows in self.tables.items()}
        state = Mark(self.seq, self.digest, self.time, dict(self.counters))

        def save() -> None:
            try:
                write_snapshot(self.folder, pieces, state)
            except OSError:
                self.notices.append(t("No snapshot could be written; nothing is lost, but opening takes longer"))

        self.snapshot_seq = state.seq
        self._leave_segment(state.seq + 1)
        self._saver = Thread(target=save, name="snapshot")
        self._saver.start()

    def finish_snapshot(self) -> None:
        """Wait for a snapshot that is being written."""
        if self._saver is not None:
            self._saver.join()
            self._saver = None

    def settle(self) -> None:
        """End the work: with a snapshot when opening would take long without, and every file given back."""
        if self._offset > _SNAPSHOT_AT_END:
            self.begin_snapshot()
        self.close()


def planned(changes: Sequence[DocumentChange]) -> list[Planned]:
    """Changes with the documents after them as JSON."""
    return [(name, key, old, None if new is None else orjson.dumps(new)) for name, key, old, new in changes]


def moment(now: datetime) -> str:
    """A time as the journal writes it, to the second, with its zone."""
    return now.astimezone().isoformat(timespec="seconds")


def shown_moment(time: str) -> str:
    """A time of the journal as a person reads it: day and minute."""
    return time[:16].replace("T", " ")
