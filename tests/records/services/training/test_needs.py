"""Needs: who lacks a training, who is called already, and a class as one change."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from config.errors import InputError
from records.domain.training import Event
from records.services.book import history
from records.services.office import Office
from records.services.people.roster import Scope
from records.services.training import events
from records.services.training.needs import needs, open_class
from tests.records.services.conftest import ON, staff


def course(day: date) -> Event:
    return Event(id="", kind="course", title="Lớp bồi dưỡng", day=day)


def test_those_without_a_course_are_listed_and_a_class_takes_them_in_one_change(office: Office) -> None:
    people = staff(office)
    done = events.save_event(office, course(date(2022, 8, 1)))
    events.mark(office, {(done.id, people[2].id): "present"})  # a collaborator: once in 36 months
    found = needs(office, ON, date(2025, 12, 31))
    told = [(each.person.name, each.lacking, each.day, each.last) for each in found]
    assert told == [
        ("Lê Thị An", True, ON, None),
        ("Nguyễn Văn Đức", True, ON, None),
        ("Trần Hùng", False, date(2025, 8, 1), date(2022, 8, 1)),
    ]
    event, called = open_class(office, course(date(2025, 9, 1)), [each.person.id for each in found])
    assert called == 3
    again = needs(office, ON, date(2025, 12, 31))
    assert [each.called for each in again] == [event, event, event]
    history.undo(office)
    assert len(events.events(office)) == 1
    assert {each.called for each in needs(office, ON, ON)} == {None}


def test_a_scope_narrows_and_wrong_days_are_refused(office: Office) -> None:
    staff(office)
    assert [each.role for each in needs(office, ON, ON, Scope(role="collaborator"))] == ["collaborator"]
    with pytest.raises(InputError, match="comes before"):
        needs(office, ON, date(2025, 1, 1))
    with pytest.raises(InputError, match="Nobody is named"):
        open_class(office, course(ON), [])
    with pytest.raises(InputError):
        open_class(office, course(ON), ["TN-P-09999"])
    assert events.events(office) == []


def test_somebody_with_a_result_is_not_made_absent(office: Office) -> None:
    people = staff(office)
    event = events.save_event(office, course(ON))
    events.mark(office, {(event.id, people[0].id): "present"})
    row = events.attendance_of(office, event.id)[people[0].id]
    events.record_results(office, [msgspec.structs.replace(row, result="completed")])
    with pytest.raises(InputError, match="marked absent"):
        events.mark(office, {(event.id, people[0].id): "absent"})


def test_an_event_on_the_day_itself_is_still_to_come(office: Office) -> None:
    people = staff(office)
    event, _ = open_class(office, course(ON), [people[0].id])
    called = {each.person.id: each.called for each in needs(office, ON, ON)}
    assert called[people[0].id] == event
    eve, _ = open_class(office, course(date(2025, 6, 14)), [people[1].id])
    assert {each.person.id: each.called for each in needs(office, ON, ON)}[people[1].id] is None
    assert eve.day < ON
