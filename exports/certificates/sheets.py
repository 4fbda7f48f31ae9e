"""Settled certificates onto paper: one to a page, or several to a sheet with marks to cut along."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.errors import RefusedError
from config.paper_sizes import paper_size
from config.settings.certificates import Ornament, Sheet, Template
from config.text import t
from exports.certificates.drawing import draw
from exports.certificates.frames.border import draw_ornament
from exports.certificates.frames.strokes import MM
from exports.certificates.incremental_pdf import PageSpool
from exports.certificates.page import Placed
from exports.files import save_canvas
from exports.fonts import Fonts

_FORMS = ("front", "back")
_MARK, _MARK_GAP = 4.0, 1.0  # length of a cut mark and its distance from the corner, mm


@dataclass(frozen=True, slots=True)
class Run:
    """How a batch is drawn.

    Attributes:
        moved: mm right and down of everything.
        bare: without the ornament, for a pre-printed blank.
        progress, stop: of the batch.
    """

    fonts: Fonts
    moved: tuple[float, float] = (0.0, 0.0)
    bare: bool = False
    progress: Callable[[int, int], None] | None = None
    stop: Callable[[], bool] | None = None


def draw_pages(part: Path, template: Template, pages: Sequence[tuple[list[Placed], list[Placed]]], run: Run) -> None:
    """Write the PDF `part`: fronts, and backs where the template has any, in the order of `pages`.

    Raises:
        RefusedError: when it was stopped.
    """
    canvas = open_canvas(part, template.media_size, template.title.vi, run.fonts.family)
    for name, value in preferences(template).items():
        canvas.setViewerPreference(name, value)
    _set_boxes(canvas, template)
    sides = _sides(template)
    shared = [_make_form(canvas, template, [page[side] for page in pages], side, run) for side in sides]
    sheet = template.sheet or Sheet(paper=template.paper)
    places = list(_places(sheet, template.size))
    done = 0
    with PageSpool(canvas) as spool:
        for start in range(0, len(pages), len(places)):
            check_stop(run.stop)
            group = pages[start : start + len(places)]
            for side in sides:
                canvas.translate((template.bleed + run.moved[0]) * MM, (template.bleed - run.moved[1]) * MM)
                if template.sheet is not None and not run.bare:
                    _cut_marks(canvas, places[: len(group)], template.size, template.sheet_size)
                for place, page in zip(_turned(places, template, side), group, strict=False):
                    rest = [each for each in page[side] if id(each) not in shared[side]]
                    _draw_one(canvas, template, rest, (place, side), run)
                canvas.showPage()
            for _page in group:
                done += 1
                if run.progress is not None:
                    run.progress(done, len(pages))
        save_canvas(canvas, part)
        spool.append(part)


def _set_boxes(canvas: Any, template: Template) -> None:
    """Where a print shop cuts, and how far what is printed may reach beyond it."""
    if template.bleed:
        (wide, high), edge = template.media_size, template.bleed
        canvas.setBleedBox((0, 0, wide * MM, high * MM))
        canvas.setTrimBox((edge * MM, edge * MM, (wide - edge) * MM, (high - edge) * MM))


def check_stop(stop: Callable[[], bool] | None) -> None:
    """Raise RefusedError when somebody asked to stop."""
    if stop is not None and stop():
        raise RefusedError(t("Printing was stopped; nothing was written"))


def preferences(template: Template) -> dict[str, str]:
    """How a viewer is to print it: in its true size, and both sides so that they meet."""
    return {"PrintScaling": "None", **({"Duplex": "DuplexFlipLongEdge"} if len(_sides(template)) > 1 else {})}


def _sides(template: Template) -> tuple[int, ...]:
    return (0, 1) if template.back or template.back_ornament else (0,)


def open_canvas(part: Path, size: tuple[float, float], title: str, subject: str) -> Any:
    """A page of `size` mm on ReportLab's canvas, whose file says the same at every run."""
    from reportlab import rl_config  # noqa: PLC0415  # heavy
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  # heavy

    rl_config.useA85 = 0  # the streams as they are: writing them as letters costs more than drawing the page
    canvas = Canvas(str(part), pagesize=(size[0] * MM, size[1] * MM), pageCompression=1, invariant=1)
    canvas.setTitle(title)
    canvas.setCreator("Sổ Vàng")
    canvas.setSubject(subject)
    canvas.setViewerPreference("PrintScaling", "None")  # a millimetre on the page is one on the paper
    return canvas


def _make_form(canvas: Any, template: Template, pages: Sequence[Sequence[Placed]], side: int, run: Run) -> set[int]:
    """What is the same object on every page is stored once and shown on each: many times faster and smaller."""
    width, height = template.size
    ornament: Ornament | None = (template.ornament, template.back_ornament)[side]
    shared = set.intersection(*({id(each) for each in page} for page in pages))
    canvas.beginForm(_FORMS[side], 0, 0, width * MM, height * MM)
    if ornament is not None and not run.bare:
        draw_ornament(canvas, ornament, width, height)
    for each in [each for each in pages[0] if id(each) in shared]:
        draw(canvas, each, run.fonts, height * MM)
    canvas.endForm()
    return shared


def _draw_one(
    canvas: Any, template: Template, rest: Sequence[Placed], at: tuple[tuple[float, float], int], run: Run
) -> None:
    (x, y), side = at
    if template.sheet is not None:
        canvas.saveState()
        canvas.translate(x * MM, (template.sheet_size[1] - y - template.size[1]) * MM)
    canvas.doForm(_FORMS[side])
    for each in rest:
        draw(canvas, each, run.fonts, template.size[1] * MM)
    if template.sheet is not None:
        canvas.restoreState()


def _places(sheet: Sheet, size: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Left and top of each on the sheet, row by row, the whole in the middle of the paper."""
    width, height = paper_size(sheet.paper)
    wide, high = size[0] + sheet.gap, size[1] + sheet.gap
    left = (width - sheet.columns * wide + sheet.gap) / 2
    top = (height - sheet.rows * high + sheet.gap) / 2
    for row in range(sheet.rows):
        for column in range(sheet.columns):
            yield left + column * wide, top + row * high


def _turned(places: Sequence[tuple[float, float]], template: Template, side: int) -> list[tuple[float, float]]:
    """The places of the backs: mirrored, for the sheet is turned over its long side."""
    if side == 0:
        return list(places)
    width, height = template.sheet_size
    if height >= width:
        return [(width - x - template.size[0], y) for x, y in places]
    return [(x, height - y - template.size[1]) for x, y in places]


def _cut_marks(
    canvas: Any, places: Sequence[tuple[float, float]], size: tuple[float, float], paper: tuple[float, float]
) -> None:
    """Short lines outside the cards, at every edge that is cut."""
    canvas.saveState()
    canvas.setStrokeColor("#000000")
    canvas.setLineWidth(0.25)
    left, top = min(x for x, _ in places), min(y for _, y in places)
    right, bottom = max(x for x, _ in places) + size[0], max(y for _, y in places) + size[1]
    for x in sorted({edge for place, _ in places for edge in (place, place + size[0])}):
        for y in (top - _MARK_GAP - _MARK, bottom + _MARK_GAP):
            canvas.line(x * MM, (paper[1] - y) * MM, x * MM, (paper[1] - y - _MARK) * MM)
    for y in sorted({edge for _, place in places for edge in (place, place + size[1])}):
        for x in (left - _MARK_GAP - _MARK, right + _MARK_GAP):
            canvas.line(x * MM, (paper[1] - y) * MM, (x + _MARK) * MM, (paper[1] - y) * MM)
    canvas.restoreState()
