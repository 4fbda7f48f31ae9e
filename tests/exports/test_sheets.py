"""Lists out: what was text comes back as text, letter for letter, and is never a formula."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from config.errors import InputError
from exports.sheets import ListSheet, SheetColumn, write_csv, write_xlsx
from records.domain.dates import PartialDate
from tests.exports.conftest import precomposed

COLUMNS = (
    SheetColumn("STT", 5, "number"),
    SheetColumn("Họ và tên", 26),
    SheetColumn("Ngày sinh", 12, "date"),
    SheetColumn("Điện thoại", 14),
    SheetColumn("Điểm", 8, "number"),
)
ROWS = [
    (1, "Nguyễn Thị Hồng Thúy", PartialDate(1968), "0912000111", Decimal("90.5")),
    (2, "Đỗ Ưu", date(1980, 2, 5), "019080000123", None),
    (3, precomposed(), PartialDate(1975, 7, 5), "", Decimal(-3)),
]
SHEET = ListSheet(("DANH SÁCH", "Đến ngày 31/12/2026"), COLUMNS, ROWS, ("Ghi chú.",))
TRICKS = [
    "=1+1",
    "+84912000111",
    "-1+2",
    "@SUM(A1)",
    "{=1}",
    "\t=1",
    " =1+1",
    "http://example.org",
    "'x",
    "-",
    "=A1:B2",
]


def test_an_excel_list_reads_back_letter_for_letter(tmp_path: Path) -> None:
    write_xlsx(SHEET, tmp_path / "list.xlsx")
    page = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    assert page is not None
    assert page["A1"].value == "DANH SÁCH"
    assert [cell.value for cell in page[4]] == [column.title for column in COLUMNS]
    assert [cell.value for cell in page[5]] == [1, "Nguyễn Thị Hồng Thúy", "1968", "0912000111", 90.5]
    assert [cell.value for cell in page[6]] == [2, "Đỗ Ưu", datetime(1980, 2, 5), "019080000123", None]
    assert page["B7"].value == precomposed()
    assert page["C7"].value == datetime(1975, 7, 5)
    assert page["D5"].data_type == "s"
    assert page["A9"].value == "Ghi chú."


def test_an_excel_list_is_ready_to_print(tmp_path: Path) -> None:
    write_xlsx(SHEET, tmp_path / "list.xlsx")
    page = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    assert page is not None
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$4:$4"
    assert page.freeze_panes == "A5"
    assert page.auto_filter.ref == "A4:E7"
    assert page["B4"].font.b
    assert page["B5"].border.left.style == "thin"
    assert page["C6"].number_format == "dd/mm/yyyy"
    assert page["D5"].number_format == "@"


@pytest.mark.parametrize("trick", TRICKS)
def test_text_never_becomes_a_formula_in_excel(tmp_path: Path, trick: str) -> None:
    column = SheetColumn(trick, 10)
    write_xlsx(ListSheet((trick,), (column, column), [(trick, trick)], (trick,)), tmp_path / "list.xlsx")
    page = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    assert page is not None
    cells = [page[name] for name in ("A1", "A3", "A4", "B4", "A6")]
    assert [cell.value for cell in cells] == [trick] * 5 or all(cell.value.strip() == trick.strip() for cell in cells)
    with pytest.raises(KeyError):
        _formula_in(tmp_path / "list.xlsx")


def _formula_in(path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(path) as parts:
        if b"<f>" not in parts.read("xl/worksheets/sheet1.xml"):
            raise KeyError("no formula")


@pytest.mark.parametrize("trick", TRICKS)
def test_text_never_becomes_a_formula_in_csv(tmp_path: Path, trick: str) -> None:
    write_csv(ListSheet((), (SheetColumn("Tên", 10),), [(trick,)]), tmp_path / "list.csv")
    (_, (read,)) = list(csv.reader((tmp_path / "list.csv").read_text("utf-8-sig").splitlines(keepends=True)))
    assert read.removeprefix("'") == trick.removeprefix("'")
    assert len(read) == 1 or read.lstrip()[0] not in "=+-@"


def test_a_csv_list_has_the_mark_excel_needs_and_keeps_numbers_as_they_are(tmp_path: Path) -> None:
    write_csv(SHEET, tmp_path / "list.csv")
    content = (tmp_path / "list.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert rows[1] == ["1", "Nguyễn Thị Hồng Thúy", "1968", "0912000111", "90.5"]
    assert rows[2] == ["2", "Đỗ Ưu", "05/02/1980", "019080000123", ""]
    assert rows[3] == ["3", precomposed(), "05/07/1975", "", "-3"]


def test_the_same_list_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_xlsx(SHEET, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_whole_numbers_too_long_for_excel_stay_exact_as_text(tmp_path: Path) -> None:
    write_xlsx(ListSheet((), (SheetColumn("Số", 20, "number"),), [(12345678901234567,)]), tmp_path / "list.xlsx")
    page = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    assert page is not None
    assert page["A2"].value == "12345678901234567"


def test_a_list_without_rows_or_with_one_column_is_still_a_list(tmp_path: Path) -> None:
    write_xlsx(ListSheet(("Trống",), (SheetColumn("Tên", 10),), []), tmp_path / "list.xlsx")
    page = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    assert page is not None
    assert (page["A1"].value, page["A3"].value) == ("Trống", "Tên")


def test_a_text_too_long_for_a_cell_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="row 2, column 1"):
        write_xlsx(ListSheet((), (SheetColumn("Tên", 10),), [("x" * 40000,)]), tmp_path / "list.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_a_file_already_there_or_a_bad_place_is_a_sentence(tmp_path: Path, write: Callable[..., None]) -> None:
    out = tmp_path / "list"
    out.write_text("kept")
    with pytest.raises(InputError, match="is there already"):
        write(SHEET, out)
    assert out.read_text() == "kept"
    write(SHEET, out, overwrite=True)
    assert out.read_bytes() != b"kept"
    for wrong in (tmp_path / "none" / "list", tmp_path / "list" / "list", tmp_path, tmp_path / ("x" * 300)):
        with pytest.raises(InputError):
            write(SHEET, wrong, overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["list"]
