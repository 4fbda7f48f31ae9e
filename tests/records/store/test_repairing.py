"""Repairing with a backup: what can be read here never goes without a word, and nothing of another past comes in."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from config.errors import BookError
from config.i18n import tr
from records.store.about import as_written, read_about
from records.store.book import Book
from records.store.history import whole_chain
from records.store.journal import durable
from records.store.journal.packing import packed
from records.store.journal.segments import segments
from records.store.safety import backup as backing_up
from records.store.safety import parts
from records.store.safety.backup import backups, check_backup, write_backup
from records.store.safety.copies import restore
from records.store.safety.repair import repair
from records.store.safety.rollback_guard import Head, RollbackGuard
from tests.records.store.books import add, everybody, filled, flip, journal, names, several_segments

NOW = datetime(2025, 6, 15, 10, 0)


def backed_up(path: Path, to: str = "saved") -> Path:
    return write_backup(path, path.parent / to, now=NOW).path


def damage(path: Path, word: str) -> None:
    """Turn a bit in the line of the open segments in which a word stands."""
    for each in path.glob("journal-*.jsonl"):
        at = each.read_bytes().find(word.encode())
        if at >= 0:
            flip(each, at)


def go_on(path: Path, begin: int, end: int) -> None:
    """Enter more people, as the book was filled."""
    with Book.open(path, actor="lan") as book:
        for number in range(begin, end):
            add(book, f"Nguyễn {number}")


def lines(path: Path) -> int:
    return whole_chain(path).seq


# -- pasts ------------------------------------------------------------------------------------------------------------


def test_an_older_backup_takes_nothing_away_that_can_be_read(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 3)
    saved = backed_up(path)
    go_on(path, 3, 8)
    damage(path, "Nguyễn 4")
    told = "\n".join(map(str, repair(path, actor="lan", now=NOW, source=saved)))
    assert told.count("Set aside and not in the book") == 4
    for number in range(5, 8):
        assert f"Nguyễn {number}" in told
    with Book.open(path, actor="lan") as book:
        assert names(book) == [f"Nguyễn {number}" for number in range(4)]


def test_a_backup_mends_one_place_and_what_is_behind_another_is_told(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 6)
    saved = backed_up(path)
    go_on(path, 6, 12)
    damage(path, "Nguyễn 2")
    damage(path, "Nguyễn 9")
    told = "\n".join(map(str, repair(path, actor="lan", now=NOW, source=saved)))
    assert "was mended from the backup" in told
    assert "Nguyễn 10" in told
    assert "Nguyễn 11" in told
    with Book.open(path, actor="lan") as book:
        assert names(book) == [f"Nguyễn {number}" for number in range(9)]


def test_a_backup_mends_a_line_in_the_midst_of_many(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 6)
    saved = backed_up(path)
    go_on(path, 6, 7)
    damage(path, "Nguyễn 2")
    repair(path, actor="lan", now=NOW, source=saved)
    with Book.open(path, actor="lan") as book:
        assert names(book) == [f"Nguyễn {number}" for number in range(7)]


def test_the_backup_of_a_copy_that_went_its_own_way_brings_none_of_its_lines(tmp_path: Path) -> None:
    path, fork = filled(tmp_path / "a.sovang", 3), tmp_path / "fork" / "a.sovang"
    shutil.copytree(path, fork)
    for place, word in ((path, "ours"), (fork, "theirs")):
        with Book.open(place, actor="lan") as book:
            for number in range(4):
                add(book, f"{word} {number}")
    damage(path, "ours 0")
    told = "\n".join(map(str, repair(path, actor="lan", now=NOW, source=backed_up(fork))))
    assert all(f"ours {number}" in told for number in range(1, 4))
    with Book.open(path, actor="lan") as book:
        assert names(book) == [f"Nguyễn {number}" for number in range(3)]


def test_a_backup_with_a_segment_that_had_no_line_yet_is_no_help_there(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 3)
    empty = path / f"journal-{lines(path) + 1:09d}.jsonl"
    empty.touch()
    saved = backed_up(path)
    with Book.open(path, actor="lan") as book:
        add(book, "in the new segment", "another")
        add(book, "the last one")
    damage(path, "in the new segment")
    told = "\n".join(map(str, repair(path, actor="lan", now=NOW, source=saved)))
    assert "the last one" in told


@pytest.mark.parametrize("says", [{"format": 6}, {"format": 5, "needs": ["something"]}])
def test_a_book_of_a_newer_program_is_not_touched_by_a_backup_from_before(tmp_path: Path, says: dict[str, Any]) -> None:
    path = filled(tmp_path / "a.sovang", 3)
    saved = backed_up(path)
    content = as_written({**read_about(path), **says})
    with Book.open(path, actor="newer") as book:
        book.engine.tell_about(hashlib.sha256(content).hexdigest())
        book.note("test.note", about="of the new kind")
        book.note("test.note", about="another")
    durable.write_durably(path / "book.json", content)
    before = {each.name: each.read_bytes() for each in path.iterdir() if each.is_file() and each.suffix != ".lock"}
    with pytest.raises(BookError, match="newer program"):
        repair(path, actor="lan", now=NOW, source=saved)
    assert {name: (path / name).read_bytes() for name in before} == before


def test_a_turned_bit_that_only_looks_like_a_newer_format_is_mended(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 3)
    saved, right = backed_up(path), (path / "book.json").read_bytes()
    (path / "book.json").write_bytes(right.replace(b'"format":3', b'"format":7'))
    assert repair(path, actor="lan", now=NOW, source=saved)
    assert (path / "book.json").read_bytes() == right


# -- one segment, several files ---------------------------------------------------------------------------------------


def packed_book(path: Path) -> tuple[Path, bytes]:
    """Three segments, the first of them packed, which is small; gives the packed file and what it says."""
    several_segments(path)
    first = journal(path)
    content = first.read_bytes().rstrip(b"\0")
    made = packed(content)
    there = path / f"{first.stem}-{hashlib.sha256(made).hexdigest()[:16]}.jsonl.gz"
    there.write_bytes(made)
    first.unlink()
    return there, content


@pytest.mark.parametrize("what", ["empty", "a line", "junk", "half"])
def test_an_old_open_segment_beside_the_packed_one_costs_nothing(tmp_path: Path, what: str) -> None:
    path = tmp_path / "a.sovang"
    there, content = packed_book(path)
    stray = {"empty": b"", "a line": content[: content.index(b"\n") + 1], "junk": b"\0\0x\n", "half": content[:-99]}
    journal_one = path / "journal-000000001.jsonl"
    journal_one.write_bytes(stray[what])
    Book.open(path, actor="lan").close()
    assert there.exists(), "opening takes nothing away that says something else"
    told = "\n".join(map(str, repair(path, actor="lan", now=NOW)))
    assert f"{journal_one.name} does not say what {there.name} says" in told
    with Book.open(path, actor="lan") as book:
        assert (names(book), book.verify().whole) == (everybody(), True)
    assert next(path.glob("aside-*/journal-*")).read_bytes() == stray[what]


def test_a_damaged_packed_segment_beside_a_good_one_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    there, _ = packed_book(path)
    junk = path / "journal-000000001-ffffffffffffffff.jsonl.gz"
    junk.write_bytes(b"junk")
    assert dict(segments(path))[1] == junk, "by its name it goes before"
    assert repair(path, actor="lan", now=NOW)
    assert (there.exists(), junk.exists()) == (True, False)
    with Book.open(path, actor="lan") as book:
        assert (names(book), book.verify().whole) == (everybody(), True)


def test_who_reads_beside_a_writer_that_packs_is_not_disturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.sovang"
    _, content = packed_book(path)
    (path / "journal-000000001.jsonl").write_bytes(content)
    real, read = durable.read_file, list[str]()

    def taken_away(place: Path) -> bytes:
        read.append(place.name)
        if place.name == "journal-000000001.jsonl":
            place.unlink(missing_ok=True)  # packing has ended just now
        return real(place)

    monkeypatch.setattr(parts, "read_file", taken_away)
    with Book.open(path, actor="lan", read_only=True) as book:
        assert (list(map(str, book.notices)), book.verify().whole) == ([], True)
    assert "journal-000000001.jsonl" in read


def test_a_packed_segment_that_says_the_same_goes_when_the_book_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.sovang"
    there, content = packed_book(path)
    (path / "journal-000000001.jsonl").write_bytes(content)
    Book.open(path, actor="lan").close()
    assert not there.exists()


# -- files ------------------------------------------------------------------------------------------------------------


def test_a_link_in_place_of_book_json_is_refused_and_put_right(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 3)
    elsewhere = tmp_path / "elsewhere.json"
    (path / "book.json").rename(elsewhere)
    (path / "book.json").symlink_to(elsewhere)
    with Book.open(path, actor="lan", read_only=True) as book:
        assert [each.where for each in book.verify().problems] == ["book.json"]
    with pytest.raises(BookError, match="link to a file elsewhere"):
        backed_up(path)
    assert not list((tmp_path / "saved").glob("*"))
    assert repair(path, actor="lan", now=NOW)
    assert (path / "book.json").read_bytes() == elsewhere.read_bytes()
    assert not (path / "book.json").is_symlink()
    backed_up(path)


@pytest.mark.parametrize("which", ["first", "last", "all", "packed"])
def test_a_link_in_place_of_a_segment_is_refused_and_put_right(tmp_path: Path, which: str) -> None:
    path, elsewhere = tmp_path / "a.sovang", tmp_path / "elsewhere"
    if which == "packed":
        packed_book(path)
    else:
        several_segments(path)
    there = sorted(path.glob("journal-*"))
    moved = {"first": there[:1], "last": there[-1:], "all": there, "packed": list(path.glob("*.gz"))}[which]
    elsewhere.mkdir()
    for each in moved:
        each.rename(elsewhere / each.name)
        each.symlink_to(elsewhere / each.name)
    with pytest.raises(BookError):
        backed_up(path)
    with Book.open(path, actor="lan") as book:
        assert book.settled().read_only
        assert not book.verify().whole
        with pytest.raises(BookError):
            add(book, "over what is there")
    assert repair(path, actor="lan", now=NOW)
    assert not any(each.is_symlink() for each in path.iterdir())
    with Book.open(path, actor="lan") as book:
        assert (names(book), book.verify(deep=True).whole) == (everybody(), True)


def test_what_a_restored_book_lost_comes_from_the_backup_it_was_made_of(tmp_path: Path) -> None:
    from records.store.safety.from_backup import bring_back

    path = filled(tmp_path / "a.sovang", 3)
    name = f"TN-P-00001-{hashlib.sha256(b'picture').hexdigest()[:16]}.png"
    (path / "files" / name).write_bytes(b"picture")
    saved = backed_up(path)
    restore(saved, tmp_path / "b.sovang", now=NOW, actor="lan")
    (tmp_path / "b.sovang" / "files" / name).unlink()
    with Book.open(tmp_path / "b.sovang", actor="lan", read_only=True) as book:
        brought = bring_back(book, [f"files/{name}"], saved, is_key=lambda *_: False, now=NOW)
    assert brought.names == [f"files/{name}"]
    assert (tmp_path / "b.sovang" / "files" / name).read_bytes() == b"picture"


def test_a_restore_takes_away_nothing_that_is_not_its_own(tmp_path: Path) -> None:
    saved = backed_up(filled(tmp_path / "a.sovang", 3))
    theirs = tmp_path / "b.sovang.part" / "letter.txt"
    theirs.parent.mkdir()
    theirs.write_text("kept")
    other = tmp_path / f"b.sovang-{os.getppid()}.part"  # of another program that is just restoring
    other.mkdir()
    (tmp_path / "b.sovang-999999999.part").mkdir()  # of one that was killed
    restore(saved, tmp_path / "b.sovang", now=NOW, actor="lan")
    assert theirs.read_text() == "kept"
    assert sorted(each.name for each in tmp_path.glob("*.part")) == sorted((theirs.parent.name, other.name))


def test_of_a_book_without_journal_and_book_json_it_is_said_what_to_do(tmp_path: Path) -> None:
    path = several_segments(tmp_path / "a.sovang")
    for each in (path / "book.json", *path.glob("journal-*")):
        each.unlink()
    with pytest.raises(BookError, match="neither the journal nor") as raised:
        Book.open(path, actor="lan")
    assert "book restore" in str(tr(raised.value.do or ""))


# -- backups ----------------------------------------------------------------------------------------------------------


def test_a_backup_takes_not_the_place_of_one_that_got_its_name_a_moment_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, others = filled(tmp_path / "a.sovang", 2), b"of another book that is called the same"
    taken: list[Path] = []

    def late(source: Path, target: Path) -> None:
        if not taken:
            taken.append(target)
            target.write_bytes(others)
        durable.rename_beside(source, target)

    monkeypatch.setattr(backing_up, "rename_beside", late)
    made = backed_up(path)
    assert made != taken[0]
    assert taken[0].read_bytes() == others
    assert check_backup(made).seq == 2


def test_where_a_disk_knows_no_second_names_a_backup_still_takes_the_place_of_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_source: Path, _target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(durable.disk, "link", unknown)
    path = filled(tmp_path / "a.sovang", 2)
    made = [backed_up(path), backed_up(path)]
    assert sorted(backups(tmp_path / "saved", "a")) == sorted(made)
    assert len({*made}) == 2


def test_a_backup_that_does_not_read_back_the_same_is_not_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = filled(tmp_path / "a.sovang", 2)

    def altered(source: Path, target: Path) -> None:
        durable.rename_beside(source, target)
        flip(target, 60)

    monkeypatch.setattr(backing_up, "rename_beside", altered)
    with pytest.raises(BookError, match="no whole backup"):
        backed_up(path)
    assert list((tmp_path / "saved").iterdir()) == []


def test_the_head_of_a_book_whose_path_is_no_text_is_kept(tmp_path: Path) -> None:
    guard = RollbackGuard(tmp_path / "heads")
    guard.keep("abc", Head(3, "0" * 64, "2025-06-15T10:00:00+00:00"), office="TN", path=Path("/x/b\udcff.sovang"))
    known = guard.known("abc")
    assert known is not None
    assert known.seq == 3
    assert "path" not in orjson.loads(next((tmp_path / "heads").glob("*.json")).read_bytes())
