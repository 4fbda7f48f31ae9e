"""The frame of a certificate, drawn by numbers: bands, fine lines, rosettes. No emblem of state or Party."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from math import cos, pi, sin
from typing import Any

from config.settings.designs.elements import Ornament
from exports.certificates.frames.leaves import draw_card, draw_garland
from exports.certificates.frames.motifs import draw_double, draw_drum, draw_drum_band, draw_lotus
from exports.certificates.frames.strokes import (
    MM,
    Points,
    dot,
    fill,
    lozenge,
    polyline,
    rosette,
    ruled,
    stroke,
)

_BEND = 0.3642  # how far the handles of a curve reach to make it half a cosine


def draw_ornament(canvas: Any, ornament: Ornament, width: float, height: float) -> None:
    """Draw the frame on a page of `width` x `height` mm. `canvas` is ReportLab's."""
    canvas._code.extend(_drawn(ornament, width, height))  # noqa: SLF001  # the lines of the page; no word asks for them


@lru_cache(maxsize=16)
def _drawn(ornament: Ornament, width: float, height: float) -> tuple[str, ...]:
    """The frame as lines of a page: they name neither fonts nor pictures, so they mean the same on each.

    A frame takes longer than all the rest of a page, and a page is looked at again and again while it is designed.
    """
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  # heavy

    canvas: Any = Canvas(BytesIO())
    lines: list[str] = canvas._code  # noqa: SLF001
    begun = len(lines)
    _draw(canvas, ornament, width, height)
    return tuple(lines[begun:])


def _draw(canvas: Any, ornament: Ornament, width: float, height: float) -> None:
    canvas.saveState()
    canvas.scale(MM, MM)
    canvas.setLineJoin(1)
    canvas.setLineCap(1)
    aside, above = ornament.inset
    canvas.translate(aside, above)
    width, height = width - 2 * aside, height - 2 * above
    m, b = ornament.margin, ornament.band
    if ornament.panel:
        fill(canvas, ornament.panel, (m, m, width - 2 * m, height - 2 * m))
    if ornament.style == "card":
        draw_card(canvas, ornament, width, height)
        canvas.restoreState()
        return
    if ornament.watermark:
        # Above the lines that are signed, behind the words of praise.
        drawn = draw_drum if ornament.style == "drum" else _watermark
        drawn(canvas, ornament, (width / 2, height * 0.57), min(width, height) * 0.18)
    for box in _sides(m, b, width, height):
        fill(canvas, ornament.ground, box)
    _STYLES[ornament.style](canvas, ornament, width, height)
    canvas.restoreState()


def draw_weave(canvas: Any, o: Ornament, width: float, height: float) -> None:
    """A woven band between fine lines, with a rosette in every corner."""
    m, b = o.margin, o.band
    _bands(canvas, o, width, height)
    _lines(canvas, o, width, height)
    for x in (m + b / 2, width - m - b / 2):
        for y in (m + b / 2, height - m - b / 2):
            _corner(canvas, o, x, y)


def _sides(m: float, b: float, width: float, height: float) -> Iterable[tuple[float, float, float, float]]:
    yield m, m, width - 2 * m, b
    yield m, height - m - b, width - 2 * m, b
    yield m, m + b, b, height - 2 * m - 2 * b
    yield width - m - b, m + b, b, height - 2 * m - 2 * b


def _bands(canvas: Any, o: Ornament, width: float, height: float) -> None:
    """Two strands of parallel waves, woven through each other, along the four sides."""
    m, b = o.margin, o.band
    for along, across, upright in (
        (width, m + b / 2, False),
        (width, height - m - b / 2, False),
        (height, m + b / 2, True),
        (height, width - m - b / 2, True),
    ):
        start, end = m + b, along - m - b
        for sign, colour in ((1, o.weave), (-1, o.line)):
            for number in range(o.strands):
                reach = (b / 2 - 1.35) * (1 - 0.62 * number / max(1, o.strands - 1))
                stroke(canvas, colour, o.hairline * 1.25)
                _wave(canvas, (start, end, _waves(o, (start, end))), (across, reach * sign), upright=upright)
        _beads(canvas, o, (start, end), across, upright=upright)


def _waves(o: Ornament, span: tuple[float, float]) -> int:
    """A whole number of waves fills a side, so that every corner meets it alike."""
    return max(1, round((span[1] - span[0]) / o.wave))


