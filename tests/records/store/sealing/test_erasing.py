"""Erasing what is sensitive of a person: gone from records, history and every file, with the chain whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from config.errors import BookError, ConflictError, InputError, RefusedError
from config.text import t
from records.domain.access.restrictions import Erasure
from records.domain.appointments import Discipline
from records.domain.people.person import Person
from records.services.access import accounts
from records.services.office import Office
from records.services.privacy.erasing import erase
from records.store.access import signing
from records.store.book import Book
from records.store.sealing import secrets, unlocking
from records.store.sealing.secrets import Cost
from records.store.sealing.tries import new_keys
from tests.records.store.books import add, new_book
from tui.present import books

LAN = "correct horse battery"
TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(secrets, "COST", Cost(memory=8, passes=1, lanes=1))
    yield
    signing.release_all()
    unlocking.lock_all()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A sealed book with accounts and two people of whom religion is known; the first has a matter of discipline."""
    ring, _, _ = new_keys(LAN, name="lan")
    with Book.create(tmp_path / "a.sovang", office="TN", actor="x", ring=ring) as book:
        made = Office(book, books.settings_of(None))
        accounts.add(made, "lan", "keeper", "")
        for person in map(book.table(Person).get, add(book, "Nguyễn Thị Thử", "Trần Văn Mẫu")):
            assert person is not None
            with book.change("roster.correct") as change:
                change.put(replace(person, religion="Phật giáo", phone="0900000001"), was=person)
        with book.change("roster.discipline") as change:
            opened = date(2020, 1, 1)
            change.put(Discipline(id=change.new_id(Discipline), person="TN-P-00001", opened=opened, measure="warning"))
        yield made


def test_nothing_sensitive_of_the_person_is_left_and_the_chain_is_whole(office: Office) -> None:
    made = erase(office, "TN-P-00001", "Đơn ngày 27/11/2026", today=TODAY)
    assert set(made.fields) == {"religion", "phone", "discipline"}
    assert made.old_until is not None
    assert made.old_until > TODAY
    one, other = office.person("TN-P-00001"), office.person("TN-P-00002")
    assert (one.name, one.religion, one.phone) == ("Nguyễn Thị Thử", "", "")
    assert other.religion == "Phật giáo"
    assert not office.book.table(Discipline).all()
    told = [str(each.changes) for each in office.book.history(record="TN-P-00001")]
    assert told
    assert not any(word in each for each in told for word in ("Phật giáo", "0900000001", "warning"))
    report = office.book.verify(deep=True)
    assert report.whole, [str(each.what) for each in report.problems]
    path = office.book.path
    office.book.close()
    with Book.open(path, actor="x") as again:
        assert again.settled().damage is None
        assert again.table(Person)["TN-P-00001"].religion == ""
        assert again.table(Person)["TN-P-00002"].religion == "Phật giáo"
        assert [each.person for each in again.table(Erasure)] == ["TN-P-00001"]


def test_what_is_entered_afterwards_is_kept_and_erased_again(office: Office) -> None:
    erase(office, "TN-P-00001", "Đơn", today=TODAY)
    with pytest.raises(RefusedError, match="Nothing sensitive is held"):
        erase(office, "TN-P-00001", "Đơn", today=TODAY)
    person = office.person("TN-P-00001")
    with office.book.change("roster.correct") as change:
        change.put(replace(person, phone="0911111111"), was=person)
    assert office.person("TN-P-00001").phone == "0911111111"
    assert erase(office, "TN-P-00001", "Đơn nữa", today=TODAY).fields == ("phone",)
    assert office.book.verify(deep=True).whole


def test_cut_off_between_its_two_changes_it_is_done_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise BookError(t("the disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr(type(office.book.access), "forget", full)
        with pytest.raises(BookError):
            erase(office, "TN-P-00001", "Đơn", today=TODAY)
    assert not office.book.table(Erasure).all()
    erase(office, "TN-P-00001", "Đơn", today=TODAY)
    told = [str(each.changes) for each in office.book.history(record="TN-P-00001")]
    assert not any("Phật giáo" in each for each in told)


@pytest.mark.plain
def test_a_right_a_reason_and_a_sealed_book_are_needed(office: Office, tmp_path: Path) -> None:
    accounts.set_rights(office, "keeper", deny=["privacy"])
    with pytest.raises(RefusedError, match="restrict and erase"):
        erase(office, "TN-P-00001", "Đơn", today=TODAY)
    assert office.person("TN-P-00001").religion == "Phật giáo"
    with pytest.raises(InputError, match="reason is empty"):
        erase(office, "TN-P-00001", " ", today=TODAY)
    with new_book(tmp_path / "plain.sovang") as book:
        add(book, "Nguyễn Thị Thử")
        with pytest.raises(InputError, match="not sealed"):
            erase(Office(book, office.settings), "TN-P-00001", "Đơn", today=TODAY)
        assert book.head()[0] == 1


def test_an_erasure_is_not_taken_back(office: Office) -> None:
    erase(office, "TN-P-00001", "Đơn ngày 27/11/2026", today=TODAY)
    for seq in (None, office.book.head()[0], office.book.head()[0] - 1):
        with pytest.raises(ConflictError, match="destroyed what was sensitive"):
            office.book.undo(seq)
    assert len(office.book.table(Erasure)) == 1


def test_copies_of_a_sync_program_and_what_was_set_aside_go_with_it(office: Office) -> None:
    path = office.book.path
    aside = path / "aside-20260101-000000"
    aside.mkdir()
    keys, state = (path / "person-keys.bin").read_bytes(), b"a state"
    office.book.files.write("TN-P-00001-0123456789abcdef.png", b"an earlier photo")
    strays = {
        path / "person-keys (conflict copy).bin": keys,
        path / "snapshot-conflict.json": state,
        aside / "person-keys.bin": keys,
        aside / "2-base-000000003-0123456789abcdef.json": state,
        aside / "TN-P-00001-0123456789abcdef.png": b"a photo",
        aside / "TN-P-00002-0123456789abcdef.png": b"of another",
    }
    for place, content in strays.items():
        place.write_bytes(content)
    erase(office, "TN-P-00001", "Đơn ngày 27/11/2026", today=TODAY)
    assert [place.name for place in strays if place.exists()] == ["TN-P-00002-0123456789abcdef.png"]
    assert not list((path / "files").glob("TN-P-00001-*"))
