"""A person whose data is restricted goes into nothing new, and whoever is left out is named."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

import main
from tests.tui.cli.conftest import Run
from tests.tui.cli.test_privacy import MAU, THU, office

__all__ = ["office"]
YEAR = ("--from", "2025-01-01", "--to", "2025-12-31")


@pytest.fixture
def held_back(run: Run, office: Path) -> Path:  # pytest's way to name a fixture
    """A book in which the data of the second of two reporters is restricted."""
    assert run("--book", office, "roster", "restrict", MAU, "--reason", "Theo đơn", "--since", "2024-05-01")[0] == 0
    return office


LISTS: list[tuple[str, ...]] = [
    ("roster", "list"),
    ("check",),
    ("check", "ahead"),
    ("training", "needs"),
    ("roster", "export", "{out}/list.csv"),
    ("review", "open", "Rà soát"),
    ("award", "eligible"),
    ("award", "eligible", "--title", "party-merit-year"),
]


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_a_list_names_whom_it_leaves_out(run: Run, held_back: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    code, told = run("--book", held_back, *(each.format(out=tmp_path) for each in words))
    assert code in (0, 1), told
    assert told["left_out"] == [MAU]
    rest = {key: each for key, each in told.items() if key != "left_out"}
    assert MAU not in str(rest)


def test_a_list_that_leaves_nobody_out_says_nothing(run: Run, office: Path) -> None:
    assert "left_out" not in run("--book", office, "roster", "list")[1]


def test_it_is_said_in_words_and_without_the_reason(held_back: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main.main(["--lang", "en", "--book", str(held_back), "roster", "list"])
    out = capsys.readouterr().out
    assert f"Left out: Trần Văn Mẫu ({MAU}), whose data is restricted since 01/05/2024" in out
    assert "Theo đơn" not in out


NEW: list[tuple[str, ...]] = [
    ("award", "propose", "--people", MAU, "--prize", "party-merit-year", "--citation", "Hoàn thành tốt", *YEAR),
    ("training", "call", "TN-E-00002", "--people", MAU),
    ("emulation", "register", "2023-H1", "--role", "reporter", "--people", MAU),
    ("review", "set", "last", "--candidate", MAU, "--role", "communicator", "--level", "commune"),
]


@pytest.mark.parametrize("words", NEW, ids=[" ".join(each[:2]) for each in NEW])
def test_nobody_whose_data_is_restricted_is_entered_anew(run: Run, held_back: Path, words: tuple[str, ...]) -> None:
    book = ("--book", held_back)
    run(*book, "award", "open", "Khen", "--form", "party")
    run(*book, "emulation", "open", "2023-H1", "--role", "reporter", "--empty")
    run(*book, "review", "open", "Rà soát")
    run(*book, "training", "add", "--title", "Lớp mới", "--day", "1/2/2026")
    before = run(*book, "book", "info")[1]["seq"]
    code, told = run(*book, *words)
    assert code == 1, told
    assert "The data of Trần Văn Mẫu is restricted since" in told["error"]["what"]
    assert "lift the restriction first" in told["error"]["do"]
    assert run(*book, "book", "info")[1]["seq"] == before


def pack(run: Run, book: Path, out: Path, *words: object) -> tuple[int, Any]:
    return run("--book", book, "exchange", "pack", "--for", "SC", "--out", out, *map(str, words))


def text_in(path: Path) -> str:
    """The records in a package that is not sealed."""
    raw = path.read_bytes()
    body = path.with_suffix(".zip")
    body.write_bytes(raw[raw.index(b"PK\x03\x04") :])
    with zipfile.ZipFile(body) as archive:
        return "\n".join(archive.read(each).decode("utf-8", "replace") for each in archive.namelist())


def test_a_package_says_whom_it_left_out_and_holds_nothing_of_them(run: Run, held_back: Path, tmp_path: Path) -> None:
    code, told = pack(run, held_back, tmp_path / "a.svx", "--what", "roster,training,verdicts", "--plain")
    assert code == 0, told
    assert (told["left_out"], told["counts"]["people"]) == ([MAU], 1)
    inside = text_in(tmp_path / "a.svx")
    assert THU in inside
    assert MAU not in inside
    code, told = pack(run, held_back, tmp_path / "b.svx", "--what", "roster", "--role", "reporter", "--plain")
    assert (code, told["left_out"], told["counts"]["people"]) == (0, [MAU], 1)
    code, told = pack(run, held_back, tmp_path / "c.svx", "--what", "roster", "--with-restricted", "--plain")
    assert (code, told["left_out"], told["counts"]["people"]) == (0, [], 2)


def test_one_person_whose_data_is_restricted_goes_only_when_asked(run: Run, held_back: Path, tmp_path: Path) -> None:
    code, told = pack(run, held_back, tmp_path / "a.svx", "--person", MAU)
    assert (code, "--with-restricted" in told["error"]["do"]) == (1, True)
    assert not (tmp_path / "a.svx").exists()
    assert pack(run, held_back, tmp_path / "a.svx", "--person", MAU, "--with-restricted")[0] == 0


def test_the_sheet_that_asks_a_unit_for_its_people_leaves_them_out(run: Run, held_back: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    unit = run("--book", held_back, "unit", "list")[1]["units"][0]["id"]
    for who in (THU, MAU):
        assert run("--book", held_back, "roster", "set", who, f"unit={unit}")[0] == 0
    out = tmp_path / "ask.xlsx"
    code, told = run("--book", held_back, "exchange", "request", "--for", unit, "--out", out)
    assert code == 0, told
    sheet: Any = load_workbook(out).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert THU in cells
    assert MAU not in cells
