from __future__ import annotations

import pytest

from records.domain.unit_names import unit_key


@pytest.mark.parametrize(
    "written",
    ["Phường Thử.", "Phường Thử,", "phường  Thử (cũ)", "P. Thử", "P.Thử", "P Thử", "PHƯỜNG THỬ", "Phường Thử (cũ).",
     " Phường Thử ;", "“Phường Thử”"],
)  # fmt: skip
def test_a_ward_is_one_however_it_is_written(written: str) -> None:
    assert unit_key(written) == unit_key("Phường Thử")


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("X. Suối Biếc", "Xã Suối Biếc"),
        ("TT. Hoa Sim", "Thị trấn Hoa Sim"),
        ("Q.3", "Quận 3"),
        ("TP. Mẫu", "Thành phố Mẫu"),
        ("TP Mẫu", "Thành phố Mẫu"),
        ("TX. Mẫu", "Thị xã Mẫu"),
        ("H. Mẫu", "Huyện Mẫu"),
        ("UBND P. Quang Trung", "UBND phường Quang Trung"),
        ("ĐU X. Suối Biếc", "Đảng ủy xã Suối Biếc"),
        ("CB 1, P. Thử", "Chi bộ 1 Phường Thử"),
    ],
)
def test_a_kind_written_short_is_the_kind(short: str, whole: str) -> None:
    assert unit_key(short) == unit_key(whole)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phường Thử", "Xã Thử"),
        ("Phường Thử", "Phường Thứ"),
        ("Chi bộ 1", "Chi bộ 11"),
        ("Phường Thử (A)", "Phường Thử"),
        ("Xóm Hạ", "Xã Hạ"),
        ("Tổ P", "Tổ phường"),
    ],
)
def test_other_units_stay_others(one: str, other: str) -> None:
    assert unit_key(one) != unit_key(other)
