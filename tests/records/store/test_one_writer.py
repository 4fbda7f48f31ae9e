"""Several threads at one book, raced by force: one line at a time, no id twice, no reader left behind."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Event, Thread
from threading import enumerate as enumerate_threads
from time import sleep
from typing import Any

import pytest

from config.errors import BookError, ConflictError
from records.domain.people.person import Person
from records.store.book import Book
from records.store.tables import Records
from records.store.turn import Turn
from tests.records.store.books import add, names, new_book


@pytest.fixture(autouse=True)
def restless() -> Iterator[None]:
    """Threads take turns as often as can be."""
    kept = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(kept)


def together(*acts: Callable[[], object]) -> None:
    barrier, errors = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
        except BaseException as error:  # noqa: BLE001  # told below
            errors.append(error)

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not errors, errors


def test_changes_undo_and_tinydb_writes_from_many_threads_are_one_chain(tmp_path: Path) -> None:
    book = new_book(tmp_path / "a.sovang")
    add(book, "Đầu")
    plain = book.database.table("notes")

    def changes() -> None:
        for number in range(25):
            add(book, f"N{number}")

    def undo_and_redo() -> None:
        for _ in range(15):
            book.undo()
            try:
                book.redo()
            except ConflictError:
                continue  # somebody changed something in between, and that is said

    def tinydb() -> None:
        for number in range(25):
            plain.insert({"n": number})
            plain.update({"m": number})

    def notes() -> None:
        for number in range(15):
            book.note("test.note", about=str(number))

    together(changes, changes, undo_and_redo, tinydb, notes, book.snapshot)
    ids = [person.id for person in book.table(Person)]
    assert len(ids) == len(set(ids))
    assert book.verify().whole
    seq = book.head()[0]
    book.close()
    with Book.open(tmp_path / "a.sovang", actor="x") as again:
        assert again.head()[0] >= seq
        assert again.verify().whole


def test_a_change_in_another_thread_waits_and_one_within_a_change_is_refused(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        with book.change("outer") as change:
            thread = Thread(target=add, args=(book, "Khác"))
            thread.start()
            change.put(Person(id=change.new_id(Person), name="Trước"))
            with pytest.raises(AssertionError), book.change("inner"):
                pass
            assert names(book) == []
        thread.join()
        assert names(book) == ["Trước", "Khác"]


@pytest.mark.parametrize("turn", range(5))
def test_an_index_built_while_another_thread_writes_misses_nobody(tmp_path: Path, turn: int) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        with book.change("many") as change:
            for number in range(3_000):
                change.put(Person(id=change.new_id(Person), name=f"N{number}", phone="1"))
        people: Any = book.table(Person)

        def write() -> None:
            for number in range(20):
                with book.change("one") as change:
                    change.put(Person(id=change.new_id(Person), name=f"M{number}", phone="1"))

        together(write, lambda: people.where(phone="1"), lambda: list(people.all()))
        assert len(people.where(phone="1")) == 3_020


def test_a_reader_never_remembers_what_was_changed_under_it(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.sovang") as book:
        (person,) = add(book, "N")
        people = book.table(Person)

        def write() -> None:
            for number in range(200):
                with book.change("one") as change:
                    change.put(Person(id=person, name=f"M{number}"), was=people[person])

        together(write, *[lambda: [people.get(person) for _ in range(3_000)]] * 2)
        assert people[person].name == "M199"


def test_a_change_that_waited_while_the_book_was_closed_is_refused_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = new_book(tmp_path / "a.sovang")
    add(book, "An")
    waits, told = Event(), list[BookError]()
    enter = Turn.__enter__

    def coming(turn: Turn) -> None:
        waits.set()
        enter(turn)

    def late() -> None:
        try:
            add(book, "Muộn")
        except BookError as error:
            told.append(error)

    def begin(_: object) -> None:  # what closes the book has the turn now
        thread.start()
        waits.wait()

    thread = Thread(target=late)
    monkeypatch.setattr(Turn, "__enter__", coming)
    book.at_close("x", begin)
    book.close()
    thread.join()
    assert len(told) == 1
    with Book.open(tmp_path / "a.sovang", actor="x") as again:
        assert (names(again), again.damage) == (["An"], None)


def test_a_change_that_comes_while_a_book_is_closed_leaves_no_caretaker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(enumerate_threads())
    book = new_book(tmp_path / "a.sovang")
    add(book, "An")
    stop = Book._stop_caretaker

    def stopped(closing: Book) -> None:
        stop(closing)
        if closing is book and not book.read_only:
            together(lambda: add(book, "Bình"))

    monkeypatch.setattr(Book, "_stop_caretaker", stopped)
    book.close()
    assert [each for each in enumerate_threads() if each not in before and each.name == "caretaker"] == []
    with Book.open(tmp_path / "a.sovang", actor="x") as again:
        assert names(again) == ["An", "Bình"]


def test_two_threads_that_first_ask_for_a_table_get_the_same_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    make = Records.__init__

    def slowly(records: Records[Any], *given: Any) -> None:
        made.append(records)
        sleep(0.05)  # the other thread is there by now
        make(records, *given)

    with new_book(tmp_path / "a.sovang") as book:
        monkeypatch.setattr(Records, "__init__", slowly)
        together(lambda: book.table(Person), lambda: book.table(Person))
        assert len(made) == 1
        add(book, "An")
        assert names(book) == ["An"]
