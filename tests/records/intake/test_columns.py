from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from config.errors import InputError
from records.intake.files.sheets import Sheet, read_sheets
from records.intake.layout.columns import find_layout
from records.intake.layout.headings import meaning
from tests.records.intake.building import office_list, read, save


def test_headings_are_found_below_the_title_over_two_merged_rows(tmp_path: Path) -> None:
    (sheet,) = read_sheets(office_list(tmp_path / "list.xlsx"))
    layout = find_layout(sheet)
    assert (layout.header_rows, layout.first_row) == ((6, 7), 8)
    assert layout.columns == {
        "number": 0, "name": 1, "born_male": 2, "born_female": 3, "unit": 4, "national_id": 5, "phone": 6, "role": 7,
        "note": 8,
    }  # fmt: skip
    assert layout.label("born_female") == "Ngày sinh / Nữ (D)"


@pytest.mark.parametrize(
    ("heading", "parent", "key"),
    [
        ("STT", "", "number"),
        ("HỌ VÀ TÊN", "", "name"),
        ("Họ tên (in hoa)", "", "name"),
        ("Năm sinh", "", "born"),
        ("Ngày, tháng,\nnăm sinh", "", "born"),
        ("Nam", "Năm sinh", "born_male"),
        ("Nữ", "Ngày sinh", "born_female"),
        ("Năm", "Thời gian", ""),
        ("Nam", "Số lượng", ""),
        ("Số CCCD", "", "national_id"),
        ("Số định danh cá nhân", "", "national_id"),
        ("CMND/CCCD", "", "national_id"),
        ("SĐT", "", "phone"),
        ("Điện thoại", "", "phone"),
        ("Nơi công tác", "", "unit"),
        ("Chi bộ", "", "unit"),
        ("Chức vụ", "", "position"),
        ("Lý luận chính trị", "Trình độ", "political_theory"),
        ("Chuyên môn", "Trình độ", "profession"),
        ("Dự bị", "Ngày vào Đảng", "party_probation"),
        ("Chính thức", "Ngày vào Đảng", "party_official"),
        ("Số", "Quyết định công nhận", "decision_number"),
        ("Ngày", "Quyết định công nhận", "decision_date"),
        ("Date of birth", "", "born"),
        ("Bí danh", "", ""),
    ],
)
def test_a_heading_means_what_offices_mean_by_it(heading: str, parent: str, key: str) -> None:
    assert meaning(heading, parent) == key


def test_a_name_split_over_two_columns_is_put_together(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["TT", "Họ và tên", None, "Năm sinh"],
        [1, "Nguyễn Thị", "Mây", 1970],
        [2, "Trần", None, 1971],
    ]
    found = read(save(tmp_path / "merged.xlsx", rows, ("B1:C1",)))
    assert [each.name for each in found.drafts] == ["Nguyễn Thị Mây"]
    assert "part of the name" in str(found.refused[0].problem)
    rows[0] = ["TT", "Họ đệm", "Tên", "Năm sinh"]
    assert [each.name for each in read(save(tmp_path / "two.xlsx", rows)).drafts] == ["Nguyễn Thị Mây"]


def test_chuc_danh_is_a_role_only_where_roles_stand_below_it() -> None:
    heading = ("Họ và tên", "Năm sinh", "Chức danh")
    roles = Sheet("x", (heading, ("Ma Bến Trà", 1970.0, "Báo cáo viên")))
    posts = Sheet("x", (heading, ("Ma Bến Trà", 1970.0, "Trưởng ban")))
    assert "role" in find_layout(roles).columns
    assert "position" in find_layout(posts).columns


def test_columns_that_nothing_is_read_from_are_named() -> None:
    sheet = Sheet("x", (("Họ và tên", "Năm sinh", "Bí danh"), ("Ma Bến Trà", 1970.0, "Trà")))
    assert find_layout(sheet).unread == ("Bí danh (C)",)


def test_a_first_person_without_a_name_is_not_swallowed_by_the_headings(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["STT", "Họ và tên", "Giới tính", "Năm sinh"], [1, None, "Nam", 1970]]
    found = read(save(tmp_path / "first.xlsx", rows))
    assert [(each.row, str(each.problem)) for each in found.refused] == [(2, "the name is missing")]


def test_a_given_map_wins_over_the_headings() -> None:
    sheet = Sheet("x", (("Họ và tên", "Năm sinh", "Tên gọi khác"), ("a", 1970.0, "b")))
    assert find_layout(sheet, {"name": "c"}).columns["name"] == 2
    assert find_layout(Sheet("x", (("a", 1970.0),)), {"name": "A", "born": "B"}).first_row == 1


@pytest.mark.parametrize(
    ("given", "words"), [({"nmae": "A"}, "nmae"), ({"name": "Z"}, "no column “Z”"), ({"name": "1"}, "no column “1”")]
)
def test_a_given_map_that_cannot_be_is_refused(given: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        find_layout(Sheet("x", (("Họ và tên", "Năm sinh"),)), given)


@pytest.mark.parametrize("rows", [(), (("a", "b"), (1.0, 2.0)), (("Họ và tên",), ("Ma Bến Trà",))])
def test_a_sheet_without_headings_says_what_was_looked_for(rows: tuple[tuple[str | float, ...], ...]) -> None:
    with pytest.raises(InputError, match=r"Họ và tên.*CCCD"):
        find_layout(Sheet("Trang 1", rows))


def test_headings_of_three_rows_lend_their_words_downwards(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["STT", "Họ và tên", "Thông tin cá nhân", None, None, "Quyết định công nhận"],
        [None, None, "Năm sinh", None, "Dân tộc", "Số", "Ngày"],
        [None, None, "Nam", "Nữ"],
        [1, "Ma Bến Trà", None, 1970, "Tày", "12-QĐ/TU", "05/07/2020"],
    ]
    merged = ("A1:A3", "B1:B3", "C1:E1", "C2:D2", "E2:E3", "F1:G1", "F2:F3", "G2:G3")
    found = read(save(tmp_path / "three.xlsx", rows, merged))
    assert found.layout.header_rows == (1, 2, 3)
    (person,) = found.drafts
    assert (person.sex, str(person.born), person.ethnicity) == ("female", "1970", "Tày")
    assert (person.posts[0].number, str(person.posts[0].decided)) == ("12-QĐ/TU", "2020-07-05")
