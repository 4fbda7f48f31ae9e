"""Commands from their start to their end, beside a Python that only loads what every command needs."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.books import book_on, shelf
from tests.benchmarks.figures import ROUNDS, Aim, Line, in_turns, ratio, told
from tests.benchmarks.wire import ROOT, environment

_BARE = "import argparse, json, yaml, msgspec"
_PEOPLE = 1_146
_GOALS = {"--help": 2.0, "config check": 5.0, "roster list": 5.0}


def table(rounds: int = ROUNDS) -> Iterator[Line]:
    """The rows; the commands take turns."""
    with shelf() as place, TemporaryDirectory() as folder:
        state = Path(folder)
        book = book_on(place, _PEOPLE, conferences=66)
        ways = {
            "bare": partial(_seconds, state, "-c", _BARE),
            "--help": partial(_seconds, state, "main.py", "--help"),
            "config check": partial(_seconds, state, "main.py", "config", "check"),
            "roster list": partial(_seconds, state, "main.py", "roster", "list", "--book", str(book)),
        }
        found = in_turns(ways, rounds)
    yield "## Commands"
    yield ""
    yield f"A book of {_PEOPLE:,} people with five years of conferences. Milliseconds: median (least–most)."
    yield ""
    yield "| Command | ms | times bare | goal |"
    yield "|---|---:|---:|---:|"
    yield f'| `python -c "{_BARE}"` | {told(found["bare"])} | 1.00 | |'
    for name, goal in _GOALS.items():
        times = ratio(found[name], found["bare"])
        yield f"| `{name}` | {told(found[name])} | {times:.2f} | {goal:.0f} |"
        yield Aim(f"`{name}`", times, goal, beside="Python that loads what every command needs")
    yield ""


def _seconds(state: Path, *words: str) -> float:
    begun = time.monotonic()
    subprocess.run([sys.executable, *words], cwd=ROOT, env=environment(state), check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begun
