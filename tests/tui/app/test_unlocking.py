"""The screen of a sealed book: nothing of it is shown before its passphrase was typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import keyring
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from config import i18n
from records.domain.people.person import Person
from records.services.access import accounts
from records.services.office import Office, furnish
from records.store.access import signing
from records.store.book import Book
from records.store.sealing import tries
from records.store.sealing.remembered import remember
from records.store.sealing.ring import Ring, read_ring
from records.store.sealing.tries import new_keys
from records.store.sealing.unlocking import lock_all, unlock
from tests.records.store.sealing.sealed import OTHER, WORDS, unlocked_ring
from tests.records.store.sealing.test_remembered import Memory
from tests.tui.offices import DAY, enter_people, more, see, seen
from tui.app import opening
from tui.app.app import SoVangApp
from tui.cli import parser
from tui.present import books


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(tries, "waiting", lambda _: 0.0)
    i18n.use("en")
    yield
    i18n.use("en")


def office(path: Path, ring: Ring) -> None:
    """A sealed book with four people, locked."""
    with Book.create(path, office="TN", actor="thu", ring=ring) as book:
        books.take_example(book)
        made = Office(book, books.settings_of(None))
        furnish(made)
        enter_people(made)
    lock_all()


def app_of(path: Path) -> SoVangApp:
    args = parser.parse(["--book", str(path)])
    return SoVangApp(lambda: opening.open_office(args), on=DAY, who="thu", place=path, section="people")


async def typed(pilot: Pilot[int], text: str) -> None:
    field = pilot.app.screen.query_one(Input)
    await pilot.press(*text)
    assert field.value == text
    await pilot.press("enter")


async def test_the_list_stands_only_behind_the_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    office(path, unlocked_ring())
    with closing(app_of(path)) as app:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            shown = await see(pilot, "This book is sealed", "Passphrase of the book", "Recovery key")
            assert "Nguyễn" not in shown
            await typed(pilot, "sai hoàn toàn")
            await see(pilot, "does not open the book", "attempt 1", "F6 takes the printed recovery key")
            assert "sai hoàn" not in seen(app), "what is typed does not show"
            await pilot.press("f5", "f10", "ctrl+z")
            await see(pilot, "This book is sealed")
            await typed(pilot, WORDS)
            await see(pilot, "Nguyễn Thị Ánh", "typed 1 times")
            await pilot.press("escape")
            assert not app.office.book.read_only
    assert not (path / "holder.json").exists()


async def test_the_recovery_key_opens_it_when_the_passphrase_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    ring, _, printed = new_keys(WORDS, name="lan")
    office(path, ring)
    assert read_ring(path) == ring
    with closing(app_of(path)) as app:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await see(pilot, "Passphrase of the book")
            await pilot.press("f6")
            await see(pilot, "Recovery key, as it is printed")
            await typed(pilot, printed[:-1] + ("0" if printed[-1] != "0" else "1"))
            await see(pilot, "Group 8 of the recovery key")
            await typed(pilot, printed.lower())
            await see(pilot, "Nguyễn Thị Ánh", "Opened by")


async def test_leaving_it_leaves_nothing_open(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    office(path, unlocked_ring())
    with closing(app_of(path)) as app:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await see(pilot, "This book is sealed")
            await pilot.press("escape")
        assert app.return_code == 0
        assert not app.is_open


async def test_keys_that_are_gone_are_said_as_the_program_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    office(path, unlocked_ring())
    for name in ("keys.json", "keys-spare.json"):
        (path / name).unlink()
    with closing(app_of(path)) as app:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            while app.error is None:
                await pilot.pause(0.01)
        assert "nobody can open it" in str(app.error) or "sealed" in str(app.error)


async def test_a_book_is_sealed_from_its_section_and_its_recovery_key_shown_once(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    with Book.create(path, office="TN", actor="thu") as book:
        books.take_example(book)
        book.accept_settings()
        made = Office(book, books.settings_of(None))
        furnish(made)
        enter_people(made)
    with closing(app_of(path)) as app:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            await app.action_section("book")
            await see(pilot, "The book", "State")
            await more(pilot, "Seal the book")
            await see(pilot, "New passphrase")
            for words in ("ngắn", WORDS):
                await typed_in(pilot, "#first", words)
                await pilot.press("enter")
                if words == "ngắn":
                    await see(pilot, "too easy to guess")
            await typed_in(pilot, "#second", WORDS)
            await pilot.press("enter")
            await see(pilot, "Seal the book?", "not taken back")
            await pilot.press("right", "enter")
            await see(pilot, "The book is sealed", "Recovery key, shown this once")
            await pilot.press("escape")
            await see(pilot, "State")
            assert not app.office.book.read_only
            assert app.office.book.history()[0].action == "book.seal"
            await more(pilot, "another passphrase")
            for place in ("#first", "#second"):
                await typed_in(pilot, place, OTHER)
                await pilot.press("enter")
            await see(pilot, "is another now")
    lock_all()
    assert unlock(path, OTHER).holder.kind == "person"


async def test_a_new_book_key_is_given_and_the_keyring_told_from_the_section_of_the_book(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    ring, _, printed = new_keys(WORDS, name="lan")
    office(path, ring)
    unlock(path, WORDS)
    before, memory = keyring.core._keyring_backend, Memory()
    keyring.set_keyring(memory)
    try:
        with closing(app_of(path)) as app:
            async with app.run_test(size=(80, 24), notifications=True) as pilot:
                await see(pilot, "Nguyễn Thị Ánh")
                await app.action_section("book")
                await see(pilot, "The book", "State")
                await more(pilot, "new key")
                await see(pilot, "Give the book a new key?", "nothing that is written", "can still read")
                await pilot.press("escape")
                assert not read_ring(path).older
                await more(pilot, "new key")
                await see(pilot, "Give the book a new key?")
                await pilot.press("right", "enter")
                await see(pilot, "The book has a new key")
                assert len(read_ring(path).older) == 1
                assert "book.key_renew" in [each.action for each in app.office.book.history()]
                await more(pilot, "Keyring")
                await see(pilot, "Let the keyring open the book?", "Whoever is signed in")
                await pilot.press("right", "enter")
                await see(pilot, "Test keyring opens the book for lan")
                assert memory.held
                await more(pilot, "Keyring")
                await see(pilot, "forget the book?")
                await pilot.press("right", "enter")
                await see(pilot, "opens the book no more")
                assert not memory.held
    finally:
        keyring.core._keyring_backend = before
    for words, recovery in ((WORDS, False), (printed, True)):
        lock_all()
        unlock(path, words, recovery=recovery)
        with Book.open(path, actor="x") as book:
            assert len(book.table(Person)) == 4


async def test_the_screen_of_a_book_that_the_keyring_opens_begins_without_a_question(
    tmp_path: Path, own_state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.sovang"
    office(path, unlocked_ring())
    before, memory = keyring.core._keyring_backend, Memory()
    keyring.set_keyring(memory)
    try:
        remember(unlock(path, WORDS), own_state)
        lock_all()
        opening.unlock_if_given(parser.parse(["--book", str(path)]), path)
        with closing(app_of(path)) as app:
            async with app.run_test(size=(80, 24), notifications=True) as pilot:
                await see(pilot, "Nguyễn Thị Ánh")
        lock_all()
        memory.held.clear()  # somebody took it out of the keyring by hand
        opening.unlock_if_given(parser.parse(["--book", str(path), "--lang", "en"]), path)
        assert "opens the book no more" in capsys.readouterr().err
        with closing(app_of(path)) as app:
            async with app.run_test(size=(80, 24), notifications=True) as pilot:
                await see(pilot, "This book is sealed")
    finally:
        keyring.core._keyring_backend = before


async def test_taking_an_account_away_offers_a_new_book_key(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    office(path, new_keys(WORDS, name="lan")[0])
    unlock(path, WORDS)
    with closing(app_of(path)) as app:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            accounts.add(app.office, "lan", "keeper", "")
            accounts.add(app.office, "binh", "officer", OTHER)
            await app.action_section("book")
            await see(pilot, "The book", "State")
            await more(pilot, "Accounts")
            await see(pilot, "binh", "officer")
            await pilot.press("down", "delete")
            await see(pilot, "Take the account of binh away?")
            await pilot.press("right", "enter")
            await see(pilot, "Give the book a new key?")
            await pilot.press("right", "enter")
            await see(pilot, "The book has a new key")
            assert len(read_ring(path).older) == 1
            assert [each.name for each in read_ring(path).people()] == ["lan"]
    signing.release_all()


async def typed_in(pilot: Pilot[int], place: str, text: str) -> None:
    field = pilot.app.screen.query_one(place, Input)
    field.focus()
    await pilot.press(*text)
    assert field.value == text
