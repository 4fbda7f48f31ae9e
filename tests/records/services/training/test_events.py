"""Trainings: events and series, who is called, who came, and taking it back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from config.errors import InputError
from records.domain.training import Attendance, Event, Presence
from records.services.book import history
from records.services.office import Office
from records.services.people.roster import Scope
from records.services.training import events, figures
from tests.records.services.conftest import ON, staff


def conference(**more: object) -> Event:
    return Event(**{"id": "", "kind": "conference", "title": "Hội nghị tháng 6", "day": date(2025, 6, 10), **more})  # type: ignore[arg-type]


def test_a_year_of_conferences_is_one_change_and_calls_those_of_each_day(office: Office) -> None:
    people = staff(office)
    first = conference(title="Hội nghị tháng {month}/{year}", day=date(2025, 1, 31))
    made = events.open_series(office, first, times=12, scope=Scope(role="collaborator"))
    assert [each.day for each in made][:3] == [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)]
    assert made[1].title == "Hội nghị tháng 2/2025"
    called = events.attendance_of(office, made[-1].id)
    assert {office.person(each).name for each in called} == {"Trần Hùng"}
    assert {each.presence for each in called.values()} == {"called"}
    history.undo(office)
    assert events.events(office) == []
    assert len(office.book.table(Attendance)) == 0
    assert len(people) == 3


def test_calling_twice_calls_once_and_a_call_is_no_absence(office: Office) -> None:
    people = staff(office)
    event = events.save_event(office, conference())
    assert events.call(office, event, [people[0].id, people[1].id, people[0].id]) == 2
    assert events.call(office, event, [people[0].id, people[2].id]) == 1
    rates = figures.rates_by(office, [event], by="event", on=ON)
    assert rates[event.id].recorded == 0
    assert events.call_role(office, [event], "") == 0


def test_who_came_is_recorded_corrected_and_taken_off(office: Office) -> None:
    people = staff(office)
    event = events.save_event(office, conference())
    marks: dict[tuple[str, str], Presence | None] = {
        (event.id, people[0].id): "present",
        (event.id, people[1].id): "excused",
        (event.id, people[2].id): "absent",
    }
    assert events.mark(office, marks) == 3
    rates = figures.rates_by(office, [event], by="event", on=ON)[event.id]
    assert (rates.recorded, rates.came, rates.percent) == (3, 1, Decimal("50.0"))
    events.mark(office, {(event.id, people[2].id): None})
    assert people[2].id not in events.attendance_of(office, event.id)
    row = events.attendance_of(office, event.id)[people[0].id]
    events.record_results(office, [msgspec.structs.replace(row, result="completed", certificate="12/2025")])
    with pytest.raises(InputError, match="result or a certificate"):
        events.mark(office, {(event.id, people[0].id): None})


def test_moving_an_event_moves_its_attendance(office: Office) -> None:
    people = staff(office)
    event = events.save_event(office, conference())
    events.call(office, event, [people[0].id])
    events.save_event(office, msgspec.structs.replace(event, day=date(2025, 6, 12), kind="course"), was=event)
    moved = events.attendance_of(office, event.id)[people[0].id]
    assert (moved.day, moved.kind) == (date(2025, 6, 12), "course")


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (conference(title=" "), "no title"),
        (conference(last_day=date(2025, 6, 1)), "before it begins"),
        (conference(hours=Decimal(-1)), "below zero"),
    ],
)
def test_what_cannot_be_right_is_not_entered(office: Office, event: Event, words: str) -> None:
    with pytest.raises(InputError, match=words):
        events.save_event(office, event)
    with pytest.raises(InputError):
        events.open_series(office, event, times=2)
    assert events.events(office) == []


def test_unknown_names_are_refused(office: Office) -> None:
    with pytest.raises(InputError, match="no event"):
        events.event_named(office, "TN-E-00009")
    with pytest.raises(InputError, match="kind of event"):
        events.events(office, kind="party")
    with pytest.raises(InputError, match="not possible"):
        events.open_series(office, conference(), times=61)
