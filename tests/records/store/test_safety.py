"""Backups, restoring, repairing, the head outside, and books of older programs."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import orjson
import pytest

from config.errors import BookError
from config.settings.loading import load_settings
from records.domain.awards.awards import Award
from records.domain.people.person import Person
from records.store.book import Book
from records.store.history import whole_chain
from records.store.safety.backup import Backup, backups, check_backup, file_in, thin_out, told_in, write_backup
from records.store.safety.copies import copy_past, restore
from records.store.safety.repair import repair
from records.store.safety.rollback_guard import RollbackGuard
from records.store.safety.routine import back_up, backed_up
from tests.records.store.books import add, everybody, filled, flip, journal, names, several_segments

NOW = datetime(2025, 6, 15, 10, 0)


# -- backups ----------------------------------------------------------------------------------------------------------


def test_a_backup_restores_to_the_same_book_with_its_history(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    (path / "files" / "ảnh.png").write_bytes(b"picture")
    with Book.open(path, actor="x") as book:
        head = book.head()
        made = write_backup(path, tmp_path / "saved", now=NOW)
        assert (made.seq, made.digest) == head
    restored, aside = restore(made.path, tmp_path / "b.sovang", now=NOW, actor="lan")
    assert aside is None
    assert restored.seq == 9
    assert (tmp_path / "b.sovang/files/ảnh.png").read_bytes() == b"picture"
    with Book.open(tmp_path / "b.sovang", actor="x") as again, Book.open(path, actor="x") as book:
        assert names(again) == everybody()
        assert [entry.action for entry in again.history(limit=2)] == ["book.restore", "test.add"]
        assert again.verify().whole
        assert again.id != book.id


def test_restoring_never_overwrites_without_keeping_what_was_there(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 2)
    saved = write_backup(path, tmp_path / "saved", now=NOW).path
    with Book.open(path, actor="x") as book:
        add(book, "Mới")
        with pytest.raises(BookError, match="already something"):
            restore(saved, path, now=NOW, actor="lan")
        with pytest.raises(BookError, match="held by"):
            restore(saved, path, now=NOW, actor="lan", replace=True)
        assert names(book)[-1] == "Mới"
    _, aside = restore(saved, path, now=NOW, actor="lan", replace=True)
    assert aside is not None
    with Book.open(aside, actor="x") as old, Book.open(path, actor="x") as new:
        assert (len(names(old)), len(names(new))) == (3, 2)
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "text", "no manifest", "file outside"])
def test_a_backup_that_is_not_whole_is_refused(tmp_path: Path, harm: str) -> None:
    saved = write_backup(filled(tmp_path / "a.sovang", 3), tmp_path / "saved", now=NOW).path
    content = saved.read_bytes()
    if harm == "cut":
        saved.write_bytes(content[: len(content) // 2])
    elif harm == "flip":
        flip(saved, content.index(b"journal-") + 60)
    elif harm == "empty":
        saved.write_bytes(b"")
    elif harm == "text":
        saved.write_text("không phải bản sao lưu", "utf-8")
    else:
        with zipfile.ZipFile(saved, "w") as zipped:
            zipped.writestr("journal-000000001.jsonl", "")
            if harm == "file outside":
                told = {"files": {"../evil": "0"}, "book": "", "seq": 1, "hash": "", "made": ""}
                zipped.writestr("manifest.json", orjson.dumps(told))
    with pytest.raises(BookError, match="no whole backup"):
        check_backup(saved)
    with pytest.raises(BookError, match="no whole backup"):
        restore(saved, tmp_path / "b.sovang", now=NOW, actor="lan")
    assert not (tmp_path / "b.sovang").exists()
    assert not (tmp_path / "evil").exists()


def test_a_backup_beside_a_writer_and_of_a_torn_book_holds_every_whole_line(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 3)
    with journal(path).open("ab") as file:
        file.write(b'{"seq":4,"time":"2025')
    assert write_backup(path, tmp_path, now=NOW).seq == 3


def test_a_damaged_book_is_not_backed_up_over_good_ones(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 5)
    flip(journal(path), 40)
    with pytest.raises(BookError, match="damaged"):
        write_backup(path, tmp_path / "saved", now=NOW)
    assert not list((tmp_path / "saved").glob("*"))


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 1)
    (tmp_path / "saved").write_text("a file stands here")
    with pytest.raises(BookError, match="cannot be written"):
        write_backup(path, tmp_path / "saved", now=NOW)


def test_backups_are_thinned_by_days_weeks_and_months(tmp_path: Path) -> None:
    made = [datetime(2025, 1, 1, 18) + timedelta(days=day, hours=hour) for day in range(300) for hour in (0, 2)]
    now = made[-1]
    book = filled(tmp_path / "books" / "a.sovang", 3)
    new = write_backup(book, tmp_path, now=now)
    for moment in made[:-1]:
        _says(tmp_path / f"a-{moment:%Y%m%d-%H%M%S}.backup.zip", new)
    others = [tmp_path / f"{name}.backup.zip" for name in ("b-20200101-000000", "a-20200101-000000")]
    for path in others:
        _says(path, replace(new, book="2"))  # one of them is of a book elsewhere that is called the same
    (tmp_path / "a-20200102-000000.backup.zip").touch()
    thin_out(new, book, now=now, days=7, weeks=5, months=12)
    kept = [path.name for path in backups(tmp_path, "a")][:-2]
    assert (tmp_path / "a-20200102-000000.backup.zip").exists()
    assert len(kept) <= 7 + 5 + 12
    days = [name[2:10] for name in kept]
    last_seven = [f"{made[-1] - timedelta(days=back):%Y%m%d}" for back in range(7)]
    assert days[:7] == last_seven
    assert {day[:6] for day in days} >= {f"2025{month:02d}" for month in range(1, 11)}
    assert all(name.endswith("200000.backup.zip") for name in kept)
    assert all(path.exists() for path in others)
    assert thin_out(new, book, now=now) == []


def test_a_backup_that_alone_has_what_the_book_lost_is_not_thinned_out(tmp_path: Path) -> None:
    path, saved = filled(tmp_path / "a.sovang", 3), tmp_path / "saved"
    older = tmp_path / "older"
    shutil.copytree(path, older)
    _more(path, 2)
    first, _ = back_up(path, saved, load_settings(), now=NOW)
    shutil.rmtree(path)
    older.rename(path)  # an older copy was put back, and whoever did it said that this is right
    _more(path, 3, "another past")
    made, gone = back_up(path, saved, load_settings(), now=NOW + timedelta(hours=1))
    assert (made.seq > first.seq, gone) == (True, [])
    _more(path, 1)
    newer, gone = back_up(path, saved, load_settings(), now=NOW + timedelta(hours=2))
    assert gone == [made.path]
    assert backups(saved, "a") == [newer.path, first.path]


def test_a_backup_that_alone_has_the_beginning_of_the_journal_is_not_thinned_out(tmp_path: Path) -> None:
    path, saved = filled(tmp_path / "a.sovang", 3), tmp_path / "saved"
    with Book.open(path, actor="lan") as book:
        book.snapshot()
        book.note("test.note", about="behind it")
    _more(path, 1)
    first, _ = back_up(path, saved, load_settings(), now=NOW)
    journal(path).unlink()
    assert repair(path, actor="lan", now=NOW)
    made, gone = back_up(path, saved, load_settings(), now=NOW + timedelta(hours=1))
    assert (made.path.exists(), gone) == (True, [])
    assert repair(path, actor="lan", now=NOW, source=first.path)
    assert whole_chain(path, based=False).damage is None
    _, gone = back_up(path, saved, load_settings(), now=NOW + timedelta(hours=2))
    assert gone == [made.path, first.path], "the journal is whole again, and so is the new backup"


def _more(path: Path, count: int, what: str = "more") -> None:
    with Book.open(path, actor="lan") as book:
        for number in range(count):
            book.note("test.note", about=f"{what} {number}")


@pytest.mark.parametrize("year", [1970, 2000])
def test_a_clock_that_was_set_back_costs_no_backup(tmp_path: Path, year: int) -> None:
    path = filled(tmp_path / "a.sovang", 1)
    told = write_backup(path, tmp_path / "elsewhere", now=NOW)
    later = [NOW + timedelta(days=20 * number) for number in range(40)]
    for moment in later:
        _says(tmp_path / "saved" / f"a-{moment:%Y%m%d-%H%M%S}.backup.zip", told)
    back = datetime(year, 2, 10, 8)
    made, gone = back_up(path, tmp_path / "saved", load_settings(), now=back)
    assert (made.path.exists(), gone) == (True, [])
    assert check_backup(made.path) == made
    assert len(backups(tmp_path / "saved", "a")) == len(later) + 1
    made, gone = back_up(path, tmp_path / "saved", load_settings(), now=later[-1])
    assert made.path.exists()
    assert gone


def _says(path: Path, told: Backup) -> None:
    path.parent.mkdir(exist_ok=True)
    manifest = {"book": told.book, "seq": told.seq, "hash": told.digest, "made": told.made, "files": told.files}
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("manifest.json", json.dumps(manifest))


def test_a_backup_takes_the_place_of_none_and_one_of_another_book_is_none_of_this(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 1)
    first = write_backup(path, tmp_path / "saved", now=NOW).path
    kept = first.read_bytes()
    second = write_backup(path, tmp_path / "saved", now=NOW).path
    assert (first.read_bytes(), second.name) == (kept, f"a-{NOW + timedelta(seconds=1):%Y%m%d-%H%M%S}.backup.zip")
    assert backed_up(path, tmp_path / "saved") is not None
    assert backed_up(filled(tmp_path / "b" / "a.sovang", 1), tmp_path / "saved") is None


@pytest.mark.parametrize("moment", ["20261340-250000", "20250229-000000", "00000000-000000"])
def test_a_name_with_a_day_that_never_was_is_no_backup(tmp_path: Path, moment: str) -> None:
    path = filled(tmp_path / "a.sovang", 1)
    (tmp_path / "saved").mkdir()
    strange = tmp_path / "saved" / f"a-{moment}.backup.zip"
    strange.write_bytes(b"x")
    made, _ = back_up(path, tmp_path / "saved", load_settings(), now=NOW)
    assert backups(tmp_path / "saved", "a") == [made.path]
    assert strange.exists()


@pytest.mark.parametrize("kind", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_a_backup_packed_anew_and_damaged_is_said_to_be_damaged(tmp_path: Path, kind: int) -> None:
    saved = write_backup(filled(tmp_path / "a.sovang", 3), tmp_path / "saved", now=NOW).path
    _pack_anew(saved, {}, kind)
    assert check_backup(saved).seq == 3
    content = saved.read_bytes()
    begins = content.index(b"journal-000000001.jsonl") + 60
    for at in range(begins, begins + 50):
        flip(saved, at)
    with pytest.raises(BookError, match="no whole backup"):
        check_backup(saved)
    assert told_in(saved)
    assert file_in(saved, "journal-000000001.jsonl") is None


@pytest.mark.parametrize("named", [["files/"], ["files/" + "a" * 300], ["files/a/../.."], ["files/a", "files/a/b"]])
def test_a_backup_that_names_what_is_no_file_of_a_book_is_unfit(tmp_path: Path, named: list[str]) -> None:
    saved = write_backup(filled(tmp_path / "a.sovang", 1), tmp_path / "saved", now=NOW).path
    _pack_anew(saved, dict.fromkeys(named, b"x"), zipfile.ZIP_DEFLATED)
    with pytest.raises(BookError, match="no whole backup"):
        check_backup(saved)


def _pack_anew(backup: Path, more: dict[str, bytes], kind: int) -> None:
    """Write a backup again, with files that its manifest names too."""
    with zipfile.ZipFile(backup) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()} | more
    told = orjson.loads(parts.pop("manifest.json"))
    told["files"] |= {name: sha256(content).hexdigest() for name, content in more.items()}
    with zipfile.ZipFile(backup, "w", kind) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
        zipped.writestr("manifest.json", orjson.dumps(told))


# -- repair -----------------------------------------------------------------------------------------------------------


def test_a_whole_book_is_not_touched_by_repair(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    before = {each.name: each.read_bytes() for each in path.glob("*.json*")}
    assert repair(path, actor="lan", now=NOW) == []
    assert {each.name: each.read_bytes() for each in path.glob("*.json*")} == before


def test_repair_cuts_behind_the_last_good_line_and_keeps_every_byte(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 6)
    flip(journal(path), journal(path).read_bytes().index(b'"seq":4') + 20)
    broken = journal(path).read_bytes()
    told = [str(line) for line in repair(path, actor="lan", now=NOW)]
    assert any("ends with change 3" in line for line in told)
    assert any("Nguyễn 4" in line for line in told), "what can still be read of the lost lines is told"
    (aside,) = path.glob("aside-*")
    assert (aside / journal(path).name).read_bytes() == broken
    with Book.open(path, actor="x") as book:
        assert names(book) == ["Nguyễn 0", "Nguyễn 1", "Nguyễn 2"]
        add(book, "Tiếp")
        assert book.verify().whole


def test_a_backup_mends_a_damaged_journal_and_nothing_is_lost(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 5)
    saved = write_backup(path, tmp_path / "saved", now=NOW).path
    with Book.open(path, actor="x") as book:
        add(book, "Sau sao lưu")
    flip(journal(path), 50)
    with Book.open(path, actor="x") as book:
        assert names(book) == []
    told = [str(line) for line in repair(path, actor="lan", now=NOW, source=saved)]
    assert any("mended from the backup" in line for line in told)
    with Book.open(path, actor="x") as book:
        assert names(book)[-1] == "Sau sao lưu"
        assert len(names(book)) == 6
        assert book.verify().whole


@pytest.mark.parametrize("lost", [1, 4, 7])
def test_a_missing_segment_is_mended_from_a_backup(tmp_path: Path, lost: int) -> None:
    path = several_segments(tmp_path / "a.sovang")
    saved = write_backup(path, tmp_path / "saved", now=NOW).path
    with Book.open(path, actor="x") as book:
        add(book, "N9")
        book.snapshot()
        add(book, "N10")
    (path / f"journal-{lost:09d}.jsonl").unlink()
    repair(path, actor="lan", now=NOW, source=saved)
    with Book.open(path, actor="x") as book:
        # Where 7 was lost, its line 10 was written after the backup, and only the snapshot knows it.
        assert names(book) == everybody(11)
        report = book.verify()
        assert report.whole
        assert any("damaged once" in str(line) for line in report.lines) == (lost == 7)


@pytest.mark.parametrize("harm", ["flip", "cut", "missing", "more"])
def test_damage_before_a_snapshot_is_seen_at_open_and_costs_history_and_not_records(tmp_path: Path, harm: str) -> None:
    path = several_segments(tmp_path / "a.sovang")
    whole = write_backup(path, tmp_path / "saved", now=NOW).path
    first = journal(path)
    if harm == "flip":
        flip(first, 60)
    elif harm == "cut":
        first.write_bytes(first.read_bytes()[:-20])
    elif harm == "missing":
        first.unlink()
    else:
        first.write_bytes(first.read_bytes() + b"more")
    with Book.open(path, actor="x") as book:
        book.settled()
        assert book.read_only
        assert book.damage is not None
        assert str(book.damage) in [str(each) for each in book.notices]
        assert names(book) == everybody()
        report = book.verify()
        assert not report.whole
        assert report.problems
    with pytest.raises(BookError):
        write_backup(path, tmp_path / "saved", now=NOW)
    with Book.open(path, actor="x") as book, pytest.raises(BookError, match=r"hole|damaged"):
        add(book, "Nobody")
    told = [str(line) for line in repair(path, actor="lan", now=NOW)]
    assert any(("behind the last line" if harm == "more" else "records are whole") in line for line in told)
    with Book.open(path, actor="x") as book:
        assert names(book) == everybody()
        add(book, "N9")
        assert book.verify().whole
    saved = write_backup(path, tmp_path / "saved", now=NOW + timedelta(days=1)).path
    restore(saved, tmp_path / "b.sovang", now=NOW, actor="x")
    copy_past(path, tmp_path / "c.sovang", upto=9, now=NOW, actor="x")
    for place, count in (("b.sovang", 10), ("c.sovang", 9)):
        with Book.open(tmp_path / place, actor="x") as book:
            assert book.verify().whole
            assert names(book) == everybody(count)
    repair(path, actor="lan", now=NOW + timedelta(days=2), source=whole)
    with Book.open(path, actor="x") as book:
        assert book.verify().whole
        assert not list(path.glob("base-*")), "the beginning came back from the backup"
        assert len(book.history()) == 11 - (harm == "more")


def test_a_damaged_snapshot_is_set_aside(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    newest = max(path.glob("snapshot-*.json"))
    flip(newest, 30)
    assert "set aside" in str(repair(path, actor="lan", now=NOW)[0])
    assert not newest.exists()
    with Book.open(path, actor="x") as book:
        assert names(book) == everybody()
        assert not book.notices


# -- the head outside -------------------------------------------------------------------------------------------------


def test_an_older_copy_put_back_is_seen_and_must_be_accepted(tmp_path: Path) -> None:
    heads = RollbackGuard(tmp_path / "heads")
    path = tmp_path / "a.sovang"
    Book.create(path, office="TN", actor="x", heads=heads).close()
    with Book.open(path, actor="x", heads=heads) as book:
        add(book, "An")
    copy_past(path, tmp_path / "old.sovang", upto=1, now=NOW, actor="x")
    old = {each.name: each.read_bytes() for each in path.glob("*.json*")}
    with Book.open(path, actor="x", heads=heads) as book:
        add(book, "Bình")
        add(book, "Cúc")
    for name, content in old.items():
        (path / name).write_bytes(content)
    with Book.open(path, actor="x", heads=heads) as book:
        assert book.read_only
        assert "older than it was" in str(book.behind)
        assert "3 changes, now it has 1" in str(book.behind)
    with Book.open(path, actor="x", heads=heads, accept=True) as book:
        assert not book.read_only
        assert book.history(limit=1)[0].action == "book.accept"
    with Book.open(path, actor="x", heads=heads) as book:
        assert not book.read_only
        assert names(book) == ["An"]
    with Book.open(tmp_path / "old.sovang", actor="x", heads=heads) as book:
        assert not book.read_only, "a copy made on purpose is a book of its own"


def test_a_damaged_head_is_said_until_it_is_written_anew_and_one_of_an_earlier_program_counts(tmp_path: Path) -> None:
    one, two = tmp_path / "heads", tmp_path / "stick"
    two.mkdir()
    heads = RollbackGuard(one, two)
    path = tmp_path / "a.sovang"
    with Book.create(path, office="TN", actor="x", heads=heads) as book:
        add(book, "An", "Bình")
        kept = one / f"{book.id}.json"
    content = kept.read_bytes()
    for at in range(len(content)):
        for bad in (content[:at], content[:at] + bytes((content[at] ^ 2,)) + content[at + 1 :]):
            kept.write_bytes(bad)
            assert [str(kept) in str(told) for told in heads.damaged(book.id)] == [True], (at, bad)
            known = heads.known(book.id)
            assert known is not None, "the stick still tells"
            assert known.seq == 1
    with Book.open(path, actor="x", heads=heads) as book:
        assert any("is damaged" in str(told) for told in book.notices)
        add(book, "Cúc")
    assert heads.damaged(book.id) == []
    told = orjson.loads(kept.read_bytes())
    kept.write_bytes(orjson.dumps({key: told[key] for key in ("seq", "hash", "seen")}))
    assert heads.damaged(book.id) == []
    (two / kept.name).unlink()
    known = heads.known(book.id)
    assert known is not None
    assert known.seq == 2


def test_a_deleted_last_segment_is_seen(tmp_path: Path) -> None:
    heads = RollbackGuard(tmp_path / "heads")
    path = tmp_path / "a.sovang"
    with Book.create(path, office="TN", actor="x", heads=heads) as book:
        add(book, "An")
        book.snapshot()
        add(book, "Bình")
    max(path.glob("journal-*.jsonl")).unlink()
    with Book.open(path, actor="x") as book:
        assert not book.verify().whole, "the snapshot knows of more"
    for each in path.glob("snapshot-*"):
        each.unlink()
    with Book.open(path, actor="x") as unaware:
        assert unaware.verify().whole, "the chain alone cannot tell"
    with Book.open(path, actor="x", heads=heads) as book:
        assert book.read_only
        assert "its last file is missing" in str(book.behind)


def test_a_book_with_another_past_is_seen_even_when_it_is_longer(tmp_path: Path) -> None:
    heads = RollbackGuard(tmp_path / "heads")
    path = tmp_path / "a.sovang"
    with Book.create(path, office="TN", actor="x", heads=heads) as book:
        add(book, "An")
    before = journal(path).read_bytes()
    with Book.open(path, actor="x", heads=heads) as book:
        add(book, "Bình")
    journal(path).write_bytes(before)
    with Book.open(path, actor="x") as other:
        add(other, "Khác")
        add(other, "Khác nữa")
    with Book.open(path, actor="x", heads=heads) as book:
        assert "another past" in str(book.behind)


def test_a_state_folder_that_cannot_be_written_does_not_stop_the_work(tmp_path: Path) -> None:
    (tmp_path / "heads").write_text("a file stands here")
    with Book.create(tmp_path / "a.sovang", office="TN", actor="x", heads=RollbackGuard(tmp_path / "heads")) as book:
        add(book, "An")
        assert not book.notices


# -- older and newer programs -----------------------------------------------------------------------------------------


FIXTURES = Path(__file__).parent / "fixtures"


def old_book(path: Path, form: int) -> Path:
    """A true book of an earlier form, with its register, papers, an undone line, settings of its own and a key."""
    with zipfile.ZipFile(FIXTURES / f"format-{form}.zip") as zipped:
        zipped.extractall(path)
    return path


@pytest.mark.parametrize("form", [1, 2])
def test_a_book_of_an_earlier_form_is_backed_up_and_migrated_as_one_change(tmp_path: Path, form: int) -> None:
    path = old_book(tmp_path / "a.sovang", form)
    with Book.open(path, actor="lan", read_only=True) as book:
        assert [person.name for person in book.table(Person)][-1] == "Hoàng Thị Sau"
        assert [award.register for award in book.table(Award)] == ["1/2025", "2/2025", "3/2025"]
        assert len(book.id) == 32
        assert [entry.action for entry in book.history(limit=3)] == ["book.migrate", "roster.add", "undo"]
        assert book.verify().whole
        assert not book.notices
    (saved,) = tmp_path.glob(f"a-*format-{form}.backup.zip")
    assert check_backup(saved).seq == 15
    with Book.open(path, actor="lan") as book:
        assert len(book.history()) == 16
        assert book.undo(15).action == "undo"
        assert (path / "config/office.yaml").exists()
    flip(path / "journal-000000008.jsonl", 60)
    with Book.open(path, actor="lan") as book:
        assert book.settled().damage is not None, "what was closed before is vouched for too"


@pytest.mark.parametrize("form", [1, 2])
def test_a_migration_that_was_cut_off_is_done_again(tmp_path: Path, form: int) -> None:
    path = old_book(tmp_path / "a.sovang", form)
    old = (path / "book.json").read_bytes()
    Book.open(path, actor="lan").close()
    (path / "book.json").write_bytes(old)
    with Book.open(path, actor="lan") as book:
        assert [entry.action for entry in book.history(limit=2)] == ["book.migrate", "roster.add"]
        assert book.verify().whole


def test_a_damaged_book_of_an_earlier_form_is_read_and_repaired(tmp_path: Path) -> None:
    path = old_book(tmp_path / "a.sovang", 2)
    flip(path / "journal-000000001.jsonl", 60)
    with Book.open(path, actor="lan") as book:
        assert book.read_only
        assert len(book.table(Person)) == 4
    assert repair(path, actor="lan", now=NOW)
    with Book.open(path, actor="lan") as book:
        assert not book.read_only
        assert len(book.table(Person)) == 4
        assert book.verify().whole


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else False, reason="root may write everywhere")
def test_an_old_book_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    path = old_book(tmp_path / "a.sovang", 2)
    path.chmod(0o500)
    try:
        with pytest.raises(BookError, match="older program"):
            Book.open(path, actor="lan")
    finally:
        path.chmod(0o700)


@pytest.mark.parametrize("content", [b"[]", b"{}", b'{"format": "two"}', b"", b"\xff\xfe"])
def test_a_strange_book_json_is_named(tmp_path: Path, content: bytes) -> None:
    path = filled(tmp_path / "a.sovang", 1)
    (path / "book.json").write_bytes(content)
    with pytest.raises(BookError):
        Book.open(path, actor="lan")
