"""The score sheet in a real terminal: bursts of numbers, an input method in a cell, a block from Excel."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import main
from records.domain.emulation import Entrant
from records.store.book import Book

if sys.platform == "win32":  # the harness needs a Unix terminal
    pytest.skip("no pseudo-terminal here", allow_module_level=True)

from tests.tui.app.test_terminal import telex
from tests.tui.cli.conftest import OFFICE
from tests.tui.offices import digit_of
from tests.tui.terminal import program

pytestmark = pytest.mark.terminal
F6, END, UP, CTRL_HOME = "\x1b[17~", "\x1b[F", "\x1b[A", "\x1b[1;5H"


@pytest.fixture
def book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A book with three reporters and a cycle of theirs."""
    path, roster = tmp_path / "office.sovang", tmp_path / "roster.csv"
    roster.write_text(
        "Họ và tên,Đơn vị\nHồ Thị Ánh,Chi bộ Mẫu\nMã Văn Bốn,Chi bộ Mẫu\nVũ Thị Cúc,Chi bộ Mẫu\n", "utf-8"
    )
    for words in (
        ["book", "new", str(path), *OFFICE],
        ["--book", str(path), "roster", "import", str(roster), "--role", "reporter", "--level", "commune"],
        ["--book", str(path), "emulation", "open", "2026", "--role", "reporter"],
    ):
        assert main.main(["--lang", "vi", *words]) == 0
    capsys.readouterr()
    return path


def rows(path: Path) -> list[Entrant]:
    with Book.open(path, actor="test", read_only=True) as book:
        return book.table(Entrant).all()


def test_a_number_is_written_where_it_was_typed_whatever_key_follows_in_one_write(book: Path, tmp_path: Path) -> None:
    with program("--lang", "vi", "--book", book, width=120, height=30, state=tmp_path) as terminal:
        terminal.see("tất cả 3")
        terminal.send(f"\x1b{digit_of('emulation')}")
        terminal.see("› Thi đua", "2026")
        terminal.send("\r")
        terminal.see("› Tự chấm", "Hồ Thị Ánh", "1.1")
        terminal.send("9" + F6)  # the next hand
        terminal.see("› Thẩm định")
        terminal.send("8" + F6 + F6)  # over the final points to the own ones
        terminal.see("› Tự chấm")
        terminal.send("\x1b[B7\x1b[18~")  # down, and the ranks
        terminal.see("› Xếp hạng")
        terminal.send("\x1b")
        terminal.until(lambda: "› Xếp hạng" not in terminal.text)  # a 6 close behind Esc would be Alt+6
        terminal.send("6\x11")
        terminal.see("Thoát mà không lưu?")
        terminal.send("\x1b")
        terminal.until(lambda: "Thoát mà không lưu?" not in terminal.text)
        terminal.send("\r")
        terminal.send("\x11")
        assert terminal.wait() == 0
    found = rows(book)
    assert [str(row.own.points.get("1.1")) for row in found] == ["9", "6", "None"]
    assert [str(row.appraised.points.get("1.1")) for row in found] == ["8", "None", "None"]


def test_a_sheet_takes_bursts_an_input_method_and_a_block(book: Path, tmp_path: Path) -> None:
    reason = "Đối chiếu sổ theo dõi"
    with program("--lang", "vi", "--book", book, width=120, height=30, state=tmp_path) as terminal:
        terminal.see("tất cả 3")
        terminal.send(f"\x1b{digit_of('emulation')}")  # Alt and the digit
        terminal.see("› Thi đua", "2026")
        terminal.send("\r")
        terminal.see("› Tự chấm", "Hồ Thị Ánh", "1.1")
        terminal.send("9\r8,5\r10\r")
        terminal.see("8,5", "10")
        terminal.send(CTRL_HOME, pause=0.3)
        terminal.send("\x1b[C", pause=0.3)  # right: to 1.2
        terminal.paste("7\t6\r\r8\t12\r\r")
        terminal.see("1 ô bị từ chối", "12 vượt điểm tối đa 10")
        terminal.send(F6, pause=0.5)
        terminal.see("› Thẩm định")
        terminal.send(END, pause=0.5)
        terminal.send(telex(reason) + "\r")
        terminal.see(reason)
        terminal.send("\x11")
        assert terminal.wait() == 0
    found = rows(book)
    assert [{name: str(each) for name, each in row.own.points.items()} for row in found] == [
        {"1.1": "9", "1.2": "7", "1.3": "6"},
        {"1.1": "8.5", "1.2": "8"},
        {"1.1": "10"},
    ]
    assert [row.appraised.reason for row in found] == [reason, "", ""]
