"""A screen is left once and alone, whatever is in front of it, in its own section or in another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from config import i18n
from tests.tui.offices import see, small_app, until
from tui.app.app import SoVangApp
from tui.app.help import OpeningScreen
from tui.app.palette import SECTIONS
from tui.screens.book.welcome import WelcomeScreen
from tui.widgets.dialogs import Confirm
from tui.widgets.frame import Leaving


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


async def asked(pilot: Pilot[int], title: str, told: list[bool | None]) -> Confirm:
    """A question in front, whose answers go to `told`."""
    dialog = Confirm(title, (), yes="Yes")
    pilot.app.push_screen(dialog, told.append)
    await see(pilot, title)
    return dialog


async def gone(pilot: Pilot[int], dialog: Confirm) -> None:
    await until(pilot, lambda: not dialog.is_attached, "the end of the question")


async def test_a_screen_that_was_left_is_not_left_again(tmp_path: Path) -> None:
    """Textual would take away the one below, and fail where nothing is below."""
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            told: list[bool | None] = []
            first = await asked(pilot, "First?", told)
            second = await asked(pilot, "Second?", told)
            for _ in range(3):
                second.dismiss(True)
            await gone(pilot, second)
            assert (app.screen, told) == (first, [True])
            for _ in range(3):
                first.dismiss(False)
            await gone(pilot, first)
            app.screen.dismiss()
            await pilot.pause()
            assert (len(app.screen_stack), told, app.failure) == (1, [True, False], None)


async def test_a_screen_that_is_covered_goes_and_what_covers_it_stays(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            told: list[bool | None] = []
            below = await asked(pilot, "Below?", told)
            above = await asked(pilot, "Above?", told)
            below.dismiss(True)
            await gone(pilot, below)
            assert (app.screen, told) == (above, [True])
            await pilot.press("escape")
            await until(pilot, lambda: told == [True, False], "the answer")
            assert len(app.screen_stack) == 1


async def test_a_screen_of_a_section_that_is_not_shown_goes_there(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            told: list[bool | None] = []
            dialog = await asked(pilot, "There?", told)
            await app.switch_mode("units")
            await see(pilot, "› Units")
            dialog.dismiss(True)
            await gone(pilot, dialog)
            await pilot.pause()
            assert (app.current_mode, len(app.screen_stack), app.failure) == ("units", 1, None)
            await app.switch_mode("people")
            await see(pilot, "Nguyễn Thị Ánh")
            assert (len(app.screen_stack), told) == (1, [True])


def _kinds(of: type[Screen[Any]]) -> Iterator[type[Screen[Any]]]:
    for each in of.__subclasses__():
        yield each
        yield from _kinds(each)


def test_every_screen_of_ours_is_left_so() -> None:
    for section in SECTIONS:
        section.prepare()
    never_left = {OpeningScreen, WelcomeScreen}
    ours = {each for each in _kinds(Screen) if each.__module__.startswith("tui.")}
    assert len(ours) > len(SECTIONS)
    assert [each for each in ours - never_left if not issubclass(each, Leaving)] == []
    assert issubclass(SoVangApp.MODES["people"]().__class__, Leaving)  # type: ignore[operator]
