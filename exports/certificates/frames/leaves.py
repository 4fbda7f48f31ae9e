"""Frames with leaves, and the ground of a card."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

from config.settings.certificates import Ornament
from exports.certificates.frames.strokes import dot, fill, leaf, lozenge, polyline, rosette, stroke


def draw_garland(canvas: Any, o: Ornament, width: float, height: float) -> None:
    """A stem that winds along the band with leaves and berries, between fine lines; a bouquet in every corner."""
    m, b = o.margin, o.band
    for inset, thickness, colour in (
        (-1.6, o.hairline * 1.6, o.weave),
        (0, 0.9, o.line),
        (1.1, o.hairline * 1.5, o.weave),
        (b - 1.1, o.hairline * 1.5, o.weave),
        (b, 0.5, o.line),
        (b + 1.5, o.hairline * 1.6, o.weave),
    ):
        at = m + inset
        stroke(canvas, colour, thickness)
        canvas.rect(at, at, width - 2 * at, height - 2 * at, stroke=1, fill=0)
    for turned in (0, 1, 2, 3):
        canvas.saveState()
        # Every side is drawn as if it were the bottom one, growing from its middle to both corners.
        across = height if turned % 2 else width
        if turned == 1:
            canvas.translate(width, 0)
        elif turned == 2:
            canvas.translate(width, height)
        elif turned == 3:
            canvas.translate(0, height)
        canvas.rotate(90 * turned)
        _side(canvas, o, across)
        _bouquet(canvas, o)
        canvas.restoreState()


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
            for lean, share in ((0.95, 0.36), (0.42, 0.42)):
                turn = lean * up
                leaf(canvas, o.weave, foot, b * share, turn if sign > 0 else pi - turn)
            inner = (foot[0] + sign * b * 0.06, y - up * b * 0.02)
            leaf(canvas, o.line, (foot[0], y + up * swing), b * 0.3, -0.5 * up if sign > 0 else pi + 0.5 * up)
            dot(canvas, o.accent, (inner[0] - sign * b * 0.22, y + up * b * 0.3), 0.42)
    for turn in range(3):
        polyline(canvas, rosette((middle, y), b * 0.36, (6, 0.34), turn * pi / 9), o.line, o.hairline * 1.4)
    dot(canvas, o.ground, (middle, y), b * 0.13)
    dot(canvas, o.accent, (middle, y), b * 0.09)


def _bouquet(canvas: Any, o: Ornament) -> None:
    """Leaves that fan out of a rosette in the bottom left corner."""
    m, b = o.margin, o.band
    x = y = m + b / 2
    half = b / 2
    fill(canvas, o.ground, (x - half, y - half, b, b))
    for inset, thickness, colour in ((0, 0.5, o.line), (1.1, o.hairline * 1.5, o.weave)):
        stroke(canvas, colour, thickness)
        canvas.rect(x - half + inset, y - half + inset, b - 2 * inset, b - 2 * inset, stroke=1, fill=0)
    for number in range(8):
        leaf(canvas, o.weave, (x, y), b * 0.37, pi / 8 + number * pi / 4)
    for number in range(8):
        leaf(canvas, o.line, (x, y), b * 0.3, number * pi / 4)
    dot(canvas, o.ground, (x, y), b * 0.1)
    dot(canvas, o.accent, (x, y), b * 0.075)
    corner = m + b + 1.5
    for turn, length in ((pi / 4, 11), (pi / 4 - 0.42, 9.4), (pi / 4 + 0.42, 9.4), (0.09, 7.4), (pi / 2 - 0.09, 7.4)):
        leaf(canvas, o.weave, (corner + 0.4, corner + 0.4), length, turn)
    for turn, length in ((pi / 4 - 0.21, 7.6), (pi / 4 + 0.21, 7.6)):
        leaf(canvas, o.line, (corner + 0.4, corner + 0.4), length, turn)
    for number in range(3):
        reach = 12.4 + number * 1.7
        dot(canvas, o.accent, (corner + reach * cos(pi / 4), corner + reach * sin(pi / 4)), 0.55 - number * 0.13)


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
