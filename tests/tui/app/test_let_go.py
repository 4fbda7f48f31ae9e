"""What was closed leaves the memory: a day of opening books and screens costs no more than one of them."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from weakref import WeakSet

import pytest

import main
from records.domain.people.person import Person
from records.store.book import Book
from records.store.journal.engine import Engine
from tests.tui.offices import see, small_app, small_office
from tui.app.app import SoVangApp

BOOKS, APPS, REMEMBERED = 20, 6, 2
"""How many are opened; and how many apps Textual's own context and the loop of a test remember, however many ran."""


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> Iterator[WeakSet[Engine]]:
    """The states of all books opened in a test, as long as something holds them; Python looks for no rings there."""
    found: WeakSet[Engine] = WeakSet()
    load = Engine._load

    def noted(engine: Engine, state: object) -> None:
        found.add(engine)
        load(engine, state)  # type: ignore[arg-type]

    monkeypatch.setattr(Engine, "_load", noted)
    gc.disable()
    yield found
    gc.enable()


def test_books_that_were_closed_are_gone_at_once(engines: WeakSet[Engine], tmp_path: Path) -> None:
    with small_office(tmp_path) as office:
        path = office.book.path
    del office
    for number in range(BOOKS):
        copy = shutil.copytree(path, tmp_path / f"{number}.sovang")
        with Book.open(copy, actor="thu") as book, book.change("test") as change:
            assert len(book.table(Person)) == 4
            change.put(Person(id=change.new_id(Person), name=f"Người {number}"))
        del book, change
    assert not list(engines)


def test_commands_leave_no_book_behind(
    engines: WeakSet[Engine], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with small_office(tmp_path) as office:
        path = office.book.path
    del office
    for words in (["roster", "list"], ["check"], ["book", "log"], ["roster", "export", str(tmp_path / "a.pdf")]):
        assert main.main(["--lang", "en", "--book", str(path), *words]) in (0, 1), capsys.readouterr()
        gc.disable()
        assert not list(engines), words


async def test_screens_that_were_left_hold_no_book(tmp_path: Path) -> None:
    apps: WeakSet[SoVangApp] = WeakSet()
    books: WeakSet[Book] = WeakSet()
    for number in range(APPS):
        folder = tmp_path / str(number)
        folder.mkdir()
        with closing(small_app(folder)) as app:
            async with app.run_test(size=(110, 34)) as pilot:
                await see(pilot, "Nguyễn Thị Ánh")
                apps.add(app)
                book = app.office.book
                assert isinstance(book, Book)
                books.add(book)
        del app, pilot, book
    gc.collect(0)  # all of it was made since the last look
    assert len(list(apps)) <= REMEMBERED
    assert len(list(books)) <= REMEMBERED
