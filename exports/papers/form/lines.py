"""Words into lines of a given width, in a font that ReportLab knows."""

from __future__ import annotations

from functools import lru_cache

_EDGE = 0.01


@lru_cache(maxsize=65536)
def _unit_width(text: str, font: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415  # heavy

    return float(stringWidth(text, font, 1000)) / 1000


def width_of(text: str, font: str, size: float) -> float:
    """Width of `text` in points."""
    return _unit_width(text, font) * size


def longest_word(text: str, font: str, size: float) -> float:
    """Width of the widest word of `text` in points; 0 without words."""
    return max((width_of(word, font, size) for word in text.split()), default=0)


@lru_cache(maxsize=65536)
def wrap(text: str, font: str, size: float, width: float, first: float = 0) -> tuple[str, ...]:
    """The lines of `text` in a width; its own line ends are kept, and a word too wide for a line is cut by letters.

    Args:
        text: words; runs of blanks count as one.
        font: name in ReportLab.
        size: in points.
        width: of a line, in points.
        first: how much the first line is set in.
    """
    lines: list[str] = []
    blank = width_of(" ", font, size)
    for paragraph in text.split("\n"):
        line, taken = "", 0.0 if lines else first
        for word in paragraph.split():
            needed = width_of(word, font, size)
            if line and taken + blank + needed > width + _EDGE:
                lines.append(line)
                line, taken = "", 0.0
            if line:
                line, taken = f"{line} {word}", taken + blank + needed
                continue
            *whole, line = _cut(word, font, size, width - taken) if needed > width - taken + _EDGE else (word,)
            lines += whole
            taken += width_of(line, font, size)
        lines.append(line)
    return tuple(lines)


def balanced(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """The lines of `text`, as few as `wrap` makes them but as even as they can be, for texts set in the middle."""
    lines = wrap(text, font, size, width)
    least = max(width_of(text.replace("\n", " "), font, size) / len(lines), longest_word(text, font, size))
    while least < width:
        found = wrap(text, font, size, least)
        if len(found) == len(lines):
            return found
        least += size
    return lines


def _cut(word: str, font: str, size: float, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, font, size) > width + _EDGE:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def shrunk(text: str, font: str, size: float, width: float, floor: float) -> float:
    """The size, from `size` down to `floor`, at which `text` fits one line (or `floor`)."""
    needed = width_of(text, font, size)
    return max(floor, size * width / needed) if needed > width else size
