"""Everything of a made-up office goes to an empty book and is there, field by field; a second time nothing happens."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from records.domain.kinds import KINDS, encoded
from records.domain.people.person import Person
from records.domain.training import Attendance
from records.domain.units import Unit
from records.services.attended import attended
from records.services.exchange.contents import ORDER
from records.services.office import Office
from records.store.book import Book
from tests.records.services.conftest import shipped
from tests.records.services.exchange.offices import introduce, office_of, packed, planned, taken, told


def test_everybody_of_an_office_arrives_with_every_field_under_the_same_code(small_demo: Path, tmp_path: Path) -> None:
    own = tmp_path / "demo.sovang"
    shutil.copytree(small_demo, own)
    with Book.open(own, actor="demo") as book, office_of(tmp_path, "SC") as other:
        demo = Office(book, shipped())
        introduce(tmp_path, demo, other)
        file = packed(demo, other, tmp_path / "all.svx", "whole")
        plan, entry = taken(other, file)
        assert entry is not None
        assert (plan.refused, plan.conflicts, plan.alike) == ([], [], [])
        assert len(other.book.table(Person)) == len(demo.book.table(Person)) > 200
        same = {theirs: ours for theirs, ours in plan.linked.items() if KINDS[Unit].letter == theirs.split("-")[1]}
        assert len(same) == len(other.book.table(Unit)) - 102, "wards are in every book, Party organisations came along"
        for kind in ORDER:
            assert_same(demo, other, kind, same)
        one = next(iter(demo.book.table(Attendance))).person
        assert attended(other.book).of(one).ids() == attended(demo.book).of(one).ids()
        line = other.book.head()
        assert told(planned(other, file)) == (0, 0, sum(plan.new.values()) + len(same), 0)
        assert taken(other, file)[1] is None
        assert other.book.head() == line, "nothing was written"
        other.book.undo()
        assert len(other.book.table(Person)) == 0


def assert_same(demo: Office, other: Office, kind: Any, units: dict[str, str]) -> None:
    """Every record of a kind is the same there, but that it names the unit of that book."""
    mine = [each for each in demo.book.table(kind) if each.id not in units]
    theirs = [each for each in other.book.table(kind) if not each.id.startswith("SC-")]
    assert len(mine) == len(theirs), kind
    for one, there in zip(mine, theirs, strict=True):
        text = re.sub(r'"([A-Z]+-U-\d+)"', lambda found: f'"{units.get(found[1], found[1])}"', encoded(one).decode())
        assert text == encoded(there).decode(), one.id
