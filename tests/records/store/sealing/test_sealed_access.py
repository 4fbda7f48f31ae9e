"""Accounts in a sealed book: one passphrase opens it and signs, and what is noted of looks is sealed as well."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from msgspec.structs import replace

from config.errors import RefusedError
from records.domain.people.person import Person
from records.services.access import accounts, keyring
from records.services.access.looking import look
from records.services.book.keys import change_key, renew_book_key
from records.services.office import Office
from records.store.about import as_written, read_about
from records.store.access import signing
from records.store.book import Book
from records.store.sealing import boxes, secrets, unlocking
from records.store.sealing.converting import seal_book
from records.store.sealing.secrets import Cost, WrongPassphraseError
from records.store.sealing.tries import new_keys
from tests.crash.power_cut import watched
from tests.records.store.books import add, names, new_book
from tui.present import books

LAN, BINH = "correct horse battery", "staple paper clip box"
ANEW, MAI = "mười cây số ngàn", "river stone lamp coat"
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


@pytest.mark.plain
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


@pytest.fixture
def sealed_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of lan, binh and mai, whose account was taken away, sealed by lan with another passphrase."""
    monkeypatch.setenv("SOVANG_BACKUPS", str(tmp_path / "kept"))
    where = tmp_path / "b.sovang"
    with new_book(where) as book:
        office = office_of(book)
        accounts.add(office, "lan", "keeper", LAN)
        for name, words in (("binh", BINH), ("mai", MAI)):
            accounts.add(office, name, "officer", words)
        accounts.remove(office, "mai", today=NOW.date())
        add(book, "Nguyễn Thị Thử")
    done = books.seal(where, ANEW, name="somebody", now=NOW, kept=lambda _: None)
    assert (done.name, done.others) == ("lan", ["binh"])
    assert any("binh" in str(dict(each.blanks)) for each in done.told)
    forget()
    return where


@pytest.mark.plain
def test_people_with_accounts_open_a_book_that_was_sealed_by_the_passphrases_they_have(sealed_later: Path) -> None:
    for words, name in ((BINH, "binh"), (ANEW, "lan")):
        opened_by(sealed_later, words)
        with Book.open(sealed_later, actor="x") as book:
            add(book, f"Của {name}")
            assert [each.actor for each in book.history(limit=1)] == [name]
            report = book.verify(deep=True)
            assert report.whole, [str(each.what) for each in report.problems]
    for words in (LAN, MAI):
        forget()
        with pytest.raises(WrongPassphraseError):
            unlocking.unlock(sealed_later, words)
    assert read_about(sealed_later)["needs"] == ["accounts"]


@pytest.mark.plain
def test_such_a_person_changes_the_passphrase_and_is_given_a_new_book_key(sealed_later: Path) -> None:
    opened_by(sealed_later, ANEW)
    with Book.open(sealed_later, actor="x") as book:
        renew_book_key(book, NOW)
        add(book, "Khóa mới")
    opened_by(sealed_later, BINH)
    with Book.open(sealed_later, actor="x") as book:
        assert names(book) == ["Nguyễn Thị Thử", "Khóa mới"]
        by = unlocking.unlocked_by(sealed_later)
        assert by is not None
        change_key(book, by, MAI)
        with pytest.raises(RefusedError, match="may not do this"):
            renew_book_key(book, NOW)
    forget()
    with pytest.raises(WrongPassphraseError):
        unlocking.unlock(sealed_later, BINH)
    opened_by(sealed_later, MAI)
    with Book.open(sealed_later, actor="x") as book:
        add(book, "Vẫn ký được")
        assert [each.actor for each in book.history(limit=1)] == ["binh"]
        assert book.verify(deep=True).whole


@pytest.mark.plain
def test_who_forgot_theirs_is_given_another_in_a_sealed_book_too(sealed_later: Path) -> None:
    opened_by(sealed_later, ANEW)
    with Book.open(sealed_later, actor="x") as book:
        accounts.reset(office_of(book), "binh", MAI)
    forget()
    with pytest.raises(WrongPassphraseError):
        unlocking.unlock(sealed_later, BINH)
    opened_by(sealed_later, MAI)
    with Book.open(sealed_later, actor="x") as book:
        add(book, "Đã cấp lại")
        assert book.verify(deep=True).whole


def test_the_map_of_signing_keys_to_boxes_fits_on_both_sides() -> None:
    for _ in range(50):
        signer = signing.new_signer()
        private = X25519PrivateKey.from_private_bytes(boxes.private_of_signer(signer.seed))
        assert private.public_key().public_bytes_raw() == boxes.public_of_signer(bytes.fromhex(signer.public))


@pytest.mark.plain
@pytest.mark.parametrize("sealed", [False, True])
def test_a_book_with_accounts_says_so_and_a_power_cut_between_leaves_it_whole(tmp_path: Path, *, sealed: bool) -> None:
    (tmp_path / "disk").mkdir()
    where = tmp_path / "disk" / "c.sovang"
    ring = new_keys(LAN, name="lan")[0] if sealed else None
    with Book.create(where, office="TN", actor="x", ring=ring) as book:
        add(book, "Trước")

    def act(_: object) -> None:
        with Book.open(where, actor="x") as book:
            accounts.add(office_of(book), "lan", "keeper", "" if sealed else LAN)

    run = watched(tmp_path / "disk", act)
    found = set()
    for number, moment in enumerate(run.moments):
        left = tmp_path / f"left-{number}"
        run.left(moment, left, names_first=False)
        with Book.open(left / "c.sovang", actor="x") as book:
            assert book.settled().damage is None, moment.call
            assert names(book) == ["Trước"]
            stands = book.access.stands
            report = book.verify(deep=True)
            assert report.whole, (moment.call, [str(each.what) for each in report.problems])
        about = read_about(left / "c.sovang")
        assert about["format"] == (5 if stands else 4 if sealed else 3), moment.call
        assert about.get("needs", []) == (["accounts"] if stands else [])
        found.add(stands)
        shutil.rmtree(left)
    assert found == {True, False}


@pytest.mark.plain
def test_a_book_with_accounts_of_an_earlier_program_says_so_from_its_next_opening_on(tmp_path: Path) -> None:
    where = tmp_path / "d.sovang"
    with new_book(where) as book:
        accounts.add(office_of(book), "lan", "keeper", LAN)
    about = read_about(where)
    del about["needs"]
    content = as_written({**about, "format": 3})
    with Book.open(where, actor="x") as book:
        book.engine.tell_about(sha256(content).hexdigest())
        add(book, "Như trước")
    (where / "book.json").write_bytes(content)
    forget()
    with Book.open(where, actor="x") as book:  # nobody signs in
        assert book.settled().damage is None
        assert [each.action for each in book.history(limit=1)] == ["book.format"]
    assert read_about(where)["needs"] == ["accounts"]
    with Book.open(where, actor="x") as book:
        assert book.verify(deep=True).whole
        assert [each.action for each in book.history()].count("book.format") == 1
