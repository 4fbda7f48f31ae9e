"""Papers for lining up a printer with a blank: a ruler sheet, and a test page with the boxes drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from config.i18n import tr_
from config.settings.certificates import Template
from config.settings.designs.checks import overlap
from config.settings.designs.elements import Box
from config.text import Text, t
from exports.certificates.batch import Blank, Means, fonts_of
from exports.certificates.frames.strokes import MM
from exports.certificates.proof.archive import PRODUCER, About, save
from exports.certificates.sheets import open_canvas
from exports.files import whole_file
from exports.fonts import open_fonts

_INK, _FAINT = "#b01e18", "#9a9a9a"


def ruler_sheet(size: tuple[float, float], out: Path, *, means: Means | None = None, overwrite: bool = False) -> None:
    """Write a page of `size` mm with a ruler along all edges and a cross in the middle of the paper.

    Raises:
        InputError: when the file cannot be written.
    """
    given = means or Means()
    fonts = open_fonts(["sans"], families=given.families, own=given.own_fonts)
    with whole_file(out, overwrite=overwrite) as part:
        canvas = open_canvas(part, size, About(tr_("Ruler sheet"), PRODUCER), fonts)
        _ruler(canvas, size, fonts.names["sans"])
        canvas.showPage()
        save(canvas, part)


def check_page(
    template: Template, blank: Blank, out: Path, *, means: Means | None = None, overwrite: bool = False
) -> None:
    """Write a page for plain paper: every box that is printed on the blank, where it will fall, with its name.

    Held over the blank against the light, it shows what to move.

    Raises:
        InputError: when the file cannot be written.
    """
    given = means or Means()
    fonts = open_fonts(["sans"], families=given.families, own=given.own_fonts)
    fonts_of(template, given)
    with whole_file(out, overwrite=overwrite) as part:
        canvas = open_canvas(part, template.size, About(tr_("Test page"), PRODUCER), fonts)
        _ruler(canvas, template.size, fonts.names["sans"])
        canvas.translate(blank.right * MM, -blank.down * MM)
        for name, boxes in moved_boxes(template, blank).items():
            for box in boxes:
                _box(canvas, box, name, template.size[1], fonts.names["sans"])
        canvas.showPage()
        save(canvas, part)


def movable(template: Template) -> list[str]:
    """Ids of what can be moved by itself on a blank: what is printed there, a flow as one."""
    return list(moved_boxes(template, Blank()))


def moved_boxes(template: Template, blank: Blank) -> dict[str, list[Box]]:
    """Where what is printed on a blank stands after its own moves, by id; a flow is one."""
    flows = dict.fromkeys(each.flow for each in template.elements if each.overlay and each.flow)
    found = {name: [template.flow(name).box] for name in flows}
    found |= {each.id: each.boxes() for each in template.elements if each.overlay and not each.flow}
    return {name: [_moved(box, blank.shifts.get(name, (0.0, 0.0))) for box in boxes] for name, boxes in found.items()}


def _moved(box: Box, by: tuple[float, float]) -> Box:
    return box[0] + by[0], box[1] + by[1], box[2], box[3]


def collisions(template: Template, blank: Blank) -> list[tuple[str, str]]:
    """Pairs that stand apart in the template and on each other after the moves of a blank."""
    moved, still = moved_boxes(template, blank), moved_boxes(template, Blank())
    return [
        (one, other)
        for one, other in combinations(moved, 2)
        if _meet(moved[one], moved[other]) and not _meet(still[one], still[other])
    ]


def collision_words(template: Template, blank: Blank) -> list[Text]:
    """That boxes stand on each other, in sentences."""
    return [
        t("After this move “{one}” stands on “{other}”; move it less, or the other too", one=one, other=other)
        for one, other in collisions(template, blank)
    ]


def _meet(one: Sequence[Box], other: Sequence[Box]) -> bool:
    return any(overlap(first, second) for first in one for second in other)


def _ruler(canvas: Any, size: tuple[float, float], font: str) -> None:
    width, height = size
    canvas.setStrokeColor(_FAINT)
    canvas.setFillColor(_FAINT)
    canvas.setFont(font, 6)
    for mm in range(int(width) + 1):
        _tick(canvas, [(mm, 0, mm, _length(mm)), (mm, height, mm, height - _length(mm))])
        if mm % 10 == 0 and 0 < mm < width:
            canvas.drawCentredString(mm * MM, 8 * MM, str(mm))
            canvas.drawCentredString(mm * MM, (height - 9.5) * MM, str(mm))
    for mm in range(int(height) + 1):
        y = height - mm
        _tick(canvas, [(0, y, _length(mm), y), (width, y, width - _length(mm), y)])
        if mm % 10 == 0 and 0 < mm < height:
            canvas.drawString(7.5 * MM, y * MM - 2, str(mm))
            canvas.drawRightString((width - 7.5) * MM, y * MM - 2, str(mm))
    _tick(canvas, [(width / 2 - 10, height / 2, width / 2 + 10, height / 2)])
    _tick(canvas, [(width / 2, height / 2 - 10, width / 2, height / 2 + 10)])
    _check_line(canvas, size)


_CHECK = 100.0  # mm
_BESIDE = 20.0  # mm of paper that must be left beside the line


def _check_line(canvas: Any, size: tuple[float, float]) -> None:
    """A line to measure with a ruler: shorter than it says, the printer shrinks the page."""
    width, height = size
    long = _CHECK if width >= _CHECK + _BESIDE else _CHECK / 2
    left, y = (width - long) / 2, height / 2 - 16
    _tick(canvas, [(left, y, left + long, y), *((x, y - 2, x, y + 2) for x in (left, left + long))])
    words = tr_("This line is {n:g} mm long; if it measures otherwise, print at 100 %", n=long)
    canvas.drawCentredString(width * MM / 2, (y + 1.5) * MM, words)


def _length(mm: int) -> float:
    """How long the stroke at a millimetre is."""
    return 7 if mm % 10 == 0 else 5 if mm % 5 == 0 else 3


def _tick(canvas: Any, lines: Sequence[tuple[float, float, float, float]]) -> None:
    canvas.setLineWidth(0.2)
    for line in lines:
        canvas.line(*(side * MM for side in line))


def _box(canvas: Any, box: tuple[float, float, float, float], name: str, height: float, font: str) -> None:
    x, y, w, h = (side * MM for side in box)
    canvas.setStrokeColor(_INK)
    canvas.setFillColor(_INK)
    canvas.setLineWidth(0.4)
    canvas.rect(x, height * MM - y - h, w, h, stroke=1, fill=0)
    canvas.setFont(font, 6)
    canvas.drawString(x + 2, height * MM - y - 7, f"{name}  {box[0]:g}; {box[1]:g}")
