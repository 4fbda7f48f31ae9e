"""A paper as a Word file: the words of the paper in a skeleton that the office may change in Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from config.errors import ConfigError
from config.settings.loading import SHIPPED
from config.text import t
from exports.files import whole_file
from exports.fonts import open_fonts
from exports.heads import short_issuer
from exports.papers.form.blocks import LEFT_PART
from exports.papers.form.docx_parts import fill_cells, save_fixed, table_xml
from exports.papers.form.fitting import fitted, measures, shared, size_for
from exports.papers.form.lines import headed, sensible
from exports.papers.form.page_writer import MM, margins_of
from exports.papers.form.paper import Paper, Section, Signer
from exports.papers.form.wording import (
    HeadLine,
    appended_line,
    grounds_of,
    head_left,
    head_right,
    nfc,
    number_line,
    place_and_day,
    runs,
)

_RED = "C00000"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_paper_docx(paper: Paper, path: Path, *, overwrite: bool = False) -> None:
    """Write `paper` to `path`; what is annexed to it follows in the same file, upright or on its side.

    Raises:
        ConfigError: for an office's own skeleton that cannot be read, or names a field that there is not.
        InputError: for a file already there, or a place that cannot be written.
    """
    fonts = open_fonts(("serif", "serif-bold"))
    names = fonts.names["serif"], fonts.names["serif-bold"]
    with whole_file(path, overwrite=overwrite) as part:
        first, *others = (_filled(fitted(each, *names), names) for each in paper.parts())
        for each in others:
            _append(first, each)
        save_fixed(first, part, title=" ".join(paper.title), author=paper.office)


def skeleton_of(paper: Paper) -> Path:
    """The skeleton of a paper: the office's own of its kind and form, its own of the form, else the shipped one."""
    names = (f"{paper.kind}-{paper.side}.docx", f"{paper.side}.docx")
    for name in names if paper.skeletons is not None else ():
        if paper.skeletons is not None and (found := paper.skeletons / name).is_file():
            return found
    return SHIPPED / "skeletons" / names[-1]


def _filled(paper: Paper, fonts: tuple[str, str]) -> Any:
    """The document of one paper, without those annexed."""
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # noqa: PLC0415  # heavy
    from jinja2 import Environment, StrictUndefined, TemplateError  # noqa: PLC0415
    from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]  # noqa: PLC0415

    place = skeleton_of(paper)
    skeleton = DocxTemplate(str(place))
    try:
        skeleton.init_docx()
    except Exception as error:  # what a file from outside makes the libraries raise has no common class
        raise ConfigError(
            t("The skeleton cannot be read as a Word file"),
            where=str(place),
            do=t("save it in Word as .docx, or take it away to use the shipped one"),
        ) from error
    try:
        context = _context(paper, fonts)
        skeleton.render(context, Environment(undefined=StrictUndefined, autoescape=True), autoescape=True)
    except (TemplateError, XMLSyntaxError, TypeError, ValueError) as error:
        raise _wrong_skeleton(place, error) from error
    fill_cells(skeleton.docx)
    _turn(skeleton.docx, paper, shipped=place.parent == SHIPPED / "skeletons")
    return skeleton.docx


def _context(paper: Paper, fonts: tuple[str, str]) -> dict[str, Any]:
    texts = {key: _plain(value) for key, value in paper.fields.items()}
    state = paper.side == "state"
    room = _room(paper)
    part = room * LEFT_PART[bool(paper.landscape)]
    return {
        **texts,
        "above": _plain(paper.parent).upper(),
        "issuer": _plain(short_issuer(paper.office, paper.parent)).upper(),
        "number_line": number_line(paper),
        "place_and_day": place_and_day(paper),
        "head_left": [_head(each, fonts, part) for each in head_left(paper)],
        "head_right": [_head(each, fonts, room - part) for each in head_right(paper)],
        "recipients_head": _plain(paper.style.recipients.words),
        "dashes": paper.style.title.under == "dashes",
        "title": _plain(paper.title[0]) if paper.title else "",
        "subtitles": [one for each in paper.title[1:] for one in _lines(each, fonts[1], paper.style.title.about_size)],
        "appended": appended_line(paper),
        "addressees": [_plain(each) for each in paper.addressees],
        "enactor": _plain(paper.enactor),
        "grounds": [_rich(each, paper, italic=state) for each in grounds_of(paper)],
        "opening": [_rich(each, paper) for each in paper.opening],
        "enacts": _plain(paper.enacts).split("\n") if paper.enacts else [],
        "articles": [_rich(each, paper) for each in paper.articles],
        "tables": [_table(each, paper, fonts) for each in paper.sections],
        "closing": [_rich(each, paper) for each in paper.closing],
        "signers": [_signer(each) for each in paper.signers],
        "recipients": [_plain(each) for each in paper.recipients],
        "mark": _plain(paper.mark),
    }


def _plain(text: str) -> str:
    return _UNPRINTABLE.sub("", nfc(text))


def _rich(text: str, paper: Paper, *, italic: bool = False) -> Any:
    from docxtpl import RichText  # noqa: PLC0415  # heavy

    made = RichText()
    for run in runs(_plain(text), italic=italic, gaps=paper.gaps):
        made.add(run.text, bold=run.bold, italic=run.italic, color=_RED if run.red else None)
    return made


_TITLE_ROOM = 420.0
_SPARE = 0.95  # of a cell of the head: its letters are another font's than those measured


def _room(paper: Paper) -> float:
    """Width of the text of a page in points."""
    told = margins_of(paper)
    return ((297 if paper.landscape else 210) - told.left - told.right) * MM


def _lines(text: str, font: str, size: float, room: float = _TITLE_ROOM) -> tuple[str, ...]:
    return sensible(_plain(text), font, size, room)


