"""Pure measure: words into even lines, and the largest size at which they fit. No page, no file, no font."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from config.settings.designs.elements import line_height

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


@dataclass(frozen=True, slots=True)
class Part:
    """What stands in a flow: words, or something of a fixed height.

    Attributes:
        text, measure: as of `fit`; no text: it takes `height`.
        sizes: the wanted size and the floor.
        lines, leading: as of `fit`.
        one_line: it is set smaller, down to this part of its size, before it takes a second line.
        grid: step of the grid of baselines; 0 for none.
        low: what is no text is never lower than this; 0: it never shrinks.
        space: air above it where there is neither too little nor too much.
        not_above: place of the part before it than which it is never larger, or -1.
    """

    text: str = ""
    measure: Measure = len
    sizes: tuple[float, float] = (1, 1)
    lines: int = 1
    leading: float = 1.3
    one_line: float = 1
    grid: float = 0
    height: float = 0
    low: float = 0
    space: float = 0
    not_above: int = -1


@dataclass(frozen=True, slots=True)
class Flowed:
    """Parts of a flow as they stand.

    Attributes:
        fits: the lines and size of each, or None for what is no text.
        spans: top and height of each, from the top of the box.
    """

    fits: tuple[Fit | None, ...]
    spans: tuple[tuple[float, float], ...]


class CannotFlowError(Exception):
    """A flow cannot be settled.

    Attributes:
        part: place of the words that are too long for its width, or -1 where all together are too high.
        needs: the height that all need at their smallest.
    """

    def __init__(self, part: int = -1, needs: float = 0) -> None:
        super().__init__(part, needs)
        self.part, self.needs = part, needs


_SHRINK = 0.02  # of the sizes: one step
_AIR = 1.8  # how many times the air between parts grows where there is room


def flow(parts: Sequence[Part], box: tuple[float, float], share: float = 0.5, least: float = 0) -> Flowed:
    """Set parts below each other, as large as the box allows, all shrinking alike but none below its floor.

    Args:
        parts: at least one, from the top.
        box: width and height.
        share: of the room that is left, how much stands above the first: 0 at the top, 1 at the bottom.
        least: part of their wanted sizes below which they are not set.

    Raises:
        CannotFlowError: when they do not fit.
    """
    width, height = box
    scale = 1.0
    while True:
        fits = _fits(parts, width, scale)
        heights = [_height(part, found, scale) for part, found in zip(parts, fits, strict=True)]
        needs = sum(heights)
        air = sum(part.space for part in parts[1:]) * scale
        if needs + air <= height + _EDGE:
            return _spread(
                parts, [None if found is None else found.broken() for found in fits], heights, (height, share)
            )
        smallest = all(_is_smallest(*each) for each in zip(parts, fits, heights, strict=True))
        if (smallest and (scale < _LEAST or not air)) or scale - _SHRINK < least:
            raise CannotFlowError(needs=needs + air)
        scale -= _SHRINK


_LEAST = 0.4  # of the air: a flow is never set closer


def _fits(parts: Sequence[Part], width: float, scale: float) -> list[_Sized | None]:
    found: list[_Sized | None] = []
    for number, part in enumerate(parts):
        if not part.text:
            found.append(None)
            continue
        wanted, floor = max(part.sizes[1], part.sizes[0] * scale), part.sizes[1]
        above = found[part.not_above] if part.not_above >= 0 else None
        if above is not None:
            wanted = min(wanted, above.size)
        wanted = max(int(wanted / _STEP + _EDGE) * _STEP, min(wanted, floor))
        made = None
        if part.one_line < 1 and wanted >= floor - _EDGE:
            least = max(floor, wanted * part.one_line)
            made = _sized(part.text, part.measure, (width, _ENDLESS), (wanted, least), leading=part.leading)
        if made is None and wanted >= floor - _EDGE:
            limits = {"lines": part.lines, "leading": part.leading}
            made = _sized(part.text, part.measure, (width, _ENDLESS), (wanted, floor), **limits)
        if made is None:
            raise CannotFlowError(number)
        found.append(made)
    return found


_ENDLESS = 1e9


def _is_smallest(part: Part, found: _Sized | None, height: float) -> bool:
    return height <= (part.low or part.height) + _EDGE if found is None else found.size <= part.sizes[1] + _EDGE


def _height(part: Part, found: _Sized | None, scale: float) -> float:
    if found is None:
        return max(part.height * scale, part.low or part.height)
    return found.lines * line_height(found.size, part.leading, part.grid)


def _spread(
    parts: Sequence[Part], fits: Sequence[Fit | None], heights: Sequence[float], room: tuple[float, float]
) -> Flowed:
    height, share = room
    needs = sum(heights)
    air = sum(part.space for part in parts[1:])
    left = height - needs
    # Short words breathe, but the block stays one: the rest of the room stands around it.
    grown = min(left / air, _AIR) if air else 0.0
    top = (left - air * grown) * share
    spans = []
    for number, (part, high) in enumerate(zip(parts, heights, strict=True)):
        top += part.space * grown if number else 0
        spans.append((top, high))
        top += high
    return Flowed(tuple(fits), tuple(spans))


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
        limits: `lines`: most lines (1); `leading`: distance of baselines in sizes (1.3); `grid`: its steps (0: none).
    """
    found = _sized(text, measure, box, sizes, **limits)
    return None if found is None else found.broken()


@dataclass(frozen=True, slots=True)
class _Sized:
    """Words whose size is found but which are not broken into lines yet: a flow tries many sizes, and sets one.

    Attributes:
        rows: of each paragraph its words, their widths and how many lines it takes; the widths, `blank` and `room` are
            at size 1.
    """

    rows: tuple[tuple[list[str], list[float], int], ...]
    blank: float
    room: float
    size: float

    @property
    def lines(self) -> int:
        return sum(count for _words, _widths, count in self.rows)

    def broken(self) -> Fit:
        made = (_balanced(words, widths, self.blank, (self.room, count)) for words, widths, count in self.rows)
        return Fit(tuple(line for lines in made for line in lines), self.size)


@lru_cache(maxsize=512)
def _sized(
    text: str, measure: Measure, box: tuple[float, float], sizes: tuple[float, float], **limits: float
) -> _Sized | None:
    """As `fit`; many certificates in a row say the same but for a name."""
    most, leading, grid = int(limits.get("lines", 1)), limits.get("leading", 1.3), limits.get("grid", 0)
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
            if total <= most and total * line_height(size, leading, grid) <= height + _EDGE:
                rows = zip(paragraphs, widths, (count or 1 for count in counts), strict=True)
                return _Sized(tuple(rows), blank, room, size)
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
