"""`roster export`: people out, back in again, and every file in the log."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import openpyxl
import pytest

import main
from tests.tui.cli.conftest import Run


@pytest.fixture
def filled(run: Run, book: Path, roster_file: Path) -> Path:
    """A book with three people."""
    run("--book", book, "roster", "import", roster_file, "--role", "reporter", "--level", "commune")
    return book


def names(path: Path) -> list[str]:
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    return [row["Full name"] for row in rows]


def test_people_are_written_in_the_order_of_names_and_the_file_is_logged(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    code, told = run("--book", filled, "roster", "export", out)
    assert (code, told["people"], told["sensitive"]) == (0, 3, [])
    assert names(out) == ["Lê Thị Ví Dụ", "Nguyễn Văn Mẫu", "Hoà Văn Mới"]
    assert "0900000001" not in out.read_text("utf-8-sig")
    code, logged = run("--book", filled, "roster", "exports")
    (export,) = logged["exports"]
    assert code == 0
    assert export["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert (export["file"], len(export["people"]), export["columns"]) == (str(out), 3, told["columns"])
    assert export["who"]
    assert export["seq"] == export["book"]["seq"] + 1


def test_trap_31_sensitive_columns_need_to_be_allowed(run: Run, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    code, told = run("--book", filled, "roster", "export", out, "--columns", "name,phone")
    assert code == 2
    assert "phone" in told["error"]["what"]
    assert not out.exists()
    code, told = run("--book", filled, "roster", "export", out, "--columns", "name,phone", "--sensitive")
    assert (code, told["sensitive"]) == (0, ["phone"])
    assert "0900000001" in out.read_text("utf-8-sig")
    assert run("--book", filled, "roster", "exports")[1]["exports"][0]["sensitive"] == ["phone"]


def test_a_layout_is_kept_and_used_again_and_options_go_before_it(run: Run, filled: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    run("--book", filled, "roster", "export", one, "--columns", "no,name,unit", "--save-layout", "Đủ dùng")
    assert run("--book", filled, "roster", "export", two, "--layout", "du dung")[1]["columns"] == ["no", "name", "unit"]
    assert one.read_bytes() == two.read_bytes()
    told = run("--book", filled, "roster", "export", two, "--overwrite", "--layout", "Đủ dùng", "--columns", "name")[1]
    assert told["columns"] == ["name"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("out.doc",), "no kind of list"),
        (("out.csv", "--layout", "none"), "no layout “none”"),
        (("out.csv", "--columns", "salary"), "no column “salary”"),
        (("out.csv", "--role", "king"), "no role “king”"),
        (("taken.csv",), "is there already"),
        (("none/out.csv",), "does not exist"),
    ],
)
def test_what_cannot_be_written_is_a_sentence_and_leaves_nothing(
    run: Run, filled: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "taken.csv").write_text("kept")
    code, told = run("--book", filled, "roster", "export", tmp_path / words[0], *words[1:])
    assert code == 2
    assert said in told["error"]["what"]
    assert (tmp_path / "taken.csv").read_text() == "kept"
    assert not (tmp_path / "out.csv").exists()
    assert run("--book", filled, "roster", "exports")[1] == {"exports": []}


def test_an_excel_list_is_read_in_again_and_everybody_is_known(
    run: Run, filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.xlsx"
    words = ["--lang", "vi", "--book", str(filled), "roster", "export", str(out), "--signer", "TRƯỞNG BAN"]
    assert main.main(words) == 0
    capsys.readouterr()
    told = run("--book", filled, "roster", "import", out, "--dry-run")[1]
    assert (told["rows"], told["accepted"], len(told["duplicates"]), told["refused"]) == (3, 0, 3, [])


def test_verdicts_written_to_a_file_are_logged_too(run: Run, filled: Path, tmp_path: Path) -> None:
    run("--book", filled, "check", "--role", "reporter", "--out", tmp_path / "check.csv")
    (export,) = run("--book", filled, "roster", "exports")[1]["exports"]
    assert export["file"].endswith("check.csv")
    assert "why" in export["columns"]
    assert len(export["people"]) == 3


def test_the_paper_bears_the_day_given_and_the_office_its_name_of_that_day(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    assert run("--book", filled, "roster", "export", out, "--dated", "5/2/2025", "--on", "1/1/2026")[0] == 0
    page = openpyxl.load_workbook(out).active
    assert page is not None
    cells = {cell.value for row in page.iter_rows() for cell in row}
    assert {"Thái Nguyên, ngày 05 tháng 02 năm 2025", "THÀNH ỦY THÁI NGUYÊN", "As of 01/01/2026"} <= cells


def test_exports_without_json_say_when_who_and_what(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["--lang", "en", "--book", str(filled), "roster", "exports"]) == 0
    assert "No list was written yet" in capsys.readouterr().out
    assert main.main(["--lang", "en", "--book", str(filled), "roster", "export", str(tmp_path / "a.pdf")]) == 0
    assert "3 people" in capsys.readouterr().out
    assert main.main(["--lang", "en", "--book", str(filled), "roster", "exports"]) == 0
    assert "a.pdf" in capsys.readouterr().out