def _head(line: HeadLine, fonts: tuple[str, str], room: float) -> Any:
    """A line of the head as its style has it: set words of the law with their size, and what is ruled below."""
    from docxtpl import RichText  # noqa: PLC0415  # heavy

    look = {"bold": "bold" in line.style, "italic": "italic" in line.style, "underline": line.rule >= 1}
    size, lines = headed(_plain(line.text), fonts["bold" in line.style], line.size, room * _SPARE)
    made = RichText("\n".join(lines), size=round(size * 2), **look)
    if 0 < line.rule < 1:
        made.add("\n───────", size=round(line.size * 2))
    return made


def _signer(signer: Signer) -> dict[str, Any]:
    """What gives the power to sign, the office held, and the name; only the first is bold in papers of the Party."""
    *above, office = signer.titles or ("",)
    titles, held = (above, office) if above else ([office], "")
    return {"titles": [_plain(each) for each in titles], "office": _plain(held), "name": _plain(signer.name)}


def _table(section: Section, paper: Paper, fonts: tuple[str, str]) -> dict[str, Any]:
    from markupsafe import Markup  # noqa: PLC0415  # heavy

    room = _room(paper)
    size = size_for(section, room, *fonts)
    found = measures(section, size, room, *fonts)
    while sum(found.least) > room and size > 7:
        size -= 0.5
        found = measures(section, size, room, *fonts)
    # Times New Roman is set a little otherwise than the letters that were measured.
    found = replace(
        found, least=[each * 1.05 + 2 for each in found.least], most=[each * 1.05 + 2 for each in found.most]
    )
    widths = shared(found, room)
    xml = Markup(_UNPRINTABLE.sub("", table_xml(section, widths, size)))  # noqa: S704  # made here, its texts escaped
    return {
        "heading": _plain(section.heading),
        "same": _plain(section.same),
        "xml": xml,
        "notes": [_plain(each) for each in section.notes],
    }


def _turn(doc: Any, paper: Paper, *, shipped: bool) -> None:
    """Lay the page; an office's own skeleton keeps its margins where it stands upright as it was made."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415  # heavy
    from docx.shared import Mm  # noqa: PLC0415

    page = doc.sections[-1]
    if paper.landscape:
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = Mm(297), Mm(210)
    if shipped or paper.landscape:
        told = margins_of(paper)
        page.top_margin, page.bottom_margin = Mm(told.top), Mm(told.bottom)
        page.left_margin, page.right_margin = Mm(told.left), Mm(told.right)
    if shipped:
        _style(doc, paper)
        _widen(doc, page)


def _widen(doc: Any, page: Any) -> None:
    """Let the tables that only place things, head and signatures, fill the width of the page."""
    room = page.page_width - page.left_margin - page.right_margin
    for table in doc.tables:
        if table._tbl.tblPr.find(table._tbl.tblPr.tag.replace("tblPr", "tblBorders")) is not None:  # noqa: SLF001
            continue
        widths = [column.width or 0 for column in table.columns]
        whole = sum(widths)
        for place, width in enumerate(widths if whole else ()):
            table.columns[place].width = round(width * room / whole)
            for cell in table.columns[place].cells:
                cell.width = round(width * room / whole)


def _style(doc: Any, paper: Paper) -> None:
    """Give the styles of a shipped skeleton the sizes that hold on the paper's day."""
    from docx.shared import Mm, Pt  # noqa: PLC0415  # heavy

    body, title = paper.style.body, paper.style.title
    for name in ("SV Căn cứ", "SV Thân", "SV Kết"):
        form = doc.styles[name].paragraph_format
        form.line_spacing, form.first_line_indent = Pt(body.leading), Mm(body.first_line)
    sizes = {"SV Tên loại": title.kind_size, "SV Trích yếu": title.about_size}
    sizes |= {"SV Nơi nhận": paper.style.recipients.size}
    for name in ("SV Căn cứ", "SV Thân", "SV Kết", "SV Giữa", "SV Bảng", "SV Ký"):
        sizes[name] = body.size
    for name, size in sizes.items():
        doc.styles[name].font.size = Pt(size)


def _append(doc: Any, other: Any) -> None:
    """Put the body of another document, made from a skeleton of the same kind, behind this one as pages of its own."""
    from docx.oxml import OxmlElement  # noqa: PLC0415  # heavy

    body = doc.element.body
    last = body[-1]
    paragraph = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    body.remove(last)
    properties.append(last)
    paragraph.append(properties)
    body.append(paragraph)
    for each in other.element.body:
        body.append(deepcopy(each))


_UNKNOWN = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")


def _wrong_skeleton(place: Path, error: Any) -> ConfigError:
    """What is wrong with a skeleton, and where in it."""
    said = str(error)
    name = next((first or other for first, other in _UNKNOWN.findall(said)), "")
    found = next(((at, text) for at, text in enumerate(_texts(place), 1) if name and name in text), None)
    where = t("{path}, paragraph {n}: “{text}”", path=place, n=found[0], text=found[1][:80]) if found else str(place)
    if name:
        return ConfigError(
            t("The skeleton names a field that there is not: “{name}”", name=name),
            where=where,
            do=t("correct the name between the braces; docs/papers.md lists the fields"),
        )
    return ConfigError(
        t("The skeleton is written wrongly: {said}", said=said),
        where=where,
        do=t("correct what stands between the braces, or take the file away to use the shipped one"),
    )


def _texts(place: Path) -> Iterator[str]:
    """The texts of the paragraphs of a Word file, those in tables too."""
    from docx import Document  # noqa: PLC0415  # heavy
    from docx.oxml.ns import qn  # noqa: PLC0415

    for paragraph in Document(str(place)).element.body.iter(qn("w:p")):
        yield "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
