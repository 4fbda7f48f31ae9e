"""Closing a year: marks that close and reopen it, and decisions by which something in a closed one is put right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec


class YearMark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A year was closed, or opened again. Only ever added: of a year the newest mark counts.

    Attributes:
        closed: whether it was closed; else it was opened again, and `why` says the reason.
        day: of the act; `by` who did it.
        sha256: of the bound book of the year (PDF) that was written on closing; `file` where it was put.
        open: how many matters were still open when it was closed all the same.
    """

    id: str
    year: int
    closed: bool
    day: date
    by: str = ""
    why: str = ""
    file: str = ""
    sha256: str = ""
    open: int = 0


class Correction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The decision by which a change of a closed year was made; it stands in the same line of the journal.

    Attributes:
        number, day: of the decision, as on the paper.
        years: the closed years that the change touched.
    """

    id: str
    number: str
    day: date
    years: tuple[int, ...] = ()


def newest_marks(marks: Iterable[YearMark]) -> dict[int, YearMark]:
    """Year -> the mark that counts. `marks` come in the order of their numbers."""
    return {each.year: each for each in marks}


def closed_years(marks: Iterable[YearMark]) -> dict[int, YearMark]:
    """Closed year -> the mark that closed it."""
    return {year: each for year, each in newest_marks(marks).items() if each.closed}
