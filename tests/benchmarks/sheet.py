"""The score sheet of twenty thousand people on the terminal: a key typed into a cell, and a thousand cells pasted."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from config.settings.loading import load_settings
from records.services.office import Office
from records.store.book import Book
from tests.benchmarks.books import office_on, sheet_of_all, shelf
from tests.benchmarks.figures import ROUNDS, Aim, Line, percentile, told
from tests.benchmarks.wire import Wire, program

_PEOPLE, _CELLS, _PASTED = 20_000, 12, 1_000
_KEY, _PASTE = 40, 200
"""Most milliseconds of a key, and of the thousand cells."""
_QUIET, _AT_REST = 0.12, 1.5


def table(rounds: int = ROUNDS) -> Iterator[Line]:
    """The rows for a book of the demo office."""
    typed: list[float] = []
    entered: list[float] = []
    pasted: list[float] = []
    with shelf() as place, TemporaryDirectory() as folder:
        state = Path(folder)
        copy = Path(shutil.copytree(office_on(place, _PEOPLE), state / "sheet.sovang"))
        with Book.open(copy, actor="bench") as opened:
            opened.settled()
            sheet_of_all(Office(opened, load_settings()))
        for turn in range(rounds + 1):
            with program("main.py", "--lang", "en", "--book", copy, "--section", "emulation", state=state) as wire:
                people = _opened(wire)
                found = _typed(wire, turn), _entered(wire, turn), [_paste(wire, turn)]
            if turn:  # the first turn only warms up
                for kept, new in zip((typed, entered, pasted), found, strict=True):
                    kept.extend(new)
    yield "## The score sheet of everybody\n"
    yield "Milliseconds from the key to its last byte painted: median (least–most), nine of ten.\n"
    yield "| what | ms | nine of ten | at most |"
    yield "|---|---:|---:|---:|"
    for words, spent, most in (
        ("a digit typed into a cell", typed, _KEY),
        ("Enter: the cell written, the next one", entered, _KEY),
        (f"{_PASTED:,} cells pasted", pasted, _PASTE),
    ):
        yield f"| {words} | {told(spent)} | {percentile(spent, 0.9) * 1000:,.0f} | {most} |"
        yield Aim(f"score sheet of {people:,} rows: {words}", statistics.median(spent) * 1000, most, "ms")


def _opened(wire: Wire) -> int:
    """Open the sheet of the collaborators; gives how many rows it has."""
    wire.until("› Emulation".encode())
    wire.quiet(_AT_REST)
    wire.send(b"/collaborator")
    wire.painted(_QUIET)
    wire.send(b"\r")
    wire.painted(_QUIET)
    wire.send(b"\r")
    wire.until(b"scored ")
    wire.quiet(_AT_REST)
    return wire.number_after(b" of ")


def _typed(wire: Wire, turn: int) -> list[float]:
    """Seconds of digits typed into the first cell, and taken back."""
    spent = []
    for number in range(_CELLS):
        begun = wire.send(str((turn + number) % 2).encode())
        spent.append(wire.painted(_QUIET) - begun)
        wire.send(b"\x1b")
        wire.painted(_QUIET)
    return spent


def _entered(wire: Wire, turn: int) -> list[float]:
    spent = []
    for number in range(_CELLS):
        wire.send(str((turn + number) % 2).encode())
        wire.painted(_QUIET)
        begun = wire.send(b"\r")
        spent.append(wire.painted(_QUIET) - begun)
    return spent


def _paste(wire: Wire, turn: int) -> float:
    cells = "\n".join(str((turn + number) % 2) for number in range(_PASTED))
    begun = wire.send(b"\x1b[200~" + cells.encode() + b"\x1b[201~")
    return wire.painted(_QUIET) - begun
