"""Who may enter and not see: no refusal, preview or hint tells what is held, and each says who may see it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tui.cli.test_access import THU, As, _quick, by

__all__ = ["_quick", "by"]
YEAR = ("--from", "2025-01-01", "--to", "2025-06-30", "--day", "2025-12-16")
PARTY = ("--prize", "party-merit-year", "--citation", "Hoàn thành tốt", *YEAR)
HELD = ("Phật giáo", "0900000001", "019180000001", "2015", "2016", "03/02", "777", "discipline", "warning", "probation")
"""What is held of the person, or says what is."""
WITHHELD = "What stands against it is not shown here: Nguyễn Thị Thử"


@pytest.fixture
def blind(by: As, monkeypatch: pytest.MonkeyPatch) -> As:  # pytest's way to name a fixture
    """A book in which much is held of a person, and officers may do all but see it; binh is one, lan keeper."""
    held = ("born=05/02/1980", "national_id=019180000001", "party_probation=03/02/2015", "party_official=03/02/2016")
    for words in (
        ("roster", "set", THU, *held),
        ("unit", "add", "Xã Mẫu", "--kind", "commune"),
        ("roster", "discipline", THU, "--opened", "03/02/2015", "--number", "777-KL/UBKT"),
        ("award", "open", "Khen", "--form", "party"),
        ("access", "allow", "officer", "decide", "export", "export_sensitive"),
        ("access", "deny", "officer", "sensitive"),
    ):
        code, told = by("lan", *words)
        assert code == 0, told
    return by


def _told(told: Any, typed: str = "") -> str:
    """An answer; nothing that is held stands in it but what was typed."""
    words = json.dumps(told, ensure_ascii=False)
    shown = [each for each in HELD if each in words and each not in typed]
    assert not shown, words
    return words


REFUSED: list[tuple[str, ...]] = [
    ("award", "propose", "--people", THU, *PARTY),
    ("award", "decide", "--number", "12-QĐ/ĐU", "--people", THU, *PARTY),
    ("award", "decide", "--number", "12-QĐ/ĐU", "--people", THU, *PARTY, "--dry-run"),
    ("roster", "set", THU, "party_official=01/01/2001"),
]


@pytest.mark.parametrize("words", REFUSED, ids=[" ".join((*each[:2], each[-1])) for each in REFUSED])
def test_a_refusal_says_that_its_reason_is_withheld_and_who_may_see_it(blind: As, words: tuple[str, ...]) -> None:
    code, told = blind("lan", *words)
    assert (code in (1, 2), WITHHELD in told["error"]["what"]) == (True, False)
    before = blind("", "book", "info")[1]["seq"]
    code, told = blind("binh", *words)
    assert code in (1, 2), told
    assert told["error"] == {"what": WITHHELD, "where": "", "do": "ask who may see it: lan"}
    _told(told)
    assert blind("", "book", "info")[1]["seq"] == before


def test_what_is_odd_with_what_is_held_is_no_hint(blind: As) -> None:
    assert blind("lan", "roster", "set", THU, "sex=male")[1]["hints"].keys() == {"national_id"}
    code, told = blind("binh", "roster", "set", THU, "position=Trưởng ban")
    assert (code, told["hints"]) == (0, {})


def _csv(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def test_the_preview_of_a_list_says_what_would_stand_and_not_what_stands(blind: As, tmp_path: Path) -> None:
    heads = "Mã,Họ và tên,Ngày sinh,Số CCCD,Tôn giáo,Điện thoại,Chức vụ"
    row = f"{THU},Nguyễn Thị Thử,05/02/1980,019180000001,Không,0911111111,Phó ban"
    file = _csv(tmp_path / "people.csv", heads, row)
    code, told = blind("binh", "roster", "import", file, "--dry-run", "--update")
    assert code == 0, told
    _told(told, typed=row)
    changes = {each["field"]: (each["before"], each["after"]) for each in told["updates"][0]["changes"]}
    assert changes == {
        "national_id": ("…", "019180000001"),  # that it stands there already is not told either
        "religion": ("…", "Không"),
        "phone": ("…", "0911111111"),
        "position": ("", "Phó ban"),
    }
    assert blind("binh", "roster", "import", file, "--update")[0] == 0
    shown = blind("lan", "roster", "show", THU)[1]["person"]
    assert (shown["religion"], shown["phone"], shown["national_id"]) == ("Không", "0911111111", "019180000001")


def test_a_day_that_the_book_knows_better_stays_and_is_not_told(blind: As, tmp_path: Path) -> None:
    file = _csv(tmp_path / "people.csv", "Mã,Họ và tên,Ngày vào Đảng dự bị", f"{THU},Nguyễn Thị Thử,2015")
    code, told = blind("binh", "roster", "import", file, "--update")
    assert (code, told["updates"][0]["kept"]) == (0, [])
    _told(told, typed="2015 probation")
    assert blind("lan", "roster", "show", THU)[1]["person"]["party_probation"] == "2015-02-03"


def test_somebody_known_by_a_number_is_told_without_it(blind: As, tmp_path: Path) -> None:
    file = _csv(tmp_path / "people.csv", "Họ và tên,Ngày sinh,Số CCCD", "Lê Thị Khác,1980,019180000001")
    code, told = blind("binh", "roster", "import", file, "--dry-run", "--role", "reporter", "--level", "commune")
    assert code in (0, 1), told
    assert told["matches"][0]["why"] == "Rests on data that is not shown here"
    assert "Nguyễn Thị Thử" not in _told(told, typed="019180000001")


def test_a_matter_known_already_is_not_told_by_its_list(blind: As, tmp_path: Path) -> None:
    row = f"{THU},Nguyễn Thị Thử,03/02/2015,01/03/2019"
    heads = "Mã,Họ và tên,Ngày bắt đầu,Ngày kết thúc không kỷ luật"
    file = _csv(tmp_path / "matters.csv", heads, row)
    code, told = blind("binh", "roster", "discipline", "import", file, "--dry-run")
    assert code == 0, told
    assert {each["before"] for each in told["updates"][0]["changes"]} == {"…"}
    _told(told, typed="2015 03/02 discipline")


PAPERS: list[tuple[str, ...]] = [
    ("roster", "held", THU, "--out", "{out}/a.pdf"),
    ("roster", "export", "{out}/a.pdf", "--columns", "name,position,religion", "--sensitive"),
    ("award", "paper", "profile", "--people", THU, "--out", "{out}/a.pdf"),
]


@pytest.mark.parametrize("words", PAPERS, ids=[" ".join(each[:2]) for each in PAPERS])
def test_a_file_that_one_may_not_see_is_refused_before_it_is_drawn(
    blind: As, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """What cannot be drawn of it would be named: here a letter that no font has."""
    assert blind("lan", "roster", "set", THU, "religion=Phật giáo 𖿠", "residence=𖿠", "native_place=𖿠")[0] == 0
    typed = [each.format(out=tmp_path) for each in words]
    assert "𖿠" in blind("lan", *typed)[1]["error"]["what"]
    code, told = blind("binh", *typed)
    assert (code, told["error"]["do"]) == (1, "ask who may: lan"), told
    assert "𖿠" not in _told(told)
    assert not (tmp_path / "a.pdf").exists()


def test_all_that_is_held_counts_matters_of_discipline_among_what_is_sensitive(blind: As, tmp_path: Path) -> None:
    blank = [f"{each}=" for each in ("religion", "phone", "national_id", "party_probation", "party_official")]
    assert blind("lan", "roster", "set", THU, *blank)[0] == 0
    assert blind("lan", "roster", "held", THU, "--out", tmp_path / "a.json")[0] == 0
    assert blind("lan", "roster", "exports")[1]["exports"][0]["sensitive"] == ["discipline"]
    assert blind("lan", "access", "looks", "--limit", "1")[1]["looks"][0]["fields"] == ["discipline"]
