"""Frames of Vietnamese motifs drawn by numbers: the lotus, the bronze drum of Đông Sơn; and two plain rules.

Every side is drawn as if it were the bottom one, with a whole number of its motif between the squares of the corners,
and the page is turned by a right angle for the next: so each corner closes, and nothing crosses a rule.
"""

from __future__ import annotations

from math import asin, cos, pi, radians, sin
from typing import Any

from config.settings.designs.elements import Ornament
from exports.certificates.frames.leaves import flower_square
from exports.certificates.frames.strokes import (
    Points,
    dot,
    fill,
    four_sides,
    gilt,
    leaf,
    lozenge,
    polyline,
    ring,
    ruled,
    shaded,
    shape,
    stroke,
)

_AIR = 1.9  # mm between the rules of a band and what is drawn in it


def _band(canvas: Any, o: Ornament, width: float, height: float) -> None:
    """The rules on both sides of a band of ornaments."""
    m, b = o.margin, o.band
    rules = ((m - 1.5, 0.4, o.weave), (m, 0.85, o.line), (m + b, 0.45, o.line), (m + b + 1.4, 0.4, o.weave))
    ruled(canvas, rules, (width, height), o.weave)


def draw_double(canvas: Any, o: Ornament, width: float, height: float) -> None:
    """Two plain rules with a line of gold between, and a lozenge in every corner."""
    m, b = o.margin, o.band
    ruled(canvas, ((m, 1.0, o.line), (m + b / 2, 0.5, o.weave), (m + b, 0.35, o.line)), (width, height), o.weave)
    for _across in four_sides(canvas, width, height):
        middle = m + b / 2
        lozenge(canvas, o.ground, (middle, middle), b * 0.36)
        lozenge(canvas, o.line, (middle, middle), b * 0.27)
        lozenge(canvas, o.weave, (middle, middle), b * 0.15)


# -- the lotus --------------------------------------------------------------------------------------------------------


def draw_lotus(canvas: Any, o: Ornament, width: float, height: float) -> None:
    """Flowers and buds on a winding stem; a flower seen from above in every corner."""
    _band(canvas, o, width, height)
    for across in four_sides(canvas, width, height):
        _lotus_side(canvas, o, across)
        flower_square(canvas, o)


def _lotus_side(canvas: Any, o: Ornament, across: float) -> None:
    m, b = o.margin, o.band
    start, middle, half = m + b, m + b / 2, b / 2 - _AIR / 2
    long = across - 2 * start
    count = max(1, round(long / o.wave))
    pitch = long / count
    stem: Points = []
    for step in range(count * 24 + 1):
        x = long * step / (count * 24)
        stem.append((start + x, middle + half * 0.42 * cos(2 * pi * x / pitch)))
    polyline(canvas, stem, shaded(o.weave), 0.3)
    for number in range(count):
        x = start + (number + 0.5) * pitch
        _flower(canvas, o, (x, middle - half * 0.62), half * 1.5)
        for side in (-1, 1):
            turn = pi / 2 + side * 1.15
            leaf(canvas, o.weave, (x + side * pitch * 0.25, middle), half * 0.75, turn + pi)
            dot(canvas, o.line, (x + side * pitch * 0.25, middle), 0.3)
        if number:
            _bud(canvas, o, (start + number * pitch, middle + half * 0.42), half * 0.95)


def _flower(canvas: Any, o: Ornament, foot: tuple[float, float], long: float) -> None:
    """A flower that opens towards the page: petals of gold behind petals of the form's colour."""
    petals = ((68, 0.7, shaded(o.weave)), (46, 0.86, o.weave), (24, 0.95, shaded(o.weave)))
    for lean, share, colour in petals:
        for side in (-1, 1):
            leaf(canvas, colour, foot, long * share, pi / 2 + side * radians(lean))
    for lean, share in ((20, 0.72), (0, 0.96)):
        for side in (-1, 1) if lean else (1,):
            leaf(canvas, o.line, foot, long * share, pi / 2 + side * radians(lean))
    dot(canvas, o.accent, foot, 0.45)


def _bud(canvas: Any, o: Ornament, foot: tuple[float, float], long: float) -> None:
    """A closed bud that hangs from the stem."""
    for lean in (-0.35, 0.35):
        leaf(canvas, o.weave, foot, long * 0.8, -pi / 2 + lean)
    leaf(canvas, o.line, foot, long, -pi / 2)
    dot(canvas, o.accent, foot, 0.35)


# -- the bronze drum --------------------------------------------------------------------------------------------------

_RAYS = 14  # the star in the middle of most drums
_BIRD = (
    (1.2, 0.0), (0.62, -0.03), (0.5, -0.1), (0.25, -0.2), (-0.1, -0.22), (-0.95, -0.36), (-0.97, -0.29),
    (-0.38, -0.12), (-1.0, -0.02), (-0.96, 0.12), (-0.42, 0.06), (-0.3, 0.1), (-0.72, 0.52), (-0.5, 0.78),
    (-0.1, 0.42), (0.14, 0.12), (0.36, 0.08), (0.3, 0.24), (0.02, 0.36), (0.46, 0.2), (0.64, 0.1),
)  # fmt: skip
"""A flying bird from the side: beak, legs, tail, raised wing, crest; its body from -1 to 1."""


