"""What tests of screens share, so that they cost less and prove as much: letters and frames."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from rich.console import RenderableType
from textual import events
from textual._compositor import Compositor
from textual._context import active_app
from textual._wait import wait_for_idle
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot

from config import kept
from config.settings import loading
from config.settings.loading import SHIPPED, Settings
from tests.tui.offices import painted
from tui.widgets.gate import OrderedApp


@pytest.fixture(scope="session")
def _known_settings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Counter[str]]:
    """A folder of settings as they are kept for the next start, and how often which of them were read anew."""
    return tmp_path_factory.mktemp("settings"), Counter()


@pytest.fixture(autouse=True)
def _settings_at_hand(own_state: Path, _known_settings: tuple[Path, Counter[str]]) -> Iterator[None]:
    """The three settings that most tests work with lie where the program keeps what it read last."""
    folder, anew = _known_settings
    cache = own_state / "cache"
    cache.mkdir(mode=0o700)
    for each in folder.iterdir():
        shutil.copy2(each, cache)
    yield
    for each in cache.glob("*.settings") if len(list(folder.iterdir())) < _SETTINGS else ():
        anew[each.name] += 1
        if anew[each.name] == _OFTEN:
            shutil.copy2(each, folder)


_SETTINGS, _OFTEN = 3, 4


@pytest.fixture(scope="session")
def _hash_known() -> Callable[[Path, str], bytes]:
    """The hash of a folder of settings: of what is shipped it is taken once a worker, of a book's own each time."""
    hash_in, shipped = kept._hash_in, {SHIPPED, Path(loading.__file__).parent}
    known: dict[Path, bytes] = {}

    def hashed(folder: Path, ending: str) -> bytes:
        if folder not in shipped:
            return hash_in(folder, ending)
        if folder not in known:
            known[folder] = hash_in(folder, ending)
        return known[folder]

    return hashed


@pytest.fixture(autouse=True)
def _shipped_settings_hashed_once(_hash_known: Callable[[Path, str], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shipped does not change while tests run; `tests/config/test_kept.py` proves that a change is seen."""
    monkeypatch.setattr(kept, "_hash_in", _hash_known)


@pytest.fixture(scope="session")
def _kept_known() -> Callable[[bytes], Settings]:
    return cache(Settings.kept)


@pytest.fixture(autouse=True)
def _settings_decoded_once(_kept_known: Callable[[bytes], Settings], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes are the same settings, which nobody can alter: what one test asked for no other decodes."""
    monkeypatch.setattr(Settings, "kept", _kept_known)


@pytest.fixture(scope="session", autouse=True)
def _letters_in_one_burst() -> Iterator[None]:
    """Letters come one behind the other, as a terminal sends them; only a key with a name waits for all before it."""
    real = App._press_keys

    async def pressed(app: App[Any], keys: Iterable[str]) -> None:
        for letters, group in groupby(keys, key=lambda key: len(key) == 1):
            if not letters:
                await real(app, group)
                continue
            driver = app._driver
            assert driver is not None
            for letter in group:
                key = events.Key(letter if letter.isalnum() else _character_to_key(letter), letter)
                key.set_sender(app)
                driver.send_message(key)
            await _rested()
            if isinstance(app, OrderedApp) and app._gate is not None:
                await asyncio.wait([app._gate])  # until the last letter is let through
            await app._animator.wait_until_complete()
            await _rested()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(App, "_press_keys", pressed)
        patch.setattr("textual.app.wait_for_idle", _rested)
        patch.setattr("textual.pilot.wait_for_idle", _rested)
        yield


_LOOKS = 3
"""How often in a row an app must have done all: a key is on its way for a moment before it is in the app's row."""


async def _rested(least: float = 0.0, most: float = 1.0) -> None:
    """Wait until the app did what it was given. Textual takes 20 ms without work for that; our app knows it at once.

    As long as something is read or written behind a screen, its way is kept.
    """
    app, start = active_app.get(None), monotonic()
    if not isinstance(app, OrderedApp):
        await wait_for_idle(least, most)
        return
    await asyncio.sleep(least)
    quiet = 0
    while app.is_running and quiet < _LOOKS and monotonic() - start < most:
        await asyncio.sleep(0.001)
        quiet = quiet + 1 if _has_done_all(app) else 0
    if any(each.group == "behind" and not each.is_finished for each in app.workers):
        await wait_for_idle(least, most)


def _has_done_all(app: OrderedApp) -> bool:
    screen = app.screen
    if screen._layout_required or screen._repaint_required or screen._dirty_widgets or screen._callbacks:
        return False
    return not app._waiting and app.is_quiet()


@pytest.fixture(scope="session", autouse=True)
def _frames_for_whoever_looks() -> Iterator[None]:
    """Without a terminal nobody sees the frames in between: a screen is drawn after the keys, and by `seen`.

    Frames as a terminal gets them are what the tests with a pseudo-terminal draw.
    """
    frame, press = Compositor.render_update, Pilot.press

    def drawn(compositor: Compositor, *given: Any, **more: Any) -> RenderableType | None:
        if not active_app.get().is_headless:
            return frame(compositor, *given, **more)
        compositor._dirty_regions.clear()
        painted(compositor)
        return None

    async def pressed(pilot: Pilot[Any], *keys: str) -> None:
        await press(pilot, *keys)
        if pilot.app._running:
            pilot.app.screen._compositor.render_strips()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_update", drawn)
        patch.setattr(Pilot, "press", pressed)
        yield
