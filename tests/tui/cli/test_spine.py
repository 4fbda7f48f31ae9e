"""The spine by hand: a spreadsheet in, verdicts with reasons, a decision, certificates."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli.conftest import Run


def test_a_dry_run_tells_everything_and_writes_nothing(run: Run, book: Path, roster_file: Path) -> None:
    code, told = run("--book", book, "roster", "import", roster_file, "--dry-run")
    assert code == 1
    assert (told["rows"], told["accepted"]) == (5, 3)
    assert [each["name"] for each in told["people"]] == ["Nguyễn Văn Mẫu", "Lê Thị Ví Dụ", "Hoà Văn Mới"]
    assert [(each["sex"], each["born"]) for each in told["people"]] == [
        ("male", "1980-02-05"),
        ("female", "1975"),
        ("male", "1990-02"),
    ]
    assert told["people"][1]["phone"] == "0900000002"
    assert [each["row"] for each in told["refused"]] == [9]
    assert told["refused"][0]["value"] == "31/02/1980"
    assert [each["row"] for each in told["duplicates"]] == [10]
    assert run("--book", book, "roster", "list")[1] == {"people": []}


def test_the_whole_spine(run: Run, book: Path, roster_file: Path, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    code, told = run("--book", book, "roster", "import", roster_file, "--role", "reporter", "--level", "commune")
    assert (code, told["accepted"]) == (1, 3)
    code, listed = run("--book", book, "roster", "list", "--on", "2026-01-01")
    assert [each["name"] for each in listed["people"]] == ["Lê Thị Ví Dụ", "Nguyễn Văn Mẫu", "Hoà Văn Mới"]
    assert listed["people"][0]["roles"] == ["reporter"]
    code, checked = run("--book", book, "check", "--on", "2026-01-01", "--role", "reporter")
    assert code == 1
    assert checked["on"] == "2026-01-01"
    for person in checked["people"]:
        assert person["verdict"] in {"met", "not_met", "unknown", "not_applicable"}
        for finding in person["findings"]:
            assert finding["reason"]
            assert finding["source"]
            assert finding["confidence"] in {"confirmed", "to_confirm"}
    ids = ",".join(each["id"] for each in listed["people"])
    words = ["award", "decide", "--number", "12-QĐ/BTG", "--day", "20/1/2025", "--prize", "party-merit-year"]
    words += ["--people", ids, "--citation", "Hoàn thành xuất sắc nhiệm vụ năm 2024"]
    code, decided = run("--book", book, *words, "--from", "1/1/2024", "--to", "31/12/2024")
    assert code == 0
    assert [each["register"] for each in decided["awards"]] == ["1/2025", "2/2025", "3/2025"]
    out = tmp_path / "giấy khen.pdf"
    code, printed = run("--book", book, "certificate", "print", "--decision", "12-QĐ/BTG", "--out", out)
    assert (code, printed["count"]) == (0, 3)
    pages = pdfium.PdfDocument(out)
    texts = [page.get_textpage().get_text_range() for page in pages]
    pages.close()
    for text, name in zip(texts, ["Lê Thị Ví Dụ", "Nguyễn Văn Mẫu", "Hoà Văn Mới"], strict=True):
        assert name in text
        assert "12-QĐ/BTG" in text
    again = run("--book", book, "certificate", "print", "--decision", "12-QĐ/BTG", "--out", tmp_path / "again.pdf")
    assert again[0] == 1
    assert "--reissue" in again[1]["error"]["do"]


def test_undo_takes_back_a_whole_import(run: Run, book: Path, roster_file: Path) -> None:
    run("--book", book, "roster", "import", roster_file, "--role", "reporter", "--level", "commune")
    code, undone = run("--book", book, "book", "undo")
    assert (code, undone["action"]) == (0, "undo")
    assert run("--book", book, "roster", "list")[1] == {"people": []}
    log = run("--book", book, "book", "log")[1]["changes"]
    assert [each["action"] for each in log] == ["undo", "roster.import", "book.furnish", "config.found"]
    info = run("--book", book, "book", "info")[1]
    assert info["seq"] == log[0]["seq"]


def test_a_check_is_written_as_a_spreadsheet(run: Run, book: Path, roster_file: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    run("--book", book, "roster", "import", roster_file, "--role", "reporter", "--level", "commune")
    out = tmp_path / "check.xlsx"
    assert run("--book", book, "check", "--on", "2026-01-01", "--out", out)[0] == 1
    workbook = load_workbook(out)
    cells = [str(cell.value) for row in workbook[workbook.sheetnames[0]] for cell in row]
    assert "Lê Thị Ví Dụ" in cells
    code, told = run("--book", book, "check", "--on", "2026-01-01", "--out", out)
    assert code == 2
    assert str(out) in " ".join(told["error"].values())


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["roster", "import", "missing.xlsx", "--dry-run"], 2, "missing.xlsx"),
        (["check", "--role", "reporters"], 2, "reporters"),
        (["check", "--on", "31/02/2025"], 2, "31/02/2025"),
        (["fly"], 2, "fly"),
        (["award", "decide"], 2, "--prize"),
        (["certificate", "print", "--decision", "99-QĐ/X", "--out", "x.pdf"], 2, "99-QĐ/X"),
        (["book", "undo", "77"], 1, "77"),
        (["roster", "list", "--unit", "Phường Trên Trời"], 2, "Phường Trên Trời"),
    ],
)
def test_wrong_use_gets_one_sentence_and_its_code(run: Run, book: Path, words: list[str], code: int, said: str) -> None:
    given, told = run("--book", book, *words)
    assert given == code
    assert set(told["error"]) == {"what", "where", "do"}
    assert said in " ".join(told["error"].values())
    assert told["error"]["do"]


def test_a_folder_that_is_no_book_and_a_place_without_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("x", "utf-8")
    for place in ("letters", "nowhere"):
        code, told = run("--book", tmp_path / place, "roster", "list")
        assert code == 3
        assert place in told["error"]["where"]
    code, told = run("book", "new", tmp_path / "letters")
    assert code == 3
    assert (tmp_path / "letters" / "a.txt").read_text("utf-8") == "x"


def test_a_spreadsheet_can_be_tried_before_there_is_a_book(
    run: Run, roster_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOVANG_BOOK", str(tmp_path / "none.sovang"))
    code, told = run("roster", "import", roster_file, "--dry-run")
    assert (code, told["accepted"]) == (1, 3)
    assert not (tmp_path / "none.sovang").exists()


def test_errors_speak_the_language_chosen(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    import main

    assert main.main(["--book", str(tmp_path / "nowhere"), "roster", "list"]) == 3
    told = capsys.readouterr().err
    assert "sổ" in told
    assert "There is no book" not in told
