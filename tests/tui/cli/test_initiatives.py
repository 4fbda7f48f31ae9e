"""Initiatives from the command line, from the paper that recognises them to the title that reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.records.intake.building import save
from tests.tui.cli.conftest import Run

WHO = "TN-P-00001"


@pytest.fixture
def demo(bare_demo: Path) -> Path:
    return bare_demo


def condition(run: Run, book: Path, year: int, day: str) -> dict[str, Any]:
    code, told = run("--book", book, "award", "eligible", "--title", "grassroots-fighter", "--people", WHO, "--year",
                     str(year), "--day", day)  # fmt: skip
    assert code in (0, 1)
    found: dict[str, Any] = next(each for each in told["judged"][0]["findings"] if each["condition"] == "initiative")
    return found


def test_a_title_that_asks_for_an_initiative_reads_the_record_and_cites_it(run: Run, demo: Path) -> None:
    assert condition(run, demo, 2025, "2026-01-20")["verdict"] == "unknown"
    code, made = run("--book", demo, "initiative", "add", "--title", "Sổ tay", "--authors", f"{WHO}=60,Trần Ngoài=40")
    assert (code, made["state"]) == (0, "open")
    assert condition(run, demo, 2025, "2026-01-20")["verdict"] == "unknown"
    paper = ("--day", "5/1/2026", "--by", "Đảng ủy phường", "--number", "3-QĐ/ĐU", "--year", "2025")
    assert run("--book", demo, "initiative", "recognise", made["id"], *paper)[0] == 0
    found = condition(run, demo, 2025, "2026-01-20")
    assert (found["verdict"], found["records"]) == ("met", [made["id"]])
    assert all(part in found["reason"] for part in ("Sổ tay", "3-QĐ/ĐU", "05/01/2026"))
    assert condition(run, demo, 2025, "2026-01-04")["verdict"] == "unknown"  # decided before it was recognised
    assert condition(run, demo, 2026, "2026-12-31")["verdict"] == "unknown"  # it counts for 2025 alone
    assert run("--book", demo, "book", "undo")[0] == 0
    assert condition(run, demo, 2025, "2026-01-20")["verdict"] == "unknown"


def test_the_answers_of_people_still_count_where_the_book_has_no_initiative(run: Run, demo: Path) -> None:
    said = ("award", "answer", WHO, "grassroots-fighter", "initiative", "--year", "2025", "--note", "Họp 12/2025")
    assert run("--book", demo, *said)[0] == 0
    assert condition(run, demo, 2025, "2026-01-20")["verdict"] == "met"


def test_a_list_with_several_authors_is_one_initiative_and_is_read_twice_without_a_change(
    run: Run, demo: Path, tmp_path: Path
) -> None:
    head = ["Mã số", "Họ và tên", "Tên sáng kiến", "Tỷ lệ đóng góp (%)", "Cấp", "Ngày công nhận", "Số quyết định",
            "Cơ quan công nhận"]  # fmt: skip
    paper = ["Cơ sở", "20/11/2025", "15-QĐ/ĐU", "Đảng ủy phường"]
    rows = [[WHO, "", "Bản đồ dư luận", 70, *paper], ["TN-P-00002", "", "Bản đồ dư luận", 30, *paper]]
    file = save(tmp_path / "sk.xlsx", [head, *rows])
    code, told = run("--book", demo, "initiative", "import", file)
    assert (code, told["entered"], told["refused"]) == (0, 2, [])
    listed = run("--book", demo, "initiative", "list")[1]["initiatives"]
    assert [(len(each["authors"]), sum(one["share"] for one in each["authors"])) for each in listed] == [(2, 100)]
    assert run("--book", demo, "initiative", "import", file)[1]["entered"] == 0


def test_a_list_whose_shares_are_more_than_the_whole_names_the_cell(run: Run, demo: Path, tmp_path: Path) -> None:
    head = ["Mã số", "Tên sáng kiến", "Tỷ lệ đóng góp (%)", "Cấp"]
    rows: list[list[object]] = [
        [WHO, "Bản đồ", 70, "Cơ sở"],
        ["TN-P-00002", "Bản đồ", 60, "Cơ sở"],
        ["TN-P-00003", "Tin", "", "Xóm"],
    ]
    code, told = run("--book", demo, "initiative", "import", save(tmp_path / "sk.xlsx", [head, *rows]))
    assert code == 1
    assert [(each["row"], each["cell"]) for each in told["refused"]] == [(3, "C3"), (4, "D4")]
