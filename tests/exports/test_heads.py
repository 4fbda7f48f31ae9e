"""Names of bodies at the head of a paper and in its running text."""

from __future__ import annotations

import pytest

from exports.heads import spoken


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG PHAN ĐÌNH PHÙNG", "Chủ tịch Ủy ban nhân dân phường Phan Đình Phùng"),
        ("ĐẢNG ỦY PHƯỜNG PHAN ĐÌNH PHÙNG", "Đảng ủy phường Phan Đình Phùng"),
        ("BAN THƯỜNG VỤ TỈNH ỦY THÁI NGUYÊN", "Ban Thường vụ Tỉnh ủy Thái Nguyên"),
        ("TRUNG TÂM CHÍNH TRỊ THÀNH PHỐ MẪU", "Trung tâm Chính trị thành phố Mẫu"),
        ("XÃ PHÚC HÀ", "Xã Phúc Hà"),
        ("Ban Xây dựng Đảng", "Ban Xây dựng Đảng"),
        ("", ""),
    ],
)
def test_a_name_kept_in_capitals_is_not_shouted_in_running_text(kept: str, said: str) -> None:
    assert spoken(kept) == said
