"""Rates of attendance: shares stay between nought and a hundred, and parts add up to the whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.domain.training import Attendance, Event, Presence
from records.rules.training.rates import Rate, hours_by_year, rate, share

PRESENCES = st.lists(st.sampled_from(get_args(Presence)), max_size=40)


def attended(presences: list[Presence]) -> list[Attendance]:
    return [
        Attendance(id=f"TN-T-{n:05d}", person="p", event="e", kind="conference", day=date(2025, 1, 10), presence=each)
        for n, each in enumerate(presences)
    ]


@given(PRESENCES)
def test_a_share_lies_between_nothing_and_everything(presences: list[Presence]) -> None:
    found = rate(attended(presences))
    assert found.recorded == found.came + found.excused + found.absent
    assert found.late <= found.came
    assert found.percent is None or 0 <= found.percent <= 100
    assert (found.percent is None) == (found.recorded == found.excused)


@given(PRESENCES, PRESENCES)
def test_parts_add_up_to_the_whole(some: list[Presence], others: list[Presence]) -> None:
    assert rate(attended(some)) + rate(attended(others)) == rate(attended([*some, *others]))


def test_leave_is_no_fault_and_an_unrecorded_session_is_no_session() -> None:
    found = rate(attended(["present", "late", "excused", "absent", "called"]))
    assert found == Rate(recorded=4, came=2, late=1, excused=1, absent=1)
    assert found.percent == Decimal("66.7")


def test_hours_are_those_of_events_attended() -> None:
    events = {
        "a": Event(id="a", kind="course", title="A", day=date(2024, 4, 1), hours=Decimal(24)),
        "b": Event(id="b", kind="course", title="B", day=date(2025, 4, 1), hours=Decimal("7.5")),
    }
    rows = [
        Attendance(id="1", person="p", event="a", kind="course", day=date(2024, 4, 1)),
        Attendance(id="2", person="p", event="b", kind="course", day=date(2025, 4, 1), presence="late"),
        Attendance(id="3", person="p", event="b", kind="course", day=date(2025, 5, 1), presence="absent"),
        Attendance(id="4", person="p", event="gone", kind="course", day=date(2025, 6, 1)),
    ]
    assert hours_by_year(rows, events) == {2024: Decimal(24), 2025: Decimal("7.5")}


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(1999, 2000, "99.9"), (1, 16, "6.3"), (2000, 2000, "100.0"), (0, 3, "0.0")]
)
def test_a_share_is_rounded_as_spreadsheets_do_and_is_full_only_when_it_is(part: int, whole: int, percent: str) -> None:
    assert str(share(part, whole)) == percent
