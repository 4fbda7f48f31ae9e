"""Tables of web pages, as many programs save them under the ending .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from config.errors import InputError
from config.text import t
from records.intake.files.cells import Cell, Sheet, tidy_rows, unguarded
from records.intake.formats.letters import decode

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_FONT = re.compile(r"(\.vn\w+|vni-[\w ]+)", re.IGNORECASE)
_MOST_SPAN = 1_000
_MOST_CELLS = 5_000_000


def read_web_tables(path: Path, data: bytes) -> tuple[Sheet, ...]:
    """Every table of a web page with cells in it as one sheet, numbered where there are several.

    Raises:
        InputError: when the letters cannot be read or no table stands in the page.
    """
    found = _CHARSET.search(data[:4000])
    text = decode(path, data, found[1].decode("ascii") if found else "")
    parser = _Tables()
    parser.feed(text)
    parser.close()
    grids = [grid for grid in parser.tables if grid.cells]
    if not grids:
        raise InputError(
            t("The file is a web page without a table"),
            where=str(path),
            do=t("open it in the spreadsheet program and save it as .xlsx"),
        )
    fonts = frozenset(_FONT.findall(text[:200_000]))
    name = path.stem
    return tuple(
        Sheet(name if len(grids) == 1 else f"{name} {number}", grid.rows(), tuple(grid.merged), fonts)
        for number, grid in enumerate(grids, 1)
    )


class _Grid:
    """One table as it is filled: cells that span rows and columns keep the places below and beside them."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], str] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self._taken: set[tuple[int, int]] = set()
        self._row, self._column = 0, 0

    def next_row(self) -> None:
        """Begin a row."""
        self._row += 1
        self._column = 0

    def put(self, text: str, down: int, across: int) -> None:
        """Write a cell at the next free place of the row."""
        if self._row == 0:
            self.next_row()
        while (self._row, self._column) in self._taken:
            self._column += 1
        row, column = self._row, self._column
        if len(self._taken) + down * across < _MOST_CELLS:
            self._taken.update((row + y, column + x) for y in range(down) for x in range(across))
        if text:
            self.cells[row, column] = text
        if down > 1 or across > 1:
            self.merged.append((row, column, row + down - 1, column + across - 1))
        self._column += across

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows from the first on."""
        last = max(row for row, _ in self.cells)
        rows: list[list[Cell]] = [[] for _ in range(last)]
        for (row, column), text in sorted(self.cells.items()):
            cells = rows[row - 1]
            cells.extend([""] * (column - len(cells)))
            cells.append(text)
        return tidy_rows(rows)


class _Tables(HTMLParser):
    """Collects tables; a table within a cell adds its text to the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Grid] = []
        self._depth = 0
        self._text: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell."""
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(_Grid())
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.tables[-1].next_row()
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            given = dict(attrs)
            self._span = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self._text = []
        elif tag in ("br", "p", "div") and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close a cell or a table."""
        if self._depth == 1 and tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        """Take the text of a cell."""
        if self._text is not None:
            self._text.append(" ".join(data.split()) if data.strip() else " ")

    def close(self) -> None:
        """Keep the last cell of a page that was cut off."""
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._text is None or not self.tables:
            return
        self.tables[-1].put(unguarded("".join(self._text).strip()), *self._span)
        self._text = None


def _span(text: str | None) -> int:
    return min(int(text), _MOST_SPAN) if text and text.isascii() and text.isdigit() and int(text) else 1
