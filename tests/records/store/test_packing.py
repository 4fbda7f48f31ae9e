"""Closed segments are packed: the book is the same, damage is noticed as before, and a kill leaves one of the two."""

from __future__ import annotations

import gzip
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from config.errors import BookError
from records.store.book import Book
from records.store.journal import durable
from records.store.journal.packing import unpacked
from records.store.safety.backup import write_backup
from records.store.safety.copies import copy_past, restore
from records.store.safety.repair import repair
from tests.records.store.books import add, everybody, flip, names, several_segments

NOW = datetime(2026, 5, 4, 7, 30)  # the office's own clock


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nine people in three segments, the first two of them packed."""
    monkeypatch.setattr("records.store.journal.packing._WORTH", 0)
    path = several_segments(tmp_path / "a.sovang")
    with Book.open(path, actor="x") as opened:
        opened.settled()
        while opened.engine.pack_one():
            pass
    return path


def packed(path: Path) -> list[Path]:
    return sorted(path.glob("journal-*.gz"))


def test_a_packed_book_is_the_same_book(book: Path, tmp_path: Path) -> None:
    assert [each.name[:17] for each in packed(book)] == ["journal-000000001", "journal-000000004"]
    assert not (book / "journal-000000001.jsonl").exists()
    assert gzip.decompress(packed(book)[0].read_bytes()).count(b"\n") == 3
    with Book.open(book, actor="x") as opened:
        assert opened.settled().damage is None
        assert not opened.notices
        assert names(opened) == everybody()
        assert opened.verify().whole
        told = [entry.changes[0][3] for entry in opened.history() if entry.changes]
        assert [row and row["name"] for row in told] == everybody()[::-1]
        opened.undo()
        add(opened, "N8")
        assert opened.verify().whole
    saved = write_backup(book, tmp_path / "saved", now=NOW).path
    restore(saved, tmp_path / "b.sovang", now=NOW, actor="x")
    copy_past(book, tmp_path / "past.sovang", upto=5, now=NOW, actor="x")
    for copy, people in (("b", [*everybody(8), "N8"]), ("past", everybody(5))):
        with Book.open(tmp_path / f"{copy}.sovang", actor="x") as opened:
            assert names(opened) == people
            assert opened.verify().whole


def test_every_bit_of_a_packed_segment_counts(book: Path) -> None:
    path = packed(book)[0]
    content = path.read_bytes()
    for at in range(len(content)):
        for bad in (content[:at], content[:at] + bytes((content[at] ^ (1 << at % 8),)) + content[at + 1 :]):
            path.write_bytes(bad)
            with Book.open(book, actor="x", read_only=True) as opened:
                assert opened.settled().damage is not None, at
                assert not opened.verify().whole, at
            with pytest.raises(BookError):
                write_backup(book, book.parent / "saved", now=NOW)


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("with_backup", [True, False])
def test_a_damaged_packed_segment_is_repaired(book: Path, number: int, *, with_backup: bool) -> None:
    saved = write_backup(book, book.parent / "saved", now=NOW).path
    path = packed(book)[number]
    flip(path, path.stat().st_size // 2)
    told = [str(each) for each in repair(book, actor="x", now=NOW, source=saved if with_backup else None)]
    assert any(path.name in each for each in told), told
    assert list(book.glob("aside-*/journal-*.gz"))
    with Book.open(book, actor="x") as opened:
        assert opened.settled().damage is None
        assert opened.verify().whole
        assert names(opened) == everybody()
        add(opened, "N9")


def test_a_bit_that_changes_no_line_costs_no_line(book: Path) -> None:
    path = packed(book)[0]
    content = path.read_bytes()
    at = 9  # which system packed it
    path.write_bytes(content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :])
    assert unpacked(path.read_bytes())[1]
    repair(book, actor="x", now=NOW)
    with Book.open(book, actor="x") as opened:
        assert opened.verify().whole
        assert names(opened) == everybody()
        assert len(opened.history()) >= 9, "all of the history is there"


def test_the_last_open_segment_lost_is_not_written_into_a_packed_one(book: Path) -> None:
    (book / "journal-000000007.jsonl").unlink()
    for each in book.glob("snapshot-*"):  # the newest knows that there was more
        each.unlink()
    before = [each.read_bytes() for each in packed(book)]
    with Book.open(book, actor="x") as opened:
        assert names(opened) == everybody(6)
        add(opened, "after")
        assert opened.verify().whole
    assert [each.read_bytes() for each in packed(book)] == before
    with Book.open(book, actor="x") as opened:
        assert opened.settled().damage is None
        assert names(opened) == [*everybody(6), "after"]


def test_a_kill_between_leaves_the_open_one(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = several_segments(tmp_path / "c.sovang")
    kept = tmp_path / "killed.sovang"
    remove = durable.Disk.remove

    def killed(self: durable.Disk, path: Path) -> None:
        if path.suffix == ".jsonl" and not kept.exists():
            shutil.copytree(fresh, kept)
        remove(self, path)

    monkeypatch.setattr(durable.Disk, "remove", killed)
    with Book.open(fresh, actor="x") as opened:
        opened.settled()
        assert opened.engine.pack_one()
    twins = [each for each in packed(kept) if (kept / f"{each.name[:17]}.jsonl").exists()]
    assert twins
    (kept / "writer.lock").unlink()
    with Book.open(kept, actor="x") as opened:
        assert opened.verify().whole
        assert names(opened) == everybody()
        assert not [each for each in twins if each.exists()], "the open one counts, so the packed one is taken away"


def test_who_reads_while_it_is_packed_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("records.store.journal.packing._WORTH", 0)
    path = several_segments(tmp_path / "a.sovang")
    with Book.open(path, actor="x") as writer, Book.open(path, actor="y", read_only=True) as reader:
        entries = reader.history()
        writer.settled()
        while writer.engine.pack_one():
            pass
        assert [entry.changes[0][1] for entry in entries if entry.changes] == list(range(9, 0, -1))
        add(writer, "new")
        assert reader.refresh()
        assert names(reader) == [*everybody(), "new"]
        assert reader.verify().whole


def test_a_backup_and_a_restore_say_how_far_they_are(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    (path / "files" / "large.bin").write_bytes(bytes(5_000_000))
    told: list[tuple[int, int]] = []
    saved = write_backup(path, tmp_path / "saved", now=NOW, progress=lambda *each: told.append(each)).path
    shares = [done / size for done, size in told]
    assert shares == sorted(shares)
    assert len([each for each in shares if each < 0.5]) >= 4
    assert len([each for each in shares if 0.5 <= each < 1]) >= 4
    assert shares[-1] == 1
    told.clear()
    restore(saved, tmp_path / "b.sovang", now=NOW, actor="x", progress=lambda *each: told.append(each))
    assert len(told) >= 5
    assert told[-1][0] == told[-1][1]
