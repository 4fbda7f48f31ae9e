"""How long it takes to take in a list: our reading and judging of 20,000 rows beside a bare reading with openpyxl."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from records.intake.files.sheets import read_sheets
from records.services.imports import intake
from tui.present import books

ROWS = 20_000
_TURNS = 3
_TODAY = date(2026, 11, 27)
_HEADS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD", "Điện thoại", "Đơn vị", "Chức vụ", "Vai trò", "Ghi chú")
_FAMILY, _GIVEN = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng"), ("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Khánh")


def table() -> Iterator[str]:
    """The lines of the table; every way takes turns with the others in one run."""
    yield f"## A list of {ROWS:,} people (.xlsx, ten columns)"
    yield ""
    yield "| Way | Median s | Times openpyxl |"
    yield "|---|---|---|"
    with TemporaryDirectory() as folder:
        path = _list(Path(folder) / "list.xlsx")
        ways: dict[str, Callable[[Path], object]] = {
            "openpyxl, read-only, values alone": _bare,
            "Sổ Vàng, reading in a process of its own": read_sheets,
            "Sổ Vàng, reading, judging and previewing": _preview,
        }
        spent: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(_TURNS):
            for name, way in ways.items():
                start = time.perf_counter()
                way(path)
                spent[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(times) for name, times in spent.items()}
    bare = next(iter(medians.values()))
    for name, median in medians.items():
        yield f"| {name} | {median:.2f} | {median / bare:.2f} |"
    yield ""


def _bare(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()


def _preview(path: Path) -> None:
    with books.empty_office() as office:
        seen = intake.preview(office, path, today=_TODAY)
    assert len(seen.accepted) == ROWS


def _list(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(_HEADS)
    for n in range(ROWS):
        born = date(1960, 1, 1) + timedelta(days=n % 15_000)
        name = f"{_FAMILY[n % 5]} Thị {_GIVEN[n % 7]} {_GIVEN[n // 7 % 7]}"
        number = f"0191{born.year % 100:02d}{n:06d}"
        sheet.append((n + 1, name, born, "Nữ", number, f"09{n:08d}", f"Chi bộ {n % 50}", "Bí thư", "BCV", None))
    book.save(path)
    return path
