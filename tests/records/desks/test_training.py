"""The training desk: events and series, who is called, who came, and taking it back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from config.errors import InputError
from records.desks import figures, history, training
from records.desks.office import Office
from records.desks.roster import Scope
from records.domain.training import Attendance, Event, Presence
from tests.records.desks.conftest import ON, staff


def conference(**more: object) -> Event:
    return Event(**{"id": "", "kind": "conference", "title": "Hội nghị tháng 6", "day": date(2025, 6, 10), **more})  # type: ignore[arg-type]


def test_a_year_of_conferences_is_one_change_and_calls_those_of_each_day(office: Office) -> None:
    people = staff(office)
    first = conference(title="Hội nghị tháng {month}/{year}", day=date(2025, 1, 31))
    made = training.open_series(office, first, times=12, scope=Scope(role="collaborator"))
    assert [each.day for each in made][:3] == [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)]
    assert made[1].title == "Hội nghị tháng 2/2025"
    called = training.attendance_of(office, made[-1].id)
    assert {office.person(each).name for each in called} == {"Trần Hùng"}
    assert {each.presence for each in called.values()} == {"called"}
    history.undo(office)
    assert training.events(office) == []
    assert len(office.book.table(Attendance)) == 0
    assert len(people) == 3


def test_calling_twice_calls_once_and_a_call_is_no_absence(office: Office) -> None:
    people = staff(office)
    event = training.save_event(office, conference())
    assert training.call(office, event, [people[0].id, people[1].id, people[0].id]) == 2
    assert training.call(office, event, [people[0].id, people[2].id]) == 1
    rates = figures.rates_by(office, [event], by="event", on=ON)
    assert rates[event.id].recorded == 0
    assert training.call_role(office, [event], "") == 0


def test_who_came_is_recorded_corrected_and_taken_off(office: Office) -> None:
    people = staff(office)
    event = training.save_event(office, conference())
    marks: dict[tuple[str, str], Presence | None] = {
        (event.id, people[0].id): "present",
        (event.id, people[1].id): "excused",
        (event.id, people[2].id): "absent",
    }
    assert training.mark(office, marks) == 3
    rates = figures.rates_by(office, [event], by="event", on=ON)[event.id]
    assert (rates.recorded, rates.came, rates.percent) == (3, 1, Decimal("50.0"))
    training.mark(office, {(event.id, people[2].id): None})
    assert people[2].id not in training.attendance_of(office, event.id)
    row = training.attendance_of(office, event.id)[people[0].id]
    training.record_results(office, [msgspec.structs.replace(row, result="completed", certificate="12/2025")])
    with pytest.raises(InputError, match="result or a certificate"):
        training.mark(office, {(event.id, people[0].id): None})


def test_moving_an_event_moves_its_attendance(office: Office) -> None:
    people = staff(office)
    event = training.save_event(office, conference())
    training.call(office, event, [people[0].id])
    training.save_event(office, msgspec.structs.replace(event, day=date(2025, 6, 12), kind="course"))
    moved = training.attendance_of(office, event.id)[people[0].id]
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
        training.save_event(office, event)
    with pytest.raises(InputError):
        training.open_series(office, event, times=2)
    assert training.events(office) == []


def test_unknown_names_are_refused(office: Office) -> None:
    with pytest.raises(InputError, match="no event"):
        training.event_named(office, "TN-E-00009")
    with pytest.raises(InputError, match="kind of event"):
        training.events(office, kind="party")
    with pytest.raises(InputError, match="not possible"):
        training.open_series(office, conference(), times=61)
