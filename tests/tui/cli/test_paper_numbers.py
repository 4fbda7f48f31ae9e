"""Numbers of papers: a series for each kind, by term or year; the next is offered, a taken one refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli.test_papers import PERIOD, SIGNER, Call, call, decide, docx_words, listed

__all__ = ["call", "listed"]


@pytest.fixture
def numbering(listed: Call) -> Call:
    """The book with a list, whose settings say what follows a number and when the term began."""
    assert listed("config", "set", "office.number_suffix", "QĐ/BXDĐ")[0] == 0
    assert listed("config", "set", "office.term", "2025–2030", "--from", "1/7/2025")[0] == 0
    return listed


def write(call: Call, kind: str, out: Path, *words: str) -> tuple[int, str]:
    """A paper of the list, as an exit code and its words."""
    code, told = call("award", "paper", kind, *SIGNER, "--to", "Đảng ủy", "--out", out, "--overwrite", *words)
    return code, docx_words(out) if code == 0 else " ".join(told["error"].values())


def test_every_kind_has_its_own_series_in_the_term_and_the_next_number_is_offered(
    numbering: Call, tmp_path: Path
) -> None:
    out = tmp_path / "a.docx"
    code, text = write(numbering, "proposal", out, "--number", "next", "--day", "20/12/2025", "--issue")
    assert code == 0
    assert "Số 01-TTr/BXDĐ" in text
    assert numbering("award", "open", "Khen thưởng đợt 2", "--day", "7/1/2026")[0] == 0
    words = ("--prize", "party-merit-year", "--citation", "Có thành tích", *PERIOD, "--people", "TN-P-00004")
    assert numbering("award", "propose", *words, "--day", "7/1/2026")[0] == 0
    code, text = write(numbering, "proposal", out, "--number", "1", "--day", "7/1/2026")
    assert code == 1, "the term goes on over the turn of the year"
    assert "01-TTr/BXDĐ" in text
    assert "the next of this series is 02-TTr/BXDĐ" in text
    code, text = write(numbering, "proposal", out, "--number", "2", "--day", "7/1/2026")
    assert code == 0
    assert text.count("02-TTr/BXDĐ") == 2, "the submission and its list"
    assert numbering("award", "submit", "--number", "next", "--day", "7/1/2026")[1]["number"] == "02-TTr/BXDĐ"
    code, told = numbering("award", "council", "--members", "9", "--present", "8", "--number", "next", "--all", "8")
    assert code == 0, "minutes count for themselves"
    code, told = numbering("award", "numbers", "--day", "8/1/2026")
    assert code == 0
    found = {each["series"]: (each["next"], each["term"], each["first"], each["free"]) for each in told["series"]}
    assert found["-TTr/BXDĐ"] == ("03-TTr/BXDĐ", "2025–2030", "2025-07-01", [])


def test_a_term_that_begins_begins_its_numbers_anew(numbering: Call) -> None:
    decide(numbering, "07-QĐ/BXDĐ", "20/12/2025", "TN-P-00004", *SIGNER)
    assert numbering("config", "set", "office.term", "2026–2031", "--from", "1/2/2026")[0] == 0
    decide(numbering, "07-QĐ/BXDĐ", "2/2/2026", "TN-P-00005", *SIGNER)
    for day, following in (("31/1/2026", "08-QĐ/BXDĐ"), ("3/2/2026", "08-QĐ/BXDĐ")):
        _, told = numbering("award", "numbers", "--day", day)
        (series,) = [each for each in told["series"] if each["series"] == "-QĐ/BXDĐ"]
        assert (series["next"], series["given"], series["free"]) == (following, 1, [1, 2, 3, 4, 5, 6])


def test_numbers_of_the_state_begin_with_the_year_and_two_bodies_have_each_their_own(call: Call) -> None:
    signer = ("--signer-title", "CHỦ TỊCH", "--signer-name", "Người Ký Mẫu")

    def state(number: str, day: str, person: int, issuer: str) -> int:
        code, _ = call(
            *("award", "decide", "--number", number, "--day", day, "--prize", "state-merit", *signer),
            *("--people", f"TN-P-0000{person}", "--citation", f"Có thành tích {person}", "--issuer", issuer),
            *("--from", f"1/{person}/2024", "--to", f"20/{person}/2024"),
        )
        return int(code)

    ward, city = "Chủ tịch Ủy ban nhân dân phường Mẫu", "Chủ tịch Ủy ban nhân dân tỉnh Ví Dụ"
    assert state("7/QĐ-UBND", "1/12/2025", 1, ward) == 0
    assert state("07/QĐ-UBND", "2/12/2025", 2, ward) == 1, "a zero before it makes no other number"
    assert state("07/QĐ-UBND", "2/12/2025", 2, "Ủy ban nhân dân phường Mẫu") == 1, "the same body by another name"
    assert state("7/QĐ-UBND", "2/12/2025", 2, city) == 0
    assert state("7/QĐ-UBND", "2/1/2026", 3, ward) == 0, "a new year"


def test_a_decision_without_number_names_the_next_and_next_takes_it(numbering: Call) -> None:
    decide(numbering, "09-QĐ/BXDĐ", "20/12/2025", "TN-P-00004", *SIGNER)
    words = ("--prize", "party-merit-year", "--people", "TN-P-00005", "--citation", "Thành tích khác", *PERIOD)
    code, told = numbering("award", "decide", "--day", "9/1/2026", *words)
    assert code == 2
    assert "10-QĐ/BXDĐ" in told["error"]["do"]
    code, told = numbering("award", "decide", "--day", "9/1/2026", *words, "--number", "next")
    assert (code, told["number"]) == (0, "10-QĐ/BXDĐ")


def test_next_is_refused_where_the_settings_do_not_say_how_it_is_written(listed: Call, tmp_path: Path) -> None:
    code, text = write(listed, "proposal", tmp_path / "a.docx", "--number", "next", "--day", "7/1/2026")
    assert code == 2
    assert "office.number_suffix" in text
    assert not (tmp_path / "a.docx").exists()
