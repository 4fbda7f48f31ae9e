"""Old workbooks of Excel (.xls, BIFF 2 to 8), read with xlrd: the only reader that tells the formats of the cells."""

from __future__ import annotations

import os
import struct
from datetime import date
from typing import Any

from records.intake.files.cells import Cell, Sheet
from records.intake.files.troubles import DamagedError, FarCellError
from records.intake.formats.grid import Grid
from records.intake.formats.moments import moment, shows

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BROKEN = (
    struct.error,
    AssertionError,  # how xlrd says that a record is not what it should be
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
    UnicodeError,
    EOFError,
)


class LockedError(Exception):
    """The workbook is encrypted."""


def read_xls(data: bytes) -> list[Sheet]:
    """Every worksheet in the order of the tabs, hidden ones too.

    Raises:
        DamagedError: when the records cannot be followed.
        LockedError: when the workbook is encrypted.
        FarCellError: when a sheet spreads too far.
    """
    import xlrd  # noqa: PLC0415  # only for old files
    from xlrd.biffh import XLRDError  # noqa: PLC0415
    from xlrd.compdoc import CompDocError  # noqa: PLC0415

    try:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123  # it speaks where it should be silent
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=nowhere)
            return [_sheet(book, each) for each in book.sheets()]
    except XLRDError as error:
        raise (LockedError if "encrypted" in str(error) else DamagedError) from None
    except FarCellError:
        raise
    except (CompDocError, *_BROKEN):
        raise DamagedError from None


def _sheet(book: Any, source: Any) -> Sheet:
    grid = Grid(source.name, hidden=bool(source.visibility), epoch=1904 if book.datemode else 1900)
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            _cell(book, source.cell(row, column), grid, (row + 1, column))
    for row, info in source.rowinfo_map.items():
        if info.hidden or info.height == 0:
            grid.hidden_rows.add(row + 1)
    grid.hidden_columns.update(column for column, info in source.colinfo_map.items() if info.hidden or not info.width)
    grid.merged += [(top + 1, left, bottom, right - 1) for top, bottom, left, right in source.merged_cells]
    return grid.sheet({font.name for font in book.font_list})


def _cell(book: Any, cell: Any, grid: Grid, place: tuple[int, int]) -> None:
    value: Cell = cell.value
    if cell.ctype in (0, 6) or value == "":
        return
    if cell.ctype == 5:
        grid.fail(*place, _ERRORS.get(int(cell.value), "#VALUE!"))
        return
    if cell.ctype == 4:
        value = bool(cell.value)
    look = book.xf_list[cell.xf_index] if cell.xf_index is not None and cell.xf_index < len(book.xf_list) else None
    if isinstance(value, float):
        value = _number(book, look, value, grid, place)
    grid.put(*place, value)
    if look is not None and book.font_list[look.font_index].struck_out:
        grid.struck.add(place)


def _number(book: Any, look: Any, value: float, grid: Grid, place: tuple[int, int]) -> Cell:
    number: float = int(value) if value.is_integer() and abs(value) < 1e15 else value
    known = book.format_map.get(look.format_key) if look is not None else None
    shown = shows(known.format_str, look.format_key) if known is not None else ""
    found: date | Any = moment(number, shown, grid.epoch) if shown else None
    if found is None:
        return number
    if shown in ("month", "year"):
        grid.coarse[place] = shown
    return found
