"""How long it takes to take in a list: our reading and judging of 20,000 rows beside a bare reading with openpyxl."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from records.intake.files.sheets import read_sheets
from records.services.imports import intake
from tests.benchmarks.figures import ROUNDS, Aim, Line, in_turns, ratio, told
from tui.present import books

PEOPLE = 20_000
_TIMES = 1.0
"""Most times openpyxl's reading alone."""
_TODAY = date(2026, 11, 27)
_HEADS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD", "Điện thoại", "Đơn vị", "Chức vụ", "Vai trò", "Ghi chú")
_FAMILY, _GIVEN = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng"), ("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Khánh")


def table(rounds: int = ROUNDS) -> Iterator[Line]:
    """The lines of the table; every way takes turns with the others in one run."""
    yield f"## A list of {PEOPLE:,} people in (.xlsx, ten columns)"
    yield ""
    yield "Milliseconds: median (least–most)."
    yield ""
    yield "| Way | ms | times openpyxl | goal |"
    yield "|---|---:|---:|---:|"
    with TemporaryDirectory() as folder:
        path = _list(Path(folder) / "list.xlsx")
        ways: dict[str, Callable[[Path], object]] = {
            "openpyxl, read-only, values alone": _bare,
            "Sổ Vàng, reading in a process of its own": read_sheets,
            "Sổ Vàng, reading, judging and previewing": _preview,
        }
        spent = in_turns({name: partial(_timed, way, path) for name, way in ways.items()}, rounds)
    bare, _, ours = spent.values()
    for (name, taken), goal in zip(spent.items(), ("", "", f"{_TIMES:.1f}"), strict=True):
        yield f"| {name} | {told(taken)} | {ratio(taken, bare):.2f} | {goal} |"
    yield ""
    yield Aim(f"reading and previewing {PEOPLE:,} rows of .xlsx", ratio(ours, bare), _TIMES, beside="openpyxl, reading")


def _timed(way: Callable[[Path], object], path: Path) -> float:
    start = time.perf_counter()
    way(path)
    return time.perf_counter() - start


def _bare(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()


def _preview(path: Path) -> None:
    with books.empty_office() as office:
        seen = intake.preview(office, path, today=_TODAY)
    assert len(seen.accepted) == PEOPLE


def _list(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(_HEADS)
    for n in range(PEOPLE):
        born = date(1960, 1, 1) + timedelta(days=n % 15_000)
        name = f"{_FAMILY[n % 5]} Thị {_GIVEN[n % 7]} {_GIVEN[n // 7 % 7]}"
        number = f"0191{born.year % 100:02d}{n:06d}"
        sheet.append((n + 1, name, born, "Nữ", number, f"09{n:08d}", f"Chi bộ {n % 50}", "Bí thư", "BCV", None))
    book.save(path)
    return path
