"""Titles registered for a year: each step stands in the record and the history, and a title may ask for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from config.settings.loading import SHIPPED
from tests.records.intake.building import save
from tests.tui.cli.conftest import Run

ASKED = "source: office-practice"
WHO, OTHER = "TN-P-00001", "TN-P-00002"


@pytest.fixture
def demo(bare_demo: Path) -> Path:
    return bare_demo


def asks(book: Path) -> None:
    """The office's own title asks for a registration from 2018 on."""
    text = (SHIPPED / "awards" / "titles" / "grassroots-fighter.yaml").read_text("utf-8")
    own = book / "config" / "awards" / "titles" / "grassroots-fighter.yaml"
    own.parent.mkdir(parents=True, exist_ok=True)
    assert f"{{value: false, {ASKED}" in text
    own.write_text(text.replace(f"{{value: false, {ASKED}", f"{{value: true, {ASKED}"), "utf-8")


def verdict(run: Run, book: Path, who: str, day: str = "2026-01-20") -> dict[str, Any] | None:
    asked = ("--title", "grassroots-fighter", "--people", who, "--year", "2025", "--day", day)
    judged = run("--book", book, "award", "eligible", *asked)[1]["judged"][0]
    return next((each for each in judged["findings"] if each["condition"] == "registration"), None)


def test_a_registration_goes_up_comes_back_with_a_reason_and_is_approved(run: Run, demo: Path) -> None:
    words = ("registration", "add", WHO, "--title", "grassroots-fighter", "--year", "2025", "--day", "5/1/2025")
    code, told = run("--book", demo, *words)
    own = told["registrations"][0]["id"]
    assert (code, told["registrations"][0]["state"]) == (0, "not_sent")
    for verb, *more in (
        ("send", "--day", "10/1/2025", "--number", "3-TTr/BTG"),
        ("return", "--day", "12/1/2025", "--reason", "Chưa nêu chỉ tiêu"),
        ("send", "--day", "14/1/2025"),
        ("approve", "--day", "20/1/2025", "--number", "5-TB/ĐU"),
    ):
        assert run("--book", demo, "registration", verb, own, *more)[0] == 0
    shown = run("--book", demo, "registration", "show", own)[1]
    assert [(each["to"], each["reason"], each["number"]) for each in shown["steps"]] == [
        ("sent", "", "3-TTr/BTG"),
        ("returned", "Chưa nêu chỉ tiêu", ""),
        ("sent", "", ""),
        ("approved", "", "5-TB/ĐU"),
    ]
    log = run("--book", demo, "book", "log", "--record", own)[1]
    acts = [each["action"] for each in log["changes"]]
    assert acts[:5] == ["registration.approve", "registration.send", "registration.return", "registration.send",
                        "registration.add"]  # fmt: skip
    listed = run("--book", demo, "registration", "list", "--year", "2025", "--state", "approved")[1]
    assert ([each["id"] for each in listed["registrations"]], listed["counts"]["approved"]) == ([own], 1)


def test_only_a_title_whose_settings_ask_for_it_judges_the_registration(run: Run, demo: Path) -> None:
    words = ("registration", "add", OTHER, "--title", "grassroots-fighter", "--year", "2025", "--day", "5/1/2025")
    assert verdict(run, demo, WHO) is None
    told = ("award", "titles", "grassroots-fighter", "--day", "1/6/2025")
    assert "Asks for no registration of the year (to confirm)" in run("--book", demo, *told)[1]["titles"][0]["lines"]
    asks(demo)
    assert "Asks for a registration of the year (to confirm)" in run("--book", demo, *told)[1]["titles"][0]["lines"]
    found = verdict(run, demo, WHO)
    assert found is not None
    assert (found["verdict"], found["confidence"]) == ("unknown", "to_confirm")  # the book tells of nobody
    own = run("--book", demo, *words)[1]["registrations"][0]["id"]
    found = verdict(run, demo, WHO)
    assert found is not None
    assert (found["verdict"], found["reason"]) == ("not_met", "Not registered for 2025")
    assert run("--book", demo, "registration", "send", own, "--day", "10/1/2025")[0] == 0
    found = verdict(run, demo, OTHER)
    assert found is not None
    assert (found["verdict"], found["records"]) == ("unknown", [own])
    assert run("--book", demo, "registration", "approve", own, "--day", "20/1/2026")[0] == 0
    found = verdict(run, demo, OTHER)
    assert found is not None
    assert found["verdict"] == "met"
    found = verdict(run, demo, OTHER, "2026-01-19")
    assert found is not None
    assert found["verdict"] == "unknown"  # not yet approved on the day of that decision


def test_units_and_people_come_in_one_list_and_a_wrong_title_names_its_cell(
    run: Run, demo: Path, tmp_path: Path
) -> None:
    code = run("--book", demo, "unit", "list")[1]["units"][0]["id"]
    head = ["Mã số", "Họ và tên", "Tập thể", "Danh hiệu", "Năm", "Nội dung đăng ký"]
    rows: list[list[object]] = [
        [WHO, "", "", "Chiến sĩ thi đua cơ sở", 2026, "Mười buổi nói chuyện"],
        ["", "", code, "Tập thể Lao động tiên tiến", 2026, ""],
        [OTHER, "", "", "Tập thể Lao động tiên tiến", 2026, ""],
        [OTHER, "", "", "Vô địch", 2026, ""],
    ]
    file = save(tmp_path / "dk.xlsx", [head, *rows])
    code_, told = run("--book", demo, "registration", "import", file)
    assert (code_, told["entered"], [each["cell"] for each in told["refused"]]) == (1, 2, ["D4", "D5"])
    listed = run("--book", demo, "registration", "list", "--year", "2026")[1]["registrations"]
    assert {each["subject"] for each in listed} == {WHO, code}
    assert run("--book", demo, "registration", "import", file)[1]["entered"] == 0
    table: list[list[object]] = [[*head], *rows]
    for column, title in ((3, "Title registered"), (4, "Year")):
        lacks = [[cell for number, cell in enumerate(row) if number != column] for row in table]
        code_, told = run("--book", demo, "registration", "import", save(tmp_path / f"{column}.xlsx", lacks))
        assert (code_, "has no heading for" in told["error"]["what"], title in told["error"]["what"]) == (2, True, True)
