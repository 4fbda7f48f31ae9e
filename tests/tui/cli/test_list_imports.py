from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import main
from config.settings.loading import SHIPPED
from records.domain.awards.awards import Award
from records.store.book import Book
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
    "initiatives": ("initiative",),
    "registrations": ("registration",),
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


_PAPER = ("12/QĐ-UBND", "05/01/2020", "UBND huyện Mẫu", 2019)
_PAST_HEAD = ("Mã", "Họ và tên", "Đơn vị", "Tập thể", "Hình thức khen thưởng", "Số quyết định", "Ngày quyết định",
              "Cơ quan khen thưởng", "Năm")  # fmt: skip


def test_past_awards_of_collectives_stand_beside_those_of_people(run: Run, staffed: Path, tmp_path: Path) -> None:
    first = {each["name"]: each["id"] for each in run("--book", staffed, "unit", "list")[1]["units"]}["Chi bộ 1"]
    rows: list[list[Any]] = [
        list(_PAST_HEAD),
        ["TN-P-00001", "Ma Bến Trà", "Chi bộ 1", "", "Giấy khen", *_PAPER],
        ["", "", "", "CB 1", "Giấy khen", *_PAPER],
        ["", "", "", first, "Cờ Mẫu của huyện", *_PAPER],
        ["", "", "Chi bộ 2", "", "Tập thể lao động tiên tiến", *_PAPER],
        [first, "", "", "Chi bộ 1", "Giấy khen", "7-QĐ/HU", *_PAPER[1:]],
    ]
    path = _file(tmp_path, *rows)
    command = ("--book", staffed, "award", "import", path)
    code, told = run(*command, "--dry-run")
    assert (code, told["accepted"], told["entered"], told["refused"]) == (0, 5, 0, [])
    assert [(each["row"], each["id"], each["prize"]) for each in told["people"]] == [(2, "TN-P-00001", "state-merit")]
    assert [(each["row"], each["name"], each["prize"], each["money"], each["register"]) for each in told["units"]] == [
        (3, "Chi bộ 1", "state-merit-collective", 0, ""),
        (4, "Chi bộ 1", "Cờ Mẫu của huyện", 0, ""),
        (5, "Chi bộ 2", "advanced-collective", 0, ""),
        (6, "Chi bộ 1", "Giấy khen", 0, ""),
    ]
    assert [each["unit"] for each in told["units"] if each["id"] == first] == [first] * 3
    ((row, remark),) = [(each["row"], each["remark"]) for each in told["remarks"]]
    assert row == 6
    assert "party-cell-merit-year, party-cell-merit-five-years" in remark
    assert run(*command)[1]["entered"] == 5
    again = run(*command)[1]
    assert (again["entered"], [each["row"] for each in again["duplicates"]]) == (0, [2, 3, 4, 5, 6])
    held = run("--book", staffed, "unit", "show", first)[1]["awards"]
    assert [(each["prize"], each["number"], each["from"], each["register"]) for each in held] == [
        ("state-merit-collective", "12/QĐ-UBND", "2019-01-01", ""),
        ("Cờ Mẫu của huyện", "12/QĐ-UBND", "2019-01-01", ""),
        ("Giấy khen", "7-QĐ/HU", "2019-01-01", ""),
    ]
    assert run("--book", staffed, "award", "register")[1]["rows"] == []
    assert run("--book", staffed, "book", "undo")[0] == 0
    assert run("--book", staffed, "unit", "show", first)[1]["awards"] == []
    assert run("--book", staffed, "award", "list")[1]["decisions"] == []


