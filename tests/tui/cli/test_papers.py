"""Papers as a clerk reads them back: every kind as Word and PDF, before and after 27/5/2026, short, long and wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document

from tests.tui.cli.conftest import Run

Call = Callable[..., tuple[int, Any]]
SIGNER = ("--signer-title", "TRƯỞNG BAN", "--signer-name", "Người Ký Mẫu")
STANDING = ("--signer-mode", "T/M", "--signer-body", "BAN THƯỜNG VỤ", "--signer-title", "PHÓ BÍ THƯ")
PERIOD = ("--from", "1/1/2025", "--to", "31/12/2025")


def pdf_words(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def docx_words(path: Path) -> str:
    """Every text of a Word file in its order, tables too."""
    body = Document(str(path)).element.body
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    parts = [
        "".join(each.text or " " for each in paragraph.iter(f"{name}t", f"{name}br"))
        for paragraph in body.iter(f"{name}p")
    ]
    return " ".join(" ".join(parts).split())


def assert_word_opens(path: Path) -> None:
    """What Word would refuse, or show otherwise than it was meant.

    Every cell ends with a paragraph, no table runs into the next, and head and signatures have room for their words.
    """
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    body = Document(str(path)).element.body
    assert all(len(cell) and cell[-1].tag == f"{name}p" for cell in body.iter(f"{name}tc")), path.name
    tables = list(body.iter(f"{name}tbl"))
    assert tables
    for table in (each for each in tables if each.find(f"{name}tblPr/{name}tblBorders") is None):
        for cell in table.iter(f"{name}tc"):
            assert int(cell.find(f"{name}tcPr/{name}tcW").get(f"{name}w")) > 2500, "twips: the third of a page"
        grid = [int(each.get(f"{name}w")) for each in table.find(f"{name}tblGrid")]
        rows = [row.findall(f"{name}tc") for row in table.iter(f"{name}tr")]
        assert all(len(row) == len(grid) for row in rows)
        assert min(grid) > 2500
    assert not [each for each in tables if each.getnext() is not None and each.getnext().tag == f"{name}tbl"]


READ = {"pdf": pdf_words, "docx": docx_words}


@pytest.fixture
def call(run: Run, book: Path, tmp_path: Path) -> Call:
    """Commands on a book of five people."""
    rows = tmp_path / "people.csv"
    names = ("Nguyễn Thị Thử", "Trần Văn Mẫu", "Lê Văn Ví", "Phạm Thị Dụ", "Hoàng Văn Thí")
    rows.write_text("Họ và tên,Ngày sinh\n" + "".join(f"{each},1980\n" for each in names), "utf-8")
    assert run("--book", book, "roster", "import", rows, "--role", "reporter", "--level", "commune")[0] == 0
    return lambda *words: run("--book", book, *words)


@pytest.fixture
def listed(call: Call) -> Call:
    """The same with a proposal list that the council voted on."""
    day = ("--day", "6/1/2026")
    for words in (
        ("open", "Khen thưởng năm 2025", *day),
        ("propose", "--prize", "party-merit-year", "--citation", "Đã hoàn thành xuất sắc nhiệm vụ", *PERIOD, "--people",
         "TN-P-00001,TN-P-00002,TN-P-00003", *day),
        ("appraise", "--verdict", "agreed", *day),
    ):  # fmt: skip
        assert call("award", *words)[0] == 0
    return call


def decide(call: Call, number: str, day: str, people: str, *more: str) -> None:
    words = ("--number", number, "--day", day, "--people", people, *PERIOD)
    said = ("--citation", f"Đã hoàn thành xuất sắc nhiệm vụ, {number}")
    signer = more or (*STANDING, "--signer-name", "Người Ký Mẫu")
    code, told = call("award", "decide", *words, "--prize", "party-merit-year", *said, *signer)
    assert code == 0, told


@pytest.mark.parametrize("ending", ["pdf", "docx"])
@pytest.mark.parametrize(
    ("day", "addressed", "as_above"), [("26/5/2026", "Kính gửi:", False), ("27/5/2026", "Kính trình:", True)]
)
def test_a_submission_is_addressed_grounded_signed_and_sent_as_its_day_has_it(
    listed: Call, tmp_path: Path, ending: str, day: str, addressed: str, as_above: bool
) -> None:
    out = tmp_path / f"a.{ending}"
    words = ("award", "paper", "proposal", "--day", day, "--number", "12-TTr/BXDĐ", *SIGNER, "--out", out)
    code, told = listed(*words, "--to", "Ban Thường vụ Đảng ủy phường Mẫu")
    assert code == 0, told
    text = READ[ending](out)
    order = [
        "ĐẢNG ỦY PHƯỜNG PHAN ĐÌNH PHÙNG",
        "BAN XÂY DỰNG ĐẢNG",
        "Số 12-TTr/BXDĐ",
        "TỜ TRÌNH",
        "về việc đề nghị khen thưởng năm 2025",
        f"{addressed} Ban Thường vụ Đảng ủy phường Mẫu",
        "- Căn cứ Hướng dẫn 56-HD/VPTW",
        "Giấy khen cho 3 cá nhân",
        "Người Ký Mẫu",
    ]
    places = [text.find(each) for each in order]
    assert -1 not in places, dict(zip(order, places, strict=True))
    assert places[3:] == sorted(places[3:])
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert text.count("PHAN ĐÌNH PHÙNG") == 2, "the head of the submission and of its list name the body once each"
    assert ("Như trên;" in text) == as_above
    assert "Lưu Ban Xây dựng Đảng" in text
    assert all(each in text for each in ("Nguyễn Thị Thử", "Trần Văn Mẫu", "Lê Văn Ví"))


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_minutes_say_who_met_how_they_voted_and_who_signs_on_which_side(
    listed: Call, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"a.{ending}"
    code, told = listed("award", "paper", "minutes", "--out", out)
    assert (code, out.exists()) == (2, False)
    assert all(each in told["error"]["what"] for each in ("meeting", "chair", "minutes"))
    council = ("--members", "9", "--present", "8", "--all", "8", "--day", "28/5/2026", "--number", "2-BB")
    assert listed("award", "council", *council)[0] == 0
    code, told = listed("award", "paper", "minutes", "--out", out)
    assert (code, out.exists()) == (2, False)
    assert "chair" in told["error"]["what"]
    assert listed("award", "council", *council, "--chair", "Chủ Trì Mẫu", "--secretary", "Thư Ký Mẫu")[0] == 0
    assert listed("award", "paper", "minutes", "--out", out)[0] == 0
    text = READ[ending](out)
    for words in ("Có mặt: 8/9 thành viên", "Chủ trì: Chủ Trì Mẫu", "8/8", "đề nghị khen thưởng 3 cá nhân"):
        assert words in text
    assert text.find("NGƯỜI GHI BIÊN BẢN") < text.find("CHỦ TRÌ HỘI NGHỊ")


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_decision_has_who_decides_articles_in_order_and_its_list(call: Call, tmp_path: Path, ending: str) -> None:
    decide(call, "05-QĐ/ĐU", "1/6/2026", "TN-P-00001,TN-P-00002")
    out = tmp_path / f"a.{ending}"
    issuer = ("--issuer", "Đảng ủy phường Mẫu", "--issuer-above", "Đảng bộ tỉnh Mẫu")
    assert call("award", "paper", "decision", "--decision", "05-QĐ/ĐU", *issuer, "--out", out)[0] == 0
    text = READ[ending](out)
    for words in (
        "ĐẢNG BỘ TỈNH MẪU",
        "ĐẢNG ỦY PHƯỜNG MẪU",
        "Điều 1. Tặng Giấy khen cho 2 cá nhân",
        "Điều 2. Tiền thưởng kèm theo: 1.420.000 đồng",
        "(một triệu bốn trăm hai mươi nghìn đồng)",
        "Điều 3.",
        "T/M BAN THƯỜNG VỤ",
        "PHÓ BÍ THƯ",
        "Như Điều 3;",
        "Nguyễn Thị Thử",
        "Trần Văn Mẫu",
    ):
        assert words in text, words
    assert text.find("BAN THƯỜNG VỤ") < text.find("Điều 1.")


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_decision_for_one_names_them_and_a_state_one_ends_as_the_state_does(
    call: Call, tmp_path: Path, ending: str
) -> None:
    words = (
        "--number",
        "15/QĐ-UBND",
        "--day",
        "20/7/2026",
        "--prize",
        "state-merit",
        "--people",
        "TN-P-00001",
        *PERIOD,
    )
    head = ("--issuer", "Chủ tịch Ủy ban nhân dân phường Mẫu", "--place", "Phường Mẫu")
    signer = ("--signer-title", "CHỦ TỊCH", "--signer-name", "Người Ký Mẫu")
    assert call("award", "decide", *words, *head, *signer, "--citation", "Đã có thành tích")[0] == 0
    out = tmp_path / f"a.{ending}"
    assert call("award", "paper", "decision", "--decision", "15/QĐ-UBND", "--out", out)[0] == 0
    text = READ[ending](out)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "ĐẢNG" not in text
    assert "Căn cứ Luật Thi đua, khen thưởng" in text
    assert "- Căn cứ" not in text
    assert "cho Nguyễn Thị Thử" in text
    assert "danh sách kèm theo" not in text
    assert "Quyết định này./." in text
    assert "- Lưu:" in text


def test_nothing_is_written_that_nobody_signs_and_everything_missing_is_told_at_once(
    listed: Call, tmp_path: Path
) -> None:
    for ending in ("pdf", "docx", "xlsx"):
        out = tmp_path / f"a.{ending}"
        code, told = listed("award", "paper", "proposal", "--out", out)
        assert (code, out.exists()) == (2, False)
        assert "--signer-name" in told["error"]["what"]
    assert listed("training", "add", "--title", "Hội nghị", "--day", "1/6/2026")[0] == 0
    out = tmp_path / "b.pdf"
    code, told = listed("training", "paper", "invitation", "TN-E-00001", "--out", out)
    assert (code, out.exists()) == (2, False)
    assert all(each in told["error"]["what"] for each in ("--signer-name", "--to", "place of the event"))
    assert listed("award", "paper", "proposal", *SIGNER, "--field", "xyz", "--out", out)[0] == 2
    assert list(tmp_path.glob("*.pdf")) == []


def test_papers_of_an_event_name_whoever_is_called(call: Call, tmp_path: Path) -> None:
    held = ("--title", "Hội nghị tháng 6", "--day", "1/6/2026", "--place", "Hội trường", "--call", "reporter")
    assert call("training", "add", *held)[0] == 0
    for kind, words in (
        ("invitation", ("GIẤY MỜI", "các đồng chí có tên trong danh sách", "Hội trường", "Hoàng Văn Thí")),
        ("summons", ("GIẤY TRIỆU TẬP", "Thời gian: ngày 01 tháng 6 năm 2026", "Phạm Thị Dụ")),
        ("signing", ("DANH SÁCH KÝ NHẬN", "200.000", "1.000.000", "một triệu đồng", "Hoàng Văn Thí")),
    ):
        for ending, read in READ.items():
            out = tmp_path / f"{kind}.{ending}"
            code, told = call("training", "paper", kind, "TN-E-00001", "--money", "200.000", *SIGNER, "--out", out)
            assert code == 0, told
            text = read(out)
            assert [each for each in words if each not in text] == []
    assert call("training", "paper", "signing", "TN-E-00001", "--money", "x", "--out", tmp_path / "c.pdf")[0] == 2
    assert call("training", "paper", "register", "--year", "2026", "--out", tmp_path / "c.pdf")[0] == 2
    assert not (tmp_path / "c.pdf").exists()


def test_papers_about_a_person_show_what_is_missing_in_red_brackets(call: Call, tmp_path: Path) -> None:
    decide(call, "05-QĐ/ĐU", "1/6/2026", "TN-P-00001")
    for kind in ("achievement", "profile"):
        out = tmp_path / f"{kind}.docx"
        assert call("award", "paper", kind, "--people", "TN-P-00001", "--out", out)[0] == 0
        document = Document(str(out))
        red = [run.text for each in document.paragraphs for run in each.runs if run.font.color.rgb is not None]
        assert any("chưa có trong sổ" in each for each in red)
        assert "Nguyễn Thị Thử" in docx_words(out)
        assert "05-QĐ/ĐU, 01/06/2026" in docx_words(out)
    out = tmp_path / "all.docx"
    assert call("award", "paper", "profiles", "--people", "TN-P-00001,TN-P-00002", *SIGNER, "--out", out)[0] == 0
    assert "Trần Văn Mẫu" in docx_words(out)
    assert call("award", "paper", "profile", "--people", "TN-P-99999", "--out", tmp_path / "x.docx")[0] == 2


def test_a_summary_adds_up_people_and_money(call: Call, tmp_path: Path) -> None:
    decide(call, "05-QĐ/ĐU", "1/6/2026", "TN-P-00001,TN-P-00002")
    decide(call, "06-QĐ/ĐU", "2/6/2026", "TN-P-00003")
    out = tmp_path / "a.xlsx"
    words = ("award", "paper", "summary", "--year", "2026", "--day", "3/6/2026", *SIGNER, "--to", "Tỉnh ủy Mẫu")
    assert call(*words, "--out", out)[0] == 0
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    row = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "Certificate of merit" or row[0] == 1)
    assert row[3:7] == (2, 3, 0, 2_130_000)
    assert call("award", "paper", "summary", "--year", "1999", *SIGNER, "--out", tmp_path / "b.xlsx")[0] == 2


def test_a_review_is_followed_by_the_decision_of_the_committee(call: Call, tmp_path: Path) -> None:
    assert call("review", "open", "Rà soát", "--role", "reporter", "--on", "1/6/2026")[0] == 0
    assert call("review", "set", "last", "--rest")[0] == 0
    out = tmp_path / "a.docx"
    assert call("review", "paper", "decision", "last", "--out", out)[0] == 2
    signed = ("--number", "40-QĐ/ĐU", "--day", "3/6/2026", "--signer-title", "PHÓ BÍ THƯ", "--signer", "Người Ký Mẫu")
    assert call("review", "sign", "last", *signed)[0] == 0
    code, told = call("review", "paper", "decision", "last", "--out", out, "--field", "enactor=Đảng ủy phường Mẫu",
                      "--issuer", "Đảng ủy phường Mẫu")  # fmt: skip
    assert code == 0, told
    text = docx_words(out)
    assert "Số 40-QĐ/ĐU" in text
    assert "ĐẢNG ỦY PHƯỜNG MẪU QUYẾT ĐỊNH" in text
    assert "Điều 1." in text
    assert "Nguyễn Thị Thử" in text
    assert "Recognised: 5 people" in text
    assert text.count("PHÓ BÍ THƯ") == 2, "the list is signed as the decision is"
    for kind in ("list", "summary", "annex"):
        for ending in ("pdf", "docx", "xlsx"):
            assert call("review", "paper", kind, "last", "--out", tmp_path / f"{kind}.{ending}")[0] == 0


def test_a_paper_that_was_issued_stays_as_it_was(listed: Call, tmp_path: Path) -> None:
    words = ("award", "paper", "proposal", "--day", "1/6/2026")
    said = ("--number", "12-TTr/BXDĐ", *SIGNER, "--to", "Ban Thường vụ Đảng ủy phường Mẫu")
    first, again = tmp_path / "a.docx", tmp_path / "b.docx"
    assert listed(*words, *said, "--issue", "--out", first)[0] == 0
    more = ("--prize", "party-merit-year", "--citation", "Thành tích khác", *PERIOD, "--people", "TN-P-00004")
    assert listed("award", "propose", *more, "--day", "2/6/2026")[0] == 0
    assert listed(*words, "--out", again)[0] == 0
    assert first.read_bytes() == again.read_bytes()
    assert listed(*words, "--out", tmp_path / "c.pdf")[0] == 0
    assert "Phạm Thị Dụ" not in pdf_words(tmp_path / "c.pdf")
    code, told = listed(*words, "--to", "Tỉnh ủy Mẫu", "--out", tmp_path / "d.pdf")
    assert (code, (tmp_path / "d.pdf").exists()) == (1, False), told
    assert listed(*words, *said, "--anew", "--out", tmp_path / "d.pdf")[0] == 0
    assert "Phạm Thị Dụ" in pdf_words(tmp_path / "d.pdf")
    assert listed("award", "paper", "register", "--issue", "--out", tmp_path / "e.pdf")[0] == 2


def test_an_office_changes_a_skeleton_in_word_and_a_wrong_field_is_named_with_its_place(
    listed: Call, book: Path, tmp_path: Path
) -> None:
    own = book / "config" / "skeletons"
    own.mkdir(parents=True)
    document = Document()
    document.add_paragraph("Mẫu riêng của cơ quan: {{ title }} gửi {{ addressee }}")
    document.add_paragraph("{%p for one in opening %}")
    document.add_paragraph("{{r one }}")
    document.add_paragraph("{%p endfor %}")
    document.save(str(own / "proposal-party.docx"))
    words = ("award", "paper", "proposal", "--day", "1/6/2026", *SIGNER, "--to", "Tỉnh ủy Mẫu & <b>", "--out")
    assert listed(*words, tmp_path / "a.docx")[0] == 0
    text = docx_words(tmp_path / "a.docx")
    assert "Mẫu riêng của cơ quan: TỜ TRÌNH gửi Tỉnh ủy Mẫu & <b>" in text
    assert "Giấy khen cho 3 cá nhân" in text
    for content, told in (
        ("{{ adressee }}", "adressee"),
        ("{% for one in signers %}{{ one.nmae }}{% endfor %}", "“nmae”"),
        ("{% for x in %}", "written wrongly"),
    ):
        document = Document()
        document.add_paragraph("Một dòng trước")
        document.add_paragraph(content)
        document.save(str(own / "proposal-party.docx"))
        code, found = listed(*words, tmp_path / "b.docx")
        assert (code, (tmp_path / "b.docx").exists()) == (2, False)
        assert told in found["error"]["what"]
        assert "proposal-party.docx" in found["error"]["where"]
        assert told == "written wrongly" or "paragraph 2" in found["error"]["where"]
    (own / "proposal-party.docx").write_bytes(b"no Word file")
    assert listed(*words, tmp_path / "b.docx")[0] == 2
    assert listed(*words, tmp_path / "b.pdf")[0] == 0, "a PDF takes no skeleton"


def test_a_long_name_of_a_body_is_whole_and_a_file_that_is_there_is_kept(call: Call, tmp_path: Path) -> None:
    decide(call, "05-QĐ/ĐU", "1/6/2026", "TN-P-00001,TN-P-00002")
    long = (
        "Chi bộ Trường Trung học phổ thông chuyên Vùng cao Việt Bắc thuộc Đảng ủy các cơ quan Đảng tỉnh và "
        "Khối doanh nghiệp"
    )
    for ending, read in READ.items():
        out = tmp_path / f"a.{ending}"
        assert call("award", "paper", "decision", "--decision", "05-QĐ/ĐU", "--issuer", long, "--out", out)[0] == 0
        assert read(out).count(long.upper()) == 2, "the decision and its list"
        code, told = call("award", "paper", "decision", "--decision", "05-QĐ/ĐU", "--out", out)
        assert (code, bool(told["error"]["do"])) == (2, True)


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_body_without_a_superior_stands_alone_at_the_head(call: Call, tmp_path: Path, ending: str) -> None:
    decide(call, "05-QĐ/ĐU", "1/6/2026", "TN-P-00001,TN-P-00002")
    out = tmp_path / f"a.{ending}"
    assert call("award", "paper", "decision", "--decision", "05-QĐ/ĐU", "--issuer", "Tỉnh ủy Mẫu", "--out", out)[0] == 0
    text = READ[ending](out)
    assert "TỈNH ỦY MẪU * Số 05-QĐ/ĐU ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "PHƯỜNG" not in text[: text.index("QUYẾT ĐỊNH")]


def test_the_longest_name_is_whole_on_every_kind_of_file(call: Call, tmp_path: Path) -> None:
    name = " ".join(["Nguyễn", *["Hoàng"] * 15, "Thử"])
    assert len(name) == 100, "no name of a person may be longer"
    assert call("roster", "add", f"name={name}")[0] == 0
    decide(call, "05-QĐ/ĐU", "1/6/2026", "TN-P-00006,TN-P-00002")
    for kind in ("decision", "annex", "money"):
        for ending in ("pdf", "docx", "xlsx"):
            out = tmp_path / f"{kind}.{ending}"
            assert call("award", "paper", kind, "--decision", "05-QĐ/ĐU", "--out", out)[0] == 0
            if ending == "xlsx":
                sheet = openpyxl.load_workbook(out).worksheets[0]
                assert name in [cell.value for row in sheet.iter_rows() for cell in row]
            else:
                assert "".join(name.split()) in "".join(READ[ending](out).split()), out.name


def test_a_list_to_sign_for_money_separates_its_thousands_and_names_classes_as_classes(
    call: Call, tmp_path: Path
) -> None:
    words = ("--title", "Hội nghị", "--day", "10/6/2026", "--place", "Hội trường", "--call", "reporter")
    assert call("training", "add", *words)[0] == 0
    out = tmp_path / "a.docx"
    assert call("training", "paper", "signing", "TN-E-00001", "--money", "200000", "--out", out)[0] == 0
    assert "200.000 đồng" in docx_words(out)
    assert "200000" not in docx_words(out)


def test_a_decision_goes_to_the_addresses_of_decisions_and_a_certificate_of_the_office_has_its_signer(
    call: Call, book: Path, tmp_path: Path
) -> None:
    for key, told in (
        ("addresses.papers", "Ủy ban Kiểm tra"),
        ("addresses.decisions", "Văn phòng Đảng ủy"),
        ("signers.certificates.title", "TRƯỞNG BAN"),
        ("signers.certificates.name", "Người Ký Giấy"),
        ("office.number_suffix", "QĐ/BXDĐ"),
    ):
        assert call("config", "set", key, told)[0] == 0, key
    words = ("--number", "05-QĐ/BXDĐ", "--day", "1/6/2026", "--people", "TN-P-00001,TN-P-00002", *PERIOD)
    code, told = call("award", "decide", *words, "--prize", "party-merit-year", "--citation", "Có thành tích")
    assert code == 0, told
    out = tmp_path / "a.docx"
    head = ("--field", "enactor=Ban Xây dựng Đảng")
    assert call("award", "paper", "decision", "--decision", "05-QĐ/BXDĐ", *SIGNER, *head, "--out", out)[0] == 0
    assert "Văn phòng Đảng ủy;" in docx_words(out)
    assert "Ủy ban Kiểm tra" not in docx_words(out)
    out = tmp_path / "c.pdf"
    assert call("certificate", "print", "--decision", "05-QĐ/BXDĐ", "--out", out)[0] == 0
    assert "Người Ký Giấy" in pdf_words(out)


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_an_invitation_of_the_state_has_a_list_of_the_state_behind_it(call: Call, tmp_path: Path, ending: str) -> None:
    words = ("--title", "Hội nghị", "--day", "10/6/2026", "--place", "Hội trường", "--call", "reporter")
    assert call("training", "add", *words)[0] == 0
    out = tmp_path / f"a.{ending}"
    said = ("training", "paper", "invitation", "TN-E-00001", "--day", "1/6/2026", "--field", "form=state", *SIGNER)
    assert call(*said, "--out", out)[0] == 0
    text = READ[ending](out)
    assert (text.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "ĐẢNG CỘNG SẢN" in text) == (2, False)
