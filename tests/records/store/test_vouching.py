"""Nothing is believed that no later line vouches for: snapshots, book.json, backups that are none."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import orjson
import pytest

from config.errors import BookError
from records.store.book import Book
from records.store.safety.backup import check_backup, write_backup
from records.store.safety.repair import repair
from tests.records.store.books import add, everybody, names, several_segments

NOW = datetime(2025, 6, 15, 10, 0)


@pytest.mark.plain
def test_an_edited_snapshot_that_was_renamed_to_fit_is_passed_over_everywhere(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    newest = max(path.glob("snapshot-*.json"))
    forged = newest.read_bytes().replace(b'"N2"', b'"XX"')
    newest.unlink()
    fitting = path / f"snapshot-000000006-{hashlib.sha256(forged).hexdigest()[:16]}.json"
    fitting.write_bytes(forged)
    with Book.open(path, actor="x") as book:
        assert names(book) == everybody()
        assert any(fitting.name in str(notice) for notice in book.notices)
        report = book.verify()
        assert report.whole
        assert any(fitting.name in str(line) for line in report.lines)
    assert any(fitting.name in str(line) for line in repair(path, actor="x", now=NOW))
    assert not fitting.exists()
    with Book.open(path, actor="x") as book:
        assert not book.notices
        assert book.verify().whole
        assert names(book) == everybody()


@pytest.mark.parametrize("key", ["office", "id", "created", "format"])
def test_a_changed_book_json_is_damage_until_it_is_repaired(tmp_path: Path, key: str) -> None:
    path = several_segments(tmp_path / "a.sovang")
    saved = write_backup(path, tmp_path / "saved", now=NOW).path
    about = orjson.loads((path / "book.json").read_bytes())
    changed = {**about, key: 2 if key == "format" else "TM", "more": 1}
    (path / "book.json").write_bytes(orjson.dumps(changed))
    with Book.open(path, actor="x") as book:
        assert book.damage is not None
        assert book.read_only
        assert book.verify().problems[0].where == "book.json"
    with pytest.raises(BookError, match=r"book\.json"):
        write_backup(path, tmp_path / "saved", now=NOW)
    repair(path, actor="x", now=NOW, source=saved)
    assert orjson.loads((path / "book.json").read_bytes()) == about
    with Book.open(path, actor="x") as book:
        assert book.verify().whole


def test_a_changed_book_json_may_be_taken_as_it_stands(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    about = orjson.loads((path / "book.json").read_bytes())
    (path / "book.json").write_bytes(orjson.dumps({**about, "office": "TM"}))
    assert any("as it stands" in str(line) for line in repair(path, actor="x", now=NOW))
    with Book.open(path, actor="x") as book:
        assert (book.office, book.damage) == ("TM", None)
        add(book, "N9")
        assert book.verify().whole


def test_a_lost_book_json_comes_back_from_a_backup(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    saved = write_backup(path, tmp_path / "saved", now=NOW).path
    (path / "book.json").unlink()
    with pytest.raises(BookError, match="repair --from"):
        Book.open(path, actor="x")
    repair(path, actor="x", now=NOW, source=saved)
    with Book.open(path, actor="x") as book:
        assert book.verify().whole
        assert names(book) == everybody()


def test_a_backup_that_would_fill_the_disk_is_refused_before_it_does(tmp_path: Path) -> None:
    bomb = tmp_path / "a-20250615-100000.backup.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as zipped:
        with zipped.open("files/big.bin", "w") as file:
            for _ in range(300):
                file.write(bytes(1_000_000))
        zipped.writestr("manifest.json", b"{}")
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(BookError, match="no book of this size"):
        check_backup(bomb)


def test_a_backup_for_which_there_is_no_room_says_how_much_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = several_segments(tmp_path / "a.sovang")
    (path / "files" / "large.bin").write_bytes(bytes(range(256)) * 10_000)
    saved = write_backup(path, tmp_path / "saved", now=NOW).path
    full = shutil.disk_usage(tmp_path)._replace(free=0)
    monkeypatch.setattr("records.store.safety.backup.shutil.disk_usage", lambda _: full)
    with pytest.raises(BookError, match="3 MB are needed"):
        check_backup(saved)


def test_what_a_killed_writer_left_is_taken_away_by_the_next(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    for name in ("snapshot-000000009.tmp", "book.json.tmp", "torn-000000009.bin.tmp"):
        (path / name).write_bytes(b"people")
    with Book.open(path, actor="x", read_only=True) as book:
        assert not book.notices
    with Book.open(path, actor="x") as book:
        assert not book.notices
    assert not list(path.glob("*.tmp"))
