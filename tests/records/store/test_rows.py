"""Rows of a snapshot stay bytes until they are asked for, and nobody can tell the difference."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import BookError
from records.store.journal import content as content_module
from records.store.journal import rows as rows_module
from records.store.journal.rows import Pending, Rows
from records.store.journal.snapshots import Mark, read_snapshot, write_snapshot

KEYS = st.integers(min_value=1, max_value=40)
ACTS = st.lists(st.tuples(st.sampled_from(["put", "drop", "get", "glance", "all", "len", "save"]), KEYS), max_size=40)


@pytest.mark.parametrize("at_hand", [32_000_000, 0])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sets(KEYS), acts=ACTS)
def test_lazy_rows_behave_as_a_sorted_dictionary(
    tmp_path_factory: Any, at_hand: int, start: set[int], acts: Any
) -> None:
    with patch.object(content_module, "_AT_HAND", at_hand):
        _behave(tmp_path_factory.mktemp("rows"), {key: document(key, f"Đỗ {key}") for key in start}, acts)


def document(key: int, name: str) -> dict[str, Any]:
    """A row whose parts look like rows themselves."""
    inner = {str(each): {"id": f"TN-P-{each:05d}", "name": '},"3":{'} for each in (key + 1, key + 2)}
    return {"id": f"TN-P-{key:05d}", "name": name, "parts": inner}


def _behave(folder: Path, model: dict[int, dict[str, Any]], acts: Any) -> None:
    rows = reopened(folder, from_dictionary(model))
    for turn, (act, key) in enumerate(acts):
        if act == "put":
            model[key] = document(key, f"Lần {turn}")
            rows.put(key, model[key])
        elif act == "drop":
            model.pop(key, None)
            rows.put(key, None)
        elif act == "get":
            assert rows.get(key) == model.get(key)
        elif act == "glance":
            waiting = sum(isinstance(piece, Pending) for piece in rows.pieces())
            assert rows.glance([key, key + 4]) == {each: model[each] for each in (key, key + 4) if each in model}
            if key in model:
                assert sum(isinstance(piece, Pending) for piece in rows.pieces()) == waiting
        elif act == "all":
            assert list(rows.all().items()) == sorted(model.items())
        elif act == "len":
            assert len(rows) == len(model)
        else:
            rows = reopened(folder, rows)
    assert list(rows.all().items()) == sorted(model.items())


def from_dictionary(model: dict[int, dict[str, Any]]) -> Rows:
    rows = Rows()
    for key, row in model.items():
        rows.put(key, row)
    return rows


def reopened(folder: Path, rows: Rows) -> Rows:
    for old in folder.glob("*"):
        old.unlink()
    span, rows_module._SPAN = rows_module._SPAN, 3
    try:
        write_snapshot(folder, {"people": rows.pieces()}, Mark(1)).place()
    finally:
        rows_module._SPAN = span
    return read_snapshot(folder, old=True).tables["people"]


def test_one_row_is_read_without_decoding_the_others(tmp_path: Path) -> None:
    rows = reopened(tmp_path, from_dictionary({key: {"name": str(key)} for key in range(1, 31)}))
    assert rows.get(15) == {"name": "15"}
    pending = [piece for piece in rows.pieces() if isinstance(piece, tuple)]
    assert len(pending) == 9
    assert len(rows) == 30


def test_what_a_disk_turned_after_it_was_first_read_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content_module, "_AT_HAND", 0)
    rows = reopened(tmp_path, from_dictionary({key: document(key, f"Đỗ {key}") for key in range(1, 10)}))
    assert rows.glance([5]) == {5: document(5, "Đỗ 5")}
    (snapshot,) = tmp_path.glob("snapshot-*.json")
    snapshot.write_bytes(snapshot.read_bytes().replace("Đỗ 4".encode(), "Đỗ 7".encode()))
    with pytest.raises(BookError, match="not what it was"):
        rows.glance([4])
    snapshot.write_bytes(b"")
    with pytest.raises(BookError, match="not what it was"):
        rows.all()


def test_a_snapshot_of_nothing_opens(tmp_path: Path) -> None:
    write_snapshot(tmp_path, {}, Mark(3, "a" * 64, "2025-06-15", {"people": 9})).place()
    assert read_snapshot(tmp_path).seq == 0, "nothing vouches for it"
    state = read_snapshot(tmp_path, old=True)
    assert (state.seq, state.counters, state.tables) == (3, {"people": 9}, {})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(["An", "Bình"]), min_size=1, max_size=12), asked=st.sets(KEYS), other=st.data())
def test_rows_are_the_same_however_much_of_them_was_asked_for(
    tmp_path_factory: Any, names: list[str], asked: set[int], other: st.DataObject
) -> None:
    model: dict[int, dict[str, Any]] = dict(enumerate(({"name": each} for each in names), 1))
    one, two = (reopened(tmp_path_factory.mktemp("rows"), from_dictionary(model)) for _ in range(2))
    for key in asked:
        one.get(key)
    assert one.same_as(two)
    assert {key: row for each in one.told() for key, row in decoded(each).items()} == model
    key = other.draw(st.sampled_from(sorted(model)))
    harm = other.draw(st.sampled_from([None, {"name": "Cúc"}, {**model[key], "note": "more"}]))
    changed = {**model, key: harm}
    third = reopened(tmp_path_factory.mktemp("rows"), from_dictionary({k: row for k, row in changed.items() if row}))
    assert not one.same_as(third)
    assert not third.same_as(two)


def decoded(rows: dict[int, Any] | bytes) -> dict[int, Any]:
    return rows if isinstance(rows, dict) else {int(key): row for key, row in orjson.loads(rows).items()}
