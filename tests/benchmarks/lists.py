"""A list of 20,000 people as a workbook, beside XlsxWriter alone with the same cells, and as a PDF."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from exports.cells import cell_formats, plain
from exports.lists.people import PeopleList, write_people
from exports.lists.people_columns import LAYOUTS, Known, columns_of
from main import _LIVING
from records.domain.dates import PartialDate
from records.domain.findings import Judgement
from records.services.office import Office
from records.services.people.roster import roster
from records.services.standards.checks import check
from records.store.book import Book
from tests.benchmarks.books import DAY, book_on, shelf
from tests.benchmarks.figures import ROUNDS, Aim, Line, in_turns, ratio, told
from tui.present import books

PEOPLE = 20_000
_TIMES, _SECONDS = 1.5, 10
"""Most times XlsxWriter alone for the workbook, and seconds for the pages."""


def table(rounds: int = ROUNDS) -> Iterator[Line]:
    """The lines of the table; every way takes turns with the others in one run, whom it is of being known before."""
    gc.set_threshold(_LIVING, 20, 20)  # as the program has it
    yield f"## A list of {PEOPLE:,} people out (the usual columns, verdicts known)"
    yield ""
    yield "Milliseconds: median (least–most)."
    yield ""
    yield "| Way | ms | times XlsxWriter | goal |"
    yield "|---|---:|---:|---:|"
    with shelf() as books_folder, TemporaryDirectory() as folder:
        place = Path(folder)
        people = people_of(book_on(books_folder, PEOPLE))
        cells = [
            [column.value(line, people.known, number) for column in people.columns]
            for number, line in enumerate(people.lines, 1)
        ]
        spent = in_turns(
            {
                "XlsxWriter alone, the same cells": partial(timed, partial(_bare, cells), place / "bare.xlsx"),
                "the same with the looks of cells and the heights of rows": partial(
                    timed, partial(_bare, cells, looks=True), place / "looks.xlsx"
                ),
                "Sổ Vàng, .xlsx": partial(timed, partial(write, people), place / "ours.xlsx"),
                "Sổ Vàng, .pdf": partial(timed, partial(write, people), place / "ours.pdf"),
            },
            rounds,
        )
    bare, _, sheet, pages = spent.values()
    for (name, taken), goal in zip(spent.items(), ("", "", f"{_TIMES} times", f"{_SECONDS} s"), strict=True):
        yield f"| {name} | {told(taken)} | {ratio(taken, bare):.2f} | {goal} |"
    yield ""
    yield Aim(f"list of {PEOPLE:,} as .xlsx", ratio(sheet, bare), _TIMES, beside="XlsxWriter alone, the same cells")
    yield Aim(f"list of {PEOPLE:,} as PDF", statistics.median(pages), _SECONDS, "s")
    yield "In all the ways of a list the same people; its title, signature and print of the page are ours alone."
    yield ""


def people_of(path: Path) -> PeopleList:
    """The usual list of everybody in a book, with their verdicts."""
    settings = books.settings_of(None)
    with Book.open(path, actor="bench") as book:
        office, judged = Office(book, settings), dict[str, list[Judgement]]()
        for person, each in check(office, DAY):
            judged.setdefault(person.id, []).append(each)
        known = Known(settings, office.unit_names(DAY), judged)
        columns = columns_of(LAYOUTS["usual"][1])
        return PeopleList(lines=roster(office, DAY), columns=columns, known=known, on=DAY, day=DAY, heading="Toàn tỉnh")


def timed(way: Callable[[Path], None], path: Path) -> float:
    """Seconds that writing to `path` took."""
    start = time.perf_counter()
    way(path)
    return time.perf_counter() - start


def write(people: PeopleList, path: Path) -> None:
    """Write it as a user does, without a line in the book."""
    write_people(people, path, overwrite=True, log=lambda _export: None)


def _bare(cells: Sequence[Sequence[object]], path: Path, *, looks: bool = False) -> None:
    """Nothing but the cells, each of its kind; on demand with their looks and the heights of rows."""
    book = Workbook(str(path))
    page, known = book.add_worksheet(), cell_formats(book) if looks else {}
    day = known.get("date") or book.add_format({"num_format": "dd/mm/yyyy"})
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            if isinstance(value, int):
                page.write_number(row, column, value, known.get("number"))
            elif isinstance(value, PartialDate) and value.day:
                page.write_datetime(row, column, value.first_day(), day)
            else:
                page.write_string(row, column, plain(value), known.get("text"))
        if looks:
            page.set_row(row, 19.5)
    book.close()


if __name__ == "__main__":
    for line in table():
        print(line)
