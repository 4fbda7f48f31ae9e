"""What sealing costs: the same acts on a sealed book and on one that is not, in turn."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from records.domain.people.person import Person
from records.store.book import Book
from tests.benchmarks.engines import row
from tests.records.store.sealing.sealed import unlocked_ring

SIZES = (1_000, 20_000, 250_000)
TARGETS = {"one change": 1.3, "open": 1.5}
"""Act -> how many times as long it may take sealed, at the largest size."""
_CHANGES, _OPENINGS = 200, 9


def table(sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    """The lines of the report."""
    yield "## Sealed books\n"
    yield "Medians in milliseconds; one change is a correction of one person; opening reads one person. The passphrase"
    yield "itself (Argon2id, once a start) is not in it.\n"
    yield "| people | act | plain | sealed | sealed / plain | at most |"
    yield "|---:|---|---:|---:|---:|---:|"
    for size in sizes:
        for act, (plain, sealed) in measured(size).items():
            most = TARGETS.get(act) if size == max(sizes) else None
            told = f"{most:.1f} {'met' if sealed / plain <= most else 'NOT MET'}" if most else "–"
            yield f"| {size:,} | {act} | {plain:,.2f} | {sealed:,.2f} | {sealed / plain:.2f} | {told} |"
    yield ""


def measured(size: int) -> dict[str, tuple[float, float]]:
    """Act -> median milliseconds plain and sealed."""
    with tempfile.TemporaryDirectory() as name:
        paths = [_book(Path(name) / f"{kind}.sovang", size, sealed=kind == "sealed") for kind in ("plain", "sealed")]
        opened = _in_turn([partial(_opened, path) for path in paths], _OPENINGS)
        settled = _in_turn([partial(_settled, path) for path in paths], 3)
        books = [Book.open(path, actor="bench") for path in paths]
        changed = _in_turn([partial(_corrected, book) for book in books], _CHANGES)
        closed = _in_turn([partial(_timed, book.snapshot) for book in books], 1)
        for book in books:
            book.close()
    return {"open": opened, "open, every segment hashed": settled, "one change": changed, "snapshot": closed}


def _book(path: Path, size: int, *, sealed: bool) -> Path:
    ring = unlocked_ring() if sealed else None
    with Book.create(path, office="TN", actor="bench", ring=ring) as book:
        with book.change("bench") as change:
            for number in range(1, size + 1):
                change.put(Person(**row(number)))
        book.snapshot()
        _corrected(book)
    return path


def _in_turn(acts: Sequence[Callable[[], float]], rounds: int) -> tuple[float, float]:
    found: list[list[float]] = [[] for _ in acts]
    for turn in range(rounds + 1):
        for place, act in enumerate(acts):
            taken = act()
            if turn or rounds == 1:
                found[place].append(taken * 1000)
    plain, sealed = (statistics.median(each) for each in found)
    return plain, sealed


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _opened(path: Path) -> float:
    start = time.perf_counter()
    with Book.open(path, actor="bench", read_only=True) as again:
        again.table(Person).get("TN-P-00001")
        return time.perf_counter() - start  # closed segments are hashed behind the work


def _settled(path: Path) -> float:
    def act() -> None:
        with Book.open(path, actor="bench", read_only=True) as again:
            again.settled()

    return _timed(act)


def _corrected(book: Book) -> float:
    old = book.table(Person)["TN-P-00001"]
    new = Person(**{**row(1), "note": f"mới {time.perf_counter()}"})

    def act() -> None:
        with book.change("bench") as change:
            change.put(new, was=old)

    return _timed(act)


if __name__ == "__main__":
    for line in table(tuple(map(int, sys.argv[1:])) or SIZES):
        print(line, flush=True)
