"""What was counted is kept for the next opening, and believed only where it is of this very state and whole."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from records.domain.training import Attendance, Event
from records.services import attended as module
from records.services.attended import Attended, attended
from records.store.book import Book
from records.store.contract import Store
from tests.records.services.conftest import made_office, staff

DAY = date(2025, 5, 10)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed book with three sessions, and what was counted of them beside it."""
    monkeypatch.setattr(module, "_WORTH", 1)
    with made_office(tmp_path) as office:
        people = staff(office)
        with office.book.change("test") as change:
            event = change.put(Event(id=change.new_id(Event), kind="conference", title="Hội nghị", day=DAY))
            for person in people:
                new = Attendance(
                    id=change.new_id(Attendance), person=person.id, event=event.id, kind="conference", day=DAY
                )
                change.put(new)
        attended(office.book)
    return office.book.path


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each time that everything is counted."""
    seen: list[int] = []
    count = Attended._count

    def counting(self: Attended, book: Store) -> None:
        seen.append(1)
        count(self, book)

    monkeypatch.setattr(Attended, "_count", counting)
    return seen


def ids(path: Path) -> list[str]:
    """The sessions of the second person who was entered, read in a new opening."""
    with Book.open(path, actor="tester", read_only=True) as book:
        return [each.id for each in attended(book).of("TN-P-00001")]


def test_the_next_opening_need_not_count(path: Path, counted: list[int]) -> None:
    assert ids(path) == ["TN-T-00002"]
    assert counted == []
    with Book.open(path, actor="tester") as book:
        assert not [each for each in book.notices if "cache" in str(each)]
    if os.name != "nt":
        assert stat.S_IMODE((path / "cache-attended.bin").stat().st_mode) == 0o600


def test_of_another_state_it_is_counted_anew(path: Path, counted: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    with Book.open(path, actor="tester") as book, book.change("test") as change:
        change.remove(book.table(Attendance)["TN-T-00002"])
    assert ids(path) == []
    assert counted == [1]
    monkeypatch.setattr(module, "_FORM", "another")
    assert ids(path) == []
    assert counted == [1, 1]


def test_of_an_earlier_day_it_is_counted_anew(path: Path, counted: list[int]) -> None:
    with Book.open(path, actor="tester") as book:
        seq = book.head()[0]
    with Book.open(path, actor="tester", upto=seq - 1) as past:
        assert list(attended(past).of("TN-P-00001")) == []
    assert counted == [1]


def test_whatever_byte_turned_it_is_counted_anew(path: Path, counted: list[int]) -> None:
    kept = path / "cache-attended.bin"
    content = kept.read_bytes()
    places = sorted(Random(7).sample(range(len(content)), 40))
    for place in places:
        kept.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        assert ids(path) == ["TN-T-00002"], place
    assert len(counted) == len(places)
    for size in (0, 1, 31, 32, 40, len(content) - 1):
        kept.write_bytes(content[:size])
        assert ids(path) == ["TN-T-00002"], size
    assert len(counted) == len(places) + 6


def test_a_small_office_keeps_nothing(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        staff(office)
        attended(office.book)
    assert not list(office.book.path.glob("cache-*"))


def test_a_session_that_changes_while_it_is_read_is_read_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Book.open(path, actor="tester") as book:
        table, seen = book.table(Attendance), attended(book)
        glance = table.glance

        def slowly(record_id: str) -> Attendance | None:
            monkeypatch.setattr(table, "glance", glance)
            found = glance(record_id)
            assert found is not None
            with book.change("test") as change:
                change.put(replace(found, day=date(2025, 5, 11)), was=found)
            attended(book)  # as another thread asks
            return found

        monkeypatch.setattr(table, "glance", slowly)
        number = int(table.all()[0].id[-5:])
        seen.record(number)
        assert seen.record(number).day == date(2025, 5, 11)
