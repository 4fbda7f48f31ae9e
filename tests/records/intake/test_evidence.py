from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from config.errors import InputError
from records.intake.files.cells import Sheet
from records.intake.layout.columns import find_layout
from tests.records.intake.building import read, save


def _columns(*rows: tuple[Any, ...]) -> dict[str, int]:
    return dict(find_layout(Sheet("x", rows)).columns)


def test_a_column_of_forms_of_address_is_neither_names_nor_roles() -> None:
    found = _columns(
        ("STT", "Tên gọi (Ông/Bà/Chức danh)", "Tên tập thể/cá nhân/hộ gia đình", "Chức vụ", "Đơn vị công tác"),
        (1.0, "Ông", "Ma Bến Trà", "Phó Giám đốc", "Sở Mẫu"),
        (2.0, "Thượng tá", "Ma Hoa Sim", "Phó công an", "Huyện Mẫu"),
        (3.0, "Bà", "Lường Cỏ May", "", "Sở Mẫu"),
    )
    assert (found["name"], found["position"]) == (2, 3)
    assert "given" not in found


@pytest.mark.parametrize(
    ("values", "key"),
    [(("Ông", "Bà"), ""), (("Đ/c", "Đồng chí"), ""), (("BCV", "Cộng tác viên"), "role"), (("Nhà giáo", "Ông"), "")],
)
def test_danh_xung_is_a_role_only_where_roles_stand_below_it(values: tuple[str, str], key: str) -> None:
    rows = [("Ma Bến Trà", 1970.0, values[0]), ("Ma Hoa Sim", 1971.0, values[1])]
    found = find_layout(Sheet("x", (("Họ và tên", "Năm sinh", "Danh xưng"), *rows)))
    assert ("role" in found.columns) == bool(key)
    assert found.unread == (() if key else ("Danh xưng (C)",))


def test_chuc_danh_over_forms_of_address_is_no_position() -> None:
    found = _columns(("Họ và tên", "Năm sinh", "Chức danh"), ("Ma Bến Trà", 1970.0, "Ông"), ("Ma Hoa", 1971.0, "Bà"))
    assert "position" not in found


def test_names_beside_headings_we_do_not_know_are_found(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["STT", "Họ tên", "Bí danh"], [1, "Ma Bến Trà", "Trà"], [2, "Ma Hoa Sim", None]]
    found = read(save(tmp_path / "few.xlsx", rows))
    assert [each.name for each in found.drafts] == ["Ma Bến Trà", "Ma Hoa Sim"]
    assert found.layout.unread == ("Bí danh (C)",)


def test_a_heading_of_names_over_units_is_no_list_of_people() -> None:
    with pytest.raises(InputError):
        find_layout(Sheet("x", (("STT", "Tên", "Số"), (1.0, "Phường Hoa Sim", 5.0), (2.0, "Xã Suối Biếc", 7.0))))


@pytest.mark.parametrize(
    ("heading", "value", "key"),
    [
        ("Mã số", "TN-P-00001", "code"),
        ("Mã định danh", "TN-P-00001", "code"),
        ("Mã số", "019080000001", "national_id"),
        ("Mã số", "NV07", ""),
    ],
)
def test_a_column_of_codes_is_what_stands_in_it(heading: str, value: str, key: str) -> None:
    found = _columns(("Họ và tên", "Năm sinh", heading), ("Ma Bến Trà", 1970.0, value))
    assert {each: at for each, at in found.items() if at == 2} == ({key: 2} if key else {})


def test_given_names_that_are_forms_of_address_stay_beside_a_column_of_family_names() -> None:
    rows = ((1.0, "Lò", "Văn", "Cô", 1970.0), (2.0, "Nông", "Thị", "Bà", 1971.0), (3.0, "Vàng", "A", "Chu", 1972.0))
    found = _columns(("TT", "Họ", "Tên đệm", "Tên", "Năm sinh"), *rows)
    assert (found["family_and_middle"], found["middle"], found["given"]) == (1, 2, 3)


def test_a_refused_cell_is_shown_by_its_beginning(tmp_path: Path) -> None:
    found = read(save(tmp_path / "long.xlsx", [["STT", "Họ và tên", "Ghi chú"], [1, "Ma Bến Trà", "y" * 30_000]]))
    (refused,) = found.refused
    assert refused.value == "y" * 120 + "…"
