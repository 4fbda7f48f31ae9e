"""Reviews, outlooks and standards on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tui.cli.conftest import Run


@pytest.fixture
def office(run: Run, book: Path, roster_file: Path) -> Path:
    """A book of two people, one a reporter, who serve until the end of 2025."""
    import main
    from config.settings.loading import load_settings
    from records.domain.appointments import Appointment
    from records.domain.people.person import Person
    from records.services.office import Office
    from records.services.people.roster import appoint
    from records.store.book import Book

    assert main.main(["--json", "--book", str(book), "roster", "import", str(roster_file)]) in (0, 1)
    with Book.open(book, actor="tester") as opened:
        made = Office(opened, load_settings())
        from datetime import date

        for person in opened.table(Person).all():
            given = Appointment(id="", person=person.id, role="reporter", level="commune", number="1-QĐ/TU")
            import msgspec

            appoint(made, msgspec.structs.replace(given, since=date(2023, 1, 1), until=date(2025, 12, 31)))
    return book


def told(run: Run, office: Path, *words: str | Path) -> tuple[int, Any]:
    return run("--book", office, *words)


def test_a_review_from_opening_to_its_papers(
    run: Run, office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    code, found = told(run, office, "review", "open", "Rà soát mẫu", "--on", "2025-06-15")
    assert (code, found["decided"]) == (0, 0)
    assert found["lines"] == sum(found["outcomes"].values()) > 0
    assert told(run, office, "review", "show")[1]["reviews"][0]["id"] == found["id"]
    whole = told(run, office, "review", "show", "last")[1]
    person = whole["list"][0]["person"]
    said = told(run, office, "review", "set", "last", "--people", person, "--outcome", "end", "--reason", "Nghỉ hưu")
    assert said[1]["decided"] == 1
    assert told(run, office, "review", "set", "last", "--rest")[1]["decided"] == found["lines"]
    code, signed = told(run, office, "review", "sign", "last", "--number", "3-QĐ/BTG", "--day", "2025-06-20")
    assert (code, len(signed["ended"]), signed["signed"]) == (0, 1, "2025-06-20")
    code, difference = told(run, office, "review", "compare", "last", "--day", "2025-06-25")
    assert (code, [each["person"] for each in difference["went"]]) == (1, [person])
    for name in ("list.xlsx", "summary.pdf"):
        path = tmp_path / name
        assert told(run, office, "review", "show", "last", "--paper", path.stem, "--out", path)[0] == 0
        assert path.stat().st_size > 1000


def test_a_wrong_word_is_refused_in_words(run: Run, office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import main

    capsys.readouterr()
    base = ["--lang", "en", "--book", str(office)]
    assert main.main([*base, "review", "show", "TN-R-00099"]) == 2
    assert "There is no review" in capsys.readouterr().err
    assert main.main([*base, "check", "what-if"]) == 2
    assert "Say what is supposed" in capsys.readouterr().err
    assert main.main([*base, "review", "sign", "last", "--number", "1"]) == 2


def test_looking_ahead_and_supposing(run: Run, office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    code, found = told(run, office, "check", "ahead", "--days", "365", "--on", "2025-06-15")
    assert code == 1
    assert {each["day"] for each in found["falls"] if each["criterion"] == "appointment"} == {"2026-01-01"}
    value = ("--standard", "reporter", "--value", "training.times=0", "--on", "2025-06-15")
    code, effect = told(run, office, "check", "what-if", *value)
    assert (code, effect["would"]) == (0, 0)
    person = found["falls"][0]["id"]
    course = ("--person", person, "--role", "reporter", "--course", "2025-06-01", "--on", "2025-06-15")
    supposed = told(run, office, "check", "what-if", *course)[1]
    assert (supposed["now"]["findings"]["training"], supposed["then"]["findings"]["training"]) == ("unknown", "met")


def test_a_standard_is_read_and_changed(run: Run, office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    change = ("training.months=36", "--since", "2025-01-01", "--source", "office-practice", "--confirmed")
    assert told(run, office, "config", "standard", "set", "reporter", *change)[0] == 0
    (standard,) = told(run, office, "config", "standard", "show", "reporter")[1]["standards"]
    months = next(each for each in standard["criteria"] if each["id"] == "training")["months"]
    assert months["values"]["2025-01-01"] == {
        "value": 36, "source": "office-practice", "confidence": "confirmed", "note": "",
    }  # fmt: skip
    assert run("config", "check", office / "config")[0] == 0
