"""The two lines of a head: the body above, and the body that issues, without naming the first one twice."""

from __future__ import annotations

from records.domain.people.names import matching_key

_BODIES = (
    *("Chủ tịch", "Phó Chủ tịch", "Ủy ban nhân dân", "Ủy ban", "Hội đồng nhân dân", "Hội đồng", "Mặt trận Tổ quốc"),
    *("Ban Thường vụ", "Ban Chấp hành", "Ban", "Đảng ủy", "Đảng bộ", "Chi bộ", "Tỉnh ủy", "Thành ủy", "Huyện ủy"),
    *("Trung tâm Chính trị", "Trung tâm", "Văn phòng", "Phòng", "Sở", "Trường", "Giám đốc", "Bí thư", "Việt Nam"),
    *("phường", "xã", "thị trấn", "tỉnh", "thành phố", "huyện", "quận", "đặc khu", "và", "của", "các"),
)
_SPOKEN = {tuple(each.casefold().split()): each for each in _BODIES}
_LONGEST = max(map(len, _SPOKEN))


def short_issuer(issuer: str, above: str) -> str:
    """The issuer as it stands under the body above, whose name at its end is left out; in running text it stays.

    `Ban Xây dựng Đảng Đảng ủy phường X` under `ĐẢNG ỦY PHƯỜNG X` is `Ban Xây dựng Đảng`.
    """
    words, over = issuer.split(), above.split()
    rest = words[: len(words) - len(over)]
    tail = " ".join(words[len(rest) :])
    if over and rest and matching_key(tail) == matching_key(" ".join(over)):
        return " ".join(rest)
    return issuer


def spoken(name: str) -> str:
    """A name that is kept in capitals, as it stands in running text; any other name as it is.

    `CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG X` is `Chủ tịch Ủy ban nhân dân phường X`. Words that name no kind of body are
    taken for proper names.
    """
    if name != name.upper():
        return name
    words, told = name.split(), []
    while words:
        taken = next((n for n in range(_LONGEST, 0, -1) if _key(words[:n]) in _SPOKEN and len(words) >= n), 0)
        told.append(_SPOKEN[_key(words[:taken])] if taken else words[0].capitalize())
        words = words[taken or 1 :]
    text = " ".join(told)
    return text[:1].upper() + text[1:]


def _key(words: list[str]) -> tuple[str, ...]:
    return tuple(each.casefold() for each in words)
