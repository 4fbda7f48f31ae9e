"""The stores that are measured beside each other: the same documents, the same acts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage

from records.domain.people.person import Person
from records.store.book import Book

UNITS = 1_141
"""Documents are spread over so many units, as people are over an office."""


def row(number: int) -> dict[str, Any]:
    """One made-up document of about 250 bytes."""
    return {
        "id": f"TN-P-{number:05d}",
        "name": f"Nguyễn Văn Thử {number}",
        "unit": f"TN-U-{number % UNITS:05d}",
        "phone": f"09{number:08d}",
        "position": ("Trưởng ban", "Phó Trưởng ban", "Chuyên viên", "Bí thư chi bộ")[number % 4],
        "note": "ghi chú " * 8,
    }


class Measured(Protocol):
    """What every store can be asked to do; each method is one act."""

    def insert(self, first: int, count: int) -> None:
        """Enter documents as one change."""

    def update(self, number: int) -> None:
        """Change one field of one document."""

    def by_id(self, number: int) -> object:
        """Read one document."""

    def by_unit(self, number: int) -> object:
        """Read the documents of one unit."""

    def scan(self) -> object:
        """Find documents by two fields without an index."""

    def end_the_day(self) -> None:
        """Do what the end of a day's work does."""

    def reopen(self) -> object:
        """Open once more and read one document; gives what was opened, to be closed."""

    def close(self) -> None:
        """Give the files back."""


class Plain:
    """TinyDB as it comes; with `cached`, its caching middleware, flushed after each write so that it lasts."""

    def __init__(self, folder: Path, *, cached: bool = False) -> None:
        self._path, self._cached = folder / f"plain-{cached}.json", cached
        self._database = self._open()

    def _open(self) -> TinyDB:
        caching: Any = CachingMiddleware
        storage = caching(JSONStorage) if self._cached else JSONStorage
        return TinyDB(self._path, storage=storage, encoding="utf-8")

    def _flush(self) -> None:
        if self._cached:
            self._database.storage.flush()  # type: ignore[attr-defined]  # only the middleware has it

    def insert(self, first: int, count: int) -> None:
        self._database.insert_multiple(row(number) for number in range(first, first + count))
        self._flush()

    def update(self, number: int) -> None:
        self._database.update({"note": f"mới {number}"}, doc_ids=[number])
        self._flush()

    def by_id(self, number: int) -> object:
        return self._database.get(doc_id=number)

    def by_unit(self, number: int) -> object:
        self._database.clear_cache()
        return self._database.search(where("unit") == f"TN-U-{number:05d}")

    def scan(self) -> object:
        self._database.clear_cache()
        return self._database.search((where("position") == "Trưởng ban") & (where("unit") == "TN-U-00004"))

    def end_the_day(self) -> None:
        pass

    def reopen(self) -> object:
        again = self._open()
        again.get(doc_id=1)
        return again

    def close(self) -> None:
        self._database.close()


class Sqlite:
    """SQLite with a write-ahead log, every commit synced, and an audit row in the same transaction."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "book.sqlite"
        self._database = sqlite3.connect(self._path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute("CREATE TABLE people (id TEXT PRIMARY KEY, unit TEXT, body TEXT)")
        self._database.execute("CREATE INDEX people_unit ON people (unit)")
        self._database.execute("CREATE TABLE audit (seq INTEGER PRIMARY KEY, id TEXT, before TEXT, after TEXT)")

    def insert(self, first: int, count: int) -> None:
        rows = [row(number) for number in range(first, first + count)]
        bodies = [json.dumps(each, ensure_ascii=False) for each in rows]
        self._database.execute("BEGIN")
        people = [(each["id"], each["unit"], body) for each, body in zip(rows, bodies, strict=True)]
        self._database.executemany("INSERT INTO people VALUES (?, ?, ?)", people)
        audit = [(each["id"], body) for each, body in zip(rows, bodies, strict=True)]
        self._database.executemany("INSERT INTO audit (id, after) VALUES (?, ?)", audit)
        self._database.execute("COMMIT")

    def update(self, number: int) -> None:
        key = f"TN-P-{number:05d}"
        self._database.execute("BEGIN IMMEDIATE")
        before = self._database.execute("SELECT body FROM people WHERE id = ?", (key,)).fetchone()[0]
        after = json.dumps({**json.loads(before), "note": f"mới {number}"}, ensure_ascii=False)
        self._database.execute("UPDATE people SET body = ? WHERE id = ?", (after, key))
        self._database.execute("INSERT INTO audit (id, before, after) VALUES (?, ?, ?)", (key, before, after))
        self._database.execute("COMMIT")

    def by_id(self, number: int) -> object:
        found = self._database.execute("SELECT body FROM people WHERE id = ?", (f"TN-P-{number:05d}",)).fetchone()
        return json.loads(found[0])

    def by_unit(self, number: int) -> object:
        asked = "SELECT body FROM people WHERE unit = ?"
        return [json.loads(body) for (body,) in self._database.execute(asked, (f"TN-U-{number:05d}",))]

    def scan(self) -> object:
        asked = (
            "SELECT body FROM people WHERE json_extract(body, '$.position') = 'Trưởng ban'"
            " AND json_extract(body, '$.unit') = 'TN-U-00004'"
        )
        return [json.loads(body) for (body,) in self._database.execute(asked)]

    def end_the_day(self) -> None:
        pass

    def reopen(self) -> object:
        again = sqlite3.connect(self._path)
        again.execute("SELECT body FROM people LIMIT 1").fetchone()
        return again

    def close(self) -> None:
        self._database.close()


class Ours:
    """The book."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "book.sovang"
        if self._path.exists():
            self._book = Book.open(self._path, actor="bench")
        else:
            self._book = Book.create(self._path, office="TN", actor="bench")
        self._people = self._book.table(Person)

    def insert(self, first: int, count: int) -> None:
        with self._book.change("bench") as change:
            for number in range(first, first + count):
                change.put(Person(**row(number)))

    def update(self, number: int) -> None:
        old = self._people[f"TN-P-{number:05d}"]
        with self._book.change("bench") as change:
            change.put(Person(**{**row(number), "name": old.name, "note": f"mới {number}"}), was=old)

    def by_id(self, number: int) -> object:
        return self._people.get(f"TN-P-{number:05d}")

    def by_unit(self, number: int) -> object:
        return self._people.where(unit=f"TN-U-{number:05d}")

    def scan(self) -> object:
        table = self._people.documents
        return table.search((where("position") == "Trưởng ban") & (where("unit") == "TN-U-00004"))

    def end_the_day(self) -> None:
        """Put what was entered so far into a snapshot, for which a line vouches, as closing does."""
        self.settle()
        self.update(1)

    def reopen(self) -> object:
        again = Book.open(self._path, actor="bench", read_only=True)
        again.table(Person).get("TN-P-00001")
        return again  # closed segments are hashed behind it, which closing waits for

    def settle(self) -> None:
        """Put what was entered so far into a snapshot."""
        self._book.snapshot()

    def close(self) -> None:
        self._book.close()


ENGINES: dict[str, Callable[[Path], Measured]] = {
    "TinyDB": Plain,
    "TinyDB flushed": lambda folder: Plain(folder, cached=True),
    "SQLite": Sqlite,
    "the book": Ours,
}
