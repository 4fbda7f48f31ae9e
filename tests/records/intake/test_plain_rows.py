"""A row whose cells were all read before is put together of what they said; nothing may be told otherwise for that."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from unittest.mock import Mock

import pytest

from config.text import t
from records.intake import words
from records.intake.files.cells import Cell, Sheet
from records.intake.layout.columns import find_layout
from records.intake.layout.rows import judge_rows
from records.intake.people import Reading, read_people
from records.intake.reader import RowReader
from tests.records.intake.building import TODAY

_COLUMNS: dict[str, Sequence[Cell]] = {
    "STT": (1, 2, "3", "4.", 5.0, "", "I", "#N/A", True),
    "Họ và tên": ("Ma Bến Trà", "Lý Thị Sen", "Lí Thị Sen", "ÔNG LÊ VĂN X", "Ông Lê Văn Mận", "Lê", "", "(2)", "#REF!"),
    "Ngày sinh": (date(1980, 2, 5), date(1981, 12, 1), "05/02/1980", 1980, 29256, "80", datetime(1980, 2, 5, 17), True),
    "Giới tính": ("Nữ", "Nam", "nữ", "?", "không", ""),
    "CCCD": ("019180000001", "019081000002", 19180000001, "0191800", "000000000000", "-", "019180000001.0"),
    "Điện thoại": ("0900000001", "900000002", "0900 000 003; 0900000004", "0012345678", "abc", ""),
    "Đơn vị": ("Chi bộ 1", "Chi bộ 2.", "", "#VALUE!"),
    "Chức vụ": ("Bí thư", 1, True, 1.0, "", "Bí thư."),
    "Vai trò": ("BCV", "CTV", "BCV cấp tỉnh, CTV cấp xã", "", "không là BCV", "gì đó"),
    "Số quyết định": ("12-QĐ/TU", "", "12-QĐ/TU ngày 05/07/2020"),
    "Đảng viên": ("x", "không", 1, True, 1.0, "?"),
    "Chuyên môn": ("Cử nhân Luật", "Cao đẳng", "", "gì đó"),
    "Lý luận chính trị": ("Cao cấp", "", "gì đó"),
    "Ngoại ngữ": ("Anh B1; Pháp A2", "", "không"),
}


def _rows(draw: random.Random, plain: float) -> Iterator[tuple[Cell, ...]]:
    yield tuple(_COLUMNS)
    for _ in range(120):
        if draw.random() < 0.05:
            yield draw.choice([("", "Phường Hoa Sim"), (), ("", "Tổng cộng", 12), ("II", "Khối xã", 3)])
        yield tuple(each[0] if draw.random() < plain else draw.choice(each) for each in _COLUMNS.values())


def _sheet(seed: int) -> Sheet:
    """A list of which the first have mostly plain cells, and each third has merged, faulty and vague ones too."""
    draw = random.Random(seed)
    sheet = Sheet("Danh sách", tuple(_rows(draw, (0.97, 0.9, 0.6)[seed % 3])))
    if seed % 3 == 0:
        return sheet
    return replace(
        sheet,
        merged=((5, 6, 9, 6), (12, 1, 13, 1), (20, 4, 21, 4), (30, 2, 30, 3)),
        faults={(40, 5): t("the cell holds more than {n} signs", n=1)},
        coarse={(row, 2): "month" for row in range(50, 60)},
    )


def _told(reading: Reading) -> list[Any]:
    """All of a reading in its order, with what does not count when refusals are compared."""
    refused = [(each, each.name, each.cell) for each in reading.refused]
    return [reading.rows, reading.drafts, refused, reading.remarks, reading.notices]


@pytest.mark.parametrize("seed", range(24))
def test_a_row_put_together_says_what_its_cells_say_when_each_is_read(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = _sheet(seed)
    layout = find_layout(sheet)
    quickly = _told(read_people(sheet, layout, today=TODAY))
    assert quickly[1], "nobody was read"
    monkeypatch.setattr(RowReader, "_said_plainly", lambda _: None)
    assert quickly == _told(read_people(sheet, layout, today=TODAY))


def test_a_remark_is_told_of_every_row_that_says_the_same() -> None:
    rows: tuple[tuple[Cell, ...], ...] = (
        ("STT", "Họ và tên", "Điện thoại"),
        *((n, "Ma Bến Trà", 900000001) for n in range(1, 4)),
    )
    found = read_people(sheet := Sheet("S", rows), find_layout(sheet), today=TODAY)
    assert [each.row for each in found.remarks] == [2, 3, 4]
    assert {each.phone for each in found.drafts} == {"0900000001"}


def test_an_identity_number_is_held_against_each_birth_and_sex_it_stands_beside() -> None:
    number, born = "019180000001", date(1980, 2, 5)
    rows: tuple[tuple[Cell, ...], ...] = (
        ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD"),
        (1, "Ma Bến Trà", born, "Nữ", number),
        (2, "Lý Thị Sen", born, "Nam", number),
        (3, "Lý Thị Mận", date(1981, 2, 5), "Nữ", number),
        (4, "Lý Thị Mơ", born, "Nữ", number),
    )
    found = read_people(sheet := Sheet("S", rows), find_layout(sheet), today=TODAY)
    assert [each.row for each in found.remarks] == [3, 4]
    assert len(found.drafts) == 4


def test_what_most_rows_say_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sexes, roles = Mock(wraps=words.sex_of), Mock(wraps=words.roles_of)
    monkeypatch.setattr(words, "sex_of", sexes)
    monkeypatch.setattr(words, "roles_of", roles)
    heads = ("STT", "Họ và tên", "Giới tính", "Vai trò", "CCCD")
    people: list[tuple[Cell, ...]] = [(n, "Ma Bến Trà", "Nữ", "BCV", f"0191800{n:05d}") for n in range(1, 301)]
    layout = find_layout(sheet := Sheet("S", (heads, *people)))
    roles.reset_mock()
    found = read_people(sheet, layout, today=TODAY)
    assert len(found.drafts) == 300
    assert {(each.sex, each.roles) for each in found.drafts} == {("female", ("reporter",))}
    assert sexes.call_count < 5
    assert roles.call_count < 5


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ((1, "Tổng cộng", 12), "total"),
        ((1, 2, 3, 4), "heading"),
        (("1", "(2)", "(3)", "(4)"), "heading"),
        ((1, "", ""), "empty"),
        ((1, "Tổng Thị Sen", "x"), "data"),
        (("1.", "Ma Bến Trà"), "data"),
        ((True, "Ma Bến Trà", 12), "data"),
    ],
)
def test_a_number_and_a_name_make_a_person_and_no_line_between_people(row: tuple[Cell, ...], kind: str) -> None:
    heads = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị")
    people = ((1, "Ma Bến Trà", 1980, "Chi bộ 1"), row, (2, "Lý Thị Sen", 1981, "Chi bộ 1"))
    judged = judge_rows(sheet := Sheet("S", (heads, *people)), find_layout(sheet))
    assert [each.kind for each in judged] == ["data", kind, "data"]
