"""Blocks of cells judged before they are written: pasting, clearing, filling down."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from config.text import Text, t
from tui.widgets.grid.model import Block, CellEdit, GridModel, Refusal

_OUTSIDE = t("there is no such row or column")
_LOCKED = t("it is worked out or closed")
Judged = tuple[list[CellEdit], list[Refusal]]


def pasted(model: GridModel, block: Block, cells: Sequence[Sequence[str]]) -> Judged:
    """What pasting `cells` at `block` writes, and which cells refuse it.

    A pattern whose height or width divides the block's is repeated that way; anything else is written once from the
    block's first cell.
    """
    height, width = len(cells), max(len(row) for row in cells)
    rows = range(height if len(block.rows) % height else len(block.rows))
    columns = range(width if len(block.cols) % width else len(block.cols))
    wanted = [
        CellEdit(block.start_row + row, block.start_column + column, line[column % width].strip())
        for row in rows
        for column in columns
        if column % width < len(line := cells[row % height])
    ]
    return judged(model, wanted)


def filled_down(model: GridModel, block: Block, shown: Callable[[int, int], str]) -> Judged:
    """What filling `block` down from its first row writes; a block of one row is filled from the row above."""
    source = block.start_row if len(block.rows) > 1 else block.start_row - 1
    if source < 0:
        return [], []
    rows = range(source + 1, block.end_row + 1)
    return judged(model, [CellEdit(row, column, shown(source, column)) for row in rows for column in block.cols])


def judged(model: GridModel, wanted: Sequence[CellEdit]) -> Judged:
    """`wanted` parted into what may be written and what may not; cells that already say so are left out."""
    edits: list[CellEdit] = []
    refusals: list[Refusal] = []
    for each in wanted:
        inside = each.row < model.row_count and each.column < len(model.columns)
        if inside and model.text(each.row, each.column) == each.typed:
            continue
        problem = _problem(model, each) if inside else _OUTSIDE
        if problem is None:
            edits.append(each)
        elif inside:
            refusals.append(Refusal(*each, problem))
        elif each.typed:
            refusals.append(Refusal(model.row_count - 1, len(model.columns) - 1, each.typed, problem))
    return edits, refusals


def _problem(model: GridModel, each: CellEdit) -> Text | None:
    if not model.editable(each.row, each.column):
        return _LOCKED
    return model.judge(each.row, each.column, each.typed)
