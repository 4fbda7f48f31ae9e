"""`doctor` says what a computer lacks, and a program without its packages says which."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from config import missing
from tests.tui.cli.conftest import Run

ROOT = Path(__file__).parents[3]


def states(run: Run, *words: str | Path) -> tuple[int, dict[str, Any]]:
    code, told = run(*words, "doctor")
    assert code == (0 if told["fine"] else 1)
    assert all(each["do"] for each in told["checks"] if each["state"] != "ok")
    return code, {each["key"]: each for each in told["checks"]}


def test_all_is_looked_at_and_a_whole_computer_is_fine(run: Run, book: Path) -> None:
    code, found = states(run, "--book", book)
    assert code == 0
    looked = {
        "python",
        "modules",
        "locale",
        "terminal",
        "fonts",
        "clock",
        "disk",
        "rights",
        "state",
        "temporary",
        "book",
    }
    assert looked <= set(found)
    assert "TN" in found["book"]["what"]


def test_a_full_disk_is_said(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1000))
    code, found = states(run, "--book", book)
    assert (code, found["disk"]["state"]) == (1, "bad")


def test_a_clock_behind_what_was_written_is_said(run: Run, book: Path) -> None:
    journal = next(book.glob("journal-*.jsonl"))
    os.utime(journal, (time.time() + 400 * 86_400,) * 2)
    code, found = states(run, "--book", book)
    assert (code, found["clock"]["state"]) == (1, "bad")


def test_a_place_that_cannot_be_written_is_said(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.present.books.state_folder", lambda: Path("/proc/sovang"))
    if not Path("/proc").is_dir():
        pytest.skip("no folder that nobody may write in")
    code, found = states(run, "--book", book)
    assert (code, found["state"]["state"]) == (1, "bad")


def test_a_package_that_is_not_there_is_named(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missing, "find_spec", lambda name: None if name == "segno" else name)
    code, found = states(run, "--book", book)
    assert (code, found["modules"]["state"]) == (1, "bad")
    assert found["modules"]["what"].endswith("segno")


def test_an_office_without_name_and_two_books_of_one_code_are_said(run: Run, tmp_path: Path) -> None:
    assert run("book", "new", tmp_path / "bare")[0] == 0
    assert states(run, "--book", tmp_path / "bare")[1]["book"]["state"] == "warn"
    for name in ("one", "two"):
        assert run("book", "new", tmp_path / name, "--office-code", "PDP", "--office-name", "Ban Mẫu")[0] == 0
    assert str(tmp_path / "one") in states(run, "--book", tmp_path / "two")[1]["code"]["what"]
    assert states(run, "--book", tmp_path / "none")[1]["book"]["state"] == "warn"


@pytest.mark.parametrize("words", [[], ["doctor"], ["--lang", "en", "roster", "list"]])
def test_without_its_packages_the_program_says_which_and_what_to_do(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-E", str(ROOT / "main.py"), *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "textual" in done.stderr
    assert "so-vang.sh" in done.stderr
    assert "Traceback" not in done.stderr
    assert ("lacks" in done.stderr) == ("en" in words)


def test_every_package_of_the_program_is_looked_for() -> None:
    import tomllib

    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {each.split(">")[0].split("=")[0].strip() for each in told}
    unseen = {"rl-accel"} | {each for each in names if each.startswith("fontpkg-")}  # asked for by no name of a module
    assert names - unseen == set(missing._MODULES.values())
