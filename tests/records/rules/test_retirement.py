"""The age at which somebody retires, where it changes by steps."""

from __future__ import annotations

from datetime import date

import pytest

from config.settings.dated import Dated, DatedValue, Words
from records.domain.dates import PartialDate
from records.rules.retirement import retires

AGE = Dated[int](
    description=Words(vi="Tuổi", en="Age"),
    unit="month",
    confidence="confirmed",
    values={
        date(2021, 1, 1): DatedValue(723, "nd-135-2020"),
        date(2022, 1, 1): DatedValue(726, "nd-135-2020"),
    },
)


@pytest.mark.parametrize(
    ("born", "reached"),
    [
        ("1960-09-30", None),  # before the rule began
        ("1960-10-01", date(2021, 1, 1)),  # the very day on which it began
        ("1961-09-30", date(2021, 12, 30)),
        (
            "1961-10-01",
            date(2022, 4, 1),
        ),  # the former age is reached on the day on which the next begins
        ("1961-07-01", date(2021, 10, 1)),
    ],
)
def test_the_age_that_counts_is_the_one_of_the_day_itself(born: str, reached: date | None) -> None:
    found = retires(PartialDate.stored(born), AGE)
    assert (None if found is None else (found.earliest, found.latest)) == (None if reached is None else (reached,) * 2)
