"""Many certificates as one PDF: all are settled before the first page, and the file is whole or not there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.certificate_shapes import Template, TextElement
from config.errors import InputError, RefusedError
from config.text import t
from exports.certificates.ornament import MM, draw_ornament
from exports.certificates.page import Placed, draw, naming, place
from exports.files import whole_file
from exports.fonts import Fonts, open_fonts

_FRAME = "frame"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is said on one certificate: fields of `config.certificate_shapes.FIELDS`, letter for letter."""

    id: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Blank:
    """A pre-printed blank: only what the template marks `overlay` is printed, moved by these mm right and down."""

    right: float = 0
    down: float = 0


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What was printed: the file, how many pages, in which font family, and the file's SHA-256."""

    path: Path
    count: int
    font_family: str
    sha256: str


def print_batch(  # noqa: PLR0913  # all but three are optional and named
    template: Template,
    certificates: Sequence[Certificate],
    out: Path,
    *,
    overwrite: bool = False,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
    families: Sequence[str] | None = None,
    own_fonts: Mapping[str, Path] | None = None,
    blank: Blank | None = None,
) -> BatchReport:
    """Print `certificates` on `template` into the PDF `out`, one page each; the same input gives the same bytes.

    Args:
        template: the design.
        certificates: at least one; one page each, in this order.
        out: the PDF to write.
        overwrite: whether it may take the place of a file already there.
        progress: told pages done and pages in all.
        stop: asked before every page; a stopped batch leaves nothing.
        families: order of search of `exports.fonts`; all when left out.
        own_fonts: font role -> file of the office.
        blank: print over a pre-printed blank.

    Raises:
        InputError: naming the person, for a missing field or letter or a text that does not fit; and for a file.
        RefusedError: when it was stopped.
    """
    if not certificates:
        raise InputError(t("There is no certificate to print"), do=t("mark at least one person"))
    roles = [element.font for element in template.elements if isinstance(element, TextElement)]
    fonts = open_fonts(roles, families=families, own=own_fonts)
    pages = [_settled(template, certificate, fonts, stop, overlay=blank is not None) for certificate in certificates]
    with whole_file(out, overwrite=overwrite) as part:
        _draw_pages(_canvas(part, template, fonts), template, pages, fonts, (blank, progress, stop))
        digest = hashlib.sha256(part.read_bytes()).hexdigest()
    return BatchReport(out, len(pages), fonts.family, digest)


def _settled(
    template: Template, certificate: Certificate, fonts: Fonts, stop: Callable[[], bool] | None, *, overlay: bool
) -> list[Placed]:
    _check_stop(stop)
    refuse = naming(certificate.fields.get("name", "").strip() or certificate.id)
    wanted = (element for element in template.elements if element.overlay or not overlay)
    placed = (place(element, certificate.fields, fonts, refuse) for element in wanted)
    return [each for each in placed if each is not None]


def _canvas(part: Path, template: Template, fonts: Fonts) -> Any:
    from reportlab import rl_config  # noqa: PLC0415  # heavy
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  # heavy

    rl_config.useA85 = 0  # the streams as they are: writing them as letters costs more than drawing the page
    width, height = template.size
    canvas = Canvas(str(part), pagesize=(width * MM, height * MM), pageCompression=1, invariant=1)
    canvas.setTitle(template.title.vi)
    canvas.setCreator("Sổ Vàng")
    canvas.setSubject(fonts.family)
    return canvas


def _draw_pages(
    canvas: Any,
    template: Template,
    pages: Sequence[Sequence[Placed]],
    fonts: Fonts,
    run: tuple[Blank | None, Callable[[int, int], None] | None, Callable[[], bool] | None],
) -> None:
    blank, progress, stop = run
    width, height = template.size
    # What is the same on every page is stored once in the file and shown on each: many times faster and smaller.
    shared = [each for each in pages[0] if all(each in page for page in pages)]
    canvas.beginForm(_FRAME, 0, 0, width * MM, height * MM)
    if template.ornament is not None and blank is None:
        draw_ornament(canvas, template.ornament, width, height)
    for each in shared:
        draw(canvas, each, fonts, height * MM)
    canvas.endForm()
    for number, page in enumerate(pages, 1):
        _check_stop(stop)
        if blank is not None:
            canvas.translate(blank.right * MM, -blank.down * MM)
        canvas.doForm(_FRAME)
        for each in page:
            if each not in shared:
                draw(canvas, each, fonts, height * MM)
        canvas.showPage()
        if progress is not None:
            progress(number, len(pages))
    canvas.save()


def _check_stop(stop: Callable[[], bool] | None) -> None:
    if stop is not None and stop():
        raise RefusedError(t("Printing was stopped; nothing was written"))
