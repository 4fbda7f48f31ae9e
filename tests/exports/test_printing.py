"""Sending to a printer: arguments as a list, refusals as sentences."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from config.errors import InputError
from exports.printing import printer_command, send_to_printer


def test_paper_and_both_sides_are_arguments_and_the_file_is_the_last(tmp_path: Path) -> None:
    odd = tmp_path / "-d; rm -rf x.pdf"
    command = printer_command(odd, printer="HP tầng 2", paper="A4", duplex=True)
    assert command[:5] == ["lp", "-d", "HP tầng 2", "-o", "media=A4"]
    assert "sides=two-sided-long-edge" in command
    assert command[-2:] == ["--", str(odd)]


def test_without_a_printing_command_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "a.pdf"
    with pytest.raises(InputError, match="There is no file"):
        send_to_printer(page)
    page.write_bytes(b"%PDF")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(InputError, match="no printing command"):
        send_to_printer(page)


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell script to stand for lp")
def test_what_the_printer_says_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "a.pdf"
    page.write_bytes(b"%PDF")
    fake = tmp_path / "bin" / "lp"
    fake.parent.mkdir()
    fake.write_text(
        f'#!/bin/sh\necho "$@" > "{tmp_path}/told"\ntest "$1" = -d || exit 0\necho "no printer $2" >&2\nexit 1\n'
    )
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{fake.parent}:/usr/bin:/bin")
    send_to_printer(page, paper="A4")
    assert "media=A4" in (tmp_path / "told").read_text()
    with pytest.raises(InputError, match="no printer X9"):
        send_to_printer(page, printer="X9")