@pytest.mark.parametrize(
    ("who", "cell", "part"),
    [
        (("", "Ma Bến Trà", "", "Chi bộ 1"), "D2", "a person and a collective"),
        (("", "", "Chi bộ 1", ""), "B2", "names a unit and nobody in it"),
        (("", "", "", "Chi bộ Không Có"), "D2", "there is no unit “Chi bộ Không Có”"),
        (("", "", "-", "-"), "B2", "neither a person nor a collective"),
        (("UNIT", "", "", "Chi bộ 2"), "D2", "belongs to Chi bộ 1"),
        (("TN-P-00001", "", "", "Chi bộ 2"), "D2", "a person and a collective"),
        (("TN-P-00099", "", "", ""), "A2", "nobody in the book has the code"),
    ],
)
def test_a_past_award_in_doubt_of_whom_it_is_for_is_refused(
    run: Run, staffed: Path, tmp_path: Path, who: tuple[str, ...], cell: str, part: str
) -> None:
    units = {each["name"]: each["id"] for each in run("--book", staffed, "unit", "list")[1]["units"]}
    said = [units["Chi bộ 1"] if each == "UNIT" else each for each in who]
    path = _file(tmp_path, _PAST_HEAD, [*said, "Giấy khen", *_PAPER])
    code, told = run("--book", staffed, "award", "import", path)
    assert (code, told["entered"], [each["cell"] for each in told["refused"]]) == (1, 0, [cell])
    assert part in told["refused"][0]["problem"]


def test_a_list_of_units_alone_and_units_that_are_no_more(run: Run, staffed: Path, tmp_path: Path) -> None:
    assert run("--book", staffed, "unit", "merge", "Chi bộ 1", "--into", "Chi bộ 2", "--since", "1/7/2025")[0] == 0
    path = _file(tmp_path, ["Đơn vị", *_PAST_HEAD[4:]], ["Chi bộ 1", "Giấy khen", *_PAPER])
    code, told = run("--book", staffed, "award", "import", path)
    assert (code, told["entered"], [each["name"] for each in told["units"]]) == (0, 1, ["Chi bộ 1"])
    ((column, remark),) = [(each["column"], each["remark"]) for each in told["remarks"]]
    assert column == "Đơn vị (A)"
    assert "taken over by: Chi bộ 2" in remark


