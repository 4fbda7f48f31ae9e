"""What measurements come to: medians with their spread, ratios, and exponents of growth."""

from __future__ import annotations

import math
import os
import platform
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

ROUNDS_OF = "SOVANG_BENCH_ROUNDS"
"""Where the parts, each in a process of its own, are told how many rounds to run."""
ROUNDS = int(os.environ.get(ROUNDS_OF, "7"))
PACE = 312.0
"""Milliseconds of the minimal app's first paint where the goals in milliseconds were set: a list that took 2.0 s there
took 6.4 times as long as it."""


class Aim(NamedTuple):
    """The most that something was promised to take, and what was measured.

    Attributes:
        unit: of both: `×`, `ms`, `s`, `MB`, or nothing for an exponent.
        beside: what it is so many times of.
        bare: milliseconds of the minimal app's first paint around it; 0 if unknown.
    """

    what: str
    measured: float
    most: float
    unit: str = "×"
    beside: str = ""
    bare: float = 0

    @property
    def here(self) -> float:
        """The most it may take on this machine: a slower one may take longer, a quicker one gets no less."""
        return self.most * max(1.0, self.bare / PACE) if self.unit == "ms" else self.most


Line = str | Aim
"""What a table gives: a line of it, or what it says of a promise."""


def aims_told(aims: Sequence[Aim]) -> Iterator[str]:
    """All promises with what was measured, side by side."""
    missed = sum(each.measured > each.here for each in aims)
    yield f"## Promised and measured: {len(aims) - missed} reached, {missed} missed"
    yield ""
    yield "| What | beside | at most | measured | |"
    yield "|---|---|---:|---:|---|"
    for each in aims:
        judged = "reached" if each.measured <= each.here else "**missed**"
        most, here, measured = (
            f"{value:,.{_digits(value)}f} {each.unit}".rstrip() for value in (each.most, each.here, each.measured)
        )
        told = most if here == most else f"{most}, here {here}"
        yield f"| {each.what} | {each.beside} | {told} | {measured} | {judged} |"
    yield ""


def _digits(value: float) -> int:
    return 3 if value < 1 else 2 if value < 10 else 0  # three that count


def in_turns(ways: Mapping[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Way -> what it gave each time; the ways take turns, and a first turn only warms up."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            taken = way()
            if turn:
                found[name].append(taken)
    return found


_FEW = 10
"""Milliseconds under which whole ones say too little."""


def told(spent: Sequence[float]) -> str:
    """Seconds as a median in milliseconds, with the least and the most; where it is a few, with their parts."""
    middle = statistics.median(spent) * 1000
    figures = 0 if middle >= _FEW else 2
    return f"{middle:,.{figures}f} ({min(spent) * 1000:,.{figures}f}–{max(spent) * 1000:,.{figures}f})"


def ratio(spent: Sequence[float], beside: Sequence[float]) -> float:
    """How many times the one median is the other."""
    return statistics.median(spent) / statistics.median(beside)


def percentile(spent: Sequence[float], part: float) -> float:
    """What so large a part of the times did not exceed."""
    return sorted(spent)[max(math.ceil(len(spent) * part) - 1, 0)]


def exponent(times: Mapping[int, float]) -> float:
    """The power of the size with which time grows: 1 is in proportion, 0 not at all; by least squares of logarithms."""
    return statistics.linear_regression(
        [math.log(size) for size in times], [math.log(each) for each in times.values()]
    )[0]


def machine() -> str:
    """On what was measured."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    return f"{psutil.cpu_count()} × {model}, {platform.system()}, Python {platform.python_version()}"
