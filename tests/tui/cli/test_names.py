"""Names by the command line: two hundred true ones, and those that want a word."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.tui.cli.conftest import Run

CASES = Path(__file__).parents[2] / "records" / "intake" / "cases"
TRUE = [row["Họ và tên"] for row in csv.DictReader((CASES / "names-true.csv").read_text("utf-8-sig").splitlines())]


@pytest.fixture
def listed(run: Run, book: Path) -> dict[str, str]:
    """The two hundred as people of the book; gives code -> name."""
    code, seen = run(
        "--book", book, "roster", "import", CASES / "names-true.csv", "--role", "reporter", "--level", "commune"
    )
    assert (code, seen["refused"], seen["notices"]) == (0, [], [])
    people = run("--book", book, "roster", "list")[1]["people"]
    return {each["id"]: each["name"] for each in people}


def table(path: Path, *rows: tuple[int | str, ...]) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    workbook.save(path)
    return path


def test_two_hundred_true_names_are_imported_letter_for_letter(listed: dict[str, str]) -> None:
    assert len(TRUE) == 200
    assert sorted(listed.values()) == sorted(TRUE)


def test_an_attendance_list_knows_them_all_with_a_title_or_without(
    run: Run, book: Path, listed: dict[str, str], tmp_path: Path
) -> None:
    words = ("--kind", "conference", "--title", "Thử", "--day", "9/6/2026")
    event = run("--book", book, "training", "add", *words)[1]["events"][0]["id"]
    rows = [
        (number, name if number % 2 else f"Đ/c {name}", code, "x") for number, (code, name) in enumerate(listed.items())
    ]
    path = table(tmp_path / "list.xlsx", ("STT", "Họ và tên", "Mã", "Có mặt"), *rows)
    seen = run("--book", book, "training", "import", event, path, "--dry-run")[1]
    refused = [each for each in seen["rows"] if each["fate"] != "enter"]
    assert [each["name"] for each in refused] in ([], ["Đ/c Páo"])
    assert {each["person"] for each in seen["rows"]} - {""} == {
        code for code, name in listed.items() if not refused or name != "Páo"
    }


def test_a_score_sheet_knows_them_all_and_a_name_with_a_title(
    run: Run, book: Path, listed: dict[str, str], tmp_path: Path
) -> None:
    cycle = run("--book", book, "emulation", "open", "2026-H1", "--role", "reporter", "--movement", "Thi đua")[1]["id"]
    path = tmp_path / "sheet.xlsx"
    run("--book", book, "emulation", "export", cycle, "--out", path)
    workbook = load_workbook(path)
    sheet = workbook.active
    assert sheet is not None
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Code" for cell in row))
    columns = {str(cell.value).split(" ")[0]: cell.column for cell in head if cell.value}
    first = int(head[0].row or 0) + 1
    named = {
        str(sheet.cell(row, columns["Code"]).value): sheet.cell(row, columns["Full"])
        for row in range(first, first + 200)
    }
    assert {code: cell.value for code, cell in named.items()} == listed
    for row in range(first, first + 200):
        sheet.cell(row, columns["1.1"]).value = 5
    titled = next(code for code, name in listed.items() if name == "Trần Văn Thìn")
    named[titled].value = "Ông Trần Vǎn Thìn"
    workbook.save(path)
    seen = run("--book", book, "emulation", "import", cycle, path, "--dry-run")[1]
    assert (seen["refused"], seen["cells"]) == ([], 200)


@pytest.mark.parametrize("name", TRUE[::17])
def test_a_true_name_is_typed_in_and_comes_back(run: Run, book: Path, name: str) -> None:
    code, made = run("--book", book, "roster", "add", f"name={name}")
    assert (code, made["name"]) == (0, name)
    code, made = run("--book", book, "roster", "set", made["id"], f"name={name} ", "phone=0900000001")
    assert (code, made["name"]) == (0, name)


@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        ("Ông Nguyễn Vǎn Mẫu", "Nguyễn Văn Mẫu", "“Ông” before the name was left out"),
        ("H’Mẫu Niê", "H'Mẫu Niê", "’ → '"),
        ("Ông Anh Tú", "Ông Anh Tú", "may be a form of address"),
    ],
)
def test_what_is_typed_is_judged_as_a_list_is(run: Run, book: Path, typed: str, kept: str, said: str) -> None:
    code, made = run("--book", book, "roster", "add", f"name={typed}")
    assert (code, made["name"]) == (0, kept)
    assert said in made["hints"]["name"]
    person = made["id"]
    code, made = run("--book", book, "roster", "set", person, f"name=Đ/c {kept}")
    assert (code, made["name"]) == (0, kept)
    assert run("--book", book, "roster", "show", person)[1]["person"]["name"] == kept


@pytest.mark.parametrize("typed", ["Ông", "Đồng chí", "NguyễnVăn An", "Nguyễn Văn An (Tư)", "", "Mẫu Văn .", "HiÒn"])
def test_what_is_no_name_is_refused_when_typed_and_nothing_is_written(run: Run, book: Path, typed: str) -> None:
    code, told = run("--book", book, "roster", "add", f"name={typed}")
    assert code == 2
    assert told["error"]["do"]
    assert run("--book", book, "roster", "list")[1]["people"] == []
    person = run("--book", book, "roster", "add", "name=Mẫu Văn An")[1]["id"]
    assert run("--book", book, "roster", "set", person, f"name={typed}", "phone=0900000001")[0] == 2
    assert run("--book", book, "roster", "show", person)[1]["person"].get("phone", "") == ""


def test_the_books_own_settings_say_what_a_name_may_hold(run: Run, book: Path, tmp_path: Path) -> None:
    path = table(tmp_path / "people.xlsx", ("STT", "Họ và tên", "Năm sinh"), (1, "Ông Xoẹt Thi Müller", 1970))
    assert run("--book", book, "roster", "import", path, "--dry-run")[1]["refused"]
    own = book / "config" / "names"
    own.mkdir(parents=True)
    (own / "office.yaml").write_text("families: [Xoẹt]\nletters: [ü]\n", encoding="utf-8")
    seen = run("--book", book, "roster", "import", path, "--dry-run")[1]
    assert [each["name"] for each in seen["people"]] == ["Xoẹt Thi Müller"]
    assert run("--book", book, "roster", "add", "name=Ông Xoẹt Thi Müller")[1]["name"] == "Xoẹt Thi Müller"