@pytest.mark.parametrize(("language", "head"), [("vi", "Tập thể được khen"), ("en", "Collective commended")])
def test_the_template_of_awards_takes_collectives_in_both_languages(
    staffed: Path, tmp_path: Path, language: str, head: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "template.xlsx"
    assert main.main(["--lang", language, "award", "template", "--out", str(out)]) == 0
    workbook = openpyxl.load_workbook(out)
    sheet = workbook.active
    assert sheet is not None
    at = [cell.value for cell in sheet[3]].index(head)
    filled: list[Any] = ["Chi bộ 1", "Giấy khen", *_PAPER]
    for column, value in enumerate(filled, at + 1):
        sheet.cell(4, column, value)
    workbook.save(out)
    capsys.readouterr()
    assert main.main(["--lang", language, "--json", "--book", str(staffed), "award", "import", str(out)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(each["name"], each["prize"]) for each in told["units"]] == [("Chi bộ 1", "state-merit-collective")]
    assert main.main(["--lang", language, "--book", str(staffed), "unit", "show", "Chi bộ 1"]) == 0
    assert "12/QĐ-UBND" in capsys.readouterr().out


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


@pytest.mark.parametrize(("serial", "day"), [(43831, "2024-01-02"), (5012024, "2024-01-05")])
def test_days_of_other_lists_are_counted_from_the_epoch_of_the_workbook(
    run: Run, staffed: Path, tmp_path: Path, serial: int, day: str
) -> None:
    path = _file(
        tmp_path, ["Họ và tên", "Năm sinh", "Hình thức", "Ngày công bố"], ["Ma Bến Trà", 1980, "Cảnh cáo", serial]
    )
    workbook = openpyxl.load_workbook(path)
    workbook.epoch = CALENDAR_MAC_1904
    workbook.save(path)
    told = run("--book", staffed, "roster", "discipline", "import", path, "--dry-run")[1]
    assert [each["decided"] for each in told["people"]] == [day]


def _hide(path: Path) -> None:
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Danh sách"]
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    workbook.save(path)


def test_hidden_rows_of_other_lists_are_told_and_left_out_unless_taken(run: Run, staffed: Path, tmp_path: Path) -> None:
    head = ["Họ và tên", "Năm sinh", "Tháng", "Số cuộc", "Số cuộc"]
    path = _file(tmp_path, head, ["Ma Bến Trà", 1980, "3/2026", 9, 1], ["Ma Hoa Sim", 1975, "3/2026", 9, 2])
    _hide(path)
    command = ("--book", staffed, *_DUTIES, "import", path, "--dry-run")
    told = run(*command)[1]
    assert [(each["row"], each["talks"]) for each in told["people"]] == [(2, 1)]
    assert any("left out: rows 3" in each for each in told["notices"])
    assert any("(D) is hidden, and was not read" in each for each in told["notices"])
    taken = run(*command, "--hidden", "take")[1]
    assert [(each["row"], each["talks"]) for each in taken["people"]] == [(2, 1), (3, 2)]


def test_a_decision_merged_over_several_rows_is_that_of_each(run: Run, staffed: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Họ và tên", "Năm sinh", "Danh hiệu", "Số quyết định", "Ngày quyết định", "Cơ quan quyết định", "Năm"],
        ["Ma Bến Trà", 1980, "Bằng khen", "12/QĐ", "1/3/2024", "UBND tỉnh", 2023],
        ["Ma Hoa Sim", 1975],
    ]
    path = save(tmp_path / "list.xlsx", rows, [f"{column}2:{column}3" for column in "CDEFG"])
    told = run("--book", staffed, "award", "import", path, "--dry-run")[1]
    assert told["refused"] == []
    assert [each["number"] for each in told["people"]] == ["12/QĐ", "12/QĐ"]


@pytest.mark.parametrize("line", ["Tổng cộng: 2", "Cộng", "NGƯỜI LẬP BIỂU", "Xã Mẫu, ngày 5 tháng 3 năm 2026"])
def test_a_total_or_a_signature_below_a_list_becomes_no_unit(run: Run, book: Path, tmp_path: Path, line: str) -> None:
    path = _file(tmp_path, ["Đơn vị", "Loại"], ["Xã Mường Mẫu", "xã"], [line, None])
    told = run("--book", book, "unit", "import", path, "--dry-run")[1]
    assert [each["name"] for each in told["units"]] == ["Xã Mường Mẫu"]
    assert [(each["row"], each["remark"]) for each in told["remarks"]] == [(3, "a total or a signature; left out")]


def test_a_field_of_study_is_shown_and_belongs_to_education(run: Run, staffed: Path, tmp_path: Path) -> None:
    head = ["Họ và tên", "Năm sinh", "Loại", "Trình độ", "Chuyên ngành"]
    law = ["Ma Bến Trà", 1980, "chuyên môn", "Đại học", "Luật"]
    path = _file(tmp_path, head, law, ["Ma Hoa Sim", 1975, "ngoại ngữ", "B1", "Tiếng Anh"])
    told = run("--book", staffed, "roster", "credentials", "import", path, "--dry-run")[1]
    assert ("field", "Luật") in [(one["field"], one["after"]) for one in told["updates"][0]["changes"]]
    assert [(each["row"], each["cell"]) for each in told["refused"]] == [(3, "E3")]


def test_a_year_of_past_awards_is_the_office_s_own_year_of_achievement(run: Run, staffed: Path, tmp_path: Path) -> None:
    own = staffed / "config"
    own.mkdir(exist_ok=True)
    text = (SHIPPED / "practice.yaml").read_text("utf-8")
    (own / "practice.yaml").write_text(text.replace('value: "01-01"', 'value: "11-15"'), "utf-8")
    heads = [
        "Mã",
        "Họ và tên",
        "Hình thức khen thưởng",
        "Số quyết định",
        "Ngày quyết định",
        "Cơ quan khen thưởng",
        "Năm",
    ]
    row = ["TN-P-00001", "Ma Bến Trà", "Giấy khen", "12/QĐ-UBND", "05/01/2020", "UBND huyện Mẫu", 2019]
    assert run("--book", staffed, "award", "import", _file(tmp_path, heads, row))[1]["entered"] == 1
    with Book.open(staffed, actor="test", read_only=True) as book:
        (award,) = book.table(Award)
    assert (award.achieved_from, award.achieved_to) == (date(2018, 11, 15), date(2019, 11, 14))
