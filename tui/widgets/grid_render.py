"""Drawing a grid: the frozen names, the columns that fit, the cell being typed in, and the line at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip

from tui.widgets.grid_model import GridColumn, StyledModel
from tui.widgets.table_render import fit

if TYPE_CHECKING:
    from tui.widgets.grid_base import GridBase

_GAP = 1


class GridPainter:
    """Draws the lines of one grid and remembers the last few hundred."""

    def __init__(self, grid: GridBase) -> None:
        self._grid = grid
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(500)

    def forget(self) -> None:
        """Draw everything anew."""
        self._strips.clear()

    # -- where things are ---------------------------------------------------------------------------------------------

    def name_width(self, width: int) -> int:
        """Cells of the frozen column: what was asked for, but never more than two fifths of the screen."""
        return max(min(self._grid.name_width, width * 2 // 5), 8)

    def fitting(self, width: int, first: int) -> list[tuple[int, GridColumn]]:
        """The columns drawn whole in `width` when the leftmost is number `first`; always one.

        The frozen ones come first.
        """
        left = self.name_width(width) + _GAP
        columns, frozen = list(enumerate(self._grid.model.columns)), self._grid.frozen
        found: list[tuple[int, GridColumn]] = []
        for number, column in columns[:frozen] + columns[max(first, frozen) :]:
            if len(found) > frozen and left + column.width + _GAP > width:
                break
            found.append((number, column))
            left += column.width + _GAP
        return found

    def column_at(self, x: int) -> int | None:
        """Number of the column at a cell of a line; None over the names and beyond the last."""
        width = self._grid.line_width
        left = self.name_width(width) + _GAP
        if x < left:
            return None
        for number, column in self.fitting(width, self._grid.first_column):
            left += column.width + _GAP
            if x < left:
                return number
        return None

    # -- lines --------------------------------------------------------------------------------------------------------

    def head(self, width: int, line: int) -> Strip:
        """The headings; with two lines, groups stand over them."""
        grid = self._grid
        style = grid.get_component_rich_style("grid--head")
        first, room = grid.first_column, self.name_width(width)
        columns = self.fitting(width, first)
        beyond = bool(columns) and columns[-1][0] + 1 < len(grid.model.columns)
        more = ("‹" if first > grid.frozen else " ") + ("›" if beyond else " ")
        if grid.head_height == 2 and line == 0:
            texts = [" " * (room + _GAP), *self._groups([column for _, column in columns])]
        else:
            name = fit(grid.name_title, max(room - 2, 0), "left") + more
            texts = [name + " " * _GAP, *(fit(c.title, c.width, c.align) + " " * _GAP for _, c in columns)]
        return Strip([Segment("".join(texts), style)]).adjust_cell_length(width, style).simplify()

    def _groups(self, columns: list[GridColumn]) -> list[str]:
        texts: list[str] = []
        place = 0
        while place < len(columns):
            group = columns[place].group
            end = place
            while end < len(columns) and columns[end].group == group:
                end += 1
            room = sum(column.width + _GAP for column in columns[place:end]) - _GAP
            texts.append(fit(group, room, "left") + " " * _GAP)
            place = end
        return texts

    def row(self, row: int, width: int) -> Strip:
        """A row of the model."""
        grid = self._grid
        busy = row == grid.row or grid.block.start_row <= row <= grid.block.end_row
        known = (row, width, grid.first_column)
        if busy:
            return self._draw(row, width)
        strip = self._strips.get(known)
        if strip is None:
            strip = self._strips[known] = self._draw(row, width)
        return strip

    def _draw(self, row: int, width: int) -> Strip:
        grid = self._grid
        base = grid.get_component_rich_style(f"grid--{'odd' if row % 2 else 'even'}")
        name = base + self._ink("name" if row != grid.row else "here")
        segments = [Segment(fit(grid.model.row_title(row), self.name_width(width), "left") + " " * _GAP, name)]
        for number, column in self.fitting(width, grid.first_column):
            if grid.editor is not None and (row, number) == (grid.row, grid.column):
                segments += self._typing(column)
            else:
                text = fit(grid.shown_text(row, number), column.width, column.align)
                segments.append(Segment(text, self._style(row, number, base)))
            segments.append(Segment(" " * _GAP, base))
        return Strip(segments).adjust_cell_length(width, base).simplify()

    def _style(self, row: int, number: int, base: Style) -> Style:
        grid = self._grid
        if (row, number) == (grid.row, grid.column):
            return grid.get_component_rich_style("grid--cursor")
        look = grid.model.look(row, number) if isinstance(grid.model, StyledModel) else ""
        if not look and not grid.model.editable(row, number):
            look = "dim"
        style = base + self._ink(look) if look else base
        if grid.block.holds(row, number):
            style += Style(bgcolor=grid.get_component_rich_style("grid--block").bgcolor)
        return style

    def _typing(self, column: GridColumn) -> list[Segment]:
        grid = self._grid
        assert grid.editor is not None  # only asked for while typing
        bad = grid.typing_problem() is not None
        style = grid.get_component_rich_style("grid--wrong" if bad else "grid--edit")
        text, place = grid.editor.shown(column.width)
        caret = style + Style(reverse=True)
        if grid.editor.replacing:
            return [Segment(text, caret)]
        return [Segment(text[:place], style), Segment(text[place], caret), Segment(text[place + 1 :], style)]

    def foot(self, width: int) -> Strip:
        """The line under the rows: what is wrong, else what the cell under the cursor is."""
        grid = self._grid
        text, wrong = grid.foot_text()
        style = grid.get_component_rich_style("grid--bad-foot" if wrong else "grid--foot")
        return Strip([Segment(" " + fit(text, max(width - 1, 0), "left"), style)]).adjust_cell_length(width, style)

    def empty(self, width: int) -> Strip:
        """What stands in a grid with no rows."""
        style = self._grid.get_component_rich_style("grid--empty")
        text = self._grid.empty
        text = text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)) + "…"
        left = max((width - cell_len(text)) // 2, 0)
        return Strip([Segment(" " * left + text, style)]).adjust_cell_length(width, style)

    def _ink(self, name: str) -> Style:
        style = self._grid.get_component_rich_style(f"grid--{name}", partial=True)
        return Style(color=style.color, bold=style.bold, dim=style.dim)
