"""The contract between services and store, kept by every engine: the book, and one in memory beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import ConflictError
from records.domain.exchange import Neighbour
from records.domain.people.person import Person
from records.store.contract import Store
from tests.records.store.books import new_book
from tests.records.store.memory import MemoryBook

Make = Callable[[], Store]


@pytest.fixture(params=["book", "memory"])
def make(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Makes an empty store of each kind."""
    opened: list[Store] = []

    def made() -> Store:
        path: Path = tmp_path_factory.mktemp("contract") / "a.sovang"
        opened.append(new_book(path) if request.param == "book" else MemoryBook())
        return opened[-1]

    yield made
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


def test_records_of_another_office_keep_their_ids_and_ours_go_on_counting(make: Make) -> None:
    store = make()
    own = enter(store, "An")
    with store.change("take") as change:
        made = Neighbour(id=change.new_id(Neighbour), code="SC", book="b" * 32, name="Sông Công")
        change.put(made)
        for number in (1, 2, 400):
            change.put(Person(id=f"SC-P-{number:05d}", name=f"Người {number}", unit="SC-U-00001"))
    people = store.table(Person)
    assert people["SC-P-00001"].name == "Người 1"
    assert people[own].name == "An", "the same number of another office is another record"
    assert people.get("SC-P-00003") is None
    assert people.get("DH-P-00001") is None, "an office that nobody knows"
    assert people.glance("SC-P-00400") == people["SC-P-00400"]
    assert [each.id for each in people.where(unit="SC-U-00001")] == ["SC-P-00001", "SC-P-00002", "SC-P-00400"]
    assert [each.id for each in people.glances([own, "SC-P-00002"])] == [own, "SC-P-00002"]
    assert enter(store, "Bình") == "TN-P-00002", "their numbers are not ours"
    with store.change("correct") as change:
        assert change.held(Person, "SC-P-00001") == people["SC-P-00001"]
        change.put(Person(id="SC-P-00001", name="Người khác"), was=people["SC-P-00001"])
    assert len(store.history(record="SC-P-00001")) == 2
    assert len({store.row_of(each.id) for each in people}) == len(people) == 5
    with pytest.raises(ConflictError, match="SC"), store.change("code") as change:
        change.recode("SC")
    store.undo()
    store.undo()
    store.undo()
    assert names(store) == ["An"]


def test_fields_are_read_without_the_records(make: Make) -> None:
    store = make()
    first, second = enter(store, "An", "TN-U-00001"), enter(store, "Bình")
    people = store.table(Person)
    assert list(people.columns("id", "unit", "left")) == [(first, "TN-U-00001", None), (second, "", None)]
    assert list(people.columns("name")) == [("An",), ("Bình",)]
    assert people.glance(second) == people[second]
    assert people.glance("TN-P-00009") is None
    assert list(people.glances()) == people.all()
    assert list(people.glances([second, "TN-P-00009", "?"])) == [people[second]]
    assert list(people.glances(["HN-P-00001"])) == []


def test_who_follows_the_store_hears_what_changed_since(make: Make) -> None:
    store = make()
    assert store.changes_since(-1) == (0, None), "nothing is known of what was before the beginning"
    first = enter(store, "An")
    with store.change("correct") as change:
        change.put(Person(id=first, name="Ân"), was=store.table(Person)[first])
    undone = store.undo().seq
    reached, changes = store.changes_since(1)
    assert reached == undone == 3
    assert changes is not None
    told = [(table, key, before and before["name"], after and after["name"]) for table, key, before, after in changes]
    assert told == [("people", 1, "An", "Ân"), ("people", 1, "Ân", "An")]
    assert store.changes_since(3) == (3, [])


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
        change.put(Person(id="TN-P-00001", name="An"), was=store.table(Person)["TN-P-00001"])
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


def test_a_record_is_never_replaced_without_being_named(make: Make) -> None:
    store = make()
    enter(store, "An")
    with pytest.raises(ConflictError), store.change("rename") as change:
        change.put(Person(id="TN-P-00001", name="Ân"))
    with pytest.raises(ConflictError), store.change("rename") as change:
        change.put(Person(id="TN-P-00007", name="Ân"), was=Person(id="TN-P-00007", name="Ấn"))
    assert names(store) == ["An"]


def test_within_one_act_a_second_hand_names_what_the_first_left(make: Make) -> None:
    store = make()
    enter(store, "An")
    read = store.table(Person)["TN-P-00001"]
    first = msgspec.structs.replace(read, phone="1")

    def both() -> None:
        with store.change("both") as change:
            change.put(first, was=read)
            change.put(msgspec.structs.replace(read, note="x"), was=read)

    with pytest.raises(ConflictError):
        both()
    assert store.table(Person)["TN-P-00001"] == read
    with store.change("both") as change:
        change.put(first, was=read)
        left = change.held(Person, read.id)
        assert left == first
        change.put(msgspec.structs.replace(first, note="x"), was=left)
        assert change.held(Person, "TN-P-00009") is None
    assert store.table(Person)["TN-P-00001"] == msgspec.structs.replace(read, phone="1", note="x")


def test_a_record_changed_since_it_was_read_is_not_taken_out(make: Make) -> None:
    store = make()
    enter(store, "An")
    read = store.table(Person)["TN-P-00001"]
    with store.change("rename") as change:
        change.put(msgspec.structs.replace(read, name="Ân"), was=read)
    with pytest.raises(ConflictError), store.change("drop") as change:
        change.remove(read)
    with store.change("drop") as change:
        change.remove(store.table(Person)["TN-P-00001"])
        assert change.held(Person, read.id) is None
    assert names(store) == []


def test_of_many_hands_that_read_the_same_record_one_writes(make: Make) -> None:
    store = make()
    enter(store, "An")
    read = store.table(Person)["TN-P-00001"]
    together, told = Barrier(6), list[str]()

    def write(name: str) -> None:
        together.wait()
        try:
            with store.change("rename") as change:
                change.put(msgspec.structs.replace(read, name=name), was=read)
        except ConflictError:
            return
        told.append(name)

    hands = [Thread(target=write, args=(f"N{number}",)) for number in range(6)]
    for each in hands:
        each.start()
    for each in hands:
        each.join()
    assert len(told) == 1
    assert names(store) == told
    assert len(store.history()) == 2


def test_undo_refuses_where_a_later_change_stands_and_redo_where_something_followed(make: Make) -> None:
    store = make()
    enter(store, "An")
    with store.change("rename") as change:
        change.put(Person(id="TN-P-00001", name="Ân"), was=store.table(Person)["TN-P-00001"])
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
    with closing(MemoryBook()) as memory, new_book(tmp_path_factory.mktemp("story") / "a.sovang") as book:
        stores: list[Store] = [memory, book]
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
                    change.remove(chosen)
                else:
                    change.put(msgspec.structs.replace(chosen, name=f"M{turn}"), was=chosen)


def test_files_outside_of_all_folders_are_named_by_their_names_alone(make: Make) -> None:
    files = make().files
    for name in ("TN-P-00002-b.png", "TN-P-00001-a.jpg", "keys/c.pub"):
        files.write(name, b"x")
    assert [each for each in files.names("", "") if "." in each] == ["TN-P-00001-a.jpg", "TN-P-00002-b.png"]
    assert files.names("", ".png") == ["TN-P-00002-b.png"]
    assert files.names("keys", "") == ["keys/c.pub"]