def draw_drum_band(canvas: Any, o: Ornament, width: float, height: float) -> None:
    """Rings joined by tangents between two rows of teeth, as on a drum; its star in every corner."""
    _band(canvas, o, width, height)
    for across in four_sides(canvas, width, height):
        _drum_side(canvas, o, across)
        _star_square(canvas, o)


def _drum_side(canvas: Any, o: Ornament, across: float) -> None:
    m, b = o.margin, o.band
    start, middle, half = m + b, m + b / 2, b / 2 - _AIR / 2
    long = across - 2 * start
    count = max(2, round(long / (o.wave * 0.5)))
    pitch, radius = long / count, min(half * 0.42, long / count * 0.36)
    for number in range(2 * count):
        left = start + number * pitch / 2
        for sign in (-1, 1):
            foot, tip = middle + sign * half, middle + sign * half * 0.62
            shape(canvas, o.weave, [(left, foot), (left + pitch / 4, tip), (left + pitch / 2, foot)])
    for sign in (-1, 1):
        stroke(canvas, shaded(o.weave), 0.2)
        canvas.line(start, middle + sign * half * 0.55, start + long, middle + sign * half * 0.55)
    for number in range(count):
        x = start + (number + 0.5) * pitch
        if number:
            _tangent(canvas, shaded(o.weave), (x - pitch, x, middle), radius)
        ring(canvas, o.line, (x, middle), radius, 0.28)
        ring(canvas, o.weave, (x, middle), radius * 0.6, 0.2)
        dot(canvas, o.accent, (x, middle), radius * 0.26)


def _tangent(canvas: Any, colour: str, place: tuple[float, float, float], radius: float) -> None:
    """A line from above one ring to below the next, touching both."""
    first, second, y = place
    across = second - first
    turn = pi / 2 - asin(min(2 * radius / across, 1.0))
    near = (first + radius * cos(turn), y + radius * sin(turn))
    far = (second - radius * cos(turn), y - radius * sin(turn))
    polyline(canvas, [near, far], colour, 0.22)


def _star_square(canvas: Any, o: Ornament) -> None:
    """The star of the drum in the bottom left corner of the band."""
    m, b = o.margin, o.band
    fill(canvas, o.ground, (m, m, b, b))
    stroke(canvas, o.line, 0.5)
    canvas.rect(m, m, b, b, stroke=1, fill=0)
    gilt(canvas, o.weave, (m + 1.0, m + 1.0, b - 2.0, b - 2.0), 0.36)
    centre = (m + b / 2, m + b / 2)
    ring(canvas, o.line, centre, b * 0.35, 0.3)
    ring(canvas, o.weave, centre, b * 0.3, 0.22)
    shape(canvas, o.line, _star(centre, b * 0.27, b * 0.1))
    dot(canvas, o.weave, centre, b * 0.06)


def _star(centre: tuple[float, float], reach: float, waist: float) -> Points:
    points = []
    for corner in range(2 * _RAYS):
        far = waist if corner % 2 else reach
        angle = pi / 2 + corner * pi / _RAYS
        points.append((centre[0] + far * cos(angle), centre[1] + far * sin(angle)))
    return points


def draw_drum(canvas: Any, o: Ornament, centre: tuple[float, float], reach: float) -> None:
    """The face of a drum, pale, behind the words: star, rings, birds that fly against the clock, teeth."""
    colour = o.watermark or o.weave
    shape(canvas, colour, _star(centre, reach * 0.25, reach * 0.085))
    for share, thickness in ((0.28, 0.3), (0.31, 0.2), (0.44, 0.2), (0.47, 0.3), (0.74, 0.3), (0.77, 0.2), (0.9, 0.2),
                             (0.97, 0.25), (1.0, 0.4)):  # fmt: skip
        ring(canvas, colour, centre, reach * share, thickness)
    for turn in _turns(32):
        at = _on(centre, reach * 0.375, turn)
        ring(canvas, colour, at, reach * 0.028, 0.2)
        dot(canvas, colour, at, reach * 0.009)
    for turn in _turns(8):
        long = reach * 0.17
        beak = turn + pi / 2
        shape(canvas, colour, [_turned(_on(centre, reach * 0.58, turn), beak, (x * long, y * long)) for x, y in _BIRD])
    for turn in _turns(72):
        foot = 0.9 * pi / 72
        near, far = reach * 0.78, reach * 0.88
        shape(canvas, colour, [_on(centre, near, turn - foot), _on(centre, far, turn), _on(centre, near, turn + foot)])
    for turn in _turns(60):
        dot(canvas, colour, _on(centre, reach * 0.935, turn), reach * 0.012)


def _turns(count: int) -> list[float]:
    return [2 * pi * number / count for number in range(count)]


def _on(centre: tuple[float, float], reach: float, turn: float) -> tuple[float, float]:
    return centre[0] + reach * cos(turn), centre[1] + reach * sin(turn)


def _turned(place: tuple[float, float], turn: float, point: tuple[float, float]) -> tuple[float, float]:
    x, y = point
    return place[0] + x * cos(turn) - y * sin(turn), place[1] + x * sin(turn) + y * cos(turn)
