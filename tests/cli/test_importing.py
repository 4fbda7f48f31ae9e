from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.records.intake.building import save

_HEAD = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Điện thoại"]


@pytest.fixture
def known(run: Run, book: Path, tmp_path: Path) -> Path:
    """A book that holds two people of Chi bộ 1."""
    rows = [[1, "Nguyễn Văn Hòa", "03/05/1968", "Chi bộ 1", "0900000001"], [2, "Ma Bến Trà", "1975", "Chi bộ 1"]]
    assert run("--book", book, "roster", "import", save(tmp_path / "first.xlsx", [_HEAD, *rows]))[0] == 0
    return book


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A later list of the same people, one of them elsewhere, and a new one."""
    rows = [
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
        "unit": "Chi bộ 1", "roles": [],
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
