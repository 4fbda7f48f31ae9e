"""The own key of a person: what is sensitive goes with it, the chain stays whole, and nobody else is touched."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from config.errors import InputError
from records.domain.appointments import Discipline
from records.domain.people.person import SENSITIVE, Person
from records.store.book import Book
from records.store.safety.backup import write_backup
from records.store.safety.copies import restore
from records.store.safety.inspection import inspect_locked
from records.store.safety.repair import repair
from records.store.sealing.forgetting import forget
from records.store.sealing.persons import FILES, KEY, OWN, _Keys
from records.store.sealing.unlocking import lock_all, sealer_of, unlock
from tests.records.store.books import flip, new_book
from tests.records.store.sealing.sealed import WORDS, sealed_book

NOW = datetime(2026, 5, 4, 7, 30)
FAITH, NUMBER, PHONE = "Phật giáo Hòa Hảo", "019183004217", "0912774406"


def filled(path: Path) -> Path:
    """Two people and a matter of discipline of the first, the first corrected once."""
    with sealed_book(path) as book:
        with book.change("add") as change:
            first = change.put(Person(id=change.new_id(Person), name="An", religion=FAITH, national_id=NUMBER))
            change.put(Person(id=change.new_id(Person), name="Bình", religion="Công giáo", phone="0987"))
        with book.change("discipline") as change:
            matter = Discipline(id=change.new_id(Discipline), person=first.id, opened=date(2025, 2, 1))
            change.put(msgspec.structs.replace(matter, measure="warning", number="12-QĐ"))
        with book.change("correct") as change:
            change.put(msgspec.structs.replace(first, phone=PHONE), was=first)
    return path


def forgotten(path: Path) -> None:
    """What the act of forgetting does: the fields out of the records, then the key, then a line that says so."""
    with Book.open(path, actor="x") as book:
        with book.change("erase") as change:
            person = book.table(Person)["TN-P-00001"]
            cleared = dict.fromkeys(SENSITIVE & {"religion", "national_id", "phone"}, "")
            change.put(msgspec.structs.replace(person, **cleared), was=person)
            for matter in book.table(Discipline).where(person=person.id):
                change.remove(matter)
        forget(book.engine, 1)
        book.note("erased", about="TN-P-00001")


def test_what_is_sensitive_is_read_as_it_was_entered(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    for _ in range(2):
        with Book.open(path, actor="x") as book:
            first, second = book.table(Person).all()
            assert (first.religion, first.national_id, first.phone, second.phone) == (FAITH, NUMBER, PHONE, "0987")
            assert book.table(Discipline).all()[0].number == "12-QĐ"
            newest = next(iter(book.history(limit=1)))
            assert [(was.phone, now.phone) for was, now in newest.of(Person) if was and now] == [("", PHONE)]
            assert book.verify(deep=True).whole
            book.undo()
            book.redo()
        for each in path.glob("snapshot-*"):
            each.unlink()
        lock_all()
        unlock(path, WORDS)


def test_a_line_opened_with_the_book_key_alone_does_not_show_it(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    for name in FILES:
        (path / name).unlink()
    with Book.open(path, actor="x", read_only=True) as book:
        first = book.table(Person)["TN-P-00001"]
        assert (first.name, first.religion, first.phone) == ("An", "", "")
        assert any("own keys of 2 people" in str(each) for each in book.settled().notices), "it is damage, and said"
        assert not book.verify().whole


def test_a_destroyed_key_takes_what_is_sensitive_out_of_the_past_and_leaves_the_chain_whole(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    forgotten(path)
    for name in FILES:
        assert NUMBER.encode() not in (path / name).read_bytes()
    with Book.open(path, actor="x") as book:
        assert not book.settled().notices
        first, second = book.table(Person).all()
        assert (first.name, first.religion, first.national_id, first.phone) == ("An", "", "", "")
        assert (second.religion, second.phone) == ("Công giáo", "0987")
        past = [
            row for entry in book.history() for pair in entry.of(Person) for row in pair if row and row.name == "An"
        ]
        assert len(past) >= 3
        assert {(row.religion, row.national_id, row.phone) for row in past} == {("", "", "")}
        matters = [row for entry in book.history() for pair in entry.of(Discipline) for row in pair if row]
        assert {(row.measure, row.number) for row in matters} == {("", "")}
        assert book.verify(deep=True).whole
    with Book.open(path, actor="x", upto=3) as book:
        assert book.table(Person)["TN-P-00001"].phone == ""
    assert inspect_locked(path).whole


def test_who_comes_back_has_a_new_key_and_the_old_lines_stay_closed(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    forgotten(path)
    with Book.open(path, actor="x") as book:
        person = book.table(Person)["TN-P-00001"]
        with book.change("correct") as change:
            change.put(msgspec.structs.replace(person, phone="0901"), was=person)
    with Book.open(path, actor="x") as book:
        assert book.table(Person)["TN-P-00001"].phone == "0901"
        assert not book.settled().notices
        assert book.verify(deep=True).whole
    with Book.open(path, actor="x", upto=3) as book:
        assert book.table(Person)["TN-P-00001"].phone == ""


def test_a_backup_from_before_keeps_the_key_and_one_from_after_does_not(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    before = write_backup(path, tmp_path / "before", now=NOW).path
    forgotten(path)
    after = write_backup(path, tmp_path / "after", now=NOW).path
    for backup, phone in ((before, PHONE), (after, "")):
        target = tmp_path / f"{backup.parent.name}.sovang"
        restore(backup, target, now=NOW, actor="x")
        with Book.open(target, actor="x") as book:
            assert book.table(Person)["TN-P-00001"].phone == phone
            assert book.verify(deep=True).whole


def test_a_damaged_file_of_own_keys_is_said_and_made_anew(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    made = write_backup(path, tmp_path, now=NOW).path
    kept = (path / FILES[0]).read_bytes()
    for name in FILES:
        flip(path / name, 60)
        with Book.open(path, actor="x", read_only=True) as book:
            assert any(name in str(each) for each in book.settled().notices)
            assert book.table(Person)["TN-P-00001"].religion == FAITH, "the other one is read"
            assert not book.verify().whole
        assert not inspect_locked(path).whole
        assert repair(path, actor="x", now=NOW)
        assert (path / name).read_bytes() == kept
    for name in FILES:
        (path / name).unlink()
    assert repair(path, actor="x", now=NOW, source=made)
    with Book.open(path, actor="x") as book:
        assert book.table(Person)["TN-P-00001"].religion == FAITH
        assert not book.settled().notices


def test_entering_one_more_person_writes_no_file_of_keys(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    before = _written(path / FILES[0])
    with Book.open(path, actor="x") as book:
        for number in range(20):
            with book.change("add") as change:
                change.put(Person(id=change.new_id(Person), name="N", phone=f"09{number}"))
        assert _written(path / FILES[0]) == before
        assert [each.phone for each in book.table(Person)][2:] == [f"09{number}" for number in range(20)]


def _written(path: Path) -> tuple[int, int]:
    """Which file it is and when it was written; reading it changes neither."""
    status = path.stat()
    return status.st_ino, status.st_mtime_ns


@pytest.mark.plain
def test_in_a_book_that_is_not_sealed_nothing_can_be_forgotten(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book, pytest.raises(InputError, match="not sealed"):
        forget(book.engine, 1)


def test_every_field_that_is_sealed_so_has_a_default() -> None:
    for kind in (Person, Discipline):
        table = {"Person": "people", "Discipline": "discipline"}[kind.__name__]
        fields = {each.name: each for each in msgspec.structs.fields(kind)}
        assert OWN[table]
        assert not [name for name in OWN[table] if fields[name].required]


def test_a_follower_hears_of_new_keys(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    with Book.open(path, actor="x") as book, Book.open(path, actor="y", read_only=True) as follower:
        with book.change("add") as change:
            number = 400
            change.put(Person(id=f"TN-P-{number:05d}", name="N", phone="0900"))
        assert follower.refresh()
        assert follower.table(Person)["TN-P-00400"].phone == "0900"
    sealer = sealer_of(path)
    assert sealer is not None
    assert sealer.persons is not None
    assert sealer.persons.came_back([400]) == [400], "the key is there, and nobody destroyed it"
    shutil.rmtree(path)


def test_who_came_back_keeps_the_new_key_when_another_is_forgotten(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang")
    forgotten(path)
    with Book.open(path, actor="x") as book:
        with book.change("again") as change:
            person = book.table(Person)["TN-P-00001"]
            change.put(msgspec.structs.replace(person, phone=PHONE), was=person)
        forget(book.engine, 2)
        book.note("erased", about="TN-P-00002")
    for each in path.glob("snapshot-*"):
        each.unlink()
    with Book.open(path, actor="x", read_only=True) as book:
        assert [each.phone for each in book.table(Person).all()] == [PHONE, ""]
        assert book.verify(deep=True).whole


NONE, FIRST, NEXT = b"", b"1" * KEY, b"2" * KEY
"""No key of a person, the first one, and one that was made after that was destroyed."""


@pytest.mark.parametrize(
    ("first", "spare", "agreed"),
    [
        ((NONE, False), (FIRST, False), (FIRST, False)),  # it was never written into the first
        ((NONE, True), (FIRST, False), (NONE, True)),  # it was destroyed, and the power went
        ((FIRST, False), (NONE, True), (NONE, True)),  # an old first file was put back
        ((NEXT, True), (NONE, True), (NEXT, True)),  # the person came back, and the power went
        ((NEXT, True), (FIRST, False), (NEXT, True)),
        ((FIRST, False), (NEXT, True), (NEXT, True)),
        ((NONE, True), (NEXT, True), (NONE, True)),  # destroyed once more, and the power went
    ],
)
def test_of_two_files_who_knows_that_a_key_was_destroyed_knows_more(
    first: tuple[bytes, bool], spare: tuple[bytes, bool], agreed: tuple[bytes, bool]
) -> None:
    def keys(key: bytes, gone: bool) -> _Keys:  # a pair of a table
        made = _Keys(gone=frozenset((7,) if gone else ()))
        return made.plus({7: key}) if key else made

    found = keys(*first).agreed(keys(*spare))
    assert (found.key(7), 7 in found.gone) == agreed
