"""A short run on a full disk; `make crash` tries every step."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.full_disk import COMMANDS, STEP, steps


@pytest.mark.parametrize("command", list(COMMANDS))
def test_a_full_disk_is_a_sentence_and_costs_nothing_saved(tmp_path: Path, command: str) -> None:
    try:
        done = list(steps(tmp_path, (0, STEP, 6 * STEP, 1000 * STEP), [command]))
    except OSError as error:
        pytest.skip(f"no small disk here: {error}")
    codes = [code for _, _, code in done]
    assert codes[-1] == 0, done
    if command not in ("history", "repair", "change", "import", "undo"):  # a line finds room behind the last one
        assert codes[0] != 0, done
