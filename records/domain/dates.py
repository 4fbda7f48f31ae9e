"""Dates as papers give them: a year, a month or a day is known, and no more is ever claimed.

Text forms: `1968`, `1968-05`, `1968-05-03` in the book and in JSON; `1968`, `05/1968`, `03/05/1968` for people.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache, total_ordering
from typing import Self

from config.errors import needs
from config.settings.styles import Zeros
from config.text import Text, t

_STORED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TYPED = re.compile(r"(?:(?:(\d{1,2})\s*[/.\-]\s*)?(\d{1,2})\s*[/.\-]\s*)?(\d{4}|\d{2})")
_TYPED_WHOLE = re.compile(r"(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_set = object.__setattr__


@total_ordering
class PartialDate:
    """A date known to the year, the month or the day. Frozen.

    Not a dataclass, so that the book stores it as its text and not as three numbers.

    Attributes:
        year: 1900 to 2199.
        month: 1 to 12, or 0 when unknown.
        day: 1 to 31, or 0 when unknown.
    """

    __slots__ = ("day", "month", "year")
    year: int
    month: int
    day: int

    def __init__(self, year: int, month: int = 0, day: int = 0) -> None:
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise ValueError(f"year {year} is outside {_FIRST_YEAR}-{_LAST_YEAR}")
        if day and not month:
            raise ValueError("a day without a month")
        date(year, month or 1, day or 1)
        _set(self, "year", year)
        _set(self, "month", month)
        _set(self, "day", day)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name} cannot be changed")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    def __repr__(self) -> str:
        return f"PartialDate({self})"

    @property
    def _parts(self) -> tuple[int, int, int]:
        return self.year, self.month, self.day

    @classmethod
    @lru_cache(maxsize=65536)
    def stored(cls, text: str) -> Self:
        """Read the stored form. Raises ValueError for any other."""
        if len(text) == 10 and text.isascii() and text[4] == text[7] == "-":  # a whole day, as nearly all are
            return cls.of(date.fromisoformat(text))
        match = _STORED.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
        return cls(*(int(part) for part in match.groups() if part))

    @classmethod
    def of(cls, day: date) -> Self:
        """A day that is wholly known. Raises ValueError when its year is none of ours."""
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise ValueError(f"year {day.year} is outside {_FIRST_YEAR}-{_LAST_YEAR}")
        made = object.__new__(cls)
        _set(made, "year", day.year)
        _set(made, "month", day.month)
        _set(made, "day", day.day)
        return made

    def __str__(self) -> str:
        """The stored form."""
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)])

    def shown(self) -> str:
        """The form of Vietnamese papers: `03/05/1968`, `05/1968`, `1968`."""
        return "/".join([*(f"{part:02d}" for part in (self.day, self.month) if part), f"{self.year:04d}"])

    def __lt__(self, other: PartialDate) -> bool:
        return self._parts < other._parts

    def first_day(self) -> date:
        """The earliest day this can be."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The latest day this can be."""
        if self.day:
            return self.first_day()
        if self.month in (0, 12):
            return date(self.year, 12, 31)
        return date(self.year, self.month + 1, 1) - timedelta(days=1)

    def years_until(self, day: date) -> tuple[int, int]:
        """Whole years elapsed on `day`, as the least and the most that what is known allows."""
        return _whole_years(self.last_day(), day), _whole_years(self.first_day(), day)


def _whole_years(start: date, end: date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def parse_partial(typed: str, *, field: Text | str, today: date) -> PartialDate:
    """Read what a person typed: `5/2/1980`, `05021980`, `5-2-80`, `02/1980`, `1980`, `1980-02-05`.

    A year of two digits is the latest such year not after `today`.

    Raises:
        InputError: naming `field`, when the text is no date or a day that never was.
    """
    text = typed.strip()
    day, month, year = _parts(text, field, typed)
    if len(year) == 2:
        century = today.year - today.year % 100
        number = century + int(year)
        number -= 100 if number > today.year else 0
    else:
        number = int(year)
    try:
        return PartialDate(number, int(month or 0), int(day or 0))
    except ValueError:
        raise needs(field, typed, t("enter a day that exists, such as 05/02/1980")) from None


def _parts(text: str, field: Text | str, typed: str) -> tuple[str | None, str | None, str]:
    if (iso := _ISO.fullmatch(text)) is not None and not {iso[2], iso[3]} & {"0", "00"}:
        return iso[3], iso[2], iso[1]
    if (run := _TYPED_WHOLE.fullmatch(text)) is not None and "00" not in (run[1], run[2]):
        return run[1], run[2], run[3]
    match = _TYPED.fullmatch(text)
    if match is None or (match[2] is None and len(match[3]) == 2):
        raise needs(field, typed, t("enter a date such as 05/02/1980, 02/1980 or 1980"))
    if "0" in {(match[1] or "1").lstrip("0") or "0", (match[2] or "1").lstrip("0") or "0"}:
        raise needs(field, typed, t("enter a day that exists, such as 05/02/1980"))
    return match[1], match[2], match[3]


def parse_day(typed: str, *, field: Text | str, today: date) -> date:
    """Like `parse_partial`, for a field that needs the whole day, whose year is written out: it may lie ahead.

    Raises:
        InputError: naming `field`.
    """
    if _SHORT_YEAR.fullmatch(typed.strip()):
        raise needs(field, typed, t("write all four digits of the year, such as 05/02/2025"))
    found = parse_partial(typed, field=field, today=today)
    if not found.day:
        raise needs(field, typed, t("enter the whole date, such as 05/02/1980"))
    return found.first_day()


def shown_time(time: str) -> str:
    """A time of the journal (`2025-06-15T08:30:00+00:00`) as people write it: `15/06/2025 08:30`."""
    return f"{time[8:10]}/{time[5:7]}/{time[:4]} {time[11:16]}"


def in_words(day: date, zeros: Zeros) -> str:
    """The date of an official paper: `ngày 05 tháng 02 năm 2026`, with the zeros of its style."""
    days = f"{day.day:02d}" if day.day < zeros.days_below else str(day.day)
    month = f"{day.month:02d}" if day.month < zeros.months_below else str(day.month)
    return f"ngày {days} tháng {month} năm {day.year}"


def add_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later (or earlier), or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shown(value: date | PartialDate | None, unknown: Text | str = "") -> str:
    """Any date as people write it; `unknown` for none (translate it first)."""
    if value is None:
        return str(unknown)
    return value.shown() if isinstance(value, PartialDate) else value.strftime("%d/%m/%Y")
