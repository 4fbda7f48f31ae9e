"""Rights of a person: all that is held as a file and a paper, restriction, terms of keeping."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest

from tests.records.intake.building import save
from tests.tui.cli.conftest import Run

THU, MAU = "TN-P-00001", "TN-P-00002"
SIGNED = ("--signer-title", "TRƯỞNG BAN", "--signer-name", "Lê Văn Ví")


@pytest.fixture
def office(run: Run, book: Path, tmp_path: Path) -> Path:
    """A book with two reporters, a conference to which they came and a matter of discipline of the first."""
    rows: list[Sequence[Any]] = [
        ("Họ và tên", "Ngày sinh", "Tôn giáo", "Số CCCD"),
        ("Nguyễn Thị Thử", "1980", "Phật giáo", "019180000001"),
        ("Trần Văn Mẫu", "1975", "Không", "019075000002"),
    ]
    people = save(tmp_path / "people.xlsx", rows)
    assert run("--book", book, "roster", "import", people, "--role", "reporter", "--level", "commune")[0] == 0
    assert run("--book", book, "training", "add", "--title", "Hội nghị mẫu", "--day", "1/2/2024")[0] == 0
    assert run("--book", book, "training", "mark", "TN-E-00001", f"{THU}=x", f"{MAU}=v")[0] == 0
    matter = ("roster", "discipline", THU, "--opened", "1/3/2015", "--measure", "warning", "--decided", "2/3/2015")
    assert run("--book", book, *matter)[0] == 0
    return book


def text_of(path: Path) -> str:
    pages = pypdfium2.PdfDocument(path)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def listed(run: Run, book: Path, *more: object) -> list[str]:
    return [each["id"] for each in run("--book", book, "roster", "list", *more)[1]["people"]]


def test_all_that_is_held_of_a_person_is_one_file(run: Run, office: Path, tmp_path: Path) -> None:
    out = tmp_path / "held.json"
    assert run("--book", office, "roster", "held", THU, "--out", out)[0] == 0
    told = json.loads(out.read_text("utf-8"))
    assert told["person"]["religion"] == "Phật giáo"
    assert {table: len(rows) for table, rows in told["records"].items()} == {
        "appointments": 1,
        "attendance": 1,
        "discipline": 1,
    }
    assert "roster.import" in [each["action"] for each in told["changes"]]
    assert "Mẫu" not in json.dumps(told["records"], ensure_ascii=False)  # nothing of the other
    assert run("--book", office, "roster", "held", THU, "--out", tmp_path / "again.json")[0] == 0
    again = json.loads((tmp_path / "again.json").read_text("utf-8"))
    assert [Path(each["file"]).name for each in again["exports"]] == ["held.json"]  # that it left is held as well
    assert set(again["exports"][0]["sensitive"]) >= {"religion", "national_id"}


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_all_that_is_held_is_a_paper_in_words(run: Run, office: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"held.{ending}"
    assert run("--book", office, "roster", "held", THU, "--out", out)[0] == 0
    if ending == "pdf":
        told = text_of(out)
        assert "Nguyễn Thị Thử" in told
        assert "Phật giáo" in told
        assert "Hội nghị mẫu" in told
        assert "Trần Văn Mẫu" not in told


def test_what_is_no_file_for_it_leaves_nothing(run: Run, office: Path, tmp_path: Path) -> None:
    code, told = run("--book", office, "roster", "held", THU, "--out", tmp_path / "held.txt")
    assert (code, "json" in told["error"]["do"]) == (2, True)
    assert run("--book", office, "roster", "held", "TN-P-00077", "--out", tmp_path / "held.json")[0] == 2
    assert not list(tmp_path.glob("held.*"))


def test_a_restricted_person_is_in_no_list_unasked(run: Run, office: Path, tmp_path: Path) -> None:
    words = ("roster", "restrict", THU, "--reason", "Đơn ngày 02/5/2024")
    assert run("--book", office, *words)[0] == 0
    assert listed(run, office) == [MAU]
    assert listed(run, office, "--restricted") == [MAU, THU]
    assert [each["id"] for each in run("--book", office, "check")[1]["people"]] == [MAU]
    out = tmp_path / "list.csv"
    assert run("--book", office, "roster", "export", out)[1]["people"] == 1
    code, told = run("--book", office, "certificate", "print", "--cards", THU, "--out", tmp_path / "c.pdf", *SIGNED)
    assert (code, "Đơn ngày 02/5/2024" in told["error"]["what"], (tmp_path / "c.pdf").exists()) == (1, True, False)
    code, told = run("--book", office, *words)
    assert (code, "restricted since" in told["error"]["what"]) == (1, True)
    assert run("--book", office, "roster", "lift", THU, "--reason", " ")[0] == 2
    assert run("--book", office, "roster", "lift", THU, "--reason", "Rút đơn")[0] == 0
    assert listed(run, office) == [MAU, THU]
    assert run("--book", office, "roster", "lift", THU, "--reason", "Rút đơn")[0] == 1


def test_what_was_kept_for_its_term_is_due(run: Run, office: Path) -> None:
    code, told = run("--book", office, "retention", "due", "--on", "1/3/2021")
    assert (code, told["due"]) == (0, [])
    code, told = run("--book", office, "retention", "due", "--on", "2/3/2021")
    assert code == 1
    assert [(each["kind"], each["person"], each["due"]) for each in told["due"]] == [("discipline", THU, "2021-03-02")]
    assert told["due"][0]["confidence"] == "to_confirm"
    assert "attendance" in told["without_term"]
    items = run("--book", office, "today", "--on", "2/3/2021")[1]["items"]
    assert [each["about"] for each in items if each["kind"] == "retention"] == [THU]


def test_a_term_of_the_offices_own_counts_from_its_day(run: Run, office: Path) -> None:
    (office / "config").mkdir(exist_ok=True)
    shipped = Path("config/data/privacy.yaml").read_text("utf-8")
    own = shipped.replace("{value: 60, source: office-practice", "{value: 12, source: office-practice")
    assert own != shipped
    (office / "config" / "privacy.yaml").write_text(own, "utf-8")
    told = run("--book", office, "retention", "due", "--on", "2/3/2017")[1]["due"]
    assert [each["due"] for each in told] == ["2017-03-02"]


def test_a_term_is_set_by_a_command_from_a_day_on(run: Run, office: Path) -> None:
    assert run("--book", office, "config", "set", "retention.attendance", "24")[0] == 0
    code, told = run("--book", office, "retention", "due")
    assert (code, [each["kind"] for each in told["due"]]) == (1, ["discipline", "attendance", "attendance"])
    assert "attendance" not in told["without_term"]
    assert run("--book", office, "config", "set", "retention.attendance", "soon")[0] == 2
    assert run("--book", office, "config", "set", "retention.attendance", "-")[0] == 0
    assert [each["kind"] for each in run("--book", office, "retention", "due")[1]["due"]] == ["discipline"]


def test_the_record_of_processing_names_data_terms_and_exports(run: Run, office: Path, tmp_path: Path) -> None:
    assert (
        run("--book", office, "roster", "export", tmp_path / "ds.csv", "--columns", "name,religion", "--sensitive")[0]
        == 0
    )
    out = tmp_path / "so.pdf"
    assert run("--book", office, "privacy", "record", "--out", out)[0] == 0
    told = text_of(out)
    assert "ds.csv" in told
    assert "91/2025/QH15" in told
    assert "2 hồ sơ" in told


def test_the_report_of_a_breach_leaves_room_for_what_was_not_said(run: Run, office: Path, tmp_path: Path) -> None:
    day = f"{date.today():%d/%m/%Y}"
    out = tmp_path / "bc.pdf"
    assert run("--book", office, "privacy", "breach", "--found", day, "--what", "Mất một USB", "--out", out)[0] == 0
    told = text_of(out)
    assert "Mất một USB" in told
    assert "[ghi số người]" in told
    assert "nguyên vẹn" in told
    code, told = run(
        "--book", office, "privacy", "breach", "--happened", day, "--found", "1/1/2024", "--out", tmp_path / "x.pdf"
    )
    assert (code, (tmp_path / "x.pdf").exists()) == (2, False)
