"""The book beside plain TinyDB, TinyDB with caching and a flush, and SQLite: the same acts in turn, medians, ratios."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.engines import ENGINES, UNITS, Measured, Ours
from tests.benchmarks.figures import Aim, Line

SIZES = (1_000, 10_000, 100_000, 250_000)
_ROUNDS = {1_000: 15, 10_000: 9, 100_000: 5, 250_000: 5}
_GROUP = 1_000
_QUICK, _REPEATS = 10.0, 25
"""An act of fewer milliseconds is done so many times in each turn: its median is not left to one hiccup."""
_ROOT = Path(__file__).parents[2]

Act = Callable[[Measured, int, int], object]
ACTS: dict[str, Act] = {
    "one change": lambda engine, size, turn: engine.insert(size + turn + 1, 1),
    "update": lambda engine, _, turn: engine.update(turn + 2),
    "1,000 rows": lambda engine, size, turn: engine.insert(size + 1_000 * (turn + 1), _GROUP),
    "by id": lambda engine, size, turn: engine.by_id(size // 2 + turn),
    "by index": lambda engine, _, turn: engine.by_unit(turn % UNITS),
    "scan": lambda engine, _, __: engine.scan(),
    "open": lambda engine, _, __: engine.reopen(),
}
TARGETS: tuple[tuple[str, str, float, str], ...] = (
    ("one change", "TinyDB", 5_000, "at least"),
    ("one change", "SQLite", 1.0, "at most"),
    ("1,000 rows", "SQLite", 0.5, "at most"),
    ("by id", "SQLite", 1.0, "at most"),
    ("by index", "SQLite", 1.0, "at most"),
    ("open", "TinyDB", 0.25, "at most"),
)
"""At the largest size: act, beside which engine, the ratio, and on which side of it we must be."""
Medians = dict[str, dict[str, float]]


def measured(size: int) -> Medians:
    """Act -> engine -> median milliseconds, with `size` documents in each store."""
    with tempfile.TemporaryDirectory() as name:
        engines = {title: make(Path(name)) for title, make in ENGINES.items()}
        for engine in engines.values():
            engine.insert(1, size)
            if isinstance(engine, Ours):
                engine.settle()
            engine.by_unit(1)
        times: Medians = {act: {} for act in ACTS}
        for act, perform in ACTS.items():
            found: dict[str, list[float]] = {title: [] for title in engines}
            for engine in engines.values() if act == "open" else ():
                engine.end_the_day()
            for turn in range(_ROUNDS[size]):
                for title, engine in engines.items():
                    quick = turn and statistics.median(found[title]) < _QUICK
                    for again in range(_REPEATS if quick else 1):
                        start = time.perf_counter()
                        given: Any = perform(engine, size, turn * _REPEATS + again)
                        found[title].append((time.perf_counter() - start) * 1000)
                        if act == "open":
                            given.close()
            times[act] = {title: statistics.median(each) for title, each in found.items()}
        for engine in engines.values():
            engine.close()
    return times


def memory(title: str, size: int) -> float:
    """Megabytes at the peak of a process that makes a store of `size` documents, opens it and reads one."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.memory", title, str(size)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def table() -> Iterator[Line]:
    """The lines of the report."""
    found: dict[int, Medians] = {}
    yield "## The store\n"
    yield "Medians in milliseconds; the ratios say how the book stands beside the other in the same run.\n"
    yield f"| documents | act | {' | '.join(ENGINES)} | TinyDB / book | book / SQLite |"
    yield "|---:|---|" + "---:|" * (len(ENGINES) + 2)
    for size in SIZES:
        found[size] = measured(size)
        for act, times in found[size].items():
            cells = " | ".join(f"{each:,.3f}" for each in times.values())
            ours = times["the book"]
            yield f"| {size:,} | {act} | {cells} | {times['TinyDB'] / ours:,.1f} | {ours / times['SQLite']:.2f} |"
    yield ""
    yield "Peak memory of a process that opens a store of 250,000 documents and reads one, in MB:"
    yield ", ".join(f"{title} {memory(title, SIZES[-1]):,.0f}" for title in ENGINES) + ".\n"
    yield from _judged(found)


def _judged(found: dict[int, Medians]) -> Iterator[Line]:
    largest, least = found[SIZES[-1]], found[SIZES[0]]
    yield "| at 250,000 | promised | measured | |"
    yield "|---|---|---:|---|"
    for act, other, ratio, side in TARGETS:
        ours, theirs = largest[act]["the book"], largest[act][other]
        value = theirs / ours if side == "at least" else ours / theirs
        reached = value >= ratio if side == "at least" else value <= ratio
        words = f"{ratio:,g} times faster than {other}" if side == "at least" else f"at most {ratio:g} of {other}"
        yield f"| {act} | {words} | {value:,.2f} | {'reached' if reached else 'missed'} |"
        if side == "at most":
            yield Aim(f"{act}, {SIZES[-1]:,} documents", value, ratio, beside=other)
    growth = largest["one change"]["the book"] / least["one change"]["the book"]
    words = "reached" if growth <= 1.2 else "missed"
    yield f"| one change | at most 1.2 of that at 1,000 | {growth:.2f} | {words} |"