def _wave(canvas: Any, span: tuple[float, float, int], height: tuple[float, float], *, upright: bool) -> None:
    """A cosine along a side, as one curve for each half wave: smooth at any size."""
    start, end, waves = span
    across, reach = height
    half = (end - start) / waves / 2
    path = canvas.beginPath()
    path.moveTo(*((across + reach, start) if upright else (start, across + reach)))
    for number in range(2 * waves):
        x = start + number * half
        y, next_y = across + reach * (-1) ** number, across - reach * (-1) ** number
        points = ((x + _BEND * half, y), (x + half - _BEND * half, next_y), (x + half, next_y))
        path.curveTo(*(side for point in points for side in (reversed(point) if upright else point)))
    canvas.drawPath(path, stroke=1, fill=0)


def _beads(canvas: Any, o: Ornament, span: tuple[float, float], across: float, *, upright: bool) -> None:
    """A small lozenge in every eye of the weave, and a dot where the strands cross."""
    waves = _waves(o, span)
    pitch = (span[1] - span[0]) / waves / 2
    for number in range(2 * waves + 1):
        x, y = span[0] + number * pitch, across
        lozenge(canvas, o.accent, (y, x) if upright else (x, y), 0.62)
        if number < 2 * waves:
            x += pitch / 2
            dot(canvas, o.weave, (y, x) if upright else (x, y), 0.3)


def _lines(canvas: Any, o: Ornament, width: float, height: float) -> None:
    """Lines outside and inside the band, and an inner line with hollow corners."""
    m, b = o.margin, o.band
    rules = (
        (m - 1.5, 0.4, o.weave),
        (m, 0.75, o.line),
        (m + 0.9, o.hairline, o.weave),
        (m + b - 0.9, o.hairline, o.weave),
        (m + b, 0.4, o.line),
    )
    ruled(canvas, rules, (width, height), o.weave)
    for inset, radius, thickness in ((2.2, 7.0, 0.3), (3.1, 7.0, o.hairline)):
        _hollow(canvas, o, (width, height), (o.margin + o.band + inset, radius, thickness))
    near = o.margin + o.band + 4.4
    for x in (near, width - near):
        for y in (near, height - near):
            for dx, dy in ((1.15, 0), (-1.15, 0), (0, 1.15), (0, -1.15)):
                lozenge(canvas, o.weave, (x + dx, y + dy), 0.62)
            dot(canvas, o.accent, (x, y), 0.42)


def _hollow(canvas: Any, o: Ornament, size: tuple[float, float], line: tuple[float, float, float]) -> None:
    """A rectangle whose corners are quarter circles turned inwards."""
    inset, radius, thickness = line
    (left, bottom), (right, top) = (inset, inset), (size[0] - inset, size[1] - inset)
    points: Points = []
    for x, y, begin in ((left, bottom, 0.0), (left, top, -pi / 2), (right, top, pi), (right, bottom, pi / 2)):
        turns = [begin + pi / 2 * i / 24 for i in range(25)]
        points += [(x + radius * cos(turn), y + radius * sin(turn)) for turn in turns]
    polyline(canvas, [*points, points[0]], o.weave, thickness)


def _corner(canvas: Any, o: Ornament, x: float, y: float) -> None:
    """A rosette on a square of the band."""
    half = o.band / 2
    fill(canvas, o.ground, (x - half, y - half, o.band, o.band))
    for inset, thickness, colour in ((0, 0.4, o.line), (0.9, o.hairline, o.weave)):
        stroke(canvas, colour, thickness)
        canvas.rect(x - half + inset, y - half + inset, o.band - 2 * inset, o.band - 2 * inset, stroke=1, fill=0)
    reach = half - 1.3
    for turn in range(4):
        polyline(canvas, rosette((x, y), reach, (8, 0.36), turn * pi / 16), o.weave, o.hairline * 1.2)
    for turn in range(3):
        polyline(canvas, rosette((x, y), reach * 0.62, (8, 0.42), turn * pi / 12), o.line, o.hairline * 1.2)
    dot(canvas, o.ground, (x, y), reach * 0.27)
    dot(canvas, o.accent, (x, y), reach * 0.2)
    for sx in (-1, 1):
        for sy in (-1, 1):
            dot(canvas, o.accent, (x + sx * (half - 1.75), y + sy * (half - 1.75)), 0.33)


def _watermark(canvas: Any, o: Ornament, centre: tuple[float, float], reach: float) -> None:
    for share, petals, depth, turns in ((1, 24, 0.16, 6), (0.82, 18, 0.2, 6), (0.6, 12, 0.3, 6), (0.34, 8, 0.45, 4)):
        for turn in range(turns):
            line = rosette(centre, reach * share, (petals, depth), turn * 2 * pi / petals / turns)
            polyline(canvas, line, o.watermark or o.weave, o.hairline)


_STYLES = {
    "weave": draw_weave,
    "garland": draw_garland,
    "lotus": draw_lotus,
    "drum": draw_drum_band,
    "double": draw_double,
}
