"""A new book key: who had a key before reads nothing new, everybody else everything, whenever the power goes."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from config.errors import BookError, ConflictError
from records.domain.people.person import Person
from records.services.book.keys import add_key, change_key, print_recovery, recover_key, remove_key, renew_book_key
from records.store.about import NEEDY, read_about
from records.store.book import Book
from records.store.journal.chain import BrokenLineError, seal, unseal
from records.store.safety.backup import write_backup
from records.store.safety.copies import copy_past, restore
from records.store.safety.repair import repair
from records.store.sealing import ring as rings
from records.store.sealing import unlocking
from records.store.sealing.ring import Ring, decoded, encoded, read_ring, unlocked, write_ring
from records.store.sealing.sealer import Sealer
from records.store.sealing.secrets import AlteredWrapError, WrongPassphraseError
from records.store.sealing.tries import new_keys
from records.store.sealing.unlocking import lock_all, unlock, unlocked_by
from tests.crash.power_cut import watched
from tests.records.store.books import add, journal, names
from tests.records.store.sealing.sealed import OTHER, WORDS

pytestmark = pytest.mark.plain
NOW = datetime(2026, 11, 28, 9)
PHOTO = f"TN-P-00001-{sha256(b'photo').hexdigest()[:16]}.png"
BINH = "sông lấp bờ nam cũ"


@pytest.fixture(autouse=True)
def _locked() -> Iterator[None]:
    lock_all()
    yield
    lock_all()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book of lan and binh, with somebody in it and a photo; hung had a key, and nobody works in it now."""
    where = tmp_path / "disk" / "a.sovang"
    where.parent.mkdir()
    ring, _, printed = new_keys(WORDS, name="lan")
    (tmp_path / "recovery").write_text(printed, "ascii")
    with Book.create(where, office="TN", actor="lan", ring=ring) as book:
        by = unlocked_by(where)
        assert by is not None
        add_key(book, by, "binh", BINH)
        add_key(book, by, "hung", OTHER)
        with book.change("add") as change:
            change.put(Person(id=change.new_id(Person), name="Trước", religion="Công giáo"))
        book.files.write(PHOTO, b"photo")
    return where


def renewed(path: Path) -> Ring:
    """Take hung's key away, and give the book a new one; gives the ring that hung kept."""
    unlock(path, WORDS)
    kept = read_ring(path)
    with Book.open(path, actor="lan") as book:
        remove_key(book, "hung")
        assert renew_book_key(book, NOW) == ""
        add(book, "Sau")
    lock_all()
    return kept


def test_everybody_left_reads_old_and_new_and_writes_on(path: Path, tmp_path: Path) -> None:
    renewed(path)
    printed = (tmp_path / "recovery").read_text("ascii")
    for number, (typed, recovery) in enumerate([(WORDS, False), (BINH, False), (printed, True)]):
        unlock(path, typed, recovery=recovery)
        with Book.open(path, actor="x") as book:
            assert names(book) == ["Trước", "Sau", *[f"N{each}" for each in range(number)]]
            assert book.table(Person).all()[0].religion == "Công giáo"
            assert book.files.read(PHOTO) == b"photo"
            assert [len(each.changes) for each in book.history()][-1] >= 0
            add(book, f"N{number}")
            assert book.verify(deep=True).whole
        lock_all()
    unlock(path, BINH)
    with Book.open(path, actor="x") as book:
        told = [each.action for each in book.history()][::-1]
        assert told.count("book.key_renew") == 1
        book.undo()
        assert read_about(path)["needs"] == ["renewed"]


def test_who_had_a_key_reads_what_was_written_before_and_nothing_since(path: Path) -> None:
    kept = renewed(path)
    with pytest.raises(WrongPassphraseError):
        unlock(path, OTHER)
    sealer = Sealer(unlocked(kept, OTHER).book_key)
    read = []
    for line in journal(path).read_bytes().rstrip(b"\0").splitlines():
        try:
            read.append(unseal(line, sealer=sealer)["action"])
        except BrokenLineError:
            read.append("")
    assert read[-4:] == ["book.key_remove", "", "", ""]
    assert all(read[:-3])
    new = read_ring(path)
    assert new.id == kept.id
    for each in new.holders:  # nothing on the new ring opens with what they know
        with pytest.raises((WrongPassphraseError, AlteredWrapError)):
            rings.opened_by(new, each, unlocked(kept, OTHER).kek)
    with pytest.raises(AlteredWrapError):
        rings.older_keys(new, unlocked(kept, OTHER).book_key)


