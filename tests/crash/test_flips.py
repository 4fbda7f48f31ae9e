"""A short run of flips and cuts; `make crash` tries every byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crash.flips import begun_anew, made, noticed, sealed, table


@pytest.mark.parametrize("make", [made, begun_anew, sealed])
def test_no_damage_of_any_file_goes_unnoticed(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    counted = table(make(tmp_path), every=397)
    assert sum(sum(each.values()) for each in counted.values()) > 100
    assert {name: each["never"] for name, each in counted.items() if each["never"]} == {}
    kinds = ("book.json", "journal-", "snapshot-", "index.", "files/keys/", "files/TN-P-", "config/", "state/")
    assert [kind for kind in kinds if not any(name.startswith(kind) for name in counted)] == []
    at_once = {name: each for name, each in counted.items() if name.startswith(("journal", "book", "base", "state"))}
    assert all(set(each) == {"open"} for each in at_once.values()), at_once


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "sealed"])
def test_a_file_that_is_gone_is_noticed_unless_it_only_saves_time(tmp_path: Path, *, plain: bool) -> None:
    path = made(tmp_path) if plain else sealed(tmp_path)
    kept = {each: each.read_bytes() for each in path.rglob("*") if each.is_file()}
    quiet = []
    for file, content in kept.items():
        file.unlink()
        quiet += [file.name.partition("-")[0]] if noticed(path) == "never" else []
        file.write_bytes(content)
    assert sorted(quiet) == ["index.sqlite", "snapshot", "snapshot", "writer.lock"]
