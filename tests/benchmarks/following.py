"""The screen while everybody is judged behind it: how soon verdicts stand there, and how long a key waits."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.books import office_on, shelf
from tests.benchmarks.figures import ROUNDS, Aim, Line, told
from tests.benchmarks.judging import SIZES, alone
from tests.benchmarks.screen import people_of

_JUDGED = ("✓".encode(), "✗".encode())
_DOWN, _UP, _END = b"\x1b[B", b"\x1b[A", b"\x1b[F"
_KEYS = 60
_PAINT = 0.04
"""Seconds without a byte after which a key that moves the cursor is painted."""
_GOALS = {1_146: (150, 1_000), 20_000: (150, 10_000)}
"""Most milliseconds to the verdicts in sight, and to all, where a goal is set."""
_LONGEST, _OF_SCREEN = 50, 300
"""Most milliseconds that a key may wait, and megabytes of the screen."""


def table(rounds: int = ROUNDS) -> Iterator[Line]:
    """The lines of the report."""
    yield "## Verdicts on the screen\n"
    yield "The program in a terminal, its book closed after judging; medians, in brackets the least and the most.\n"
    yield "| people | | | at most |"
    yield "|---:|---|---:|---:|"
    with shelf() as place:
        for people in SIZES:
            yield from on_screen(office_on(place, people), people, rounds)
    yield ""


def on_screen(path: Path, people: int, rounds: int) -> Iterator[Line]:
    """The rows of a table (people, what, figure, goal) for one book, closed after judging."""
    alone("check", path)
    with TemporaryDirectory() as folder:
        state = Path(folder)
        found = [_followed(path, people, state) for _ in range(rounds + 1)][1:]
        pressed = [_beside(path, people, state) for _ in range(rounds)]
    keys = [each for spent, _ in pressed for each in spent]
    memory = statistics.median(each for _, each in pressed)
    near, every = [each for each, _ in found], [each for _, each in found]
    words = (
        "list filled to verdicts in sight",
        "list filled to verdicts of everybody",
        "a key while everybody is judged",
    )
    goals = _GOALS.get(people)
    told_goals = [f"{each:,}" for each in goals] if goals else ["", ""]
    yield f"| {people:,} | {words[0]}, ms | {told(near)} | {told_goals[0]} |"
    yield f"| {people:,} | {words[1]}, ms | {told(every)} | {told_goals[1]} |"
    yield f"| {people:,} | {words[2]}, to its first byte, ms | {told(keys)} | {_LONGEST} |"
    yield f"| {people:,} | memory of the screen, MB | {memory:,.0f} | {_OF_SCREEN} |"
    if goals:
        yield Aim(f"{words[0]}, {people:,} people", statistics.median(near) * 1000, goals[0], "ms")
        yield Aim(f"{words[1]}, {people:,} people", statistics.median(every) * 1000, goals[1], "ms")
        yield Aim(f"{words[2]}, the longest of {len(keys)}, {people:,} people", max(keys) * 1000, _LONGEST, "ms")
        yield Aim(f"memory of the screen, {people:,} people, five years", memory, _OF_SCREEN, "MB")


def _followed(book: Path, people: int, state: Path) -> tuple[float, float]:
    """Seconds from the list filled to the verdicts of the rows in sight, and to those of the last rows."""
    with people_of(book, state) as wire:
        begun = wire.until(b"%d in all" % people, b"TN-P-")
        near = wire.until_any(*_JUDGED)
        wire.quiet(_PAINT)
        wire.send(_END)
        return near - begun, wire.until_any(*_JUDGED) - begun


def _beside(book: Path, people: int, state: Path) -> tuple[list[float], float]:
    """Seconds from each key to the first byte painted for it, and MB when everybody is judged."""
    spent = []
    with people_of(book, state) as wire:
        wire.until(b"%d in all" % people, b"TN-P-")
        wire.until_any(*_JUDGED)
        wire.quiet(_PAINT)
        for number in range(_KEYS):
            begun = wire.send(_UP if number % 2 else _DOWN)
            spent.append(wire.painted(0) - begun)
            wire.quiet(_PAINT)
        while wire.quiet(2.0) is not None:  # until the verdicts stand there
            pass
        return spent, wire.memory()
