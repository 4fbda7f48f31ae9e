"""Cells, rows and sheets as plain values, numbered as a person sees them in the spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache

from config.text import Text
from records.domain.people.names import clean

Cell = str | int | float | bool | date | time | timedelta
"""One value of a sheet; an empty cell is the empty text."""
HIDDEN = dict.fromkeys(
    [0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF]
    + [
        sign
        for first, last in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xE0000, 0xE007F))
        for sign in range(first, last + 1)
    ]
)
"""Signs that nobody can see: for `str.translate`, which leaves them out."""
_FORMULA_TEXT = re.compile(r"=\s*\"((?:[^\"]|\"\")*)\"")
_GUARDED = re.compile(r"'(?=\s*[=+\-@\t\r])")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file.

    Attributes:
        name: as on its tab; the file's name for a text file.
        rows: `rows[n - 1]` is row n of the sheet and its item i the cell of column i (A is 0); a row ends with its
            last filled cell, so use `at` where a cell may be beyond.
        merged: (first row, first column, last row, last column) of each merged area, rows from 1, columns from 0.
        fonts: names of the fonts of the file, as far as they can be read.
        faults: (row from 1, column from 0) -> why that cell cannot be used, known before its column is.
        coarse: (row from 1, column from 0) -> `month` or `year`, for days of which the sheet shows no more.
        old: cells that were read from a font without toned capitals (TCVN3).
        hidden_rows: rows (from 1) that the sheet does not show, by a filter or by hand.
        hidden_columns: columns (from 0) that it does not show.
        struck: (row from 1, column from 0) of cells whose text is struck out.
        filtered: whether a filter is set, which hides rows.
        hidden: whether the sheet itself is hidden.
        epoch: the year from which the workbook counts its days, 1900 or 1904.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    fonts: frozenset[str] = frozenset()
    faults: Mapping[tuple[int, int], Text] = field(default_factory=dict)
    coarse: Mapping[tuple[int, int], str] = field(default_factory=dict)
    old: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    filtered: bool = False
    hidden: bool = False
    epoch: int = 1900

    def at(self, row: int, column: int) -> Cell:
        """The cell of row (from 1) and column (from 0); the empty text beyond what is filled."""
        if not 1 <= row <= len(self.rows) or column < 0:
            return ""
        cells = self.rows[row - 1]
        return cells[column] if column < len(cells) else ""

    def filled(self, row: int) -> Iterator[tuple[int, Cell]]:
        """The (column, cell) of a row that are not empty."""
        return ((column, cell) for column, cell in enumerate(self.rows[row - 1]) if cell != "")


def letter(column: int) -> str:
    """The letter over a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def headed(heading: str, column: int) -> str:
    """A column as people find it: its heading and its letter, `Ngày sinh (C)`; the letter where it has no heading."""
    return f"{heading} ({letter(column)})" if heading else letter(column)


def shown_cell(cell: Cell) -> str:
    """A cell as a person sees it: whole numbers without a decimal part, days as 05/02/1980, text cleaned."""
    if isinstance(cell, str):
        return visible(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year:04d}"
    return str(cell)


@lru_cache(maxsize=65_536)
def visible(text: str) -> str:
    """`text` cleaned, and without the signs that nobody can see."""
    return clean(text if text.isascii() else text.translate(HIDDEN))


def unguarded(text: str) -> str:
    """A cell of a text file without what keeps Excel from changing it: `="0190"`, and `'` before `=` or `+`."""
    if (told := _FORMULA_TEXT.fullmatch(text.strip())) is not None:
        return told[1].replace('""', '"')
    return _GUARDED.sub("", text, count=1) if text.startswith("'") else text


def tidy_rows(rows: list[list[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """`rows` without the empty cells at their ends and without the empty rows at the bottom."""
    tidied = []
    for row in rows:
        last = len(row)
        while last and (row[last - 1] == "" or (isinstance(row[last - 1], str) and not str(row[last - 1]).strip())):
            last -= 1
        tidied.append(tuple("" if isinstance(cell, str) and not cell.strip() else cell for cell in row[:last]))
    while tidied and not tidied[-1]:
        tidied.pop()
    return tuple(tidied)
