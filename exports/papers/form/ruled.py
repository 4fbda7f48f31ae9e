"""Tables with rules: widths from what stands in them, heads on every page, rows that never run over the edge."""

from __future__ import annotations

from collections.abc import Sequence

from config.errors import InputError
from config.text import t
from exports.papers.form.fitting import PAD, SMALLEST, Measures, measures, shared, size_for
from exports.papers.form.lines import longest_word, wrap
from exports.papers.form.page_writer import LEADING, Press
from exports.papers.form.paper import Section
from exports.papers.form.wording import HeadCell, cell_text, head_cells
from exports.sheets import SheetColumn

_CUT = 1.2  # of the page: how much wider the longest words may be before they are cut into nonsense


class Ruled:
    """One table, measured for the width of the page; `draw` sets it on the press."""

    def __init__(self, press: Press, section: Section) -> None:
        self._press = press
        self._columns = section.columns
        self._rows = section.rows
        self._totals = section.totals
        self._section = section
        self.size = size_for(section, press.width, press.font(), press.font("-bold"))
        self._widths = self._share()
        self._line = self.size * LEADING
        self._edges = [sum(self._widths[:number]) for number in range(len(self._widths) + 1)]
        self._heads = head_cells(section.columns)
        self._head_rows = self._head_heights()

    def _share(self) -> list[float]:
        """Widths by what stands in the columns, none narrower than its longest word, in smaller letters if needed.

        Raises:
            InputError: when the heads do not fit the page, or too many words would be cut.
        """
        room = self._press.width
        while sum((found := self._measures()).least) > room and self.size > SMALLEST:
            self.size -= 0.5
        least = found.least
        if sum(least) <= room:
            return shared(found, room)
        heads = [self._head_word(number) + 2 * PAD for number in range(len(self._columns))]
        if sum(heads) > room or sum(least) > room * _CUT:
            raise InputError(
                t("{n} columns do not fit a page", n=len(self._columns)),
                do=t("choose fewer columns, turn the page on its side, or write a spreadsheet"),
            )
        more = [max(0.0, low - head) for low, head in zip(least, heads, strict=True)]
        part = (room - sum(heads)) / (sum(more) or 1)
        return [head + part * each for head, each in zip(heads, more, strict=True)]

    def _measures(self) -> Measures:
        return measures(self._section, self.size, self._press.width, self._press.font(), self._press.font("-bold"))

    def _head_word(self, number: int) -> float:
        return longest_word(self._columns[number].title, self._press.font("-bold"), self.size)

    def _head_heights(self) -> list[float]:
        deep = max((cell.row + cell.rows for cell in self._heads), default=1)
        heights = [self._line + 2 * PAD] * deep
        for cell in self._heads:
            if cell.rows == 1:
                heights[cell.row] = max(heights[cell.row], self._head_height(cell))
        for cell in self._heads:
            if cell.rows > 1:
                heights[-1] += max(0.0, self._head_height(cell) - sum(heights))
        return heights

    def _head_height(self, cell: HeadCell) -> float:
        return len(self._head_lines(cell)) * self._line + 2 * PAD

    def _head_lines(self, cell: HeadCell) -> tuple[str, ...]:
        width = self._edges[cell.last + 1] - self._edges[cell.first]
        return wrap(cell.text, self._press.font("-bold"), self.size, width - 2 * PAD)

    def draw(self, tail: float) -> None:
        """Set the table; its last two rows stay on one page with the `tail` points that follow."""
        last = len(self._rows) - 1
        first = self._cells(self._rows[0], "") if self._rows else []
        self._press.need(sum(self._head_rows) + self._height(first) + PAD)
        self._draw_heads()
        totals = self._cells(self._totals, "-bold") if self._totals else []
        end = (self._height(totals) if totals else 0.0) + tail
        for number, row in enumerate(self._rows):
            cells = self._cells(row, "")
            height = self._height(cells)
            after = 0.0
            if number == last - 1:  # two rows go with the signature: one alone looks forgotten
                after = self._height(self._cells(self._rows[last], "")) + end
            elif number == last:
                after = end
            self._draw_row(cells, "", self._kept(height, after))
        if totals:
            self._draw_row(totals, "-bold", self._kept(self._height(totals), tail))

    def _kept(self, height: float, after: float) -> float:
        # What cannot stand on one page even so is not kept together.
        return height + after if height + after + sum(self._head_rows) < self._press.height else height

    def _cells(self, row: Sequence[object], style: str) -> list[tuple[str, ...]]:
        font = self._press.font(style)
        return [
            wrap(cell_text(value, column.kind), font, self.size, width - 2 * PAD)
            for value, column, width in zip(row, self._columns, self._widths, strict=True)
        ]

    def _height(self, cells: Sequence[tuple[str, ...]]) -> float:
        return max((len(lines) for lines in cells), default=1) * self._line + 2 * PAD

    def _draw_heads(self) -> None:
        tops = [self._press.y + sum(self._head_rows[:row]) for row in range(len(self._head_rows))]
        for cell in self._heads:
            height = sum(self._head_rows[cell.row : cell.row + cell.rows])
            x, width = self._edges[cell.first], self._edges[cell.last + 1] - self._edges[cell.first]
            self._press.box(x, tops[cell.row], width, height)
            lines = self._head_lines(cell)
            top = tops[cell.row] + (height - len(lines) * self._line) / 2
            for number, line in enumerate(lines):
                box = (x, top + number * self._line, width)
                self._press.write(line, self.size, "-bold", box, "center")
        self._press.y += sum(self._head_rows)

    def _draw_row(self, cells: list[tuple[str, ...]], style: str, kept: float) -> None:
        """Draw a row with at least `kept` points left; one higher than a page goes on over the next pages."""
        if self._press.need(kept):
            self._draw_heads()
        while True:
            fits = max(1, int((self._press.room - 2 * PAD) / self._line))
            self._draw_part([lines[:fits] for lines in cells], style)
            cells = [lines[fits:] for lines in cells]
            if not any(cells):
                return
            self._press.new_page()
            self._draw_heads()

    def _draw_part(self, cells: list[tuple[str, ...]], style: str) -> None:
        height = self._height(cells)
        for column, lines, x, width in zip(self._columns, cells, self._edges, self._widths, strict=False):
            self._press.box(x, self._press.y, width, height)
            top = self._press.y + (height - len(lines) * self._line) / 2
            for number, line in enumerate(lines):
                box = (x + PAD, top + number * self._line, width - 2 * PAD)
                self._press.write(line, self.size, style, box, _align(column))
        self._press.y += height


def _align(column: SheetColumn) -> str:
    if column.kind in ("date", "year") or (column.kind == "number" and column.width <= 6):
        return "center"
    return "right" if column.kind == "number" else "left"
