"""Numbers of a workbook that are shown as days: which formats do so, how much of the day they show, and the day."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

Shows = Literal["", "day", "month", "year", "time"]
"""What a number format shows of a number: nothing of a day, the whole day, its month and year, its year, a time."""
_BUILT_IN: dict[int, Shows] = {
    **dict.fromkeys((14, 15, 16, 22, *range(27, 32), 36, *range(50, 59)), "day"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47), "time"),
    17: "month",
}
"""Formats that have a number and no code (ECMA-376 part 1, 18.8.30)."""
_LITERAL = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|[_*].|(?<=s)\.0+", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_NAUGHT = datetime(1, 1, 1)  # noqa: DTZ001  # a workbook knows no time zones
_LAST = 2_958_465  # 31/12/9999
_GHOST = 60  # 29/02/1900, a day that Excel counts and that never was


@lru_cache(maxsize=1024)
def shows(code: str, number: int = -1) -> Shows:
    """What the format of this code, or of this number where it has no code, shows of a number."""
    letters = set(_LITERAL.sub("", code.partition(";")[0]).lower())
    if _ELAPSED.search(code):
        return "time"
    if not code or code.lower() in ("general", "standard"):
        return _BUILT_IN.get(number, "")
    if letters & set("0#?@"):
        return ""
    if "y" in letters and not letters & set("dhs"):
        return "month" if "m" in letters else "year"
    if letters & set("dy") or (letters & {"m"} and not letters & set("hs")):
        return "day"
    return "time" if letters & set("hs") else ""


def moment(serial: float, shown: Shows, epoch: int = 1900) -> date | time | timedelta | None:
    """The day or time that a workbook means by a number; None where it means none.

    Args:
        serial: days since the start of the workbook's calendar.
        shown: from `shows`, not empty.
        epoch: the year in which that calendar starts, 1900 or 1904.
    """
    if not 0 <= serial <= _LAST:
        return None
    if shown == "time":
        span = timedelta(seconds=round(serial * 86_400))
        return (_NAUGHT + span).time() if span < timedelta(days=1) else span
    if int(serial) == _GHOST and epoch == 1900:
        return None
    start = datetime(1904, 1, 1) if epoch == 1904 else datetime(1899, 12, 30 if serial > _GHOST else 31)  # noqa: DTZ001
    try:
        found = start + timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return None
    return found.date() if found.time() == time() else found
