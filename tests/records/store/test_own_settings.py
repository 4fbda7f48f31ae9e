"""Settings changed outside the program are said until they are taken over; what the program changes is known."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from functools import partialmethod
from pathlib import Path

import orjson
import pytest

from config.i18n import tr
from config.settings.loading import load_settings
from records.domain.rule_changes import SettingChange
from records.services.book.history import redo, undo
from records.services.office import Office
from records.services.standards.rule_changes import keep_file
from records.store import files
from records.store.book import Book
from records.store.journal import durable
from records.store.safety.backup import write_backup
from records.store.safety.copies import copy_past, restore
from records.store.safety.own_settings import hashes_of, torn, torn_words
from records.store.safety.repair import repair
from tests.records.store.books import add, new_book

NOW = datetime(2026, 5, 4, 7, 30)
OWN = "office.yaml"


def told(path: Path) -> list[str]:
    """What opening says of settings."""
    with Book.open(path, actor="x", read_only=True) as book:
        return [tr(each) for each in book.notices if "outside the program" in each.pattern]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book with settings of its own that its first line knows."""
    place = tmp_path / "a.sovang"
    with new_book(place) as book:
        own = place / "config" / OWN
        own.write_bytes((Path(__file__).parents[3] / "config" / "data" / OWN).read_bytes())
        add(book, "An")
    return place


def test_a_change_by_hand_is_said_until_it_is_taken_over(path: Path) -> None:
    assert not told(path)
    own = path / "config" / OWN
    own.write_bytes(own.read_bytes() + b"# by hand\n")
    assert f"config/{OWN}" in told(path)[0]
    with Book.open(path, actor="x") as book:
        book.snapshot()
        add(book, "Ba")
    assert told(path), "a new segment takes nothing over without a word"
    with Book.open(path, actor="x") as book:
        report = book.verify()
        assert report.whole
        assert any("outside the program" in each.pattern for each in report.lines)
        assert book.accept_settings() == [OWN]
        assert book.history(limit=1)[0].action == "config.by_hand"
        assert book.accept_settings() == []
        book.snapshot()
        add(book, "Tư")
    assert not told(path)


def test_lines_say_the_settings_once_for_each_segment(path: Path) -> None:
    with Book.open(path, actor="x") as book:
        add(book, "Bình")
        add(book, "Cúc")
        book.snapshot()
        add(book, "Dung")
        add(book, "Hoa")
    segments = sorted(path.glob("journal-*.jsonl"))
    lines = [orjson.loads(line) for each in segments for line in each.read_bytes().splitlines()]
    told = {line["seq"]: line.get("vouches", {}).get("config") for line in lines}
    assert told[1] == told[4] == hashes_of(path)
    assert set(told[1]) == {OWN}
    assert [seq for seq in told if told[seq] is not None] == [1, 4], "nobody needs to hear them with every change"


@pytest.mark.parametrize("act", ["gone", "new"])
def test_a_file_that_came_or_went_is_said(path: Path, act: str) -> None:
    if act == "gone":
        (path / "config" / OWN).unlink()
    else:
        shutil.copy(path / "config" / OWN, path / "config" / "new.yaml")
    assert len(told(path)) == 1


def test_what_file_managers_and_killed_writers_leave_is_no_setting(path: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "x.yaml.tmp"):
        (path / "config" / name).touch()
    assert not told(path)


def _set(office: Office, content: bytes) -> Office:
    told = SettingChange(id="", file=OWN, key="x", before="", after="", since=date(2026, 1, 1), source="x")
    return keep_file(office, told, content, ("config.accept", "x"))


def test_a_change_through_the_program_its_undo_and_redo_are_known(path: Path) -> None:
    content = (path / "config" / OWN).read_bytes()
    with Book.open(path, actor="x") as book:
        _set(Office(book, load_settings(path / "config")), b"\xef\xbb\xbf" + content + b"# one\r\n")
    assert not told(path)
    with Book.open(path, actor="x") as book:
        office = _set(Office(book, load_settings(path / "config")), content + b"# two\n")
        undo(office)
    assert not told(path)
    with Book.open(path, actor="x") as book:
        redo(Office(book, load_settings(path / "config")))
        book.snapshot()
        add(book, "Ba")
    assert not told(path)
    (path / "config" / OWN).write_bytes(content + b"# three\n")
    assert told(path)


def test_copies_know_their_settings(path: Path, tmp_path: Path) -> None:
    own = path / "config" / OWN
    with Book.open(path, actor="x") as book:
        _set(Office(book, load_settings(path / "config")), own.read_bytes() + b"# two\n")
    copy_past(path, tmp_path / "past.sovang", upto=1, now=NOW, actor="x")
    restore(write_backup(path, tmp_path, now=NOW).path, tmp_path / "back.sovang", now=NOW, actor="x")
    assert not told(tmp_path / "past.sovang")
    assert not told(tmp_path / "back.sovang")


def test_one_that_the_system_keeps_from_us_is_damage_and_a_repair_moves_it_aside(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = write_backup(path, tmp_path / "saved", now=NOW).path
    own = path / "config" / OWN
    right = own.read_bytes()
    own.write_bytes(b"kept from us")
    kept_from_us = own.stat().st_ino
    with monkeypatch.context() as patched:
        read_bytes, read_file = Path.read_bytes, durable.read_file

        def refuse(reader: Callable[[Path], bytes], place: Path) -> bytes:
            if place.exists() and place.stat().st_ino == kept_from_us:
                raise PermissionError(13, "no", str(place))
            return reader(place)

        patched.setattr(Path, "read_bytes", partialmethod(lambda place, reader: refuse(reader, place), read_bytes))
        patched.setattr(files, "read_file", lambda place: refuse(read_file, place))
        with Book.open(path, actor="x", read_only=True) as book:
            report = book.verify()
        assert [each.where for each in report.problems] == [f"config/{OWN}"]
        assert repair(path, actor="x", now=NOW, source=backup)
    assert own.read_bytes() == right
    (aside,) = path.glob(f"aside-*/{OWN}")
    assert aside.read_bytes() == b"kept from us"
    assert not told(path)


def test_what_no_line_knows_is_no_damage_and_neither_is_what_a_line_knows(path: Path) -> None:
    known = hashes_of(path)
    own = path / "config" / OWN
    (path / "config" / "levels.yaml").write_bytes(b"")
    own.write_bytes(b"number_suffix:\n")
    assert torn(path, known) == [OWN]
    assert torn(path, hashes_of(path)) == torn(path, None) == []
    assert torn_words(path, "screen.yaml") is None
