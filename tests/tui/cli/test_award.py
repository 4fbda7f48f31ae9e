"""`award` as a person types it, from a proposal list to the register and its papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2  # type: ignore[import-untyped]
import pytest

from tests.tui.cli.conftest import Run

Award = Callable[..., tuple[int, Any]]
PERIOD = ("--from", "1/1/2024", "--to", "31/12/2024")


@pytest.fixture
def award(run: Run, book: Path, tmp_path: Path) -> Award:
    """`award …` on a book of three people."""
    people = tmp_path / "people.csv"
    people.write_text("Họ và tên,Ngày sinh\nNguyễn Thị Thử,1980\nTrần Văn Mẫu,1975\nLê Văn Ví,1970\n", "utf-8")
    assert run("--book", book, "roster", "import", people, "--role", "reporter", "--level", "commune")[0] == 0
    return lambda *words: run("--book", book, "award", *words)


@pytest.fixture
def decided(award: Award) -> Award:
    """The same after a list went its way: two of three decided."""
    done = [
        award("open", "Khen thưởng năm 2024", "--day", "5/1/2025"),
        award("propose", "--prize", "party-merit-year", "--citation", "Hoàn thành xuất sắc nhiệm vụ", *PERIOD,
              "--people", "TN-P-00001,TN-P-00002,TN-P-00003", "--day", "5/1/2025"),
        award("submit", "--number", "4-TTr/BTG", "--day", "6/1/2025"),
        award("appraise", "--verdict", "agreed", "--day", "8/1/2025"),
        award("council", "TN-P-00003=1", "--members", "9", "--present", "8", "--all", "8", "--number", "2-BB",
              "--day", "10/1/2025"),
        award("decide", "--list", "", "--prize", "party-merit-year", "--number", "12-QĐ/BTG", "--day", "15/1/2025",
              "--signer-title", "TRƯỞNG BAN", "--signer-name", "Người Ký Mẫu", "--signer2-title", "BÍ THƯ"),
    ]  # fmt: skip
    assert [code for code, _ in done] == [0] * len(done), done
    assert done[-1][1]["money"] == 1_420_000
    return award


def test_a_list_becomes_a_decision_and_every_step_is_told(decided: Award) -> None:
    rows = decided("candidates", "--day", "15/1/2025")[1]["candidates"]
    assert [(each["subject"], each["passed"], bool(each["award"])) for each in rows] == [
        ("TN-P-00002", True, True),
        ("TN-P-00001", True, True),
        ("TN-P-00003", False, False),
    ]
    assert decided("lists")[1]["lists"][0]["decided"] == 2
    assert decided("pay", "--decision", "12-QĐ/BTG", "--day", "20/1/2025", "--voucher", "PC 3")[1]["paid"] == 2
    assert decided("revoke", "--awards", "1/2025", "--ground", "false-declaration", "--day", "1/3/2025")[1] == {
        "revoked": ["1/2025"],
        "to_recover": 710_000,
    }
    assert decided("recover", "--awards", "1/2025", "--day", "2/3/2025")[1]["amount"] == 710_000
    code, new = decided("correct", "2/2025", "--number", "15-QĐ/BTG", "--name", "Nguyễn Thị Thứ", "--day", "5/3/2025")
    assert (code, new["register"]) == (0, "3/2025")
    steps = [each["what"] for each in decided("show", "3/2025")[1]["steps"]]
    assert [each.split()[0] for each in steps] == [
        *("Put", "Proposed", "Appraised:", "Council:", "Decided", "Registered", "Corrected", "Registered", "Paid"),
    ]
    rows = decided("register", "--year", "2025")[1]["rows"]
    assert [each["note"].split()[0] if each["note"] else "" for each in rows] == ["revoked", "corrected", ""]


def test_a_budget_is_told_before_anything_is_decided(decided: Award) -> None:
    found = decided("budget", "--day", "20/7/2025")[1]
    assert (found["total"], found["prizes"][0]["product"]) == (2_130_000, "702000.0")
    assert sum(found["by_fund"].values()) == found["total"]


@pytest.mark.parametrize("kind", ["votes", "annex", "money", "register"])
def test_every_paper_is_written_as_pdf_and_as_a_spreadsheet(decided: Award, tmp_path: Path, kind: str) -> None:
    words = ["paper", kind, "--decision", "12-QĐ/BTG", "--day", "20/1/2025"]
    for ending in ("pdf", "xlsx"):
        assert decided(*words, "--out", tmp_path / f"a.{ending}")[0] == 0
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "a.pdf"))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    cells = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    text = " ".join(text.split())
    for written in (text, cells):
        assert "Nguyễn Thị Thử" in written
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in written
        assert "CỘNG HÒA" not in written
    if kind in ("annex", "money"):
        assert "Một triệu bốn trăm hai mươi nghìn đồng" in text
        assert "12-QĐ/BTG" in text
    assert decided(*words, "--out", tmp_path / "a.pdf")[0] == 2


def test_a_state_paper_bears_the_state_and_not_the_party(award: Award, tmp_path: Path) -> None:
    words = ("--prize", "state-merit", "--citation", "Thành tích", *PERIOD, "--people", "TN-P-00001")
    signer = ("--signer-title", "CHỦ TỊCH", "--signer-name", "Người Ký Mẫu")
    assert award("decide", *words, "--number", "12/QĐ-UBND", "--day", "20/7/2025", *signer)[0] == 0
    assert award("paper", "decision", "--decision", "12/QĐ-UBND", "--out", tmp_path / "a.pdf")[0] == 0
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "a.pdf"))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "ĐẢNG CỘNG SẢN" not in text


def test_wrong_words_are_refused_in_one_sentence(decided: Award, tmp_path: Path) -> None:
    for words, code in (
        (("candidates", "--list", "none"), 2),
        (("propose", "--prize", "moon", "--citation", "x", *PERIOD, "--people", "TN-P-00001"), 2),
        (("propose", "--prize", "party-merit-year", "--citation", "x", *PERIOD, "--people", "TN-P-00001"), 1),
        (("appraise", "--people", "TN-P-00099"), 2),
        (("council", "TN-P-00003=x", "--members", "9", "--present", "8"), 2),
        (("withdraw",), 2),
        (("pay",), 2),
        (("pay", "--awards", "99/2025"), 2),
        (("recover", "--awards", "1/2025"), 1),
        (("revoke", "--awards", "1/2025", "--ground", "none"), 2),
        (("correct", "1/2025", "--number", "15/QĐ-BTG", "--name", "x"), 2),
        (("show", "99/2025"), 2),
        (("paper", "decision", "--out", tmp_path / "a.pdf"), 2),
        (("paper", "register", "--out", tmp_path / "a.doc"), 2),
        (("decide", "--prize", "party-merit-year", "--number", "12", "--people", "TN-P-00003", "--citation", "x",
          *PERIOD), 2),
    ):  # fmt: skip
        found, answer = decided(*words)
        assert (found, bool(answer["error"]["what"])) == (code, True), words
    assert not list(tmp_path.glob("a.*"))


def test_who_may_be_commended_is_told_with_reasons_and_answers(award: Award) -> None:
    titles = award("eligible", "--year", "2024", "--day", "15/1/2025")[1]["titles"]
    assert {each["title"] for each in titles} >= {"party-merit-year", "advanced-worker", "advanced-collective"}
    code, found = award("eligible", "--year", "2024", "--title", "office-movement", "--people", "TN-P-00001")
    assert (code, found["judged"][0]["verdict"]) == (0, "unknown")
    assert found["judged"][0]["findings"][0]["missing"]
    words = ("answer", "TN-P-00001", "office-movement", "result", "--year", "2024")
    assert award(*words, "--note", "BB 3")[0] == 0
    found = award("eligible", "--year", "2024", "--title", "office-movement", "--verdict", "met", "--outlook")[1]
    assert [(each["subject"], each["next_year"]) for each in found["judged"]] == [("TN-P-00001", "unknown")]
    assert award(*words, "--note", "BB 4", "--no")[0] == 0
    assert award("eligible", "--year", "2024", "--title", "office-movement", "--verdict", "met")[1]["judged"] == []
    lines = award("titles", "provincial-fighter", "--day", "1/1/2025")[1]["titles"][0]["lines"]
    assert any("Three" in each or "three years in a row" in each for each in lines)
    assert any("3 since 01/01/2024" in each for each in lines)
    for wrong in (
        ("eligible", "--title", "moon"),
        ("eligible", "--people", "TN-P-00099"),
        ("answer", "TN-P-00001", "office-movement", "none", "--year", "2024", "--note", "x"),
        ("answer", "TN-P-00099", "office-movement", "result", "--year", "2024", "--note", "x"),
        ("answer", "TN-P-00001", "office-movement", "result", "--year", "2024", "--note", " "),
        ("titles", "moon"),
    ):
        assert award(*wrong)[0] == 2, wrong


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("award", "paper", "minutes", "--out", "x.docx"), "No proposal list was begun yet"),
        (("review", "paper", "list", "--out", "x.pdf"), "No review was opened yet"),
    ],
)
def test_where_nothing_was_begun_the_way_to_begin_is_said(
    book: Path, run: Run, words: tuple[str, ...], said: str
) -> None:
    code, found = run("--book", book, *words)
    assert (code, found["error"]["what"]) == (2, said)
    assert "open" in found["error"]["do"]
