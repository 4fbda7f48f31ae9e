"""What a design is tried with: short words, long ones, the longest name, a collective."""

from __future__ import annotations

from collections.abc import Sequence

from config.settings.certificates import Template
from config.text import Text, t
from exports.certificates.batch import Certificate
from records.services.certificates.short_codes import SPECIMEN

_FULL = (
    "Đã có thành tích xuất sắc trong công tác tuyên truyền miệng và hoạt động báo cáo viên năm 2026, góp phần hoàn "
    "thành thắng lợi nhiệm vụ chính trị của địa phương"
)
_UNIT = "Chi bộ Trường Trung học phổ thông chuyên Mẫu, Đảng bộ phường Phan Mẫu, tỉnh Thái Mẫu Số Ba"
_AGAIN = f"{_FULL[0].lower()}{_FULL[1:]}"
_LONGEST = (
    f"{_FULL}; {_AGAIN}; {_AGAIN}, xây dựng đội ngũ tuyên truyền viên vững mạnh, được nhân dân tin yêu và cấp trên ghi "
    "nhận trong nhiều năm liền ở cơ sở"
)
_MODES = {"party": "T/M", "state": "TM."}

SAMPLES: tuple[tuple[str, Text], ...] = (
    ("short", t("short words")),
    ("long", t("long words, two signers")),
    ("name", t("a name of 86 letters, a citation of 600")),
    ("collective", t("a collective of 115 letters, a citation of 600")),
)
"""Key -> how it is called."""

_WORDS: dict[str, dict[str, str]] = {
    "short": {"name": "Lê An", "unit": "Phường Mẫu", "citation": "Đã có thành tích xuất sắc năm 2026"},
    "long": {
        "name": "Nguyễn Phúc Hoàng Thị Phương Mẫu",
        "unit": "Chi bộ Trường Trung học cơ sở Mẫu, Đảng bộ phường Mẫu, tỉnh Mẫu",
        "citation": f"{_FULL} {_AGAIN}",
    },
    "name": {
        "name": "Công Tằng Tôn Nữ Họ Tên Mẫu Dài Nhất Có Tám Mươi Sáu Chữ Cái Dùng Để Thử Khuôn Mẫu Này",
        "unit": _UNIT,
        "citation": _LONGEST,
    },
    "collective": {
        "name": "Chi bộ Trường Trung học phổ thông chuyên Vùng cao Xuân thuộc Đảng ủy các cơ quan Đảng tỉnh và Khối "
        "doanh nghiệp Mẫu",
        "unit": "",
        "citation": _LONGEST,
    },
}


def sample(template: Template, key: str, modes: Sequence[str] | None = None) -> Certificate:
    """A certificate of nobody, as long as `key` says; every field that the design asks for is filled."""
    mode = _MODES.get(template.form, "")
    signer = {"mode": mode, "body": "BAN THƯỜNG VỤ" if template.form == "party" else "ỦY BAN NHÂN DÂN",
              "title": "PHÓ BÍ THƯ" if template.form == "party" else "CHỦ TỊCH", "name": "Người Ký Mẫu"}  # fmt: skip
    fields = {
        "issuer_above": "ĐẢNG BỘ TỈNH MẪU",
        "issuer": "ĐẢNG ỦY PHƯỜNG MẪU" if template.form != "state" else "ỦY BAN NHÂN DÂN PHƯỜNG MẪU",
        "place_date": "Phường Mẫu, ngày 05 tháng 11 năm 2026",
        "address_form": "đồng chí" if template.form == "party" else "Bà",
        "award_title": template.titles[0] if template.titles else "Giấy khen",
        "decision_number": "127-QĐ/ĐU",
        "decision_date": "ngày 05 tháng 11 năm 2026",
        "register_number": "42/2026",
        "born": "Sinh ngày 05/02/1980",
        "class_name": "Lớp bồi dưỡng nghiệp vụ báo cáo viên năm 2026",
        "class_dates": "Từ 14/10/2026 đến 16/10/2026",
        "result": "Hoàn thành",
        "number": "42/GCN",
        "role": "Báo cáo viên",
        "level": "cấp xã",
        "card_number": "42/BCV-TN",
        "record_code": "TN-A-00042",
        "valid_from": "01/01/2026",
        "valid_until": "31/12/2030",
        "recognised_in": "15-QĐ/ĐU ngày 02/01/2026",
        "recognised_by": "Đảng ủy phường Mẫu",
        "short_code": SPECIMEN,
        "code": "SV1|TN|127-QĐ/ĐU|42/2026|" + "0123456789abcdef" * 6,
        **{f"signer_{part}": words for part, words in signer.items()},
        **_WORDS[key],
    }
    if key == "collective":
        fields["address_form"] = ""
    if key == "long":
        fields |= {f"signer2_{part}": words for part, words in signer.items()}
    return Certificate(f"mau-{key}", fields, modes, collective=key == "collective")
