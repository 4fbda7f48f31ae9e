"""A year is closed, kept closed by every door, put right by a decision of correction, opened again with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest

import main
from records.domain.years.closing import YearMark
from records.store.book import Book
from tests.records.intake.building import save
from tests.tui.cli.conftest import Run

TODAY = date.today()  # commands work on it too
BY = ("--correction", "12-QĐ/ĐU", "--correction-day", f"{TODAY:%d/%m/%Y}")
EVENT = "TN-E-00001"


@pytest.fixture
def office(run: Run, book: Path, tmp_path: Path) -> Path:
    """A book with three people and a conference of 2024 to which they are called."""
    rows: list[Sequence[Any]] = [
        ("Họ và tên", "Ngày sinh"),
        ("Nguyễn Thị Thử", "1980"),
        ("Trần Văn Mẫu", "1975"),
        ("Lê Văn Ví", "1985"),
    ]
    people = save(tmp_path / "people.xlsx", rows)
    assert run("--book", book, "roster", "import", people, "--role", "reporter", "--level", "commune")[0] == 0
    assert run("--book", book, "training", "add", "--title", "Hội nghị mẫu", "--day", "1/2/2024")[0] == 0
    assert run("--book", book, "training", "mark", EVENT, "TN-P-00001=x", "TN-P-00002=v")[0] == 0
    return book


def mark(book: Path, year: int) -> None:
    """Close a year without its bound book."""
    with Book.open(book, actor="lan") as opened, opened.change("book.close", about=str(year)) as change:
        change.put(YearMark(id=change.new_id(YearMark), year=year, closed=True, day=date(year, 12, 31)))


def text_of(path: Path) -> list[str]:
    pages = pypdfium2.PdfDocument(path)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pages]


def test_a_year_is_bound_and_closed_and_says_first_what_is_still_open(run: Run, office: Path, tmp_path: Path) -> None:
    words = ("--book", office, "book", "close", "2024", "--out", tmp_path / "2024.pdf")
    run("--book", office, "training", "call", EVENT, "--people", "TN-P-00003")
    code, told = run("--book", office, "book", "year", "2024")
    assert (code, [each["kind"] for each in told["open"]]) == (1, ["session"])
    code, told = run(*words)
    assert (code, list(tmp_path.glob("*.pdf"))) == (1, [])
    assert "Hội nghị mẫu" in told["error"]["what"]
    assert "--anyway" in told["error"]["do"]
    run("--book", office, "training", "mark", EVENT, "TN-P-00003=p")
    code, told = run(*words)
    assert (code, told["open"]) == (0, [])
    pages = text_of(tmp_path / "2024.pdf")
    assert len(pages) == told["pages"]
    assert [page.split()[0] for page in pages[1:]] == [str(number) for number in range(2, len(pages) + 1)]
    whole = " ".join(pages)
    assert "Nguyễn Thị Thử x" in whole.replace("TN-P-00001 ", "")
    assert f"{len(pages)} pages, numbered from 1 to {len(pages)}" in pages[-1]
    assert "KEEPER OF THE BOOK" in pages[-1]
    (state,) = (each for each in run("--book", office, "book", "years")[1]["years"] if each["year"] == 2024)
    assert (state["closed"], state["file"]) == (True, str(tmp_path / "2024.pdf"))
    judged = ("--book", office, "book", "year", "2024", "--file", tmp_path / "2024.pdf")
    assert run(*judged) == (0, {"year": 2024, "bound": True})
    (tmp_path / "2024.pdf").write_bytes((tmp_path / "2024.pdf").read_bytes() + b" ")
    assert run(*judged) == (1, {"year": 2024, "bound": False})
    assert run("--book", office, "book", "year", "2024", "--file", tmp_path / "no.pdf")[0] == 2
    assert run("--book", office, "book", "year", "2023", "--file", tmp_path / "2024.pdf")[0] == 1
    code, told = run("--book", office, "book", "close", "2024", "--out", tmp_path / "again.pdf")
    assert (code, (tmp_path / "again.pdf").exists()) == (1, False)
    (line,) = run("--book", office, "book", "log", "--limit", "1")[1]["changes"]
    assert (line["action"], line["about"]) == ("book.close", "2024")
    newest = run("--book", office, "roster", "exports")[1]["exports"][0]
    assert (newest["file"], newest["sha256"]) == (str(tmp_path / "2024.pdf"), state["sha256"])


def test_the_contents_name_the_page_on_which_each_part_begins(run: Run, office: Path, tmp_path: Path) -> None:
    assert run("--book", office, "book", "bind", "2024", "--out", tmp_path / "a.pdf")[0] == 0
    pages = text_of(tmp_path / "a.pdf")
    assert "CONTENTS" in pages[1]
    for part, title in (("I", "Register of commendation"), ("III", "Sessions and who came")):
        (begun,) = (number for number, page in enumerate(pages, 1) if f"PART {part} {title}" in page)
        assert f"{part} {title} {begun}" in pages[1]
    assert not run("--book", office, "book", "years")[1]["years"][0]["closed"]
    for wrong in ("a.docx", "a.pdf"):
        assert run("--book", office, "book", "bind", "2024", "--out", tmp_path / wrong)[0] == 2


@pytest.mark.parametrize("year", ["0", "1066", "99999", str(TODAY.year + 1)])
def test_a_year_that_cannot_be_meant_is_refused_in_a_sentence(
    run: Run, office: Path, tmp_path: Path, year: str
) -> None:
    for words in (
        ("year", year),
        ("close", year, "--out", tmp_path / "x.pdf"),
        ("bind", year, "--out", tmp_path / "x"),
    ):
        code, told = run("--book", office, "book", *words)
        assert code == 2
        assert told["error"]["do"]
    assert run("--book", office, "book", "open-year", year, "--why", "x")[0] == 1


WRITES: dict[str, Callable[[str], tuple[str, ...]]] = {
    "training add": lambda year: ("training", "add", "--title", "Lớp", "--day", f"3/4/{year}"),
    "roster discipline": lambda year: (
        "roster", "discipline", "TN-P-00001", "--opened", f"3/4/{year}",
    ),
    "rating set": lambda year: ("rating", "set", "TN-P-00001", "--year", year, "--kind", "party", "--rating", "good"),
    "award open": lambda year: ("award", "open", "Danh sách", "--form", "party", "--day", f"3/4/{year}"),
    "roster appoint": lambda year: (
        "roster", "appoint", "TN-P-00002", "--role", "communicator", "--level", "grassroots", "--since", f"3/4/{year}",
    ),
    "roster end": lambda year: ("roster", "leave", "TN-P-00003", "--reason", "retired", "--day", f"3/4/{year}"),
}  # fmt: skip


@pytest.mark.parametrize("write", WRITES)
def test_a_command_is_refused_in_the_closed_year_alone_and_done_by_a_decision_of_correction(
    run: Run, office: Path, write: str
) -> None:
    mark(office, 2024)
    before = run("--book", office, "book", "info")[1]["seq"]
    code, told = run("--book", office, *WRITES[write]("2024"))
    assert (code, run("--book", office, "book", "info")[1]["seq"]) == (1, before), told
    assert "2024" in told["error"]["what"]
    assert "--correction" in told["error"]["do"]
    code, told = run("--book", office, *WRITES[write]("2024"), *BY)
    assert code == 0, told
    (line,) = run("--book", office, "book", "log", "--limit", "1")[1]["changes"]
    assert "12-QĐ/ĐU" in line["about"]
    (state,) = (each for each in run("--book", office, "book", "years")[1]["years"] if each["year"] == 2024)
    assert [each["number"] for each in state["corrections"]] == ["12-QĐ/ĐU"]
    code, told = run("--book", office, "book", "undo")
    assert (code, "2024" in told["error"]["what"]) == (1, True)
    assert run("--book", office, "book", "undo", *BY)[0] == 0
    assert run("--book", office, *WRITES[write]("2023"))[0] == 0


@pytest.mark.parametrize(
    ("given", "exit_code"),
    [
        (("--correction", "12-QĐ/ĐU"), 2),
        (("--correction-day", "1/1/2026"), 2),
        (("--correction", " ", "--correction-day", "1/1/2026"), 2),
        (("--correction", "12", "--correction-day", "31/02/2026"), 2),
        (("--correction", "12", "--correction-day", f"1/1/{TODAY.year + 1}"), 2),
        (("--correction", "12", "--correction-day", "1/1/2020"), 1),
    ],
)
def test_half_a_decision_of_correction_or_one_of_a_wrong_day_corrects_nothing(
    run: Run, office: Path, given: tuple[str, ...], exit_code: int
) -> None:
    mark(office, 2024)
    before = run("--book", office, "book", "info")[1]["seq"]
    code, told = run("--book", office, "training", "mark", EVENT, "TN-P-00001=v", *given)
    assert (code, run("--book", office, "book", "info")[1]["seq"]) == (exit_code, before)
    assert told["error"]["do"]


def test_a_setting_that_is_refused_leaves_its_file_as_it_was(run: Run, office: Path) -> None:
    mark(office, 2024)
    file = office / "config" / "office.yaml"
    before = file.read_bytes()
    words = ("--book", office, "config", "set", "office.place", "Huế", "--from")
    assert run(*words, "1/3/2024")[0] == 1
    assert file.read_bytes() == before
    assert run("--book", office, "book", "verify")[0] == 0
    assert run(*words, "1/3/2025")[0] == 0
    assert file.read_bytes() != before


def test_a_term_that_begins_on_the_first_of_january_follows_one_of_the_closed_year(run: Run, office: Path) -> None:
    post = ("roster", "appoint", "TN-P-00002", "--role", "communicator", "--level", "grassroots", "--since", "1/3/2023")
    made = run("--book", office, *post)[1]["appointment"]
    mark(office, 2024)
    for day, exit_code in (("30/12/2024", 1), ("31/12/2024", 0)):
        assert run("--book", office, "roster", "end", made, "--day", day, "--reason", "relieved")[0] == exit_code


def test_what_was_done_before_the_closing_is_not_undone_after_it(run: Run, office: Path) -> None:
    mark(office, 2024)
    acts = ("training.event", "training.mark", "book.close")
    for line in run("--book", office, "book", "log")[1]["changes"]:
        if line["action"] in acts:
            assert run("--book", office, "book", "undo", str(line["seq"]))[0] == 1, line
    assert run("--book", office, "book", "undo")[0] == 1
    assert run("--book", office, "training", "list")[1]["events"][0]["recorded"] == 2
    code, told = run("--book", office, "book", "open-year", "2024", "--why", " ")
    assert code == 2
    code, told = run("--book", office, "book", "open-year", "2024", "--why", "ghi thiếu một hội nghị")
    assert (code, told["why"]) == (0, "ghi thiếu một hội nghị")
    (line,) = run("--book", office, "book", "log", "--limit", "1")[1]["changes"]
    assert line["about"] == "2024: ghi thiếu một hội nghị"
    assert run("--book", office, "book", "undo")[0] == 1
    assert run("--book", office, "training", "mark", EVENT, "TN-P-00001=v")[0] == 0
    assert run("--book", office, "book", "open-year", "2024", "--why", "x")[0] == 1
    mark(office, 2024)
    assert run("--book", office, "training", "mark", EVENT, "TN-P-00001=x")[0] == 1


LISTS: dict[str, tuple[tuple[str, ...], tuple[str, ...], Callable[[int], tuple[Any, ...]]]] = {
    "duties": (
        ("training", "duties", "import"),
        ("Mã số", "Họ và tên", "Tháng", "Số buổi nói chuyện"),
        lambda year: ("TN-P-00001", "Nguyễn Thị Thử", f"03/{year}", 2),
    ),
    "discipline": (
        ("roster", "discipline", "import"),
        ("Mã số", "Họ và tên", "Ngày bắt đầu"),
        lambda year: ("TN-P-00002", "Trần Văn Mẫu", f"03/04/{year}"),
    ),
    "ratings": (
        ("rating", "import", "--kind", "party"),
        ("Mã số", "Họ và tên", "Năm", "Xếp loại"),
        lambda year: ("TN-P-00001", "Nguyễn Thị Thử", year, "Hoàn thành tốt nhiệm vụ"),
    ),
    "people": (
        ("roster", "import", "--role", "reporter", "--level", "commune"),
        ("Họ và tên", "Ngày sinh", "Ngày công nhận"),
        lambda year: (f"Hoàng Văn Năm {['Hai', 'Ba', 'Tư'][year - 2022]}", "1990", f"03/04/{year}"),
    ),
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_names_the_rows_that_fall_into_the_closed_year_and_the_others_come_in(
    run: Run, office: Path, tmp_path: Path, kind: str
) -> None:
    mark(office, 2023)
    command, heads, row = LISTS[kind]
    path = save(tmp_path / "list.xlsx", [heads, *(row(year) for year in (2022, 2023, 2024))])
    words = (*command, path)
    code, told = run("--book", office, *words, "--dry-run")
    assert (code, [each["row"] for each in told["refused"]]) == (1, [3]), told
    assert "2023" in told["refused"][0]["problem"]
    before = run("--book", office, "book", "info")[1]["records"]
    code, told = run("--book", office, *words)
    whole = kind == "ratings"  # a file of ratings comes in whole or not at all
    assert code == (2 if whole else 1)
    assert "row 3" in told["error"]["what"] if whole else [each["row"] for each in told["refused"]] == [3]
    after = run("--book", office, "book", "info")[1]["records"]
    assert max(after[table] - before.get(table, 0) for table in after) == (0 if whole else 2)
    code, told = run("--book", office, *words, *BY)
    assert (code, told["refused"]) == (0, [])


def test_an_attendance_list_of_a_closed_year_is_refused_row_by_row(run: Run, office: Path, tmp_path: Path) -> None:
    mark(office, 2024)
    rows = [("Họ và tên", "Điểm danh"), ("Nguyễn Thị Thử", "v"), ("Trần Văn Mẫu", "x")]
    path = save(tmp_path / "list.xlsx", rows)
    code, told = run("--book", office, "training", "import", EVENT, path)
    assert (code, told["entered"]) == (1, 0)
    fates = {each["row"]: each["fate"] for each in told["rows"]}
    assert (fates[2], fates[3]) == ("refused", "refused")
    assert {each["row"] for each in told["refused"]} == {2, 3}
    assert run("--book", office, "training", "import", EVENT, path, *BY)[1]["entered"] == 2


def test_a_row_that_corrects_somebody_known_is_named_when_it_is_entered(run: Run, office: Path, tmp_path: Path) -> None:
    mark(office, 2024)
    rows = [
        ("Họ và tên", "Ngày sinh", "Ngày công nhận"),
        ("Nguyễn Thị Thử", "1980", "01/03/2023"),
        ("Trần Văn Mẫu", "1975", "01/03/2024"),
    ]
    path = save(tmp_path / "again.xlsx", rows)
    words = ("--book", office, "roster", "import", path, "--role", "communicator", "--level", "grassroots", "--update")
    before = run("--book", office, "book", "info")[1]["seq"]
    code, told = run(*words)
    assert (code, run("--book", office, "book", "info")[1]["seq"]) == (1, before), told
    assert "rows 3" in told["error"]["what"]


def test_a_score_sheet_of_a_closed_year_is_refused_cell_by_cell(run: Run, office: Path, tmp_path: Path) -> None:
    cycle = run("--book", office, "emulation", "open", "2026-H1", "--role", "reporter")[1]["id"]
    path = tmp_path / "sheet.xlsx"
    rows = run("--book", office, "emulation", "show", cycle, "--stage", "own")[1]["rows"]
    assert run("--book", office, "emulation", "export", cycle, "--out", path)[1]["rows"] == len(rows)
    import openpyxl

    workbook = openpyxl.load_workbook(path)
    sheet = workbook.active
    assert sheet is not None
    head = next(row for row in range(1, 20) if str(sheet.cell(row, 5).value).startswith("1"))
    sheet.cell(head + 1, 5).value = 1
    workbook.save(path)
    mark(office, 2026)
    code, told = run("--book", office, "emulation", "import", cycle, path)
    assert (code, [each["row"] for each in told["refused"]]) == (1, [head + 1]), told
    key = str(sheet.cell(head, 5).value).split()[0]
    entrant = str(sheet.cell(head + 1, 2).value)
    code, told = run("--book", office, "emulation", "set", cycle, f"{key}=1", "--row", entrant)
    assert (code, "2026" in told["error"]["what"]) == (1, True)


def test_history_and_refusals_speak_vietnamese(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mark(office, 2024)
    assert main.main(["--book", str(office), "training", "mark", EVENT, "TN-P-00001=v"]) == 1
    assert "Năm 2024 đã khóa sổ" in capsys.readouterr().err
    main.main(["--book", str(office), "book", "log", "--limit", "1"])
    assert "Khóa sổ năm" in capsys.readouterr().out
