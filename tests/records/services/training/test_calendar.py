"""The calendar: whole months, events on each of their days, and what is to be recorded."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from records.domain.training import Event
from records.services.office import Office
from records.services.training import events
from records.services.training.calendar import Planned, by_day, month_days, planned
from tests.records.services.conftest import ON, staff


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_month_has_each_of_its_days_once_in_whole_weeks(day: date) -> None:
    weeks = month_days(day)
    days = [each for week in weeks for each in week if each]
    assert all(len(week) == 7 for week in weeks)
    assert days[0].day == 1
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert {each.month for each in days} == {day.month}
    assert (days[-1] + timedelta(days=1)).day == 1
    assert all(each.weekday() == place for week in weeks for place, each in enumerate(week) if each)


@given(st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2025, 12, 31)), st.integers(0, 5)), max_size=10))
def test_an_event_stands_on_each_of_its_days(spans: list[tuple[date, int]]) -> None:
    found = [
        Planned(
            Event(id=f"E-{n}", kind="course", title="Lớp", day=day, last_day=day + timedelta(days=more)), 0, 0, "open"
        )
        for n, (day, more) in enumerate(spans)
    ]
    days = by_day(found)
    assert sum(len(there) for there in days.values()) == sum(more + 1 for _, more in spans)
    assert all(each.event.day <= day <= each.last_day for day, there in days.items() for each in there)


def test_what_is_over_and_not_recorded_is_told(office: Office) -> None:
    people = staff(office)
    made = {}
    for title, day in (("over", date(2025, 6, 2)), ("open", date(2025, 6, 3)), ("next", date(2025, 7, 1))):
        made[title] = events.save_event(office, Event(id="", kind="conference", title=title, day=day))
        events.call(office, made[title], [each.id for each in people])
    events.mark(office, {(made["over"].id, each.id): "present" for each in people})
    found = planned(office, date(2025, 6, 1), date(2025, 7, 31), ON)
    told = [(each.event.title, each.called, each.waiting, each.state) for each in found]
    assert told == [("over", 3, 0, "recorded"), ("open", 3, 3, "open"), ("next", 3, 3, "coming")]


def test_an_event_over_the_end_of_a_month_stands_in_both(office: Office) -> None:
    event = Event(id="", kind="course", title="Lớp", day=date(2025, 6, 30), last_day=date(2025, 7, 2))
    events.save_event(office, event)
    for first, last in ((date(2025, 6, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 7, 31))):
        assert len(planned(office, first, last, ON)) == 1
    assert planned(office, date(2025, 8, 1), date(2025, 8, 31), ON) == []
