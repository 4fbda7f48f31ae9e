"""The whole program in a real terminal: input methods, paste, resizing, and terminals that are too small."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest

import main
from records.domain.people.person import Person
from records.store.book import Book

if sys.platform == "win32":  # the harness needs a Unix terminal
    pytest.skip("no pseudo-terminal here", allow_module_level=True)

from tests.tui.cli.conftest import OFFICE
from tests.tui.terminal import Terminal, program

pytestmark = pytest.mark.terminal
BACK = "\x7f"


@pytest.fixture
def book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "office.sovang"
    assert main.main(["--lang", "vi", "book", "new", str(path), *OFFICE]) == 0
    capsys.readouterr()
    return path


def people(path: Path) -> list[str]:
    with Book.open(path, actor="test", read_only=True) as book:
        return [person.name for person in book.table(Person)]


def telex(name: str) -> str:
    """The bytes an input method sends for `name`: plain letters, each corrected at once by backspace and retyping.

    Marks come when the syllable is done, so several letters are taken back and written again in the same burst.
    """
    sent = []
    for word in name.split(" "):
        plain = unicodedata.normalize("NFD", word.replace("Đ", "D").replace("đ", "d"))
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
        sent.append(plain + BACK * len(plain) + word)
    return " ".join(sent)


NAMES = ("Nguyễn Thị Huyền Trang", "Đặng Vũ Thuỳ Dương", "Lê Hữu Phước Ước", "Mỵ Kỷ Ngẫu Hứng")


def test_an_input_method_that_sends_bursts_loses_no_accent(book: Path, tmp_path: Path) -> None:
    with program("--lang", "vi", "--section", "people", "--book", book, state=tmp_path) as terminal:
        terminal.see("Không có ai")
        for place, name in enumerate(NAMES, 1):
            enter_person(terminal, telex(name))
            terminal.see(name, f"TN-P-{place:05}")
        terminal.send("\x11")
        assert terminal.wait() == 0
    assert people(book) == [*NAMES]


def enter_person(terminal: Terminal, burst: str) -> None:
    terminal.send("\x1b[2~")  # Insert
    terminal.see("Họ và tên", "Giới tính")
    terminal.send(burst, pause=0.3)
    terminal.send("\x13")  # Ctrl+S


def test_pasted_decomposed_letters_are_kept_composed(book: Path, tmp_path: Path) -> None:
    name = "Nguyễn Thị Thủy"
    with program("--lang", "vi", "--section", "people", "--book", book, state=tmp_path) as terminal:
        terminal.see("Không có ai")
        terminal.send("\x1b[2~")
        terminal.see("Họ và tên", "Giới tính")
        terminal.paste(unicodedata.normalize("NFD", name))
        terminal.see("Thủy")
        terminal.send("\x13")
        terminal.see(name, "TN-P-00001")
    assert people(book) == [name]


def test_the_demo_office_is_found_in_and_survives_resizing(tmp_path: Path) -> None:
    with program("--lang", "vi", "--section", "people", "--demo", width=140, height=40, state=tmp_path) as terminal:
        terminal.see("tất cả 1146")
        terminal.send("/", pause=0.3)
        terminal.send("nguyen mau an", pause=0.5)
        terminal.see("Nguyễn Mẫu Ánh")
        terminal.resize(80, 24)
        terminal.see("Nguyễn Mẫu Ánh", "F10")
        terminal.resize(60, 20)
        terminal.see("60x20")
        terminal.resize(100, 30)
        text = terminal.see("Nguyễn Mẫu Ánh")
        assert "nguyen mau an" in text, "what was typed is still there"
        terminal.send("\x1b", pause=0.3)
        terminal.see("tất cả 1146")
        terminal.send("\x11")
        assert terminal.wait() == 0


def test_alt_and_a_digit_show_a_section(book: Path, tmp_path: Path) -> None:
    with program("--lang", "en", "--section", "people", "--book", book, state=tmp_path) as terminal:
        terminal.see("Nobody here")
        terminal.send("\x1b3")
        terminal.see("Check")
        terminal.send("\x1b2")
        terminal.see("Nobody here")


def test_a_terminal_that_is_too_small_is_refused_with_its_size(book: Path, tmp_path: Path) -> None:
    with program(
        "--lang",
        "vi",
        "--section",
        "people",
        "--section",
        "people",
        "--book",
        book,
        width=60,
        height=20,
        state=tmp_path,
    ) as terminal:
        terminal.see("60x20", "80x24")
        assert terminal.wait() == 2
