"""Lists as they were sent: layouts, lines and signs that a careful clerk reads without thinking."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it has no types
from openpyxl import Workbook

from config.errors import InputError
from records.domain.unit_names import unit_key
from records.intake.files.sheets import read_sheets
from records.intake.fonts.oldfonts import read_old_fonts
from records.intake.layout.columns import Layout, find_layout
from records.intake.matching import find_duplicates
from records.intake.people import Reading
from tests.records.intake.building import one, read, save

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Điện thoại", "Đơn vị", "Chức vụ"]
AN = [1, "Nguyễn Văn An", 1970, "0912345671", "Phường A", "Cán bộ"]
BINH = [2, "Trần Thị Bình", 1980, None, "Phường A"]


def names(found: Reading) -> list[str]:
    return [each.name for each in found.drafts]


def named(tmp_path: Path, name: str) -> Reading:
    """A list of one person of this name."""
    return read(save(tmp_path / "name.xlsx", [["STT", "Họ và tên", "Năm sinh"], [1, name, 1970]]))


def layout_of(path: Path) -> Layout:
    return find_layout(read_sheets(path)[0])


def test_a_formula_error_behind_an_empty_formatted_cell_is_named(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet, box = book.add_worksheet(), book.add_format({"border": 1})
    sheet.write_row(0, 0, ["STT", "Họ và tên", "Ngày sinh", "Điện thoại", "CCCD"], box)
    sheet.write_row(1, 0, [1, "Nguyễn Văn An", 1980], box)
    sheet.write_blank(1, 3, None, box)
    sheet.write_formula(1, 4, "=VLOOKUP(B2,X!A:B,2,0)", box, "#N/A")
    book.close()
    found = read(tmp_path / "a.xlsx")
    assert {(each.row, each.column) for each in found.refused} == {(2, "CCCD (E)")}


@pytest.mark.parametrize("line", ["Thành đoàn", "Công an thành phố", "Văn phòng Thành ủy", "Các cơ quan khối Đảng"])
def test_a_line_that_names_a_unit_is_no_person(tmp_path: Path, line: str) -> None:
    found = read(save(tmp_path / "a.xlsx", [HEAD, [None, line], AN, BINH]))
    assert names(found) == ["Nguyễn Văn An", "Trần Thị Bình"]
    assert found.rows == 2


@pytest.mark.parametrize(
    "below",
    [
        [
            [None, "Cán bộ tổng hợp", None, None, "Thủ trưởng đơn vị"],
            [],
            [None, "Lê Thu", None, None, "Lê Văn B"],
        ],
        [
            [None, "Người kiểm tra", None, None, None, "Phó Trưởng ban"],
            [],
            [None, "Lê Thu", None, None, None, "Lê B"],
        ],
        [["Ghi chú:", "Các đồng chí có dấu sao đã nghỉ hưu"]],
        [[None, "Danh sách này có 3 người"], [None, "Nguyễn Thị Thu", None, None, "Bí thư Đảng ủy"]],
        [["Kế toán", None, "Thủ quỹ", None, "Chủ tịch"]],
        [[None, "Cộng phường Quang Trung", None, None, "5 người"]],
        [["I. Khối phường", None, None, None, None, "02 người"]],
        [["a)", "Chi bộ 1"]],
    ],
)
def test_what_stands_below_a_list_is_no_person(tmp_path: Path, below: list[list[Any]]) -> None:
    found = read(save(tmp_path / "a.xlsx", [HEAD, AN, BINH, [], *below]))
    assert (names(found), found.rows, found.refused) == (["Nguyễn Văn An", "Trần Thị Bình"], 2, ())


def test_surnames_that_sound_like_units_are_people(tmp_path: Path) -> None:
    people = ["Trương Văn Đạt", "Đoàn Thị Mai", "Phương Thị Lan", "Xa Văn Cường", "Bàn Thị Hoa"]
    found = read(
        save(tmp_path / "a.xlsx", [["Họ và tên", "Đơn vị"], ["Nguyễn Thị Lan", "Phường A"], *([p] for p in people)])
    )
    assert names(found) == ["Nguyễn Thị Lan", *people]


def test_two_lists_under_each_other_are_each_read_under_their_own_headings(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["I. BÁO CÁO VIÊN"],
        ["STT", "Họ và tên", "Năm sinh", "Đơn vị", "Chức vụ"],
        [1, "Nguyễn Văn An", 1970, "Phường A", "Bí thư"],
        [],
        ["II. CỘNG TÁC VIÊN"],
        ["STT", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị"],
        [1, "Trần Thị Bình", 1980, "Phó chủ tịch", "Phường B"],
    ]
    found = read(save(tmp_path / "a.xlsx", rows))
    assert [(each.name, each.unit, each.position) for each in found.drafts] == [
        ("Nguyễn Văn An", "Phường A", "Bí thư"),
        ("Trần Thị Bình", "Phường B", "Phó chủ tịch"),
    ]
    assert found.drafts[1].roles == ("collaborator",)


@pytest.mark.parametrize(
    "heads", [("Họ", "Đệm", "Tên"), ("Họ", "Tên đệm", "Tên"), ("Surname", "Middle name", "Given name")]
)
def test_a_middle_name_in_its_own_column_is_part_of_the_name(tmp_path: Path, heads: tuple[str, ...]) -> None:
    rows: list[list[Any]] = [["STT", *heads, "Năm sinh"], [1, "Nguyễn", "Văn", "An", 1980], [2, "Lê", None, "Bé", 1981]]
    assert names(read(save(tmp_path / "a.xlsx", rows))) == ["Nguyễn Văn An", "Lê Bé"]


def test_day_month_and_year_of_birth_in_columns_of_their_own(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["STT", "Họ và tên", "Ngày sinh", None, None, "Vai trò", None, "Đơn vị"],
        [None, None, "Ngày", "Tháng", "Năm", "BCV", "TTV"],
        [1, "Trần Thị Bình", 7, 3, 1985, "x", None, "A"],
        [2, "Lê Văn Bé", None, None, 1970, None, "x", "A"],
    ]
    found = read(save(tmp_path / "a.xlsx", rows, ("A1:A2", "B1:B2", "C1:E1", "F1:G1", "H1:H2")))
    assert [(str(each.born), each.sex, each.roles) for each in found.drafts] == [
        ("1985-03-07", None, ("reporter",)),
        ("1970", None, ("communicator",)),
    ]


@pytest.mark.parametrize("mark", [False, "No", "–", "☐", "✗", "Không phải", "N", "k", "FALSE"])
def test_a_no_in_the_column_of_a_role_gives_no_role(tmp_path: Path, mark: Any) -> None:
    assert [each.roles for each in one(tmp_path, "BCV", mark).drafts] == [()]


@pytest.mark.parametrize(
    ("column", "said"), [("BCV", "có thể"), ("Vai trò", "Thôi BCV từ 2020"), ("Vai trò", "Không là BCV")]
)
def test_a_doubtful_role_is_refused(tmp_path: Path, column: str, said: str) -> None:
    found = one(tmp_path, column, said)
    assert (found.drafts, len(found.refused)) == ((), 1)


def test_a_stray_cell_in_the_last_corner_is_refused_before_memory_runs_out(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["STT", "Họ và tên", "Năm sinh"])
    sheet.append([1, "Nguyễn Văn An", 1970])
    sheet["XFD1048576"] = "x"
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(InputError, match="far away"):
        read_sheets(tmp_path / "far.xlsx")


def test_a_day_that_the_sheet_does_not_show_is_not_read(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["STT", "Họ và tên", "Ngày sinh"])
    for row, shown in enumerate(["mmm-yy", "mm/yyyy", "yyyy", "dd/mm/yyyy"], 1):
        sheet.write_row(row, 0, [row, "Lê Văn " + "ABCD"[row - 1]])
        sheet.write_datetime(row, 2, datetime(1975, 5, 1), book.add_format({"num_format": shown}))
    book.close()
    found = read(tmp_path / "a.xlsx")
    assert [str(each.born) for each in found.drafts] == ["1975-05", "1975-05", "1975", "1975-05-01"]
    assert [each.row for each in found.remarks] == [2, 3, 4]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ông Bùi Văn Bảy", "Bùi Văn Bảy"),
        ("ThS. Hoàng Văn Em", "Hoàng Văn Em"),
        ("PGS.TS. Lê Văn Cường", "Lê Văn Cường"),
        ("Đ/c Lê Văn Cường", "Lê Văn Cường"),
        ("Đồng chí Lê Văn Cường", "Lê Văn Cường"),
        ("TS Lê Văn Cường", "Lê Văn Cường"),
        ("Ðặng Văn Ba", "Đặng Văn Ba"),
    ],
)
def test_what_is_no_part_of_a_name_is_left_out_and_said(tmp_path: Path, written: str, name: str) -> None:
    found = named(tmp_path, written)
    assert names(found) == [name]
    assert name in str(found.remarks[0].remark)


@pytest.mark.parametrize("name", ["Ông Cao Thắng", "Tsan Văn Mẫu", "Cn Mẫu Thử", "H'Hen Niê", "Y Bhăm", "Rơ Chăm Hơ̆k"])
def test_a_name_that_only_begins_like_a_title_is_kept(tmp_path: Path, name: str) -> None:
    assert names(named(tmp_path, name)) == [name]


@pytest.mark.parametrize(
    "cell", ["Nguyễn Văn An-Trần Thị Bình", "Nguyễn Văn An. Trần Thị Bình", "Nguyễn Văn An hoặc Trần Thị Bình"]
)
def test_two_people_in_a_cell_are_refused_however_they_are_parted(tmp_path: Path, cell: str) -> None:
    assert "two people" in str(named(tmp_path, cell).refused[0].problem)


@pytest.mark.parametrize(
    ("group", "leaf", "key"), [("Căn cước công dân", "Số", "national_id"), ("Ngày sinh", "Năm", "born_year")]
)
def test_headings_merged_down_tell_how_deep_the_headings_are(tmp_path: Path, group: str, leaf: str, key: str) -> None:
    below = [None, None, leaf, "Ngày cấp", "Nơi cấp"]
    rows: list[list[Any]] = [["STT", "Họ và tên", group, None, None, "Đơn vị"], below]
    sheet = save(tmp_path / "a.xlsx", [*rows, AN], ("A1:A2", "B1:B2", "C1:E1", "F1:F2"))
    layout = layout_of(sheet)
    assert (layout.header_rows, layout.columns[key]) == ((1, 2), 2)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("G.tính", "sex"), ("N.sinh", "born"), ("Đ.vị", "unit"), ("V.trò", "role"), ("Ngày/ tháng/ năm sinh", "born"),
        ("Ngày-tháng-năm sinh", "born"), ("D.O.B", "born"), ("S.ĐT", "phone"), ("Đ.thoại", "phone"),
        ("C.vụ", "position"),        ("D.tộc", "ethnicity"), ("Cơ quan/ đơn vị", "unit"),
        ("Đơn vị/Chi bộ", "unit"), ("Phường/xã", "unit"),
        ("CMTND", "national_id"), ("Phone No.", "phone"), ("Họ & tên", "name"), ("Họ tên BCV", "name"),
    ],
)  # fmt: skip
def test_headings_are_known_however_they_are_shortened_and_parted(tmp_path: Path, heading: str, key: str) -> None:
    first = "Full name" if key != "name" else "STT"
    sheet = save(tmp_path / "a.xlsx", [[first, heading, "CCCD" if key != "national_id" else "Email"], ["a", "b", "c"]])
    assert layout_of(sheet).columns[key] == 1


@pytest.mark.parametrize("column", ["CCCD", "Điện thoại", "Email", "Giới tính", "Vai trò", "Ngày sinh"])
@pytest.mark.parametrize("said", ["-", "–", "không", "Chưa có", "không rõ"])
def test_a_word_for_nothing_is_an_empty_cell(tmp_path: Path, column: str, said: str) -> None:
    found = one(tmp_path, column, said)
    assert (len(found.drafts), found.refused) == (1, ())


def test_a_unit_that_heads_its_people_is_theirs(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["STT", "Họ và tên", "Ngày sinh"],
        ["PHƯỜNG QUANG TRUNG"],
        [1, "Nguyễn Văn An", 1970],
        ["Khối xã"],
        [2, "Trần Thị Bình", 1980],
    ]
    found = read(save(tmp_path / "a.xlsx", rows, ("A2:C2", "A4:C4")))
    assert [each.unit for each in found.drafts] == ["PHƯỜNG QUANG TRUNG", ""]
    assert "unit of those below" in str(found.remarks[0].remark)


def test_a_shortened_unit_is_the_same_and_its_people_are_known(tmp_path: Path) -> None:
    assert unit_key("P. Quang Trung") == unit_key("Phường Quang Trung") == unit_key("p.quang trung")
    rows: list[list[Any]] = [["Họ và tên", "Ngày sinh", "Đơn vị"]]
    day = date(1970, 5, 3)
    pairs = [("Phường Quang Trung", "P. Quang Trung"), ("Phường A", "Xã B")]
    for number, units in enumerate(pairs):
        rows += [[f"Lê Văn {'AB'[number]}", day, unit] for unit in units]
    found = find_duplicates(read(save(tmp_path / "a.xlsx", rows)).drafts, ())
    assert [(each.row, each.of, each.confidence) for each in found] == [(3, "row 2", "certain"), (5, "row 4", "likely")]


@pytest.mark.parametrize(("ending", "mark"), [(".xls", "\t"), (".xlsx", ","), (".xls", ";")])
def test_a_text_of_columns_with_the_ending_of_a_workbook_is_read(tmp_path: Path, ending: str, mark: str) -> None:
    path = tmp_path / f"list{ending}"
    path.write_text(
        "\n".join(mark.join(each) for each in (["STT", "Họ và tên", "CCCD"], ["1", "Nguyễn Văn An", ""])), "utf-8"
    )
    assert names(read(path)) == ["Nguyễn Văn An"]


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("0912345678 (Zalo)", "0912345678"),
        ("ĐT: 0912345678", "0912345678"),
        ("0912345678\n0987654321", "0912345678; 0987654321"),
        ("0912345678 - 0987654321", "0912345678; 0987654321"),
        ("\u202d0912345678\u202c", "0912345678"),
    ],
)
def test_a_telephone_number_is_read_from_what_stands_round_it(tmp_path: Path, cell: str, phone: str) -> None:
    assert [each.phone for each in one(tmp_path, "Điện thoại", cell).drafts] == [phone]


def test_a_cell_in_the_other_old_font_is_read_too(tmp_path: Path) -> None:
    cells = ["Nguyễn Văn Ánh", "Buøi Vaên Haø", "TrÇn ThÞ Hµ", "Bïi Thanh Long"]
    rows: list[list[Any]] = [["STT", "Họ và tên", "Năm sinh"], *([n, each, 1970] for n, each in enumerate(cells, 1))]
    sheet, _ = read_old_fonts(read_sheets(save(tmp_path / "a.xlsx", rows))[0])
    assert [sheet.at(row, 1) for row in (2, 3, 4, 5)] == [
        "Nguyễn Văn Ánh",
        "Bùi Văn Hà",
        "Trần Thị Hà",
        "Bùi Thanh Long",
    ]


def test_a_short_column_that_is_vietnamese_already_is_not_spoilt_by_its_neighbour(tmp_path: Path) -> None:
    names_ = ["TrÇn ThÞ Hµ", "NguyÔn V¨n H¶i", "Ph¹m ThÞ Ph­¬ng"]
    rows: list[list[Any]] = [["STT", "Full name", "Unit"], *([n, each, "Chí Hòa"] for n, each in enumerate(names_, 1))]
    sheet, _ = read_old_fonts(read_sheets(save(tmp_path / "a.xlsx", rows))[0])
    assert [sheet.at(row, 2) for row in (2, 3, 4)] == ["Chí Hòa"] * 3
    assert (2, 2) in sheet.faults, "it can be read both ways, and a person says which"
