"""Every door by which a book is written waits for the change of another thread, and no reader keeps what was.

Each wait is forced: the other thread goes on until it asks for a lock that is held, or has ended without asking.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, RLock, Thread
from typing import Any

import pytest
from tinydb import where

from config.errors import BookError, ConflictError
from records.domain.people.person import Person
from records.store.book import Book
from records.store.sealing.forgetting import forget_in
from records.store.tables import Records
from tests.records.store.books import add, names, new_book
from tests.records.store.sealing.sealed import sealed_book

FIRST, OUTER = 1, 3
"""Numbers of the person who is there, and of the one whom the change of the other thread enters."""
OURS = where("name") == "Ngoài"


class Watched:
    """A lock that says when somebody has to wait for it."""

    def __init__(self, waits: Event) -> None:
        self._lock, self._waits = RLock(), waits

    def acquire(self, *, timeout: float = -1) -> bool:
        if self._lock.acquire(blocking=False):
            return True
        self._waits.set()
        return self._lock.acquire(timeout=timeout)

    def release(self) -> None:
        self._lock.release()

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


class Other:
    """A thread that acts; `goes` lets it go on until it waits or has ended."""

    def __init__(self, moved: Event, act: Callable[[], object]) -> None:
        self._moved, self._act = moved, act
        self.ended = False
        self.found: object = None
        self._thread = Thread(target=self._run)

    def _run(self) -> None:
        try:
            self.found = self._act()
        except (AssertionError, BookError, ConflictError) as error:
            self.found = type(error)
        self.ended = True
        self._moved.set()

    def goes(self) -> None:
        self._thread.start()
        assert self._moved.wait(60)

    def join(self) -> object:
        self._thread.join(60)
        return self.found


def people(book: Book) -> Any:
    return book.database.table("people")


def late(book: Book) -> None:
    """What is done every second, where the head outside is far behind."""
    book._kept = (0, float("-inf"))
    book._take_care()


DOORS: dict[str, tuple[Callable[[Book], object], Callable[[Any, Book], object]]] = {
    "change": (lambda book: add(book, "Sau"), lambda found, _: found == ["TN-P-00004"]),
    "note": (lambda book: book.note("test.note", about=""), lambda _, book: book.head()[0] == 5),
    "undo": (lambda book: book.undo(), lambda found, _: found.undoes == 4),
    "redo": (lambda book: book.redo(), lambda found, _: found is ConflictError),
    "settings": (lambda book: book.accept_settings(), lambda found, _: found == ["a.yaml", "b.yaml"]),
    "snapshot": (lambda book: book.snapshot(), lambda _, book: book.engine.snapshot_seq == book.head()[0] == 4),
    "head outside": (late, lambda _, book: book._kept[0] == 4),
    "forgetting": (lambda book: forget_in(book, FIRST), lambda found, _: found is None),
    "close": (lambda book: book.close(), lambda _, book: book.read_only),
    "insert": (
        lambda book: people(book).insert({"id": "TN-P-00004", "name": "Sau"}),
        lambda found, _: found == OUTER + 1,
    ),
    "insert_multiple": (
        lambda book: people(book).insert_multiple([{"id": "TN-P-00004", "name": "Sau"}]),
        lambda found, _: found == [OUTER + 1],
    ),
    "update": (lambda book: people(book).update({"phone": "9"}, OURS), lambda found, _: found == [OUTER]),
    "update_multiple": (
        lambda book: people(book).update_multiple([({"phone": "9"}, OURS)]),
        lambda found, _: found == [OUTER],
    ),
    "upsert": (lambda book: people(book).upsert({"phone": "9"}, OURS), lambda found, _: found == [OUTER]),
    "remove": (lambda book: people(book).remove(OURS), lambda found, _: found == [OUTER]),
    "truncate": (lambda book: people(book).truncate(), lambda _, book: names(book) == []),
    "drop_table": (
        lambda book: book.database.drop_table("empty"),
        lambda _, book: "empty" not in book.database.tables() and names(book) == ["Đầu", "Ngoài"],
    ),
    "drop_tables": (lambda book: book.database.drop_tables(), lambda _, book: names(book) == []),
    "storage": (lambda book: book.database.storage.write({}), lambda _, book: names(book) == []),
}
"""Door -> what goes through it, and how its end shows that it read nothing before it waited."""
PASSABLE = {"head outside", "close"}
"""Doors that no change of the same thread can stand before."""


def opened(path: Path, door: str) -> Book:
    """A book of somebody, and of somebody else who was taken back: three lines."""
    book = sealed_book(path) if door == "forgetting" else new_book(path)
    add(book, "Đầu")
    add(book, "Hai")
    book.undo()
    book.database.table("empty", persist_empty=True)
    (path / "config" / "a.yaml").write_text("a: 1\n", "utf-8")
    return book


@pytest.mark.parametrize("door", DOORS)
def test_each_door_waits_for_the_change_of_another_thread_before_it_reads(tmp_path: Path, door: str) -> None:
    act, right = DOORS[door]
    book, moved = opened(tmp_path / "a.sovang", door), Event()
    lock: Any = Watched(moved)
    book.turn._lock = lock
    other = Other(moved, lambda: act(book))
    with book.change("outer") as change:
        other.goes()
        assert not other.ended, "it did not wait"
        assert book.head()[0] == 3
        (tmp_path / "a.sovang" / "config" / "b.yaml").write_text("b: 1\n", "utf-8")
        change.put(Person(id=change.new_id(Person), name="Ngoài"))
    found = other.join()
    assert right(found, book), found
    if door != "close":
        assert book.verify().whole
        book.close()
    with Book.open(tmp_path / "a.sovang", actor="x") as again:
        assert "outer" in {each.action for each in again.history()}
        assert again.verify().whole


@pytest.mark.parametrize("door", [each for each in DOORS if each not in PASSABLE])
def test_no_door_opens_within_a_change_of_the_same_thread(tmp_path: Path, door: str) -> None:
    book = opened(tmp_path / "a.sovang", door)
    with book.change("outer") as change:
        change.put(Person(id=change.new_id(Person), name="Ngoài"))
        with pytest.raises(AssertionError, match="a change is being made already"):
            DOORS[door][0](book)
        assert book.head()[0] == 3
    assert names(book) == ["Đầu", "Ngoài"]
    book.close()


def test_nobody_comes_between_the_two_halves_of_an_upsert(tmp_path: Path) -> None:
    moved = Event()
    with new_book(tmp_path / "a.sovang") as book:
        table = people(book)
        insert = table.insert
        lock: Any = Watched(moved)
        book.turn._lock = lock
        other = Other(moved, lambda: add(book, "Ngoài"))

        def then(document: dict[str, Any]) -> object:
            other.goes()
            return insert(document)

        table.insert = then
        assert table.upsert({"id": "TN-P-00001", "name": "Ngoài"}, OURS) == [1]
        assert other.join() == ["TN-P-00002"]


class Met(dict[Any, Any]):
    """A dictionary into which nothing is laid before somebody else had all the time to come in between."""

    meet: Callable[[], None]

    def __setitem__(self, key: Any, value: Any) -> None:
        self.meet()
        super().__setitem__(key, value)

    def update(self, *given: Any, **more: Any) -> None:
        self.meet()
        super().update(*given, **more)


READERS: dict[str, Callable[[Records[Person]], object]] = {
    "get": lambda table: table.get("TN-P-00001"),
    "one that is read already": lambda table: table._value(FIRST, table._engine.row("people", FIRST) or {}),
    "all": lambda table: table.all(),
    "where": lambda table: table.where(name="Đầu"),
}


@pytest.mark.parametrize(
    ("reader", "place"),
    [*((each, "_values") for each in READERS), ("where", "_indexes"), ("where", "_indexes, none made before")],
)
def test_what_is_changed_while_it_is_read_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str, place: str
) -> None:
    if "none" in place:
        monkeypatch.setattr(Records, "_make_ready", lambda *_: None)
    moved, name = Event(), place.partition(",")[0]
    with new_book(tmp_path / "a.sovang") as book:
        add(book, "Đầu")
        lock: Any = Watched(moved)
        book.engine.lock = lock
        table = book.table(Person)

        def write() -> None:
            with book.change("one") as change:
                was = Person(id="TN-P-00001", name="Đầu")
                change.put(Person(id="TN-P-00001", name="Khác"), was=was)
                change.put(Person(id=change.new_id(Person), name="Đầu"))

        other = Other(moved, write)

        def meet() -> None:
            if not moved.is_set():
                other.goes()

        met = Met()
        met.meet = meet
        setattr(table, name, met)
        READERS[reader](table)
        assert moved.is_set(), "nobody came in between"
        assert other.join() is None
        assert names(book) == ["Khác", "Đầu"]
        assert [each.id for each in table.where(name="Đầu")] == ["TN-P-00002"]
