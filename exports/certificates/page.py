"""One page: what stands on it is settled first (`place`), then drawn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin
from typing import Any

from config.certificate_shapes import (
    Element,
    KeepEmptyElement,
    QrElement,
    RuleElement,
    StarElement,
    TextElement,
    blanks,
)
from config.errors import InputError
from config.text import Text, t
from exports.certificates.layout import GLUE, Fit, fit, glue
from exports.certificates.ornament import MM
from exports.fonts import Fonts

_BLANK = re.compile(r"\{([^{}?]*)\??\}")
_RUN = re.compile(b"\x01+")
_NAMES = ("name", "signer_name")
_SHIFT = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
_RISE = 0.36  # of the size: from the middle of a line down to its baseline, so that capitals stand centred


@dataclass(frozen=True, slots=True)
class Placed:
    """One element as it will be drawn: its lines and size, or the content of its QR code."""

    element: Element
    fit: Fit | None = None
    content: str = ""


def place(
    element: Element, fields: Mapping[str, str], fonts: Fonts, refuse: Callable[..., InputError]
) -> Placed | None:
    """Settle one element for one certificate; None where it has nothing to draw.

    Args:
        element: of the template.
        fields: of the certificate.
        fonts: of the run.
        refuse: makes the error from what is wrong and what to do, naming the certificate.

    Raises:
        InputError: for an empty field that is required, a letter no font draws, or a text that does not fit.
    """
    if isinstance(element, KeepEmptyElement) or (element.when and not fields.get(element.when, "").strip()):
        return None
    if isinstance(element, QrElement):
        content = fields.get(element.field, "")
        return Placed(element, content=content) if content else None
    if not isinstance(element, TextElement):
        return Placed(element)
    return _place_text(element, filled(element, fields, refuse), fonts, refuse)


def _place_text(element: TextElement, text: str, fonts: Fonts, refuse: Callable[..., InputError]) -> Placed | None:
    if not text:
        return None
    told = text.replace(GLUE, " ").replace("\n", " ")
    if missing := fonts.missing_letters(told, element.font):
        raise refuse(
            t("the font {font} has no letter “{letter}” for “{text}”", font=fonts.family, letter=missing[0], text=told),
            t("correct the text, or give the office's own font"),
        )
    found = _fit(text, fonts.names[element.font], element)
    if found is None:
        size = element.floor or element.size
        raise refuse(
            t("“{text}” does not fit “{element}” even at {size:g} points", text=told, element=element.id, size=size),
            t("shorten the text, or give the element a larger box, more lines or a smaller floor"),
        )
    return Placed(element, found)


def filled(element: TextElement, fields: Mapping[str, str], refuse: Callable[..., InputError]) -> str:
    """The words of a text element, names tied together. Raises InputError for a required field left empty."""
    for field, required in blanks(element.text):
        if required and not fields.get(field, "").strip():
            raise refuse(t("“{field}” is empty", field=field), t("fill it in and print again"))
    text = _BLANK.sub(lambda blank: fields.get(blank[1], ""), element.text)
    text = unicodedata.normalize("NFC", text)
    text = "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)
    names = [" ".join(unicodedata.normalize("NFC", fields.get(name, "")).split()) for name in _NAMES]
    text = glue(text, names)
    return text.upper() if element.caps else text


@lru_cache(maxsize=8192)
def _fit(text: str, font: str, element: TextElement) -> Fit | None:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415  # heavy

    def measure(words: str) -> float:
        return float(stringWidth(words.replace(GLUE, " "), font, 1000)) / 1000 + element.tracking * len(words)

    _x, _y, width, height = element.box
    sizes = (element.size, element.floor or element.size)
    return fit(text, measure, (width * MM, height * MM), sizes, lines=element.lines, leading=element.leading)


def draw(canvas: Any, placed: Placed, fonts: Fonts, height: float) -> None:
    """Draw a settled element on a page `height` points high. `canvas` is ReportLab's."""
    element = placed.element
    x, top, w, h = (side * MM for side in element.box)
    if isinstance(element, TextElement):
        if placed.fit is not None:
            _draw_text(canvas, element, placed.fit, fonts.names[element.font], height)
    elif isinstance(element, RuleElement):
        _draw_rule(canvas, element, (x, x + w), height - top - h / 2)
    elif isinstance(element, StarElement):
        _draw_star(canvas, element, (x + w / 2, height - top - h / 2), min(w, h) / 2)
    elif isinstance(element, QrElement):
        _draw_qr(canvas, element, placed.content, (x, height - top, min(w, h)))


def _draw_text(canvas: Any, element: TextElement, found: Fit, font: str, height: float) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415  # heavy

    x, top, w, h = (side * MM for side in element.box)
    line_height = found.size * element.leading
    middle = height - top - (h - line_height * len(found.lines)) * _SHIFT[element.valign] - line_height / 2
    text = canvas.beginText()
    text.setFont(font, found.size)
    text.setFillColor(element.colour)
    if element.tracking:
        text.setCharSpace(element.tracking * found.size)
    for number, line in enumerate(found.lines):
        words = line.replace(GLUE, " ")
        width = stringWidth(words, font, found.size) + element.tracking * found.size * (len(words) - 1)
        start = x + (w - width) * _SHIFT[element.align]
        text.setTextOrigin(start, middle - number * line_height - found.size * _RISE)
        text.textOut(words)
    if element.tracking:
        text.setCharSpace(0)
    canvas.drawText(text)
    if element.rule:
        under = middle - (len(found.lines) - 0.5) * line_height - element.rule * MM
        canvas.setStrokeColor(element.colour)
        canvas.setLineWidth(element.rule * MM)
        canvas.line(start, under, start + width, under)


def _draw_rule(canvas: Any, element: RuleElement, ends: tuple[float, float], y: float) -> None:
    left, right = ends
    canvas.setStrokeColor(element.colour)
    canvas.setFillColor(element.colour)
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
    canvas.setFillColor(element.colour)
    _polygon(canvas, points)


def _polygon(canvas: Any, points: list[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _draw_qr(canvas: Any, element: QrElement, content: str, place_: tuple[float, float, float]) -> None:
    """The code as runs of filled rectangles, with its quiet zone inside the box."""
    import segno  # noqa: PLC0415  # only where a code is printed

    x, top, side = place_
    # A fixed mask is allowed by the standard and saves trying all eight on every page.
    matrix = segno.make_qr(content, error="m", mask=0, boost_error=False).matrix
    module = side / (len(matrix) + 4)
    canvas.saveState()
    canvas.translate(x + 2 * module, top - (2 + len(matrix)) * module)
    canvas.scale(module, module)
    canvas.setFillColor(element.colour)
    path = canvas.beginPath()
    for number, row in enumerate(matrix):
        for run in _RUN.finditer(bytes(row)):
            # Whole numbers, written as they are: formatting them as floats is most of the cost of a page.
            path._code.append(f"{run.start()} {len(matrix) - 1 - number} {len(run[0])} 1 re")  # noqa: SLF001
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def naming(person: str) -> Callable[[Text, Text], InputError]:
    """Errors that begin with whose certificate is at fault."""
    return lambda what, do: InputError(t("Certificate of {person}: {what}", person=person, what=what), do=do)
