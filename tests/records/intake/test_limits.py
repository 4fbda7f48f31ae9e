"""A hostile file costs one sentence: the process that reads it has limits, and may die alone."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import main
from config.errors import InputError
from records.intake.files import sheets
from records.intake.files.sheets import Limits, read_sheets
from tests.records.intake.building import read, save

_LIST: list[list[Any]] = [["STT", "Họ và tên", "Đơn vị"], [1, "Ma Bến Trà", "Chi bộ 1"]]


@pytest.fixture(autouse=True)
def _sheets_read_here() -> None:
    """Here every file is read by a process of its own, as at the officer's."""


def _instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the process that reads do something else."""
    monkeypatch.setattr(sheets, "_program", lambda: [sys.executable, "-c", code])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import time; time.sleep(60)", "ended after 1 seconds"),
        ("while True: pass", "ended after 1 seconds"),
        ("import signal; signal.raise_signal(signal.SIGXCPU)", "ended after 1 seconds"),
        ("import os; os.abort()", "too large"),
        ("import os; os.kill(os.getpid(), 9)", "too large"),
        ("import os; os.kill(os.getpid(), 11)", "damaged"),
        ("raise ValueError", "damaged"),
        ("print('no answer')", "damaged"),
        ("", "damaged"),
    ],
)
def test_whatever_becomes_of_the_reading_process_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, words: str
) -> None:
    path = save(tmp_path / "list.xlsx", _LIST)
    _instead(monkeypatch, code)
    with pytest.raises(InputError, match=words) as caught:
        read_sheets(path, Limits(seconds=1))
    assert caught.value.where == str(path)
    assert caught.value.do


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in a folder there")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "list.csv"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="a pipe, not a file") as caught:
        read_sheets(pipe)
    assert caught.value.where == str(pipe)


def test_a_process_without_limits_of_its_own_is_watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "list.xlsx", _LIST)
    _instead(monkeypatch, "import time; held = b'x' * (200 << 20); time.sleep(60)")
    with pytest.raises(InputError, match="too large"):
        read_sheets(path, Limits(seconds=60, megabytes=100))


def _with_part(path: Path, name: str, part: bytes) -> Path:
    whole = save(path.with_name("whole.xlsx"), _LIST)
    with zipfile.ZipFile(whole) as source:
        members = {each: source.read(each) for each in source.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for each, data in (members | {name: part}).items():
            made.writestr(each, data)
    return path


_SHEET = "xl/worksheets/sheet1.xml"
_MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_END = b"</sheetData></worksheet>"


def test_a_small_file_of_many_cells_asks_for_no_more_memory_than_it_may(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = b"<row>" + b"<c><v>1.5</v></c>" * 2_000 + b"</row>"
    bomb = _with_part(tmp_path / "bomb.xlsx", _SHEET, _MAIN + row * 2_000 + b"</sheetData></worksheet>")
    assert bomb.stat().st_size < 1_000_000
    monkeypatch.setenv("SOVANG_READ_MEGABYTES", "60")
    monkeypatch.setenv("SOVANG_READ_SECONDS", "120")
    monkeypatch.setenv("SOVANG_BOOK", str(tmp_path / "none.sovang"))
    code = main.main(["roster", "import", str(bomb), "--dry-run", "--lang", "en"])
    told = capsys.readouterr()
    assert code == 2
    assert "too large" in told.err + told.out
    assert "Traceback" not in told.err + told.out


@pytest.mark.parametrize("reference", [b"XFD1048576", b"ZZZZZZ9", b"A99999999", b"1", b"", b"$A$0"])
def test_a_cell_in_no_place_of_a_sheet_is_one_sentence(tmp_path: Path, reference: bytes) -> None:
    cell = b'<row><c t="inlineStr" r="%s"><is><t>x</t></is></c></row>' % reference
    path = _with_part(tmp_path / "far.xlsx", _SHEET, _MAIN + b'<row><c r="A1"><v>1</v></c></row>' + cell + _END)
    with pytest.raises(InputError, match=r"cell far away|damaged"):
        read_sheets(path)


@pytest.mark.parametrize(
    "head", [b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b'<!DOCTYPE a SYSTEM "file:///etc/hostname">', b"<!DOCTYPE a>"]
)
def test_a_workbook_that_defines_entities_is_refused(tmp_path: Path, head: bytes) -> None:
    path = _with_part(tmp_path / "list.xlsx", _SHEET, head + _MAIN + b"</sheetData></worksheet>")
    with pytest.raises(InputError, match="damaged"):
        read_sheets(path)


def test_a_cell_longer_than_a_cell_can_be_is_refused_with_its_place(tmp_path: Path) -> None:
    cells = b'<c t="inlineStr"><is><t>%s</t></is></c>'
    head = b"".join(cells % each.encode() for each in ("STT", "Họ và tên", "Đơn vị"))
    row = b"<c><v>1</v></c>" + cells % "Ma Bến Trà".encode() + cells % (b"x" * 30_000_000)
    sheet = _MAIN + b"<row>" + head + b"</row><row>" + row + b"</row></sheetData></worksheet>"
    found = read(_with_part(tmp_path / "long.xlsx", _SHEET, sheet))
    assert [(each.row, each.column) for each in found.refused] == [(2, "Đơn vị (C)")]
    assert "more than 32767 signs" in str(found.refused[0].problem)


@pytest.mark.parametrize("ending", ["csv", "html"])
def test_a_long_cell_of_a_text_is_refused_too(tmp_path: Path, ending: str) -> None:
    rows = (("STT", "Họ và tên", "Đơn vị"), ("1", "Ma Bến " * 20_000, "Chi bộ 1"))
    if ending == "csv":
        told = "\n".join(";".join(row) for row in rows)
    else:
        told = "<table>" + "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in rows) + "</table>"
    (tmp_path / f"list.{ending}").write_text(told, "utf-8")
    (refused,) = read(tmp_path / f"list.{ending}").refused
    assert (refused.row, refused.column) == (2, "Họ và tên (B)")
    assert "more than 32767 signs" in str(refused.problem)


def test_larger_files_may_take_more_and_the_office_may_say_how_much(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Limits().of(1_000) == Limits(8, 1024)
    assert Limits().of(10 * 2**20) == Limits(16, 2048)
    monkeypatch.setenv("SOVANG_READ_SECONDS", "20")
    assert Limits(9, 2048).here() == Limits(20, 2048)


def test_a_packed_program_reads_by_its_own_flag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    program = sheets._program()
    assert program == [sys.executable, "--read-one-file"]
    monkeypatch.setattr(sheets, "_program", lambda: [sys.executable, "-m", "main", *program[1:]])
    assert read(save(tmp_path / "list.xlsx", _LIST)).drafts[0].name == "Ma Bến Trà"
