"""What the code on a certificate carries: the words that were signed, packed, and the signature over them.

The text of a code is `SV2|` and a number in decimal digits: QR has a mode for digits that wastes one bit in three
hundred, every scanner hands them over unchanged, and no shell reads anything into them. The number, as bytes, highest
first:

    1   kind of record (1 award, 2 certificate of a class, 3 card), + 16 where the citation stands in full
    4   beginning of the SHA-256 of the public key
    2   day, counted from 1 January 2000; 65535 where there is none
    4   beginning of the SHA-256 of what else the record says
    8   beginning of the SHA-256 of the citation, where it does not stand in full
    n   name, number, register, issuer and the citation in full, U+001F between them: UTF-8, deflated with `WORDS`
    64  Ed25519 over `SV2|` and all bytes before
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

MARK = "SV2"
"""What a code begins with."""
KINDS = ("award", "course", "appointment")
SIGNATURE = 64
_MARK, _REST, _CITATION = 4, 4, 8
_FULL = 16
_SHORT = 32  # letters of a citation that stands in full
_EPOCH = date(2000, 1, 1)
_NO_DAY = 0xFFFF
_MOST = 4096  # bytes of words; no code holds more, and no damaged one may grow
_LONGEST = 2000  # digits
_SEPARATOR = "\x1f"

WORDS = (
    "Hội đồng nhân dân Mặt trận Tổ quốc Liên đoàn Lao động Hội Phụ nữ Hội Nông dân Hội Cựu chiến binh Đoàn Thanh "
    "niên Trung tâm chính trị Ban Dân vận Văn phòng Ủy ban Kiểm tra Ban Tổ chức Trung ương Sở Nội vụ Huyện ủy Thành "
    "ủy Tỉnh ủy Đảng bộ tỉnh thành phố Ban Tuyên giáo và Dân vận Ban Xây dựng Đảng Đảng ủy phường Ủy ban nhân dân xã "
    "BAN TUYÊN GIÁO VÀ DÂN VẬN BAN XÂY DỰNG ĐẢNG ỦY BAN NHÂN DÂN ĐẢNG BỘ TỈNH ĐẢNG ỦY PHƯỜNG XÃ Báo cáo viên cấp xã "
    "cấp tỉnh tập huấn bồi dưỡng nghiệp vụ Đã có thành tích xuất sắc trong công tác tuyên truyền năm Thái Nguyên Tây "
    "Ninh Hà Nội Hải Phòng Đà Nẵng Huế Cần Thơ Hồ Chí Minh Đồng Nai Bắc Ninh Quảng Ninh Nghệ An Lâm Đồng  Ái Bảo "
    "Bích Bình Cảnh Châu Chi Chiến Công Cúc Cường Danh Diệp Diệu Dung Dũng Duy Duyên Dương Đào Đạt Đăng Điệp Đoan "
    "Đông Gia Giang Giao Hà Hạ Hải Hạnh Hào Hảo Hân Hậu Hiên Hiền Hiển Hiệp Hiếu Hoa Hòa Hoài Hoan Huân Huệ Hùng Huy "
    "Huyền Hương Hường Hữu Kha Khang Khánh Khoa Khôi Kiên Kiệt Kim Kỳ Lam Lan Lâm Lệ Liên Liễu Linh Loan Long Lộc "
    "Lợi Luân Lương Mai Mẫn Mạnh Minh Mỹ Nam Nga Ngân Nghĩa Ngọc Nguyên Nguyệt Nhã Nhân Nhật Nhi Nhung Như Oanh "
    "Phong Phú Phúc Phương Phượng Quân Quang Quế Quốc Quý Quyên Quyền Quyết Quỳnh Sơn Tài Tâm Tân Thạch Thái Thanh "
    "Thành Thảo Thắng Thiện Thịnh Thoa Thu Thuận Thủy Thúy Thùy Thư Thương Tiên Tiến Toàn Trang Trâm Trí Trinh Trọng "
    "Trung Trúc Trường Tú Tuấn Tuệ Tùng Tuyên Tuyết Tường Uyên Vân Việt Vinh Vũ Vương Vy Xuân Yên Yến Hồng Đức Đình "
    "Anh Văn Thị Mạc Lưu Cao Tạ Thân Trịnh Phùng Tô Quách Nông Lò Hà Tống Triệu La Mai Đoàn Lương Đinh Lâm Trương "
    "Đào Lý Dương Ngô Đỗ Bùi Hồ Võ Đặng Vũ Phan Hoàng Huỳnh Phạm Lê Trần Nguyễn Văn Nguyễn Thị "
    "-KH/TU-QĐ/UBND-QĐ/HU-QĐ/TU-QĐ/ĐU-QĐ/BTG\x1f1/2027\x1f1/2026\x1fBan Xây dựng Đảng Đảng ủy phường "
).encode()
"""What texts are packed against. It is part of the form of the code: changed, no code printed before could be read."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The words that were signed.

    Attributes:
        kind: one of `KINDS`.
        key: first bytes of the SHA-256 of the public key.
        day: of the decision; first of a class; last of an appointment; None where there is none.
        name: of the person or the collective.
        number: of the decision, or of the certificate of a class.
        register: the number in the register of awards; the id of an attendance or an appointment.
        issuer: the body that issued it.
        citation: in full, or empty where only `digest` is known.
        digest: first bytes of the SHA-256 of the citation.
        rest: first bytes of the SHA-256 of what else the record says.
    """

    kind: str
    key: bytes
    day: date | None
    name: str
    number: str
    register: str
    issuer: str
    citation: str
    digest: bytes
    rest: bytes

    def bears(self, citation: str) -> bool:
        """Whether this is the citation that was signed, letter for letter."""
        return digest_of(citation) == self.digest


def told(  # noqa: PLR0913  # what a certificate says
    kind: str,
    key: bytes,
    day: date | None,
    *,
    name: str,
    number: str,
    register: str,
    issuer: str,
    citation: str,
    rest: Sequence[str],
) -> Signed:
    """What is to be signed. `key` is the whole SHA-256 of the public key."""
    name, number, register, issuer = (" ".join(each.split()) for each in (name, number, register, issuer))
    citation = " ".join(citation.split())
    full = citation if len(citation) <= _SHORT else ""
    return Signed(kind, key[:_MARK], day, name, number, register, issuer, full, digest_of(citation), rest_of(rest))


def rest_of(rest: Sequence[str]) -> bytes:
    """What stands in a code for what else the record says."""
    return hashlib.sha256("\n".join(" ".join(each.split()) for each in rest).encode()).digest()[:_REST]


def digest_of(citation: str) -> bytes:
    """What stands in a code for a citation too long for it."""
    return hashlib.sha256(" ".join(citation.split()).encode()).digest()[:_CITATION]


def payload_of(signed: Signed) -> bytes:
    """The bytes that are signed, without `SV2|`."""
    full = signed.digest == digest_of(signed.citation)
    first = KINDS.index(signed.kind) + 1 + (_FULL if full else 0)
    days = _NO_DAY if signed.day is None else min(max((signed.day - _EPOCH).days, 0), _NO_DAY - 1)
    words = [signed.name, signed.number, signed.register, signed.issuer, *([signed.citation] if full else [])]
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=WORDS)
    packed = packer.compress(_SEPARATOR.join(words).encode()) + packer.flush()
    head = bytes([first]) + signed.key + days.to_bytes(2) + signed.rest
    return head + (b"" if full else signed.digest) + packed


def message_of(payload: bytes) -> bytes:
    """What the key signs."""
    return f"{MARK}|".encode() + payload


def text_of(payload: bytes, signature: bytes) -> str:
    """The code as it is printed and typed."""
    return f"{MARK}|{int.from_bytes(payload + signature)}"


def parse(code: str) -> tuple[Signed, bytes, bytes] | None:
    """What a code carries, the bytes signed, and the signature; None for what is no whole code of this form.

    Digits that were broken over lines are put together; what stands behind them, such as the short code that a reader
    of PDF puts on the same line, is no part of the code.
    """
    first, *rest = code.split() or [""]
    mark, _, digits = "".join([first, *takewhile(_is_digits, rest)]).partition("|")
    if mark != MARK or not _is_digits(digits) or len(digits) > _LONGEST or digits[0] == "0":
        return None
    number = int(digits)
    raw = number.to_bytes((number.bit_length() + 7) // 8)
    payload, signature = raw[:-SIGNATURE], raw[-SIGNATURE:]
    signed = _unpacked(payload)
    return (signed, payload, signature) if signed is not None else None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _unpacked(payload: bytes) -> Signed | None:
    full = bool(payload and payload[0] & _FULL)
    kind = (payload[0] & ~_FULL) if payload else 0
    start = 1 + _MARK + 2 + _REST + (0 if full else _CITATION)
    if not 1 <= kind <= len(KINDS) or len(payload) <= start:
        return None
    unpacker = zlib.decompressobj(-15, zdict=WORDS)
    try:
        words = unpacker.decompress(payload[start:], _MOST).decode().split(_SEPARATOR)
    except (zlib.error, UnicodeDecodeError):
        return None
    if len(words) != 4 + full or not unpacker.eof or unpacker.unused_data:
        return None
    name, number, register, issuer, *rest = words
    citation = rest[0] if rest else ""
    days = int.from_bytes(payload[1 + _MARK : 3 + _MARK])
    return Signed(
        kind=KINDS[kind - 1],
        key=payload[1 : 1 + _MARK],
        day=None if days == _NO_DAY else _EPOCH + timedelta(days=days),
        name=name,
        number=number,
        register=register,
        issuer=issuer,
        citation=citation,
        digest=digest_of(citation) if full else payload[start - _CITATION : start],
        rest=payload[3 + _MARK : 3 + _MARK + _REST],
    )
