"""A snapshot read ahead is taken when it is the same still, and read anew when it is not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from records.domain.units import Unit, UnitName
from records.store import caches
from records.store.book import Book
from records.store.journal import ahead, content

READ = content._read


def _filled(path: Path) -> Path:
    """A book with a snapshot; gives the snapshot."""
    with Book.create(path, office="TN", actor="thu") as book:
        with book.change("unit.add") as change:
            change.put(Unit(id=change.new_id(Unit), names=(UnitName(name="Chi bộ Một"),), kind="party_organisation"))
        book.snapshot()
        with book.change("unit.add"):
            pass
    (snapshot,) = path.glob("snapshot-*.json")
    return snapshot


def _begun(folder: Path) -> None:
    ahead.read_ahead(folder)
    for reading in ahead._BEGUN.values():
        reading.join()


def _opens(path: Path) -> int:
    """Open the book and find its unit; gives how many times a whole file was read for it."""
    with patch.object(content, "_read", side_effect=READ) as read, Book.open(path, actor="thu") as book:
        assert [each.names[0].name for each in book.table(Unit)] == ["Chi bộ Một"]
    return read.call_count


def test_what_was_read_ahead_is_not_read_again(tmp_path: Path) -> None:
    _filled(tmp_path / "a.sovang")
    assert _opens(tmp_path / "a.sovang") == 1
    _begun(tmp_path / "a.sovang")
    assert _opens(tmp_path / "a.sovang") == 0
    assert not ahead._BEGUN, "it is kept for one opening"


def _written_again(path: Path) -> None:
    path.write_bytes(path.read_bytes())


def _replaced(path: Path) -> None:
    other = path.with_suffix(".other")
    other.write_bytes(path.read_bytes())
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize("touch", [_written_again, _replaced])
def test_a_file_touched_since_is_read_again(tmp_path: Path, touch: Callable[[Path], None]) -> None:
    snapshot = _filled(tmp_path / "a.sovang")
    _begun(tmp_path / "a.sovang")
    touch(snapshot)
    assert _opens(tmp_path / "a.sovang") == 1


def test_a_snapshot_that_went_is_passed_over(tmp_path: Path) -> None:
    snapshot = _filled(tmp_path / "a.sovang")
    _begun(tmp_path / "a.sovang")
    snapshot.unlink()
    _opens(tmp_path / "a.sovang")  # by its lines alone
    ahead._BEGUN.clear()


def _with_cache(path: Path) -> None:
    with Book.create(path, office="TN", actor="thu") as book:
        book.at_close("told", lambda _: b"counted")
        book.note("office.note", about="x")


def _recalled(path: Path) -> tuple[bytes | None, int]:
    """What is kept, and how many times a file was read for it once the book was open."""
    with (
        Book.open(path, actor="thu") as book,
        patch.object(caches, "_read", side_effect=caches._read) as read,
    ):
        return book.recall("told"), read.call_count


def _caches_begun(folder: Path) -> None:
    caches.read_ahead(folder)
    for reading in caches._BEGUN.values():
        reading.join()


def test_a_cache_read_ahead_is_not_read_again_and_is_kept_for_one_asking(tmp_path: Path) -> None:
    _with_cache(tmp_path / "a.sovang")
    assert _recalled(tmp_path / "a.sovang") == (b"counted", 1)
    _caches_begun(tmp_path / "a.sovang")
    assert _recalled(tmp_path / "a.sovang") == (b"counted", 0)
    assert not caches._BEGUN


@pytest.mark.parametrize("touch", [_written_again, _replaced])
def test_a_cache_touched_since_is_read_again(tmp_path: Path, touch: Callable[[Path], None]) -> None:
    _with_cache(tmp_path / "a.sovang")
    _caches_begun(tmp_path / "a.sovang")
    touch(tmp_path / "a.sovang" / "cache-told.bin")
    assert _recalled(tmp_path / "a.sovang") == (b"counted", 1)


def test_a_cache_that_went_or_is_of_another_state_or_turned_is_none(tmp_path: Path) -> None:
    for harm in ("gone", "state", "bit"):
        path = tmp_path / f"{harm}.sovang"
        _with_cache(path)
        kept = path / "cache-told.bin"
        if harm == "bit":
            kept.write_bytes(kept.read_bytes()[:-1] + b"x")
        _caches_begun(path)
        if harm == "gone":
            kept.unlink()
        if harm == "state":
            with Book.open(path, actor="thu") as book:
                book.note("office.note", about="y")
            _caches_begun(path)
        assert _recalled(path)[0] is None, harm


def test_where_nothing_can_be_read_nothing_is_begun(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path):
        ahead.read_ahead(folder)
    (tmp_path / "file").write_bytes(b"")
    ahead.read_ahead(tmp_path / "file")
    assert not ahead._BEGUN
