"""Random keys faster than anybody types, in every section: nothing ends, and the section stands there afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from textual import events
from textual.pilot import Pilot

from config import i18n
from records.store.access import signing
from records.store.sealing import secrets
from records.store.sealing.secrets import Cost
from tests.tui.offices import see, until
from tests.tui.screens.test_withheld import WORDS, app_of
from tui.app.app import SoVangApp
from tui.app.palette import SECTIONS
from tui.widgets.dialogs import Confirm

KEYS = (
    *(["enter", "escape"] * 6),
    *("up", "down", "left", "right", "home", "end", "pagedown", "tab", "shift+tab", "space", "insert", "delete"),
    *(f"f{each}" for each in range(1, 13)),
    *("ctrl+s", "ctrl+z", "ctrl+y", "ctrl+p", "ctrl+o", "ctrl+e", "a", "1", "slash"),
)
SEED = int(os.environ.get("SOVANG_SEED", "20"))
MANY = int(os.environ.get("SOVANG_KEYS", "100"))


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    i18n.use("en")
    monkeypatch.setattr(secrets, "COST", Cost(memory=8, passes=1, lanes=1))
    for name in ("SOVANG_STATE", "HOME"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    signing.release_all()

    async def no_end(_app: SoVangApp) -> None:
        """Ctrl+P leads there as well."""

    monkeypatch.setattr(SoVangApp, "action_quit", no_end)
    yield
    signing.release_all()


async def _typed(pilot: Pilot[int], keys: list[str]) -> None:
    """Type all of it in one burst, and wait until all of it was let through."""
    app = pilot.app
    assert isinstance(app, SoVangApp)
    for each in keys:
        app.post_message(events.Key(each, each if len(each) == 1 else None))
    await pilot.pause()
    await until(pilot, lambda: not app._waiting and (app._gate is None or app._gate.done()), f"the end of {keys}")


@pytest.mark.parametrize("role", os.environ.get("SOVANG_ROLES", "reader").split())
@pytest.mark.parametrize("section", [each.id for each in SECTIONS])
async def test_a_burst_of_random_keys_ends_nothing(tmp_path: Path, section: str, role: str) -> None:
    random = Random(f"{SEED} {section} {role}")  # only to be the same every time
    with closing(app_of(tmp_path, role)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "This book has accounts. Sign in")
            await pilot.press("right", "down", *WORDS, "ctrl+s")
            await see(pilot, "· mai")
            await pilot.app.run_action(f"section('{section}')")
            for _ in range(MANY // 10):
                keys = [random.choice(KEYS) for _ in range(10)]
                await _typed(pilot, keys)
                assert app.failure is None
            for _ in range(12):
                await _typed(pilot, ["right", "enter"] if isinstance(app.screen, Confirm) else ["escape"])
            await until(pilot, lambda: len(app.screen_stack) == 1, "the section in front")
            assert app.failure is None
