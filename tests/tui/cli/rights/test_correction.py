"""Correcting a person on their request: one change, and a record of what stood and what stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.tui.cli.conftest import Run
from tests.tui.cli.test_privacy import MAU, THU, office, text_of

__all__ = ["office"]
REQUEST = "Đơn ngày 02/5/2026, nhận ngày 04/5/2026"


def rectify(run: Run, book: Path, out: Path, *words: object) -> tuple[int, Any]:
    return run("--book", book, "roster", "rectify", *map(str, words), "--out", out)


def seq(run: Run, book: Path) -> int:
    return int(run("--book", book, "book", "info")[1]["seq"])


def test_the_record_says_what_stood_what_stands_who_when_and_on_which_request(
    run: Run,
    office: Path,
    tmp_path: Path,  # pytest's way to name a fixture
) -> None:
    assert run("--book", office, "roster", "export", tmp_path / "ds.csv")[0] == 0
    before = seq(run, office)
    out = tmp_path / "dinh-chinh.pdf"
    code, told = rectify(run, office, out, THU, "religion=Không", "born=05/02/1981", "--request", REQUEST)
    assert code == 0, told
    assert (told["change"], sorted(told["fields"])) == (before + 1, ["born", "religion"])
    change = run("--book", office, "book", "log", "--record", THU, "--limit", "2")[1]["changes"][1]
    assert (change["seq"], change["action"]) == (before + 1, "privacy.correct")
    assert REQUEST in change["about"]
    paper = text_of(out)
    for words in ("BIÊN BẢN ĐÍNH CHÍNH", "Nguyễn Thị Thử", "Phật giáo", "Không", "1980", "05/02/1981", REQUEST,
                  change["actor"], f"lần ghi {before + 1}", "ds.csv", "cần xác nhận"):  # fmt: skip
        assert words.replace(" ", "") in paper.replace(" ", ""), words  # a long path is broken over lines
    assert run("--book", office, "roster", "show", THU)[1]["person"]["religion"] == "Không"


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_the_record_of_a_correction_is_written_again_from_history(
    run: Run, office: Path, tmp_path: Path, ending: str
) -> None:
    first = rectify(run, office, tmp_path / "a.pdf", THU, "phone=0900000009", "--request", REQUEST)[1]["change"]
    rectify(run, office, tmp_path / "b.pdf", THU, "email=thu@example.vn", "--request", "Đơn khác")
    out = tmp_path / f"again.{ending}"
    before = seq(run, office)
    code, told = rectify(run, office, out, THU, "--change", first)
    assert (code, told["fields"], seq(run, office)) == (0, ["phone"], before + 1)  # only that a paper left
    with ZipFile(out) as archive:
        inside = "".join(archive.read(each).decode("utf-8", "replace") for each in archive.namelist())
    assert "0900000009" in inside
    assert "thu@example.vn" not in inside
    assert rectify(run, office, tmp_path / "last.pdf", THU)[1]["fields"] == ["email"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((THU, "phone=0900000009"), "On which request"),
        ((THU, "religion=Phật giáo", "--request", "x"), "Nothing would be changed"),
        ((THU, "religion", "--request", "x"), "no field with a value"),
        ((THU, "born=31/02/1980", "--request", "x"), "31/02/1980"),
        ((MAU,), "Nothing was corrected on a request of Trần Văn Mẫu"),
        ((THU, "--change", "2"), "Change 2 is no correction"),
    ],
)
def test_what_cannot_be_corrected_changes_nothing(
    run: Run, office: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    before = seq(run, office)
    code, told = rectify(run, office, tmp_path / "x.pdf", *words)
    assert (code, says in str(told["error"])) == (2, True), told
    assert seq(run, office) == before
    assert not list(tmp_path.glob("x.*"))


def test_a_place_that_is_taken_is_said_before_anything_is_changed(run: Run, office: Path, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_text("taken", "utf-8")
    before = seq(run, office)
    assert rectify(run, office, tmp_path / "x.pdf", THU, "phone=0900000009", "--request", REQUEST)[0] == 2
    assert rectify(run, office, tmp_path / "none" / "x.pdf", THU, "phone=0900000009", "--request", REQUEST)[0] == 2
    assert seq(run, office) == before
    assert (tmp_path / "x.pdf").read_text("utf-8") == "taken"
