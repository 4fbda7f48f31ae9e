"""Judging everybody beside reading the same records, commendations, and a second look after a change.

Every figure is of a process of its own, so that nothing is warm and its memory is its own.
"""

from __future__ import annotations

import gc
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from config.settings.loading import load_settings
from main import _LIVING
from records.demo.people import DEMO_DAY
from records.domain.appointments import Appointment, Discipline
from records.domain.emulation import Cycle
from records.domain.people.person import Person
from records.domain.rule_changes import HandAnswer
from records.domain.training import Attendance
from records.services.awards.eligibility import views
from records.services.emulation import score_sheets
from records.services.emulation.score_sheets import CellText
from records.services.office import Office
from records.services.people.listing import listed
from records.services.standards.checks import check
from records.services.standards.verdicts import verdicts
from records.store.book import Book
from tests.benchmarks.books import office_on, sheet_of_all, shelf
from tests.benchmarks.figures import ROUNDS, Aim, Line, exponent, ratio, told
from tui.present.person import parts
from tui.screens.emulation.score_model import ScoreModel

SIZES = (1_146, 5_000, 20_000)
_IN_SIGHT, _PASTED = 40, 1_000
_MEGABYTES, _LINEAR = 400, 1.1
"""Of a check of everybody: its memory, and the power of the number of people with which it may grow."""


class Way(NamedTuple):
    """Something measured: what makes it ready, and what is timed with what that gave."""

    ready: Callable[[Office], Any]
    timed: Callable[[Office, Any], object]


class Row(NamedTuple):
    """A row of the table: a way beside another, and how many times that it may take, or seconds."""

    words: str
    way: str
    beside: str = ""
    most: float = 0


def _read(office: Office, _ready: Any = None) -> object:
    return [len(office.book.table(kind).all()) for kind in (Person, Appointment, Attendance, Discipline, HandAnswer)]


def _check(office: Office, _ready: Any = None) -> object:
    return check(office, DEMO_DAY)


def _changed(office: Office) -> None:
    check(office, DEMO_DAY)
    person = office.book.table(Person).all()[77]
    with office.book.change("bench") as change:
        papers = () if person.documents else ("photo",)
        change.put(msgspec.structs.replace(person, documents=papers), was=person)


def _in_sight(office: Office, _ready: Any = None) -> object:
    lines = listed(office, DEMO_DAY)[:_IN_SIGHT]
    return verdicts(office, DEMO_DAY, {each.id: each.roles for each in lines})


def _opened_before(office: Office) -> None:
    """What the list of people does behind the screen."""
    check(office, DEMO_DAY)
    parts(office, office.dossier("TN-P-00001", DEMO_DAY))


def _page(office: Office, _ready: Any = None) -> object:
    return parts(office, office.dossier("TN-P-00900", DEMO_DAY))


def _sheet(office: Office) -> tuple[Cycle, ScoreModel]:
    cycle = sheet_of_all(office)
    return cycle, ScoreModel(office, cycle, "own")


def _paste(office: Office, sheet: tuple[Cycle, ScoreModel], cells: int) -> object:
    cycle, model = sheet
    held = model.rows[cells - 1].entrant.own.points.get(model.typed[0].key)
    word = "1" if held != 1 else "0"
    typed = [CellText(row.entrant.id, model.typed[0].key, word) for row in model.rows[:cells]]
    changed = score_sheets.write_cells(office, cycle, "own", typed, today=DEMO_DAY)
    model.take(changed)
    return changed


def _nothing(_office: Office) -> None:
    return None


