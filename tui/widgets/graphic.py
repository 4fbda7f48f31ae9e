"""Pictures in terminals that can show them (Sixel, Kitty): found out before the screen takes the keyboard."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.geometry import Region

from tui.widgets.preview import Zoomed

_SIGNS = frozenset(
    {
        "KITTY_WINDOW_ID",
        "GHOSTTY_RESOURCES_DIR",
        "WEZTERM_PANE",
        "KONSOLE_VERSION",
        "ITERM_SESSION_ID",
        "WT_SESSION",
    }
)
_KINDS = ("xterm-kitty", "xterm-ghostty", "foot", "mlterm", "contour")


def may_show_pictures(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is of a kind worth asking; others are never asked, for a question can eat a key.

    `SOVANG_PICTURES` says it outright: `ask`, or `blocks` for never.
    """
    wish = environment.get("SOVANG_PICTURES", "")
    if wish in ("ask", "blocks"):
        return wish == "ask"
    if "TMUX" in environment or "STY" in environment:
        return False
    return bool(_SIGNS & environment.keys()) or environment.get("TERM", "").startswith(_KINDS)


@cache
def picture_widget() -> Any | None:
    """The widget class that shows pictures here, or None; the terminal is asked at the first call.

    That must be before the app runs: it reads the answer from the keyboard's line.
    """
    if not may_show_pictures(os.environ):
        return None
    from textual_image import renderable, widget  # noqa: PLC0415  # asks the terminal when it is imported

    shows = renderable.Image in (renderable.SixelImage, renderable.TGPImage)
    return widget.Image if shows else None


class GraphicPreview(Zoomed, Container, can_focus=True):
    """A page as a real picture; arrows move over it where one looks closer."""

    DEFAULT_CSS = """
    GraphicPreview { height: 1fr; width: 1fr; background: $background; align: center middle; overflow: hidden; }
    GraphicPreview > * { width: auto; height: auto; max-width: 100%; max-height: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "pan(0, -1)", show=False),
        Binding("down", "pan(0, 1)", show=False),
        Binding("left", "pan(-1, 0)", show=False),
        Binding("right", "pan(1, 0)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._middle = (0.5, 0.5)

    def compose(self) -> ComposeResult:
        """The one picture."""
        widget = picture_widget()
        assert widget is not None  # made only where there is one
        yield widget(id="picture")

    @property
    def page_region(self) -> Region:
        """Where the picture stands."""
        return self.query_one("#picture").content_region

    def action_pan(self, right: int, down: int) -> None:
        """Move over the page by a fifth of what is seen."""
        step = 0.2 / self.zoom
        self._middle = (self._middle[0] + right * step, self._middle[1] + down * step)
        self._fit()

    def _fit(self) -> None:
        if self._picture is None or not self.is_mounted:
            return
        half = 0.5 / self.zoom
        x, y = (min(max(each, half), 1 - half) for each in self._middle)
        self._middle = (x, y)
        wide, high = self._picture.size
        seen = (round((x - half) * wide), round((y - half) * high), round((x + half) * wide), round((y + half) * high))
        self.query_one("#picture").image = self._picture.crop(seen)  # type: ignore[attr-defined]  # every such widget has it
