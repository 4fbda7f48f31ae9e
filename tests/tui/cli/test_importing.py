from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import main
from tests.records.intake.building import save
from tests.tui.cli.conftest import Run

_HEAD = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Điện thoại"]


@pytest.fixture(autouse=True)
def _sheets_read_here() -> None:
    """Here every file is read by a process of its own, as at the officer's."""


@pytest.fixture
def known(run: Run, book: Path, tmp_path: Path) -> Path:
    """A book that holds two people of Chi bộ 1."""
    rows: list[list[Any]] = [
        [1, "Nguyễn Văn Hòa", "03/05/1968", "Chi bộ 1", "0900000001"],
        [2, "Ma Bến Trà", "1975", "Chi bộ 1"],
    ]
    assert run("--book", book, "roster", "import", save(tmp_path / "first.xlsx", [_HEAD, *rows]))[0] == 0
    return book


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A later list of the same people, one of them elsewhere, and a new one."""
    rows: list[list[Any]] = [
        [1, "Nguyễn Văn Hoà", 1968, "Chi bộ 1", "0900000009"],
        [2, "Ma Bến Trà", 1975, "Chi bộ 2"],
        [3, "Ma Hoa Sim", 1980, "Chi bộ 1"],
    ]
    return save(tmp_path / "second.xlsx", [_HEAD, *rows])


def test_a_dry_run_tells_everything_in_the_promised_shape(run: Run, known: Path, second: Path) -> None:
    code, told = run("--book", known, "roster", "import", second, "--dry-run")
    assert code == 0
    assert (told["rows"], told["accepted"], told["refused"]) == (3, 2, [])
    assert told["duplicates"] == [{"row": 2, "of": "TN-P-00001"}]
    assert told["people"][1] == {
        "row": 4, "name": "Ma Hoa Sim", "sex": None, "born": "1980", "national_id": "", "phone": "",
        "unit": "Chi bộ 1", "roles": [], "level": None, "position": "", "papers": [], "field_of_study": "",
        "term": {"since": None, "until": None}, "appointments": [],
    }  # fmt: skip
    assert [(each["row"], each["confidence"]) for each in told["matches"]] == [(2, "likely"), (3, "possible")]
    assert told["columns"]["phone"] == "E"


def test_known_people_are_updated_only_where_it_is_said(run: Run, known: Path, second: Path) -> None:
    code, told = run("--book", known, "roster", "import", second, "--update", "--skip", "3")
    assert code == 0
    assert (told["accepted"], told["duplicates"]) == (1, [])
    (update,) = told["updates"]
    assert update["changes"] == [{"field": "phone", "before": "0900000001", "after": "0900000009"}]
    assert [each["field"] for each in update["kept"]] == ["name", "born"]
    people = run("--book", known, "roster", "list")[1]["people"]
    assert sorted(each["name"] for each in people) == ["Ma Bến Trà", "Ma Hoa Sim", "Nguyễn Văn Hòa"]
    assert run("--book", known, "book", "undo")[0] == 0
    people = run("--book", known, "roster", "list")[1]["people"]
    assert sorted(each["name"] for each in people) == ["Ma Bến Trà", "Nguyễn Văn Hòa"]


def test_a_known_person_can_be_somebody_else_after_all(run: Run, known: Path, second: Path) -> None:
    code, told = run("--book", known, "roster", "import", second, "--new", "2", "--update", "3", "--dry-run")
    assert code == 0
    assert [each["name"] for each in told["people"]] == ["Nguyễn Văn Hoà", "Ma Hoa Sim"]
    assert told["updates"][0]["changes"] == [{"field": "unit", "before": "Chi bộ 1", "after": "Chi bộ 2"}]
    assert told["new_units"] == ["Chi bộ 2"]


@pytest.mark.parametrize("words", [("--update", "99"), ("--new", "x"), ("--skip", "7-x"), ("--sheet", "Khác")])
def test_a_choice_that_names_nothing_is_refused(run: Run, known: Path, second: Path, words: tuple[str, str]) -> None:
    code, told = run("--book", known, "roster", "import", second, *words, "--dry-run")
    assert code == 2
    assert told["error"]["do"]


def test_a_column_map_reads_what_no_heading_tells(run: Run, book: Path, tmp_path: Path) -> None:
    (tmp_path / "bare.csv").write_text("1;Ma Bến Trà;1968\n", "utf-8")
    assert run("--book", book, "roster", "import", tmp_path / "bare.csv")[0] == 2
    (tmp_path / "map.yaml").write_text("name: B\nborn: C\nnumber: A\n", "utf-8")
    code, told = run("--book", book, "roster", "import", tmp_path / "bare.csv", "--columns", tmp_path / "map.yaml")
    assert code == 0
    assert [(each["name"], each["born"]) for each in told["people"]] == [("Ma Bến Trà", "1968")]


def test_our_code_comes_before_all_else_and_a_changed_cell_is_a_shown_update(
    run: Run, known: Path, tmp_path: Path
) -> None:
    head = ["Mã số", "Họ và tên", "Ngày sinh", "Điện thoại"]
    rows: list[list[Any]] = [
        ["TN-P-00001", "Nguyễn Văn Hòa", "03/05/1968", "0900000001"],
        ["tn-p-00002", "Ma Bến Trà", "1975", "0900000077"],
        ["TN-P-00099", "Ma Hoa Sim", "1980", ""],
    ]
    path = save(tmp_path / "codes.xlsx", [head, *rows])
    code, told = run("--book", known, "roster", "import", path, "--dry-run")
    assert (code, told["refused"]) == (0, [])
    assert [(each["row"], each["of"], each["confidence"], each["why"]) for each in told["matches"]] == [
        (2, "TN-P-00001", "certain", "code"),
        (3, "TN-P-00002", "certain", "code"),
    ]
    assert told["duplicates"] == [{"row": 2, "of": "TN-P-00001"}]
    assert [(each["id"], each["changes"]) for each in told["updates"]] == [
        ("TN-P-00002", [{"field": "phone", "before": "", "after": "0900000077"}])
    ]
    assert [each["name"] for each in told["people"]] == ["Ma Hoa Sim"]
    assert any("nobody in the book has this code" in each["remark"] for each in told["remarks"] if each["row"] == 4)
    assert run("--book", known, "roster", "import", path, "--skip-duplicates", "--dry-run")[1]["updates"] == []
    assert run("--book", known, "roster", "import", path)[0] == 0
    assert run("--book", known, "roster", "show", "TN-P-00002")[1]["person"]["phone"] == "0900000077"


def test_a_code_of_somebody_else_is_said_and_changes_nothing_by_itself(run: Run, known: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Mã số", "Họ và tên", "Năm sinh"], ["TN-P-00001", "Ma Hoa Sim", "1980"]]
    code, told = run("--book", known, "roster", "import", save(tmp_path / "x.xlsx", rows), "--dry-run")
    assert code == 0
    (match,) = told["matches"]
    assert (match["of"], match["confidence"]) == ("TN-P-00001", "likely")
    assert "another person by name" in match["why"]
    assert (told["updates"], told["people"]) == ([], [])


def test_a_refused_row_says_whose_it_is_and_in_which_cell(
    run: Run, book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[list[Any]] = [["STT", "Họ và tên", "Đơn vị", "Ngày sinh"], [1, "Ma Bến Trà", "Chi bộ 1", "31/02/1980"]]
    path = save(tmp_path / "x.xlsx", rows)
    code, told = run("--book", book, "roster", "import", path, "--dry-run")
    assert code == 1
    (refused,) = told["refused"]
    assert (refused["name"], refused["cell"], refused["value"]) == ("Ma Bến Trà", "D2", "31/02/1980")
    assert main.main(["--book", str(book), "roster", "import", str(path), "--dry-run"]) == 1
    assert "Ma Bến Trà" in capsys.readouterr().out


_POSTS = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Vai trò", "Cấp", "Số quyết định", "Ngày quyết định", "Thời hạn"]


def _appointments(run: Run, book: Path, path: Path) -> list[tuple[str, str, str, str | None]]:
    assert run("--book", book, "roster", "import", path)[0] == 0
    (person,) = run("--book", book, "roster", "list")[1]["people"]
    told = run("--book", book, "roster", "show", person["id"])[1]["appointments"]
    return [(each["role"], each["level"], each.get("number", ""), each.get("since")) for each in told]


def test_two_roles_in_a_cell_are_two_appointments(run: Run, book: Path, tmp_path: Path) -> None:
    row = [1, "Ma Bến Trà", "05/02/1980", "Chi bộ 1", "BCV cấp tỉnh; CTV cấp xã", "", "1-QĐ/TU; 2-QĐ/ĐU"]
    path = save(tmp_path / "x.xlsx", [_POSTS, [*row, "05/07/2020; 01/02/2021"]])
    assert _appointments(run, book, path) == [
        ("reporter", "province", "1-QĐ/TU", "2020-07-05"),
        ("collaborator", "commune", "2-QĐ/ĐU", "2021-02-01"),
    ]


def test_two_rows_of_one_person_are_two_appointments_and_one_undo(run: Run, book: Path, tmp_path: Path) -> None:
    person = ["Ma Bến Trà", "05/02/1980"]
    rows: list[list[Any]] = [
        [1, *person, "Chi bộ 1", "BCV", "tỉnh", "1-QĐ/TU", "05/07/2020", "05/07/2020 - 04/07/2025"],
        [2, *person, "Chi bộ 2", "CTV", "xã", "2-QĐ/ĐU", "01/02/2021", "nhiệm kỳ 2020-2025"],
    ]
    path = save(tmp_path / "x.xlsx", [_POSTS, *rows])
    told = run("--book", book, "roster", "import", path, "--dry-run")[1]
    (one,) = told["people"]
    assert [(each["role"], each["level"], each["unit"]) for each in one["appointments"]] == [
        ("reporter", "province", None),
        ("collaborator", "commune", "Chi bộ 2"),
    ]
    assert one["papers"] == [{"number": "1-QĐ/TU", "day": "2020-07-05"}, {"number": "2-QĐ/ĐU", "day": "2021-02-01"}]
    assert (one["level"], one["term"]) == ("province", {"since": "2020-07-05", "until": "2025-07-04"})
    assert any("further appointment" in each["remark"] for each in told["remarks"] if each["row"] == 3)
    assert (told["duplicates"], told["joined"]) == ([], [{"row": 3, "of": "row 2"}])
    assert [each[0] for each in _appointments(run, book, path)] == ["reporter", "collaborator"]
    assert [each["name"] for each in run("--book", book, "unit", "list")[1]["units"]].count("Chi bộ 2") == 1
    assert run("--book", book, "book", "undo")[0] == 0
    assert run("--book", book, "roster", "list")[1]["people"] == []


def test_a_name_merged_over_two_rows_is_one_person_with_two_appointments(run: Run, book: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [1, "Ma Bến Trà", None, "Chi bộ 1", "BCV", "tỉnh", "1-QĐ/TU"],
        [None, None, None, None, "CTV", "xã", "2-QĐ/ĐU"],
        [2, "Ma Hoa Sim", "1980", "Chi bộ 1"],
    ]
    path = save(tmp_path / "x.xlsx", [_POSTS, *rows], ("A2:A3", "B2:B3", "C2:C3", "D2:D3"))
    told = run("--book", book, "roster", "import", path, "--dry-run")[1]
    assert told["refused"] == []
    assert [(each["name"], each["roles"]) for each in told["people"]] == [
        ("Ma Bến Trà", ["reporter", "collaborator"]),
        ("Ma Hoa Sim", []),
    ]


def test_the_field_of_study_is_kept(run: Run, book: Path, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(
        "Họ và tên;Ngày sinh;Trình độ chuyên môn\nMa Bến Trà;02/03/1985;Cử nhân Luật\nMa Hoa Sim;1980;Đại học\n"
        "Lường Cỏ May;1981;Thạc sĩ chuyên ngành Quản lý công\n",
        "utf-8",
    )
    assert run("--book", book, "roster", "import", tmp_path / "x.csv")[0] == 0
    told = [run("--book", book, "roster", "show", f"TN-P-0000{n}")[1]["person"]["credentials"] for n in (1, 2, 3)]
    assert told == [
        [{"kind": "education", "level": "bachelor", "field": "Luật"}],
        [{"kind": "education", "level": "bachelor"}],
        [{"kind": "education", "level": "master", "field": "Quản lý công"}],
    ]
    out = tmp_path / "out.csv"
    assert run("--book", book, "roster", "export", out, "--columns", "name,education,field_of_study")[0] == 0
    assert "Luật" in out.read_text("utf-8-sig")


def test_nobody_is_put_into_a_unit_that_ended_without_a_word(run: Run, book: Path, tmp_path: Path) -> None:
    for name in ("Phường Cũ Mẫu", "Phường Mới Mẫu"):
        assert run("--book", book, "unit", "add", name)[0] == 0
    merge = ("unit", "merge", "Phường Cũ Mẫu", "--into", "Phường Mới Mẫu", "--since", "1/1/2024")
    assert run("--book", book, *merge)[0] == 0
    rows: list[list[Any]] = [["STT", "Họ và tên", "Năm sinh", "Đơn vị"], [1, "Ma Bến Trà", 1980, "P. Cũ Mẫu"]]
    path = save(tmp_path / "x.xlsx", rows)
    told = run("--book", book, "roster", "import", path, "--dry-run")[1]
    (remark,) = [each for each in told["remarks"] if each["row"] == 2]
    assert "31/12/2023" in remark["remark"]
    assert "Phường Mới Mẫu" in remark["remark"]
    assert any("no longer exists" in each for each in told["notices"])
    (ended,) = told["ended_units"]
    assert ended["rows"] == [2]
    assert run("--book", book, "roster", "import", path, "--successors")[0] == 0
    assert run("--book", book, "roster", "list")[1]["people"][0]["unit"] == "Phường Mới Mẫu"
    told = run("--book", book, "roster", "import", path, "--update", "--dry-run")[1]
    assert [each["changes"] for each in told["updates"]] == [[]]