WAYS: Mapping[str, Way] = {
    "read": Way(_nothing, _read),
    "check": Way(_nothing, _check),
    "again": Way(_changed, _check),
    "titles": Way(_nothing, lambda office, _: views(office, 2025, DEMO_DAY)),
    "sight": Way(_nothing, _in_sight),
    "page": Way(_opened_before, _page),
    "key": Way(_sheet, partial(_paste, cells=1)),
    "paste": Way(_sheet, partial(_paste, cells=_PASTED)),
}
ROWS = (
    Row("reading the same records", "read"),
    Row("check of everybody", "check", "read", 2.5),
    Row(f"list, and verdicts of {_IN_SIGHT} rows, at the next opening", "sight"),
    Row("check of everybody after one change", "again", "check", 0.05),
    Row("who may be commended, 15 titles", "titles", "check", 2),
    Row("a person, every section", "page", most=0.15),
    Row("a score typed into a sheet of them all: written, added up", "key", most=0.04),
    Row(f"the same of {_PASTED:,} scores", "paste", most=0.2),
)


def table(rounds: int = ROUNDS) -> Iterator[Line]:
    """The lines of the report."""
    yield "\n## Judging\n"
    yield "Medians in milliseconds, in brackets the least and the most; each in a process of its own.\n"
    yield "| people | | ms | times | at most | MB |"
    yield "|---:|---|---:|---:|---:|---:|"
    with shelf() as place, tempfile.TemporaryDirectory() as folder:
        checks: dict[int, float] = {}
        for people in SIZES:
            path = Path(shutil.copytree(office_on(place, people), Path(folder) / f"{people}.sovang"))
            yield from rows(path, people, rounds, checks)
        yield Aim(f"check of everybody, power of the number of people, to {SIZES[-1]:,}", exponent(checks), _LINEAR, "")
    yield ""


def rows(path: Path, people: int, rounds: int, checks: dict[int, float]) -> Iterator[Line]:
    """The rows for one book; the seconds of a check are noted in `checks`."""
    spent: dict[str, list[float]] = {row.way: [] for row in ROWS}
    most: dict[str, float] = dict.fromkeys(spent, 0)
    for turn in range(rounds + 1):
        for way, taken in spent.items():
            seconds, megabytes = alone(way, path)
            if turn:
                taken.append(seconds)
                most[way] = max(most[way], megabytes)
    for row in ROWS:
        times = f"{ratio(spent[row.way], spent[row.beside]):.2f}" if row.beside else ""
        bound = f"{row.most:g}" if row.beside else f"{row.most * 1000:g} ms" if row.most else ""
        yield f"| {people:,} | {row.words} | {told(spent[row.way])} | {times} | {bound} | {most[row.way]:,.0f} |"
        if row.beside:
            beside = next(each.words for each in ROWS if each.way == row.beside)
            measured = ratio(spent[row.way], spent[row.beside])
            yield Aim(f"{row.words}, {people:,} people", measured, row.most, beside=beside)
    checks[people] = statistics.median(spent["check"])
    if people == SIZES[-1]:
        yield Aim(f"memory of a check, {people:,} people", most["check"], _MEGABYTES, "MB")


def alone(way: str, path: Path) -> tuple[float, float]:
    """Seconds and peak memory of a way, in a process of its own."""
    if way != "sight":  # of which the opening before has left what it counted
        (path / "cache-attended.bin").unlink(missing_ok=True)
    run = partial(subprocess.run, check=True, capture_output=True, text=True)
    found = run([sys.executable, "-m", "tests.benchmarks.judging", way, str(path)]).stdout
    seconds, megabytes = json.loads(found)
    return seconds, megabytes


def main(name: str, path: Path) -> None:
    """Measure one way, and print what it took."""
    way = WAYS[name]
    gc.set_threshold(_LIVING, 20, 20)  # as the program has it
    with Book.open(path, actor="bench") as book:
        book.settled()
        office = Office(book, load_settings())
        ready = way.ready(office)
        start = time.perf_counter()
        way.timed(office, ready)
        taken = time.perf_counter() - start
        # Of this process alone: what `getrusage` tells counts the memory of who started it.
        peak = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
        print(json.dumps((taken, int(peak[1]) / 1024 if peak else 0)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
