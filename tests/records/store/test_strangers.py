"""What sync programs, file managers and people put into the folder of a book: named, never read, never in the way."""

from __future__ import annotations

import os
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import orjson
import pytest

from config.errors import BookError
from records.store.about import read_about
from records.store.book import Book
from records.store.caches import read_cache
from records.store.journal.durable import read_file
from records.store.journal.lock import WriterLock
from records.store.journal.segments import line_of, piece
from records.store.safety.backup import check_backup, ring_in, told_in, write_backup
from records.store.safety.copies import restore
from records.store.safety.repair import repair
from records.store.safety.vouching import about_hash
from tests.records.store.books import add, everybody, names, several_segments

NOW = datetime(2025, 6, 15, 10, 0)
COPIES = [
    "journal-000000001 (1).jsonl",
    "journal-kopie.jsonl",
    "journal-000000001-MAY-CONFLICT.jsonl",
    "journal-1.jsonl",
    "journal-000000000.jsonl",
    "Copy of journal-000000001.jsonl",
    "snapshot-000000006-ffffffffffffffff (1).json",
    "base-x.json",
    "book (1).json",
]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_of_a_file_is_named_left_alone_and_set_aside(tmp_path: Path, name: str) -> None:
    path = several_segments(tmp_path / "a.sovang")
    shutil.copy(path / "journal-000000001.jsonl", path / name)
    _works_and_is_repaired(path, name)


@pytest.mark.parametrize("name", ["journal-000000099.jsonl", "snapshot-000000009-ffffffffffffffff.json", "Ảnh"])
@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_regular_file_is_no_part_of_a_book(tmp_path: Path, name: str, kind: str) -> None:
    path = several_segments(tmp_path / "a.sovang")
    if kind == "folder":
        (path / name).mkdir()
    elif kind == "link":
        (path / name).symlink_to(path / "journal-000000001.jsonl")
    elif hasattr(os, "mkfifo"):
        os.mkfifo(path / name)
    else:
        pytest.skip("no pipes here")
    _works_and_is_repaired(path, name)


def _works_and_is_repaired(path: Path, name: str) -> None:
    with Book.open(path, actor="x") as book:
        assert book.settled().damage is None
        assert any(name in str(notice) for notice in book.notices)
        add(book, "N9")
        report = book.verify()
        assert report.whole
        assert any(name in str(line) for line in report.lines)
    saved = write_backup(path, path.parent / "saved", now=NOW).path
    with zipfile.ZipFile(saved) as zipped:
        assert name not in zipped.namelist()
    told = repair(path, actor="x", now=NOW)
    assert any(name in str(line) for line in told)
    (aside,) = path.glob("aside-*")
    assert (aside / name).is_symlink() or (aside / name).exists()
    with Book.open(path, actor="x") as book:
        assert not book.notices
        assert names(book) == everybody(10)
        assert book.verify().whole
    assert repair(path, actor="x", now=NOW) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize(
    "name", ["files/keys/certificates.key", "looks.jsonl", "index.sqlite", "cache-x.bin", "holder.json"]
)
def test_a_pipe_in_the_place_of_a_file_is_as_if_it_were_not_there(tmp_path: Path, name: str) -> None:
    path = several_segments(tmp_path / "a.sovang")
    _pipe(path / name)
    with Book.open(path, actor="x") as book:
        assert book.files.read(name.removeprefix("files/")) is None
        assert book.history(limit=1)
        assert read_cache(path, "x", book.head()) is None
        assert book.verify().whole
        assert (list(book.looks.all()), book.looks.head(), book.looks.last()) == ([], None, "")
        assert "held by" in str(WriterLock(path).holder())
    write_backup(path, tmp_path / "saved", now=NOW)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_the_place_of_the_last_segment_is_a_loss_and_not_waited_for(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    saved = write_backup(path, tmp_path / "saved", now=NOW).path
    with Book.open(path, actor="x") as book:
        assert book.history(limit=1)
    last = max(path.glob("journal-*.jsonl"))
    last.unlink()
    os.mkfifo(last)
    with Book.open(path, actor="x", read_only=True) as book:
        assert len(book.history()) < len(everybody())
    assert line_of(path, 9) == b""
    with pytest.raises(OSError, match="No such file"):
        read_file(last)
    with pytest.raises(OSError, match="No such file"):
        piece(path, int(last.stem[8:]), 0, 10)
    told = [str(each) for each in repair(path, actor="x", now=NOW, source=saved)]
    assert any("set aside" in each for each in told)
    with Book.open(path, actor="x") as book:
        assert book.verify().whole


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_the_place_of_a_book_or_a_backup_is_said_to_be_none(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    _pipe(path / "book.json")
    with pytest.raises(BookError, match="cannot be understood"):
        read_about(path)
    with pytest.raises(BookError, match="cannot be understood"):
        write_backup(path, tmp_path / "saved", now=NOW)
    with pytest.raises(OSError, match="No such file"):
        about_hash(path)
    backup = tmp_path / "a-20250615-100000.backup.zip"
    _pipe(backup)
    assert (told_in(backup), ring_in(backup)) == (None, None)
    with pytest.raises(BookError, match="cannot be read"):
        check_backup(backup)


def _pipe(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def test_litter_of_file_managers_is_not_worth_a_word(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "._journal-000000001.jsonl"):
        (path / name).write_bytes(b"x")
    with Book.open(path, actor="x") as book:
        assert not book.notices


def test_a_well_named_segment_that_no_line_vouches_for_is_damage(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    shutil.copy(path / "journal-000000001.jsonl", path / "journal-000000002.jsonl")
    with Book.open(path, actor="x") as book:
        assert book.settled().damage is not None
        assert not book.verify().whole


def test_an_empty_segment_behind_the_end_is_damage_and_not_written_into(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    (path / "journal-000000050.jsonl").touch()
    with Book.open(path, actor="x") as book:
        assert book.damage is not None
        assert names(book) == everybody()
    repair(path, actor="x", now=NOW)
    with Book.open(path, actor="x") as book:
        assert book.verify().whole
        assert names(book) == everybody()


def test_a_backup_with_a_stranger_in_it_is_restored_and_the_stranger_set_aside(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    saved = write_backup(path, tmp_path / "saved", now=NOW).path
    evil = tmp_path / "b.backup.zip"
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(evil, "w") as target:
        told = orjson.loads(source.read("manifest.json"))
        for name in source.namelist():
            if name != "manifest.json":
                target.writestr(name, source.read(name))
        name = "journal-000000001 (1).jsonl"
        target.writestr(name, source.read("journal-000000001.jsonl"))
        told["files"][name] = told["files"]["journal-000000001.jsonl"]
        target.writestr("manifest.json", orjson.dumps(told))
    restore(evil, tmp_path / "b.sovang", now=NOW, actor="x")
    assert list((tmp_path / "b.sovang").glob(f"aside-*/{name}"))
    with Book.open(tmp_path / "b.sovang", actor="x") as book:
        assert book.verify().whole
        assert names(book) == everybody()
        assert not book.notices
