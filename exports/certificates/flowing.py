"""Blocks whose elements share their room: what stands below each other, set as large as there is room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from msgspec import structs

from config.errors import InputError
from config.settings.designs.checks import joined
from config.settings.designs.elements import Element, Flow, ImageElement, TextElement
from config.text import t
from exports.certificates.frames.strokes import MM
from exports.certificates.layout import CannotFlowError, Part, flow
from exports.certificates.pieces import (
    Ground,
    Placed,
    Refuse,
    filled,
    judge_letters,
    measure_of,
    moved,
    place_one,
    quoted,
    unfit,
    wanted_of,
    worded,
)

_ABOVE = {"top": 0.0, "middle": 0.5, "bottom": 1.0}


def settle_sharing(
    above: tuple[Flow, tuple[Element, ...]],
    own: tuple[Flow, Sequence[Element]],
    said: Mapping[str, str],
    means: tuple[Ground, Refuse],
) -> list[Placed]:
    """A flow in its own room; where its words are many, it and the one above in the room of both."""
    block, elements = own
    try:
        return settle_flow(block, elements, said, means, least=_SHARED)
    except InputError:
        first, *others = elements
        apart = structs.replace(first, space=max(first.space, _APART))
        both = [*wanted_of(above[1], said, means), apart, *others]
    try:
        return settle_flow(joined(above[0], block), both, said, means)
    except InputError as error:
        try:
            return settle_flow(block, elements, said, means)
        except InputError:
            raise error from None


_SHARED = 0.8  # of their written sizes: set smaller, words ask the flow above them for room
_APART = 1.5  # mm between two flows that share their room


def settle_flow(
    block: Flow, elements: Sequence[Element], said: Mapping[str, str], means: tuple[Ground, Refuse], least: float = 0
) -> list[Placed]:
    """A flow as it stands. Raises InputError where its words do not fit, or only at less than a part of their sizes."""
    ground, refuse = means
    shown = [(each, text) for each in elements if (text := _words_of(each, said, ground, refuse)) is not None]
    if not shown:
        return []
    x, y, width, height = block.box
    parts = [_part(each, text, [other.id for other, _ in shown], ground) for each, text in shown]
    try:
        flowed = flow(parts, (width * MM, height * MM), _ABOVE[block.valign], least)
    except CannotFlowError as error:
        raise _too_long(block, shown, error, refuse) from error
    placed = []
    for (element, _text), found, (top, high) in zip(shown, flowed.fits, flowed.spans, strict=True):
        if ground.shifts is not None and not element.overlay:
            continue
        moves = [(ground.shifts or {}).get(name, (0.0, 0.0)) for name in (block.id, element.id)]
        right, down = sum(move[0] for move in moves), sum(move[1] for move in moves)
        left, wide = (x, width) if isinstance(element, TextElement) else (element.box[0], element.box[2])
        box = (left, y + top / MM, wide, high / MM)
        if isinstance(element, TextElement) and found is not None:
            made: Placed | None = worded(element, box, found, ground.grid)
        else:
            made = place_one(element, box, said, ground, refuse)
        placed += [moved(made, right, down)] if made is not None else []
    return placed


def level(one: list[Placed], other: list[Placed], top: float, grid: float) -> tuple[list[Placed], list[Placed]]:
    """Two flows beside each other: their rows, counted from below, in one size and on the same lines.

    They stay as they are where that takes more room than there is below `top`, or where one has more than words.
    """
    if not one or not other or any(each.fit is None for each in (*one, *other)):
        return one, other
    rows = list(zip(reversed(one), reversed(other), strict=False))
    bottom = max(each.box[1] + each.box[3] for each in rows[0])
    made: tuple[list[Placed], list[Placed]] = ([], [])
    for number, row in enumerate(rows):
        alike = _alike(row, grid)
        highest = max(high for _, high in alike)
        bottom -= highest + (max(0.0, min(_gap(each, number - 1) for each in (one, other))) if number else 0)
        for side, each, (size, high) in zip(made, row, alike, strict=True):
            side.insert(0, _at(each, bottom, high, size, grid))
    sides = [_with_rest(whole, side) for whole, side in zip((one, other), made, strict=True)]
    if min(each.box[1] for side in sides for each in side) < top - grid / 2:
        return one, other
    return sides[0], sides[1]


def _alike(row: tuple[Placed, Placed], grid: float) -> list[tuple[float, float]]:
    """The size that both have, and the height of each then, mm."""
    size = min(each.fit.size for each in row if each.fit)
    return [
        (size, each.element.height(size, len(each.fit.lines), grid))
        for each in row
        if each.fit is not None and isinstance(each.element, TextElement)
    ]


def _at(placed: Placed, top: float, high: float, size: float, grid: float) -> Placed:
    element, found = placed.element, placed.fit
    assert isinstance(element, TextElement)
    assert found is not None
    return worded(element, (placed.box[0], top, placed.box[2], high), replace(found, size=size), grid)


def _with_rest(whole: list[Placed], below: list[Placed]) -> list[Placed]:
    """What stands above the rows that were moved goes with them."""
    rest = len(whole) - len(below)
    by = below[0].box[1] - whole[rest].box[1]
    return [*(moved(each, 0, by) for each in whole[:rest]), *below]


def _gap(flow: Sequence[Placed], number: int) -> float:
    """Mm between a row, counted from below, and the one above it."""
    low, high = flow[-1 - number], flow[-2 - number]
    return low.box[1] - high.box[1] - high.box[3]


def _words_of(element: Element, said: Mapping[str, str], ground: Ground, refuse: Refuse) -> str | None:
    """The words of an element, nothing for what is no text; None for what does not appear and takes no room."""
    if not isinstance(element, TextElement):
        return None if place_one(element, element.box, said, ground, refuse) is None else ""
    text = filled(element, said, refuse)
    judge_letters(element, text, ground.fonts, refuse)
    return text or None


def _part(element: Element, text: str, ids: Sequence[str], ground: Ground) -> Part:
    space = element.space * MM
    if not isinstance(element, TextElement):
        low = element.low * MM if isinstance(element, ImageElement) else 0
        return Part(height=element.box[3] * MM, low=low, space=space)
    above = ids.index(element.not_above) if element.not_above in ids else -1
    return Part(
        text,
        measure_of(element, ground.fonts),
        (element.size, element.smallest),
        lines=element.lines,
        leading=element.leading,
        one_line=element.one_line,
        grid=ground.grid * MM,
        space=space,
        not_above=above,
    )


def _too_long(block: Flow, shown: Sequence[tuple[Element, str]], error: CannotFlowError, refuse: Refuse) -> InputError:
    if error.part >= 0:
        element, text = shown[error.part]
        assert isinstance(element, TextElement)
        return unfit(element, text, refuse)
    longest, words = max(shown, key=lambda each: len(each[1]))
    return refuse(
        t(
            "its words need {needs:.0f} mm at the smallest and have {room:.0f}; the longest is “{element}”: “{text}”",
            needs=error.needs / MM,
            room=block.box[3],
            element=longest.id,
            text=quoted(words),
        ),
        t("shorten them, or print on a larger paper"),
    )
