"""Text files of columns: CSV as Excel and others save it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from config.errors import InputError
from config.text import t
from records.intake.files.cells import Cell, tidy_rows, unguarded
from records.intake.formats.letters import decode

_DELIMITERS = (";", "\t", ",", "|")
_WIDEST_FIELD = 1_000_000


def parse_delimited(path: Path, data: bytes) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a text file in any letters that `decode` knows; the delimiter is the one that makes the most columns.

    Raises:
        InputError: when the letters or the quotation marks cannot be read, with the line.
    """
    text = decode(path, data)
    csv.field_size_limit(_WIDEST_FIELD)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[Cell]] = []
    try:
        rows.extend([unguarded(cell) for cell in row] for row in reader)
    except csv.Error:
        raise InputError(
            t("The text file breaks off inside quotation marks near line {line}", line=reader.line_num),
            where=str(path),
            do=t("open it in the spreadsheet program and save it as .xlsx"),
        ) from None
    return tidy_rows(rows)


def _delimiter(text: str) -> str:
    sample = "\n".join(text.splitlines()[:50])

    def columns(delimiter: str) -> tuple[int, int]:
        try:
            lines = list(csv.reader(io.StringIO(sample), delimiter=delimiter))
        except csv.Error:
            return 0, 0
        filled = (len([cell for cell in line if cell.strip()]) for line in lines)
        return sum(max(0, each - 1) for each in filled), sum(len(line) for line in lines)

    return max(_DELIMITERS, key=columns)
