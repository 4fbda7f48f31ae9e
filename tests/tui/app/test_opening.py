"""The first list stands before every file of the book has been read; what is found wrong then is said all the same."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

import pytest

from config import i18n
from config.errors import BookError
from records.domain.people.person import Person
from records.services.people.roster import save_person
from records.store.book import Book
from tests.tui.offices import DAY, see, small_office, until
from tui.app import opening
from tui.app.app import SoVangApp


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A book in which a bit turned in a segment that is closed, so that nothing read at its opening shows it."""
    i18n.use("en")
    with small_office(tmp_path) as office:
        path = office.book.path
    with Book.open(path, actor="thu") as book:
        book.snapshot()
        with book.change("roster.add", about="Mẫu") as change:
            change.put(Person(id=change.new_id(Person), name="Mẫu Văn Năm"))
    first = min(path.glob("journal-*"))
    content = bytearray(first.read_bytes())
    content[len(content) // 2] ^= 1
    first.write_bytes(content)
    return path


def _app(path: Path) -> SoVangApp:
    return SoVangApp(
        lambda: opening.open_office(argparse.Namespace(book=str(path), demo=False)), on=DAY, section="people", who="thu"
    )


async def test_damage_behind_the_first_list_is_said_and_the_book_only_read(damaged: Path) -> None:
    with closing(_app(damaged)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Something is wrong with the book", "Repair: set aside what is damaged")
            assert app.office.book.read_only
            await pilot.press("escape")
            await see(pilot, "Nguyễn Thị Ánh", "only reading")


async def test_nothing_is_written_before_every_file_was_read(damaged: Path) -> None:
    with opening.open_office(argparse.Namespace(book=str(damaged), demo=False)) as office:
        person = office.book.table(Person).all()[0]
        head = office.book.head()
        with pytest.raises(BookError):
            save_person(office, person, was=person)
        assert office.book.head() == head


async def test_a_whole_book_is_written_as_soon_as_it_is_shown(tmp_path: Path) -> None:
    i18n.use("en")
    with small_office(tmp_path) as office:
        path = office.book.path
    with closing(_app(path)) as app:
        async with app.run_test(size=(100, 30)) as pilot:
            await see(pilot, "Nguyễn Thị Ánh")
            before = app.office.book.head()[0]
            app.office.book.note("bench", about="")
            await until(pilot, lambda: app.office.book.head()[0] == before + 1)
            assert not app.office.book.read_only
