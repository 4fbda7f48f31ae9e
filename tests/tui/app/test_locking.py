"""A screen that locks itself: nothing of anybody stands on it, nothing is lost, and the same person comes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from config import i18n
from config.text import t
from records.services.access import accounts
from records.services.office import Office
from records.store.access import signing
from records.store.sealing import tries
from records.store.sealing.ring import read_ring, removed, write_ring
from records.store.sealing.tries import new_keys
from records.store.sealing.unlocking import lock_all, unlock
from tests.records.store.sealing.sealed import OTHER, WORDS, unlocked_ring
from tests.tui.app.test_unlocking import app_of, office, typed
from tests.tui.offices import more, see, seen, small_app, until
from tui.app.app import SoVangApp
from tui.screens.base import Job
from tui.widgets.behind import begin
from tui.widgets.dialogs import Report
from tui.widgets.keys import KEYS

LOCKED = "The screen is locked"
LAN, BINH = "correct horse battery", "staple paper clip box"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(tries, "waiting", lambda _: 0.0)
    i18n.use("en")
    yield
    i18n.use("en")
    signing.release_all()


class Clock:
    """A clock that the test moves."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def opened(path: Path, words: str = WORDS, *, recovery: bool = False) -> tuple[SoVangApp, Clock]:
    """The app of a sealed book that was unlocked, with a clock of the test."""
    unlock(path, words, recovery=recovery)
    app, clock = app_of(path), Clock()
    app.clock = clock
    app._touched = clock()
    return app, clock


async def unlocked_again(pilot: Pilot[int], words: str = WORDS) -> None:
    await see(pilot, LOCKED)
    await typed(pilot, words)
    await until(pilot, lambda: isinstance(pilot.app, SoVangApp) and not pilot.app.locked, "the lock to go")


async def test_after_the_minutes_of_the_settings_it_locks_and_shows_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    office(path, unlocked_ring())
    app, clock = opened(path)
    with closing(app):
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            clock.seconds += 15 * 60 - 1
            await pilot.press("down")
            clock.seconds += 15 * 60 - 1
            await pilot.pause()
            assert not app.locked
            clock.seconds += 1
            shown = await see(pilot, LOCKED, "Passphrase of lan")
            assert not any(word in shown for word in ("Nguyễn", "Ánh", "Bình", "0900000001"))
            await pilot.press("f10", "ctrl+p", "ctrl+z", "escape", "f8", "alt+1", "ctrl+l", "f1")
            assert app.locked
            assert "Nguyễn" not in seen(app)
            await typed(pilot, "sai hoàn toàn")
            await see(pilot, "does not open the book", "attempt 1")
            await unlocked_again(pilot)
            await see(pilot, "Nguyễn Thị Ánh", "typed 1 times")


async def test_a_key_pressed_too_late_locks_and_does_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    office(path, unlocked_ring())
    app, clock = opened(path)
    with closing(app):
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            mode = app.current_mode
            clock.seconds += 3600
            await pilot.press("alt+1")
            await see(pilot, LOCKED)
            await unlocked_again(pilot)
            assert app.current_mode == mode


