"""Drawing a table: which columns fit, and the strip of each line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip

if TYPE_CHECKING:
    from tui.widgets.rows import Column
    from tui.widgets.table import VirtualTable

_GAP = 1
_MARK = 2


class Painter:
    """Draws the lines of one table and remembers the last few hundred."""

    def __init__(self, table: VirtualTable) -> None:
        self._table = table
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(500)
        self._widths: tuple[int, list[tuple[int, Column, int]]] = (-1, [])

    def forget(self) -> None:
        """Draw everything anew."""
        self._strips.clear()
        self._widths = (-1, [])

    def layout(self, width: int) -> list[tuple[int, Column, int]]:
        """The columns that fit in `width`, as (number, column, cells); growing ones share what is left over."""
        if self._widths[0] == width:
            return self._widths[1]
        fitting: list[tuple[int, Column, int]] = []
        used = _MARK
        for number, column in enumerate(self._table.columns):
            if fitting and used + column.width > width:
                break
            fitting.append((number, column, column.width))
            used += column.width + _GAP
        growing = [place for place, (_, column, _) in enumerate(fitting) if column.grow]
        spare = max(width - used, 0)
        for rank, place in enumerate(growing):
            number, column, cells = fitting[place]
            share = spare // len(growing) + (rank < spare % len(growing))
            fitting[place] = (number, column, cells + min(share, column.width))
        self._widths = (width, fitting)
        return fitting

    def column_at(self, x: int) -> Column | None:
        """The column at a cell of a line."""
        left = _MARK
        for _, column, cells in self.layout(self._table.scrollable_content_region.width):
            if x < left + cells + _GAP:
                return column
            left += cells + _GAP
        return None

    def head(self, width: int) -> Strip:
        """The headings, with an arrow at the one sorted by."""
        style = self._table.get_component_rich_style("table--head")
        texts = [" " * _MARK]
        for _, column, cells in self.layout(width):
            arrow = ("↓" if self._table.reverse else "↑") if column.key == self._table.sorted_by else ""
            title = f"{column.title} {arrow}" if arrow else column.title
            texts.append(fit(title, cells, column.align) + " " * _GAP)
        return Strip([Segment("".join(texts), style)]).adjust_cell_length(width, style).simplify()

    def row(self, place: int, width: int) -> Strip:
        """A row by its place in the view."""
        table = self._table
        row = table.rows[table.view[place]]
        at_cursor, marked = place == table.cursor, row.id in table.marks
        known = (place, width, at_cursor, marked, table.has_focus)
        strip = self._strips.get(known)
        if strip is None:
            strip = self._strips[known] = self._draw(
                row.cells, row.styles, place, width, cursor=at_cursor, marked=marked
            )
        return strip

    def _draw(
        self, cells: tuple[str, ...], styles: object, place: int, width: int, *, cursor: bool, marked: bool
    ) -> Strip:
        table = self._table
        base = table.get_component_rich_style("table--cursor" if cursor else f"table--{'odd' if place % 2 else 'even'}")
        mark = base + self._ink("mark") if marked and not cursor else base
        segments = [Segment("▌ " if marked else "  ", mark)]
        for number, column, room in self.layout(width):
            name = styles.get(number, "") if isinstance(styles, dict) else ""
            style = base + self._ink(name) if name and not cursor else (mark if marked else base)
            text = cells[number] if number < len(cells) else ""
            segments.append(Segment(fit(text, room, column.align) + " " * _GAP, style))
        return Strip(segments).adjust_cell_length(width, base).simplify()

    def _ink(self, name: str) -> Style:
        style = self._table.get_component_rich_style(f"table--{name}", partial=True)
        return Style(color=style.color, bold=style.bold, dim=style.dim)

    def empty(self, width: int) -> Strip:
        """What stands in a list with no rows."""
        style = self._table.get_component_rich_style("table--empty")
        text = self._table.empty
        text = text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)) + "…"
        left = max((width - cell_len(text)) // 2, 0)
        return Strip([Segment(" " * left + text, style)]).adjust_cell_length(width, style)


def fit(text: str, cells: int, align: str) -> str:
    """`text` in exactly `cells` cells of one line, cut with an ellipsis or filled with blanks."""
    text = " ".join(text.split()) if not text.isprintable() else text
    length = cell_len(text)
    if length > cells:
        return set_cell_size(text, max(cells - 1, 0)) + "…"
    blanks = " " * (cells - length)
    return blanks + text if align == "right" else text + blanks
