"""Words that made-up people and organisations are named with: plants, birds, rivers; every Vietnamese letter occurs."""

from __future__ import annotations

FAMILIES = (
    *("Nguyễn",) * 9, *("Trần",) * 4, *("Lê",) * 3, *("Phạm",) * 2, "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
    "Hồ", "Ngô", "Dương", "Lý", "Nông", "Ma", "Lường", "Triệu", "Âu", "Hà", "Mã", "Kỷ",
)  # fmt: skip
MALE_MIDDLES = ("Văn", "Hữu", "Đức", "Công", "Quang", "Bá", "Thế", "Vĩnh")
FEMALE_MIDDLES = ("Thị", "Thỵ", "Ngọc", "Diệu", "Mỹ", "Thu", "Kỳ")
GIVENS = (
    "Bằng Lăng", "Cỏ May", "Chích Chòe", "Đỗ Quyên", "Hoa Sim", "Mây Trắng", "Sông Gấm", "Rừng Thông", "Gió Sớm",
    "Trầm Hương", "Sáo Trúc", "Bến Trà", "Nguyệt Quế", "Sao Hôm", "Nắng Hạ", "Mộc Lan", "Cúc Vàng", "Suối Biếc",
    "Thảo Nguyên", "Biển Khơi", "Chim Sẻ", "Hồng Hạc", "Sẵn Sàng", "Thẳng Tắp", "Đậu Biếc", "Hổ Phách", "Kẽm Xanh",
    "Mẹo Hay", "Rìu Đá", "Chỉ Thêu", "Lụa Mịn", "Cò Trắng", "Cờ Lau", "Sở Dầu", "Mỡ Màng", "Sữa Ong", "Lửa Hồng",
    "Nứa Tép", "Dựng Nêu", "Củ Mài", "Phượng Vĩ", "Tặng Phẩm", "Sẩm Chợ", "Bé Bỏng", "Nghề Dệt", "Bống Bang",
    "Lợi Lạc", "Vẻ Vang", "Rằm Thu", "Ấm Áp", "Thơ Ngây", "Đèn Lồng", "Quê Mùa", "Ổi Găng", "Hoà Bình", "Hòa Nhã",
    "Thuý Trúc", "Thúy Liễu", "Ngõ Nhỏ", "Mãng Cầu",
)  # fmt: skip
ORGANISATIONS = (
    "Bằng Lăng", "Cỏ May", "Hoa Sim", "Đồi Chè", "Suối Biếc", "Gió Sớm", "Trăng Rằm", "Mộc Lan", "Sông Gấm",
    "Rừng Thông", "Nắng Hạ", "Sao Hôm", "Lá Cọ", "Đậu Biếc", "Bến Trà", "Hương Lúa", "Nguyệt Quế",
)  # fmt: skip
ETHNICITIES = (*("Kinh",) * 14, *("Tày",) * 3, *("Nùng",) * 2, "Dao", "Sán Dìu", "Sán Chay", "Mông", "Hoa")
