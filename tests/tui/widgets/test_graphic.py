"""Real pictures where the terminal has a protocol for them; blocks, and no question asked, elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.tui.offices import digit_of
from tests.tui.terminal import Terminal, program
from tui.widgets.graphic import may_show_pictures

pytestmark = pytest.mark.terminal
_ASKS_KIND, _SIXEL, _PLAIN = b"\x1b[c", b"\x1b[?62;4;22c", b"\x1b[?62;22c"


@pytest.mark.parametrize(
    ("environment", "may"),
    [
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "foot"}, True),
        ({"TERM": "xterm-256color", "WEZTERM_PANE": "0"}, True),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, False),
        ({"TERM": "xterm-kitty", "SOVANG_PICTURES": "blocks"}, False),
        ({"TERM": "xterm", "SOVANG_PICTURES": "ask"}, True),
        ({}, False),
    ],
)
def test_only_terminals_of_a_kind_worth_it_are_asked(environment: Mapping[str, str], may: bool) -> None:
    assert may_show_pictures(environment) is may


def open_preview(terminal: Terminal) -> None:
    terminal.see("201")
    terminal.send(f"\x1b{digit_of('certificates')}")
    terminal.see("1/2025", "1/40")
    terminal.send("\r")
    terminal.see("Farther")


_BLOCKS = set("▞▚▛▜▙▟")  # of a page in quarters of cells


def test_a_terminal_with_sixel_gets_a_picture(small_demo: Path, tmp_path: Path) -> None:
    ask = {"SOVANG_PICTURES": "ask"}
    book = shutil.copytree(small_demo, tmp_path / "demo.sovang")
    with program(
        "--lang",
        "en",
        "--section",
        "people",
        "--book",
        book,
        state=tmp_path,
        settings=ask,
        answers={_ASKS_KIND: _SIXEL},
    ) as terminal:
        open_preview(terminal)
        picture = terminal.receive(rb"\x1bP[^\x1b]*q[^\x1b]*\x1b\\")
        assert picture.partition(b"q")[2].startswith((b'"', b"#"))
        assert len(picture) > 5_000
        assert not _BLOCKS & set(terminal.text)


def test_a_terminal_that_says_it_has_none_gets_blocks(small_demo: Path, tmp_path: Path) -> None:
    kitty = b"\x1b_G"
    ask = {"SOVANG_PICTURES": "ask"}
    book = shutil.copytree(small_demo, tmp_path / "demo.sovang")
    answers = {_ASKS_KIND: _PLAIN}
    with program(
        "--lang", "en", "--section", "people", "--book", book, state=tmp_path, settings=ask, answers=answers
    ) as terminal:
        open_preview(terminal)
        terminal.see("▞")
        assert set(terminal.text) >= _BLOCKS
        assert terminal.raw.count(kitty) <= 1  # it was asked for, and never sent
        assert b"\x1bP0" not in terminal.raw
