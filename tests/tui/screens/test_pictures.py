"""Every section looks as it was last looked at, in both languages, at 80x24 and 140x40; nothing that decides is cut."""

from __future__ import annotations

import difflib
import re

import pytest

from tests.looks.pictures import LANGUAGES, SIZES, path_of, pictures
from tests.tui.app.test_themes import contrast

_LOOK = re.compile(r"^(⟦\d+⟧) .*?(#[0-9a-f]{6}) on (#[0-9a-f]{6})$", re.MULTILINE)
_WORDS = re.compile(r"(⟦\d+⟧)[^⟦\n]*?\w")


def _faint(told: str) -> list[tuple[str, str]]:
    """Colours of words, as ink and ground, that cannot be read well."""
    words = set(_WORDS.findall(told.rpartition("\n\n")[0]))
    return [(ink, ground) for mark, ink, ground in _LOOK.findall(told) if mark in words and contrast(ink, ground) < 4.5]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_sections_look_as_when_they_were_last_looked_at(language: str, size: tuple[int, int]) -> None:
    for section, told in (await pictures(language, size)).items():
        path = path_of(language, size, section)
        kept = path.read_text("utf-8") if path.exists() else ""
        changes = "\n".join(difflib.unified_diff(kept.splitlines(), told.splitlines(), "kept", "now", lineterm="", n=0))
        assert not _faint(told), section
        assert told == kept, f"{section} looks otherwise; if that is meant: make pictures\n{changes}"
