"""How long taking a package of 1,146 people with five years of service takes, beside a bare spreadsheet of the same."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from exports.sheets import ListSheet, SheetColumn, write_xlsx
from records.domain.people.person import Person
from records.services.exchange import opening, taking
from records.services.imports import entering, intake
from records.services.office import Office
from tests.records.services.exchange.offices import introduce, office_of, packed
from tui.present import books

_TURNS = 3
_TODAY = date(2026, 11, 27)


def table() -> Iterator[str]:
    """The lines of the table; both ways take turns in one run, each into an empty book."""
    yield "## A package of 1,146 people with five years of service"
    yield ""
    yield "| Way | Records | KB | Median s |"
    yield "|---|---:|---:|---:|"
    with TemporaryDirectory() as name:
        folder = Path(name)
        with books.demo_office(folder) as demo, office_of(folder, "SC") as other:
            introduce(folder, demo, other)
            package = packed(demo, other, folder / "all.svx", "whole")
            sheet = _sheet(demo, folder / "people.xlsx")
            ways: dict[str, tuple[Path, Callable[[Office, Path], int]]] = {
                "importing the bare spreadsheet of names, births and units": (sheet, _import),
                "taking the package, sealed and signed": (package, _take),
            }
            spent: dict[str, list[float]] = {way: [] for way in ways}
            records: dict[str, int] = {}
            sizes = {way: path.stat().st_size // 1024 for way, (path, _) in ways.items()}
            for _ in range(_TURNS):
                for way, (path, act) in ways.items():
                    start = time.perf_counter()
                    records[way] = act(other, path)
                    spent[way].append(time.perf_counter() - start)
                    other.book.undo()
    for way, times in spent.items():
        yield f"| {way} | {records[way]:,} | {sizes[way]:,} | {statistics.median(times):.2f} |"
    yield ""


def _sheet(office: Office, path: Path) -> Path:
    names = office.unit_names(_TODAY)
    columns = tuple(SheetColumn(each, 20) for each in ("Họ và tên", "Ngày sinh", "Đơn vị"))
    rows = [(each.name, each.born.shown() if each.born else "", names.get(each.unit, ""))
            for each in office.book.table(Person)]  # fmt: skip
    write_xlsx(ListSheet(("DANH SÁCH",), columns, rows), path)
    return path


def _import(office: Office, path: Path) -> int:
    seen = intake.preview(office, path, today=_TODAY)
    return entering.accept(office, seen).new


def _take(office: Office, path: Path) -> int:
    made = taking.plan(office, opening.opened(office, path), taking.How(), today=_TODAY)
    taking.accept(office, made)
    return len(made.puts)
