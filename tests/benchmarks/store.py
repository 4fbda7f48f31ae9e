"""The book beside plain TinyDB and SQLite: the same acts, in turn, medians and ratios."""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from records.book.book import Book
from records.domain.people import Person

SIZES = (1_000, 10_000)
ROUNDS = 7
Acts = dict[str, Callable[[int], object]]


def _row(number: int) -> dict[str, Any]:
    return {
        "id": f"TN-P-{number:05d}",
        "name": f"Nguyễn Văn {number}",
        "unit": f"TN-U-{number % 100:05d}",
        "note": "x" * 60,
    }


def _person(number: int) -> Person:
    return Person(**_row(number))


def plain(folder: Path, size: int) -> Acts:
    """TinyDB as it comes."""
    path = folder / "plain.json"
    database = TinyDB(path, encoding="utf-8")
    database.insert_multiple(_row(number) for number in range(1, size + 1))

    def opened(_: int) -> None:
        again = TinyDB(path, encoding="utf-8")
        again.get(doc_id=1)
        again.close()

    return {
        "one change": lambda turn: database.insert(_row(size + turn + 1)),
        "by id": lambda turn: database.get(doc_id=turn + 1),
        "open": opened,
    }


def sqlite(folder: Path, size: int) -> Acts:
    """SQLite with a write-ahead log, every commit synced, an audit row in the same transaction."""
    path = folder / "book.sqlite"
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE people (id TEXT PRIMARY KEY, body TEXT)")
    database.execute("CREATE TABLE audit (seq INTEGER PRIMARY KEY, body TEXT)")

    def enter(numbers: range) -> None:
        database.execute("BEGIN")
        for number in numbers:
            row = _row(number)
            body = json.dumps(row, ensure_ascii=False)
            database.execute("INSERT INTO people VALUES (?, ?)", (row["id"], body))
            database.execute("INSERT INTO audit (body) VALUES (?)", (body,))
        database.execute("COMMIT")

    def read(turn: int) -> Any:
        return json.loads(
            database.execute("SELECT body FROM people WHERE id = ?", (f"TN-P-{turn + 1:05d}",)).fetchone()[0]
        )

    def opened(_: int) -> None:
        again = sqlite3.connect(path)
        again.execute("SELECT body FROM people LIMIT 1").fetchone()
        again.close()

    enter(range(1, size + 1))
    return {"one change": lambda turn: enter(range(size + turn + 1, size + turn + 2)), "by id": read, "open": opened}


def ours(folder: Path, size: int) -> Acts:
    """The book."""
    book = Book.create(folder / "book.sovang", office="TN", actor="bench")

    def enter(count: int) -> None:
        with book.change("bench") as change:
            for _ in range(count):
                change.put(_person(int(change.new_id(Person).rpartition("-")[2])))

    def opened(_: int) -> None:
        with Book.open(book.path, actor="bench", read_only=True) as again:
            again.table(Person).get("TN-P-00001")

    enter(size)
    book.snapshot()
    people = book.table(Person)
    return {"one change": lambda _: enter(1), "by id": lambda turn: people.get(f"TN-P-{turn + 1:05d}"), "open": opened}


def table() -> Iterator[str]:
    """Lines of a table: medians in milliseconds and ratios to ours."""
    heads = ("TinyDB ms", "SQLite ms", "book ms")
    yield f"{'records':>8}  {'act':<12}" + "".join(f"{head:>12}" for head in heads) + "  TinyDB/book  SQLite/book"
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            engines = {"plain": plain(folder, size), "sqlite": sqlite(folder, size), "ours": ours(folder, size)}
            for act in ("one change", "by id", "open"):
                times: dict[str, list[float]] = {engine: [] for engine in engines}
                for turn in range(ROUNDS):
                    for engine, acts in engines.items():
                        start = time.perf_counter()
                        acts[act](turn)
                        times[engine].append((time.perf_counter() - start) * 1000)
                plain_ms, sqlite_ms, ours_ms = (
                    statistics.median(times[engine]) for engine in ("plain", "sqlite", "ours")
                )
                ratios = f"{plain_ms / ours_ms:>13.1f}{sqlite_ms / ours_ms:>13.2f}"
                yield f"{size:>8}  {act:<12}{plain_ms:>12.3f}{sqlite_ms:>12.3f}{ours_ms:>12.3f}{ratios}"