async def test_what_was_typed_in_a_form_is_there_again(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    office(path, unlocked_ring())
    app, _ = opened(path)
    with closing(app):
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("insert")
            await until(pilot, lambda: len(app.screen_stack) > 1, "the form")
            form = app.screen
            await pilot.press(*"Vuong")
            field = app.screen.focused
            assert isinstance(field, Input)
            await pilot.press("ctrl+l")
            await see(pilot, LOCKED)
            assert "Vuong" not in seen(app)
            await unlocked_again(pilot)
            assert app.screen is form
            assert field.value == "Vuong"
            assert app.screen.focused is field
            await pilot.press(*"ng")
            assert field.value == "Vuongng"


async def test_leaving_from_a_locked_screen_asks_about_what_was_typed_and_shows_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    office(path, unlocked_ring())
    app, _ = opened(path)
    with closing(app):
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("insert")
            await until(pilot, lambda: len(app.screen_stack) > 1, "the form")
            await pilot.press(*"Vuong", "ctrl+l")
            await see(pilot, LOCKED)
            await pilot.press("ctrl+q")
            shown = await see(pilot, "Quit without saving?")
            assert not any(word in shown for word in ("Vuong", "Nguyễn"))
            await pilot.press("escape")
            await see(pilot, LOCKED)


async def test_long_work_goes_on_and_says_how_it_ended_when_somebody_is_back(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    office(path, unlocked_ring())
    app, _ = opened(path)
    go, done = Event(), Event()
    with closing(app):
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")

            def work(_job: Job) -> str:
                go.wait()
                done.set()
                return "Trần Văn Bình"

            def ended(name: str) -> None:
                app.push_screen(Report(t("What was done"), [name]))

            for writes in (True, False):
                go.clear()
                done.clear()
                begin(Job(app, writes=writes), work, done=ended, failed=lambda error: None)
                await pilot.press("ctrl+l")
                await see(pilot, LOCKED)
                go.set()
                await until(pilot, done.is_set, "the work to end")
                app.notify("Đỗ Hồng Đào", markup=False)
                app.push_screen(Report(t("What was done"), ["Lê Ước"]))
                await pilot.pause()
                shown = seen(app)
                assert not any(word in shown for word in ("Bình", "Đào", "Ước")), shown
                await unlocked_again(pilot)
                await see(pilot, "What was done")
                texts = []
                for _ in range(2):
                    await until(pilot, lambda: isinstance(app.screen, Report), "both reports")
                    texts.append(seen(app))
                    await pilot.press("escape")
                assert any("Trần Văn Bình" in each for each in texts)
                assert any("Lê Ước" in each for each in texts)
                assert any("Đào" in each.message for each in app._notifications)


@pytest.mark.parametrize("minutes", ["0", "2"])
async def test_the_minutes_are_a_setting_and_none_means_never(tmp_path: Path, minutes: str) -> None:
    path = tmp_path / "a.sovang"
    office(path, unlocked_ring())
    unlock(path, WORDS)
    from records.store.book import Book

    with Book.open(path, actor="x") as book:
        book.settings.write("screen.yaml", f"language: en\ntheme: dark\nlock_minutes: {minutes}\n".encode())
        book.accept_settings()
    lock_all()
    app, clock = opened(path)
    with closing(app):
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            clock.seconds += 2 * 60
            if minutes == "2":
                await see(pilot, LOCKED)
            else:
                clock.seconds += 1e6
                await pilot.press("down")
                assert not app.locked


async def test_who_opened_the_book_by_the_recovery_key_comes_back_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    ring, _, printed = new_keys(WORDS, name="lan")
    office(path, ring)
    app, _ = opened(path, printed, recovery=True)
    with closing(app):
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("ctrl+l")
            await see(pilot, LOCKED, "Recovery key, as it is printed")
            await typed(pilot, printed[:-1])
            await see(pilot, "8 groups")
            await unlocked_again(pilot, printed)


async def test_whose_key_was_taken_away_meanwhile_does_not_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    ring, opened_ring, _ = new_keys(WORDS, name="lan")
    from records.store.sealing.ring import added

    ring, _ = added(ring, OTHER, opened_ring.book_key, name="binh")
    office(path, ring)
    app, _ = opened(path, OTHER)
    with closing(app):
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.press("ctrl+l")
            await see(pilot, LOCKED, "Passphrase of binh")
            await typed(pilot, WORDS)
            await see(pilot, "attempt 1")
            write_ring(path, removed(read_ring(path), "binh"))
            await typed(pilot, OTHER)
            await see(pilot, "The key of binh was taken away")
            assert app.locked


async def test_a_stick_drawn_out_while_somebody_is_away_takes_no_lock_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    office(path, unlocked_ring())
    app, clock = opened(path)
    with closing(app):
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await until(pilot, lambda: app._known is not None, "somebody to be seen at work")
            path.rename(tmp_path / "away")
            clock.seconds += 3600
            await see(pilot, LOCKED, "Passphrase of lan")
            await typed(pilot, WORDS)
            await see(pilot, "damaged or gone")
            assert app.locked
            (tmp_path / "away").rename(path)
            await unlocked_again(pilot)
            await see(pilot, "Nguyễn Thị Ánh")


async def test_a_book_with_accounts_asks_the_same_person_and_says_that_the_account_is_gone(tmp_path: Path) -> None:
    app = small_app(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await see(pilot, "Nguyễn Thị Ánh")
        await pilot.press("ctrl+l")
        assert not app.locked, "nothing to lock with"
        made: Office = app.office
        accounts.add(made, "lan", "keeper", LAN)
        lan = signing.held([each.public for each in accounts.accounts(made)])
        accounts.add(made, "binh", "officer", BINH)
        accounts.sign_in(made, "binh", BINH, tmp_path, slowly=False)
        await pilot.press("ctrl+l")
        await see(pilot, LOCKED, "Passphrase of binh")
        await typed(pilot, LAN)
        await see(pilot, "not the passphrase of", "attempt 1")
        await unlocked_again(pilot, BINH)
        assert made.book.access.name == "binh"
        await pilot.press("ctrl+l")
        await see(pilot, LOCKED)
        assert lan is not None
        signing.hold(lan)
        accounts.remove(made, "binh", today=date(2026, 11, 28))
        signing.release_all()
        await typed(pilot, BINH)
        await see(pilot, "was taken away on")
        assert app.locked


async def test_the_command_stands_among_the_commands_and_locks_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    office(path, unlocked_ring())
    app, _ = opened(path)
    assert KEYS["ctrl+l"].acts == {"lock_screen"}
    with closing(app):
        async with app.run_test(size=(80, 24)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await more(pilot, "Lock the screen", key="ctrl+p")
            await see(pilot, LOCKED)
