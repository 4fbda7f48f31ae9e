"""The contract between services and store, kept by every engine: the book, and one in memory beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import ConflictError
from records.domain.people.person import Person
from records.store.contract import Store
from tests.records.store.books import new_book
from tests.records.store.memory import MemoryBook

Make = Callable[[], Store]


@pytest.fixture(params=["book", "memory"])
def make(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Makes an empty store of each kind."""
    opened = []

    def book() -> Store:
        path: Path = tmp_path_factory.mktemp("contract") / "a.sovang"
        opened.append(new_book(path))
        return opened[-1]

    yield book if request.param == "book" else MemoryBook
    for each in opened:
        each.close()


def enter(store: Store, name: str, unit: str = "") -> str:
    with store.change("add") as change:
        return change.put(Person(id=change.new_id(Person), name=name, unit=unit)).id


def names(store: Store) -> list[str]:
    return [person.name for person in store.table(Person)]


def test_what_is_put_is_there_and_can_be_found(make: Make) -> None:
    store = make()
    first, second = enter(store, "An", "TN-U-00001"), enter(store, "Bình", "TN-U-00002")
    people = store.table(Person)
    assert (first, second) == ("TN-P-00001", "TN-P-00002")
    assert people.get(first) == Person(id=first, name="An", unit="TN-U-00001")
    assert people.get("TN-P-00009") is None
    assert [each.id for each in people.where(unit="TN-U-00002")] == [second]
    assert (len(people), names(store)) == (2, ["An", "Bình"])


def test_an_act_that_fails_leaves_nothing(make: Make) -> None:
    store = make()
    with suppress(ZeroDivisionError), store.change("add") as change:
        change.put(Person(id=change.new_id(Person), name="An"))
        raise ZeroDivisionError
    assert names(store) == []
    assert list(store.history()) == []
    assert enter(store, "Bình") == "TN-P-00001", "an id that was never given out is free"


def test_an_act_that_changes_nothing_is_no_change(make: Make) -> None:
    store = make()
    enter(store, "An")
    with store.change("same") as change:
        change.put(Person(id="TN-P-00001", name="An"))
    assert [entry.action for entry in store.history()] == ["add"]


def test_a_record_changed_since_it_was_read_is_a_conflict(make: Make) -> None:
    store = make()
    enter(store, "An")
    read = store.table(Person).get("TN-P-00001")
    assert read is not None
    with store.change("rename") as change:
        change.put(msgspec.structs.replace(read, name="Ân"), was=read)
    with pytest.raises(ConflictError), store.change("rename") as change:
        change.put(msgspec.structs.replace(read, name="Ấn"), was=read)
    assert names(store) == ["Ân"]


def test_undo_refuses_where_a_later_change_stands_and_redo_where_something_followed(make: Make) -> None:
    store = make()
    enter(store, "An")
    with store.change("rename") as change:
        change.put(Person(id="TN-P-00001", name="Ân"))
    with pytest.raises(ConflictError):
        store.undo(1)
    assert store.undo().undoes == 2
    assert names(store) == ["An"]
    enter(store, "Bình")
    with pytest.raises(ConflictError):
        store.redo()
    assert enter(store, "Cúc") == "TN-P-00003"


ACTS = st.lists(st.sampled_from(["add", "rename", "drop", "undo", "redo"]), max_size=25)


@settings(max_examples=40, deadline=None)
@given(acts=ACTS)
def test_both_engines_tell_the_same_story(tmp_path_factory: Any, acts: list[str]) -> None:
    stores: list[Store] = [MemoryBook()]
    with new_book(tmp_path_factory.mktemp("story") / "a.sovang") as book:
        stores.append(book)
        for turn, act in enumerate(acts):
            for store in stores:
                perform(store, act, turn)
            assert names(stores[0]) == names(stores[1])
        told = [[(each.seq, each.action, each.undoes) for each in store.history()] for store in stores]
        assert told[0] == told[1]


def perform(store: Store, act: str, turn: int) -> None:
    people = store.table(Person).all()
    with suppress(ConflictError):
        if act == "add":
            enter(store, f"N{turn}")
        elif act == "undo":
            store.undo()
        elif act == "redo":
            store.redo()
        elif people:
            with store.change(act) as change:
                chosen = people[turn % len(people)]
                if act == "drop":
                    change.remove(Person, chosen.id)
                else:
                    change.put(msgspec.structs.replace(chosen, name=f"M{turn}"))
