"""Papers: the set words of each form, whole tables over many pages, the same bytes, and letters that are all there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config import i18n
from config.errors import InputError
from config.settings.loading import load_settings
from exports.papers.form.docx import write_paper_docx
from exports.papers.form.kept import packed, unpacked
from exports.papers.form.lines import balanced, headed, sensible, width_of, wrap
from exports.papers.form.paper import Paper, Section, Signer
from exports.papers.form.pdf import write_paper_pdf
from exports.papers.form.workbook import write_paper_xlsx
from exports.sheets import SheetColumn
from tests.exports.conftest import PACKAGED, lines_of, precomposed, words_of

MM = 72 / 25.4
COLUMNS = (
    SheetColumn("STT", 5, "number"),
    SheetColumn("Họ và tên", 26),
    SheetColumn("Nam", 11, "date", group="Ngày sinh"),
    SheetColumn("Nữ", 11, "date", group="Ngày sinh"),
    SheetColumn("Đơn vị", 26),
)


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    i18n.use("vi")
    yield
    i18n.use("en")


STYLES = load_settings().styles


def people(count: int) -> list[tuple[object, ...]]:
    return [(n, f"Nguyễn Thị Mẫu {n}x", date(1980, 2, 5), None, "Phường Thử Nghiệm") for n in range(1, count + 1)]


def paper(count: int = 3, **other: Any) -> Paper:
    section = Section(COLUMNS, people(count), totals=("", "Tổng cộng", None, None, ""), notes=("Ghi chú thử.",))
    given: dict[str, Any] = {
        "office": "Ban Xây dựng Đảng",
        "parent": "Đảng ủy phường Thử Nghiệm",
        "number": "12-TTr/BXDĐ",
        "place": "Thử Nghiệm",
        "day": date(2026, 2, 5),
        "title": ("TỜ TRÌNH", "về việc khen thưởng"),
        "opening": ("Kính trình xem xét.",),
        "sections": (section,),
        "signers": (Signer(("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"), "Trần Văn Mẫu"),),
        "recipients": ("- Như trên;", "- Lưu."),
        "mark": "dòng 12",
        **other,
    }
    given.setdefault("style", STYLES.on(given.pop("form", "party"), given["day"]))
    return Paper(**given)


def pdf(made: Paper, folder: Path) -> Path:
    out = folder / "paper.pdf"
    write_paper_pdf(made, out, overwrite=True, families=PACKAGED)
    return out


def test_a_party_paper_has_the_words_of_the_party_and_none_of_the_state(tmp_path: Path) -> None:
    (text,) = words_of(pdf(paper(), tmp_path))
    for words in (
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "ĐẢNG ỦY PHƯỜNG THỬ NGHIỆM",
        "BAN XÂY DỰNG ĐẢNG",
        "Số 12-TTr/BXDĐ",
        "dòng 12",
    ):
        assert words in text
    assert "Thử Nghiệm, ngày 05 tháng 02 năm 2026" in text
    assert "CỘNG HÒA" not in text
    assert text.index("TỜ TRÌNH") < text.index("Kính trình") < text.index("STT") < text.index("Tổng cộng")
    assert "PHÓ TRƯỞNG BAN" in text
    assert "Nơi nhận:" in text


def test_a_state_paper_has_the_words_of_the_state_and_none_of_the_party(tmp_path: Path) -> None:
    (text,) = words_of(pdf(paper(form="state", number="12/TTr-UBND"), tmp_path))
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 12/TTr-UBND"):
        assert words in text
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" not in text


def test_a_signed_paper_without_a_number_leaves_room_for_it_and_an_annex_names_its_paper(tmp_path: Path) -> None:
    assert "Số ……" in words_of(pdf(paper(number=""), tmp_path))[0]
    (annex,) = words_of(pdf(paper(number="", appended_to="Kèm theo Quyết định số 1-QĐ/ĐU"), tmp_path))
    assert "(Kèm theo Quyết định số 1-QĐ/ĐU)" in annex
    assert "Số …" not in annex


def test_a_long_list_repeats_its_heads_numbers_its_pages_and_loses_nobody(tmp_path: Path) -> None:
    pages = words_of(pdf(paper(300, landscape=True), tmp_path))
    assert len(pages) > 5
    whole = " ".join(pages)
    assert all(f"Mẫu {number}x" in whole for number in range(1, 301))
    with_rows = [page for page in pages if "Nguyễn Thị Mẫu" in page]
    assert all("Họ và tên" in page and "Ngày sinh" in page for page in with_rows)
    out = tmp_path / "paper.pdf"
    assert "2" not in lines_of(out, 0)[:1]
    assert any(line == "2" for line in lines_of(out, 1))
    assert "Trần Văn Mẫu" in pages[-1]


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("count", range(8, 40, 3))
def test_signatures_never_stand_on_a_page_without_a_row(tmp_path: Path, count: int, landscape: bool) -> None:
    last = words_of(pdf(paper(count, landscape=landscape), tmp_path))[-1]
    assert "Tổng cộng" in last
    assert "Trần Văn Mẫu" in last


def test_a_row_higher_than_a_page_goes_on_over_the_next(tmp_path: Path) -> None:
    story = " ".join(f"từ{number}" for number in range(3000))
    rows = [(1, "Mẫu", None, None, story)]
    pages = words_of(pdf(paper(sections=(Section(COLUMNS, rows),)), tmp_path))
    assert len(pages) > 2
    whole = " ".join(pages)
    assert all(f"từ{number}" in whole for number in range(0, 3000, 7))


def test_many_columns_are_set_smaller_and_too_many_are_refused(tmp_path: Path) -> None:
    def wide(count: int) -> Paper:
        columns = tuple(SheetColumn(f"Cột {number}", 12) for number in range(count))
        return paper(landscape=True, sections=(Section(columns, [tuple(f"15/06/{1900 + n}" for n in range(count))]),))

    (text,) = words_of(pdf(wide(18), tmp_path))
    assert all(f"15/06/{1900 + number}" in text for number in range(18))
    (tmp_path / "paper.pdf").unlink()
    with pytest.raises(InputError, match="40 columns do not fit"):
        pdf(wide(40), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    first = pdf(paper(50), tmp_path).read_bytes()
    assert pdf(paper(50), tmp_path).read_bytes() == first
    for name in ("a.xlsx", "b.xlsx"):
        write_paper_xlsx(paper(50), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    for name in ("a.docx", "b.docx"):
        write_paper_docx(paper(50, landscape=None), tmp_path / name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_every_vietnamese_letter_comes_out_as_it_went_in(tmp_path: Path) -> None:
    letters = [precomposed()[start : start + 12] for start in range(0, len(precomposed()), 12)]
    rows = [(n, text, None, None, "") for n, text in enumerate(letters, 1)]
    text = " ".join(words_of(pdf(paper(sections=(Section(COLUMNS, rows),)), tmp_path)))
    assert all(piece in text for piece in letters)


def test_a_letter_no_font_has_is_refused_by_name_and_nothing_is_written(tmp_path: Path) -> None:
    rows = [(1, "Mẫu 😀 Thử", None, None, "")]
    with pytest.raises(InputError, match=r"U\+1F600.*Mẫu 😀 Thử"):
        pdf(paper(sections=(Section(COLUMNS, rows),)), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_numbers_are_shown_with_the_marks_of_the_language(tmp_path: Path) -> None:
    columns = (SheetColumn("Điểm", 9, "number"), SheetColumn("Tiền", 14, "number"), SheetColumn("Năm", 9, "year"))
    made = paper(sections=(Section(columns, [(Decimal("89.5"), 3544, 1968)]),))
    (text,) = words_of(pdf(made, tmp_path))
    assert "89,5 3.544 1968" in text
    i18n.use("en")
    (text,) = words_of(pdf(made, tmp_path))
    assert "89.5 3,544 1968" in text


def test_nothing_is_drawn_outside_the_margins(tmp_path: Path) -> None:
    long = ("TỜ TRÌNH", "về việc " + "khen thưởng " * 30)
    made = paper(
        40, title=long, office="Ban " + "Xây dựng " * 12, signers=(Signer(("TRƯỞNG " * 12,), "Mẫu " * 20),) * 3
    )
    document = pypdfium2.PdfDocument(pdf(made, tmp_path))
    try:
        for page in document:
            left, _bottom, right, top = _bounds(page)
            assert left > 70
            assert right < 595 - 35
            assert top < 842 - 25
    finally:
        document.close()


def _bounds(page: Any) -> tuple[float, float, float, float]:
    text = page.get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


@pytest.fixture(scope="module")
def font() -> str:
    from exports.fonts import open_fonts

    return open_fonts(["serif"], families=PACKAGED).names["serif"]


@given(text=st.text("aăđệ ơữ", max_size=120), width=st.floats(20, 300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_wrapping_loses_no_letter_and_keeps_every_line_inside(font: str, text: str, width: float) -> None:
    for lines in (wrap(text, font, 12, width), balanced(text, font, 12, width)):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(width_of(line, font, 12) <= width + 0.02 for line in lines)
    assert len(balanced(text, font, 12, width)) == len(wrap(text, font, 12, width))


def test_an_excel_paper_has_the_same_words_merged_heads_and_print_setup(tmp_path: Path) -> None:
    write_paper_xlsx(paper(landscape=True), tmp_path / "paper.xlsx")
    page = openpyxl.load_workbook(tmp_path / "paper.xlsx").active
    assert page is not None
    cells = [cell.value for row in page.iter_rows() for cell in row if cell.value is not None]
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "BAN XÂY DỰNG ĐẢNG", "Số 12-TTr/BXDĐ", "TỜ TRÌNH", "Nơi nhận:"):
        assert words in cells
    assert {"PHÓ TRƯỞNG BAN", "Trần Văn Mẫu", "Nguyễn Thị Mẫu 3x", "Tổng cộng", "Ghi chú thử."} <= set(cells)
    head = next(row for row in range(1, 30) if page.cell(row, 1).value == "STT")
    merged = {str(span) for span in page.merged_cells.ranges}
    assert f"A{head}:A{head + 1}" in merged
    assert f"C{head}:D{head}" in merged
    assert page.print_title_rows == f"${head}:${head + 1}"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.cell(head + 2, 2).border.left.style == "thin"
    assert page.cell(head + 5, 2).font.b


@pytest.mark.parametrize("narrow", [1, 2, 4])
def test_sections_of_different_widths_share_one_sheet(tmp_path: Path, narrow: int) -> None:
    small = Section(COLUMNS[:narrow], [people(1)[0][:narrow]], heading="II. Nhỏ")
    for sections in ((small,), (paper().sections[0], small)):
        write_paper_xlsx(paper(sections=sections), tmp_path / "paper.xlsx", overwrite=True)
        page = openpyxl.load_workbook(tmp_path / "paper.xlsx").active
        assert page is not None
        assert any(cell.value == "II. Nhỏ" for cell in page["A"])
        assert bool(page.print_title_rows) == (len(sections) == 1)


def test_a_name_like_a_formula_stays_a_name_in_an_excel_paper(tmp_path: Path) -> None:
    rows = [(1, "=1+1", None, None, "@SUM(A1)")]
    write_paper_xlsx(paper(sections=(Section(COLUMNS, rows),)), tmp_path / "paper.xlsx")
    page = openpyxl.load_workbook(tmp_path / "paper.xlsx").active
    assert page is not None
    found = [cell for row in page.iter_rows() for cell in row if cell.value in ("=1+1", "@SUM(A1)")]
    assert [cell.data_type for cell in found] == ["s", "s"]


@pytest.mark.parametrize("lines", [1, 4])
def test_every_name_stands_below_the_titles_with_room_for_signature_and_seal(tmp_path: Path, lines: int) -> None:
    titles = tuple(f"CHỨC DANH {number}" for number in range(1, lines + 1))
    signers = (Signer(titles, "Trần Văn Mẫu"), Signer(("THƯ KÝ",), "Lê Văn Hải"))
    document = pypdfium2.PdfDocument(pdf(paper(signers=signers), tmp_path))
    try:
        page = document[len(document) - 1].get_textpage()
        last_title, first_name, second_name = (_line_of(page, word) for word in (titles[-1], "Trần Văn", "Lê Văn Hải"))
    finally:
        document.close()
    room = last_title[0] - first_name[1]
    assert 20 * MM < room < 35 * MM
    assert abs(first_name[0] - second_name[0]) < 1, "names stand in one line, however many titles are above"


def _line_of(page: Any, words: str) -> tuple[float, float]:
    """Bottom and top of these words, in points from the foot of the page."""
    found = page.search(words).get_next()
    assert found is not None
    boxes = [page.get_charbox(number) for number in range(found[0], found[0] + found[1])]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)


def test_a_page_has_the_margins_of_its_own_day_and_the_office_may_set_them(tmp_path: Path) -> None:
    def width(style: Any) -> float:
        out = pdf(paper(style=style, opening=("Căn cứ " * 60,), sections=()), tmp_path)
        page = pypdfium2.PdfDocument(out)[0].get_textpage()
        boxes = [page.get_charbox(number) for number in range(page.count_chars())]
        return float(max(box[2] for box in boxes)) / 72 * 25.4

    before, since = (STYLES.on("party", date(2026, 5, day)) for day in (26, 27))
    assert width(before) == pytest.approx(210 - before.margins.right, abs=0.6)
    assert width(since) == pytest.approx(210 - 15, abs=0.6)
    wide = msgspec.structs.replace(since, margins=msgspec.structs.replace(since.margins, right=40))
    assert width(wide) == pytest.approx(210 - 40, abs=0.6)


def test_the_words_of_a_paper_are_those_of_the_settings(tmp_path: Path) -> None:
    style = STYLES.on("party", date(2026, 6, 1))
    heard = msgspec.structs.replace(style.recipients, words="Gửi đến:")
    own = msgspec.structs.replace(style, recipients=heard, zeros=msgspec.structs.replace(style.zeros, months_below=0))
    (text,) = words_of(pdf(paper(style=own), tmp_path))
    assert "Gửi đến:" in text
    assert "ngày 05 tháng 2 năm 2026" in text
    out = tmp_path / "paper.xlsx"
    write_paper_xlsx(paper(style=own), out)
    cells = [cell.value for row in openpyxl.load_workbook(out).worksheets[0].iter_rows() for cell in row if cell.value]
    assert "Gửi đến:" in cells


def test_a_workbook_sums_live_stays_in_sight_can_be_filtered_and_says_who_made_it(tmp_path: Path) -> None:
    columns = (SheetColumn("STT", 5, "number"), SheetColumn("Họ và tên", 26), SheetColumn("Tiền", 12, "number"))
    long = "Đã hoàn thành xuất sắc nhiệm vụ " * 12
    rows = [(1, "Nguyễn Thị Mẫu", 710_000), (2, long, 1_420_000)]
    table = Section(columns, rows, totals=("", "Tổng", 2_130_000))
    write_paper_xlsx(paper(sections=(table,), annexes=(paper(2),)), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert len(book.sheetnames) == 2
    assert book.properties.creator == "Ban Xây dựng Đảng"
    page = book.worksheets[0]
    assert page.title.startswith("Tờ trình")
    head = next(row for row in range(1, 30) if page.cell(row, 1).value == "STT")
    assert page.freeze_panes == f"A{head + 1}"
    assert page.auto_filter.ref == f"A{head}:C{head + 2}"
    assert page.cell(head + 3, 3).value == f"=SUM(C{head + 1}:C{head + 2})"
    assert {page.cell(head + n, 3).number_format for n in (1, 2, 3)} == {"#,##0"}
    heights = [page.row_dimensions[head + n].height for n in (1, 2)]
    assert heights[0] >= 16
    assert heights[1] > 3 * heights[0]


def test_the_rows_of_a_long_list_are_as_high_as_those_of_a_short_one(tmp_path: Path) -> None:
    columns = (SheetColumn("STT", 5, "number"), SheetColumn("Họ và tên", 26))
    long = "Đã hoàn thành xuất sắc nhiệm vụ " * 12
    found = []
    for count in (10, 1_010):
        rows = [(n, long if n % 5 == 0 else "Nguyễn Thị Mẫu") for n in range(1, count + 1)]
        out = tmp_path / f"{count}.xlsx"
        write_paper_xlsx(paper(sections=(Section(columns, rows),)), out)
        page = openpyxl.load_workbook(out).worksheets[0]
        head = next(row for row in range(1, 30) if page.cell(row, 1).value == "STT")
        found.append([page.row_dimensions[head + n].height for n in range(1, 11)])
    assert found[0] == found[1]
    assert len(set(found[0])) == 2, "those of one line, and those of several"


def test_a_column_that_says_the_same_of_everybody_is_told_once_above_the_table(tmp_path: Path) -> None:
    columns = (SheetColumn("STT", 5, "number"), SheetColumn("Họ và tên", 26), SheetColumn("Vai trò", 20))
    rows = [(n, f"Nguyễn Thị Mẫu {n}x", "Báo cáo viên") for n in range(1, 9)]
    (text,) = words_of(pdf(paper(sections=(Section(columns, rows),)), tmp_path))
    assert text.count("Báo cáo viên") == 1
    assert "Vai trò: Báo cáo viên." in text
    (text,) = words_of(pdf(paper(sections=(Section(columns, rows, every_column=True),)), tmp_path))
    assert text.count("Báo cáo viên") == 8


def test_a_page_is_turned_only_where_its_table_does_not_fit_upright(tmp_path: Path) -> None:
    narrow = (SheetColumn("STT", 5, "number"), SheetColumn("Họ và tên", 60))
    wide = tuple(SheetColumn(f"Cột {n}", 20) for n in range(12))
    for columns, turned in ((narrow, False), (wide, True)):
        values = ("Một chuỗi chữ khá dài",) * (len(columns) - 1)
        rows = [(n, *values) for n in range(1, 4)]
        document = pypdfium2.PdfDocument(pdf(paper(landscape=None, sections=(Section(columns, rows),)), tmp_path))
        width, height = document[0].get_size()
        document.close()
        assert (width > height) == turned


def test_a_line_breaks_before_the_name_of_a_body_not_within_it(font: str) -> None:
    for text, lines in (
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG PHAN ĐÌNH PHÙNG", ("CHỦ TỊCH ỦY BAN NHÂN DÂN", "PHƯỜNG PHAN ĐÌNH PHÙNG")),
        ("ĐẢNG ỦY PHƯỜNG PHAN ĐÌNH PHÙNG", ("ĐẢNG ỦY", "PHƯỜNG PHAN ĐÌNH PHÙNG")),
        ("Số liệu của 75 buổi nói chuyện", None),
    ):
        found = sensible(text, font, 14, width_of(text, font, 14) * 0.75)
        assert " ".join(found) == text
        assert lines is None or found == lines
        assert not any(line.endswith(" 75") for line in found)


def test_a_name_at_the_head_is_set_smaller_rather_than_cut_within(font: str) -> None:
    text = "ĐẢNG ỦY PHƯỜNG PHAN ĐÌNH PHÙNG"
    whole = width_of("PHƯỜNG PHAN ĐÌNH PHÙNG", font, 14)
    for part, lines in ((1.0, ("ĐẢNG ỦY", text[8:])), (0.92, ("ĐẢNG ỦY", text[8:])), (1.5, (text,))):
        size, found = headed(text, font, 14, whole * part)
        assert found == lines, part
        assert 14 * 0.84 <= size <= 14
        assert max(width_of(line, font, size) for line in found) <= whole * part + 0.1
    assert " ".join(headed(text, font, 14, whole * 0.5)[1]) == text, "and is whole where nothing helps"


def test_a_paper_kept_as_text_is_the_same_paper(tmp_path: Path) -> None:
    first = paper(3, landscape=None, gaps=True, annexes=(paper(2),), grounds=("Căn cứ A;",), articles=("Điều 1. B.",))
    again = unpacked(packed(first), None)
    assert packed(unpacked(packed(again), None)) == packed(again)
    for made, name in ((first, "a.docx"), (again, "b.docx")):
        write_paper_docx(made, tmp_path / name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_the_shipped_skeletons_are_those_that_are_made(tmp_path: Path) -> None:
    from config.settings.loading import SHIPPED
    from tests.looks.skeletons import make_skeleton

    for form in ("party", "state"):
        make_skeleton(form, tmp_path / "made.docx")
        assert (tmp_path / "made.docx").read_bytes() == (SHIPPED / "skeletons" / f"{form}.docx").read_bytes()


@pytest.mark.parametrize("count", [1, 2000])
def test_a_list_of_one_and_of_two_thousand_is_a_word_file(tmp_path: Path, count: int) -> None:
    from docx import Document

    write_paper_docx(paper(count, landscape=None), tmp_path / "a.docx")
    tables = Document(str(tmp_path / "a.docx")).tables
    listed = max(tables, key=lambda table: len(table._tbl.tr_lst))
    assert len(listed._tbl.tr_lst) == count + 3


def test_every_cell_of_a_word_table_is_as_wide_as_the_columns_over_which_it_reaches(tmp_path: Path) -> None:
    from docx import Document

    write_paper_docx(paper(), tmp_path / "list.docx")
    table = next(each for each in Document(str(tmp_path / "list.docx")).tables if len(each.columns) == len(COLUMNS))
    grid = [int(each.w.twips) for each in table._tbl.tblGrid.gridCol_lst if each.w is not None]
    for row in table._tbl.tr_lst:
        at = 0
        for cell in row.tc_lst:
            assert cell.width is not None
            assert int(cell.width.twips) == sum(grid[at : at + cell.grid_span])
            at += cell.grid_span
        assert at == len(grid) == len(COLUMNS)
    assert max(cell.grid_span for cell in table._tbl.tr_lst[0].tc_lst) == 2, "the shared head"


def test_the_signature_of_a_workbook_takes_two_rows_with_it_where_the_page_would_part_them(tmp_path: Path) -> None:
    broken = {}
    for count in range(20, 60):
        path = tmp_path / f"{count}.xlsx"
        write_paper_xlsx(paper(count), path)
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        if breaks := [each.id for each in sheet.row_breaks.brk]:
            broken[count] = breaks
            numbers = [sheet.cell(row=breaks[0] + at, column=1).value for at in (1, 2)]
            assert numbers == [count - 1, count], count
    assert 3 <= len(broken) < 40, "a page is broken early where it must be, and only there"
    write_paper_xlsx(paper(min(broken), signers=()), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert not sheet.row_breaks.brk
