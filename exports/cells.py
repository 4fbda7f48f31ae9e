"""Values into cells of a spreadsheet: text stays text, and never becomes a formula."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeGuard

from config.errors import InputError
from config.text import t
from records.domain.dates import PartialDate, shown

CellKind = Literal["text", "number", "date", "year"]
"""`text` keeps leading zeros; `number` holds int or Decimal; `year` an int; `date` a date or a `PartialDate`."""

FONT = "Times New Roman"
_LONGEST = 32767  # letters in one cell; a longer text would be left out without a word
_EXACT = 10**15  # whole numbers beyond this lose digits in a spreadsheet
_FIRST_DAY = date(1900, 3, 1)  # Excel believes in 29 February 1900
_DAY_0 = date(1899, 12, 30).toordinal()  # days of a spreadsheet are numbered from here
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def is_number(value: object, kind: CellKind) -> TypeGuard[int | float | Decimal]:
    """Whether a value is written as a number rather than as text."""
    return kind in ("number", "year") and isinstance(value, int | float | Decimal)


def plain(value: object) -> str:
    """Any value as a person writes it."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None:
        return ""
    if isinstance(value, date | PartialDate):
        return shown(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return unicodedata.normalize("NFC", str(value))


def guarded(text: str) -> str:
    """`text` for a file without kinds of cells: what would be taken for a formula gets an apostrophe in front."""
    return f"'{text}" if len(text) > 1 and text.lstrip(" ").startswith(_STARTS) else text


def cell_formats(book: Any, *, size: float = 12) -> dict[str, Any]:
    """XlsxWriter formats of each kind of cell, `decimal`, `ordinal`, `partial` (a day not wholly known) and `head`."""
    base = {"font_name": FONT, "font_size": size, "valign": "vcenter", "border": 1, "text_wrap": True}
    looks = {
        "text": {**base, "num_format": "@"},
        "number": {**base, "align": "right", "num_format": "#,##0"},
        "ordinal": {**base, "align": "center", "num_format": "0"},
        "decimal": {**base, "align": "right", "num_format": "#,##0.##"},
        "year": {**base, "align": "center", "num_format": "0"},
        "date": {**base, "align": "center", "num_format": "dd/mm/yyyy"},
        "partial": {**base, "align": "center", "num_format": "@"},
        "head": {**base, "align": "center", "bold": True, "bg_color": "#F3E9D2"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def write_cell(page: Any, at: tuple[int, int], value: object, kind: CellKind, formats: dict[str, Any]) -> None:
    """Write a value at (row, column) of an XlsxWriter sheet. Raises InputError for a text too long for a cell."""
    if isinstance(value, PartialDate) and value.day:
        value = value.first_day()
    row, column = at
    if isinstance(value, str) and value:
        write_text(page, at, value, formats["partial" if kind == "date" else "text"])
    elif kind == "date" and isinstance(value, date) and value >= _FIRST_DAY:
        page.write_number(row, column, value.toordinal() - _DAY_0, formats["date"])
    elif value is None or value == "":
        page.write_blank(row, column, None, formats[kind])
    elif is_number(value, kind) and -_EXACT < value < _EXACT:
        whole = kind == "year" or value == int(value)
        page.write_number(row, column, value, formats[kind if whole else "decimal"])
    else:
        write_text(page, at, plain(value), formats["partial" if kind == "date" else "text"])


def write_text(page: Any, at: tuple[int, int], text: str, look: Any) -> None:
    """Write a text as it is, in NFC. Raises InputError when it is too long for a cell."""
    if len(text) > _LONGEST:
        raise InputError(
            t("A text of {n} letters does not fit a cell", n=len(text)),
            where=t("row {row}, column {column}", row=at[0] + 1, column=at[1] + 1),
            do=t("shorten it to {n} letters", n=_LONGEST),
        )
    page.write_string(*at, unicodedata.normalize("NFC", text), look)
