"""Makes the shipped Word skeletons, Party and State: what stands in braces is filled in by `docx.py`.

An office copies one, changes it in Word and keeps it in its own folder of settings; nothing here is needed for that.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal

from exports.papers.form.docx_parts import no_borders, page_field, save_fixed, set_font, styled

_BODY = 14


def make_skeleton(form: Literal["party", "state"], path: Path) -> None:
    """Write one skeleton."""
    from docx import Document  # heavy

    doc = Document()
    body = doc.element.body
    for each in list(body):
        if not each.tag.endswith("sectPr"):
            body.remove(each)
    _styles(doc, form)
    _margins(doc)
    _head(doc)
    _middle(doc)
    _ending(doc, form)
    _furniture(doc)
    save_fixed(doc, path, title="", author="")


def _styles(doc: Any, form: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN  # heavy; short in a table
    from docx.shared import Pt

    normal = doc.styles["Normal"]
    set_font(normal, _BODY)
    normal.paragraph_format.space_after = Pt(0)
    state = form == "state"
    for name, look in {
        "SV Đầu": {"size": 13 if state else 14, "align": ALIGN.CENTER},
        "SV Tên loại": {"size": 14 if state else 15, "align": ALIGN.CENTER, "bold": True, "before": 12},
        "SV Trích yếu": {"size": 14, "align": ALIGN.CENTER, "bold": True},
        "SV Giữa": {"size": 14, "align": ALIGN.CENTER, "before": 6, "after": 6},
        "SV Căn cứ": {"size": 14, "align": ALIGN.JUSTIFY, "italic": state, "first": 10, "after": 6},
        "SV Thân": {"size": 14, "align": ALIGN.JUSTIFY, "first": 10, "after": 6},
        "SV Kết": {"size": 14, "align": ALIGN.JUSTIFY, "first": 10, "after": 6, "near": True},
        "SV Bảng": {"size": 14, "bold": True, "before": 6, "after": 3, "near": True},
        "SV Ghi chú": {"size": 12, "italic": True, "before": 3, "near": True},
        "SV Ký": {"size": 14, "align": ALIGN.CENTER, "near": True},
        "SV Nơi nhận": {"size": 12 if state else 14},
        "SV Nhận": {"size": 12},
    }.items():
        made = styled(doc, name, look)
        if not state and name in ("SV Căn cứ", "SV Thân", "SV Kết"):
            made.paragraph_format.line_spacing = Pt(19)


def _margins(doc: Any) -> None:
    from docx.shared import Mm  # heavy

    page = doc.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(20), Mm(20), Mm(30), Mm(15)
    page.header_distance, page.footer_distance = Mm(10), Mm(8)
    page.different_first_page_header_footer = True


def _head(doc: Any) -> None:
    from docx.shared import Mm  # heavy

    table = doc.add_table(1, 2)
    no_borders(table, (Mm(72.6), Mm(92.4)))
    left, right = table.rows[0].cells
    for cell, name in ((left, "head_left"), (right, "head_right")):
        _cell(cell, [(f"{{%p for one in {name} %}}", ""), ("{{r one }}", ""), ("{%p endfor %}", "")], "SV Đầu")


def _cell(cell: Any, lines: list[tuple[str, str]], style: str) -> None:
    for number, (text, look) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = style
        run = paragraph.add_run(text)
        run.bold, run.italic, run.underline = "b" in look, "i" in look, "u" in look


def _middle(doc: Any) -> None:
    def add(text: str, style: str, look: str = "") -> None:
        run = doc.add_paragraph(style=style).add_run(text)
        run.bold, run.italic = True if "b" in look else None, True if "i" in look else None

    def each(name: str, text: str, style: str, look: str = "") -> None:
        add(f"{{%p for one in {name} %}}", "SV Thân")
        add(text, style, look)
        add("{%p endfor %}", "SV Thân")

    def given(name: str, text: str, style: str, look: str = "") -> None:
        add(f"{{%p if {name} %}}", "SV Thân")
        add(text, style, look)
        add("{%p endif %}", "SV Thân")

    add("{{ title }}", "SV Tên loại")
    each("subtitles", "{{ one }}", "SV Trích yếu")
    given("appended", "{{ appended }}", "SV Giữa", "i")
    given("dashes", "-----", "SV Giữa")
    given("not dashes", "───────", "SV Giữa")
    each("addressees", "{{ one }}", "SV Giữa")
    given("enactor", "{{ enactor }}", "SV Giữa", "b")
    each("grounds", "{{r one }}", "SV Căn cứ")
    each("opening", "{{r one }}", "SV Thân")
    each("enacts", "{{ one }}", "SV Giữa", "b")
    each("articles", "{{r one }}", "SV Thân")
    add("{%p for table in tables %}", "SV Thân")
    given("table.heading", "{{ table.heading }}", "SV Bảng")
    given("table.same", "{{ table.same }}", "SV Ghi chú")
    add("{{p table.xml }}", "SV Thân")
    each("table.notes", "{{ one }}", "SV Ghi chú")
    add("{%p endfor %}", "SV Thân")
    given("tables and closing", "", "SV Ghi chú")
    each("closing", "{{r one }}", "SV Kết")


def _ending(doc: Any, form: str) -> None:
    from docx.shared import Mm, Pt  # heavy

    def line(text: str) -> None:
        doc.add_paragraph(style="SV Thân").add_run(text)

    signing = [
        *(("{%p for line in one.titles %}", ""), ("{{ line }}", "b")),
        *(("{%p endfor %}", ""), ("{%p if one.office %}", ""), ("{{ one.office }}", "" if form == "party" else "b")),
        *(("{%p endif %}", ""), ("", ""), ("", ""), ("", ""), ("{{ one.name }}", "b")),
    ]
    receiving = [("{%p if recipients %}", ""), ("{{ recipients_head }}", "u" if form == "party" else "bi")]
    receiving += [
        ("{%p endif %}", ""),
        ("{%p for line in recipients %}", ""),
        ("{{ line }}", ""),
        ("{%p endfor %}", ""),
    ]
    space = doc.add_paragraph(style="SV Ghi chú")
    space.paragraph_format.space_before = Pt(6)
    line("{%p if signers|length < 2 %}")
    table = doc.add_table(1, 2)
    no_borders(table, (Mm(82), Mm(83)))
    left, right = table.rows[0].cells
    _recipients(left, receiving)
    _cell(right, [("{%p for one in signers %}", ""), *signing, ("{%p endfor %}", "")], "SV Ký")
    line("{%p else %}")
    table = doc.add_table(1, 3)
    no_borders(table, (Mm(55), Mm(55), Mm(55)))  # one cell for each signer stays
    before, cell, after = table.rows[0].cells
    before.paragraphs[0].add_run("{%tc for one in signers %}")
    after.paragraphs[0].add_run("{%tc endfor %}")
    _cell(cell, signing, "SV Ký")
    for text, style in (
        *(("{%p if recipients %}", "SV Thân"), ("{{ recipients_head }}", "SV Nơi nhận"), ("{%p endif %}", "SV Thân")),
        *(("{%p for line in recipients %}", "SV Thân"), ("{{ line }}", "SV Nhận"), ("{%p endfor %}", "SV Thân")),
    ):
        paragraph = doc.add_paragraph(style=style)
        if text == "{{ recipients_head }}":
            paragraph.paragraph_format.space_before = Pt(8)
        run = paragraph.add_run(text)
        run.underline = text == "{{ recipients_head }}" and form == "party"
    line("{%p endif %}")


def _recipients(cell: Any, lines: list[tuple[str, str]]) -> None:
    _cell(cell, lines, "SV Nhận")
    cell.paragraphs[1].style = "SV Nơi nhận"


def _furniture(doc: Any) -> None:
    """The page's number above every page but the first, and the small print below all."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # heavy
    from docx.shared import Pt

    page = doc.sections[0]
    number = page.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    page_field(number)
    for footer in (page.footer, page.first_page_footer):
        run = footer.paragraphs[0].add_run("{{ mark }}")
        run.font.size = Pt(7)


if __name__ == "__main__":
    for side in ("party", "state"):
        make_skeleton(side, Path(sys.argv[1]) / f"{side}.docx")
