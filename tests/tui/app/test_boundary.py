"""Errors on the screen: an expected one is a sentence anywhere, any other ends in order without a traceback."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from config import i18n
from config.errors import InputError
from config.text import t
from tests.tui.offices import see, small_app, until
from tui.app import boundary
from tui.app.app import SoVangApp
from tui.screens.base import OfficeScreen
from tui.widgets.dialogs import Confirm

WORDS = "The thing “7” is not there"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    i18n.use("en")
    monkeypatch.setattr(boundary, "_SECONDS", 3600.0)  # a machine that stands still meanwhile still finds it there
    yield
    i18n.use("en")


def refused() -> InputError:
    return InputError(t("The thing “{n}” is not there", n=7), do=t("use another"))


def told(app: SoVangApp) -> str:
    """The complaints that stand on the screen, unwrapped."""
    return " ".join(each.message for each in app._notifications)


class Asked(Message):
    """Something for a handler of the screen."""


class Inner(Static):
    """A widget whose own handler fails."""

    def on_asked(self) -> None:
        raise self.app.fault  # type: ignore[attr-defined]


class Probe(OfficeScreen):
    """Fails where it is told to."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "fail"), Binding("f3", "work")]

    def __init__(self, place: str, fault: Callable[[], Exception]) -> None:
        super().__init__()
        self.place, self.fault = place, fault

    def body(self) -> ComposeResult:
        if self.place == "compose":
            raise self.fault()
        yield Inner("probe", id="inner")

    def on_mount(self) -> None:
        self.app.fault = self.fault()  # type: ignore[attr-defined]
        if self.place == "mounted timer":
            self.set_timer(0.01, self.fail)
        if self.place == "mount":
            raise self.fault()

    def refresh_office(self) -> None:
        if self.place == "refresh":
            raise self.fault()

    def on_asked(self) -> None:
        raise self.fault()

    def fail(self, *_: object) -> None:
        raise self.fault()

    def action_fail(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            "action": self.fail,
            "handler": lambda: self.post_message(Asked()),
            "widget": lambda: self.query_one(Inner).post_message(Asked()),
            "later": lambda: self.call_later(self.fail),
            "next": lambda: self.call_next(self.fail),
            "drawn": lambda: self.call_after_refresh(self.fail),
            "timer": lambda: self.set_timer(0.01, self.fail),
            "dialog": lambda: self.app.push_screen(Confirm("Sure?", (), yes="Yes"), self.fail),
            "behind": lambda: self.behind(t("Checking"), self.fail, self.fail),
            "shown": lambda: self.behind(t("Checking"), lambda _job: 1, self.fail),
            "app": lambda: self.app.call_later(self.fail),
        }
        acts.get(self.place, lambda: None)()

    def action_work(self) -> None:
        self.news("still here")


STAYING = (
    *("refresh", "action", "handler", "widget", "later", "next", "drawn", "timer", "dialog"),
    *("behind", "shown", "app", "mounted timer"),
)


@pytest.mark.parametrize("place", STAYING)
async def test_an_expected_error_is_a_sentence_and_the_screen_stays_usable(tmp_path: Path, place: str) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            app.push_screen(Probe(place, refused))
            await see(pilot, "probe")
            await pilot.press("f2")
            if place == "dialog":
                await see(pilot, "Sure?")
                await pilot.press("escape")
            await see(pilot, WORDS, "another.")
            await pilot.press("f3")
            await see(pilot, "still here")
            assert isinstance(app.screen, Probe)
            assert app.failure is None


@pytest.mark.parametrize("place", ["compose", "mount"])
async def test_a_screen_that_cannot_be_laid_out_is_left_again(tmp_path: Path, place: str) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            app.push_screen(Probe(place, refused))
            await see(pilot, WORDS, "Nguyễn Thị Ánh")
            await pilot.press("f7")
            await see(pilot, "Coming up")
            assert app.failure is None


