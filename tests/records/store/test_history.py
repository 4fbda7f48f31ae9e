"""History is read through an index that is only a cache, and the past of a book can be opened."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from config.errors import BookError, ConflictError
from records.domain.appointments import Appointment
from records.domain.lists import ListExport
from records.domain.people.person import Person
from records.store.book import Book
from records.store.journal.index import FILE, JournalIndex
from tests.records.store.books import add, filled, journal, names, new_book


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2025, 6, 1, 8, 0)

    def __call__(self) -> datetime:
        return self.now


def story(path: Path, clock: Clock) -> Book:
    """Three days: two people, a correction with an appointment, another hand."""
    book = Book.create(path, office="TN", actor="lan", now=clock)
    add(book, "An", "Bình")
    clock.now = datetime(2025, 6, 2, 9, 30)
    with book.change("roster.correct") as change:
        change.put(Person(id="TN-P-00001", name="Ân"), was=book.table(Person)["TN-P-00001"])
        change.put(Appointment(id=change.new_id(Appointment), person="TN-P-00001", role="reporter", level="commune"))
    book.login = "hoa"
    clock.now = datetime(2025, 6, 4, 9, 30)
    add(book, "Cúc")
    return book


def edited(path: Path, statement: str, *, sealed: bool) -> None:
    """Change the index on disk, with its new sum or with the old one."""
    content = path.read_bytes()
    index = sqlite3.connect(":memory:", isolation_level=None)
    index.deserialize(content[:-32])
    index.execute(statement)
    changed = index.serialize()
    index.close()
    path.write_bytes(changed + (hashlib.sha256(changed).digest() if sealed else content[-32:]))


def test_history_of_a_record_of_a_person_and_of_a_day(tmp_path: Path) -> None:
    with story(tmp_path / "a.sovang", Clock()) as book:
        assert [entry.seq for entry in book.history()] == [3, 2, 1]
        assert [entry.seq for entry in book.history(record="TN-P-00001")] == [2, 1]
        assert [entry.seq for entry in book.history(record="TN-P-00002")] == [1]
        assert [entry.seq for entry in book.history(record="TN-A-00001")] == [2]
        assert [entry.seq for entry in book.history(actor="hoa")] == [3]
        assert [entry.seq for entry in book.history(day="2025-06-02")] == [2]
        assert [entry.seq for entry in book.history(actor="lan", record="TN-P-00001", limit=1)] == [2]
        before, after = book.history(record="TN-P-00001")[0].changes[0][2:]
        assert (before or {})["name"], (after or {})["name"] == ("An", "Ân")


def test_undo_and_redo_are_found_after_many_changes(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        for number in range(600):
            add(book, f"N{number}")
        for _ in range(3):
            book.undo()
        assert len(names(book)) == 597
        book.redo()
        assert names(book)[-1] == "N597"
        assert len(book.history()) == 604


def test_an_index_that_is_lost_broken_or_of_another_book_is_made_again(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 5)
    with Book.open(path, actor="x") as book:
        told = [(entry.seq, entry.about) for entry in book.history()]
    other = tmp_path / "b.sovang"
    with new_book(other) as book:
        add(book, "Khác")
        book.history()
    for content in (b"", b"not a database at all" * 400, (other / FILE).read_bytes()):
        (path / FILE).write_bytes(content)
        with Book.open(path, actor="x") as book:
            assert [(entry.seq, entry.about) for entry in book.history()] == told
    (path / FILE).unlink()
    with Book.open(path, actor="x") as book:
        assert [(entry.seq, entry.about) for entry in book.history()] == told


@pytest.mark.plain
def test_only_new_lines_are_read_when_the_index_fits(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 4)
    with Book.open(path, actor="x") as book:
        book.history()
    first = journal(path)
    edited(path / FILE, "UPDATE line SET about = 'từ chỉ mục' WHERE seq = 2", sealed=True)
    with Book.open(path, actor="x") as book:
        add(book, "Mới")
        assert {entry.seq: entry.about for entry in book.history()}[2] == "từ chỉ mục"
        assert book.history(limit=1)[0].about == "Mới"
    assert first.exists()


@pytest.mark.plain
def test_history_works_where_nothing_can_be_written(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.sovang", 3)
    index = JournalIndex(path, writable=False)
    assert [line.seq for line in index.lines(upto=2)] == [2, 1]
    assert not (path / FILE).exists()
    index.close()


def test_the_book_as_it_was_after_a_line_and_on_a_day(tmp_path: Path) -> None:
    clock = Clock()
    path = tmp_path / "a.sovang"
    with story(path, clock) as book:
        book.snapshot()
        add(book, "Dũng")
        assert [book.seq_at(date(2025, 6, day)) for day in (1, 2, 3, 4)] == [1, 2, 2, 4]
    with Book.open(path, actor="x", upto=1) as past:
        assert names(past) == ["An", "Bình"]
        assert past.head()[0] == 1
        assert [entry.seq for entry in past.history()] == [1]
        assert past.verify().whole
        with pytest.raises(BookError, match="reading only"):
            add(past, "Không")
    with Book.open(path, actor="x", upto=2) as past:
        assert names(past) == ["Ân", "Bình"]
    with Book.open(path, actor="x") as book:
        assert names(book) == ["Ân", "Bình", "Cúc", "Dũng"]


def test_a_clock_that_was_moved_back_is_said_and_the_order_stays(tmp_path: Path) -> None:
    clock = Clock()
    path = tmp_path / "a.sovang"
    with story(path, clock) as book:
        assert not book.notices
    clock.now = datetime(2024, 1, 1)
    with Book.open(path, actor="x", now=clock) as book:
        assert "clock of this computer is behind" in str(book.notices[0])
        add(book, "Sau")
        assert [entry.seq for entry in book.history(limit=2)] == [4, 3]
        assert book.verify().whole
        assert len(book.notices) == 1, "it is said once"


def test_a_clock_that_is_moved_back_while_the_book_is_open_is_said_at_the_next_change(tmp_path: Path) -> None:
    clock = Clock()
    path = tmp_path / "a.sovang"
    with story(path, clock) as book:
        for day in (datetime(2024, 1, 1), datetime(2024, 1, 2)):
            clock.now = day
            add(book, "Sau")
        assert ["clock of this computer is behind" in str(each) for each in book.notices] == [True]


def test_who_only_reads_is_told_too_for_terms_are_counted_from_today(tmp_path: Path) -> None:
    clock = Clock()
    path = tmp_path / "a.sovang"
    with story(path, clock):
        pass
    clock.now = datetime(2024, 1, 1)
    with Book.open(path, actor="x", now=clock, read_only=True) as book:
        assert ["clock of this computer is behind" in str(each) for each in book.notices] == [True]


def test_a_document_changed_since_it_was_read_is_not_overwritten(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        add(book, "An")
        read = book.table(Person)["TN-P-00001"]
        with book.change("other") as change:
            change.put(msgspec.structs.replace(read, position="Trưởng ban"), was=read)
        with pytest.raises(ConflictError, match="changed elsewhere"), book.change("late") as change:
            change.put(msgspec.structs.replace(read, name="Ấn"), was=read)
        assert names(book) == ["An"]
        assert len(book.history()) == 2


def test_an_act_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        add(book, "An")
        with book.change("same") as change:
            change.put(book.table(Person)["TN-P-00001"], was=book.table(Person)["TN-P-00001"])
        assert [entry.action for entry in book.history()] == ["test.add"]


def test_what_a_later_record_names_is_not_taken_away_from_under_it(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        (an,) = add(book, "An")
        (binh,) = add(book, "Bình")
        with book.change("appoint") as change:
            post = Appointment(id=change.new_id(Appointment), person=an, role="reporter", level="commune")
            change.put(post)
        with book.change("roster.export") as change:
            change.put(
                ListExport(
                    id=change.new_id(ListExport), file="a", sha256="", people=(binh,), columns=(), on=date(2025, 6, 1)
                )
            )
        with pytest.raises(ConflictError, match="change 3 stands on it"):
            book.undo(1)
        book.undo(2)  # that a list named somebody is only told
        book.undo(3)
        book.undo(1)
        assert names(book) == []


@pytest.mark.plain
def test_an_index_changed_by_hand_is_found_by_verifying_and_made_anew(tmp_path: Path) -> None:
    with story(tmp_path / "a.sovang", Clock()) as book:
        assert len(book.history()) == 3
    edited(tmp_path / "a.sovang" / FILE, "DELETE FROM line WHERE seq = 1", sealed=False)
    with Book.open(tmp_path / "a.sovang", actor="lan") as book:
        report = book.verify()
        assert report.whole
        assert any("index of the history" in str(line) for line in report.lines)
        assert [entry.actor for entry in book.history()] == ["hoa", "lan", "lan"]
        assert not any("index of the history" in str(line) for line in book.verify().lines)


@pytest.mark.plain
def test_a_turned_bit_anywhere_in_the_index_is_never_shown(tmp_path: Path) -> None:
    with story(tmp_path / "a.sovang", Clock()) as book:
        told = [(entry.seq, entry.actor, entry.about) for entry in book.history()]
    path = tmp_path / "a.sovang" / FILE
    content = path.read_bytes()
    for at in range(0, len(content), 97):
        path.write_bytes(content[:at] + bytes((content[at] ^ 4,)) + content[at + 1 :])
        with Book.open(tmp_path / "a.sovang", actor="lan", read_only=True) as book:
            assert [(entry.seq, entry.actor, entry.about) for entry in book.history()] == told, at
            assert any("index of the history" in str(line) for line in book.verify().lines), at
        assert path.read_bytes() == content


@pytest.mark.plain
@pytest.mark.parametrize("statement", ["DROP TABLE line", "UPDATE mark SET at = -5"])
def test_an_index_of_another_make_is_made_anew(tmp_path: Path, statement: str) -> None:
    with story(tmp_path / "a.sovang", Clock()) as book:
        told = [(entry.seq, entry.actor, entry.about) for entry in book.history()]
    edited(tmp_path / "a.sovang" / FILE, statement, sealed=True)
    with Book.open(tmp_path / "a.sovang", actor="lan", read_only=True) as book:
        assert [(entry.seq, entry.actor, entry.about) for entry in book.history()] == told


@pytest.mark.parametrize("content", [b"", b"no database" * 50, None], ids=["nothing", "text", "half a database"])
def test_an_index_that_is_none_though_its_sum_is_right_is_made_anew(tmp_path: Path, content: bytes | None) -> None:
    with story(tmp_path / "a.sovang", Clock()) as book:
        told = [(entry.seq, entry.actor, entry.about) for entry in book.history()]
    path = tmp_path / "a.sovang" / FILE
    content = path.read_bytes()[:5000] if content is None else content
    path.write_bytes(content + hashlib.sha256(content).digest())
    with Book.open(tmp_path / "a.sovang", actor="lan") as book:
        assert [(entry.seq, entry.actor, entry.about) for entry in book.history()] == told
    assert len(path.read_bytes()) > 5032, "saved anew"


def test_undo_passes_over_lines_that_only_tell_what_left(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        add(book, "An")
        with book.change("roster.export") as change:
            change.put(
                ListExport(
                    id=change.new_id(ListExport), file="a", sha256="", people=(), columns=(), on=date(2025, 6, 1)
                )
            )
        assert book.next_undo().seq == 1
        book.undo()
        assert names(book) == []
