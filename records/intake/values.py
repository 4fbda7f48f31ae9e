"""Cells of a list of people turned into values: what was read, or why it cannot be, or what was mended."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

from config.errors import InputError
from config.text import Text, t
from records.domain.dates import PartialDate, parse_partial
from records.intake.files.cells import HIDDEN, Cell, shown_cell, visible

V = TypeVar("V")
_EPOCHS = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}
_CLOCK = re.compile(
    r"[ T]+(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::\d{2}(?:[.,]\d+)?)?\s*(?P<half>AM|PM|SA|CH)?"
    r"\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_LATE = 16 * 60 + 30
"""Minutes of a day from which on a midnight of Viet Nam was likely written in the time of Greenwich."""
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−﹣", "-") | dict.fromkeys("⁄∕", "/"))
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_ID_MARKS = re.compile(r"[\s.\-']")
_PHONE_MARKS = re.compile(r"[\s.\-()']")
_PHONE_WORDS = re.compile(r"^(?:[sđ]?đt|tel|điện thoại|di động)[\s:.]+|\([^()\d]*\)", re.IGNORECASE)
_SEVERAL = re.compile(r"[,;/\n]|(?<=\d{3})\s+-?\s*(?=0\d{8,}|\+84)")
_LAST_PROVINCE = 96
"""Of the codes of places of birth registration in identity numbers, which outlive the mergers of provinces."""
_NO_NUMBER = "0" * 12
_LONGEST_TEXT = 1_000
_BEFORE_DAY = re.compile(r"^(?:sinh(?: ngày)?|ngày(?: sinh)?|ng\.?)[\s:]*(?=\d)", re.IGNORECASE)
_IN_WORDS = re.compile(
    r"(?:sinh\s+)?(?:(?P<day>\d{1,2})[\s,/.-]*)?"
    r"(?:(?:tháng|thg\.?|t\.?)\s*(?P<month>\d{1,2})[\s,/.-]*)?(?:năm\s*)?(?P<year>\d{4})",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"(?:(\d{1,2})[\s,./-]*)?([A-Za-z]{3})[a-z]*[\s,./-]*(\d{4})")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_BLANK_PARTS = re.compile(r"(?:[._…?x]{2,}|[-–]{2,}|(?<!\d)0{1,2})\s*[/.-]\s*")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_POINT_ZERO = re.compile(r"(\d+)\.0+")
_SHORT_YEAR = re.compile(r"(?:\d{1,2}\s*[/.\-]\s*){1,2}\d{2}")


class Read(msgspec.Struct, Generic[V], frozen=True, gc=False):
    """One cell read: `value`, unless `problem` says why not; `remark` tells what was read differently."""

    value: V
    problem: Text | None = None
    remark: Text | None = None


@lru_cache(maxsize=65_536)
def read_text(text: str) -> Read[str]:
    """Any other text, in NFC, with single blanks and without signs that nobody can see."""
    bare = visible(text)
    if len(bare) > _LONGEST_TEXT:
        return Read(bare, t("the text is longer than {n} letters", n=_LONGEST_TEXT))
    if any(unicodedata.category(each) in ("Cc", "Cs", "Cn", "Co") for each in bare):
        return Read(bare, t("the text holds a sign that cannot be printed; type it anew"))
    hidden = not text.isascii() and len(text) != len(text.translate(HIDDEN))
    return Read(
        bare, remark=t("signs that nobody can see were left out; read as “{text}”", text=bare) if hidden else None
    )


@lru_cache(maxsize=65_536)
def without_end_marks(text: str) -> str:
    """`text` without the points and commas that end it: with and without them it is the same unit or post."""
    return text.rstrip(" .,;:")


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _even(text: str) -> str:
    """Digits and dashes of every kind as the usual ones, without signs that nobody can see and points at the end."""
    usual = unicodedata.normalize("NFKC", visible(text).translate(_DASHES)) if not text.isascii() else visible(text)
    return visible(usual).rstrip(" .,;:")


def read_date(cell: Cell, *, today: date, epoch: int = 1900) -> Read[PartialDate | None]:
    """A date known to the year, the month or the day, from any kind of cell; never after `today`.

    Args:
        cell: what stands there.
        today: the last day that can be meant.
        epoch: the year in which the workbook starts to count days, 1900 or 1904.
    """
    if isinstance(cell, bool | time | timedelta):
        return Read(None, t("this is no date; enter one such as 05/02/1980, 02/1980 or 1980"))
    if isinstance(cell, date):
        found = _from_day(cell, today, epoch)
    elif isinstance(cell, int | float):
        found = _from_number(cell, today, epoch)
    else:
        found = _from_text(cell, today)
    if found.value is not None and found.value.first_day() > today:
        return Read(None, t("this day is in the future"))
    return found


def _from_day(cell: date, today: date, epoch: int) -> Read[PartialDate | None]:
    day = cell.date() if isinstance(cell, datetime) else cell
    serial = (day - _EPOCHS[epoch]).days
    if 1920 <= serial <= today.year:
        return Read(PartialDate(serial), remark=t("a year in a cell formatted as a date; read as {year}", year=serial))
    clock = cell.hour * 60 + cell.minute if isinstance(cell, datetime) else 0
    try:
        return Read(PartialDate.of(day), remark=_about_clock(day, clock))
    except ValueError:
        return Read(None, t("the year {year} cannot be right", year=day.year))


def _about_clock(day: date, minutes: int) -> Text | None:
    """What a time behind a day says: near the end of the day, that it may be the midnight of the next."""
    if not minutes:
        return None
    clock = f"{minutes // 60:02d}:{minutes % 60:02d}"
    if minutes >= _LATE and day < date.max:
        following = PartialDate.of(day + timedelta(days=1)).shown()
        return t("{clock} behind the day looks like a shift of the time zone: perhaps {day} is meant", clock=clock,
                 day=following)  # fmt: skip
    return t("the time {clock} behind the day was left out", clock=clock)


def _from_number(cell: float, today: date, epoch: int) -> Read[PartialDate | None]:
    if cell != cell or cell in (float("inf"), float("-inf")) or cell != int(cell):  # noqa: PLR0124  # not a number
        return Read(None, t("this is no date; enter one such as 05/02/1980, 02/1980 or 1980"))
    number = int(cell)
    if 1900 <= number <= 2199:
        return Read(PartialDate(number))
    if 10_000 <= number <= (today - _EPOCHS[epoch]).days:
        day = PartialDate.of(_EPOCHS[epoch] + timedelta(days=number))
        return Read(day, remark=t("a day as Excel counts it; read as {day}", day=day.shown()))
    if len(str(number)) in (7, 8):
        found = _from_text(f"{number:08d}", today)
        if found.value is not None:
            return Read(found.value, remark=t("a number; read as {day}", day=found.value.shown()))
    return Read(None, t("this number is no date; enter one such as 05/02/1980, 02/1980 or 1980"))


def _from_text(cell: str, today: date) -> Read[PartialDate | None]:
    text, clock = _without_clock(_even(cell).lstrip("'"))
    text = _BLANK_PARTS.sub("", _BEFORE_DAY.sub("", text, count=1))
    text = _YEAR_FIRST.sub(r"\1-\2-\3", text)
    if (pointed := _POINT_ZERO.fullmatch(text)) is not None:
        text = pointed[1]
    text = _from_words(text)
    if _SHORT_YEAR.fullmatch(text):
        return Read(None, t("the year has two digits only; write all four, such as 1968"))
    try:
        found = parse_partial(text, field="", today=today)
    except InputError as error:
        return Read(None, t("this is no date that can be used: {need}", need=error.do))
    return Read(found, remark=_about_clock(found.first_day(), clock) if found.day else None)


def _without_clock(text: str) -> tuple[str, int]:
    """A text without the time of day that ends it, and the minutes of that time."""
    told = next((each for each in _CLOCK.finditer(text) if each.end() == len(text)), None)
    if told is None or not told.start():
        return text, 0
    hour, half = int(told["hour"]), (told["half"] or "").upper()
    if half:
        hour = hour % 12 + (12 if half in ("PM", "CH") else 0)
    return text[: told.start()], hour * 60 + int(told["minute"])


def _from_words(text: str) -> str:
    """`05 tháng 3 năm 1970` and `5 March 1970` as `5/3/1970`; any other text as it is."""
    told = _IN_WORDS.fullmatch(text)
    if told is not None and (told["month"] or not told["day"]):
        return "/".join(part for part in (told["day"], told["month"], told["year"]) if part)
    english = _ENGLISH.fullmatch(text)
    month = _MONTHS.get(english[2].lower()) if english is not None else None
    if english is not None and month is not None:
        return "/".join(part for part in (english[1], str(month), english[3]) if part)
    return text


def read_national_id(cell: Cell, *, born: PartialDate | None) -> Read[str]:
    """Twelve digits, or nine of the old card; leading zeros that Excel took are put back and said so."""
    if type(cell) is str and len(cell) == 12 and _is_digits(cell) and cell != _NO_NUMBER:
        return Read(cell)
    text = _even(shown_cell(cell))
    if (pointed := _POINT_ZERO.fullmatch(text)) is not None:  # a number that a program wrote with its decimals
        return read_national_id(int(pointed[1]), born=born)
    digits = _ID_MARKS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        return Read("", t("an identity number has digits only"))
    length = len(digits)
    if length in (9, 12):
        return Read(digits, t("an identity number is not all zeros") if not int(digits) else None)
    number = not isinstance(cell, str)
    whole = digits.zfill(12 if length > 9 else 9)
    likely = length in (10, 11) and born is not None and _fits(whole, born.year)
    if (number and length in (8, 10, 11)) or likely:
        return Read(whole, remark=t("leading zeros were lost; read as {number}", number=whole))
    return Read("", t("an identity number has 12 digits (9 on the old card), not {n}", n=length))


def _fits(number: str, year: int) -> bool:
    """Whether a number of twelve digits can be that of somebody born in `year`: provinces go from 001 to 096."""
    return 1 <= int(number[:3]) <= _LAST_PROVINCE and encoded(number)[1] == year


def encoded(national_id: str) -> tuple[str, int]:
    """The sex and the year of birth that a number of twelve digits carries."""
    century = int(national_id[3])
    return ("female" if century % 2 else "male"), 1900 + 100 * (century // 2) + int(national_id[4:6])


def read_phone(cell: Cell) -> Read[str]:
    """One or more telephone numbers, each with its leading zero, several joined by `; `."""
    if type(cell) is str and len(cell) == 10 and _is_digits(cell) and cell[0] == "0" != cell[1]:
        return Read(cell)
    raw = cell.translate(HIDDEN).translate(_DASHES).strip() if isinstance(cell, str) else shown_cell(cell)
    text = _PHONE_WORDS.sub("", unicodedata.normalize("NFKC", raw).rstrip(".,;: "))
    parts = _SEVERAL.split(text)
    found = [_one_phone(part) for part in parts if part.strip()]
    problem = next((each.problem for each in found if each.problem), None if found else t("no telephone number"))
    remark = next((each.remark for each in found if each.remark), None)
    return Read("; ".join(each.value for each in found), problem, None if problem else remark)


def _one_phone(part: str) -> Read[str]:
    digits = _PHONE_MARKS.sub("", part)
    for prefix in ("+84", "0084"):
        if digits.startswith(prefix):
            digits = "0" + digits.removeprefix(prefix).removeprefix("0")
    if digits.startswith("84") and len(digits) == 11:
        digits = "0" + digits[2:]
    if not (digits.isascii() and digits.isdigit()):
        return Read("", t("a telephone number has digits only"))
    if digits[0] != "0" and (len(digits) == 9 or (len(digits) == 10 and digits[0] == "2")):
        whole = "0" + digits
        return Read(whole, remark=t("the leading zero was lost; read as {number}", number=whole))
    if digits[0] != "0" or digits[1:2] == "0" or len(digits) not in (10, 11):
        return Read("", t("a telephone number has 10 digits and begins with 0"))
    if len(digits) == 11 and digits[1] == "1":
        return Read(digits, remark=t("a mobile number of 11 digits is no longer in use since 2018"))
    if len(digits) == 11 and digits[1] != "2":  # only fixed lines still have eleven
        return Read("", t("a telephone number has 10 digits and begins with 0"))
    return Read(digits)


def read_email(cell: Cell) -> Read[str]:
    """An electronic address."""
    text = _even(shown_cell(cell))
    return Read(text, None if _EMAIL.fullmatch(text) else t("this is no e-mail address"))
