"""Pieces of a Word file: fonts, tables without and with rules, a page number, and a file that has no clock in it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from exports.papers.form.fitting import PAD
from exports.papers.form.paper import Section
from exports.papers.form.wording import cell_text, head_cells
from exports.sheets import SheetColumn

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
    _cell_margins(table, 0)
    for row in table.rows:
        _property(row, "w:cantSplit")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _cell_margins(table: Any, twips: int) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415  # heavy
    from docx.oxml.ns import qn  # noqa: PLC0415

    inside = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        room = OxmlElement(f"w:{side}")
        room.set(qn("w:w"), str(twips))
        room.set(qn("w:type"), "dxa")
        inside.append(room)
    properties = table._tbl.tblPr  # noqa: SLF001  # the library has no word for it
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(inside)
    else:
        look.addprevious(inside)


def fill_cells(doc: Any) -> None:
    """Give every cell its paragraph and part neighbouring tables: Word opens no file without, and joins the others."""
    from docx.oxml import OxmlElement  # noqa: PLC0415  # heavy
    from docx.oxml.ns import qn  # noqa: PLC0415

    for cell in list(doc.element.body.iter(qn("w:tc"))):
        if not len(cell) or cell[-1].tag != qn("w:p"):
            cell.append(OxmlElement("w:p"))
    for table in list(doc.element.body.iter(qn("w:tbl"))):
        following = table.getnext()
        if following is not None and following.tag == qn("w:tbl"):
            table.addnext(OxmlElement("w:p"))


def page_field(paragraph: Any) -> None:
    """The number of the page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415  # heavy
    from docx.oxml.ns import qn  # noqa: PLC0415

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001  # the library has no word for a field


def table_xml(section: Section, widths: Sequence[float], size: float) -> str:
    """A ruled table as the XML of Word: heads on every page, rows whole, the last two with what follows.

    Args:
        section: what it says.
        widths: of the columns in points.
        size: of the letters in points.
    """
    twips = [round(width * 20) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in twips)
    whole = [(row, False) for row in section.rows] + ([(section.totals, True)] if section.totals else [])
    rows = _head_rows(section, twips, size)
    for number, (values, bold) in enumerate(whole):
        near = number >= len(whole) - 2
        cells = "".join(
            _cell(cell_text(value, column.kind), width, _Look(size, _align(column), bold=bold, near=near))
            for value, column, width in zip(values, section.columns, twips, strict=True)
        )
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    return f"<w:tbl>{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    align: str
    bold: bool = False
    near: bool = False


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)
_INSIDE = "".join(f'<w:{side} w:w="{round(PAD * 20)}" w:type="dxa"/>' for side in ("left", "right"))
_TABLE = (
    f'<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    f"<w:tblCellMar>{_INSIDE}</w:tblCellMar></w:tblPr>"
)


def _head_rows(section: Section, twips: Sequence[int], size: float) -> list[str]:
    heads = head_cells(section.columns)
    deep = max((cell.row + cell.rows for cell in heads), default=1)
    look, rows = _Look(size, "center", bold=True), []
    for row in range(deep):
        cells = []
        for head in sorted(heads, key=lambda each: each.first):
            wide = sum(twips[head.first : head.last + 1])
            if head.row == row:
                over = '<w:vMerge w:val="restart"/>' if head.rows > 1 else ""
                cells.append(_cell(head.text, wide, look, span=head.last - head.first + 1, over=over))
            elif head.row < row < head.row + head.rows:
                cells.append(_cell("", wide, look, span=head.last - head.first + 1, over="<w:vMerge/>"))
        rows.append(f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>")
    return rows


def _cell(text: str, width: int, look: _Look, *, span: int = 1, over: str = "") -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    near = "<w:keepNext/>" if look.near else ""
    bold = "<w:b/>" if look.bold else ""
    size = round(look.size * 2)
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{over}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{near}<w:spacing w:before="40" w:after="40"/><w:jc w:val="{look.align}"/></w:pPr>'
        f'<w:r><w:rPr>{bold}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>{said}</w:r></w:p></w:tc>'
    )


def _align(column: SheetColumn) -> str:
    if column.kind in ("date", "year") or (column.kind == "number" and column.width <= 6):
        return "center"
    return "right" if column.kind == "number" else "left"


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
