"""`today` as a job of the night asks it."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import main
from tests.tui.cli.conftest import Run

TODAY = date.today()  # as the command's own clock


def _shown(days: int) -> str:
    return f"{TODAY + timedelta(days=days):%d/%m/%Y}"


def _of(told: Any, kind: str) -> list[dict[str, str]]:
    return [each for each in told["items"] if each["kind"] == kind]


@pytest.fixture
def people(run: Run, book: Path, tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("Họ và tên,Ngày sinh\nNguyễn Thị Thử,1980\nTrần Văn Mẫu,1975\n", "utf-8")
    assert run("--book", book, "roster", "import", path, "--role", "reporter", "--level", "commune")[0] == 0
    return book


def test_a_new_book_has_nothing_due(run: Run, book: Path) -> None:
    code, told = run("--book", book, "today")
    assert told["on"] == TODAY.isoformat()
    assert [each for each in told["items"] if each["kind"] != "rules"] == []
    assert code == (1 if told["items"] else 0)


def test_a_day_before_any_text_must_be_looked_at_again_gives_nothing(run: Run, book: Path) -> None:
    assert run("--book", book, "today", "--on", "1/1/2025") == (0, {"on": "2025-01-01", "items": []})


def test_a_conference_is_told_a_week_before_and_again_until_it_is_recorded(run: Run, people: Path) -> None:
    for title, days in (("Hội nghị gần", 7), ("Hội nghị xa", 8), ("Hội nghị qua", -1)):
        assert run("--book", people, "training", "add", "--title", title, "--day", _shown(days))[0] == 0
    run("--book", people, "training", "call", "TN-E-00003", "--role", "all")
    code, told = run("--book", people, "today")
    assert code == 1
    (near,) = _of(told, "event")
    assert (near["about"], near["due"]) == ("TN-E-00001", (TODAY + timedelta(days=7)).isoformat())
    assert "Hội nghị gần" in near["text"]
    (over,) = _of(told, "unrecorded")
    assert (over["about"], over["text"]) == ("TN-E-00003", "“Hội nghị qua” is over: 2 of 2 not recorded")
    run("--book", people, "training", "mark", "TN-E-00003", "TN-P-00001=x", "TN-P-00002=v")
    assert _of(run("--book", people, "today")[1], "unrecorded") == []


def test_many_of_one_sort_are_one_item_with_their_number(run: Run, people: Path) -> None:
    for days in range(1, 5):
        run("--book", people, "training", "add", "--title", f"Buổi {days}", "--day", _shown(-days))
    (item,) = _of(run("--book", people, "today")[1], "unrecorded")
    assert (item["about"], item["due"]) == ("", (TODAY - timedelta(days=4)).isoformat())
    assert item["text"] == "4 conferences and classes are over and not recorded"


def test_a_list_of_proposals_waits_until_it_is_taken_back(run: Run, people: Path) -> None:
    assert run("--book", people, "award", "open", "Khen năm", "--form", "office")[0] == 0
    (item,) = _of(run("--book", people, "today")[1], "proposal")
    assert item["text"] == "Proposal list “Khen năm”: nobody is on it"
    run("--book", people, "book", "undo")
    assert _of(run("--book", people, "today")[1], "proposal") == []


def test_a_review_is_told_with_how_many_are_not_decided(run: Run, people: Path) -> None:
    assert run("--book", people, "review", "open", "Rà soát")[0] == 0
    (item,) = _of(run("--book", people, "today")[1], "review")
    assert item["text"] == "Review “Rà soát”: 2 of 2 not decided"


def test_people_whose_papers_are_lacking_are_named(run: Run, people: Path) -> None:
    items = _of(run("--book", people, "today")[1], "papers")
    assert {each["about"] for each in items} == {"TN-P-00001", "TN-P-00002"}


def test_a_backup_is_asked_for_when_a_day_has_gone_by(run: Run, people: Path, tmp_path: Path) -> None:
    later = ("--on", _shown(1))
    (item,) = _of(run("--book", people, "today", *later)[1], "backup")
    assert "never backed up" in item["text"]
    made = run("--book", people, "book", "backup")
    assert made[0] == 0
    assert _of(run("--book", people, "today", *later)[1], "backup") == []


def test_what_others_did_is_told_and_what_one_did_oneself_is_not(
    run: Run, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _of(run("--book", people, "today")[1], "changes") == []
    monkeypatch.setenv("SOVANG_USER", "nguoi khac")
    items = _of(run("--book", people, "today")[1], "changes")
    assert len(items) == 1
    assert "changes since yesterday" in items[0]["text"]


def test_a_damaged_book_is_told_and_not_passed_over(run: Run, people: Path) -> None:
    journal = next(people.glob("journal-*.jsonl"))
    journal.write_bytes(journal.read_bytes().replace("Mẫu".encode(), "Mầu".encode()))
    code, told = run("--book", people, "today")
    assert code == 3, told
    assert _of(told, "damage")


def test_the_list_is_read_by_people_in_vietnamese(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main.main(["--lang", "en", "award", "open", "Khen năm", "--form", "office", "--book", str(people)])
    capsys.readouterr()
    assert main.main(["today", "--book", str(people)]) == 1
    assert f"{TODAY:%d/%m/%Y}" in (told := capsys.readouterr().out)
    assert "Khen năm" in told
    assert os.linesep in told
