"""A short run of flips and cuts; `make crash` tries every byte."""

from __future__ import annotations

from pathlib import Path

from tests.crash.flips import CACHE, table


def test_no_damage_of_a_file_that_matters_goes_unnoticed(tmp_path: Path) -> None:
    counted = table(tmp_path, every=397)
    assert sum(sum(each.values()) for each in counted.values()) > 100
    own = {name: each["never"] for name, each in counted.items() if not name.startswith("config/")}
    assert {name: count for name, count in own.items() if count and name not in CACHE} == {}
    journals = {name: each for name, each in counted.items() if name.startswith(("journal", "book"))}
    assert all(set(each) == {"open"} for each in journals.values()), journals
