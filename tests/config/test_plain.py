"""What goes to a terminal: data never steers it."""

from __future__ import annotations

import sys

import pytest

from config.plain import plain_output, visible, write_over


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("whole\rdamaged", "whole␍damaged"),
        ("\r", "␍"),
        ("one\r\ntwo\r", "one\ntwo␍"),
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b[2J\x07\x9b\u202e\udcff", "␛[2J␇‹009B›‹202E›‹DCFF›"),
        ("Nguyễn Thị Ước", "Nguyễn Thị Ước"),
    ],
)
def test_no_sign_steers_and_nothing_is_written_over(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_only_progress_of_ours_is_written_over_the_line_before(capsys: pytest.CaptureFixture[str]) -> None:
    with plain_output():
        write_over("  5 %")
        write_over("100\r%", last=True)
        sys.stdout.write("a\rb\n")
        sys.stderr.write("c\rd\n")
    assert capsys.readouterr() == ("a␍b\n", "\r  5 %\r100␍%\nc␍d\n")
