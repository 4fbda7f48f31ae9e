"""Power cuts after every call of the store: what was acknowledged is there, and what is there is whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from config.errors import BookError
from config.settings.loading import load_settings
from records.domain.people.person import Person
from records.services.certificates.keys import private_key
from records.services.office import Office
from records.store.book import Book
from records.store.safety.backup import check_backup, write_backup
from records.store.safety.copies import copy_past, restore
from records.store.safety.repair import repair
from records.store.safety.rollback_guard import RollbackGuard
from tests.crash.power_cut import Model, Moment, watched
from tests.records.store.books import add, flip, new_book, several_segments
from tests.records.store.test_safety import old_book

NOW = datetime(2025, 6, 15, 10, 0)


def after_every_call(
    tmp_path: Path, root: Path, act: Callable[[Model], None], judge: Callable[[Path, Moment], None]
) -> int:
    run = watched(root, act)
    for number, moment in enumerate(run.moments):
        for names_first in (False, True):
            left = tmp_path / f"left-{number}-{names_first}"
            run.left(moment, left, names_first=names_first)
            try:
                judge(left, moment)
            except (AssertionError, BookError) as error:
                raise AssertionError(f"power cut after {number}, {moment.call}, {names_first=}: {error}") from error
            shutil.rmtree(left)
    return len(run.moments)


def opens_whole(path: Path) -> int:
    with Book.open(path, actor="x") as book:
        assert book.settled().damage is None, book.damage
        report = book.verify()
        assert report.whole, [str(line) for line in report.lines]
        return book.head()[0]


def test_no_acknowledged_change_is_lost_with_snapshots_between(tmp_path: Path) -> None:
    root = tmp_path / "disk"
    root.mkdir()
    new_book(root / "a.sovang").close()

    def act(model: Model) -> None:
        with Book.open(root / "a.sovang", actor="x", heads=RollbackGuard(root / "state")) as book:
            for number in range(12):
                add(book, f"N{number}")
                model.acknowledged = book.head()[0]
                if number in (4, 8):
                    book.snapshot()

    def judge(left: Path, moment: Moment) -> None:
        assert opens_whole(left / "a.sovang") >= moment.told
        with Book.open(left / "a.sovang", actor="x", heads=RollbackGuard(left / "state")) as book:
            assert book.behind is None

    assert after_every_call(tmp_path, root, act, judge) > 40


def test_no_line_is_lost_while_segments_are_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "disk"
    root.mkdir()
    several_segments(root / "a.sovang")
    monkeypatch.setattr("records.store.journal.packing._WORTH", 0)

    def act(model: Model) -> None:
        with Book.open(root / "a.sovang", actor="x") as book:
            add(book, "N9")
            model.acknowledged = book.head()[0]
            assert book.engine.pack_one()
            book.snapshot()
            assert book.engine.pack_one() is False, "no line vouches yet for what was just closed"
            add(book, "N10")
            model.acknowledged = book.head()[0]
            assert book.engine.pack_one()

    def judge(left: Path, moment: Moment) -> None:
        assert opens_whole(left / "a.sovang") >= moment.told

    assert after_every_call(tmp_path, root, act, judge) > 20
    assert len(list((root / "a.sovang").glob("journal-*.gz"))) == 3


def test_a_new_book_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    root = tmp_path / "disk"
    root.mkdir()

    def act(_: Model) -> None:
        with new_book(root / "a.sovang") as book:
            add(book, "An")

    def judge(left: Path, _: Moment) -> None:
        if (left / "a.sovang/book.json").exists():
            opens_whole(left / "a.sovang")

    assert after_every_call(tmp_path, root, act, judge) > 5


def test_what_was_said_to_be_restored_or_copied_is_on_disk(tmp_path: Path) -> None:
    root = tmp_path / "disk"
    path = several_segments(tmp_path / "a.sovang")
    (path / "files" / "x-0123.jpg").write_bytes(b"picture" * 1000)
    saved = write_backup(path, tmp_path / "saved", now=NOW).path
    root.mkdir()
    several_segments(root / "b.sovang")

    def act(model: Model) -> None:
        restore(saved, root / "b.sovang", now=NOW, actor="x", replace=True)
        model.acknowledged = 1
        copy_past(path, root / "c.sovang", upto=4, now=NOW, actor="x")
        model.acknowledged = 2
        model.sync_folder(root)

    def judge(left: Path, moment: Moment) -> None:
        for place, step, count in (("b.sovang", 1, 10), ("c.sovang", 2, 5)):
            if (left / place).exists() or moment.told >= step:
                assert opens_whole(left / place) >= min(count, 9)
            if moment.told >= step:
                assert (left / place / "files" / "x-0123.jpg").read_bytes() == b"picture" * 1000
                assert opens_whole(left / place) == count
        assert any(left.glob("b*.sovang")), "the book that was there is there under one of two names"

    assert after_every_call(tmp_path, root, act, judge) > 20


def test_a_backup_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    root = tmp_path / "disk"
    root.mkdir()
    path = several_segments(root / "a.sovang")

    def act(model: Model) -> None:
        write_backup(path, root / "saved", now=NOW)
        model.acknowledged = 1
        model.sync_folder(root)

    def judge(left: Path, moment: Moment) -> None:
        found = list(left.glob("saved/*.backup.zip"))
        assert len(found) >= moment.told
        for each in found:
            assert check_backup(each).seq == 9

    assert after_every_call(tmp_path, root, act, judge) > 3


@pytest.mark.parametrize("form", [1, 2])
def test_a_migration_that_is_cut_off_anywhere_is_gone_on_with(tmp_path: Path, form: int) -> None:
    root = tmp_path / "disk"
    root.mkdir()
    old_book(root / "a.sovang", form)

    def act(_: Model) -> None:
        Book.open(root / "a.sovang", actor="x").close()

    def judge(left: Path, _: Moment) -> None:
        assert opens_whole(left / "a.sovang") == 16

    assert after_every_call(tmp_path, root, act, judge) > 5


@pytest.mark.parametrize("at", [60, -60])
def test_a_repair_that_is_cut_off_anywhere_is_gone_on_with(tmp_path: Path, at: int) -> None:
    root = tmp_path / "disk"
    root.mkdir()
    path = several_segments(root / "a.sovang")
    segment = path / ("journal-000000001.jsonl" if at > 0 else "journal-000000007.jsonl")
    flip(segment, at)

    def act(_: Model) -> None:
        repair(path, actor="x", now=NOW)

    def judge(left: Path, _: Moment) -> None:
        repair(left / "a.sovang", actor="x", now=datetime(2025, 6, 15, 11, 0))
        with Book.open(left / "a.sovang", actor="x") as book:
            assert len(list(book.table(Person))) >= 8
        assert opens_whole(left / "a.sovang") >= 8

    assert after_every_call(tmp_path, root, act, judge) > 5


def test_what_a_key_sealed_can_be_checked_after_any_power_cut(tmp_path: Path) -> None:
    root = tmp_path / "disk"
    root.mkdir()
    new_book(root / "a.sovang").close()
    sealed: list[bytes] = []
    settings = load_settings()

    def act(model: Model) -> None:
        with Book.open(root / "a.sovang", actor="x") as book:
            sealed.append(private_key(Office(book, settings)).public_key().public_bytes_raw())
            model.acknowledged = 1
            model.sync_folder(root)

    def judge(left: Path, moment: Moment) -> None:
        with Book.open(left / "a.sovang", actor="x") as book:
            key = private_key(Office(book, settings))
            assert not moment.told or key.public_key().public_bytes_raw() == sealed[0]

    assert after_every_call(tmp_path, root, act, judge) > 5
