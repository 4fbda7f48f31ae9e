from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import main
from tests.records.intake.building import save
from tests.tui.cli.conftest import Run

_DUTIES = ("training", "duties")
_NOUNS: dict[str, tuple[str, ...]] = {
    "roster": ("roster",),
    "units": ("unit",),
    "awards": ("award",),
    "discipline": ("roster", "discipline"),
    "credentials": ("roster", "credentials"),
    "duties": _DUTIES,
}


@pytest.fixture
def staffed(run: Run, book: Path, tmp_path: Path) -> Path:
    """A book with three people, two of them of one name."""
    rows: list[list[Any]] = [
        ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
        [1, "Ma Bến Trà", "05/02/1980", "Chi bộ 1"],
        [2, "Ma Hoa Sim", "1975", "Chi bộ 1"],
        [3, "Ma Hoa Sim", "1981", "Chi bộ 2"],
    ]
    assert run("--book", book, "roster", "import", save(tmp_path / "people.xlsx", rows))[0] == 0
    return book


def _file(tmp_path: Path, *rows: Sequence[Any]) -> Path:
    return save(tmp_path / "list.xlsx", rows)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("key", _NOUNS)
def test_an_empty_template_is_read_by_its_own_import(
    run: Run, book: Path, tmp_path: Path, key: str, language: str, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"template.{ending}"
    assert main.main(["--lang", language, "--json", *_NOUNS[key], "template", "--out", str(out)]) == 0
    written = json.loads(capsys.readouterr().out)
    code, told = run("--book", book, *_NOUNS[key], "import", out, "--dry-run")
    assert (code, told["rows"], told["refused"], told["unread"]) == (0, 0, [], [])
    assert len(told["columns"]) == len(written["columns"])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_template_of_attendance_is_read_by_training_import(
    run: Run, staffed: Path, tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "template.xlsx"
    assert main.main(["--lang", language, "training", "template", "--out", str(out)]) == 0
    capsys.readouterr()
    made = run("--book", staffed, "training", "add", "--title", "Lớp mẫu", "--day", "1/3/2026")[1]["events"][0]["id"]
    from openpyxl import load_workbook

    workbook = load_workbook(out)
    sheet = workbook.active
    assert sheet is not None
    heads = [cell.value for cell in sheet[3]]
    sheet.append([])
    for column, value in ((1, "TN-P-00002"), (2, "Ma Hoa Sim"), (5, "x")):
        sheet.cell(4, column, value)
    workbook.save(out)
    assert len(heads) == 10
    code, told = run("--book", staffed, "training", "import", made, out, "--dry-run")
    assert code == 0
    assert [(each["person"], each["presence"]) for each in told["rows"]] == [("TN-P-00002", "present")]


def test_a_template_does_not_take_the_place_of_a_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "template.xlsx"
    assert run("unit", "template", "--out", out)[0] == 0
    assert run("unit", "template", "--out", out)[0] == 2
    assert run("unit", "template", "--out", out, "--overwrite")[0] == 0
    assert run("unit", "template", "--out", tmp_path / "template.doc")[0] == 2


def test_units_come_in_with_the_unit_above_them(run: Run, book: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["STT", "Đơn vị", "Đơn vị cấp trên", "Cụm thi đua", "Loại"],
        [1, "Xã Suối Mẫu", "", "Cụm 1", ""],
        [2, "Chi bộ xóm Mẫu", "X. Suối Mẫu", "", ""],
        [3, "Chi bộ lạc", "Xã Không Có", "", ""],
        [4, "Trạm Mẫu", "", "", "nhà"],
        ["", "", "", "Tổng cộng: 4", ""],
    ]
    path = _file(tmp_path, *rows)
    code, told = run("--book", book, "unit", "import", path, "--dry-run")
    assert (code, told["rows"], told["accepted"], told["entered"]) == (1, 4, 2, 0)
    assert [(each["row"], each["cell"], each["name"]) for each in told["refused"]] == [
        (4, "C4", "Chi bộ lạc"),
        (5, "E5", "Trạm Mẫu"),
    ]
    assert [each["row"] for each in told["remarks"]] == [6]
    assert run("--book", book, "unit", "import", path)[0] == 1
    units = {each["name"]: each for each in run("--book", book, "unit", "list")[1]["units"]}
    assert units["Xã Suối Mẫu"]["kind"] == "commune"
    assert units["Xã Suối Mẫu"]["cluster"] == "Cụm 1"
    assert units["Chi bộ xóm Mẫu"]["parent"] == units["Xã Suối Mẫu"]["id"]
    again = run("--book", book, "unit", "import", path, "--dry-run")[1]
    assert (again["accepted"], [each["row"] for each in again["duplicates"]]) == (0, [2, 3])
    rows[1][3] = "Cụm 2"
    changed = run("--book", book, "unit", "import", _file(tmp_path, *rows), "--dry-run")[1]
    assert changed["updates"][0]["changes"] == [{"field": "cluster", "before": "Cụm 1", "after": "Cụm 2"}]
    assert run("--book", book, "book", "undo")[0] == 0
    assert "Xã Suối Mẫu" not in {each["name"] for each in run("--book", book, "unit", "list")[1]["units"]}


def test_units_that_would_lie_below_themselves_are_refused(run: Run, book: Path, tmp_path: Path) -> None:
    run("--book", book, "unit", "add", "Xã Mẫu Một")
    run("--book", book, "unit", "add", "Xóm Mẫu Hai", "--parent", "Xã Mẫu Một")
    path = _file(tmp_path, ["Đơn vị", "Đơn vị cấp trên"], ["Xã Mẫu Một", "Xóm Mẫu Hai"])
    code, told = run("--book", book, "unit", "import", path)
    assert code == 1
    assert "below itself" in told["refused"][0]["problem"]


def test_duties_come_in_by_person_and_month(run: Run, staffed: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [
            "Mã số",
            "Họ và tên",
            "Ngày sinh",
            "Tháng",
            "Số buổi nói chuyện",
            "Số người nghe",
            "Báo cáo phải nộp",
            "Đúng hạn",
        ],
        ["TN-P-00001", "Ma Bến Trà", "", "3/2026", 2, "1.250", 1, 1],
        ["", "Ma Bến Trà", "05/02/1980", "4/2026", 1, 40, "", ""],
        ["", "Ma Hoa Sim", "", "3/2026", 1, 10, "", ""],
        ["", "Ma Bến Trà", "1980", "5/2026", "hai", "", "", ""],
        ["TN-P-00099", "Ai Đó", "", "3/2026", 1, 1, "", ""],
        ["TN-P-00002", "Ma Hoa Sim", "", "3/2026", 0, 10, "", ""],
    ]
    code, told = run("--book", staffed, *_DUTIES, "import", _file(tmp_path, *rows))
    assert (code, told["rows"], told["entered"]) == (1, 6, 2)
    assert [(each["row"], each["name"]) for each in told["refused"]] == [
        (4, "Ma Hoa Sim"),
        (5, "Ma Bến Trà"),
        (6, "Ai Đó"),
        (7, "Ma Hoa Sim"),
    ]
    assert [each["why"] for each in told["matches"] if each["row"] == 2] == ["code"]
    whole = run("--book", staffed, *_DUTIES, "list", "--from", "1/2026", "--to", "4/2026")[1]["whole"]
    assert (whole["talks"], whole["listeners"]) == (3, 1290)
    assert run("--book", staffed, *_DUTIES, "import", _file(tmp_path, *rows), "--as", "4=TN-P-00003")[1]["entered"] == 1
    assert run("--book", staffed, "book", "undo")[0] == 0
    assert run("--book", staffed, "book", "undo")[0] == 0
    assert run("--book", staffed, *_DUTIES, "list", "--from", "1/2026")[1]["people"] == []


def test_discipline_comes_in_and_lapses_by_the_rule(run: Run, staffed: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Mã", "Họ và tên", "Ngày bắt đầu", "Hình thức", "Ngày công bố", "Số quyết định"],
        ["TN-P-00001", "Ma Bến Trà", "01/02/2025", "Khiển trách", "05/03/2025", "3-QĐ/UBKT"],
        ["TN-P-00002", "Ma Hoa Sim", "01/02/2026", "", "", ""],
        ["TN-P-00003", "Ma Hoa Sim", "01/02/2026", "Cảnh cáo", "", ""],
        ["TN-P-00003", "Ma Hoa Sim", "01/02/2026", "Nhắc nhở", "02/02/2026", ""],
    ]
    path = _file(tmp_path, *rows)
    code, told = run("--book", staffed, "roster", "discipline", "import", path)
    assert (code, told["entered"], [each["row"] for each in told["refused"]]) == (1, 2, [4, 5])
    assert told["people"][0]["lapses"] == "2026-03-05"
    assert run("--book", staffed, "roster", "discipline", "import", path)[1]["entered"] == 0
    assert run("--book", staffed, "roster", "discipline", "import")[0] == 2
    assert run("--book", staffed, "roster", "discipline", "TN-P-00001", path)[0] == 2


def test_levels_and_papers_come_in_and_fill_what_is_known(run: Run, staffed: Path, tmp_path: Path) -> None:
    head = ["Mã", "Họ và tên", "Loại", "Mức", "Giấy tờ", "Nơi cấp", "Ngày cấp"]
    rows: list[list[Any]] = [
        ["TN-P-00001", "Ma Bến Trà", "Học vấn", "Cử nhân Luật", "", "", ""],
        ["TN-P-00001", "Ma Bến Trà", "LLCT", "Trung cấp", "Bằng", "Trường Chính trị Mẫu", "06/2019"],
        ["TN-P-00001", "Ma Bến Trà", "Ngoại ngữ", "Anh B1", "", "", ""],
        ["TN-P-00001", "Ma Bến Trà", "LLCT", "Thợ", "", "", ""],
    ]
    code, told = run("--book", staffed, "roster", "credentials", "import", _file(tmp_path, head, *rows))
    assert (code, told["entered"], [each["cell"] for each in told["refused"]]) == (1, 3, ["D5"])
    held = run("--book", staffed, "roster", "show", "TN-P-00001")[1]["person"]["credentials"]
    assert [(each["kind"], each["level"], each.get("field", "")) for each in held] == [
        ("education", "bachelor", "Luật"),
        ("political_theory", "intermediate", ""),
        ("language", "Anh B1", ""),
    ]
    assert (held[1]["evidence"], held[1]["issued"]) == ("diploma", "2019-06")
    row = ["TN-P-00001", "Ma Bến Trà", "Học vấn", "Đại học", "Bằng", "Đại học Mẫu", "2002"]
    told = run("--book", staffed, "roster", "credentials", "import", _file(tmp_path, head, row))[1]
    assert [each["field"] for each in told["updates"][0]["changes"]] == ["evidence", "issuer", "issued"]
    (first, *_) = run("--book", staffed, "roster", "show", "TN-P-00001")[1]["person"]["credentials"]
    assert (first["field"], first["issuer"]) == ("Luật", "Đại học Mẫu")


def test_past_awards_take_no_number_of_ours_and_no_money(run: Run, staffed: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Mã", "Họ và tên", "Hình thức khen thưởng", "Số quyết định", "Ngày quyết định", "Cơ quan khen thưởng", "Năm"],
        ["TN-P-00001", "Ma Bến Trà", "Giấy khen", "12/QĐ-UBND", "05/01/2020", "UBND huyện Mẫu", 2019],
        ["TN-P-00002", "Ma Hoa Sim", "Giấy khen", "12/QĐ-UBND", "05/01/2020", "UBND huyện Mẫu", 2019],
        ["TN-P-00002", "Ma Hoa Sim", "Huân chương Mẫu hạng Ba", "99/QĐ-CTN", "01/09/2021", "Chủ tịch nước", 2020],
        ["TN-P-00003", "Ma Hoa Sim", "Giấy khen", "", "05/01/2020", "UBND huyện Mẫu", 2019],
        ["TN-P-00003", "Ma Hoa Sim", "Giấy khen", "13/QĐ-UBND", "05/01/2020", "UBND huyện Mẫu", ""],
    ]
    path = _file(tmp_path, *rows)
    code, told = run("--book", staffed, "award", "import", path, "--dry-run")
    assert (code, told["accepted"], [each["cell"] for each in told["refused"]]) == (1, 3, ["D5", "G6"])
    assert [(each["prize"], each["money"], each["register"]) for each in told["people"]] == [
        ("state-merit", 0, ""),
        ("state-merit", 0, ""),
        ("Huân chương Mẫu hạng Ba", 0, ""),
    ]
    assert run("--book", staffed, "award", "import", path)[1]["entered"] == 3
    decisions = run("--book", staffed, "award", "list")[1]["decisions"]
    assert [(each["number"], each["awards"], each["money"]) for each in decisions] == [
        ("99/QĐ-CTN", 1, 0),
        ("12/QĐ-UBND", 2, 0),
    ]
    assert run("--book", staffed, "award", "register")[1]["rows"] == []
    life = run("--book", staffed, "roster", "show", "TN-P-00002")[1]["life"]
    assert any("Huân chương Mẫu hạng Ba" in each["words"] for each in life)
    assert run("--book", staffed, "award", "import", path)[1]["entered"] == 0
    assert run("--book", staffed, "book", "undo")[0] == 0
    assert run("--book", staffed, "award", "list")[1]["decisions"] == []


@pytest.mark.parametrize("noun", [("unit",), ("award",), _DUTIES, ("roster", "credentials"), ("roster", "discipline")])
def test_a_file_that_is_no_such_list_costs_one_sentence(
    run: Run, book: Path, tmp_path: Path, noun: tuple[str, ...]
) -> None:
    path = _file(tmp_path, ["Cột lạ", "Cột khác"], ["a", "b"])
    code, told = run("--book", book, *noun, "import", path, "--dry-run")
    assert code == 2
    assert "no heading for" in told["error"]["what"]
    assert told["error"]["do"]


def test_a_sheet_is_meant_by_its_exact_name_before_one_alike_but_for_accents(
    run: Run, staffed: Path, tmp_path: Path
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for title, talks in (("Bảng", 3), ("Bang", 7)):
        sheet = book.create_sheet(title)
        sheet.append(["Họ và tên", "Ngày sinh", "Tháng", "Số buổi nói chuyện"])
        sheet.append(["Ma Bến Trà", "05/02/1980", "01/2025", talks])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "two.xlsx")
    for wanted, talks in (("Bang", 7), ("Bảng", 3), ("BẢNG", 3)):
        code, told = run("--book", staffed, *_DUTIES, "import", tmp_path / "two.xlsx", "--sheet", wanted, "--dry-run")
        assert code == 0, told
        assert int(told["people"][0]["talks"]) == talks, list(told["people"][0].items())[4:]
    code, told = run("--book", staffed, *_DUTIES, "import", tmp_path / "two.xlsx", "--sheet", "Khác")
    assert code == 2
    assert "Bảng, Bang" in told["error"]["do"]
