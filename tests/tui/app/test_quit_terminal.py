"""Ctrl+Q ends the program at once whatever is being read, and nothing that reads outlives it."""

from __future__ import annotations

import sys
from pathlib import Path

import psutil
import pytest

import main

if sys.platform == "win32":  # the harness needs a Unix terminal
    pytest.skip("no pseudo-terminal here", allow_module_level=True)

from tests.tui.offices import digit_of
from tests.tui.terminal import Terminal, program

pytestmark = pytest.mark.terminal

FILE_HANGS = """
import sys, main
from records.intake.files import sheets
hangs = "import os, time; open('{pid}', 'w').write(f'{{os.getpid()}} '); time.sleep(9000)"
sheets._program = lambda: [sys.executable, "-c", hangs]
sys.exit(main.main(sys.argv[1:]))
"""
"""The process that reads the file never ends."""
MATCHING_HANGS = """
import sys, time, main
from records.services.imports import intake
def preview(*given, **more):
    open('{pid}', 'w').write('0 ')
    while True: time.sleep(0.01)
intake.preview = preview
sys.exit(main.main(sys.argv[1:]))
"""
"""What is done with the rows never ends, and never asks whether it is to stop."""


@pytest.fixture
def book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "office.sovang"
    assert main.main(["--lang", "vi", "book", "new", str(path)]) == 0
    (tmp_path / "list.csv").write_text("Họ và tên,Đơn vị\nHồ Thị Ánh,Chi bộ Mẫu\n", "utf-8")
    capsys.readouterr()
    return path


def begin_reading(terminal: Terminal, folder: Path) -> None:
    terminal.see("Không có ai")
    terminal.send(f"\x1b{digit_of('import')}")
    terminal.see("› Nhập bảng tính")
    terminal.send("\x1b[2~")  # Insert
    terminal.see("Chọn bảng tính")
    terminal.send(f"{folder / 'list.csv'}\r")


@pytest.mark.parametrize("faulty", [FILE_HANGS, MATCHING_HANGS], ids=["the file", "its rows"])
def test_ctrl_q_does_not_wait_for_what_is_read(book: Path, tmp_path: Path, faulty: str) -> None:
    told = tmp_path / "pid"
    limits = {"SOVANG_READ_SECONDS": "9000"}
    with program(
        "--lang", "vi", "--book", book, state=tmp_path, settings=limits, start=("-c", faulty.format(pid=told))
    ) as terminal:
        begin_reading(terminal, tmp_path)
        terminal.until(lambda: told.exists() and told.read_text().endswith(" "), "the reading")
        terminal.send("\x11")
        assert terminal.wait() == 0
        assert "Traceback" not in terminal.text
    pid = int(told.read_text())
    assert not pid or not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
