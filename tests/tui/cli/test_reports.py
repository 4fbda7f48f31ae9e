"""Report forms: each number is that of the records behind it, forms of the office count, a wrong one names its line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

import main
from records.services.office import Office
from records.services.reports import filling
from records.store.book import Book
from tests.tui.cli.conftest import Run
from tui.present.books import settings_of

OWN = """\
id: own
title: {vi: "Mẫu riêng", en: "Our own"}
source: office-practice
confidence: confirmed
of: people
rows:
  - {id: women, title: {vi: "Nữ", en: "Women"}, where: {sex: female}}
  - {id: by-role, title: {vi: "Từng vai trò", en: "Each role"}, each: role}
columns:
  - {id: total, title: {vi: "Tổng số", en: "Total"}}
  - {id: young, title: {vi: "Đến 35", en: "To 35"}, where: {age: {at_most: 35}}}
  - {id: share, title: {vi: "Tỷ lệ", en: "Share"}, where: {age: {at_most: 35}}, percent_of: total}
"""


@pytest.fixture
def demo(small_demo: Path, tmp_path: Path) -> Path:
    path = tmp_path / "demo.sovang"
    shutil.copytree(small_demo, path)
    return path


def form(book: Path, text: str) -> Path:
    path = book / "config" / "reports" / "own.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_every_number_of_every_shipped_form_is_that_of_the_records_behind_it(run: Run, demo: Path) -> None:
    with Book.open(demo, actor="lan", read_only=True) as book:
        office = Office(book, settings_of(demo))
        for each in filling.forms(office):
            report = filling.fill(office, each, "2025")
            for line in report.lines:
                for column, cell in zip(each.columns, line.cells, strict=True):
                    if not column.percent_of and column.count is None:
                        assert len(cell.items) == cell.value
    filled = run("--book", demo, "report", "fill", "team", "--period", "2025")[1]
    shown = run("--book", demo, "report", "show", "team", "--period", "2025", "--cell", "reporter,female")[1]
    assert shown["value"] == filled["rows"][1]["cells"][2] == len(shown["records"]) > 0
    assert run("--book", demo, "report", "show", "team", "--period", "2025", "--cell", "2,3")[1] == shown


def test_what_a_form_counts_is_what_the_lists_of_the_office_count(run: Run, demo: Path) -> None:
    filled = run("--book", demo, "report", "fill", "team", "--period", "2025-H1")[1]
    by_row = {row["id"]: dict(zip([each["id"] for each in filled["columns"]], row["cells"], strict=True))
              for row in filled["rows"]}  # fmt: skip
    asked = ("roster", "list", "--role", "reporter", "--on", "30/6/2025", "--where")
    assert by_row["reporter"]["female"] == len(run("--book", demo, *asked, "sex=female")[1]["people"])
    decided = run("--book", demo, "award", "list")[1]["decisions"]
    year = run("--book", demo, "report", "fill", "commendation", "--period", "2025")[1]
    total = next(row for row in year["rows"] if row["id"] == "all")["cells"]
    wanted = [each for each in decided if each["day"].startswith("2025")]
    assert (total[0], total[-1]) == (sum(each["in_force"] for each in wanted), sum(each["money"] for each in wanted))


def test_a_form_of_the_office_has_a_row_for_each_value_and_shares_in_percent(
    run: Run, demo: Path, tmp_path: Path
) -> None:
    form(demo, OWN)
    out = tmp_path / "own.xlsx"
    filled = run("--book", demo, "report", "fill", "own", "--period", "2025-H1", "--out", out)[1]
    rows = {each["id"]: each["cells"] for each in filled["rows"]}
    assert {"women", "by-role:reporter", "by-role:communicator", "by-role:collaborator"} <= set(rows)
    assert all(0 < young <= total and share == f"{100 * young / total:.1f}" for total, young, share in rows.values())
    sheet = openpyxl.load_workbook(out).worksheets[0]
    numbers = {cell.value for row in sheet.iter_rows() for cell in row}
    assert rows["women"][0] in numbers
    with Book.open(demo, actor="lan", read_only=True) as book:
        assert next(iter(book.history(limit=1))).action == "roster.export"  # whose data left


@pytest.mark.parametrize(
    ("wrong", "right", "line", "says"),
    [
        ("where: {sex: female}", "where: {sex: women}", 7, "women"),
        ("where: {sex: female}", "where: {shoe: 42}", 7, "shoe"),
        ("where: {sex: female}", "where: {sex: []}", 7, "sex"),
        ("{at_most: 35}", "{at_least: 40, at_most: 35}", 11, "range"),
        ("{at_most: 35}", "{}", 11, "range"),
        ("where: {sex: female}", "where: {role: king}", 7, "king"),
        ("percent_of: total", "percent_of: whole", 12, "share"),
        ("id: young", "id: total", 11, "total"),
        ("age: {at_most: 35}}}\n  - {id: share", "age: 35}}\n  - {id: share", 11, "age"),
        ("each: role", "each: sex", 8, "sex"),
        ("of: people", "of: horses", 5, "horses"),
        ("source: office-practice", "source: nowhere", 3, "nowhere"),
        ("id: own", "id: other", 1, "own"),
        ("columns:", "colums:", 9, "colums"),
    ],
)
def test_a_wrong_form_names_its_file_and_line(  # one case of many
    demo: Path, capsys: pytest.CaptureFixture[str], wrong: str, right: str, line: int, says: str
) -> None:
    assert wrong in OWN
    path = form(demo, OWN.replace(wrong, right, 1))
    for words in (("report", "fill", "own", "--period", "2025"), ("report", "list")):
        assert main.main(["--lang", "en", "--json", "--book", str(demo), *words]) != 0
        told = json.loads(capsys.readouterr().out)["error"]
        assert f"{path}, line {line}," in told["where"]
        assert says in f"{told['what']} {told['do']} {told['where']}"
    assert main.main(["--lang", "en", "config", "check", str(demo / "config")]) != 0
    assert f"line {line}," in "".join(capsys.readouterr())
    assert main.main(["--lang", "en", "--book", str(demo), "roster", "list", "--role", "reporter"]) == 0
