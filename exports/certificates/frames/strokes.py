"""The strokes that ornaments are made of, in millimetres from the bottom left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, pi, sin
from typing import Any

MM = 72 / 25.4
FINEST = 0.18
"""mm: the finest line that an office's printer draws whole."""

_STEPS = 24  # line pieces in one petal; finer cannot be seen in print

Points = list[tuple[float, float]]


def leaf(canvas: Any, colour: str, foot: tuple[float, float], length: float, turn: float) -> None:
    """A pointed leaf of `length` mm that grows from `foot` in the direction `turn`."""
    x, y = foot
    ahead, aside = (cos(turn), sin(turn)), (-sin(turn), cos(turn))

    def at(along: float, across: float) -> tuple[float, float]:
        return (
            x + length * (along * ahead[0] + across * aside[0]),
            y + length * (along * ahead[1] + across * aside[1]),
        )

    path = canvas.beginPath()
    path.moveTo(x, y)
    path.curveTo(*at(0.28, 0.3), *at(0.7, 0.22), *at(1, 0))
    path.curveTo(*at(0.7, -0.22), *at(0.28, -0.3), *at(0, 0))
    canvas.setFillColor(colour)
    canvas.drawPath(path, stroke=0, fill=1)


def rosette(centre: tuple[float, float], reach: float, petals: tuple[int, float], turn: float) -> Points:
    """A closed curve of `petals` (number, depth from 0 to 0.5) round `centre`."""
    count, depth = petals
    steps = count * _STEPS
    points = []
    for i in range(steps + 1):
        angle = 2 * pi * i / steps
        radius = reach * (1 - depth + depth * cos(count * angle))
        points.append((centre[0] + radius * cos(angle + turn), centre[1] + radius * sin(angle + turn)))
    return points


def polyline(canvas: Any, points: Points, colour: str, thickness: float) -> None:
    """A line through `points`."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    stroke(canvas, colour, thickness)
    canvas.drawPath(path, stroke=1, fill=0)


def lozenge(canvas: Any, colour: str, centre: tuple[float, float], reach: float) -> None:
    """A small lozenge of `reach` mm."""
    x, y = centre
    path = canvas.beginPath()
    path.moveTo(x - reach, y)
    for point in ((x, y + reach), (x + reach, y), (x, y - reach)):
        path.lineTo(*point)
    path.close()
    canvas.setFillColor(colour)
    canvas.drawPath(path, stroke=0, fill=1)


def dot(canvas: Any, colour: str, centre: tuple[float, float], radius: float) -> None:
    """A filled circle."""
    canvas.setFillColor(colour)
    canvas.circle(*centre, radius, stroke=0, fill=1)


def fill(canvas: Any, colour: str, box: tuple[float, float, float, float]) -> None:
    """A filled rectangle: left, bottom, width, height."""
    canvas.setFillColor(colour)
    canvas.rect(*box, stroke=0, fill=1)


def stroke(canvas: Any, colour: str, thickness: float) -> None:
    """Colour and thickness of the lines that follow; none is finer than `FINEST`."""
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(max(thickness, FINEST))


def ring(canvas: Any, colour: str, centre: tuple[float, float], radius: float, thickness: float) -> None:
    """A circle's line."""
    stroke(canvas, colour, thickness)
    canvas.circle(*centre, radius, stroke=1, fill=0)


def shape(canvas: Any, colour: str, points: Points) -> None:
    """A filled outline."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.setFillColor(colour)
    canvas.drawPath(path, stroke=0, fill=1)


def gilt(canvas: Any, colour: str, box: tuple[float, float, float, float], thickness: float) -> None:
    """A rectangle of metal: a dark line, and on its upper left half a light one, as if lit from there."""
    canvas.setLineJoin(0)
    stroke(canvas, shaded(colour), thickness)
    canvas.rect(*box, stroke=1, fill=0)
    if thickness >= 2 * FINEST:
        x, y, width, height = box
        stroke(canvas, colour, thickness / 2)
        canvas.rect(x - thickness / 4, y + thickness / 4, width, height, stroke=1, fill=0)
    canvas.setLineJoin(1)


def shaded(colour: str) -> str:
    """A colour in the shade."""
    return "#" + "".join(f"{int(int(colour[place : place + 2], 16) * _SHADE):02x}" for place in (1, 3, 5))


_SHADE = 0.66


def ruled(canvas: Any, rules: Sequence[tuple[float, float, str]], size: tuple[float, float], gold: str) -> None:
    """Rectangles one in the other: distance from the edge, thickness and colour of each; those in `gold` are metal."""
    for inset, thickness, colour in rules:
        box = inset, inset, size[0] - 2 * inset, size[1] - 2 * inset
        if colour == gold:
            gilt(canvas, colour, box, thickness)
        else:
            stroke(canvas, colour, thickness)
            canvas.rect(*box, stroke=1, fill=0)


def four_sides(canvas: Any, width: float, height: float) -> Iterator[float]:
    """Turn the page so that each side in turn is the bottom one; gives its length."""
    for turned, (x, y) in enumerate(((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))):
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(90 * turned)
        yield height if turned % 2 else width
        canvas.restoreState()
