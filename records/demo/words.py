"""Words that made-up people are named with; every Vietnamese letter with every tone occurs."""

from __future__ import annotations

FAMILIES = (
    *("Nguyễn",) * 9, *("Trần",) * 4, *("Lê",) * 3, *("Phạm",) * 2, "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
    "Hồ", "Ngô", "Dương", "Lý", "Nông", "Ma", "Lường", "Triệu", "Âu", "Hà", "Mã", "Kỷ",
)  # fmt: skip
MALE_MIDDLES = ("Mẫu", "Thử") * 4
FEMALE_MIDDLES = (*("Mẫu", "Thử") * 3, "Mẫu")
"""Nobody is called so: whoever reads such a name on a paper knows that it is made up."""
GIVENS = (
    "Ánh", "Bằng", "Bảo", "Bích", "Bình", "Cẩm", "Chiến", "Gấm", "Hậu", "Hiền", "Hòa", "Hợi", "Hữu", "Khởi", "Kỹ",
    "Lộc", "Lụa", "Lựu", "Mẽ", "Mỡ", "Nghĩa", "Ổn", "Phước", "Quỳnh", "Sẵn", "Thắng", "Thẻ", "Thỏa", "Thọ", "Thủy",
    "Tỉnh", "Tứ", "Vẹn", "Sen", "Hoè", "Bé", "Gióng", "Tú", "Thăng", "Thẳng", "Hiển", "Nhị", "Quốc", "Từ", "Thỵ",
    "Hoà", "Thúy", "Thuý", "Cảnh", "Châu", "Cường", "Diễm", "Diệp", "Dũng", "Dương", "Đạt", "Điệp", "Đồng", "Đỗ",
    "Giang",
)  # fmt: skip
ETHNICITIES = (*("Kinh",) * 14, *("Tày",) * 3, *("Nùng",) * 2, "Dao", "Sán Dìu", "Sán Chay", "Mông", "Hoa")
