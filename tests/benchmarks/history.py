"""The journal after many changes: the first history and undo, opening, verifying, and what packing saves."""

from __future__ import annotations

import hashlib
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from records.domain.people.person import Person
from records.store.book import Book
from records.store.journal.segments import is_packed, plain, segments
from tests.benchmarks.figures import ROUNDS, Aim, Line, ratio, told

CHANGES = 50_000
_HISTORY, _UNDO = 0.3, 0.1
"""Seconds promised for the first history, and for an undo."""
_TIMES_HASHING, _ROUNDS = 5, 9
"""How many times what SHA-256 of the same bytes takes verifying may take; they take turns so many times."""


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def table(count: int = CHANGES, rounds: int = ROUNDS) -> Iterator[Line]:
    """The lines of the report."""
    yield f"## The journal after {count:,} changes\n"
    yield "Milliseconds: median (least–most).\n"
    yield "| act | ms | |"
    yield "|---|---:|---|"
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.sovang"
        with Book.create(path, office="TN", actor="bench") as book:
            worst = max(_timed(partial(_add, book, number)) for number in range(count))
            yield _line("the worst of the changes", [worst])
            yield _line("first history in the same session", [_timed(lambda: book.history(limit=50))], _HISTORY)
            undone = [_timed(book.undo) for _ in range(rounds)]
            yield _line("undo", undone, _UNDO)
        yield Aim(f"undo after {count:,} changes", statistics.median(undone), _UNDO, "s")
        yield from _again(path, rounds)


def _again(path: Path, rounds: int) -> Iterator[Line]:
    settled, first = [], []
    for _ in range(rounds):
        with Book.open(path, actor="bench") as book:
            settled.append(_timed(book.settled))
            first.append(_timed(lambda: book.history(limit=50)))  # called at once
    yield _line("closed segments hashed, beside the first paint", settled)
    yield _line("first history after opening", first, _HISTORY)
    yield Aim("first history after them", statistics.median(first), _HISTORY, "s")
    with Book.open(path, actor="bench") as book:
        book.settled()
        while book.engine.pack_one():
            pass
    parts = [each for _, each in segments(path)]
    content = [plain(each) for each in parts]
    yield from _verified(path, content)
    packed = sum(each.stat().st_size for each in parts if is_packed(each))
    before = sum(len(each) for part, each in zip(parts, content, strict=True) if is_packed(part))
    yield f"\nClosed segments: {before / 1e6:,.1f} MB, packed {packed / 1e6:,.1f} MB.\n"


def _verified(path: Path, content: list[bytes]) -> Iterator[Line]:
    """Verifying beside hashing the bytes of the journal unpacked; the index and snapshots are hashed as well."""
    found: dict[str, list[float]] = {"hashing": [], "quick": [], "deep": []}
    for _ in range(_ROUNDS):
        found["hashing"].append(_timed(lambda: [hashlib.sha256(each).digest() for each in content]))
        with Book.open(path, actor="bench", read_only=True) as book:
            book.settled()
            found["quick"].append(_timed(book.verify))
            found["deep"].append(_timed(lambda: book.verify(deep=True)))  # called at once
    hashing, quick, deep = found.values()
    size = sum(map(len, content)) / 1e6
    yield _line(f"SHA-256 of the {size:,.1f} MB of the journal, unpacked and in memory", hashing)
    yield f"| verify | {told(quick)} | {ratio(quick, hashing):.1f} times hashing; at most {_TIMES_HASHING} |"
    yield f"| verify --deep | {told(deep)} | {ratio(deep, hashing):.1f} times hashing |"
    yield Aim("verify after them", ratio(quick, hashing), _TIMES_HASHING, beside="SHA-256 of the same bytes")


def _add(book: Book, number: int) -> None:
    with book.change("roster.add", about=f"Mẫu {number}") as change:
        change.put(Person(id=change.new_id(Person), name=f"Mẫu Văn {number}", email=f"mau{number}@example.vn"))


def _line(act: str, spent: Sequence[float], promised: float | None = None) -> str:
    judged = "" if promised is None else f"at most {promised * 1000:g}"
    return f"| {act} | {told(spent)} | {judged} |"
