"""What is typed while the book is opened is for the first screen, and only for that."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import main
from records.store.book import Book

if sys.platform == "win32":  # the harness needs a Unix terminal
    pytest.skip("no pseudo-terminal here", allow_module_level=True)

from tests.tui.app.test_terminal import people, telex
from tests.tui.terminal import Terminal, program

pytestmark = pytest.mark.terminal
NEW, SAVE, QUIT = "\x1b[2~", "\x13", "\x11"
SLOW = """
import pathlib, sys, time, main
from tui.app import app
open_office = app.open_office
def slowly(args):
    while not pathlib.Path('{go}').exists(): time.sleep(0.01)
    return open_office(args)
app.open_office = slowly
sys.exit(main.main(sys.argv[1:]))
"""
"""The program, whose book is opened when a file appears."""


@pytest.fixture
def book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "office.sovang"
    assert main.main(["--lang", "vi", "book", "new", str(path)]) == 0
    capsys.readouterr()
    return path


def typed(terminal: Terminal, keys: str, folder: Path) -> None:
    """Type while the book is opened, and let it open."""
    terminal.see("Đang mở sổ…")
    terminal.send(keys, pause=0.5)
    assert "Đang mở sổ…" in terminal.text
    (folder / "go").touch()


def test_keys_reach_the_first_screen_in_their_order(book: Path, tmp_path: Path) -> None:
    name = "Đặng Thị Nguyệt Ánh"
    slow = ("-c", SLOW.format(go=tmp_path / "go"))
    with program("--lang", "vi", "--book", book, state=tmp_path, start=slow) as terminal:
        typed(terminal, NEW + telex(name) + SAVE + "/dang", tmp_path)
        terminal.see(name, "P-00001", "/ Tìm: dang")
        terminal.send(QUIT)
        assert terminal.wait() == 0
    assert people(book) == [name]


def test_quitting_forgets_what_was_typed_before(book: Path, tmp_path: Path) -> None:
    slow = ("-c", SLOW.format(go=tmp_path / "go"))
    with program("--lang", "vi", "--book", book, state=tmp_path, start=slow) as terminal:
        typed(terminal, NEW + "Mẫu Thị Kim" + SAVE + QUIT, tmp_path)
        assert terminal.wait() == 0
    assert people(book) == []


def test_a_question_that_nobody_saw_yet_is_not_answered_by_keys_typed_before(book: Path, tmp_path: Path) -> None:
    slow = ("-c", SLOW.format(go=tmp_path / "go"))
    with (
        Book.open(book, actor="another"),
        program("--lang", "vi", "--book", book, state=tmp_path, start=slow) as terminal,
    ):
        typed(terminal, "\r\x1b[18~\r", tmp_path)
        shown = terminal.see("another")
        terminal.until(lambda: terminal.text == shown)
        terminal.send("\x1b", pause=0.5)
        terminal.see("Không có ai")
        terminal.send(QUIT)
        assert terminal.wait() == 0
