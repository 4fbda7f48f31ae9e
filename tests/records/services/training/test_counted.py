"""What is counted once and kept in step says the same as reading every record again, whatever was done in between."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from records.domain.people.sessions import PRESENCES
from records.domain.training import Attendance, Event
from records.rules.training.rates import Rate, rate
from records.services import attended as module
from records.services.attended import attended
from records.services.office import Office
from records.services.training.calendar import planned
from records.services.training.figures import rates_by
from records.store.book import Book
from tests.records.services.conftest import made_office, staff

DAY = date(2025, 5, 10)
Groups = dict[str, Rate]


def _plain(office: Office, by: str) -> Groups:
    """Rates by whole records read one after another."""
    groups: dict[str, list[Attendance]] = {}
    for each in office.book.table(Attendance):
        group = {"event": each.event, "person": each.person, "month": f"{each.day:%Y-%m}"}[by]
        groups.setdefault(group, []).append(each)
    return {group: rate(found) for group, found in groups.items()}


def _is_same(office: Office) -> None:
    events = office.book.table(Event).all()
    for by in ("event", "person", "month"):
        assert rates_by(office, events, by=by, on=DAY) == _plain(office, by), by
    every = office.book.table(Attendance).all()
    for each in planned(office, DAY - timedelta(days=400), DAY + timedelta(days=400), DAY):
        there = [one.presence for one in every if one.event == each.event.id]
        assert (each.called, each.waiting) == (len(there), there.count("called"))


def _act(office: Office, random: Random, people: list[str]) -> None:
    """One change: somebody called, recorded otherwise, moved to another event, or taken out; or an undo."""
    table, events = office.book.table(Attendance).all(), office.book.table(Event).all()
    kind = random.choice(("call", "call", "record", "move", "remove", "undo"))
    if kind == "undo":
        office.book.undo()
        return
    with office.book.change("test") as change:
        event = random.choice(events)
        if kind == "call" or not table:
            presence = random.choice(PRESENCES)
            change.put(
                Attendance(
                    id=change.new_id(Attendance),
                    person=random.choice(people),
                    event=event.id,
                    kind="conference",
                    day=event.day,
                    presence=presence,
                )
            )
            return
        was = random.choice(table)
        if kind == "remove":
            change.remove(was)
        elif kind == "record":
            change.put(replace(was, presence=random.choice(PRESENCES), result="completed"), was=was)
        else:
            change.put(replace(was, event=event.id, day=event.day), was=was)


def test_after_any_acts_it_is_what_the_records_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WORTH", 1)
    random = Random(15)
    with made_office(tmp_path) as office:
        people = [each.id for each in staff(office)]
        with office.book.change("test") as change:
            for number in range(3):
                day = DAY + timedelta(days=40 * number)
                change.put(Event(id=change.new_id(Event), kind="conference", title=f"Hội nghị {number}", day=day))
        attended(office.book)
        for _ in range(120):
            _act(office, random, people)
            _is_same(office)
        settings = office.settings
    with Book.open(office.book.path, actor="tester") as book:
        _is_same(Office(book, settings))  # from what was kept at the end
