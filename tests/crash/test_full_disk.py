"""A short run on a full disk; `make crash` tries every step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from records.store.sealing import secrets
from tests.crash.full_disk import ALL, COMMANDS, SIZE, STEP, books, small_disk, steps
from tests.records.store.sealing.sealed import CHEAP

_FINDS_ROOM = {
    *("history", "repair", "change", "import", "undo"),
    *("meeting an office", "package taken", "package returned", "registration", "registration sent"),
    *("registration withdrawn", "initiative", "initiative recognised", "income", "spending", "restriction"),
    *("first account", "account", "account reset", "right taken"),
}
"""A line finds room behind the last one."""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Path], Path, Path]]:
    """The book of each command, a small disk, and the folder of all that is not on it."""
    outside = tmp_path_factory.mktemp("outside")
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(secrets, "COST", CHEAP)
        patch.setenv("SOVANG_STATE", str(outside / "state"))
        try:
            disk = stack.enter_context(small_disk(outside / "disk", SIZE))
        except OSError as error:
            pytest.skip(f"no small disk here: {error}")
        yield books(outside, ALL), disk, outside


@pytest.mark.parametrize("command", ALL)
def test_a_full_disk_is_a_sentence_and_costs_nothing_saved(
    places: tuple[dict[str, Path], Path, Path], command: str
) -> None:
    found, disk, outside = places
    rooms = (0, STEP, 6 * STEP, 1000 * STEP) if command in COMMANDS else (0, 3 * STEP, 1000 * STEP)
    done = list(steps({command: found[command]}, disk, outside, rooms))
    codes = [code for _, _, code in done]
    assert codes[-1] == 0, done
    if command not in _FINDS_ROOM:
        assert codes[0] != 0, done
