"""What a real terminal shows when something went wrong, and what happens when the terminal itself is gone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":  # the harness needs a Unix terminal
    pytest.skip("no pseudo-terminal here", allow_module_level=True)

from records.store.book import Book
from tests.tui.terminal import program

pytestmark = pytest.mark.terminal

FAULTY = """
import sys, main
from tui.screens.people.roster import RosterScreen
def refresh(self):
    name = "Nguyễn " + "Thị Bí Mật"
    raise ValueError(name)
RosterScreen.refresh_office = refresh
sys.exit(main.main(sys.argv[1:]))
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "office.sovang"
    Book.create(path, office="TN", actor="thu").close()
    return path


def test_the_program_ends_in_order_when_its_terminal_is_gone_without_a_signal(book: Path, tmp_path: Path) -> None:
    with program("--lang", "en", "--section", "people", "--book", book, state=tmp_path) as terminal:
        terminal.see("Nobody here")
        terminal.vanish()
        assert terminal.wait() == 3
    with Book.open(book, actor="thu") as again:
        assert not again.read_only, "the book was given back"


def test_a_mistake_of_the_program_is_one_sentence_and_a_log_without_values(book: Path, tmp_path: Path) -> None:
    logs = {"XDG_STATE_HOME": str(tmp_path / "logs")}
    with program(
        "--lang",
        "en",
        "--section",
        "people",
        "--book",
        book,
        width=140,
        state=tmp_path,
        settings=logs,
        start=("-c", FAULTY),
    ) as terminal:
        terminal.until(lambda: b"mistake of the program" in terminal.raw)
        assert terminal.wait() == 4
        raw = terminal.raw.decode("utf-8", "replace")
    assert "Bí Mật" not in raw
    assert "Traceback" not in raw
    (log,) = (tmp_path / "logs").rglob("error-*.log")
    assert log.name in raw
    assert log.stat().st_mode & 0o077 == 0
    written = log.read_text("utf-8")
    assert "ValueError" in written
    assert "refresh" in written
    assert "Bí Mật" not in written
