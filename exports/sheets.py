"""Spreadsheets that leave the office: a titled, bordered list for Excel, or plain UTF-8 CSV. Text stays text."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from exports.cells import FONT, CellKind, cell_formats, guarded, is_number, plain, write_cell, write_text
from exports.files import whole_file


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its head (already in the reader's language), its width in letters, and what stands in it.

    A `text` column keeps leading zeros and is never a formula; `number` holds int or Decimal; `date` a date or a
    `PartialDate`, which is written as text where the day is not known. Neighbours of the same `group` stand under one
    merged head in papers. One that is `whole` is as wide as its longest text, where the page has room: a name that is
    broken is hard to read.
    """

    title: str
    width: float
    kind: CellKind = "text"
    group: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list as it is printed: title lines, columns, rows of as many values, notes below."""

    title: tuple[str, ...]
    columns: tuple[SheetColumn, ...]
    rows: Sequence[Sequence[object]]
    notes: tuple[str, ...] = ()


def write_xlsx(sheet: ListSheet, path: Path, *, overwrite: bool = False) -> None:
    """Write `sheet` as an Excel file: A4 landscape, as wide as the page, the heads on every page.

    Raises:
        InputError: for a file already there, a place that cannot be written, or a text too long for a cell.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415  # heavy

    with whole_file(path, overwrite=overwrite) as part:
        # In memory first: a full disk would make the library's archive complain a second time when it is thrown away.
        content = BytesIO()
        book = Workbook(content, {"in_memory": True})
        # No clock in the file: the same list gives the same bytes.
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  # not a moment
        page = book.add_worksheet()
        _set_page(page, sheet)
        _fill(page, sheet, _formats(book))
        book.close()
        part.write_bytes(content.getvalue())


def write_csv(sheet: ListSheet, path: Path, *, overwrite: bool = False, delimiter: str = ",") -> None:
    """Write the heads and rows of `sheet` as UTF-8 CSV with a byte order mark, which Excel needs for Vietnamese.

    A text that a spreadsheet would take for a formula is given an apostrophe in front.

    Raises:
        InputError: for a file already there or a place that cannot be written.
    """
    with whole_file(path, overwrite=overwrite) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow([guarded(column.title) for column in sheet.columns])
        for row in sheet.rows:
            cells = zip(row, sheet.columns, strict=True)
            writer.writerow(
                [plain(value) if is_number(value, column.kind) else guarded(plain(value)) for value, column in cells]
            )


def _formats(book: Any) -> dict[str, Any]:
    """The looks of the list: of its title lines, heads, notes and each kind of cell."""
    base = {"font_name": FONT, "font_size": 12, "valign": "vcenter", "text_wrap": True}
    looks = {
        "title": {**base, "align": "center", "bold": True, "font_size": 14},
        "subtitle": {**base, "align": "center", "italic": True},
        "note": {**base, "italic": True, "valign": "top"},
    }
    return cell_formats(book) | {name: book.add_format(look) for name, look in looks.items()}


def _set_page(page: Any, sheet: ListSheet) -> None:
    head = _head_row(sheet)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.set_footer("&C&P/&N")
    page.repeat_rows(head)
    page.freeze_panes(head + 1, 0)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
    page.autofilter(head, 0, head + len(sheet.rows), len(sheet.columns) - 1)


def _head_row(sheet: ListSheet) -> int:
    return len(sheet.title) + 1 if sheet.title else 0


def _fill(page: Any, sheet: ListSheet, formats: dict[str, Any]) -> None:
    for number, line in enumerate(sheet.title):
        _across(page, number, line, sheet, formats["subtitle" if number else "title"])
    head = _head_row(sheet)
    for number, column in enumerate(sheet.columns):
        write_text(page, (head, number), column.title, formats["head"])
    for row, values in enumerate(sheet.rows, head + 1):
        for number, (value, column) in enumerate(zip(values, sheet.columns, strict=True)):
            write_cell(page, (row, number), value, column.kind, formats)
    for number, note in enumerate(sheet.notes, head + len(sheet.rows) + 2):
        _across(page, number, note, sheet, formats["note"])


def _across(page: Any, row: int, text: str, sheet: ListSheet, look: Any) -> None:
    """A line over all columns."""
    if len(sheet.columns) > 1:
        page.merge_range(row, 0, row, len(sheet.columns) - 1, "", look)
    write_text(page, (row, 0), text, look)
