"""Single cells of a sheet in memory put right before it is judged again; the file stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from records.intake.files.cells import Cell, Sheet, shown_cell
from records.intake.layout.columns import Layout, column_of
from records.intake.layout.headings import NAME_PARTS

Mends = Mapping[tuple[int, int], str]
"""(row from 1, column from 0) -> what shall stand there; the empty text empties the cell."""
_LABEL = re.compile(r"(?:^|\()([A-Z]{1,3})\)?$")


def mended(sheet: Sheet, mends: Mends) -> Sheet:
    """`sheet` with these cells; what was known to be wrong with them, and areas merged over them, are gone.

    Who shared a cell with a mended one through a merged area keeps what it held.
    """
    if not mends:
        return sheet
    rows: list[list[Cell]] = [list(row) for row in sheet.rows]
    opened = [area for area in sheet.merged if any(_covers(area, at) for at in mends)]
    for first, left, last, _ in opened:
        for row in range(first + 1, last + 1):
            if sheet.at(row, left) == "":
                _put(rows, row, left, sheet.at(first, left))
    for (row, column), text in mends.items():
        _put(rows, row, column, text.strip())
    return replace(
        sheet,
        rows=tuple(tuple(row) for row in rows),
        merged=tuple(area for area in sheet.merged if area not in opened),
        faults={at: why for at, why in sheet.faults.items() if at not in mends},
        coarse={at: shown for at, shown in sheet.coarse.items() if at not in mends},
        old=sheet.old - mends.keys(),
    )


def _covers(area: tuple[int, int, int, int], at: tuple[int, int]) -> bool:
    first, left, last, right = area
    return first <= at[0] <= last and left <= at[1] <= right


def _put(rows: list[list[Cell]], row: int, column: int, cell: Cell) -> None:
    rows.extend([] for _ in range(row - len(rows)))
    cells = rows[row - 1]
    cells.extend([""] * (column + 1 - len(cells)))
    cells[column] = cell


def name_in_row(sheet: Sheet, layout: Layout, row: int) -> str:
    """The name as a row writes it, from its one column or its parts, whatever else is wrong with the row."""
    keys = ["name"] if "name" in layout.columns else [key for key in NAME_PARTS if key in layout.columns]
    return " ".join(text for key in keys if (text := shown_cell(sheet.at(row, layout.columns[key]))))


def column_in_label(label: str) -> int | None:
    """The column of a label as `Layout.label` makes it, `Ngày sinh (C)`; None where it names none."""
    found = _LABEL.search(label)
    return column_of(found[1]) if found else None
