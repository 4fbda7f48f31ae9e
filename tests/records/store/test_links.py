"""Links that lead nowhere, as when another disk is not there, and what else stands in the place of a file."""

from __future__ import annotations

import errno
import os
from datetime import datetime
from pathlib import Path

import pytest

from config.errors import BookError
from config.reasons import system_reason
from records.store.book import Book
from records.store.journal.durable import disk
from records.store.journal.lock import WriterLock
from records.store.safety.backup import write_backup
from records.store.safety.copies import restore
from records.store.safety.inspection import inspect_locked
from records.store.safety.repair import repair
from tests.records.store.books import add, everybody, filled, names, new_book, several_segments

NOW = datetime(2025, 6, 15, 10, 0)
no_follow = pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links are followed here")


def _saved(path: Path) -> Path:
    return write_backup(path, path.parent / "saved", now=NOW).path


def _unmounted(path: Path) -> Path:
    """Let the last segment be a link to a disk that is not there, of which only the folder is; gives the link."""
    last = max(path.glob("journal-*.jsonl"))
    (path.parent / "disk").mkdir()
    last.unlink()
    last.symlink_to(path.parent / "disk" / last.name)
    return last


def _without_snapshots(path: Path) -> Path:
    for each in path.glob("snapshot-*"):
        each.unlink()
    return path


# -- segments ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("leads", ["nowhere", "round", "folder"])
def test_a_link_that_leads_to_no_segment_is_damage_and_not_written_through(tmp_path: Path, leads: str) -> None:
    path = _without_snapshots(several_segments(tmp_path / "a.sovang"))
    link = _unmounted(path)
    if leads != "nowhere":
        link.unlink()
        link.symlink_to(link if leads == "round" else tmp_path / "disk")
    with Book.open(path, actor="lan") as book:
        assert [each.where for each in book.verify().problems] == [link.name]
        with pytest.raises(BookError, match="leads to no file"):
            add(book, "elsewhere")
    assert [each.where for each in inspect_locked(path).problems if "link" in str(each.what)] == [link.name]
    with pytest.raises(BookError, match="leads to no file"):
        _saved(path)
    assert list((tmp_path / "disk").iterdir()) == []


def test_a_link_to_no_segment_is_set_aside_and_the_book_goes_on(tmp_path: Path) -> None:
    path = _without_snapshots(several_segments(tmp_path / "a.sovang"))
    link = _unmounted(path)
    told = "\n".join(map(str, repair(path, actor="lan", now=NOW)))
    assert f"{link.name} was a link that leads to no file" in told
    with Book.open(path, actor="lan") as book:
        assert (names(book), book.verify().whole) == (everybody(6), True)
        add(book, "N6")
    assert repair(path, actor="lan", now=NOW) == []


@pytest.mark.parametrize("how", ["link", "gone", "short"])
def test_the_end_that_is_gone_comes_from_a_backup(tmp_path: Path, how: str) -> None:
    path = several_segments(tmp_path / "a.sovang")
    saved = _saved(path)
    if how == "link":
        _unmounted(_without_snapshots(path))
    elif how == "gone":
        max(path.glob("journal-*.jsonl")).unlink()
    else:  # the last segment too, and the one before it not to its end
        max(path.glob("journal-*.jsonl")).unlink()
        last = max(path.glob("journal-*.jsonl"))
        last.write_bytes(b"".join(last.read_bytes().splitlines(keepends=True)[:2]))
    with Book.open(path, actor="lan", read_only=True) as book:
        assert not book.verify().whole
    assert repair(path, actor="lan", now=NOW, source=saved)
    with Book.open(path, actor="lan") as book:
        assert (names(book), book.verify(deep=True).whole) == (everybody(), True)


@pytest.mark.parametrize("others", [True, False])
def test_of_a_book_whose_only_segment_is_a_link_to_nothing_only_a_backup_has_lines(
    tmp_path: Path, *, others: bool
) -> None:
    path = filled(tmp_path / "a.sovang", 3)
    saved = _saved(path)
    _unmounted(path)
    if others:
        (path / "index.sqlite").write_bytes(b"x")
    else:
        (path / "index.sqlite").unlink(missing_ok=True)
    with Book.open(path, actor="lan") as book:
        assert not book.verify().whole
    with pytest.raises(BookError, match="only a backup has them"):
        repair(path, actor="lan", now=NOW)
    assert repair(path, actor="lan", now=NOW, source=saved)
    with Book.open(path, actor="lan") as book:
        assert (len(names(book)), book.verify().whole) == (3, True)


def test_a_link_where_the_index_was_tells_of_a_journal_that_is_gone(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 3)
    next(path.glob("journal-*")).unlink()
    (path / "index.sqlite").unlink(missing_ok=True)
    (path / "index.sqlite").symlink_to("nowhere")
    with Book.open(path, actor="lan") as book:
        assert not book.verify().whole


