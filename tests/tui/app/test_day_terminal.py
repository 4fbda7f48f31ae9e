"""After a day at the screen of a sealed book, killed once, no file that the program leaves says a word of anybody."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from PIL import Image

import main

if sys.platform == "win32":  # the harness needs a Unix terminal
    pytest.skip("no pseudo-terminal here", allow_module_level=True)

from records.domain.people.person import Person
from records.store.book import Book
from records.store.sealing.unlocking import lock_all, unlock
from tests.records.store.sealing.sealed import WORDS
from tests.tui.cli.conftest import OFFICE
from tests.tui.cli.test_nothing_readable import PEOPLE, SIGNER, leaks
from tests.tui.offices import digit_of
from tests.tui.terminal import Terminal, program

pytestmark = pytest.mark.terminal
INSERT, ENTER, SAVE, QUIT, ESCAPE, LOCK, CLEAR = "\x1b[2~", "\r", "\x13", "\x11", "\x1b", "\x0c", "\x15"
F2, F3, F7, F10 = "\x1bOQ", "\x1bOR", "\x1b[18~", "\x1b[21~"
FIRST, SECOND = PEOPLE


def begun(folder: Path, book: Path) -> None:
    """A sealed book with one person of whom much is known, who has an award."""
    words = folder / "words"
    words.write_text(WORDS, "utf-8")

    def did(*given: str | Path) -> None:
        lock_all()
        command = ["--lang", "en", "--book", book, "--passphrase-file", words, *given]
        assert main.main([str(each) for each in command]) == 0, given

    name, born, number, phone, religion, home = FIRST
    did("book", "new", book, *OFFICE, "--sealed", "--recovery-out", folder / "recovery")
    did("config", "set", "language", "en")
    did("roster", "add", f"name={name}", f"born={born}", f"national_id={number}", f"phone={phone}",
        f"religion={religion}", f"residence={home}")  # fmt: skip
    did("award", "decide", "--number", "05-QĐ/ĐU", "--day", "01/6/2026", "--prize", "party-merit-year", "--people",
        "TN-P-00001", "--citation", "Đã hoàn thành xuất sắc nhiệm vụ năm 2025", "--from", "01/01/2025", "--to",
        "31/12/2025", "--signer-title", "BÍ THƯ", "--signer-name", SIGNER)  # fmt: skip
    lock_all()


def unlocked(terminal: Terminal) -> None:
    terminal.see("This book is sealed")
    terminal.send(WORDS + ENTER)
    terminal.see(FIRST[0])


def look_at_the_first(terminal: Terminal, photo: Path) -> None:
    """Find somebody, open their page, and give them a photo."""
    terminal.send("/", pause=0.3)
    terminal.send("doan thi")
    terminal.see("Find: doan thi")
    terminal.send(ENTER, pause=0.5)
    terminal.send(ENTER)
    terminal.see("Identity", FIRST[4])
    terminal.send(F7)
    terminal.see("Transfer to another unit")
    terminal.send("photo")
    terminal.until(lambda: "Transfer" not in terminal.text)
    terminal.send(ENTER)
    terminal.see("JPEG or PNG file")
    terminal.send(f"{CLEAR}{photo}{ENTER}")
    terminal.see("Saved")
    terminal.send(ESCAPE)
    terminal.see("Find: doan thi")


def print_a_certificate(terminal: Terminal, out: Path) -> None:
    """Look at a certificate, then print it into a folder outside."""
    terminal.send(f"\x1b{digit_of('certificates')}")
    terminal.see("not printed")
    terminal.send(F3)
    terminal.until(lambda: "Preview" in terminal.text and "Preparing" not in terminal.text and "1/1" in terminal.text)
    terminal.send(ESCAPE)
    terminal.see("not printed")
    terminal.send(F7)
    terminal.see("How to print")
    terminal.send(ENTER)
    terminal.see("Enter: go on")
    terminal.send(f"{CLEAR}{out}{ENTER}")
    terminal.until(lambda: out.is_file() and "not printed" not in terminal.text and "printed " in terminal.text)


def change_a_setting(terminal: Terminal) -> None:
    """Say who signs papers."""
    terminal.send(F10)
    terminal.see("Sections")
    terminal.send("settings")
    terminal.until(lambda: "Emulation" not in terminal.text.partition("Sections")[2])
    terminal.send(ENTER)
    terminal.see("› Settings")
    terminal.send("/", pause=0.3)
    terminal.send("full name")
    terminal.see("shown 4")
    terminal.send(ENTER, pause=0.3)
    terminal.send(F2)
    terminal.see("Holds from")
    terminal.send(SIGNER, pause=0.5)
    terminal.send(SAVE)
    terminal.see("Saved", SIGNER)


def test_no_file_says_a_word_of_anybody(tmp_path: Path, own_state: Path, cache_home: Path) -> None:
    homes = [tmp_path / each for each in ("home", "temporary")]
    shutil.copytree(cache_home, homes[0])  # fonts that are cut already
    for each in (homes[1], tmp_path / "out"):
        each.mkdir()
    book, photo = tmp_path / "office.sovang", tmp_path / "photo.png"
    Image.new("RGB", (300, 400), (120, 90, 60)).save(photo)
    begun(tmp_path, book)
    names = ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")
    place = {name: str(homes[0]) for name in names} | {"TMPDIR": str(homes[1])}
    given = ("--lang", "en", "--section", "people", "--book", book)
    with program(*given, width=120, height=40, state=own_state, settings=place) as terminal:
        unlocked(terminal)
        terminal.send(INSERT)
        terminal.see("Ctrl+S")
        terminal.send(SECOND[0], pause=0.5)
        terminal.send(SAVE)
        terminal.see(SECOND[0], "TN-P-00002")
        look_at_the_first(terminal, photo)
        print_a_certificate(terminal, tmp_path / "out" / "page.pdf")
        terminal.send(f"\x1b{digit_of('people')}")
        terminal.see("Find: doan thi")
        terminal.send(INSERT)
        terminal.see("Ctrl+S")
        terminal.send(SECOND[5], pause=0.5)  # half typed, as the power goes; the harness kills it
    assert leaks([*homes, own_state, book]) == []
    with program(*given, width=120, height=40, state=own_state, settings=place) as terminal:
        unlocked(terminal)
        change_a_setting(terminal)
        terminal.send(F10)
        terminal.see("Sections")
        terminal.send("history", pause=0.5)
        terminal.send(ENTER)
        terminal.see("History", "Person entered", SECOND[0])
        terminal.send(LOCK)
        terminal.see("The screen is locked")
        assert not any(each in terminal.text for each in (FIRST[0], SECOND[0]))
        terminal.send(WORDS + ENTER)
        terminal.see("History", SECOND[0])
        terminal.send(QUIT)
        assert terminal.wait() == 0
    left = [each for folder in (*homes, own_state, book) for each in folder.rglob("*") if each.is_file()]
    assert any(each.name.endswith(".backup.zip") for each in left), "it was backed up as it was left"
    assert any(each.name.endswith(".settings") for each in left), "settings are kept for the next start"
    assert leaks([*homes, own_state, book]) == []
    assert (tmp_path / "out" / "page.pdf").read_bytes().startswith(b"%PDF")
    unlock(book, WORDS)
    with Book.open(book, actor="x", read_only=True) as held:
        assert [each.name for each in held.table(Person)] == [FIRST[0], SECOND[0]]
        assert held.table(Person).all()[0].photo