async def test_a_section_that_cannot_be_laid_out_is_left_and_made_anew_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.screens.units.units import UnitsScreen

    def fail(_screen: UnitsScreen) -> ComposeResult:
        raise refused()
        yield

    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            with monkeypatch.context() as patched:
                patched.setattr(UnitsScreen, "body", fail)
                await app.run_action("section('units')")
                await see(pilot, WORDS, "Nguyễn Thị Ánh")
            await app.run_action("section('units')")
            await see(pilot, "› Units", " in all")
            assert app.failure is None


@pytest.mark.parametrize("place", ["action", "behind", "timer", "refresh"])
async def test_a_refusal_of_the_system_is_a_sentence_too(tmp_path: Path, place: str) -> None:
    def full() -> OSError:
        return OSError(errno.ENOSPC, "No space left on device", "list.xlsx")

    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            app.push_screen(Probe(place, full))
            await see(pilot, "probe")
            await pilot.press("f2")
            await until(pilot, lambda: "the disk is full" in told(app) and "list.xlsx" in told(app), "the reason")
            await pilot.press("f3")
            await see(pilot, "still here")


async def test_the_same_complaint_stands_there_once(tmp_path: Path) -> None:
    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            app.push_screen(Probe("action", refused))
            await see(pilot, "probe")
            await pilot.press("f2", "f2", "f2")
            await see(pilot, WORDS)
            await pilot.press("f3")
            assert (await see(pilot, "still here")).count(WORDS) == 1


@pytest.mark.parametrize("place", ["action", "handler", "timer", "behind", "shown", "compose", "mount"])
async def test_a_mistake_of_the_program_ends_the_app_without_drawing_values(tmp_path: Path, place: str) -> None:
    async def meet_it(app: SoVangApp) -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            app.push_screen(Probe(place, ZeroDivisionError))
            if place not in ("compose", "mount"):
                await see(pilot, "probe")
                await pilot.press("f2")
            await until(pilot, lambda: app.failure is not None, "the end")

    app = small_app(tmp_path)
    with closing(app), pytest.raises(ZeroDivisionError):
        await meet_it(app)
    assert isinstance(app.failure, ZeroDivisionError)
    assert app._exit_renderables == []


async def test_a_score_table_that_is_gone_is_said_and_nothing_ends(tmp_path: Path) -> None:
    from dataclasses import replace

    from records.services.office import Office
    from tests.tui.offices import DAY, digit_of
    from tests.tui.screens.test_emulation import NAMES, scored_office

    def without_tables(app: SoVangApp) -> Office:
        settings = replace(app.office.settings, tables=())
        return Office(app.office.book, settings)

    with closing(SoVangApp(lambda: scored_office(tmp_path), on=DAY, section="people", who="thu")) as app:
        async with app.run_test(size=(120, 30), notifications=True) as pilot:
            await see(pilot, "› People")
            await pilot.press(f"alt+{digit_of('emulation')}")
            await see(pilot, "first half of 2025")
            with_tables = app.office
            app.take_settings(without_tables(app))
            await pilot.press("enter")
            await until(pilot, lambda: "is not in the settings" in told(app), "the reason")
            await until(pilot, lambda: len(app.screen_stack) == 1, "the cycles in front")
            app.take_settings(with_tables)
            await pilot.press("enter")
            await see(pilot, "› Own score", NAMES[0])
            app.take_settings(without_tables(app))
            with app.office.book.change("test.other"):
                pass
            app.screen.refresh_office()  # type: ignore[attr-defined]
            await until(pilot, lambda: len(app.screen_stack) == 1, "the cycles in front again")
            assert app.failure is None


async def test_a_screen_that_looks_for_its_parts_while_it_is_taken_away_ends_nothing(tmp_path: Path) -> None:
    late: list[str] = []

    class Leaving(Screen[None]):
        def compose(self) -> ComposeResult:
            yield Static("leaving", id="part")

        def on_unmount(self) -> None:
            late.append("asked")
            self.query_one("#part")
            late.append("found")

    with closing(small_app(tmp_path)) as app:
        async with app.run_test(size=(110, 34)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await app.push_screen(Leaving())
            await see(pilot, "leaving")
            await app.pop_screen()
            await until(pilot, lambda: late)
            await see(pilot, "Nguyễn Thị Ánh")
            assert late == ["asked"]
            assert app.failure is None
