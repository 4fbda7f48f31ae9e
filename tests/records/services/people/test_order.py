"""The order of people is found once, follows each change, and is kept for the next opening without their names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import msgspec
import pytest

from records.domain.dates import PartialDate
from records.domain.people.names import person_key
from records.domain.people.person import Person
from records.services.office import Office
from records.services.people import order
from records.services.people.listing import listed
from records.store.book import Book
from tests.records.services.conftest import made_office

ON = date(2026, 1, 1)
NAMES = ("Trần Văn Bình", "Nguyễn Thị Ánh", "Đỗ Hồng Đào", "Lê Văn An")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(order, "_WORTH", 1)
    with made_office(tmp_path) as made:
        with made.book.change("test") as change:
            for name in NAMES:
                change.put(Person(id=change.new_id(Person), name=name))
        yield made


@pytest.fixture
def sorted_times(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each time that everybody is put in order."""
    seen: list[int] = []
    put = order._sorted

    def counting(everybody: object) -> list[str]:
        seen.append(1)
        return put(everybody)  # type: ignore[arg-type]  # as it is called

    monkeypatch.setattr(order, "_sorted", counting)
    return seen


def names(office: Office) -> list[str]:
    return [each.name for each in listed(office, ON)]


def test_only_what_decides_the_order_makes_it_anew(office: Office, sorted_times: list[int]) -> None:
    assert names(office) == ["Lê Văn An", "Nguyễn Thị Ánh", "Trần Văn Bình", "Đỗ Hồng Đào"]
    person = next(each for each in office.book.table(Person) if each.name == "Lê Văn An")
    with office.book.change("test") as change:
        called = change.put(msgspec.structs.replace(person, phone="0912345678"), was=person)
    assert listed(office, ON)[0].phone == "0912345678"
    assert len(sorted_times) == 1
    with office.book.change("test") as change:
        change.put(msgspec.structs.replace(called, name="Lê Văn Xuân"), was=called)
    assert names(office)[-1] == "Lê Văn Xuân"
    office.book.undo()
    assert names(office)[0] == "Lê Văn An"
    with office.book.change("test") as change:
        change.put(Person(id=change.new_id(Person), name="Hà Thị Ái"))
    assert names(office)[:2] == ["Hà Thị Ái", "Lê Văn An"]


def test_the_next_opening_need_not_find_it_again(office: Office, sorted_times: list[int]) -> None:
    right, path = names(office), office.book.path
    office.book.close()
    kept = (path / "cache-order.bin").read_bytes()
    assert not [each for each in NAMES if each.encode() in kept]
    sorted_times.clear()
    with Book.open(path, actor="tester") as book:
        assert names(Office(book, office.settings)) == right
    assert sorted_times == []
    for spoilt in (b"", kept[:-1], kept[:40] + bytes([kept[40] ^ 1]) + kept[41:]):
        (path / "cache-order.bin").write_bytes(spoilt)
        with Book.open(path, actor="tester", read_only=True) as book:
            assert names(Office(book, office.settings)) == right
    assert len(sorted_times) == 3


def test_of_another_state_it_is_found_anew(office: Office, sorted_times: list[int]) -> None:
    names(office)
    path = office.book.path
    office.book.close()
    with Book.open(path, actor="tester") as book, book.change("test") as change:  # whoever writes shows no list
        change.put(Person(id=change.new_id(Person), name="Hà Thị Ái"))
    sorted_times.clear()
    with Book.open(path, actor="tester") as book:
        assert names(Office(book, office.settings))[0] == "Hà Thị Ái"
    assert sorted_times == [1]


def test_the_order_is_that_of_names_then_births_then_codes() -> None:
    born = [None, *map(PartialDate.stored, ("1968", "1968-05", "1968-05-03", "1970-01-01"))]
    people = [
        (f"TN-P-{number:05d}", name, day)
        for number, (name, day) in enumerate(((name, day) for day in born for name in (*NAMES, "Lê Văn An", "An")), 1)
    ]
    Random(1).shuffle(people)

    def key(each: order.Named) -> tuple[object, ...]:
        code, name, day = each
        return person_key(name), str(day or ""), code

    expected = [each[0] for each in sorted(people, key=key)]
    assert order._sorted(people) == expected
    assert order._sorted((code, name, day and str(day)) for code, name, day in people) == expected
