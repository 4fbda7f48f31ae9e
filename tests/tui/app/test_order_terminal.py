"""Keys in a real terminal take effect in the order they were typed, however fast they come."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import main

if sys.platform == "win32":  # the harness needs a Unix terminal
    pytest.skip("no pseudo-terminal here", allow_module_level=True)

from tests.tui import forms_bench
from tests.tui.app.test_terminal import people, telex
from tests.tui.cli.conftest import OFFICE
from tests.tui.offices import digit_of
from tests.tui.terminal import Terminal, program

pytestmark = pytest.mark.terminal

TIMES = int(os.environ.get("SOVANG_BURSTS", "2"))
"""Bursts into each form, and no fewer than it has keys: two make over 100 in all; set more for a long run by hand."""
FIND, END, RIGHT, CLEAR = "\x06", "\x1b[F", "\x1b[C", "\x15"
BYTES = {"ctrl+s": "\x13", "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~"}
TYPED = "Nguyệt Ánh {n} ở Gia Sàng"


def lines(log: Path) -> list[list[Any]]:
    text = log.read_text("utf-8") if log.exists() else ""
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def bursts(options: list[str], at: str, keys: list[str]) -> Iterator[tuple[str, str]]:
    """What is typed with the key after it, and what the form must hold when the key acts."""
    for number in range(max(TIMES, len(keys))):
        key = BYTES[keys[number % len(keys)]]
        if options:
            turns = number % 3 + 1
            at = options[(options.index(at) + turns) % len(options)]
            yield RIGHT * turns + key, at
        else:
            text = TYPED.format(n=number)
            yield FIND + END + CLEAR + text + key, text


def answer(terminal: Terminal, log: Path, burst: str) -> list[Any]:
    """The line that the bench writes after a burst."""
    before = len(lines(log))
    terminal.send(burst)
    terminal.until(lambda: len(lines(log)) > before)
    return lines(log)[-1]


def test_a_key_that_reads_a_field_finds_all_that_was_typed_before_it_in_every_form(
    small_demo: Path, tmp_path: Path
) -> None:
    log, book = tmp_path / "log", tmp_path / "demo.sovang"
    shutil.copytree(small_demo, book)
    left = [each.__name__ for each in forms_bench.forms()]
    wrong = []
    with program(log, book, start=("-m", "tests.tui.forms_bench"), width=100, height=30, state=tmp_path) as terminal:
        terminal.until(lambda: lines(log))
        while (told := answer(terminal, log, forms_bench.NEXT))[0] == "form":
            _, name, keys, options, at = told
            left.remove(name)
            for burst, held in bursts(options, at, keys):
                took = answer(terminal, log, burst)
                if took != ["took", held]:
                    wrong.append((name, held, took))
        assert terminal.wait() == 0
    assert not wrong, f"{len(wrong)} bursts lost something, in {sorted({name for name, *_ in wrong})}"
    assert not left, "every form was shown"


NEW, SAVE, FILTER = "\x1b[2~", "\x13", "\x1bOS"


@pytest.fixture
def book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "office.sovang"
    assert main.main(["--lang", "vi", "book", "new", str(path), *OFFICE]) == 0
    capsys.readouterr()
    return path


def test_a_name_typed_with_insert_and_saved_in_one_write_is_whole(book: Path, tmp_path: Path) -> None:
    names = [f"Đặng Thị Nguyệt {each}" for each in ("Ánh", "Ước", "Hằng", "Ngữ", "Yến")]
    with program("--lang", "vi", "--section", "people", "--book", book, state=tmp_path) as terminal:
        terminal.see("Không có ai")
        for place, name in enumerate(names, 1):
            terminal.send(NEW + telex(name) + SAVE)
            terminal.see(name, f"TN-P-{place:05}")
        # And all of it before the form of the last one is closed.
        terminal.send("".join(NEW + name + "\t" + SAVE for name in ("Mã Văn Một", "Mã Văn Hai")))
        terminal.see("Mã Văn Một", "Mã Văn Hai")
        terminal.send("\x11")
        assert terminal.wait() == 0
    assert people(book) == [*names, "Mã Văn Một", "Mã Văn Hai"]


def test_a_wrapped_name_pasted_and_saved_in_one_write_is_joined(book: Path, tmp_path: Path) -> None:
    with program("--lang", "vi", "--section", "people", "--book", book, state=tmp_path) as terminal:
        terminal.see("Không có ai")
        terminal.send(f"{NEW}\x1b[200~Mẫu Thị Kim\rNgân\x1b[201~{SAVE}")
        terminal.see("Mẫu Thị Kim Ngân", "TN-P-00001")
        terminal.send("/\x1b[200~mau thi\r\nkim\x1b[201~")
        terminal.see("/ Tìm: mau thi kim", "Mẫu Thị Kim Ngân")
        terminal.send("\x1b\x11")
        assert terminal.wait() == 0
    assert people(book) == ["Mẫu Thị Kim Ngân"]


def test_what_is_typed_after_a_key_reaches_what_the_key_opens_and_marks_nobody(
    small_demo: Path, tmp_path: Path
) -> None:
    book = shutil.copytree(small_demo, tmp_path / "demo.sovang")
    with program(
        "--lang", "vi", "--section", "people", "--book", book, width=140, height=40, state=tmp_path
    ) as terminal:
        terminal.see("tất cả 201")
        terminal.send("/nguyen mau sen")
        assert "đánh dấu" not in terminal.see("/ Tìm: nguyen mau sen", "hiện 1", "Nguyễn Mẫu Sen")
        terminal.send(f"\x1b{digit_of('units')}/gia sang\r")  # Alt and the digit, from the find line
        terminal.see("› Đơn vị", "/ Tìm: gia sang", "Phường Gia Sàng")
        terminal.send("\x10lich su\r")  # the palette, its words and its choice
        terminal.see("› Lịch sử")
        # People, clear the find line, the filter, letters of a role on its closed list, that role, and show them.
        terminal.send(f"\x1b{digit_of('people')}" + "\x1b[15~/" + CLEAR + FILTER + "cong tac\r" + SAVE)
        terminal.see("› Nhân sự", "Cộng tác viên ×")
        terminal.send("\x11")
        assert terminal.wait() == 0
