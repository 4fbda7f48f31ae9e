"""Who issues and signs: the decision says it, else the settings; classes have an issuer and a register of their own."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
import yaml

from config.settings.loading import SHIPPED
from tests.plain_yaml import read_yaml
from tests.tui.cli.conftest import Run

PERIOD = ("--from", "1/1/2025", "--to", "31/12/2025")
SIGNED = ("--signer-title", "GIÁM ĐỐC", "--signer-name", "Người Ký Mẫu")


def words_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.fixture
def people(run: Run, book: Path, tmp_path: Path) -> Path:
    rows = tmp_path / "people.csv"
    rows.write_text("Họ và tên,Ngày sinh\nNguyễn Thị Thử,05/02/1980\nTrần Văn Mẫu,1975\nLê Văn Ví,\n", "utf-8")
    assert run("--book", book, "roster", "import", rows, "--role", "reporter", "--level", "commune")[0] == 0
    return book


def test_a_decision_is_headed_by_whom_it_names_and_so_are_its_papers(people: Path, run: Run, tmp_path: Path) -> None:
    code, told = run(
        *("--book", people, "award", "decide", "--number", "7/QĐ-UBND", "--day", "20/1/2026", *PERIOD),
        *("--prize", "state-merit", "--people", "TN-P-00001", "--citation", "Có thành tích"),
        *("--issuer", "Chủ tịch Ủy ban nhân dân phường Mẫu", "--place", "Phường Mẫu"),
        *("--signer-title", "CHỦ TỊCH", "--signer-name", "Người Ký Mẫu"),
    )
    assert (code, told["issuer"], told["issuer_above"], told["place"]) == (
        *(0, "Chủ tịch Ủy ban nhân dân phường Mẫu", "", "Phường Mẫu"),
    )
    out = tmp_path / "c.pdf"
    assert run("--book", people, "certificate", "print", "--decision", "7/QĐ-UBND", "--out", out)[0] == 0
    (text,) = words_of(out)
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG MẪU" in text
    assert "Phường Mẫu, ngày 20 tháng 01 năm 2026" in text
    assert "BAN XÂY DỰNG ĐẢNG" not in text
    code, _ = run(
        *("--book", people, "award", "correct", "1/2026", "--number", "9/QĐ-UBND", "--day", "25/1/2026"),
        *("--citation", "Có nhiều thành tích", "--issuer", "Ủy ban nhân dân phường Mẫu"),
    )
    assert code == 0
    out = tmp_path / "d.pdf"
    assert run("--book", people, "certificate", "print", "--decision", "9/QĐ-UBND", "--out", out)[0] == 0
    assert "ỦY BAN NHÂN DÂN PHƯỜNG MẪU" in words_of(out)[0]


_DATED = {"description": {"vi": "x", "en": "x"}, "unit": "name", "confidence": "to_confirm"}


def dated(by_day: dict[str, object]) -> dict[str, object]:
    return {
        **deepcopy(_DATED),
        "values": {day: {"value": each, "source": "office-practice"} for day, each in by_day.items()},
    }


def test_issuer_and_signers_by_prize_and_day_are_settings(people: Path, run: Run) -> None:
    def signed(name: str) -> list[dict[str, str]]:
        return [{"mode": "T/M", "body": "BAN THƯỜNG VỤ", "title": "BÍ THƯ", "name": name}]

    own = {
        "form": "party",
        "signs": ["ĐU"],
        "prizes": ["party-merit-year"],
        "name": dated({"2015-01-01": "Đảng ủy phường Mẫu"}),
        "above": dated({"2015-01-01": "Đảng bộ tỉnh Mẫu"}),
        "place": dated({"2015-01-01": "Phường Mẫu"}),
        "signers": dated({"2015-01-01": signed("Người Ký Một"), "2026-03-01": signed("Người Ký Hai")}),
    }
    given = read_yaml(SHIPPED / "issuers.yaml")
    settings = people / "config"
    settings.mkdir(exist_ok=True)
    text = yaml.dump({**given, "issuers": [*given["issuers"], own]}, allow_unicode=True)
    (settings / "issuers.yaml").write_text(text, "utf-8")
    assert run("config", "check", settings)[0] == 0
    found = []
    for person, day, named in ((1, "1/2/2026", ()), (2, "1/4/2026", ()), (3, "1/4/2026", ("--issuer", "Tỉnh ủy Mẫu"))):
        words = ("--number", f"{person}-QĐ/ĐU", "--prize", "party-merit-year", "--day", day, *named)
        about = ("--people", f"TN-P-0000{person}", "--citation", f"Thành tích {person}")
        code, told = run("--book", people, "award", "decide", *words, *about, *PERIOD)
        assert code == 0, told
        found.append([told[each] for each in ("issuer_above", "issuer", "place", "signers")])
    assert found == [
        ["Đảng bộ tỉnh Mẫu", "Đảng ủy phường Mẫu", "Phường Mẫu", ["Người Ký Một"]],
        ["Đảng bộ tỉnh Mẫu", "Đảng ủy phường Mẫu", "Phường Mẫu", ["Người Ký Hai"]],
        ["", "Tỉnh ủy Mẫu", "Phường Mẫu", []],
    ]


@pytest.fixture
def course(people: Path, run: Run) -> str:
    """A class that all three completed, held by a political centre."""
    words = ("--title", "Lớp bồi dưỡng mẫu", "--kind", "course", "--day", "1/9/2026", "--last-day", "3/9/2026")
    held = ("--organiser", "Trung tâm Chính trị Mẫu")
    assert run("--book", people, "training", "add", *words, *held)[0] == 0
    everybody = [f"TN-P-0000{n}" for n in (1, 2, 3)]
    assert run("--book", people, "training", "mark", "TN-E-00001", *(f"{each}=x" for each in everybody))[0] == 0
    for each in everybody:
        assert run("--book", people, "training", "result", "TN-E-00001", each, "--result", "completed")[0] == 0
    return "TN-E-00001"


def test_certificates_of_a_class_bear_the_centre_a_number_a_birth_date_and_a_signature(
    people: Path, course: str, run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "c.pdf"
    words = ("--book", people, "training", "certificates", course, "--on", "5/9/2026", "--out", out)
    code, told = run(*words)
    assert (code, told["error"]["what"], out.exists()) == (2, "Nobody is named who signs", False)
    assert run(*words, *SIGNED, "--number", "mười")[0] == 2
    assert run(*words, *SIGNED, "--number", "41")[0] == 0
    pages = words_of(out)
    assert len(pages) == 3
    for page, number in zip(pages, (41, 42, 43), strict=True):
        assert "TRUNG TÂM CHÍNH TRỊ MẪU" in page
        assert "BAN XÂY DỰNG ĐẢNG" not in page
        assert f"Số {number}/2026" in page
        assert "Người Ký Mẫu" in page
    born = " ".join(pages)
    assert "Sinh ngày 05/02/1980" in born
    assert "Sinh năm 1975" in born
    results = run("--book", people, "training", "result", course)[1]["results"]
    assert sorted(each["certificate"] for each in results) == ["41/2026", "42/2026", "43/2026"]
    assert {(each["certificate_issuer"], each["certificate_day"]) for each in results} == {
        ("Trung tâm Chính trị Mẫu", "2026-09-05")
    }
    assert run("--book", people, "certificate", "verify", out)[0] == 0


def test_a_number_left_out_is_the_next_of_the_register_even_after_an_undo(
    people: Path, course: str, run: Run, tmp_path: Path
) -> None:
    words = ("--book", people, "certificate", "print", "--course", course, "--on", "5/9/2026", *SIGNED, "--out")
    assert run(*words, tmp_path / "a.pdf")[0] == 0
    assert "Số 1/2026" in words_of(tmp_path / "a.pdf")[0]
    assert run("--book", people, "book", "undo")[0] == 0
    assert run(*words, tmp_path / "b.pdf")[0] == 0
    assert "Số 4/2026" in words_of(tmp_path / "b.pdf")[0]
    assert run(*words, tmp_path / "c.pdf", "--reissue")[0] == 0
    assert "Số 4/2026" in words_of(tmp_path / "c.pdf")[0], "a second original bears the same number"
