"""A pen on pages: where the next line goes, when a new page begins, and what stands on every page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from config.settings.styles import Margins
from exports.files import save_canvas
from exports.fonts import Fonts
from exports.papers.form.lines import width_of
from exports.papers.form.paper import Paper

MM = 72 / 25.4
LEADING = 1.25
_BASELINE = 0.27  # of the size: from the bottom of a line up to its baseline
_SHIFT = {"left": 0.0, "center": 0.5, "right": 1.0}


def margins_of(paper: Paper) -> Margins:
    """The margins of a paper's pages; one on its side has its own."""
    return paper.style.margins_wide if paper.landscape else paper.style.margins


class Press:
    """A4 pages of a paper. `y` is how far down the page is filled, in points from the top of what may be filled.

    Margins are those of the paper's style; a page on its side has its own.
    """

    def __init__(self, paper: Paper, path: Path, fonts: Fonts) -> None:
        from reportlab import rl_config  # noqa: PLC0415  # heavy
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

        rl_config.useA85 = 0
        self.fonts = fonts
        self._path = path
        self._lay(paper)
        self.canvas: Any = Canvas(str(path), pagesize=self._page_size, pageCompression=1, invariant=1, lang="vi-VN")
        self.canvas.setTitle(" ".join(paper.title))
        self.canvas.setAuthor(paper.office)
        self.canvas.setCreator("Sổ Vàng")
        self.canvas.setSubject(fonts.family)
        self._furnish()

    def _lay(self, paper: Paper) -> None:
        """Take the measures of a paper's pages."""
        size = (297 * MM, 210 * MM) if paper.landscape else (210 * MM, 297 * MM)
        margins = margins_of(paper)
        self.left = margins.left * MM
        self.width = size[0] - self.left - margins.right * MM
        self.height = size[1] - (margins.top + margins.bottom) * MM
        self.body = paper.style.body
        self.y = 0.0
        self.page = 1
        self._top = size[1] - margins.top * MM
        self._mark = paper.mark
        self._page_size = size

    def begin(self, paper: Paper) -> None:
        """Begin the pages of a paper that is annexed, numbered anew."""
        self.canvas.showPage()
        self._lay(paper)
        self.canvas.setPageSize(self._page_size)
        self._furnish()

    def font(self, style: str = "") -> str:
        """The name in ReportLab of the paper's font: `` , `-bold`, `-italic`."""
        return self.fonts.names[f"serif{style}"]

    @property
    def room(self) -> float:
        """Points left on this page."""
        return self.height - self.y

    def need(self, height: float) -> bool:
        """Begin a new page unless `height` points are left; says whether it did. The top of a page has room for all."""
        if height <= self.room or self.y == 0:
            return False
        self.new_page()
        return True

    def new_page(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self.page += 1
        self.y = 0
        self._furnish()

    def _furnish(self) -> None:
        """The page's number (not on the first) and the small print at its foot."""
        width, height = self._page_size
        self.canvas.setLineWidth(0.5)
        if self.page > 1:
            self.canvas.setFont(self.font(), 13)
            self.canvas.drawCentredString(width / 2, height - 13 * MM, str(self.page))
        if self._mark:
            self.canvas.setFillGray(0.35)
            self.canvas.setFont(self.font(), 7)
            self.canvas.drawString(self.left, 9 * MM, self._mark)
            self.canvas.setFillGray(0)

    def write(
        self,
        text: str,
        size: float,
        style: str,
        box: tuple[float, float, float],
        align: str = "left",
        *,
        red: bool = False,
    ) -> None:
        """Draw one line: `box` is its left edge within the page's width, its top as `y` counts, and its width."""
        x, top, width = box
        if not text:
            return
        font = self.font(style)
        shift = (width - width_of(text, font, size)) * _SHIFT[align] if align != "left" else 0
        if red:
            self.canvas.setFillColorRGB(0.8, 0, 0)
        self.canvas.setFont(font, size)
        self.canvas.drawString(self.left + x + shift, self._top - top - size * (LEADING - _BASELINE), text)
        if red:
            self.canvas.setFillGray(0)

    def rule(self, x: float, top: float, width: float, thickness: float = 0.7) -> None:
        """Draw a level line."""
        self.canvas.setLineWidth(thickness)
        self.canvas.line(self.left + x, self._top - top, self.left + x + width, self._top - top)
        self.canvas.setLineWidth(0.5)

    def box(self, x: float, top: float, width: float, height: float) -> None:
        """Draw the border of a cell."""
        self.canvas.rect(self.left + x, self._top - top - height, width, height)

    def bar(self, x: float, top: float, width: float, height: float, grey: float) -> None:
        """Fill a box with a grey from 0 (black) to 1 (white)."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(self.left + x, self._top - top - height, width, height, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def save(self) -> None:
        """End the last page and write the file."""
        save_canvas(self.canvas, self._path)
