"""Binary workbooks of Excel (.xlsb), read with calamine; what it does not tell of cells stays unknown."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from records.intake.files.cells import Cell, Sheet
from records.intake.files.troubles import DamagedError, FarCellError
from records.intake.formats.grid import MOST_CELLS, Grid

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


def read_xlsb(data: bytes) -> list[Sheet]:
    """Every worksheet in the order of the tabs, hidden ones too.

    Raises:
        DamagedError: when the file cannot be followed.
        FarCellError: when a sheet spreads too far.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415  # rare

    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            grids = []
            for number, known in enumerate(book.sheets_metadata):
                if known.typ == SheetTypeEnum.WorkSheet:
                    source = book.get_sheet_by_index(number)
                    grids.append(Grid(known.name, hidden=known.visible != SheetVisibleEnum.Visible))
                    _fill(grids[-1], source)
            return [grid.sheet() for grid in grids]
    except CalamineError:
        raise DamagedError from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader's own collapse on a damaged file; no Exception
            raise DamagedError from None
        raise


def _fill(grid: Grid, source: CalamineSheet) -> None:
    if source.height * source.width > MOST_CELLS:
        raise FarCellError(grid.name, source.total_height, lone=False)
    rows: list[list[Cell]] = source.to_python(skip_empty_area=False)
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            if cell != "":
                grid.put(row, column, cell)