def test_a_line_written_with_the_older_key_is_damage(path: Path) -> None:
    kept = renewed(path)
    content = journal(path).read_bytes().rstrip(b"\0")
    last = unseal(content.splitlines()[-1], blind=True)
    body = {"seq": last["seq"] + 1, "time": "2026-11-28T09:00:00+07:00", "actor": "lan", "action": "roster.add",
            "about": "", "changes": [("people", 9, None, {"id": "TN-P-00009", "name": "Giả"})],
            "prev": last["hash"]}  # fmt: skip
    line, _ = seal(body, Sealer(unlocked(kept, OTHER).book_key))
    journal(path).write_bytes(content + line)
    unlock(path, WORDS)
    with Book.open(path, actor="x") as book:
        assert "damaged" in str(book.settled().damage)
        assert names(book) == ["Trước", "Sau"]


def test_whenever_the_power_goes_one_key_opens_the_book_whole(path: Path, tmp_path: Path) -> None:
    def act(_: object) -> None:
        unlock(path, WORDS)
        with Book.open(path, actor="lan") as book:
            renew_book_key(book, NOW)

    run = watched(path.parent, act)
    found = set()
    for number, moment in enumerate(run.moments):
        for names_first in (False, True):
            left = tmp_path / f"left-{number}-{names_first}"
            run.left(moment, left, names_first=names_first)
            lock_all()
            unlock(left / "a.sovang", BINH)
            with Book.open(left / "a.sovang", actor="x") as book:
                assert book.settled().damage is None, moment.call
                assert names(book) == ["Trước"]
                assert book.table(Person).all()[0].religion == "Công giáo", moment.call
                add(book, "Danach")
                generation = len(read_ring(left / "a.sovang").older)
                told = [each.action for each in book.history()]
                assert told.count("book.key_renew") == generation, moment.call
                report = book.verify(deep=True)
                assert report.whole, (moment.call, [str(each.what) for each in report.problems])
            assert ("renewed" in read_about(left / "a.sovang").get("needs", [])) == bool(generation)
            found.add(generation)
            shutil.rmtree(left)
    assert found == {0, 1}
    assert len(run.moments) > 10


def test_who_reads_beside_the_writer_follows_the_new_key_and_who_lost_theirs_is_told(path: Path) -> None:
    unlock(path, BINH)
    in_its_process = unlocking._held[read_ring(path).id]
    kept = in_its_process.opened
    reader = Book.open(path, actor="binh", read_only=True)
    renewed(path)
    unlocking._held[kept.ring] = in_its_process
    assert reader.refresh()
    assert names(reader) == ["Trước", "Sau"]
    reader.close()
    lock_all()
    before = decoded(encoded(Ring(id=kept.ring, holders=(kept.holder,))))
    unlocking.hold(before, kept)
    with Book.open(path, actor="binh", read_only=True) as book:  # the process still holds the key of before
        assert names(book) == ["Trước", "Sau"]
    lock_all()
    unlocking.hold(before, dataclasses.replace(kept, kek=bytes(32)))
    with pytest.raises(BookError, match="another key now"):
        Book.open(path, actor="binh", read_only=True)


def test_copies_made_of_the_book_and_of_its_past_open_and_a_repair_goes_on(path: Path, tmp_path: Path) -> None:
    before = write_backup(path, tmp_path / "kept", now=NOW).path
    renewed(path)
    after = write_backup(path, tmp_path / "kept", now=datetime(2026, 11, 29)).path
    unlock(path, BINH)
    copy_past(path, tmp_path / "past.sovang", upto=4, now=NOW, actor="x")
    restore(after, tmp_path / "after.sovang", now=NOW, actor="x")
    restore(before, tmp_path / "before.sovang", now=NOW, actor="x")
    for name, held in (("past", ["Trước"]), ("after", ["Trước", "Sau"]), ("before", ["Trước"])):
        for _ in range(2):
            with Book.open(tmp_path / f"{name}.sovang", actor="x") as book:
                assert names(book)[: len(held)] == held
                add(book, "Mới")
                assert book.verify(deep=True).whole, name
    for words in (OTHER, BINH):  # the backup from before has hung's key, and what was written into it since as well
        lock_all()
        unlock(tmp_path / "before.sovang", words)
        with Book.open(tmp_path / "before.sovang", actor="x") as book:
            assert names(book) == ["Trước", "Mới", "Mới"]
            assert book.settled().damage is None
    lock_all()
    unlock(path, WORDS)
    content = journal(path).read_bytes().rstrip(b"\0").splitlines(keepends=True)
    journal(path).write_bytes(b"".join(content[:-1]) + content[-1][:40] + b"x" + content[-1][41:])
    repair(path, actor="x", now=NOW)
    with Book.open(path, actor="x") as book:
        add(book, "Sau sửa")
        assert book.verify(deep=True).whole


