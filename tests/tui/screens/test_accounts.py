"""Accounts on the screen: the first one, signing in, what is withheld, and what leaves a trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from config import i18n
from records.domain.people.person import Person
from records.services.access import accounts
from records.services.office import Office
from records.services.people.roster import save_person
from records.store.access import signing
from records.store.sealing import secrets
from records.store.sealing.secrets import Cost
from tests.tui.offices import DAY, more, see, seen, small_office, until
from tui.app.app import SoVangApp
from tui.screens.book.accounts import SignInForm

LAN, BINH = "correct horse battery", "staple paper clip box"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    i18n.use("en")
    monkeypatch.setattr(secrets, "COST", Cost(memory=8, passes=1, lanes=1))
    monkeypatch.setenv("SOVANG_STATE", str(tmp_path / "state"))
    signing.release_all()
    yield
    signing.release_all()
    i18n.use("en")


def app_of(folder: Path, *roles: tuple[str, str, str]) -> SoVangApp:
    """The small office, its first person with a religion, and accounts of these names, roles and passphrases."""

    @contextmanager
    def opened() -> Iterator[Office]:
        with small_office(folder) as office:
            person = office.book.table(Person).all()[0]
            save_person(office, replace(person, religion="Phật giáo"))
            for name, role, words in roles:
                accounts.add(office, name, role, words)
            signing.release_all()
            yield office

    return SoVangApp(opened, on=DAY, who="thu", section="people")


async def sign_in(pilot: Pilot[int], words: str) -> None:
    await see(pilot, "This book has accounts. Sign in")
    await pilot.press("down", *words, "ctrl+s")


async def test_the_first_account_is_made_on_the_screen_and_signs(tmp_path: Path) -> None:
    with closing(app_of(tmp_path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await pilot.app.run_action("section('book')")
            await see(pilot, "› The book", "There is no backup yet")
            await more(pilot, "accounts")
            await see(pilot, "everybody may do everything")
            await pilot.press("insert")
            await see(pilot, "The first account is yours")
            await pilot.press(*"lan", "down", "down", *LAN, "down", *BINH, "ctrl+s")
            await see(pilot, "The two passphrases are not the same")
            await pilot.press("up", "down", *LAN, "ctrl+s")
            text = await see(pilot, "keeper of the book", "signed in here", "· lan ·")
            assert LAN not in text
            assert app.office.book.actor == "lan"


async def test_nobody_changes_anything_before_signing_in(tmp_path: Path) -> None:
    with closing(app_of(tmp_path, ("lan", "keeper", LAN), ("binh", "officer", BINH))) as app:
        async with app.run_test(size=(120, 40)) as pilot:
            await see(pilot, "This book has accounts. Sign in")
            await pilot.press("escape")
            await see(pilot, "Nguyễn Thị Ánh")
            before = app.office.book.head()
            await pilot.press("f2")
            await see(pilot, "nobody is signed in")
            await pilot.press("enter")
            text = await see(pilot, "Sensitive data is not shown: binh, lan may see it")
            assert "Phật giáo" not in text
            assert app.office.book.head() == before
            assert not list(app.office.book.access.looks())


async def test_a_wrong_passphrase_waits_and_a_right_one_shows_and_leaves_one_trace(tmp_path: Path) -> None:
    with closing(app_of(tmp_path, ("lan", "keeper", LAN))) as app:
        async with app.run_test(size=(120, 40)) as pilot:
            await sign_in(pilot, "not the right words")
            await see(pilot, "This is not the passphrase of “lan” (attempt 1)")
            await pilot.press("up", "down", *LAN, "ctrl+s")
            await see(pilot, "before the next try")
            form = app.screen
            assert isinstance(form, SignInForm)
            await until(pilot, lambda: form._not_before < monotonic())
            await pilot.press("ctrl+s")
            await see(pilot, "· lan ·", "Nguyễn Thị Ánh")
            await pilot.press("enter")
            await see(pilot, "Phật giáo", "0900000001")
            await pilot.press("f5")
            await see(pilot, "Phật giáo")
            looks = [(each.who, each.fields, each.door) for each in app.office.book.access.looks()]
            assert looks == [("lan", ("phone", "religion"), "screen")]


async def test_a_reader_is_told_who_may(tmp_path: Path) -> None:
    with closing(app_of(tmp_path, ("lan", "keeper", LAN), ("mai", "reader", BINH))) as app:
        async with app.run_test(size=(120, 40)) as pilot:
            await see(pilot, "This book has accounts. Sign in")
            await pilot.press("right", "down", *BINH, "ctrl+s")
            await see(pilot, "· mai ·")
            assert "0900000001" not in seen(app)  # in no list where looking is noted
            await pilot.press("f2")
            told = await see(pilot, "mai (reader) may not do this: enter and correct records; ask who may: lan")
            assert "Nguyễn Thị Ánh" in told
