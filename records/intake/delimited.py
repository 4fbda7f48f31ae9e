"""Text files of columns: CSV as Excel and others save it."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from config.errors import InputError
from config.text import t
from records.intake.cells import Cell, tidy_rows

_DELIMITERS = (";", "\t", ",")


def parse_delimited(path: Path, data: bytes) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a text file, in UTF-8 or UTF-16; the delimiter is the one that makes the most columns.

    Raises:
        InputError: when the letters or the quotation marks cannot be read, with the line.
    """
    text = _decode(path, data)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[Cell]] = []
    try:
        rows.extend(list(row) for row in reader)
    except csv.Error:
        raise InputError(
            t("The text file breaks off inside quotation marks near line {line}", line=reader.line_num),
            where=str(path),
            do=t("open it in the spreadsheet program and save it as .xlsx"),
        ) from None
    return tidy_rows(rows)


def _decode(path: Path, data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data[1:200:2].count(0) > len(data[1:200:2]) // 2:
        encoding = "utf-16-le"
    else:
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            t("The letters of the text file cannot be read from line {line} on", line=_line(data, error.start)),
            where=str(path),
            do=t("save it again as “CSV UTF-8”, or as .xlsx"),
        ) from None
    if "\0" in text:
        raise InputError(t("The file is no text"), where=str(path), do=t("choose a spreadsheet or a CSV file"))
    return text


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


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
