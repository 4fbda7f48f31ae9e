"""Pure measure: words into even lines, and the largest size at which they fit. No page, no file, no font."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

GLUE = "\u00a0"
"""Stands for a blank that must not break; drawn as a blank."""

_STEP = 0.25
_EDGE = 1e-6

Measure = Callable[[str], float]
"""Width of a text at size 1, in the unit of the box."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Lines that fit a box, and their size."""

    lines: tuple[str, ...]
    size: float


def glue(text: str, names: Sequence[str]) -> str:
    """Tie the words of every one of `names` that occurs in `text`, so that no line ends inside a name."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, name.replace(" ", GLUE))
    return text


def fit(
    text: str, measure: Measure, box: tuple[float, float], sizes: tuple[float, float], **limits: float
) -> Fit | None:
    """The largest size from `sizes` (largest, floor) at which `text` fits, or None.

    Args:
        text: a line end in it is kept; blanks may become line ends, `GLUE` may not.
        measure: width at size 1.
        box: width and height.
        sizes: the wanted size and the floor.
        limits: `lines`: most lines (1); `leading`: distance of baselines in sizes (1.3).
    """
    most, leading = int(limits.get("lines", 1)), limits.get("leading", 1.3)
    paragraphs = [paragraph.split(" ") for paragraph in text.split("\n")]
    widths = [[measure(word) for word in words] for words in paragraphs]
    blank = measure("a a") - 2 * measure("a")
    width, height = box
    size, floor = sizes
    while size >= floor - _EDGE:
        room = width / size + _EDGE
        counts = [_greedy(row, blank, room) for row in widths]
        if None not in counts:
            total = sum(count or 0 for count in counts)
            if total <= most and total * leading * size <= height + _EDGE:
                lines = [
                    line
                    for words, row, count in zip(paragraphs, widths, counts, strict=True)
                    for line in _balanced(words, row, blank, (room, count or 1))
                ]
                return Fit(tuple(lines), size)
        if size <= floor + _EDGE:
            return None
        size = max(floor, size - _STEP)
    return None


def _greedy(widths: Sequence[float], blank: float, room: float) -> int | None:
    """How many lines the words need at least; None when a word alone is too wide."""
    lines, used = 1, -blank
    for width in widths:
        if width > room:
            return None
        if used + blank + width > room:
            lines, used = lines + 1, width
        else:
            used += blank + width
    return lines


def _balanced(words: Sequence[str], widths: Sequence[float], blank: float, limit: tuple[float, int]) -> list[str]:
    """Break `words` into exactly the given number of lines, none wider than the room, as even as can be."""
    room, count = limit
    if count == 1:
        return [" ".join(words)]
    ends = [0.0]
    for width in widths:
        ends.append(ends[-1] + width + blank)
    mean = (ends[-1] - blank) / count
    # best[i]: least unevenness of the first i words on the lines so far, with the break before each line.
    best: list[tuple[float, tuple[int, ...]] | None] = [(0.0, ()), *([None] * len(words))]
    for _line in range(count):
        best = [_next_line(best, ends, end, (blank, room, mean)) for end in range(len(words) + 1)]
    found = best[-1]
    breaks = (*(found[1] if found else ()), len(words))
    return [" ".join(words[start:end]) for start, end in pairwise(breaks)]


def _next_line(
    best: Sequence[tuple[float, tuple[int, ...]] | None],
    ends: Sequence[float],
    end: int,
    scale: tuple[float, float, float],
) -> tuple[float, tuple[int, ...]] | None:
    blank, room, mean = scale
    found: tuple[float, tuple[int, ...]] | None = None
    for start in range(end - 1, -1, -1):
        width = ends[end] - ends[start] - blank
        if width > room:
            break
        before = best[start]
        if before is not None:
            cost = before[0] + (width - mean) ** 2
            if found is None or cost < found[0]:
                found = (cost, (*before[1], start))
    return found
