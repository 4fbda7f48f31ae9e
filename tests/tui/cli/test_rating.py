"""Ratings, absences, discipline of units and the comparison of settings, as a person types them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from config.settings.loading import SHIPPED
from tests.tui.cli.conftest import Run

YEAR = ("--from", "1/1/2025", "--to", "31/12/2025")


@pytest.fixture
def office(run: Run, book: Path) -> Path:
    """Two people of whom one is a Party member."""
    post = ("--role", "reporter", "--level", "commune", "--number", "5-QĐ/TU", "--since", "2020-01-01")
    assert run("--book", book, "roster", "add", "name=Nguyễn Thị Thử", "party_official=2010-01-01", *post)[0] == 0
    assert run("--book", book, "roster", "add", "name=Trần Văn Mẫu", *post)[0] == 0
    return book


def _decide(run: Run, office: Path, number: str, prize: str, *more: str) -> tuple[int, dict[str, object]]:
    words = ("--day", "15/2/2026", "--people", "TN-P-00001", "--citation", "Hoàn thành nhiệm vụ năm 2025", *YEAR)
    return run("--book", office, "award", "decide", "--number", number, "--prize", prize, *words, *more)


def _verdict(run: Run, office: Path, title: str, *more: str) -> str:
    words = ("--year", "2025", "--day", "15/2/2026", "--title", title, "--people", "TN-P-00001")
    return str(run("--book", office, "award", "eligible", *words, *more)[1]["judged"][0]["verdict"])


def test_a_rating_of_its_kind_makes_the_title_met_and_can_be_taken_out(run: Run, office: Path) -> None:
    assert _verdict(run, office, "party-merit-year") == "unknown"
    rated = ("TN-P-00001", "--year", "2025", "--rating", "excellent", "--kind")
    code, found = run("--book", office, "rating", "set", *rated, "official")
    assert (code, found["kind"], found["rating"]) == (0, "official", "excellent")
    assert _verdict(run, office, "party-merit-year") == "unknown"
    assert _verdict(run, office, "state-merit") == "met"
    assert run("--book", office, "rating", "set", *rated, "party")[0] == 0
    assert _verdict(run, office, "party-merit-year") == "met"
    assert run("--book", office, "rating", "set", *rated[:3], "--rating", "good", "--kind", "party")[0] == 0
    assert [each["kind"] for each in run("--book", office, "rating", "show", "TN-P-00001")[1]["ratings"]] == [
        "official", "party",
    ]  # fmt: skip
    assert _verdict(run, office, "party-merit-year") == "not_met"
    assert run("--book", office, "rating", "remove", "TN-P-00001", "--year", "2025", "--kind", "party")[0] == 0
    assert _verdict(run, office, "party-merit-year") == "unknown"
    assert run("--book", office, "rating", "remove", "TN-P-00001", "--year", "2025", "--kind", "party")[0] == 2
    assert run("--book", office, "rating", "set", "TN-P-09999", *rated[1:], "party")[0] == 2


def test_not_met_is_refused_with_its_reason_and_not_enough_data_is_entered_and_said(run: Run, office: Path) -> None:
    rated = ("rating", "set", "TN-P-00001", "--year", "2025", "--kind", "party", "--rating")
    assert run("--book", office, *rated, "good")[0] == 0
    code, refused = _decide(run, office, "05-QĐ/ĐU", "party-merit-year")
    assert (code, "2025: Good" in refused["error"]["what"]) == (2, True)  # type: ignore[index]
    code, looked = _decide(run, office, "15/QĐ-UBND", "state-merit", "--dry-run")
    assert (code, looked["dry_run"], len(looked["warnings"])) == (0, True, 1)  # type: ignore[arg-type]
    assert run("--book", office, "award", "list")[1]["decisions"] == []
    code, entered = _decide(run, office, "15/QĐ-UBND", "state-merit", "--issuer", "CHỦ TỊCH UBND XÃ MẪU")
    assert (code, entered["issuer"], entered["warnings"]) == (0, "CHỦ TỊCH UBND XÃ MẪU", looked["warnings"])


def test_a_spreadsheet_of_ratings_enters_all_or_nothing(run: Run, office: Path, tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (
        ["KẾT QUẢ XẾP LOẠI NĂM 2025"],
        ["STT", "Họ và tên", "Mã số", "Xếp loại", "Loại xếp loại"],
        [1, "Nguyễn Thị Thử", "TN-P-00001", "Hoàn thành xuất sắc nhiệm vụ", "Đảng viên"],
        [2, "Trần Văn Mẫu", None, "HTTNV", "Người lao động"],
        [3, "Trần Văn Mẫu", "TN-P-00001", "Giỏi", "Đảng viên"],
    ):
        sheet.append(row)
    path = tmp_path / "xep-loai.xlsx"
    workbook.save(path)
    words = ("--book", office, "rating", "import", path, "--year", "2025")
    code, found = run(*words, "--dry-run")
    assert (code, found["rows"], found["entered"], len(found["refused"])) == (1, 3, 2, 1)
    assert found["refused"] == [
        {
            "row": 5,
            "name": "Trần Văn Mẫu",
            "column": "Xếp loại (D)",
            "cell": "D5",
            "value": "Giỏi",
            "problem": "“Giỏi” is no rating",
        }
    ]
    code, told = run(*words)
    assert (code, "row 5, Trần Văn Mẫu, column Xếp loại (D), “Giỏi”" in told["error"]["what"]) == (2, True)
    assert run("--book", office, "rating", "show", "TN-P-00001")[1]["ratings"] == []
    sheet.delete_rows(5)
    workbook.save(path)
    assert run(*words)[1]["entered"] == 2
    (rating,) = run("--book", office, "rating", "show", "TN-P-00002")[1]["ratings"]
    assert (rating["kind"], rating["rating"], rating["year"]) == ("worker", "good", 2025)
    assert run(*words)[1]["entered"] == 0


def test_a_unit_under_verification_and_an_expelled_person_are_not_commended(run: Run, office: Path) -> None:
    unit = run("--book", office, "unit", "list")[1]["units"][0]["id"]
    words = ("unit", "discipline", unit, "--opened", "1/2/2026")
    assert run("--book", office, *words)[1]["state"] in ("pending", "none")
    refused = run(
        "--book", office, "award", "decide", "--number", "15/QĐ-UBND", "--prize", "model-commune", "--day", "15/2/2026",
        "--people", unit, "--citation", "Xã tiêu biểu", *YEAR,
    )  # fmt: skip
    assert (refused[0], "verification" in refused[1]["error"]["what"]) == (2, True)
    out = ("--opened", "1/3/2023", "--measure", "expulsion", "--decided", "1/3/2023")
    assert run("--book", office, "roster", "discipline", "TN-P-00001", *out)[1]["lapses"] is None
    less = ("--opened", "1/3/2023", "--measure", "reprimand", "--decided", "1/3/2023")
    assert run("--book", office, "roster", "discipline", "TN-P-00002", *less)[1]["lapses"] == "2024-03-01"
    assert _verdict(run, office, "party-merit-year") == "not_met"


def test_an_absence_is_recorded_once(run: Run, office: Path) -> None:
    words = ("roster", "absence", "TN-P-00001", "--kind", "maternity", "--from")
    assert run("--book", office, *words, "1/2/2025", "--to", "31/7/2025")[1]["kind"] == "maternity"
    assert run("--book", office, *words, "1/7/2025", "--to", "31/8/2025")[0] == 2
    assert run("--book", office, *words, "1/9/2025", "--to", "31/8/2025")[0] == 2


def test_a_file_is_compared_and_only_then_taken_over(run: Run, office: Path, tmp_path: Path) -> None:
    rated = ("rating", "set", "TN-P-00001", "--year", "2025", "--kind", "party", "--rating", "good")
    assert run("--book", office, *rated)[0] == 0
    title = (SHIPPED / "awards/titles/party-merit-year.yaml").read_text("utf-8")
    path = tmp_path / "moi.yaml"
    path.write_text(title.replace("at_least: excellent", "at_least: good"), "utf-8")
    words = ("--book", office, "config", "compare", path, "--on", "15/2/2026")
    code, found = run(*words)
    assert code == 0
    assert [(each["place"], each["before"], each["after"]) for each in found["changes"]] == [
        ("conditions.class.at_least", "excellent", "good")
    ]
    assert [(each["subject"], each["before"], each["after"]) for each in found["gain"]] == [
        ("TN-P-00001", "not_met", "met")
    ]
    assert (found["fall"], found["unknown"]) == ([], [])
    assert found["cost"] == {"before": 0, "after": 710_000}
    assert _verdict(run, office, "party-merit-year") == "not_met"
    lines = len(run("--book", office, "book", "log")[1]["changes"])
    assert run(*words, "--accept")[1]["accepted"] is True
    assert len(run("--book", office, "book", "log")[1]["changes"]) == lines + 1
    assert _verdict(run, office, "party-merit-year") == "met"
    assert run("--book", office, "book", "undo")[0] == 0
    assert _verdict(run, office, "party-merit-year") == "not_met"


def test_standards_prizes_and_tables_are_compared_and_other_files_refused(
    run: Run, office: Path, tmp_path: Path
) -> None:
    def compared(name: str, old: str, new: str) -> tuple[int, dict[str, object]]:
        text = (SHIPPED / name).read_text("utf-8")
        assert old in text
        path = tmp_path / "moi.yaml"
        path.write_text(text.replace(old, new), "utf-8")
        return run("--book", office, "config", "compare", path, "--on", "15/2/2026")

    code, standard = compared("standards/reporter.yaml", "kind: document_present\n    id: resume", "kind: document_present\n    id: cv")  # fmt: skip  # noqa: E501
    places = {str(each["place"]).rpartition(".")[0] for each in standard["changes"]}  # type: ignore[attr-defined]
    assert (code, places) == (0, {f"criteria.{each}{part}" for each in ("cv", "resume") for part in ("", ".title")})
    assert compared("awards/prizes.yaml", "0.3, source: nd-152", "0.4, source: nd-152")[0] == 0
    assert compared("scoring/reporter.yaml", "value: 90, source: qd-366", "value: 95, source: qd-366")[0] == 0
    assert compared("roles.yaml", "Reporter", "Speaker")[0] == 2
    assert compared("standards/reporter.yaml", "source: office-practice", "source: nowhere")[0] == 2


def test_a_new_value_begins_today_and_a_correction_is_said(run: Run, office: Path) -> None:
    words = ("--book", office, "config", "standard", "set", "reporter", "training.months=36", "--source", "office-practice")  # fmt: skip  # noqa: E501
    code, found = run(*words)
    months = next(each for each in found["standard"]["criteria"] if each["id"] == "training")["months"]["values"]
    assert (code, found["rewrites"], months["2015-01-01"]["value"], months[found["since"]]["value"]) == (0, False, 24, 36)  # fmt: skip  # noqa: E501
    assert run("--book", office, "book", "undo")[0] == 0
    found = run(*words, "--correct")[1]
    months = next(each for each in found["standard"]["criteria"] if each["id"] == "training")["months"]["values"]
    assert (found["rewrites"], found["since"], months["2015-01-01"]["value"]) == (True, "2015-01-01", 36)


def test_check_finds_values_that_begin_late_and_says_what_nobody_looked_at(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "config"
    (own / "standards").mkdir(parents=True)
    shutil.copy(SHIPPED / "standards/reporter.yaml", own / "standards/reporter.yaml")
    path = own / "standards/reporter.yaml"
    path.write_text(path.read_text("utf-8").replace("reviewed_on: 2026-11-23", "reviewed_on: 2020-01-05"), "utf-8")
    code, found = run("--demo", "config", "check", own)
    assert code == 0
    assert [each for each in found["notices"] if "65 months: standards/reporter" in each]
    late = path.read_text("utf-8").replace("2015-01-01: {value: 70", "2026-01-01: {value: 70")
    path.write_text(late, "utf-8")
    code, found = run("config", "check", own)
    assert (code, "01/01/2015" in found["problems"][0]["what"]) == (2, True)
    assert "standards/reporter: attendance.percent" in found["problems"][0]["where"]


def test_a_value_that_begins_late_makes_one_verdict_unknown_and_not_a_crash(run: Run, office: Path) -> None:
    folder = office / "config" / "standards"
    folder.mkdir(parents=True)
    text = (SHIPPED / "standards/reporter.yaml").read_text("utf-8")
    (folder / "reporter.yaml").write_text(text.replace("2015-01-01: {value: 70", "2026-01-01: {value: 70"), "utf-8")
    code, found = run("--book", office, "check", "--on", "15/6/2025")
    assert code in (0, 1), found
