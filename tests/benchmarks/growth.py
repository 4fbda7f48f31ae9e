"""How everything an officer waits for grows with the number of people: the same acts in books of four sizes."""

from __future__ import annotations

import gc
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from main import _LIVING
from records.domain.people.person import Person
from records.store.book import Book
from tests.benchmarks import lists
from tests.benchmarks.books import book_on, shelf
from tests.benchmarks.figures import ROUNDS, Line, exponent, in_turns, told
from tests.benchmarks.judging import alone
from tests.benchmarks.screen import filled, keys, people_of

SIZES = (1_000, 5_000, 20_000, 50_000)
_COLUMNS = (
    "the book opened, a record read",
    "list filled",
    "a key in find",
    "check of everybody",
    "list as .xlsx",
    "list as PDF",
    "one change",
)
_CHANGES = 50


def table(sizes: tuple[int, ...] = SIZES, rounds: int = ROUNDS) -> Iterator[Line]:
    """A row for each size, and the exponent of each column."""
    gc.set_threshold(_LIVING, 20, 20)  # as the program has it
    yield "## Growth"
    yield ""
    yield "Milliseconds: median (least–most). The exponent is the power of the number of people with which time grows:"
    yield "1 is in proportion, 0 not at all."
    yield ""
    yield f"| people | {' | '.join(_COLUMNS)} | memory of the screen, MB |"
    yield "|---:|" + "---:|" * (len(_COLUMNS) + 1)
    found: dict[str, dict[int, float]] = {column: {} for column in _COLUMNS}
    with shelf() as place, TemporaryDirectory() as folder:
        for size in sizes:
            spent, memory = _measured(book_on(place, size), size, Path(folder), rounds)
            for column, seconds in spent.items():
                found[column][size] = statistics.median(seconds)
            yield f"| {size:,} | {' | '.join(map(told, spent.values()))} | {memory:,.0f} |"
    yield f"| exponent | {' | '.join(f'{exponent(each):.2f}' for each in found.values())} | |"
    yield ""


def _measured(book: Path, people: int, state: Path, rounds: int) -> tuple[dict[str, list[float]], float]:
    """Seconds of each column, and MB of the screen."""
    ways: Mapping[str, Callable[[], float]] = {
        "open": partial(_opened, book),
        "list": partial(filled, book, people, state),
        "check": lambda: alone("check", book)[0],
    }
    opened, listed, checked = in_turns(ways, rounds).values()
    xlsx, pdf = _written(book, state, rounds)
    spent = (opened, listed, keys(book, people, state), checked, xlsx, pdf, _changed(book, state))
    return dict(zip(_COLUMNS, spent, strict=True)), _memory(book, people, state)


def _opened(path: Path) -> float:
    start = time.perf_counter()
    with Book.open(path, actor="bench", read_only=True) as book:
        book.table(Person).get("TN-P-00001")
        return time.perf_counter() - start  # closed segments are hashed behind the work


def _written(book: Path, folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    people = lists.people_of(book)
    ways = {
        each: partial(lists.timed, partial(lists.write, people), folder / f"list.{each}") for each in ("xlsx", "pdf")
    }
    xlsx, pdf = in_turns(ways, rounds).values()
    return xlsx, pdf


def _changed(path: Path, folder: Path) -> list[float]:
    """Seconds of corrections of one person, each on disk before it counts."""
    copy, spent = Path(shutil.copytree(path, folder / f"changed-{path.name}")), []
    with Book.open(copy, actor="bench") as book:
        person = book.settled().table(Person)["TN-P-00001"]
        for number in range(_CHANGES):
            new = msgspec.structs.replace(person, note=f"mới {number}")
            start = time.perf_counter()
            with book.change("bench") as change:
                change.put(new, was=person)
            spent.append(time.perf_counter() - start)
            person = new
    return spent


def _memory(book: Path, people: int, state: Path) -> float:
    with people_of(book, state) as wire:
        wire.until(b"%d in all" % people)
        while wire.quiet(2.0) is not None:
            pass
        return wire.memory()


if __name__ == "__main__":
    for each in table():
        print(each)
