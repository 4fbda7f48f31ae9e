"""Builds real spreadsheets for the tests; every name in them is made up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from records.intake.files.sheets import read_sheets
from records.intake.layout.columns import find_layout
from records.intake.people import Reading, read_people

TODAY = date(2025, 6, 15)


def save(path: Path, rows: Iterable[Sequence[Any]], merged: Sequence[str] = ()) -> Path:
    """Save `rows` from A1 on; None leaves a cell empty."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Danh sách"
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, value)
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


def read(path: Path, **options: Any) -> Reading:
    """Read the people of the first sheet of a file."""
    sheet = read_sheets(path)[0]
    return read_people(sheet, find_layout(sheet), today=TODAY, **options)


def one(tmp_path: Path, heading: str, value: Any, *more: tuple[str, Any]) -> Reading:
    """Read a list of one person with a name, a number and the given headings and values."""
    pairs = ((heading, value), *more)
    rows = [["STT", "Họ và tên", *(h for h, _ in pairs)], [1, "Ma Bến Trà", *(v for _, v in pairs)]]
    return read(save(tmp_path / "one.xlsx", rows))


def office_list(path: Path) -> Path:
    """A list as offices send it: title, two heading rows, groups, empty rows, total, signature."""
    rows: list[list[Any]] = [
        ["ĐẢNG BỘ MẪU", None, None, None, None, "ĐẢNG CỘNG SẢN VIỆT NAM"],
        [],
        ["DANH SÁCH TRÍCH NGANG BÁO CÁO VIÊN, CỘNG TÁC VIÊN"],
        ["(Kèm theo Tờ trình số 12-TTr/BTG ngày 05/02/2025)"],
        [],
        ["STT", "Họ và tên", "Ngày sinh", None, "Đơn vị công tác", "CCCD", "Số điện thoại", "Vai trò", "Ghi chú"],
        [None, None, "Nam", "Nữ"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
        ["I. Phường Hoa Sim"],
        [1, "Nguyễn Văn  Bằng Lăng", date(1968, 5, 3), None, "Chi bộ 1", "019068000001", "0900000001", "BCV"],
        [2, "Trần Thị Hoa Sim", None, "05/7/1975", "Chi bộ 2", 19175000002, 900000002, "CTV, BCV"],
        [],
        ["II", "Xã Suối Biếc"],
        [3, "LƯỜNG THỊ CỎ MAY", None, 1980, "Chi bộ 3", None, None, "Cộng tác viên"],
        [4, None, "31/02/1970", None, "Chi bộ 3", None, "12", "BCV"],
        ["Tổng cộng: 4 người"],
        [],
        [None, None, None, None, None, "Thái Nguyên, ngày 10 tháng 3 năm 2025"],
        [None, "NGƯỜI LẬP BIỂU", None, None, None, "T/M BAN THƯỜNG VỤ"],
        [None, "(Ký, ghi rõ họ tên)", None, None, None, "PHÓ BÍ THƯ"],
        [],
        [None, "Hồ Nắng Hạ", None, None, None, "Âu Trầm Hương"],
    ]
    merged = ("A3:I3", "A4:I4", "A6:A7", "B6:B7", "C6:D6", *(f"{each}6:{each}7" for each in "EFGHI"), "A9:I9")
    return save(path, rows, merged)
