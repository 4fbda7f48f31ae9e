"""A movement from its launch to its summing up, and what it came to in numbers of the book."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Run


@pytest.fixture
def demo(small_demo: Path, tmp_path: Path) -> Path:
    path = tmp_path / "demo.sovang"
    shutil.copytree(small_demo, path)
    return path


def test_a_movement_counts_the_titles_registered_in_it_and_those_reached(run: Run, demo: Path) -> None:
    launch = ("movement", "add", "Học và làm theo Bác", "--from", "1/1/2024", "--to", "31/12/2025", "--goal", "Đăng ký")
    assert run("--book", demo, *launch)[0] == 0
    row = run("--book", demo, "award", "register", "--year", "2025")[1]["rows"][0]
    award = run("--book", demo, "award", "list")[1]["decisions"]
    assert award
    holder = next(
        each["subject"]
        for each in run("--book", demo, "report", "show", "commendation", "--period", "2025", "--cell", "all,total")[1][
            "records"
        ]
        if each["record"] == row["award"]
    )
    register = ("registration", "add", f"{holder},TN-P-00150", "--title", "party-merit-year", "--year", "2024")
    assert run("--book", demo, *register, "--movement", "học và làm theo bác")[0] == 0
    assert (
        run("--book", demo, "movement", "join", "Học và làm theo Bác", "--people", holder, "--day", "1/2/2024")[0] == 0
    )
    result = (
        "movement",
        "result",
        "Học và làm theo Bác",
        "--people",
        holder,
        "--text",
        "Điển hình",
        "--day",
        "1/12/2024",
    )
    assert run("--book", demo, *result)[0] == 0
    found = run("--book", demo, "movement", "show", "Học và làm theo Bác")[1]
    assert found["outcome"] == {"participants": 1, "noted": 1, "registered": 2, "reached": 1, "cycles": 0}
    listed = run("--book", demo, "registration", "list", "--movement", "Học và làm theo Bác")[1]["registrations"]
    assert len(listed) == 2


def test_nobody_joins_once_it_is_summed_up_until_that_is_taken_back(run: Run, demo: Path) -> None:
    assert run("--book", demo, "movement", "add", "Thi đua", "--from", "1/1/2025")[0] == 0
    assert run("--book", demo, "movement", "sum", "Thi đua", "--day", "1/6/2025", "--text", "Xong")[0] == 0
    join = ("movement", "join", "Thi đua", "--people", "TN-P-00001", "--day", "2/2/2025")
    assert run("--book", demo, *join)[0] == 1
    assert run("--book", demo, "book", "undo")[0] == 0
    assert run("--book", demo, *join)[0] == 0
