"""What commands print for people names things in words: keys of the settings are for the answer as JSON."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import main
from config.settings.loading import load_settings

_COMMANDS = (
    ("book", "info"),
    ("book", "log"),
    ("emulation", "list"),
    ("award", "list"),
    ("award", "lists"),
    ("award", "eligible", "--verdict", "met"),
    ("award", "budget"),
    ("award", "eligible", "--title", "giấy khen của đảng trong năm", "--verdict", "met"),
    ("roster", "coming"),
    ("check", "ahead", "--days", "30"),
    ("training", "calendar"),
)


@pytest.mark.parametrize("words", _COMMANDS, ids=" ".join)
def test_no_key_of_the_settings_is_printed(
    small_demo: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    main.main(["--lang", "vi", "--book", str(small_demo), *words])
    told = capsys.readouterr().out
    settings = load_settings()
    keys = {*settings.prizes.prizes, *settings.procedure.grounds, *settings.roles.roles}
    keys |= {each.id for each in settings.titles} | {each.id for each in settings.standards}
    keys |= {each.id for each in settings.tables}
    assert told
    assert sorted(key for key in keys if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", told)) == []
    assert not re.search(r"\d{4}-(H|Q)\d", told)
