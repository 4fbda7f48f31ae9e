"""docs/architecture.md tells the format of a sealed book so well that a reader made from it alone reads every one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from records.services.access import accounts, keyring
from records.services.book.keys import renew_book_key
from records.services.office import Office
from records.store.access import signing
from records.store.book import Book
from records.store.sealing.converting import seal_book
from records.store.sealing.unlocking import lock_all, unlock
from tests.crash.flips import made
from tests.records.store.books import add, new_book
from tests.records.store.sealing import sealed_reader as reader
from tests.records.store.sealing.sealed import OTHER, WORDS, unlocked_ring
from tests.records.store.sealing.test_persons import filled, forgotten
from tui.present import books


def held(path: Path) -> dict[str, dict[int, object]]:
    """What the program itself shows, as documents."""
    with Book.open(path, actor="x", read_only=True) as book:
        return {name: dict(rows.all()) for name, rows in book.engine.tables.items() if len(rows)}


def test_a_reader_made_from_the_page_alone_reads_a_sealed_book_and_its_snapshots(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    with Book.open(path, actor="x") as book:
        book.files.write("TN-P-00001-0011223344556677.png", b"photo")
        book.snapshot()
        book.note("test.note", about="x")
    key = reader.book_key(path, WORDS)
    told = reader.lines(path, key)
    assert reader.records(told) == held(path)
    assert [line["action"] for line in told] == ["add", "discipline", "correct", "test.note"]
    (snapshot,) = path.glob("snapshot-*.json")
    assert reader.state(snapshot, key) == held(path)
    assert reader.file_in(path, "files/TN-P-00001-0011223344556677.png", key) == b"photo"
    with pytest.raises(AssertionError):
        reader.book_key(path, OTHER)


def test_it_reads_a_book_that_was_sealed_later_and_one_in_which_a_person_was_forgotten(tmp_path: Path) -> None:
    path = made(tmp_path)
    before = held(path)
    with Book.open(path, actor="x") as book:
        digest, texts = book.head()[1], [entry.about for entry in book.history()]
    seal_book(path, unlocked_ring(), actor="x", now=datetime(2026, 5, 4, 7, 30))
    key = reader.book_key(path, WORDS)
    told = reader.lines(path, key)
    assert reader.records(told) == held(path) == before
    assert told[-2]["was"] == digest
    assert [line["about"] for line in reversed(told[:-1])] == texts
    own = next(iter((path / "config").glob("*.yaml"))).name
    assert reader.file_in(path, f"config/{own}", key)

    other = filled(tmp_path / "b.sovang")
    forgotten(other)
    key = reader.book_key(other, WORDS)
    assert reader.records(reader.lines(other, key)) == held(other)
    assert 1 not in reader.own_keys(other, key)


@pytest.mark.plain
def test_it_reads_a_book_with_a_new_key_and_one_that_an_account_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOVANG_BACKUPS", str(tmp_path / "kept"))
    path = tmp_path / "a.sovang"
    with new_book(path) as book:
        office = Office(book, books.settings_of(None))
        accounts.add(office, "lan", "keeper", "correct horse battery")
        accounts.add(office, "binh", "officer", "staple paper clip box")
        add(book, "Trước")
        book.files.write("TN-P-00001-0011223344556677.png", b"photo")
    books.seal(path, WORDS, name="lan", now=datetime(2026, 5, 4, 7, 30), kept=lambda _: None)
    lock_all()
    assert reader.records(reader.lines(path, reader.book_key(path, "staple paper clip box")))["people"]
    unlock(path, WORDS)
    assert keyring.signed_in(path)
    with Book.open(path, actor="lan") as book:
        for name in ("Giữa", "Sau"):
            renew_book_key(book, datetime(2026, 5, 5, 7, 30))
            add(book, name)
    for words in (WORDS, "staple paper clip box"):
        key = reader.book_key(path, words)
        told = reader.lines(path, key)
        assert reader.records(told) == held(path)
        assert [each["name"] for each in reader.records(told)["people"].values()] == ["Trước", "Giữa", "Sau"]
        assert reader.file_in(path, "files/TN-P-00001-0011223344556677.png", key) == b"photo"
    signing.release_all()
