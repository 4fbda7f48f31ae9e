"""A whole cycle by commands: opened, sent out as a spreadsheet, read back, ranked, signed, unlocked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.tui.cli.conftest import Run

FULL = {"1.1": 10, "1.2": 10, "1.3": 10, "2.1": 15, "2.2": 10, "2.3": 20, "2.4": 15, "2.5": 8.5}


@pytest.fixture
def cycle(run: Run, book: Path, roster_file: Path) -> str:
    """The first half of 2026 for the three reporters of the roster file."""
    words = ("roster", "import", roster_file, "--role", "reporter", "--level", "commune")
    run("--book", book, *words)
    code, told = run("--book", book, "emulation", "open", "2026-H1", "--role", "reporter", "--movement", "Thi đua mẫu")
    assert (code, told["entrants"], told["confidence"]) == (0, 3, "to_confirm")
    return str(told["id"])


def fill_in(path: Path, cells: dict[str, Any], rows: int = 3) -> list[str]:
    """Fill the columns of a sheet in Excel; gives the codes in its order."""
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Code" for cell in row))
    columns = {str(cell.value).split(" ")[0]: cell.column for cell in head if cell.value}
    first = int(head[0].row or 0) + 1
    for number in range(first, first + rows):
        for key, value in cells.items():
            sheet.cell(number, columns[key]).value = value
    codes = [str(sheet.cell(number, columns["Code"]).value) for number in range(first, first + rows)]
    book.save(path)
    return codes


def test_a_sheet_goes_out_and_comes_back(run: Run, book: Path, cycle: str, tmp_path: Path) -> None:
    path = tmp_path / "bảng điểm.xlsx"
    assert run("--book", book, "emulation", "export", cycle, "--out", path)[1]["rows"] == 3
    assert run("--book", book, "emulation", "export", cycle, "--out", path)[0] == 2
    codes = fill_in(path, FULL)
    code, told = run("--book", book, "emulation", "import", cycle, path, "--dry-run")
    assert (code, told["cells"], told["written"]) == (0, 24, False)
    assert run("--book", book, "emulation", "import", cycle, path)[1]["cells"] == 24
    assert run("--book", book, "emulation", "import", cycle, path)[1]["cells"] == 0
    shown = run("--book", book, "emulation", "show", cycle, "--stage", "own", "--row", codes[0])[1]
    assert (shown["total"], shown["hands"]["own"]["points"]["2.5"], shown["missing"]) == ("98.5", "8.5", [])
    assert shown["band"] == "excellent"
    assert [each["verdict"] for each in shown["findings"]] == ["met", "unknown", "unknown", "unknown"]
    assert (shown["rating"], shown["held"]) == ("", True)


def test_what_cannot_be_read_is_told_by_row_and_column_and_the_rest_is_written(
    run: Run, book: Path, cycle: str, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.xlsx"
    run("--book", book, "emulation", "export", cycle, "--out", path)
    fill_in(path, FULL)
    workbook = load_workbook(path)
    sheet = workbook.active
    assert sheet is not None
    head = next(cell.row for cell in sheet["B"] if cell.value == "Code")
    sheet.cell(head + 1, 5).value = 11
    sheet.cell(head + 1, 6).value = "mười"
    sheet.cell(head + 2, 3).value = "Người Khác"
    sheet.cell(head + 3, 2).value = "TN-P-99999"
    workbook.save(path)
    code, told = run("--book", book, "emulation", "import", cycle, path)
    assert code == 1
    assert [(each["row"], each["column"]) for each in told["refused"]] == [
        (head + 1, "E"), (head + 1, "F"), (head + 2, "B"), (head + 3, "B"),
    ]  # fmt: skip
    assert "more than the maximum" in told["refused"][0]["problem"]
    assert "not a number" in told["refused"][1]["problem"]
    assert "belongs to" in told["refused"][2]["problem"]
    assert told["cells"] == 6


def test_a_sheet_without_codes_is_matched_by_names_that_one_alone_bears(
    run: Run, book: Path, cycle: str, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.xlsx"
    run("--book", book, "emulation", "export", cycle, "--out", path)
    codes = fill_in(path, FULL)
    told = run("--book", book, "emulation", "import", cycle, path, "--dry-run")[1]
    assert {(each["of"], each["why"]) for each in told["matches"]} == {(code, "code") for code in codes}
    assert [each["id"] for each in told["people"]] == codes
    workbook = load_workbook(path)
    sheet = workbook.active
    assert sheet is not None
    head = next(cell.row for cell in sheet["B"] if cell.value == "Code")
    for number in range(head, head + 4):
        sheet.cell(number, 2).value = None
    sheet.cell(head + 2, 3).value = "Người Khác"
    workbook.save(path)
    code, told = run("--book", book, "emulation", "import", cycle, path, "--dry-run")
    assert code == 1
    assert [each["row"] for each in told["matches"]] == [head + 1, head + 3]
    assert [(each["name"], each["cell"]) for each in told["refused"]] == [("Người Khác", f"C{head + 2}")]


@pytest.mark.parametrize(
    ("column", "said"), [(4, "written"), (2, "no column of codes or names"), (5, "no column of codes or names")]
)
def test_the_heads_are_the_line_that_names_both_people_and_points(
    run: Run, book: Path, cycle: str, tmp_path: Path, column: int, said: str
) -> None:
    """A line above that only names a unit, as offices write it there, is none; a sheet that lacks either has none."""
    path = tmp_path / "sheet.xlsx"
    run("--book", book, "emulation", "export", cycle, "--out", path)
    fill_in(path, FULL)
    workbook = load_workbook(path)
    sheet = workbook.active
    assert sheet is not None
    head = next(int(cell.row or 0) for cell in sheet["B"] if cell.value == "Code")
    sheet.insert_rows(head)
    sheet.cell(head, 2).value, sheet.cell(head, 3).value = "Đơn vị", "Phường Phan Đình Phùng"
    if column == 2:  # who: without code, name and unit
        for each in (2, 3, 4):
            sheet.cell(head + 1, each).value = None
    if column == 5:  # what: without one column of points
        for each in range(5, sheet.max_column + 1):
            sheet.cell(head + 1, each).value = None
    workbook.save(path)
    code, told = run("--book", book, "emulation", "import", cycle, path)
    if said == "written":
        assert (code, told["cells"]) == (0, 24)
    else:
        assert (code, said in told["error"]["what"]) == (2, True)


def test_a_score_list_tells_what_it_read_otherwise_in_the_shape_of_the_roster(
    run: Run, book: Path, cycle: str, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.xlsx"
    run("--book", book, "emulation", "export", cycle, "--out", path)
    codes = fill_in(path, FULL)
    told = run("--book", book, "emulation", "import", cycle, path, "--dry-run")[1]
    assert {"rows", "cells", "accepted", "people", "refused", "matches", "remarks", "notices", "sheet", "sheets",
            "entered", "written"} <= told.keys()  # fmt: skip
    assert (told["accepted"], told["entered"], told["remarks"], told["notices"]) == (3, 0, [], [])
    workbook = load_workbook(path)
    sheet = workbook.active
    assert sheet is not None
    head = next(int(cell.row or 0) for cell in sheet["B"] if cell.value == "Code")
    name = str(sheet.cell(head + 1, 3).value)
    sheet.cell(head + 1, 3).value = f"Đồng chí {name}"
    sheet.cell(head + 4, 3).value = "Người lập biểu"
    workbook.save(path)
    code, told = run("--book", book, "emulation", "import", cycle, path)
    assert (code, told["entered"], [each["id"] for each in told["people"]]) == (0, 3, codes)
    assert [(each["row"], each["column"]) for each in told["remarks"]] == [(head + 1, "C"), (head + 4, "C")]
    assert f"read as {name}" in told["remarks"][0]["remark"]
    assert "left out" in told["remarks"][1]["remark"]
    assert run("--book", book, "emulation", "import", cycle, path)[1]["entered"] == 0


def test_a_sheet_of_another_cycle_is_refused(run: Run, book: Path, cycle: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    run("--book", book, "emulation", "export", cycle, "--out", path)
    other = run("--book", book, "emulation", "open", "2026-H2", "--role", "reporter")[1]["id"]
    code, told = run("--book", book, "emulation", "import", other, path)
    assert code == 2
    assert cycle in told["error"]["what"]


def test_the_whole_round_to_the_signature_and_back(run: Run, book: Path, cycle: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    run("--book", book, "emulation", "export", cycle, "--out", path)
    codes = fill_in(path, {**FULL, "2.4": 2})
    run("--book", book, "emulation", "import", cycle, path)
    for stage in ("appraised", "final"):
        assert run("--book", book, "emulation", "fill", cycle, "--stage", stage, "--from", "before")[1]["rows"] == 3
    code, told = run("--book", book, "emulation", "set", cycle, "--row", codes[0], "2.4=3,5")
    assert (code, told["total"], told["rating"]) == (0, "87", "good")
    code, told = run("--book", book, "emulation", "sign", cycle, "--dry-run")
    assert code == 1
    assert [each["problem"] for each in told["unsettled"]] == ["points differ without a reason: 2.4"]
    assert run("--book", book, "emulation", "sign", cycle)[0] == 1
    run("--book", book, "emulation", "set", cycle, "--row", codes[0], "reason=Hội đồng thống nhất nâng 1,5 điểm")
    ranked = run("--book", book, "emulation", "rank", cycle, "--out", tmp_path / "rank.xlsx")[1]
    assert [(each["rank"], each["tied"]) for each in ranked["rows"]] == [(1, False), (2, True), (2, True)]
    assert len(ranked["ties"]) == 1
    tried = run("--book", book, "emulation", "rank", cycle, "--total", f"{codes[1]}=89,5")[1]
    assert (tried["tried"], tried["rows"][0]["subject"]) == (True, codes[1])
    order = ",".join(codes[1:][::-1])
    assert run("--book", book, "emulation", "tie", cycle, order, "--reason", "Biểu quyết")[0] == 0
    ranked = run("--book", book, "emulation", "rank", cycle)[1]
    assert [each["subject"] for each in ranked["rows"]] == [codes[0], codes[2], codes[1]]
    assert run("--book", book, "emulation", "sign", cycle, "--signer", "Trần Thị Ký")[1]["good"] == 3
    assert run("--book", book, "emulation", "set", cycle, "--row", codes[0], "1.1=1")[0] == 1
    assert run("--book", book, "emulation", "list")[1]["cycles"][0]["signed"]
    assert run("--book", book, "emulation", "unlock", cycle, "--reason", "Sai điểm")[0] == 0
    assert run("--book", book, "emulation", "set", cycle, "--row", codes[0], "1.1=1")[0] == 0
    cells = [cell for row in load_workbook(tmp_path / "rank.xlsx").worksheets[0].values for cell in row]
    assert 87 in cells


def test_a_ranking_is_a_paper_that_says_it_is_a_draft_and_what_waits_to_be_confirmed(
    run: Run, book: Path, cycle: str, tmp_path: Path
) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    path = tmp_path / "ranking.pdf"
    assert run("--book", book, "emulation", "rank", cycle, "--out", path)[0] == 0
    document = pdfium.PdfDocument(path)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for said in ("DRAFT, NOT SIGNED", "Lê Thị Ví Dụ", "not scored", "(to confirm)", "RANKING OF EMULATION"):
        assert said in text
    assert run("--book", book, "book", "log")[1]["changes"][0]["action"] == "roster.export"
    code, told = run("--book", book, "emulation", "rank", cycle, "--out", tmp_path / "ranking.txt")
    assert (code, "ranking.txt" in told["error"]["where"]) == (2, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["show", "2019"], 2, "2019"),
        (["open", "2026-13", "--role", "reporter"], 2, "2026-13"),
        (["open", "2026-H1", "--role", "reporter"], 1, "already"),
        (["open", "2010", "--role", "reporter"], 2, "score table"),
        (["open", "2026", "--role", "reporters"], 2, "reporters"),
        (["set", "2026-H1", "--row", "TN-P-77777", "1.1=1"], 2, "TN-P-77777"),
        (["set", "2026-H1", "--row", "TN-P-00001", "9.9=1"], 2, "9.9"),
        (["set", "2026-H1", "--row", "TN-P-00001", "1.1"], 2, "KEY=VALUE"),
        (["set", "2026-H1", "--row", "TN-P-00001", "1.1=11"], 2, "maximum"),
        (["rank", "2026-H1", "--percent", "many"], 2, "many"),
        (["rank", "2026-H1", "--percent", "30", "--out", "x.xlsx"], 2, "only tried"),
        (["sign", "2026-H1"], 1, "not settled"),
        (["unlock", "2026-H1", "--reason", "x"], 1, "not signed"),
        (["import", "2026-H1", "missing.xlsx"], 2, "missing.xlsx"),
        (["export", "2026-H1", "--out", "sheet.pdf"], 2, ".pdf"),
        (["fill", "2026-H1", "--stage", "own", "--from", "before"], 2, "before this hand"),
    ],
)
def test_wrong_use_gets_one_sentence(run: Run, book: Path, cycle: str, words: list[str], code: int, said: str) -> None:
    given, told = run("--book", book, "emulation", *words)
    assert given == code
    assert said in " ".join(told["error"].values())
    assert told["error"]["do"]
