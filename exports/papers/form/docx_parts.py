"""Pieces of a Word file: fonts, tables without and with rules, a page number, and a file that has no clock in it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from exports.papers.form.fitting import PAD
from exports.papers.form.paper import Section
from exports.papers.form.wording import cell_text, head_cells

_FONT = "Times New Roman"
_MOMENT = (2000, 1, 1, 0, 0, 0)


def set_font(style: Any, size: float) -> None:
    """Times New Roman for every kind of letter."""
    from docx.oxml.ns import qn  # noqa: PLC0415  # heavy
    from docx.shared import Pt  # noqa: PLC0415

    style.font.name = _FONT
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for each in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(each), _FONT)


def styled(doc: Any, name: str, look: Mapping[str, Any]) -> Any:
    """A paragraph style: `size`, `align`, `bold`, `italic`, `before`, `after` in points, `first` in millimetres.

    `near` keeps it on a page with what follows.
    """
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415  # heavy
    from docx.shared import Mm, Pt  # noqa: PLC0415

    made = doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = doc.styles["Normal"]
    set_font(made, look["size"])
    made.font.bold, made.font.italic = look.get("bold"), look.get("italic")
    form = made.paragraph_format
    form.alignment = look.get("align")
    form.space_before, form.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 0))
    form.keep_with_next = look.get("near")
    if "first" in look:
        form.first_line_indent = Mm(look["first"])
    return made


def no_borders(table: Any, widths: Sequence[Any]) -> None:
    """A table that only places things: fixed widths, no rules, never cut by the end of a page."""
    table.autofit = False
    for row in table.rows:
        _property(row, "w:cantSplit")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def page_field(paragraph: Any) -> None:
    """The number of the page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415  # heavy
    from docx.oxml.ns import qn  # noqa: PLC0415

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001  # the library has no word for a field


def table_xml(doc: Any, section: Section, widths: Sequence[float], size: float) -> str:
    """A ruled table as the XML of Word: heads on every page, rows whole, the last two with what follows.

    Args:
        doc: the document it will stand in.
        section: what it says.
        widths: of the columns in points.
        size: of the letters in points.
    """
    from docx.shared import Pt  # noqa: PLC0415  # heavy

    heads = head_cells(section.columns)
    deep = max((cell.row + cell.rows for cell in heads), default=1)
    table = doc.add_table(deep + len(section.rows) + bool(section.totals), len(section.columns))
    table.autofit = False
    _rules(table)
    cells = [list(row.cells) for row in table.rows]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for head in heads:
        cell = cells[head.row][head.first]
        if head.first < head.last or head.rows > 1:
            cell = cell.merge(cells[head.row + head.rows - 1][head.last])
        _write(cell, head.text, size, "center", bold=True)
    for number in range(deep):
        _property(table.rows[number], "w:tblHeader")
    whole = [(row, False) for row in section.rows] + ([(section.totals, True)] if section.totals else [])
    for number, (values, bold) in enumerate(whole):
        near = number >= len(whole) - 2
        for cell, value, column in zip(cells[deep + number], values, section.columns, strict=True):
            align = {"number": "right", "date": "center", "year": "center"}.get(column.kind, "left")
            if column.kind == "number" and column.width <= 6:
                align = "center"
            _write(cell, cell_text(value, column.kind), size, align, bold=bold, near=near)
    for row in table.rows:
        _property(row, "w:cantSplit")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Pt(width)
    found: str = table._tbl.xml  # noqa: SLF001  # the library has no word for it
    table._tbl.getparent().remove(table._tbl)  # noqa: SLF001
    return found[found.index("<w:tbl") :]


def _write(cell: Any, text: str, size: float, align: str, *, bold: bool = False, near: bool = False) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL  # noqa: PLC0415  # heavy
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = cell.paragraphs[0]
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    paragraph.paragraph_format.keep_with_next = True if near else None
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold or None


def _rules(table: Any) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415  # heavy
    from docx.oxml.ns import qn  # noqa: PLC0415

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)  # noqa: SLF001  # the library has no word for rules
    inside = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        room = OxmlElement(f"w:{side}")
        room.set(qn("w:w"), str(round(PAD * 20)))
        room.set(qn("w:type"), "dxa")
        inside.append(room)
    table._tbl.tblPr.append(inside)  # noqa: SLF001


def _property(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415  # heavy

    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001  # the library has no word for it


def save_fixed(doc: Any, path: Path, *, title: str, author: str) -> None:
    """Write a document with no clock in it: the same words give the same bytes. Raises OSError."""
    told = doc.core_properties
    told.title, told.author, told.last_modified_by, told.comments = title[:200], author[:200], "Sổ Vàng", ""
    told.created = told.modified = datetime(2000, 1, 1)  # noqa: DTZ001  # not a moment
    told.revision = 1
    held = BytesIO()
    doc.save(held)
    made = BytesIO()
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(name))
    path.write_bytes(made.getvalue())
