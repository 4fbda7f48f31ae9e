"""Draw what was settled, on a page of ReportLab's."""

from __future__ import annotations

import io
from functools import lru_cache
from math import cos, pi, sin
from typing import Any

from config.settings.designs.elements import (
    RISE,
    SHIFTS,
    ImageElement,
    QrElement,
    RuleElement,
    StarElement,
    TextElement,
)
from exports.certificates.frames.strokes import MM
from exports.certificates.layout import GLUE, Fit
from exports.certificates.pieces import Placed
from exports.certificates.qr import stencil
from exports.fonts import Fonts

_QUIET = 4  # modules of white round a code, as ISO/IEC 18004 asks


def draw(canvas: Any, placed: Placed, fonts: Fonts, height: float) -> None:
    """Draw a settled element on a page `height` points high. `canvas` is ReportLab's."""
    element = placed.element
    x, top, w, h = (side * MM for side in placed.box)
    if isinstance(element, TextElement):
        if placed.fit is not None:
            _draw_text(canvas, placed, placed.fit, fonts.names[element.font], height)
    elif isinstance(element, RuleElement) and element.style == "box":
        canvas.setStrokeColor(_colour(element.colour))
        canvas.setLineWidth(element.width * MM)
        canvas.rect(x, height - top - h, w, h, stroke=1, fill=0)
    elif isinstance(element, RuleElement):
        _draw_rule(canvas, element, (x, x + w), height - top - h / 2)
    elif isinstance(element, StarElement):
        _draw_star(canvas, element, (x + w / 2, height - top - h / 2), min(w, h) / 2)
    elif isinstance(element, QrElement):
        _draw_qr(canvas, element, placed.content, (x, height - top, min(w, h)))
        _hide(canvas, placed.content, fonts.names["serif"], (x, height - top - h / 2))
    elif isinstance(element, ImageElement) and element.field:
        canvas.drawImage(_portrait(placed.content, w / h), x, height - top - h, w, h)
    elif isinstance(element, ImageElement):
        canvas.drawImage(placed.content, x, height - top - h, w, h, mask="auto", preserveAspectRatio=True, anchor="c")


_PORTRAIT = 360  # pixels of its height: 300 dpi of 30 mm


def _portrait(path: str, shape: float) -> Any:
    """A photo cut to the shape of its box (width by height), upright, no larger than is printed."""
    from PIL import Image, ImageOps  # noqa: PLC0415  # only where a photo is printed
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415  # heavy

    with Image.open(path) as photo:
        upright = ImageOps.exif_transpose(photo).convert("RGB")
    size = (round(_PORTRAIT * shape), _PORTRAIT)
    made = io.BytesIO()
    # Of a photo that is too high more is cut off below: the face stands above the middle.
    ImageOps.fit(upright, size, centering=(0.5, 0.35)).save(made, "JPEG", quality=88)
    made.seek(0)
    return ImageReader(made)


@lru_cache(maxsize=256)
def _colour(code: str) -> Any:
    """A colour as ReportLab keeps it, which reads its code anew at every use."""
    from reportlab.lib.colors import HexColor  # noqa: PLC0415  # heavy

    return HexColor(code)


def _draw_text(canvas: Any, placed: Placed, found: Fit, font: str, height: float) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415  # heavy

    element = placed.element
    assert isinstance(element, TextElement)
    x, w = placed.box[0] * MM, placed.box[2] * MM
    line_height, first = placed.line, height - placed.baseline * MM
    text = canvas.beginText()
    text.setFont(font, found.size)
    text.setFillColor(_colour(element.colour))
    if element.tracking:
        text.setCharSpace(element.tracking * found.size)
    for number, line in enumerate(found.lines):
        words = line.replace(GLUE, " ")
        width = stringWidth(words, font, found.size) + element.tracking * found.size * (len(words) - 1)
        start = x + (w - width) * SHIFTS[element.align]
        text.setTextOrigin(start, first - number * line_height)
        text.textOut(words)
    if element.tracking:
        text.setCharSpace(0)
    canvas.drawText(text)
    if element.rule:
        under = first + RISE * found.size - (len(found.lines) - 0.5) * line_height - element.rule * MM
        canvas.setStrokeColor(_colour(element.colour))
        canvas.setLineWidth(element.rule * MM)
        canvas.line(start, under, start + width, under)


def _draw_rule(canvas: Any, element: RuleElement, ends: tuple[float, float], y: float) -> None:
    left, right = ends
    canvas.setStrokeColor(_colour(element.colour))
    canvas.setFillColor(_colour(element.colour))
    thick = element.width * MM
    if element.style == "plain":
        canvas.setLineWidth(thick)
        canvas.line(left, y, right, y)
        return
    centre, lozenge = (left + right) / 2, thick * 3.2
    shapes = [[(centre - lozenge, y), (centre, y + lozenge), (centre + lozenge, y), (centre, y - lozenge)]]
    for end, side in ((left, -1), (right, 1)):
        near = centre + side * lozenge * 2.1
        shapes.append([(near, y + thick / 2), (end, y), (near, y - thick / 2)])
        small = centre + side * lozenge * 1.55
        shapes.append([(small - thick, y), (small, y + thick), (small + thick, y), (small, y - thick)])
    for points in shapes:
        _polygon(canvas, points)


def _draw_star(canvas: Any, element: StarElement, centre: tuple[float, float], radius: float) -> None:
    points = []
    for corner in range(10):
        reach = radius * (0.382 if corner % 2 else 1)
        angle = pi / 2 + corner * pi / 5
        points.append((centre[0] + reach * cos(angle), centre[1] + reach * sin(angle)))
    canvas.setFillColor(_colour(element.colour))
    _polygon(canvas, points)


def _polygon(canvas: Any, points: list[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _draw_qr(canvas: Any, element: QrElement, content: str, place: tuple[float, float, float]) -> None:
    """The code as a stencil of one bit a module, with its quiet zone inside the box."""
    x, top, side = place
    count, bits = stencil(content)
    module = side / (count + 2 * _QUIET)
    width = count * module
    canvas.saveState()
    canvas.setFillColor(_colour(element.colour))
    # Hundreds of squares a page would be most of the time and of the file; as a stencil they are a few hundred bytes.
    canvas._code.append(  # noqa: SLF001  # ReportLab has no word for a stencil
        f"{width:.4f} 0 0 {width:.4f} {x + _QUIET * module:.4f} {top - _QUIET * module - width:.4f} cm\n"
        f"BI /W {count} /H {count} /IM true /BPC 1 /D [1 0] /F /AHx ID\n{bits.hex()}>\nEI"
    )
    canvas.restoreState()


def _hide(canvas: Any, content: str, font: str, place: tuple[float, float]) -> None:
    """The words of a code, unseen on it: so that a file can be checked without a camera."""
    text = canvas.beginText(*place)
    text.setFont(font, 1)
    text.setTextRenderMode(3)
    text.textOut(content)
    text.setTextRenderMode(0)
    canvas.drawText(text)
