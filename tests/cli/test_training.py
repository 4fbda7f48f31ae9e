"""`training` as a person types it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_series_is_entered_people_are_called_marked_and_counted(run: Run, book: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Họ và tên,Ngày sinh\nNguyễn Thị Thử,1980\nTrần Văn Mẫu,1975\n", "utf-8")
    assert run("--book", book, "roster", "import", people, "--role", "reporter", "--level", "commune")[0] == 0
    words = ["training", "add", "--title", "Hội nghị tháng {month}/{year}", "--day", "10/1/2026", "--times", "3"]
    code, made = run("--book", book, *words)
    assert code == 0
    assert [each["title"] for each in made["events"]][2] == "Hội nghị tháng 3/2026"
    event = made["events"][0]["id"]
    assert run("--book", book, "training", "call", event, "--role", "all")[1]["called"] == 2
    code, marked = run("--book", book, "training", "mark", event, "TN-P-00001=x", "TN-P-00002=v")
    assert (code, marked["marked"]) == (0, 2)
    listed = run("--book", book, "training", "list", "--to", "31/1/2026")[1]["events"]
    assert [(each["id"], each["percent"]) for each in listed] == [(event, "50.0")]
    groups = run("--book", book, "training", "figures", "--by", "role", "--on", "1/2/2026")[1]["groups"]
    assert [(each["group"], each["came"], each["recorded"]) for each in groups] == [("reporter", 1, 2)]
    past = run("--book", book, "training", "history", "TN-P-00002", "--on", "1/2/2026")[1]
    assert [each["presence"] for each in past["trainings"]] == ["absent"]


def test_wrong_words_are_refused_in_one_sentence(run: Run, book: Path) -> None:
    for words in (
        ("training", "call", "TN-E-00001"),
        ("training", "call", "TN-E-00001", "--people", "TN-P-00001"),
        ("training", "mark", "TN-E-00001", "TN-P-00001=q"),
        ("training", "add", "--title", "A", "--day", "31/2/2026"),
        ("training", "add", "--title", "A", "--day", "1/2/2026", "--hours", "x"),
    ):
        code, answer = run("--book", book, *words)
        assert code == 2
        assert answer["error"]["what"]
