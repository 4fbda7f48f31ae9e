"""Opening what an officer opens all day, every section and a person: from the key to the bytes on the terminal."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.books import office_on, shelf
from tests.benchmarks.figures import ROUNDS, Aim, Line, told
from tests.benchmarks.judging import alone
from tests.benchmarks.wire import Wire, program
from tui.app.palette import DIGITS, SECTIONS

TITLES = {
    "today": "Today",
    "check": "Check against the standard",
    "training": "Training",
    "review": "Review of the roster",
    "emulation": "Emulation",
    "awards": "Awards",
    "certificates": "Certificates",
    "import": "Import a spreadsheet",
    "units": "Units",
    "exchange": "Exchange",
    "history": "History of changes",
    "book": "The book",
    "settings": "Settings",
}
"""What stands at the top of each section; the list of people is open already."""
GOALS = {1_146: 100, 20_000: 150}
"""Most milliseconds to a person, or to any section."""
_PEOPLE, _AT_REST, _QUIET = 5, 0.6, 0.15
"""People opened in each round; seconds without a byte after which nothing works behind, or all is painted."""
_F10, _DOWN, _ESCAPE = b"\x1b[21~", b"\x1b[B", b"\x1b"
Times = dict[str, list[float]]


def table(rounds: int = ROUNDS) -> Iterator[Line]:
    """A table of sections and people; the books are closed and hold what was counted in them."""
    yield "## Opening\n"
    yield "Milliseconds from the key: of a section to its first picture, when it is opened first and when again; of a"
    yield "person to the last byte of the page. Medians, in brackets the least and the most.\n"
    yield "| people | what | first | again | at most |"
    yield "|---:|---|---:|---:|---:|"
    for people, goal in GOALS.items():
        with shelf() as place:
            book = office_on(place, people)
            alone("check", book)  # a book closed after judging keeps what was counted
            first, again, persons = _measured(book, people, rounds)
        for section in first:
            yield f"| {people:,} | {TITLES[section]} | {told(first[section])} | {told(again[section])} | {goal} |"
        yield f"| {people:,} | a person | {told(persons)} | | {goal} |"
        yield Aim(f"opening a person, {people:,} people", statistics.median(persons) * 1000, goal, "ms")
        for when, found in (("first", first), ("again", again)):
            middle = {section: statistics.median(spent) * 1000 for section, spent in found.items()}
            slowest = max(middle, key=middle.__getitem__)
            words = f"opening a section {when}, the slowest ({TITLES[slowest]}), {people:,} people"
            yield Aim(words, middle[slowest], goal, "ms")
    yield ""


def _measured(book: Path, people: int, rounds: int) -> tuple[Times, Times, list[float]]:
    """Seconds to each section opened first, to each opened again, and to a person."""
    first: Times = {each: [] for each in TITLES}
    again: Times = {each: [] for each in TITLES}
    persons: list[float] = []
    with TemporaryDirectory() as folder:
        for turn in range(rounds + 1):
            words = ("main.py", "--lang", "en", "--book", book, "--section", "people")
            with program(*words, state=Path(folder)) as wire:
                wire.until(b"%d in all" % people)
                _rest(wire)
                found = {section: _opened(wire, section) for section in TITLES}
                later = {section: _opened(wire, section) for section in TITLES}
                _ask(wire, "people", "People")
                opened = _persons(wire)
                wire.leave()
            if turn:  # the first turn only warms up
                persons += opened
                for kept, new in ((first, found), (again, later)):
                    for section, seconds in new.items():
                        kept[section].append(seconds)
    return first, again, persons


def _opened(wire: Wire, section: str) -> float:
    """Seconds until a section stands there; then whatever it counts is waited for."""
    seconds = _ask(wire, section, TITLES[section])
    _rest(wire)
    return seconds


def _ask(wire: Wire, section: str, title: str) -> float:
    number = [each.id for each in SECTIONS].index(section)
    if number < len(DIGITS):
        begun = wire.send(b"\x1b" + DIGITS[number].encode())
    else:  # those past the tenth stand in the list of sections, at its end
        wire.send(_F10)
        wire.painted(_QUIET)
        wire.send(str(SECTIONS[number].title).encode())
        wire.painted(_QUIET)
        begun = wire.send(b"\r")
    return wire.until(f"› {title}".encode()) - begun


def _persons(wire: Wire) -> list[float]:
    spent = []
    for _ in range(_PEOPLE):
        _rest(wire)
        begun = wire.send(b"\r")
        there = wire.until("› People › ".encode())
        spent.append((wire.quiet(_QUIET) or there) - begun)
        wire.send(_ESCAPE)
        wire.painted(_QUIET)
        wire.send(_DOWN)
        wire.painted(_QUIET)
    return spent


def _rest(wire: Wire) -> None:
    while wire.quiet(_AT_REST) is not None:
        pass
