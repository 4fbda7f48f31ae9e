"""One sheet as a reader of a format fills it, cell by cell; `sheet` gives it away tidied."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from config.text import Text, t
from records.intake.files.cells import Cell, Sheet, tidy_rows
from records.intake.files.troubles import FarCellError
from records.intake.formats.faulty import sentence

MOST_CELLS = 5_000_000
MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
"""Signs in one cell: the most that Excel keeps."""
_SHOWN = 60
_TOO_LONG = t("the cell holds more than {n} signs", n=LONGEST_CELL)


class Grid:
    """A sheet in the making: rows from 1, columns from 0, and what else is known of cells.

    Attributes:
        rows: number of a row -> its cells up to the last filled one.
        faults: place -> what stands there instead of a value: `#N/A`, or `=A1+1` without a result.
        coarse: place -> `month` or `year`, where a day is shown no closer.
        struck: places whose whole text is struck out.
    """

    def __init__(self, name: str, *, hidden: bool = False, epoch: int = 1900) -> None:
        self.name, self.hidden, self.epoch = name, hidden, epoch
        self.rows: dict[int, list[Cell]] = {}
        self.faults: dict[tuple[int, int], str] = {}
        self.coarse: dict[tuple[int, int], str] = {}
        self.struck: set[tuple[int, int]] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.filtered = False
        self._long: dict[tuple[int, int], Text] = {}
        self._spread = 0

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Write a cell.

        Raises:
            FarCellError: when the sheet would grow beyond what a list of people may be.
        """
        if not (1 <= row <= MOST_ROWS and 0 <= column < MOST_COLUMNS):
            raise FarCellError(self.name, row, lone=True)
        cells = self.rows.get(row)
        if cells is None:
            cells = self.rows[row] = []
        if type(cell) is str and len(cell) > LONGEST_CELL:
            self._long[row, column] = _TOO_LONG
            cell = cell[:_SHOWN] + "…"
        missing = column - len(cells)
        if missing < 0:
            cells[column] = cell
            return
        if missing:
            cells += [""] * missing
        cells.append(cell)
        self._spread += missing + 1
        if self._spread > MOST_CELLS * 4:
            raise FarCellError(self.name, row, lone=True)

    def fail(self, row: int, column: int, shown: str) -> None:
        """Write a cell that holds an error, or a formula without a result."""
        self.put(row, column, shown)
        self.faults[row, column] = shown

    def sheet(self, fonts: Collection[str] = ()) -> Sheet:
        """The whole sheet.

        Raises:
            FarCellError: when its filled cells lie too far apart.
        """
        self._judge_spread()
        last = max(self.rows, default=0)
        rows = tidy_rows([self.rows.get(number, []) for number in range(1, last + 1)])
        faults: Mapping[tuple[int, int], Text] = {
            **{place: sentence(shown) for place, shown in self.faults.items()},
            **self._long,
        }
        return Sheet(
            self.name,
            rows,
            tuple(self.merged),
            frozenset(fonts),
            faults,
            self.coarse,
            hidden_rows=frozenset(row for row in self.hidden_rows if row <= len(rows)),
            hidden_columns=frozenset(self.hidden_columns),
            struck=frozenset(self.struck),
            filtered=self.filtered,
            hidden=self.hidden,
            epoch=self.epoch,
        )

    def _judge_spread(self) -> None:
        filled = {row: cells for row, cells in self.rows.items() if any(cell != "" for cell in cells)}
        if not filled:
            return
        height = max(filled) - min(filled) + 1
        width = max(map(len, filled.values()))
        if height * width > MOST_CELLS:
            told = sum(cell != "" for cells in filled.values() for cell in cells)
            raise FarCellError(self.name, height, lone=told * 20 < height * width)


def clipped(sheet: Sheet) -> Sheet:
    """A sheet that came without a grid, with the cells that are too long cut and their places among its faults."""
    long = [
        (row, column)
        for row, cells in enumerate(sheet.rows, 1)
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and len(cell) > LONGEST_CELL
    ]
    if not long:
        return sheet
    rows = [list(cells) for cells in sheet.rows]
    for row, column in long:
        rows[row - 1][column] = str(rows[row - 1][column])[:_SHOWN] + "…"
    return replace(sheet, rows=tuple(map(tuple, rows)), faults={**sheet.faults, **dict.fromkeys(long, _TOO_LONG)})
