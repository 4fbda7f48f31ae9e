"""An index of the journal: which line did what, when, by whom, and which records it touched.

It is a cache beside the book, made from the journal and made again whenever it does not fit; losing it loses nothing.
It works in memory; its file holds the bytes of an SQLite database and behind them their SHA-256, and takes its place in
one step. So no bit of it is believed that turned, and any number of programs may read and write it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from records.store.journal import durable
from records.store.journal.chain import FIRST, LAST, Body, hash_in, unseal
from records.store.journal.segments import first_of, opened, piece, segment_path, segments
from records.store.sealing.sealer import Purpose, Sealer

if TYPE_CHECKING:
    import sqlite3

FILE = "index.sqlite"
_ID = re.compile(r"[^\s-]{1,12}-[A-Z]{1,2}-\d{4,}")
_VERSION = 1
_PAGE = 500
_MANY = 2_000
"""Lines after which the index reads on though the work does not rest, so that nobody waits long for the first history;
and after which it is saved though the work does not end."""
_NOTHING = hashlib.sha256().digest()
_SUM = len(_NOTHING)
_TABLES = """
    CREATE TABLE mark (version INTEGER, seq INTEGER, hash TEXT, segment TEXT, at INTEGER);
    CREATE TABLE line (
        seq INTEGER PRIMARY KEY, time TEXT, actor TEXT, action TEXT, about TEXT, undoes INTEGER, records INTEGER,
        segment TEXT, at INTEGER, length INTEGER
    );
    CREATE INDEX line_time ON line (time);
    CREATE TABLE touch (record TEXT, seq INTEGER, PRIMARY KEY (record, seq)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of the journal says of itself, and where it lies.

    Attributes:
        time: to the second, with its zone, as text.
        about: a short plain text for people.
        undoes: number of the change it takes back, or None.
        records: how many records it changed.
        segment, at, length: file, first byte and bytes of the line.
    """

    seq: int
    time: str
    actor: str
    action: str
    about: str
    undoes: int | None
    records: int
    segment: str
    at: int
    length: int


def touched(changes: Iterable[tuple[str, int, Any, Any]]) -> set[str]:
    """The records that changes concern: their own numbers (`people/142`), their ids, and the ids they name."""
    found = set()
    for table, key, *rows in changes:
        found.add(f"{table}/{key}")
        for row in rows:
            for value in (row or {}).values():
                for text in value if isinstance(value, list) else (value,):
                    if isinstance(text, str) and _ID.fullmatch(text):
                        found.add(text)
    return found


class JournalIndex:
    """The index of the book in `folder`; may be asked from any thread."""

    _damaged = False

    def __init__(self, folder: Path, *, writable: bool, sealer: Sealer | None = None) -> None:
        self._folder, self._writable, self._sealer = folder, writable, sealer
        self._connection: sqlite3.Connection | None = None
        self._lock = RLock()
        self._reached = self._saved = self._seen = 0

    def lines(
        self,
        *,
        upto: int,
        records: tuple[str, ...] = (),
        actor: str = "",
        day: str = "",
        action: str = "",
        after: int = 0,
    ) -> Iterator[Line]:
        """Lines up to number `upto`, newest first, read a page at a time.

        Args:
            upto: the newest line asked for; it is on disk.
            records: only lines that touch a record with one of these ids, or one that names it.
            actor: only lines of this person.
            day: only lines of this day, as `2025-06-15`.
            action: only lines of this act, as `award.decide`.
            after: only lines after this number.
        """
        wanted, values = ["seq <= ?", "seq > ?"], [after, *(each for each in (actor, day, action, *records) if each)]
        wanted += ["actor = ?"] if actor else []
        wanted += ["substr(time, 1, 10) = ?"] if day else []
        wanted += ["action = ?"] if action else []
        places = ", ".join("?" * len(records))
        wanted += [f"seq IN (SELECT seq FROM touch WHERE record IN ({places}))"] if records else []  # noqa: S608  # below
        # Only fixed words stand in the text; what was asked for is given apart.
        asked = f"SELECT * FROM line WHERE {' AND '.join(wanted)} ORDER BY seq DESC LIMIT {_PAGE}"  # noqa: S608
        while True:
            page = [Line(*row) for row in self._ask(asked, (upto, *values), upto)]
            yield from page
            if len(page) < _PAGE:
                return
            upto = page[-1].seq - 1

    def last_of_day(self, day: str, upto: int) -> int:
        """The newest line written on `day` or before; 0 when there was none yet."""
        asked = "SELECT max(seq) FROM line WHERE substr(time, 1, 10) <= ? AND seq <= ?"
        return int(self._ask(asked, (day, upto), upto)[0][0] or 0)

    def close(self) -> None:
        """Let the index go; what it learnt is saved."""
        with self._lock:
            if self._connection is not None:
                self._save()
                self._connection.close()
                self._connection, self._reached, self._saved = None, 0, 0

    def follow(self, upto: int, *, leaving: bool = False) -> bool:
        """Read on up to line `upto` while nobody waits: when a moment passed without a change, or much came together.

        Args:
            upto: the newest line; it is on disk.
            leaving: the work ends; an index that followed so far reads the rest.

        Returns:
            Whether the work rests.
        """
        resting, self._seen = upto == self._seen, upto
        ready = self._reached > 0 if leaving else resting or upto - self._reached >= _MANY
        if self._writable and ready and self._reached < upto:
            self._ask("SELECT 1", (), upto)
        if resting and self._reached - self._saved >= _MANY:
            with self._lock:
                self._save()
        return resting

    def found_damaged(self) -> bool:
        """Whether the file is not what was written; said once, for it is made anew."""
        with self._lock:
            with suppress(OSError):
                found, told = durable.sha256_of(self._folder / FILE, but=_SUM)
                if found != told or found == _NOTHING:
                    self._let_go()
            damaged, self._damaged = self._damaged, False
            return damaged

    def _ask(self, asked: str, values: tuple[object, ...], upto: int) -> list[Any]:
        with self._lock:
            if self._connection is None:
                self._connection = self._loaded()
            try:
                return self._caught_up(self._connection, upto).execute(asked, values).fetchall()
            except _strange():
                # Somebody else's file with a right sum: the journal is what counts.
                self._connection.close()
                self._connection, self._saved, self._damaged = _empty(), 0, True
                return self._caught_up(self._connection, upto).execute(asked, values).fetchall()

    def _loaded(self) -> sqlite3.Connection:
        """The index as it was saved, or an empty one where it was not, or is not what was saved."""
        connection, content = _empty(), self._content()
        if content is None:
            return connection
        try:
            if self._sealer is not None:
                content = memoryview(self._sealer.open(Purpose.CACHE, content.tobytes(), FILE.encode()))
            connection.deserialize(content)
            self._saved = self._fitting(connection)[0]
        except _strange():
            # Somebody else's file with a right sum: the journal is what counts.
            connection.close()
            connection, self._damaged = _empty(), True
        return connection

    def _content(self) -> memoryview | None:
        """What was saved, or None where nothing was; what is not as it was saved is damage, and taken away."""
        try:
            content = durable.read_file(self._folder / FILE)
        except OSError:
            return None
        kept = memoryview(content)[:-_SUM]
        found = hashlib.sha256(kept).digest()
        if found == content[-_SUM:] and found != _NOTHING:
            return kept
        self._let_go()
        return None

    def _let_go(self) -> None:
        """Take a file away that is not what was saved; the journal tells all that was in it."""
        self._damaged, self._saved = True, 0
        if self._writable and self._is_ours():
            with suppress(OSError):
                durable.disk.remove(self._folder / FILE)

    def _is_ours(self) -> bool:
        """Whether in the place of the file is one, or nothing; what else is there “book repair” sets aside."""
        path = self._folder / FILE
        return not path.is_symlink() and (path.is_file() or not path.exists())

    def _save(self) -> None:
        """Put the index in its file; where that cannot be written, another reads the journal again."""
        if not self._writable or self._connection is None or self._reached <= self._saved or not self._is_ours():
            return
        content = self._connection.serialize()
        if self._sealer is not None:
            content = self._sealer.seal(Purpose.CACHE, content, FILE.encode())
        temporary = self._folder / f"{FILE}-{os.getpid()}.tmp"
        try:
            handle = durable.disk.open(temporary, make=True)
            try:
                durable.disk.write(handle, content + hashlib.sha256(content).digest(), 0)
            finally:
                durable.disk.close(handle)
            durable.disk.rename(temporary, self._folder / FILE)
        except OSError:
            with suppress(OSError):
                durable.disk.remove(temporary)
        self._saved = self._reached

    def _caught_up(self, connection: sqlite3.Connection, upto: int) -> sqlite3.Connection:
        try:
            connection.execute("BEGIN")
            seq, segment, at = self._fitting(connection)
            if seq < upto:
                self._read_on(connection, seq, segment, at, upto)
            connection.execute("COMMIT")
            self._reached = max(seq, upto)
        except BaseException:
            connection.rollback()
            raise
        return connection

    def _fitting(self, connection: sqlite3.Connection) -> tuple[int, str, int]:
        """How far the index reaches; it is emptied first when it is of another book, or of another past."""
        known = connection.execute("SELECT name FROM sqlite_master WHERE name = 'mark'").fetchone()
        mark = connection.execute("SELECT version, seq, hash, segment, at FROM mark").fetchone() if known else None
        if mark is not None:
            version, seq, digest, segment, at = mark
            if version == _VERSION and self._hash_at(segment, at) == digest:
                return seq, segment, at
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            connection.execute(f'DROP TABLE "{table}"')
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        return 0, "", 0

    def _hash_at(self, segment: str, end: int) -> str:
        """The hash of the line that ends at this byte of a segment; empty where none does."""
        try:
            first = first_of(self._folder / segment)
            return hash_in(piece(self._folder, first, max(end - LAST, 0), min(LAST, end)))
        except (OSError, ValueError):
            return ""

    def _read_on(self, connection: sqlite3.Connection, seq: int, segment: str, at: int, upto: int) -> None:
        digest = FIRST
        for first, path in segments(self._folder):
            name = segment_path(self._folder, first).name
            if name < segment:
                continue
            offset = at if name == segment else 0
            with opened(path) as file:
                file.seek(offset)
                for raw in file:
                    if seq >= upto or not raw.endswith(b"\n"):
                        break
                    # A damaged line in the past is told by `verify`; here it is passed over.
                    with suppress(ValueError, KeyError, TypeError):
                        body = unseal(raw[:-1], sealer=self._sealer)
                        _enter(connection, body, (name, offset, len(raw)))
                        seq, digest = body["seq"], body["hash"]
                    offset += len(raw)
            segment, at = name, offset
            if seq >= upto:
                break
        connection.execute("DELETE FROM mark")
        connection.execute("INSERT INTO mark VALUES (?, ?, ?, ?, ?)", (_VERSION, seq, digest, segment, at))


def _strange() -> tuple[type[Exception], ...]:
    """What reading a database raises that is no index."""
    import sqlite3  # noqa: PLC0415  # a book is opened before anybody asks for its history

    return (sqlite3.Error, ValueError, TypeError, KeyError, OverflowError)


def _empty() -> sqlite3.Connection:
    import sqlite3  # noqa: PLC0415  # as above

    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA temp_store = MEMORY")  # nothing of a sealed book may come to a temporary file
    return connection


def _enter(connection: sqlite3.Connection, body: Body, place: tuple[str, int, int]) -> None:
    told = (body["time"], body["actor"], body["action"], body.get("about", ""), body.get("undoes"))
    row = (body["seq"], *told, len(body["changes"]), *place)
    connection.execute("INSERT OR REPLACE INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    found = ((each, body["seq"]) for each in touched(body["changes"]))
    connection.executemany("INSERT OR IGNORE INTO touch VALUES (?, ?)", found)
