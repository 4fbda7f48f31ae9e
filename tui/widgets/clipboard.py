"""Texts from and for the clipboard: blocks of cells as Excel writes them, and any text as one line."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


def one_line(text: str) -> str:
    """A pasted text as a one-line field takes it: several lines, or cells, are joined by blanks.

    Excel puts a cell with several lines in quotation marks, which go; marks inside one line are part of the text.
    """
    text = text.strip("\r\n")
    lines = text.splitlines()
    if len(lines) > 1 and (quoted := _QUOTED.fullmatch(text)):
        lines = quoted[1].replace('""', '"').splitlines()
    parts = [part for line in lines for part in line.split("\t")]
    return parts[0] if len(parts) == 1 else " ".join(stripped for part in parts if (stripped := part.strip()))


def block_text(rows: Sequence[Sequence[str]]) -> str:
    """Cells as Excel puts them on the clipboard: tabs between columns, a line for each row."""
    import csv  # noqa: PLC0415  # fields need this module, and few ever copy a block

    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(rows)
    return out.getvalue().removesuffix("\n")


def block_cells(text: str) -> list[list[str]]:
    """The cells of a text from the clipboard; terminals send line ends in any of four ways.

    Some make two returns of Excel's one line end. Such an empty line would clear cells that nobody meant, so where
    every line end is doubled, or the block has several columns (whose empty rows still have tabs), it is no row.
    """
    import csv  # noqa: PLC0415  # as above

    lines = text.replace("\r\n", "\n")
    if "\n" not in lines and "\r" not in lines.replace("\r\r", ""):
        lines = lines.replace("\r\r", "\n")
    lines = lines.replace("\r", "\n").removesuffix("\n")
    if lines.count('"') % 2:
        rows = [line.split("\t") for line in lines.split("\n")]
    else:
        rows = [
            [" ".join(map(str.strip, cell.splitlines())) for cell in row] or [""]
            for row in csv.reader(io.StringIO(lines), dialect="excel-tab")
        ]
    several = any(len(row) > 1 for row in rows)
    return [row for row in rows if not several or row != [""]] or [[""]]
