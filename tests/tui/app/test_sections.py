"""Opening the screen at a section that is named on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import main
from tests.tui.terminal import program


@pytest.mark.terminal
@pytest.mark.parametrize(("section", "told"), [("book", "Sổ Vàng › Sổ"), ("people", "tất cả 201")])
def test_a_section_named_is_the_first_thing_shown(small_demo: Path, tmp_path: Path, section: str, told: str) -> None:
    book = shutil.copytree(small_demo, tmp_path / "demo.sovang")
    with program("--book", book, "--section", section, state=tmp_path, width=120) as terminal:
        terminal.see(told)


def test_a_section_that_is_not_there_is_said_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--lang", "en", "--section", "peolpe"]) == 2
    told = capsys.readouterr().err
    assert "There is no section “peolpe”" in told
    assert "people" in told
    assert "history" in told
