"""Readers of the cells of tables: text, days, months, counts, and words that stand for one of our codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from config.text import t
from records.domain.dates import PartialDate
from records.domain.people.names import fold
from records.intake import values
from records.intake.files.cells import Cell, shown_cell
from records.intake.names.naming import read_name
from records.intake.tables import Calendar, Reader
from records.intake.values import Read

_MOST = 1_000_000
_FAR = date(2199, 12, 31)
"""The last day that a list can tell; a larger number in a cell is not a day counted by Excel."""


def text(cell: Cell, _calendar: Calendar) -> Read[Any]:
    """Any text, as a person sees it."""
    return values.read_text(cell if isinstance(cell, str) else shown_cell(cell))


def name(cell: Cell, _calendar: Calendar) -> Read[Any]:
    """The name of a person."""
    return read_name(cell if isinstance(cell, str) else shown_cell(cell))


def code(cell: Cell, _calendar: Calendar) -> Read[Any]:
    """A code of ours, in capitals."""
    return Read(shown_cell(cell).upper())


def national_id(cell: Cell, _calendar: Calendar) -> Read[Any]:
    """An identity number."""
    return values.read_national_id(cell, born=None)


def partial(cell: Cell, calendar: Calendar) -> Read[Any]:
    """A date as far as it is known, not after today."""
    return _date(cell, calendar)


def _date(cell: Cell, calendar: Calendar) -> Read[PartialDate | None]:
    return values.read_date(cell, today=calendar.today, epoch=calendar.epoch)


def day(cell: Cell, calendar: Calendar) -> Read[Any]:
    """A whole day, not after today."""
    return _whole(_date(cell, calendar))


def any_day(cell: Cell, calendar: Calendar) -> Read[Any]:
    """A whole day, which may lie ahead."""
    return _whole(_date(cell, replace(calendar, today=_FAR)))


def _whole(found: Read[PartialDate | None]) -> Read[Any]:
    if found.value is None:
        return found
    if not found.value.day:
        return Read(None, t("enter the whole date, such as 05/02/1980"))
    return Read(found.value.first_day(), found.problem, found.remark)


def month(cell: Cell, calendar: Calendar) -> Read[Any]:
    """The first day of a month, from a month or from a day in it."""
    found = _date(cell, calendar)
    if found.value is None:
        return found
    if not found.value.month:
        return Read(None, t("write the month with its year, such as 3/2026"))
    return Read(date(found.value.year, found.value.month, 1), None, None)


def year(cell: Cell, calendar: Calendar) -> Read[Any]:
    """A year."""
    found, said = _date(cell, calendar), shown_cell(cell).strip()
    no_year = found.problem is not None and not (said.isdecimal() and len(said) == 4)  # digits
    if no_year or (found.value is not None and found.value.month):
        return Read(None, t("write the year alone, such as 2024"))
    return Read(found.value.year if found.value else None, found.problem)


def any_year(cell: Cell, calendar: Calendar) -> Read[Any]:
    """A year, which may lie ahead."""
    return year(cell, replace(calendar, today=_FAR))


def count(cell: Cell, _calendar: Calendar) -> Read[Any]:
    """A whole number that is not negative; 1.250 is written with a point."""
    said = shown_cell(cell).replace(" ", "")
    digits = said.replace(".", "") if isinstance(cell, str) else said
    if not (digits.isascii() and digits.isdecimal()) or int(digits) > _MOST:
        return Read(None, t("write a whole number, or nothing"))
    return Read(int(digits))


def one_of(known: Mapping[str, str]) -> Reader:
    """A reader of words that stand for codes: `known` has, for each code, its words without accents, joined by `|`."""
    codes = {word: key for key, words in known.items() for word in (key, *words.split("|"))}
    shown = ", ".join(words.split("|")[0] for words in known.values())

    def read(cell: Cell, _calendar: Calendar) -> Read[Any]:
        found = codes.get(fold(shown_cell(cell)).strip(" ."))
        return Read(found, None if found is not None else t("this is not known; use one of: {known}", known=shown))

    return read
