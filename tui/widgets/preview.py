"""A picture in the terminal: four pixels to a cell in two colours, so that every terminal with colours can show it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

_BLOCKS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""The letter whose quarters are filled, by the bits 1 upper left, 2 upper right, 4 lower left, 8 lower right."""

Pixel = tuple[int, int, int]


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

    @property
    def page_region(self) -> Region:
        """Where the picture stands on the screen, in cells."""
        raise NotImplementedError

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
        self._pixels: list[list[Pixel]] = []

    def on_resize(self) -> None:
        """The page fits the room there is."""
        self._fit()

    def _fit(self) -> None:
        room = self.scrollable_content_region.size if self.is_mounted else Size(0, 0)
        if self._picture is None or not room.width or not room.height:
            return
        wide, high = self._picture.size
        scale = min(room.width / wide, room.height * 2 / high) * self.zoom
        width, height = 2 * max(1, round(wide * scale)), 2 * max(1, round(high * scale / 2))
        small = self._picture.resize((width, height), 1 if scale > 1 else 4)
        data = small.tobytes()
        pixels = list(zip(data[::3], data[1::3], data[2::3], strict=True))
        self._pixels = [pixels[row * width : (row + 1) * width] for row in range(height)]
        self.virtual_size = Size(width // 2, height // 2)
        self.refresh()

    @property
    def page_region(self) -> Region:
        """Where the page stands; the whole of it, also where only a part is seen."""
        size, room = self.virtual_size, self.content_region
        return Region(room.x + max(0, (self.size.width - size.width) // 2), room.y, size.width, size.height)

    def render_line(self, y: int) -> Strip:
        """One row of cells."""
        width = self.size.width
        left, top = self.scroll_offset
        row = 2 * (y + top)
        if row + 1 >= len(self._pixels):
            return Strip.blank(width, self.rich_style)
        upper, lower = (each[2 * left : 2 * (left + width)] for each in self._pixels[row : row + 2])
        places = range(0, len(upper) - 1, 2)
        margin = max(0, (width - len(places)) // 2) if self.virtual_size.width <= width else 0
        blank = Segment(" " * margin, self.rich_style)
        cells = [_cell((*upper[place : place + 2], *lower[place : place + 2])) for place in places]
        return Strip([blank, *cells]).adjust_cell_length(width, self.rich_style)


@lru_cache(maxsize=16_384)  # some screens full: of a page under the hand only the outline changes, and most is paper
def _cell(pixels: tuple[Pixel, ...]) -> Segment:
    """Four pixels as a letter: those darker than their middle in one colour, the others in another."""
    lights = [2 * red + 5 * green + blue for red, green, blue in pixels]
    middle = (min(lights) + max(lights)) / 2
    dark = [light < middle for light in lights]
    filled, ground = _mean(pixels, dark, wanted=True), _mean(pixels, dark, wanted=False)
    bits = sum(1 << place for place, each in enumerate(dark) if each)
    return Segment(_BLOCKS[bits], Style(color=Color.from_rgb(*filled), bgcolor=Color.from_rgb(*ground)))


def _mean(pixels: tuple[Pixel, ...], dark: list[bool], *, wanted: bool) -> Pixel:
    chosen = [pixel for pixel, each in zip(pixels, dark, strict=True) if each is wanted] or list(pixels)
    red, green, blue = (round(sum(channel) / len(chosen)) for channel in zip(*chosen, strict=True))
    return red, green, blue
