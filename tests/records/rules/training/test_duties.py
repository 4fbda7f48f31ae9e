"""Duties: sums do not depend on how they are divided, and counts that cannot be right together."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.domain.training import DutyCount
from records.rules.training.duties import Duties, add_up, duty_problem


def month(talks: int = 0, listeners: int = 0, due: int = 0, on_time: int = 0) -> DutyCount:
    return DutyCount(
        id="D-1",
        person="P-1",
        month=date(2025, 1, 1),
        talks=talks,
        listeners=listeners,
        reports_due=due,
        reports_on_time=on_time,
    )


counts = st.integers(0, 5000)
months = st.builds(month, counts, counts, counts, counts).filter(lambda each: duty_problem(each) is None)


@given(st.lists(months), st.lists(months))
def test_sums_over_parts_are_the_sum_of_all_and_rates_lie_between(one: list[DutyCount], other: list[DutyCount]) -> None:
    whole = add_up([*one, *other])
    assert add_up(one) + add_up(other) == whole == add_up([*other, *one])
    assert whole.months == len(one) + len(other)
    percent = whole.on_time_percent
    assert (percent is None) == (whole.reports_due == 0)
    assert percent is None or 0 <= percent <= 100


@pytest.mark.parametrize(
    ("counted", "right"),
    [
        (month(), True),
        (month(2, 300, 1, 1), True),
        (month(2, 0), True),
        (month(0, 1), False),
        (month(due=1, on_time=2), False),
    ],
)
def test_counts_that_cannot_be_right_together(counted: DutyCount, right: bool) -> None:  # a table
    assert (duty_problem(counted) is None) is right


def test_nothing_due_has_no_rate() -> None:
    assert Duties(months=3).on_time_percent is None
