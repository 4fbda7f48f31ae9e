"""What the officer feels: the program started in a pseudo-terminal, beside a minimal Textual app in the same rounds."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.books import book_on, shelf
from tests.benchmarks.figures import ROUNDS, Aim, Line, in_turns, percentile, ratio, told
from tests.benchmarks.wire import ROOT, Wire, program

REAL, MANY = 1_146, 20_000
_CONFERENCES = {REAL: 66}
"""Five years of conferences in the book of usual size; in larger ones two, for such a book takes minutes to make."""
_TYPED = ("nguyen", "tran b", "hoa", "chi bo 12", "le thi")
"""Typed letter by letter into the find line, and taken back each time."""
_QUIET = 0.12
"""Seconds without a byte after which what a key did is painted; the cursor blinks every half second."""
_STARTS = {"paint": ("first paint", 1.3), "list": ("list of people filled", 1.8), "today": ("the day usable", 1.8)}
"""What of the start is measured, and the most times the minimal app's first paint that it may take."""
_MORE = 1.3
"""Most times that the list of 1,146 may take at 20,000."""
_MEDIAN, _NINE_OF_TEN, _GROWN = 40, 60, 1.2
"""Most milliseconds of a key in the find line, and most times that at 1,146 at 20,000."""


def minimal(state: Path) -> float:
    """Seconds from the start of the minimal app to its first paint."""
    with program(ROOT / "tests" / "benchmarks" / "minimal.py", state=state) as wire:
        return wire.until(b"Minimal application") - wire.begun


def painted(book: Path, state: Path) -> float:
    """Seconds from the start of the program to its first paint."""
    with people_of(book, state) as wire:
        return wire.until("Sổ Vàng".encode()) - wire.begun


def filled(book: Path, people: int, state: Path) -> float:
    """Seconds from the start to the list of people, with names, units and their number."""
    with people_of(book, state) as wire:
        return wire.until(b"%d in all" % people, b"TN-P-") - wire.begun


def first_screen(book: Path, state: Path) -> float:
    """Seconds from the start to the first screen of the day, with its keys; its counts may follow."""
    with program("main.py", "--lang", "en", "--book", book, "--section", "today", state=state) as wire:
        return wire.until("› Today".encode(), b"F10") - wire.begun


def keys(book: Path, people: int, state: Path) -> list[float]:
    """Seconds from each letter typed into the find line to the last byte painted for it."""
    spent = []
    with people_of(book, state) as wire:
        wire.until(b"%d in all" % people)
        while wire.quiet(2.0) is not None:  # until the verdicts stand there
            pass
        wire.send(b"/")
        wire.painted(_QUIET)
        for text in _TYPED:
            for letter in text:
                begun = wire.send(letter.encode())
                spent.append(wire.painted(_QUIET) - begun)
            for _ in text:
                wire.send(b"\x7f")
                wire.painted(_QUIET)
    return spent


def used(book: Path, people: int, state: Path) -> None:
    """Work with the book for a moment and leave it, as somebody did the day before every start but the first."""
    with people_of(book, state) as wire:
        wire.until(b"%d in all" % people)
        while wire.quiet(2.0) is not None:  # until the verdicts stand there
            pass
        wire.leave()


def people_of(book: Path, state: Path) -> AbstractContextManager[Wire]:
    """The program with the list of people."""
    return program("main.py", "--lang", "en", "--book", book, "--section", "people", state=state)


def table(rounds: int = ROUNDS) -> Iterator[Line]:
    """The start of the screen, and a key in the find line, at two sizes."""
    with shelf() as place, TemporaryDirectory() as folder:
        state = Path(folder)
        books = {size: book_on(place, size, conferences=_CONFERENCES.get(size, 2)) for size in (REAL, MANY)}
        for size, book in books.items():
            used(book, size, state)
        yield from _starts(books, state, rounds)
        yield from _finds(books, state)


def _starts(books: Mapping[int, Path], state: Path, rounds: int) -> Iterator[Line]:
    ways = {"minimal": partial(minimal, state)}
    for size, book in books.items():
        ways[f"paint {size}"] = partial(painted, book, state)
        ways[f"list {size}"] = partial(filled, book, size, state)
        ways[f"today {size}"] = partial(first_screen, book, state)
    found = in_turns(ways, rounds)
    bare = found["minimal"]
    yield "## The start of the screen"
    yield ""
    yield "Milliseconds from the start of the process to the bytes on the terminal: median (least–most). Each book was"
    yield "worked with and left before, as on every day but the first."
    yield ""
    yield "| What | ms | times the minimal app | goal |"
    yield "|---|---:|---:|---:|"
    yield f"| minimal Textual app, first paint | {told(bare)} | 1.00 | |"
    for size in books:
        for what, (words, most) in _STARTS.items():
            spent = found[f"{what} {size}"]
            goal = most * (_MORE if (what, size) == ("list", MANY) else 1)
            yield f"| {size:,} people: {words} | {told(spent)} | {ratio(spent, bare):.2f} | {goal:.2f} |"
            if (what, size) != ("list", MANY):
                yield Aim(f"{words}, {size:,} people", ratio(spent, bare), goal, beside="minimal Textual app")
    yield ""
    more = ratio(found[f"list {MANY}"], found[f"list {REAL}"])
    yield Aim(f"list of people filled, {MANY:,} people", more, _MORE, beside=f"that of {REAL:,}")


def _finds(books: Mapping[int, Path], state: Path) -> Iterator[Line]:
    yield "## A key in the find line"
    yield ""
    yield "Milliseconds from a key to its last byte painted. Goal: median 40, nine of ten 60; at 20,000 1.2 times."
    yield ""
    yield "| people | median | nine of ten | times that at 1,146 |"
    yield "|---:|---:|---:|---:|"
    first: list[float] = []
    for size, book in books.items():
        spent = keys(book, size, state)
        first = first or spent
        middle, most = statistics.median(spent) * 1000, percentile(spent, 0.9) * 1000
        yield f"| {size:,} | {middle:.0f} | {most:.0f} | {ratio(spent, first):.2f} |"
        yield Aim(f"a key in find, median, {size:,} people", middle, _MEDIAN, "ms")
        yield Aim(f"a key in find, nine of ten, {size:,} people", most, _NINE_OF_TEN, "ms")
    yield Aim(f"a key in find, {size:,} people", ratio(spent, first), _GROWN, beside=f"that of {REAL:,}")
    yield ""