def test_keys_of_an_earlier_program_get_a_box_as_their_people_open_the_book(path: Path, tmp_path: Path) -> None:
    def without_boxes() -> None:
        ring = read_ring(path)
        bare = [
            msgspec.structs.replace(
                each, box=b"", secrets={name: told for name, told in each.secrets.items() if name != "box"}
            )
            for each in ring.holders
        ]
        write_ring(path, msgspec.structs.replace(ring, holders=tuple(bare)))
        lock_all()

    without_boxes()
    unlock(path, WORDS)
    with Book.open(path, actor="x") as book, pytest.raises(ConflictError, match="binh, hung"):
        renew_book_key(book, NOW)
    assert not read_ring(path).older
    for words in (BINH, OTHER, WORDS):
        lock_all()
        unlock(path, words)
        with Book.open(path, actor="x") as book:
            pass
    with Book.open(path, actor="x") as book:
        printed = renew_book_key(book, NOW)
    assert len(printed.split("-")) == 8, "the paper of the earlier program cannot be given the new key"
    lock_all()
    with pytest.raises(WrongPassphraseError):
        unlock(path, (tmp_path / "recovery").read_text("ascii"), recovery=True)
    unlock(path, printed, recovery=True)
    with Book.open(path, actor="x") as book:
        assert names(book) == ["Trước"]


def test_after_several_new_keys_passphrases_still_change_and_are_recovered(path: Path) -> None:
    renewed(path)
    unlock(path, BINH)
    with Book.open(path, actor="binh") as book:
        by = unlocked_by(path)
        assert by is not None
        change_key(book, by, "một câu hoàn toàn khác")
        renew_book_key(book, NOW)
        add(book, "Ba")
        printed = print_recovery(book, unlocked_by(path) or by)
    lock_all()
    opened = unlock(path, printed, recovery=True)
    with Book.open(path, actor="x") as book:
        recover_key(book, opened, "lan", OTHER)
    for words in ("một câu hoàn toàn khác", OTHER):
        lock_all()
        unlock(path, words)
        with Book.open(path, actor="x") as book:
            assert names(book) == ["Trước", "Sau", "Ba"]
            assert len(read_ring(path).older) == 2
            add_key(book, unlocked_by(path) or opened, f"mai {len(words)}", WORDS)
            assert book.verify(deep=True).whole


def test_a_program_that_does_not_know_what_a_book_needs_refuses_it(path: Path) -> None:
    renewed(path)
    about = (path / "book.json").read_bytes()
    assert read_about(path)["format"] == NEEDY
    (path / "book.json").write_bytes(about.replace(b'"renewed"', b'"renewed","later"'))
    with pytest.raises(BookError, match="newer program"):
        read_about(path)
    (path / "book.json").write_bytes(about.replace(b'["renewed"]', b'"renewed"'))
    with pytest.raises(BookError, match="understood"):
        read_about(path)


def test_two_copies_that_were_given_keys_of_their_own_are_both_worked_in_by_one_process(
    path: Path, tmp_path: Path
) -> None:
    unlock(path, BINH)
    other = tmp_path / "other.sovang"
    shutil.copytree(path, other)
    for _ in range(2):
        for each in (path, other):
            with Book.open(each, actor="x") as book:
                renew_book_key(book, NOW)
                add(book, each.stem)
    for each in (path, other):
        for words in (WORDS, BINH):
            lock_all()
            unlock(each, words)
            with Book.open(each, actor="x") as book:
                assert names(book) == ["Trước", each.stem, each.stem]
                assert book.verify(deep=True).whole
