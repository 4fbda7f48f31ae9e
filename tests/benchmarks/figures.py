"""What measurements come to: medians with their spread, ratios, and exponents of growth."""

from __future__ import annotations

import math
import platform
import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil

ROUNDS = 7


def in_turns(ways: Mapping[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Way -> what it gave each time; the ways take turns, and a first turn only warms up."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            taken = way()
            if turn:
                found[name].append(taken)
    return found


def told(spent: Sequence[float]) -> str:
    """Seconds as a median in milliseconds, with the least and the most."""
    return f"{statistics.median(spent) * 1000:,.0f} ({min(spent) * 1000:,.0f}–{max(spent) * 1000:,.0f})"


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
    """On what was measured, and how busy it was."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    load = psutil.getloadavg()[0]
    return f"{psutil.cpu_count()} × {model}, {platform.system()}, Python {platform.python_version()}, load {load:.1f}"
