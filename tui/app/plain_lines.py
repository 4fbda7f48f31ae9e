"""What is painted never steers the terminal: every line of every widget goes through here, whatever it was made of."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_STEERING = ("Cc", "Cs", "Zl", "Zp")
_TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


class PlainLines(LineFilter):
    """Takes control characters, halves of characters and what turns the direction of writing out of painted lines.

    Each leaves as many cells as it took, which mostly is none: where everything stands was reckoned before. Who shows
    texts of others by `config.plain.visible` shows a symbol for each.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  # so Textual calls it
        """The same line; one with orders of ours to the terminal, as of a picture, is left alone."""
        if all(each.text.isprintable() for each in segments) or any(each.control for each in segments):
            return segments
        return [Segment(each.text.translate(_SAFE), each.style) for each in segments]


class _Safe(dict[int, str]):
    """Character -> what is painted for it."""

    def __missing__(self, code: int) -> str:
        each = chr(code)
        steers = unicodedata.category(each) in _STEERING or unicodedata.bidirectional(each) in _TURNING
        self[code] = "�" * cell_len(each) if steers else each
        return self[code]


_SAFE = _Safe()
