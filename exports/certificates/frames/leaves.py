"""Frames with leaves, and the ground of a card."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

from config.settings.designs.elements import Ornament
from exports.certificates.frames.strokes import (
    dot,
    fill,
    four_sides,
    gilt,
    leaf,
    lozenge,
    polyline,
    rosette,
    ruled,
    stroke,
)


def draw_garland(canvas: Any, o: Ornament, width: float, height: float) -> None:
    """A stem that winds along the band with leaves and berries, between fine lines; a flower in every corner."""
    m, b = o.margin, o.band
    rules = (
        (m - 1.6, 0.36, o.weave),
        (m, 0.9, o.line),
        (m + b, 0.5, o.line),
        (m + b + 1.5, 0.36, o.weave),
    )
    ruled(canvas, rules, (width, height), o.weave)
    for across in four_sides(canvas, width, height):
        _side(canvas, o, across)
        flower_square(canvas, o)


def _side(canvas: Any, o: Ornament, across: float) -> None:
    m, b = o.margin, o.band
    middle, y = across / 2, m + b / 2
    reach = middle - m - b - 1.5
    waves = max(1, round(reach / o.wave))
    pitch = reach / waves
    swing = b * 0.16
    for sign in (-1, 1):
        points = []
        for step in range(waves * 24 + 1):
            along = reach * step / (waves * 24)
            points.append((middle + sign * along, y + swing * sin(2 * pi * along / pitch)))
        polyline(canvas, points, o.line, 0.28)
        for number in range(waves * 2):
            along = pitch * (number + 0.5) / 2
            up = 1 if number % 2 == 0 else -1
            foot = (middle + sign * along, y + up * swing)
            for lean, share in ((0.95, 0.25), (0.42, 0.34)):
                turn = lean * up
                leaf(canvas, o.weave, foot, b * share, turn if sign > 0 else pi - turn)
            inner = (foot[0] + sign * b * 0.06, y - up * b * 0.02)
            leaf(canvas, o.line, (foot[0], y + up * swing), b * 0.26, -0.5 * up if sign > 0 else pi + 0.5 * up)
            dot(canvas, o.accent, (inner[0] - sign * b * 0.22, y + up * b * 0.3), 0.42)
    for turn in range(3):
        polyline(canvas, rosette((middle, y), b * 0.36, (6, 0.34), turn * pi / 9), o.line, o.hairline * 1.4)
    dot(canvas, o.ground, (middle, y), b * 0.13)
    dot(canvas, o.accent, (middle, y), b * 0.09)


def flower_square(canvas: Any, o: Ornament) -> None:
    """A flower seen from above, on a square in the bottom left corner of the band."""
    m, b = o.margin, o.band
    x = y = m + b / 2
    half = b / 2
    fill(canvas, o.ground, (x - half, y - half, b, b))
    stroke(canvas, o.line, 0.5)
    canvas.rect(x - half, y - half, b, b, stroke=1, fill=0)
    gilt(canvas, o.weave, (x - half + 1.1, y - half + 1.1, b - 2.2, b - 2.2), 0.36)
    for number in range(8):
        leaf(canvas, o.weave, (x, y), b * 0.37, pi / 8 + number * pi / 4)
    for number in range(8):
        leaf(canvas, o.line, (x, y), b * 0.3, number * pi / 4)
    dot(canvas, o.ground, (x, y), b * 0.1)
    dot(canvas, o.accent, (x, y), b * 0.075)


def draw_card(canvas: Any, o: Ornament, width: float, height: float) -> None:
    """A tinted card with fine waves, a coloured band at the top and a line round it."""
    m, b = o.margin, o.band
    if o.watermark:
        for number in range(o.strands * 4):
            shift = number * pi / (o.strands * 2)
            points = []
            for step in range(121):
                x = width * step / 120
                y = height * 0.36 + height * 0.2 * sin(2 * pi * x / (o.wave * 6) + shift) * cos(pi * x / width)
                points.append((x, y))
            polyline(canvas, points, o.watermark, o.hairline)
    fill(canvas, o.line, (0, height - b, width, b))
    stroke(canvas, o.weave, 0.5)
    canvas.line(0, height - b - 0.7, width, height - b - 0.7)
    fill(canvas, o.line, (0, 0, width, 1.4))
    stroke(canvas, o.weave, 0.3)
    canvas.line(0, 2, width, 2)
    lozenge(canvas, o.weave, (width / 2, height - b - 0.7), 1.1)
    if m:
        stroke(canvas, o.line, o.hairline)
        canvas.rect(m, m, width - 2 * m, height - 2 * m, stroke=1, fill=0)
