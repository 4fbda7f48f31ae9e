"""Accounts on the screen: the first one, signing in, what is withheld, and what leaves a trace."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from config import i18n
from records.domain.access.accounts import Account
from records.domain.people.person import Person
from records.domain.people.person_fields import FIELDS
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
            save_person(office, replace(person, religion="Phật giáo"), was=person)
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


def by_lan(app: SoVangApp, act: Callable[[Office], object]) -> None:
    """Let lan do something in the book that is open, whoever is signed in there."""
    known = {each.public for each in app.office.book.table(Account)}
    here = signing.held(known)
    assert here is not None
    signing.release_all()
    accounts.sign_in(app.office, "lan", LAN, Path(os.environ["SOVANG_STATE"]), slowly=False)
    act(app.office)
    signing.release_all()
    signing.hold(here)


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda office: accounts.set_rights(office, "officer", deny=["enter"]), "may not do this: enter and correct"),
        (lambda office: accounts.remove(office, "binh", today=DAY), "The account “binh” was taken away on 15/06/2025"),
        (lambda office: accounts.set_role(office, "binh", "reader"), "binh (reader) may not do this: enter"),
        (lambda office: accounts.reset(office, "binh", "another four word phrase"), "nobody is signed in"),
    ],
    ids=["right", "account", "role", "key"],
)
async def test_a_right_lost_while_a_form_is_open_is_one_sentence_and_what_was_typed_stays(
    tmp_path: Path, act: Callable[[Office], object], says: str
) -> None:
    with closing(app_of(tmp_path, ("lan", "keeper", LAN), ("binh", "officer", BINH))) as app:
        async with app.run_test(size=(120, 40)) as pilot:
            await see(pilot, "This book has accounts. Sign in")
            await pilot.press("right", "down", *BINH, "ctrl+s")
            await see(pilot, "· binh ·", "Nguyễn Thị Ánh")
            await pilot.press("f2")
            await see(pilot, "Correct Nguyễn Thị Ánh")
            below = [each.key for each in FIELDS].index("note")
            await pilot.press(*["down"] * below, *"dang go do")
            by_lan(app, act)
            before = app.office.book.head()
            await pilot.press("ctrl+s")
            text = await see(pilot, says, "dang go do")
            assert "Traceback" not in text
            assert app.office.book.head() == before


async def test_what_a_reader_sees_of_today_is_no_share_of_withheld_verdicts(tmp_path: Path) -> None:
    with closing(app_of(tmp_path, ("lan", "keeper", LAN), ("mai", "reader", BINH))) as app:
        async with app.run_test(size=(120, 40)) as pilot:
            await see(pilot, "This book has accounts. Sign in")
            await pilot.press("right", "down", *BINH, "ctrl+s")
            await see(pilot, "· mai · only reading")
            await pilot.app.run_action("section('today')")
            await see(pilot, "› Today", "Withheld")
            assert "0/" not in seen(app)


async def test_a_reader_previews_no_import_and_is_told_who_may(tmp_path: Path) -> None:
    with closing(app_of(tmp_path, ("lan", "keeper", LAN), ("mai", "reader", BINH))) as app:
        async with app.run_test(size=(120, 40)) as pilot:
            await see(pilot, "This book has accounts. Sign in")
            await pilot.press("right", "down", *BINH, "ctrl+s")
            await see(pilot, "· mai · only reading")
            await pilot.app.run_action("section('import')")
            await see(pilot, "› Import a spreadsheet")
            await pilot.press("insert")
            await until(pilot, lambda: any("ask who may: lan" in each.message for each in app._notifications))
            assert "Choose a spreadsheet" not in seen(app)
