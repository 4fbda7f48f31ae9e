"""Cells of a list of people turned into values: what was read, or why it cannot be, or what was mended."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from config.errors import InputError
from config.text import Text, t
from records.domain.dates import PartialDate, parse_partial
from records.domain.names import clean
from records.intake.cells import Cell, shown_cell

V = TypeVar("V")
_EPOCH = date(1899, 12, 30)
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_ID_MARKS = re.compile(r"[\s.\-']")
_PHONE_MARKS = re.compile(r"[\s.\-()']")
_PHONE_WORDS = re.compile(r"^(?:[sđ]?đt|tel|điện thoại|di động)[\s:.]+|\([^()\d]*\)", re.IGNORECASE)
_SEVERAL = re.compile(r"[,;/\n]|(?<=\d{3})\s+-?\s*(?=0\d{8,}|\+84)")
_LONGEST_TEXT = 1_000
_HIDDEN = dict.fromkeys((173, *range(8203, 8208), *range(8234, 8239), *range(8288, 8293), 65279))
_IN_WORDS = re.compile(
    r"(?:sinh\s+)?(?:(?:ngày|ng\.?)\s*(?P<day>\d{1,2})[\s,]*)?"
    r"(?:(?:tháng|thg\.?|t\.?)\s*(?P<month>\d{1,2})[\s,/.-]*)?(?:năm\s*)?(?P<year>\d{4})",
    re.IGNORECASE,
)
_BLANK_PARTS = re.compile(r"(?:[._…?x]{2,}|[-–]{2,}|(?<!\d)0{1,2})\s*[/.-]\s*")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_POINT_ZERO = re.compile(r"(\d+)\.0+")
_SHORT_YEAR = re.compile(r"(?:\d{1,2}\s*[/.\-]\s*){1,2}\d{2}")


@dataclass(frozen=True, slots=True)
class Read(Generic[V]):
    """One cell read: `value`, unless `problem` says why not; `remark` tells what was read differently."""

    value: V
    problem: Text | None = None
    remark: Text | None = None


def read_text(text: str) -> Read[str]:
    """Any other text, in NFC, with single blanks and without signs that nobody can see."""
    bare = clean(text.translate(_HIDDEN))
    if len(bare) > _LONGEST_TEXT:
        return Read(bare, t("the text is longer than {n} letters", n=_LONGEST_TEXT))
    if any(unicodedata.category(each) in ("Cc", "Cs", "Cn", "Co") for each in bare):
        return Read(bare, t("the text holds a sign that cannot be printed; type it anew"))
    hidden = len(text) != len(text.translate(_HIDDEN))
    return Read(
        bare, remark=t("signs that nobody can see were left out; read as “{text}”", text=bare) if hidden else None
    )


def read_date(cell: Cell, *, today: date) -> Read[PartialDate | None]:
    """A date known to the year, the month or the day, from any kind of cell; never after `today`."""
    if isinstance(cell, bool | time | timedelta):
        return Read(None, t("this is no date; enter one such as 05/02/1980, 02/1980 or 1980"))
    if isinstance(cell, date):
        found = _from_day(cell, today)
    elif isinstance(cell, int | float):
        found = _from_number(cell, today)
    else:
        found = _from_text(cell, today)
    if found.value is not None and found.value.first_day() > today:
        return Read(None, t("this day is in the future"))
    return found


def _from_day(cell: date, today: date) -> Read[PartialDate | None]:
    day = cell.date() if isinstance(cell, datetime) else cell
    serial = (day - _EPOCH).days
    if 1920 <= serial <= today.year:
        return Read(PartialDate(serial), remark=t("a year in a cell formatted as a date; read as {year}", year=serial))
    try:
        return Read(PartialDate.of(day))
    except ValueError:
        return Read(None, t("the year {year} cannot be right", year=day.year))


def _from_number(cell: float, today: date) -> Read[PartialDate | None]:
    if cell != cell or cell in (float("inf"), float("-inf")) or cell != int(cell):  # noqa: PLR0124  # not a number
        return Read(None, t("this is no date; enter one such as 05/02/1980, 02/1980 or 1980"))
    number = int(cell)
    if 1900 <= number <= 2199:
        return Read(PartialDate(number))
    if 10_000 <= number <= (today - _EPOCH).days:
        day = PartialDate.of(_EPOCH + timedelta(days=number))
        return Read(day, remark=t("a day as Excel counts it; read as {day}", day=day.shown()))
    if len(str(number)) in (7, 8):
        found = _from_text(f"{number:08d}", today)
        if found.value is not None:
            return Read(found.value, remark=t("a number; read as {day}", day=found.value.shown()))
    return Read(None, t("this number is no date; enter one such as 05/02/1980, 02/1980 or 1980"))


def _from_text(cell: str, today: date) -> Read[PartialDate | None]:
    text = _BLANK_PARTS.sub("", _MIDNIGHT.sub("", clean(cell).lstrip("'")))
    text = _YEAR_FIRST.sub(r"\1-\2-\3", text)
    if (pointed := _POINT_ZERO.fullmatch(text)) is not None:
        text = pointed[1]
    if (told := _IN_WORDS.fullmatch(text)) is not None and (told["month"] or not told["day"]):
        text = "/".join(part for part in (told["day"], told["month"], told["year"]) if part)
    if _SHORT_YEAR.fullmatch(text):
        return Read(None, t("the year has two digits only; write all four, such as 1968"))
    try:
        return Read(parse_partial(text, field="", today=today))
    except InputError as error:
        return Read(None, t("this is no date that can be used: {need}", need=error.do))


def read_national_id(cell: Cell, *, born: PartialDate | None) -> Read[str]:
    """Twelve digits, or nine of the old card; leading zeros that Excel took are put back and said so."""
    text = shown_cell(cell).translate(_HIDDEN)
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
    likely = length == 11 and born is not None and encoded(whole)[1] == born.year
    if (number and length in (8, 10, 11)) or likely:
        return Read(whole, remark=t("leading zeros were lost; read as {number}", number=whole))
    return Read("", t("an identity number has 12 digits (9 on the old card), not {n}", n=length))


def encoded(national_id: str) -> tuple[str, int]:
    """The sex and the year of birth that a number of twelve digits carries."""
    century = int(national_id[3])
    return ("female" if century % 2 else "male"), 1900 + 100 * (century // 2) + int(national_id[4:6])


def read_phone(cell: Cell) -> Read[str]:
    """One or more telephone numbers, each with its leading zero, several joined by `; `."""
    raw = (cell if isinstance(cell, str) else shown_cell(cell)).translate(_HIDDEN).strip()
    text = _PHONE_WORDS.sub("", raw.removeprefix('="').rstrip('"'))
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
    text = clean(shown_cell(cell))
    return Read(text, None if _EMAIL.fullmatch(text) else t("this is no e-mail address"))
