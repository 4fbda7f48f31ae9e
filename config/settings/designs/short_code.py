"""The short code that comes by itself beside a code, in a design that has no words for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from config.settings.designs.checks import overlap
from config.settings.designs.elements import POINT, Box, Element, QrElement, TextElement, blanks

_FIELD = "short_code"
SUFFIX = "-short"
"""Of the id of what comes by itself, after that of its code."""
_LONG = 9.4  # widths of twelve capitals and two dashes, in sizes
_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0, 7.0)
_LEADING = 1.1
_GRID_ROOM = 0.3  # sizes of further height, where the words have to find a line of a grid
_AIR = 0.5  # mm between the code and its short code


def with_short_code(
    elements: tuple[Element, ...], others: Sequence[Element], inside: Box, taken: Sequence[Box], *, grid: bool
) -> tuple[Element, ...]:
    """The elements of a side, and the short code of a code that has none.

    Args:
        elements: of the side.
        others: of the other side.
        inside: what the frame leaves free, mm.
        taken: the rooms of the flows of the side.
        grid: whether words stand on a grid of baselines.
    """
    codes = lonely_codes(elements, others)
    made = [_beside(each, (elements, taken), inside, grid=grid) for each in codes]
    return (*elements, *(each for each in made if each is not None))


def lonely_codes(elements: Sequence[Element], others: Sequence[Element]) -> list[QrElement]:
    """The codes on a side whose short code has to come by itself."""
    texts = [each for each in (*elements, *others) if isinstance(each, TextElement)]
    if any(field == _FIELD for each in texts for field, _required in blanks(each.text)):
        return []
    codes = [each for each in elements if isinstance(each, QrElement) and each.field == "code" and each.short_code]
    return codes[:1]


def _beside(
    code: QrElement, around: tuple[Sequence[Element], Sequence[Box]], inside: Box, *, grid: bool
) -> TextElement | None:
    if code.flow or code.repeat:
        return None
    elements, taken = around
    rooms = [*taken, *(box for each in elements if not each.flow for box in each.boxes())]
    for size, box, align in _places(code.box, _LEADING + (_GRID_ROOM if grid else 0)):
        if _within(box, inside) and not any(overlap(box, each) for each in rooms):
            return TextElement(
                id=f"{code.id}{SUFFIX}",
                text=f"{{{_FIELD}?}}",
                when=_FIELD,
                box=box,
                size=size,
                leading=_LEADING,
                colour=code.colour,
                align=align,
                overlay=code.overlay,
            )
    return None


def _places(code: Box, height: float) -> Iterator[tuple[float, Box, Literal["left", "center", "right"]]]:
    """Where it may stand, the best first: beside the code, below, above; the larger letters before the smaller."""
    x, y, w, h = code
    for size in _SIZES:
        wide, high = _LONG * size * POINT, height * size * POINT
        for top in (y + (h - high) / 2, y, y + h - high):
            yield size, (x + w + _AIR, top, wide, high), "left"
        for top in (y + h, y - high):
            yield size, (x + (w - wide) / 2, top, wide, high), "center"
            yield size, (x, top, wide, high), "left"
        for top in (y + (h - high) / 2, y, y + h - high):
            yield size, (x - _AIR - wide, top, wide, high), "right"


def _within(box: Box, room: Box) -> bool:
    return (
        box[0] >= room[0]
        and box[1] >= room[1]
        and box[0] + box[2] <= room[0] + room[2]
        and box[1] + box[3] <= room[1] + room[3]
    )
