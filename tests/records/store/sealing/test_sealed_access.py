"""Accounts in a sealed book: one passphrase opens it and signs, and what is noted of looks is sealed as well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from records.domain.people.person import Person
from records.services.access import accounts, keyring
from records.services.access.looking import look
from records.services.office import Office
from records.store.access import signing
from records.store.book import Book
from records.store.sealing import secrets, unlocking
from records.store.sealing.converting import seal_book
from records.store.sealing.secrets import Cost, WrongPassphraseError
from records.store.sealing.tries import new_keys
from tests.records.store.books import add, names, new_book
from tui.present import books

LAN, BINH = "correct horse battery", "staple paper clip box"
NOW = datetime(2026, 11, 28, 9)  # the office's own clock


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(secrets, "COST", Cost(memory=8, passes=1, lanes=1))
    forget()
    yield
    forget()


def forget() -> None:
    signing.release_all()
    unlocking.lock_all()


def office_of(book: Book) -> Office:
    return Office(book, books.settings_of(None))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sealed book with the accounts of lan, who made it, and binh."""
    where = tmp_path / "a.sovang"
    ring, _, _ = new_keys(LAN, name="lan")
    with Book.create(where, office="TN", actor="x", ring=ring) as book:
        office = office_of(book)
        accounts.add(office, "lan", "keeper", "")
        accounts.add(office, "binh", "officer", BINH)
        add(book, "Nguyễn Thị Thử")
    forget()
    return where


def opened_by(path: Path, passphrase: str) -> None:
    forget()
    unlocking.unlock(path, passphrase)
    assert keyring.signed_in(path)


def test_the_passphrase_that_opens_the_book_signs_as_its_person(path: Path) -> None:
    opened_by(path, BINH)
    with Book.open(path, actor="x") as book:
        add(book, "Trần Văn Mẫu")
        assert [each.actor for each in book.history(limit=1)] == ["binh"]
        assert book.verify(deep=True).whole
    with pytest.raises(WrongPassphraseError):
        unlocking.unlock(path, "no such words here")


def test_what_is_signed_and_looked_at_is_sealed_as_well(path: Path) -> None:
    opened_by(path, LAN)
    with Book.open(path, actor="x") as book:
        person = book.table(Person).all()[0]
        with book.change("roster.correct") as change:
            person = change.put(replace(person, religion="Phật giáo"), was=person)
        look(office_of(book), person, "screen")
        add(book, "Nhớ lượt xem")
        assert book.verify(deep=True).whole
        assert [each.fields for each in book.access.looks()] == [("religion",)]
    for each in path.rglob("*"):
        if each.is_file():
            assert not any(word in each.read_bytes() for word in (b"TN-P-00001", b"religion", "Phật".encode()))


def test_somebody_taken_away_opens_the_book_no_more(path: Path) -> None:
    opened_by(path, LAN)
    with Book.open(path, actor="x") as book:
        accounts.remove(office_of(book), "binh", today=NOW.date())
    forget()
    with pytest.raises(WrongPassphraseError):
        unlocking.unlock(path, BINH)


def test_a_book_with_accounts_is_sealed_later_and_its_signatures_stand(tmp_path: Path) -> None:
    where = tmp_path / "b.sovang"
    with new_book(where) as book:
        office = office_of(book)
        accounts.add(office, "lan", "keeper", LAN)
        person = book.table(Person)[add(book, "Nguyễn Thị Thử")[0]]
        with book.change("roster.correct") as change:
            person = change.put(replace(person, religion="Phật giáo"), was=person)
        look(office, person, "screen")
        add(book, "Nhớ lượt xem")
    ring, _, _ = new_keys(LAN, name="lan")
    seal_book(where, ring, actor="lan", now=NOW)
    with Book.open(where, actor="x") as book:
        assert names(book) == ["Nguyễn Thị Thử", "Nhớ lượt xem"]
        accounts.sign_in(office_of(book), "lan", LAN, tmp_path / "state", slowly=False)
        add(book, "Sau khi niêm phong")
        report = book.verify(deep=True)
        assert report.whole, [str(each.what) for each in report.problems]
        assert [each.fields for each in book.access.looks()] == [("religion",)]
