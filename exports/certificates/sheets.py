"""Settled certificates onto paper: one to a page, or several to a sheet with marks to cut along."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.errors import RefusedError
from config.paper_sizes import paper_size
from config.settings.certificates import Sheet, Template
from config.settings.designs.elements import Ornament
from config.text import t
from exports.certificates.drawing import draw
from exports.certificates.frames.border import draw_ornament
from exports.certificates.frames.strokes import MM
from exports.certificates.incremental_pdf import PageSpool
from exports.certificates.pieces import Placed
from exports.certificates.proof.archive import PRODUCER, About, describe, save
from exports.fonts import Fonts

_FORMS = ("front", "back")
_MARK, _MARK_GAP = 4.0, 1.0  # length of a cut mark and its distance from the corner, mm


@dataclass(frozen=True, slots=True)
class Run:
    """How a batch is drawn.

    Attributes:
        author: the body that issues, as the file says it.
        moved: mm right and down of everything.
        bare: without the ornament, for a pre-printed blank.
        progress, stop: of the batch.
    """

    fonts: Fonts
    author: str = ""
    moved: tuple[float, float] = (0.0, 0.0)
    bare: bool = False
    progress: Callable[[int, int], None] | None = None
    stop: Callable[[], bool] | None = None


def draw_pages(part: Path, template: Template, pages: Sequence[tuple[list[Placed], list[Placed]]], run: Run) -> None:
    """Write the PDF `part`: fronts, and backs where the template has any, in the order of `pages`.

    Raises:
        RefusedError: when it was stopped.
    """
    canvas = open_canvas(part, template.media_size, about_of(template, run), run.fonts)
    for name, value in preferences(template).items():
        canvas.setViewerPreference(name, value)
    _set_boxes(canvas, template)
    sides = _sides(template)
    shared = [_Forms(canvas, template, [page[side] for page in pages], side, run) for side in sides]
    sheet = template.sheet or Sheet(paper=template.paper)
    places = list(_places(sheet, template.size))
    done = 0
    with PageSpool(canvas) as spool:
        for start in range(0, len(pages), len(places)):
            check_stop(run.stop)
            group = pages[start : start + len(places)]
            for side in sides:
                _crop_marks(canvas, template)
                canvas.translate((template.beyond + run.moved[0]) * MM, (template.beyond - run.moved[1]) * MM)
                if template.sheet is not None and not run.bare:
                    _cut_marks(canvas, places[: len(group)], template.size, template.sheet_size)
                for place, page in zip(_turned(places, template, side), group, strict=False):
                    _draw_one(canvas, template, page[side], (place, shared[side]), run)
                canvas.showPage()
            for _page in group:
                done += 1
                if run.progress is not None:
                    run.progress(done, len(pages))
        save(canvas, part)
        spool.append(part)


def _set_boxes(canvas: Any, template: Template) -> None:
    """Where a print shop cuts, and how far what is printed may reach beyond it."""
    if template.beyond:
        wide, high = template.media_size
        for put, edge in ((canvas.setBleedBox, template.crop), (canvas.setTrimBox, template.beyond)):
            put((edge * MM, edge * MM, (wide - edge) * MM, (high - edge) * MM))


def _crop_marks(canvas: Any, template: Template) -> None:
    """Hair lines beyond the bleed that point at the edges of the paper that is left."""
    if not template.crop:
        return
    (wide, high), edge = template.media_size, template.beyond
    canvas.saveState()
    canvas.setStrokeColor("#000000")
    canvas.setLineWidth(0.25)
    for x in (edge, wide - edge):
        for y in (0, high - template.crop):
            canvas.line(x * MM, y * MM, x * MM, (y + template.crop) * MM)
    for y in (edge, high - edge):
        for x in (0, wide - template.crop):
            canvas.line(x * MM, y * MM, (x + template.crop) * MM, y * MM)
    canvas.restoreState()


def about_of(template: Template, run: Run) -> About:
    """What the file says of itself."""
    return About(template.title.vi, run.author or PRODUCER, run.fonts.family)


def check_stop(stop: Callable[[], bool] | None) -> None:
    """Raise RefusedError when somebody asked to stop."""
    if stop is not None and stop():
        raise RefusedError(t("Printing was stopped; nothing was written"))


def preferences(template: Template) -> dict[str, str]:
    """How a viewer is to print it: in its true size, and both sides so that they meet."""
    return {"PrintScaling": "None", **({"Duplex": "DuplexFlipLongEdge"} if len(_sides(template)) > 1 else {})}


def _sides(template: Template) -> tuple[int, ...]:
    return (0, 1) if template.back or template.back_ornament else (0,)


def open_canvas(part: Path, size: tuple[float, float], about: About, fonts: Fonts) -> Any:
    """A page of `size` mm on ReportLab's canvas, whose file says the same at every run."""
    from reportlab import rl_config  # noqa: PLC0415  # heavy
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  # heavy

    rl_config.useA85 = 0  # the streams as they are: writing them as letters costs more than drawing the page
    given: Any = {"initialFontName": next(iter(fonts.names.values()), None)}  # else it names a font that no file holds
    canvas = Canvas(str(part), pagesize=(size[0] * MM, size[1] * MM), pageCompression=1, invariant=1, **given)
    describe(canvas, about)
    canvas.setViewerPreference("PrintScaling", "None")  # a millimetre on the page is one on the paper
    return canvas


class _Forms:
    """What is the same object on every page is stored once and shown on each: many times faster and smaller.

    Of what stands in the template without anything else between, one form is made, so that whoever reads the file aloud
    reads it in the template's order: name, unit, citation, who signs.
    """

    def __init__(self, canvas: Any, template: Template, pages: Sequence[Sequence[Placed]], side: int, run: Run) -> None:
        width, height = template.size
        self.ornament = f"{_FORMS[side]}-0"
        self.form_of: dict[int, str] = {}
        shared = set.intersection(*({id(each) for each in page} for page in pages))
        groups: list[list[Placed]] = [[]]
        for each in pages[0]:
            if id(each) in shared:
                groups[-1].append(each)
            elif groups[-1] or len(groups) == 1:
                groups.append([])
        ornament: Ornament | None = (template.ornament, template.back_ornament)[side]
        for number, group in enumerate(groups):
            if not group and number:
                continue
            name = f"{_FORMS[side]}-{number}"
            canvas.beginForm(name, 0, 0, width * MM, height * MM)
            if ornament is not None and not run.bare and not number:
                draw_ornament(canvas, ornament, width, height)
            for each in group:
                draw(canvas, each, run.fonts, height * MM)
                self.form_of[id(each)] = name
            canvas.endForm()


def _draw_one(
    canvas: Any, template: Template, placed: Sequence[Placed], at: tuple[tuple[float, float], _Forms], run: Run
) -> None:
    (x, y), forms = at
    if template.sheet is not None:
        canvas.saveState()
        canvas.translate(x * MM, (template.sheet_size[1] - y - template.size[1]) * MM)
    canvas.doForm(forms.ornament)
    drawn = {forms.ornament}
    for each in placed:
        name = forms.form_of.get(id(each))
        if name is None:
            draw(canvas, each, run.fonts, template.size[1] * MM)
        elif name not in drawn:
            canvas.doForm(name)
            drawn.add(name)
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