@no_follow
def test_no_file_is_opened_for_writing_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for make in (True, False):
        with pytest.raises(OSError) as caught:
            disk.open(tmp_path / "link", make=make)
        assert caught.value.errno == errno.ELOOP
    assert "link stands where" in str(system_reason(caught.value))
    assert not (tmp_path / "elsewhere").exists()


@no_follow
def test_a_link_that_comes_while_the_book_is_open_is_not_written_through(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        add(book, "N0")
        book.snapshot()
        (book.path / "journal-000000002.jsonl").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(BookError, match="link stands where"):
            add(book, "N1")
    assert not (tmp_path / "elsewhere").exists()


# -- snapshots --------------------------------------------------------------------------------------------------------


def test_a_snapshot_behind_which_no_line_stands_says_that_the_end_is_missing(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    max(path.glob("journal-*.jsonl")).unlink()
    with Book.open(path, actor="lan") as book:
        report = "\n".join(map(str, book.verify().lines))
        assert "the book once had change 7, the journal ends with change 6" in report
        assert "is damaged; nothing is lost" not in report
        assert book.settled().read_only
    with pytest.raises(BookError, match="once had change 7"):
        _saved(path)
    told = "\n".join(map(str, repair(path, actor="lan", now=NOW)))
    assert "once had change 7" in told
    assert "the journal tells all that was in it" not in told
    with Book.open(path, actor="lan") as book:
        assert (names(book), book.verify().whole) == (everybody(6), True)


def test_a_snapshot_that_is_not_what_its_name_says_knows_of_nothing(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    max(path.glob("journal-*.jsonl")).unlink()
    newest = max(path.glob("snapshot-*"))
    newest.write_bytes(newest.read_bytes() + b" ")
    with Book.open(path, actor="lan") as book:
        report = book.verify()
        assert report.whole
        assert "is damaged; nothing is lost" in "\n".join(map(str, report.lines))


def test_the_past_of_a_book_has_its_later_snapshots(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    with Book.open(path, actor="lan", upto=2) as book:
        assert book.verify().whole


# -- the lock, the index ----------------------------------------------------------------------------------------------


@no_follow
@pytest.mark.parametrize("kind", ["link", "folder"])
def test_what_stands_in_the_place_of_the_lock_is_told_and_set_aside(tmp_path: Path, kind: str) -> None:
    path = filled(tmp_path / "a.sovang", 2)
    place = path / "writer.lock"
    place.unlink(missing_ok=True)
    if kind == "link":
        place.symlink_to("nowhere")
    else:
        place.mkdir()
    with pytest.raises(BookError, match=f"in the place of writer.lock is a {kind}") as caught:
        Book.open(path, actor="lan")
    assert "sets it aside" in str(caught.value.do)
    told = "\n".join(map(str, repair(path, actor="lan", now=NOW)))
    assert "“writer.lock” is no part of the book and was set aside" in told
    assert "What was there before is kept in" in told
    assert WriterLock(path).in_the_way() is None
    with Book.open(path, actor="lan") as book:
        add(book, "Bình")
        assert book.verify().whole
    assert repair(path, actor="lan", now=NOW) == []


@pytest.mark.parametrize("kind", ["link", "link to a file", "folder"])
def test_the_index_takes_the_place_of_nothing_that_is_no_file(tmp_path: Path, kind: str) -> None:
    path = filled(tmp_path / "a.sovang", 2)
    place, elsewhere = path / "index.sqlite", tmp_path / "elsewhere"
    place.unlink(missing_ok=True)
    elsewhere.write_bytes(b"x")
    if kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(elsewhere if kind == "link to a file" else "nowhere")
    with Book.open(path, actor="lan") as book:
        assert book.history(limit=1)
        assert "“index.sqlite”; “book repair” sets them aside" in "\n".join(map(str, book.verify().lines))
    assert "“index.sqlite”" in "\n".join(map(str, repair(path, actor="lan", now=NOW)))
    assert elsewhere.read_bytes() == b"x"


# -- targets ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ["nowhere", "b.sovang"])
def test_a_link_that_leads_nowhere_is_no_place_for_a_book_but_is_replaced(tmp_path: Path, to: str) -> None:
    saved = _saved(filled(tmp_path / "a.sovang", 2))
    place = tmp_path / "b.sovang"
    place.symlink_to(to)
    with pytest.raises(BookError, match="link that leads nowhere"):
        new_book(place)
    with pytest.raises(BookError, match="link that leads nowhere"):
        new_book(place / "c.sovang")
    with pytest.raises(BookError, match="link that leads nowhere"):
        restore(saved, place, now=NOW, actor="lan")
    _, aside = restore(saved, place, now=NOW, actor="lan", replace=True)
    assert aside is not None
    assert os.readlink(aside) == to  # noqa: PTH115  # a link to itself is none that can be followed
    with Book.open(place, actor="lan") as book:
        assert (len(names(book)), book.verify().whole) == (2, True)
