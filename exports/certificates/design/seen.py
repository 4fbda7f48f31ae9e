"""A design as it is looked at while it is changed: its picture, where each piece stands, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from config.errors import InputError
from config.settings.certificates import Template
from config.settings.designs.checks import overlap
from config.settings.designs.elements import Box, ImageElement, QrElement, TextElement
from config.text import Text
from exports.certificates.batch import Means, find_problems, fonts_of
from exports.certificates.design.samples import SAMPLES, sample
from exports.certificates.frames.strokes import MM
from exports.certificates.page import Side
from exports.certificates.picture import page_picture
from exports.certificates.pieces import Ground, Placed, naming


@dataclass(frozen=True, slots=True)
class Seen:
    """A look at one side of a design.

    Attributes:
        picture: a Pillow image, or None where not even short words fit.
        boxes: where each element stands, in mm; a block has its own box.
        sizes: points in which the words of each stand.
        unfit: sample -> why its words do not fit.
        covered: pairs of a picture or code and the words it stands on.
    """

    picture: Any
    boxes: dict[str, list[Box]]
    sizes: dict[str, float]
    unfit: dict[str, InputError]
    covered: list[tuple[str, str]]


def look(design: Template, key: str, *, side: int, dots: float, means: Means) -> Seen:
    """Look at a side of a design with the test words `key`, or with short ones where those do not fit."""
    single = replace(design, sheet=None, variants=())
    samples = {name: sample(design, name) for name, _ in SAMPLES}
    problems = find_problems(single, list(samples.values()), means=means)
    unfit = {name: problems[each.id] for name, each in samples.items() if each.id in problems}
    chosen = next((name for name in (key, "short") if name not in unfit), "")
    if not chosen:
        return Seen(None, {}, {}, unfit, [])
    given = samples[chosen]
    elements = single.sides[side]
    ground = Ground(fonts_of(single, means), means.images, emblems=means.emblems)
    placed = Side(single, ground, side).settle(given.fields, naming(key), tied=not given.collective)
    boxes: dict[str, list[Box]] = {each.id: [each.box] for each in single.flows}
    boxes |= {each.id: each.boxes() for each in elements if not each.flow}
    for each in placed:
        if each.element.flow:
            boxes[each.element.id] = [each.box]
    sizes = {each.element.id: each.fit.size for each in placed if each.fit is not None}
    picture = page_picture(single, given, dots=dots, side=side, means=means)
    return Seen(picture, boxes, sizes, unfit, _covered(placed))


def too_long(design: Template, means: Means) -> list[tuple[Text, InputError]]:
    """The test words for which a design has no room, and why; a card is never a collective's."""
    sides = [
        Side(design, Ground(fonts_of(design, means), means.images, emblems=means.emblems), side) for side in (0, 1)
    ]
    found = []
    for key, title in SAMPLES:
        given = sample(design, key)
        if given.collective and design.subject != "award":
            continue
        try:
            for side in sides:
                side.settle(given.fields, _plainly, tied=not given.collective)
        except InputError as error:
            found.append((title, error))
    return found


def _plainly(what: Text, do: Text) -> InputError:
    return InputError(what, do=do)


def _covered(placed: Sequence[Placed]) -> list[tuple[str, str]]:
    words = [each for each in placed if isinstance(each.element, TextElement) and not each.element.over]
    others = [each for each in placed if isinstance(each.element, ImageElement | QrElement) and not each.element.over]
    return [(one.element.id, other.element.id) for one in others for other in words if overlap(one.box, _ink(other))]


def _ink(placed: Placed) -> Box:
    """Where words really are in their box, by height; they may have the whole width."""
    x, y, w, h = placed.box
    element, found = placed.element, placed.fit
    if found is None or not isinstance(element, TextElement):
        return placed.box
    high = min(placed.line * len(found.lines) / MM, h)
    shift = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[element.valign]
    return x, y + (h - high) * shift, w, high


def outlined(picture: Any, boxes: Sequence[Box], size: tuple[float, float], line: int) -> Any:
    """The picture with these boxes outlined: upright lines so many pixels wide, the others twice, as cells are high."""
    from PIL import ImageDraw  # noqa: PLC0415  # only where somebody looks

    made = picture.copy()
    pen = ImageDraw.Draw(made)
    across, along = made.width / size[0], made.height / size[1]
    for x, y, w, h in boxes:
        left, top, right, bottom = x * across, y * along, (x + w) * across, (y + h) * along
        for edge in (left - line, right):
            pen.rectangle((edge, top - 2 * line, edge + line, bottom + 2 * line), fill=_MARKED)
        for edge in (top - 2 * line, bottom):
            pen.rectangle((left - line, edge, right + line, edge + 2 * line), fill=_MARKED)
    return made


_MARKED = (0, 120, 255)  # a blue that no certificate has
