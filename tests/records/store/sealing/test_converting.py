"""Sealing a book that is there: all of it or nothing, whenever the power goes, and no word of it left."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from config.errors import BookError, ConflictError
from records.store.book import Book
from records.store.journal.durable import disk
from records.store.safety.backup import write_backup
from records.store.safety.repair import repair
from records.store.sealing import converting
from records.store.sealing.converting import finish_sealing, places, seal_book, unsealed_backups
from records.store.sealing.unlocking import lock_all, ring_id, unlock
from tests.crash.flips import begun_anew, made
from tests.crash.power_cut import watched
from tests.records.store.books import add, names, new_book, several_segments
from tests.records.store.sealing.sealed import WORDS, sealed_book, unlocked_ring

pytestmark = pytest.mark.plain
NOW = datetime(2026, 5, 4, 7, 30)
WHO = "Nguyễn Thị Đỗ Quyên"


def test_a_sealed_book_tells_the_same_history_and_the_marks_of_papers_still_hold(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Book.open(path, actor="x") as book:
        before = [(each.seq, each.time, each.actor, each.action, each.about, each.undoes) for each in book.history()]
        changes = [each.changes for each in book.history()]
        tables = {name: dict(rows.all()) for name, rows in book.engine.tables.items()}
        files = {name: book.files.read(name) for name in ("keys/certificates.key", "keys/certificates.pub")}
        own = {each.name: each.read_bytes() for each in (path / "config").glob("*.yaml")}
        marks = [f"{entry.seq} · {book.engine.digest}" for entry in book.history(limit=1)]
    assert not seal_book(path, unlocked_ring(), actor="lan", now=NOW)
    lock_all()
    unlock(path, WORDS)
    with Book.open(path, actor="x") as book:
        newest, *rest = book.history()
        assert (newest.action, newest.actor) == ("book.seal", "lan")
        assert [(each.seq, each.time, each.actor, each.action, each.about, each.undoes) for each in rest] == before
        assert [each.changes for each in rest] == changes
        assert {name: dict(rows.all()) for name, rows in book.engine.tables.items()} == tables
        assert {name: book.files.read(name) for name in files} == files
        assert {name: book.settings.read(name) for name in own} == own
        assert not book.settled().notices
        assert book.verify(marks[0], deep=True).whole
        assert not book.verify(marks[0].replace(marks[0][-64:], "0" * 64)).whole
        book.undo(15)


def test_a_book_whose_beginning_was_lost_is_sealed_with_what_is_left(tmp_path: Path) -> None:
    path = begun_anew(tmp_path)
    with Book.open(path, actor="x") as book:
        people = names(book)
        head = book.head()[0]
    seal_book(path, unlocked_ring(), actor="lan", now=NOW)
    with Book.open(path, actor="x") as book:
        assert names(book) == people
        assert book.head()[0] == head + 1
        assert book.verify(deep=True).whole


def test_what_a_repair_set_aside_is_sealed_as_well(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    (path / "Bản sao.txt").write_text(WHO, "utf-8")
    with pytest.raises(ConflictError, match=r"Bản sao\.txt"):
        seal_book(path, unlocked_ring(), actor="lan", now=NOW)
    repair(path, actor="x", now=NOW)
    assert WHO.encode() in next(path.glob("aside-*/*.txt")).read_bytes()
    seal_book(path, unlocked_ring(), actor="lan", now=NOW)
    aside = next(path.glob("aside-*/*.txt"))
    assert WHO.encode() not in aside.read_bytes()
    with Book.open(path, actor="x") as book:
        assert book.engine.sealer is not None
        assert book.engine.sealer.open_file(aside.relative_to(path).as_posix(), aside.read_bytes()) == WHO.encode()


def _seal(path: Path) -> None:
    assert not seal_book(path, unlocked_ring(), actor="x", now=NOW)


@pytest.mark.parametrize("names_first", [False, True], ids=["names with their sync", "names at once"])
def test_whenever_the_power_goes_the_book_is_there_whole(tmp_path: Path, *, names_first: bool) -> None:
    (tmp_path / "disk").mkdir()
    with new_book(tmp_path / "disk" / "a.sovang") as book:
        add(book, WHO)
        book.snapshot()
        add(book, "Trần Văn Mẫu")
        book.settings.write("roles.yaml", b"roles: {}\n")
        book.accept_settings()
    run = watched(
        tmp_path / "disk",
        lambda _: _seal(tmp_path / "disk" / "a.sovang"),
    )
    found = set()
    for number, moment in enumerate(run.moments):
        left = tmp_path / f"left-{number}"
        run.left(moment, left, names_first=names_first)
        path = left / "a.sovang"
        finish_sealing(path)
        with Book.open(path, actor="x") as book:
            assert book.settled().damage is None, moment.call
            assert names(book) == [WHO, "Trần Văn Mẫu"], moment.call
            assert book.settings.read("roles.yaml") == b"roles: {}\n"
            assert book.verify(deep=True).whole, moment.call
        found.add(bool(ring_id(path)))
        assert not ring_id(path) or not places(path)[1].exists(), moment.call
        shutil.rmtree(left)
    assert found == {True, False}
    assert len(run.moments) > 30


def test_the_unsealed_files_are_overwritten_before_they_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        add(book, WHO)
    seen: list[bytes] = []
    remove = disk.remove

    def watch(path: Path) -> None:
        if "unsealed" in str(path):
            seen.append(path.read_bytes())
        remove(path)

    monkeypatch.setattr(disk, "cut", lambda *_: None)
    monkeypatch.setattr(disk, "remove", watch)
    seal_book(tmp_path / "a.sovang", unlocked_ring(), actor="x", now=NOW)
    assert len(seen) >= 2
    assert not any(WHO.encode() in each or b"journal" in each for each in seen)
    assert not places(tmp_path / "a.sovang")[1].exists()


def test_a_book_that_cannot_be_sealed_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = several_segments(tmp_path / "a.sovang")
    kept = {each: each.read_bytes() for each in path.rglob("*") if each.is_file() and each.name != "writer.lock"}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(converting, "sync_tree", full)
    with pytest.raises(BookError, match="disk is full"):
        seal_book(path, unlocked_ring(), actor="x", now=NOW)
    assert {
        each: each.read_bytes() for each in path.rglob("*") if each.is_file() and each.name != "writer.lock"
    } == kept
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.sovang"]


def test_what_should_be_settled_first_is_said_and_nothing_is_done(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    with Book.open(path, actor="Lan"), pytest.raises(BookError, match="Lan"):
        seal_book(path, unlocked_ring(), actor="x", now=NOW)
    (path / "config" / "roles.yaml").write_text("roles: {}\n", "utf-8")
    with pytest.raises(ConflictError, match=r"roles\.yaml"):
        seal_book(path, unlocked_ring(), actor="x", now=NOW)
    with Book.open(path, actor="x") as book:
        book.accept_settings()
    seal_book(path, unlocked_ring(), actor="x", now=NOW)
    with pytest.raises(ConflictError, match="sealed already"):
        seal_book(path, unlocked_ring(), actor="x", now=NOW)


def test_older_backups_are_told_apart_from_sealed_ones(tmp_path: Path) -> None:
    several_segments(tmp_path / "a.sovang")
    plain = write_backup(tmp_path / "a.sovang", tmp_path, now=NOW).path
    with sealed_book(tmp_path / "b.sovang") as book:
        add(book, WHO)
    other = write_backup(tmp_path / "b.sovang", tmp_path, now=NOW).path
    (tmp_path / "broken.backup.zip").write_bytes(b"none")
    assert unsealed_backups([plain, other]) == [plain]
    assert unsealed_backups([tmp_path / "broken.backup.zip"])
