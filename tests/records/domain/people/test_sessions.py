"""Sessions as numbers answer what a list of records answers."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from records.domain.dates import add_months
from records.domain.people.sessions import PRESENCES, RESULTS, Sessions, window_start
from records.domain.training import TRAINING_KINDS, Attendance

DAYS = st.dates(min_value=date(1995, 1, 1), max_value=date(2030, 12, 31))
RECORDS = st.lists(
    st.builds(
        Attendance,
        id=st.integers(min_value=1, max_value=200_000).map(lambda number: f"TN-T-{number:05d}"),
        person=st.just("TN-P-00001"),
        event=st.just("TN-E-00001"),
        kind=st.sampled_from(TRAINING_KINDS),
        day=DAYS,
        presence=st.sampled_from(PRESENCES),
        result=st.sampled_from(RESULTS),
    ),
    max_size=12,
    unique_by=lambda each: each.id,
)


@given(RECORDS, DAYS, DAYS, st.sets(st.sampled_from(TRAINING_KINDS)), st.sets(st.sampled_from(PRESENCES)))
def test_picking_is_filtering(
    records: list[Attendance], since: date, upto: date, kinds: set[str], presences: set[str]
) -> None:
    ordered = sorted(records, key=lambda each: (each.day, int(each.id.rpartition("-")[2])))
    within = [each for each in ordered if each.day <= upto]
    sessions = Sessions.of(records).upto(upto)
    assert list(sessions) == within
    picked = sessions.pick(sorted(kinds), tuple(presences), since=since, results=("", "completed"))  # type: ignore[arg-type]
    wanted = [
        each
        for each in within
        if each.kind in kinds and each.presence in presences and each.day >= since and each.result != "not_completed"
    ]
    assert list(picked) == wanted
    assert picked[-3:].ids() == tuple(each.id for each in wanted[-3:])
    assert [picked.day(place) for place in range(len(picked))] == [each.day for each in wanted]


@given(RECORDS)
def test_years_and_counts_are_those_of_the_records(records: list[Attendance]) -> None:
    sessions = Sessions.of(records)
    years = list(sessions.years())
    assert [each for _, those in years for each in those] == list(sessions)
    assert [year for year, _ in years] == sorted({each.day.year for each in records})
    assert all(each.day.year == year for year, those in years for each in those)
    assert sessions.tally() == Counter((each.kind, each.presence) for each in records)


@given(st.integers(min_value=0, max_value=120), DAYS, DAYS)
def test_a_window_begins_with_the_first_day_that_still_counts(months: int, on: date, day: date) -> None:
    assert (day >= window_start(months, on)) == (add_months(day, months) > on)


def test_a_window_longer_than_time_begins_with_the_first_day() -> None:
    assert window_start(40_000, date(2025, 6, 15)) == date.min
