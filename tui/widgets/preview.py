"""A picture in the terminal: two pixels to a cell, so that every terminal with colours can show it."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

_UPPER = "▀"


class Zoomed:
    """What every preview of a page has: its picture, how closely it is looked at, and fitting it anew."""

    _picture: Any = None
    zoom = 1.0

    def show(self, picture: Any) -> None:
        """Show a Pillow image in RGB, at the zoom in force (1: the whole page)."""
        self._picture = picture
        self._fit()

    def set_zoom(self, zoom: float) -> None:
        """Look closer or from farther away."""
        self.zoom = min(max(zoom, 1.0), 8.0)
        self._fit()

    def _fit(self) -> None:
        raise NotImplementedError


class Preview(Zoomed, ScrollView, can_focus=True):
    """A page; arrows move over it where it is larger than the screen."""

    DEFAULT_CSS = "Preview { height: 1fr; width: 1fr; background: $background; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", show=False),
        Binding("down", "scroll_down", show=False),
        Binding("left", "scroll_left", show=False),
        Binding("right", "scroll_right", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._pixels: list[list[tuple[int, int, int]]] = []

    def on_resize(self) -> None:
        """The page fits the room there is."""
        self._fit()

    def _fit(self) -> None:
        room = self.scrollable_content_region.size if self.is_mounted else Size(0, 0)
        if self._picture is None or not room.width or not room.height:
            return
        wide, high = self._picture.size
        scale = min(room.width / wide, room.height * 2 / high) * self.zoom
        width, height = max(1, round(wide * scale)), max(2, round(high * scale / 2) * 2)
        small = self._picture.resize((width, height), 1 if scale > 1 else 4)
        data = small.tobytes()
        self._pixels = [
            [tuple(data[start : start + 3]) for start in range(row * width * 3, (row + 1) * width * 3, 3)]
            for row in range(height)
        ]
        self.virtual_size = Size(width, height // 2)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of cells: the upper pixel is the letter, the lower one its ground."""
        width = self.size.width
        left, top = self.scroll_offset
        row = 2 * (y + top)
        if row + 1 >= len(self._pixels):
            return Strip.blank(width, self.rich_style)
        pairs = list(zip(self._pixels[row], self._pixels[row + 1], strict=True))[left : left + width]
        margin = max(0, (width - len(pairs)) // 2) if self.virtual_size.width <= width else 0
        blank = Segment(" " * margin, self.rich_style)
        cells = [
            Segment(_UPPER, Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower)))
            for upper, lower in pairs
        ]
        return Strip([blank, *cells]).adjust_cell_length(width, self.rich_style)
