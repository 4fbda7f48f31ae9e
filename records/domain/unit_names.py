"""Names of units as lists write them: kinds shortened, points and commas, `(cũ)` behind."""

from __future__ import annotations

import re
from functools import lru_cache

from records.domain.people.names import clean, matching_key

_KINDS = {
    "p": "phường", "x": "xã", "tt": "thị trấn", "q": "quận", "h": "huyện", "tx": "thị xã", "tp": "thành phố",
    "đ.b": "đảng bộ", "đb": "đảng bộ", "đ.u": "đảng ủy", "đu": "đảng ủy", "cb": "chi bộ", "tdp": "tổ dân phố",
}  # fmt: skip
_SHORT = "|".join(re.escape(each) for each in sorted(_KINDS, key=len, reverse=True))
_FIRST = re.compile(rf"^({_SHORT})(?:\.\s*|\s+)(?=\w)")
_LATER = re.compile(rf"(?<!\w)({_SHORT})\.\s*(?=\w)")
"""Behind other words only with its point: `UBND P. Quang Trung`; a bare `h` or `p` there may be a name."""
_NOTES = re.compile(r"\((?:cũ|trước đây|mới|nay)\)|\[(?:cũ|mới)\]")
_MARKS = re.compile(r"[.,;:\"“”]+")


@lru_cache(maxsize=65536)
def unit_key(name: str) -> str:
    """Key under which a unit is one however a list writes it: `P. Quang Trung`, `ĐU xã A`, `Phường Thử (cũ).`.

    Accents count, their placement and capitals do not (see `matching_key`).
    """
    said = _NOTES.sub(" ", clean(name).lower())
    said = _FIRST.sub(_kind, said.strip(" .,;:"), count=1)
    said = _LATER.sub(_kind, said)
    return matching_key(_MARKS.sub(" ", said))


def _kind(found: re.Match[str]) -> str:
    return f"{_KINDS[found[1]]} "
