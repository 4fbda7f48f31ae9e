"""What the officer feels: the program started in a pseudo-terminal, beside a minimal Textual app in the same rounds."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.books import make_book
from tests.benchmarks.wire import ROOT, program

_ROUNDS = 7
_REAL, _MANY = 1_146, 20_000
_TYPED = ("nguyen", "tran b", "hoa", "chi bo 12", "le thi")
"""Typed letter by letter into the find line, and taken back with Esc each time."""
_QUIET = 0.12
"""Seconds without a byte after which what a key did is painted; the cursor blinks every half second."""
_MINIMAL = ROOT / "tests" / "benchmarks" / "minimal.py"


def minimal(state: Path) -> float:
    """Seconds from the start of the minimal app to its first paint."""
    with program(_MINIMAL, state=state) as wire:
        return wire.until(b"Minimal application") - wire.begun


def started(book: Path, people: int, state: Path) -> tuple[float, float]:
    """Seconds from the start to the first paint, and to the list of people, with names, units and their number."""
    with program("main.py", "--lang", "en", "--book", book, "--section", "people", state=state) as wire:
        first = wire.until("Sổ Vàng".encode()) - wire.begun
        return first, wire.until(b"%d in all" % people, b"TN-P-") - wire.begun


def keys(book: Path, people: int, state: Path) -> list[float]:
    """Seconds from each letter typed into the find line to the last byte painted for it."""
    with program("main.py", "--lang", "en", "--book", book, "--section", "people", state=state) as wire:
        wire.until(b"%d in all" % people)
        while wire.quiet(2.0) is not None:  # until the verdicts stand there
            pass
        wire.send(b"/")
        wire.quiet(_QUIET)
        spent = []
        for text in _TYPED:
            for letter in text:
                begun = wire.send(letter.encode())
                last = wire.quiet(_QUIET)
                if last is not None:
                    spent.append(last - begun)
            for _ in text:
                wire.send(b"\x7f")
                wire.quiet(_QUIET)
        return spent


def table() -> Iterator[str]:
    """The rows of the screen."""
    with TemporaryDirectory() as folder:
        state = Path(folder)
        books = {size: make_book(state / f"{size}.sovang", size, conferences=2) for size in (_REAL, _MANY)}
        yield from rows(books, state)


def rows(books: dict[int, Path], state: Path, rounds: int = _ROUNDS) -> Iterator[str]:
    """One table of starts; the ways take turns, and the first turn only warms up."""
    bare: list[float] = []
    paints: dict[int, list[float]] = {size: [] for size in books}
    lists: dict[int, list[float]] = {size: [] for size in books}
    for turn in range(rounds + 1):
        taken = minimal(state)
        found = {size: started(book, size, state) for size, book in books.items()}
        if turn:
            bare.append(taken)
            for size, (paint, filled) in found.items():
                paints[size].append(paint)
                lists[size].append(filled)
    yield f"minimal {told(bare)}"
    for size in books:
        yield f"{size} paint {told(paints[size])} {ratio(paints[size], bare)}  list {told(lists[size])} {ratio(lists[size], bare)}"


def told(spent: Sequence[float]) -> str:
    return f"{statistics.median(spent) * 1000:.0f} ms ({min(spent) * 1000:.0f}-{max(spent) * 1000:.0f})"


def ratio(spent: Sequence[float], beside: Sequence[float]) -> str:
    return f"{statistics.median(spent) / statistics.median(beside):.2f}x"
