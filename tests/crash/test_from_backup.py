"""What a backup gives back: only to its own book, never half, and with what was there kept."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from config.errors import BookError
from config.text import Text
from records.store.book import Book
from records.store.files import BookFiles
from records.store.journal.lock import WriterLock
from records.store.safety import repair as repairing
from records.store.safety.backup import write_backup
from records.store.safety.repair import repair
from tests.crash import flips
from tests.records.store.books import add, new_book
from tui.present import books

NOW = datetime(2026, 6, 1, 8)
_KEY = "files/keys/certificates.key"

pytestmark = pytest.mark.plain


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return flips.made(tmp_path)


@pytest.fixture
def right(path: Path) -> Path:
    return write_backup(path, path.parent / "right", now=NOW).path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A backup of another book of the same name."""
    other = tmp_path / "other" / "a.sovang"
    other.parent.mkdir()
    with new_book(other) as book:
        add(book, "An")
    return write_backup(other, tmp_path / "wrong", now=NOW).path


def told(path: Path) -> dict[str, bytes]:
    names = (each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file() and each.suffix != ".lock")
    return {name: (path / name).read_bytes() for name in names}


@pytest.mark.parametrize("lost", ["book.json", "journal-*", _KEY])
def test_a_backup_of_another_book_gives_nothing_and_the_right_one_all(
    path: Path, right: Path, wrong: Path, lost: str
) -> None:
    for each in path.glob(lost):
        each.unlink()
    before = told(path)
    with pytest.raises(BookError, match="of another book"):
        repair(path, actor="x", now=NOW, source=wrong)
    assert told(path) == before
    assert books.mend(path, right, now=NOW).wrong == []
    assert books.look(path) == ([], True)


def test_a_book_json_that_was_changed_to_that_of_another_is_that_of_this_again(
    path: Path, right: Path, wrong: Path
) -> None:
    shutil.copy(wrong.parents[1] / "other" / "a.sovang" / "book.json", path)
    with pytest.raises(BookError, match="of another book"):
        repair(path, actor="x", now=NOW, source=wrong)
    assert books.mend(path, right, now=NOW).wrong == []
    with Book.open(path, actor="x", read_only=True) as book:
        assert book.settled().damage is None


def test_a_journal_that_is_gone_whole_is_damage_and_only_a_backup_mends_it(path: Path, right: Path) -> None:
    for each in path.glob("journal-*"):
        each.unlink()
    assert books.look(path)[0]
    with pytest.raises(BookError):
        write_backup(path, right.parent, now=NOW)
    with Book.open(path, actor="x", read_only=True) as book:
        assert book.settled().damage is not None
    before = told(path)
    with pytest.raises(BookError, match="No line of the journal is left"):
        repair(path, actor="x", now=NOW)
    assert told(path) == before
    books.mend(path, right, now=NOW)
    assert books.look(path) == ([], True)


def test_a_folder_that_is_no_book_is_left_as_it_is(right: Path, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.docx").write_bytes(b"Dear")
    for source in (None, right):
        with pytest.raises(BookError):
            repair(folder, actor="x", now=NOW, source=source)
    assert told(folder) == {"letter.docx": b"Dear"}


def test_what_cannot_be_put_in_its_place_leaves_what_was_there(
    path: Path, right: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = (path / _KEY).read_bytes().replace(b"M", b"N")
    (path / _KEY).write_bytes(spoilt)

    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(BookFiles, "write", full)
    found = books.bring_back(path, right, now=NOW)
    assert "could not be brought back" in str(found.done[-1])
    assert any("is kept in" in str(each) for each in found.done)
    assert (path / _KEY).read_bytes() == spoilt


def test_nobody_else_writes_while_files_come_back(path: Path, right: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path / _KEY).unlink()
    bring_back, tried = books.bring_back, []

    def bring_back_beside(book: Path, source: Path, *, now: datetime) -> books.Repaired:
        with pytest.raises(BookError, match="is held"):
            WriterLock(path).take(actor="y", now=now)
        tried.append(source)
        return bring_back(book, source, now=now)

    monkeypatch.setattr(books, "bring_back", bring_back_beside)
    assert books.mend(path, right, now=NOW).wrong == []
    assert tried


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("name", ["book.json", _KEY])
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for_and_the_file_comes_back(
    path: Path, right: Path, name: str
) -> None:
    (path / name).unlink()
    os.mkfifo(path / name)
    assert books.look(path)[0]
    assert books.mend(path, right, now=NOW).wrong == []
    assert books.look(path) == ([], True)


def test_a_repair_that_cannot_be_moves_nothing(path: Path) -> None:
    for each in path.glob("journal-*"):
        each.unlink()
    (path / "journal-000000001 (1).jsonl").write_bytes(b"a copy of a sync program")
    before = told(path)
    with pytest.raises(BookError, match="No line of the journal is left"):
        repair(path, actor="x", now=NOW)
    assert told(path) == before


def test_what_was_repaired_is_told_though_somebody_else_takes_the_book_meanwhile(
    path: Path, right: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path / "letter.txt").write_bytes(b"x")
    (path / _KEY).unlink()
    other, mended = WriterLock(path), repairing.repair

    def repair_and_be_overtaken(*given: Path, **more: Any) -> list[Text]:
        done = mended(*given, **more)
        other.take(actor="y", now=NOW)
        return done

    monkeypatch.setattr(repairing, "repair", repair_and_be_overtaken)
    found = books.mend(path, right, now=NOW)
    other.release()
    assert any("letter.txt" in str(each) for each in found.done)
    assert any("is held" in str(each.what) for each in found.wrong)
