"""A person's trainings by year: nothing lost between the years, and the longest stretch without a course."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from records.domain.training import TRAINING_KINDS, Attendance, Event, Presence
from records.rules.training.past import longest_without, year_lines
from records.rules.training.rates import rate

FIRST, LAST = date(2020, 1, 1), date(2025, 12, 31)
EVENT = Event(id="E", kind="course", title="Lớp", day=FIRST, hours=Decimal(8))


def at(day: date, kind: str = "course", presence: Presence = "present") -> Attendance:
    return Attendance(id="T", person="P", event="E", kind=kind, day=day, presence=presence)  # type: ignore[arg-type]


attendances = st.lists(
    st.builds(
        at,
        st.dates(FIRST, LAST),
        st.sampled_from(TRAINING_KINDS),
        st.sampled_from(["present", "late", "absent", "excused", "called"]),
    ),
    max_size=20,
)


@given(attendances)
def test_years_add_up_to_the_whole(attended: list[Attendance]) -> None:
    lines = year_lines(attended, {"E": EVENT}, 2020, 2025)
    assert [line.year for line in lines] == list(range(2020, 2026))
    assert sum((each for line in lines for each in line.kinds.values()), start=rate(())) == rate(attended)
    assert sum(line.hours for line in lines) == 8 * sum(each.came() for each in attended)


@given(attendances)
def test_the_longest_stretch_holds_no_course_and_none_is_longer(attended: list[Attendance]) -> None:
    stretch = longest_without(attended, FIRST, LAST)
    assert stretch is not None
    days = sorted(each.day for each in attended if each.kind == "course" and each.came())
    assert not any(stretch[0] < day < stretch[1] for day in days)
    edges = [FIRST, *days, LAST]
    assert all(later - day <= stretch[1] - stretch[0] for day, later in pairwise(edges))


def test_no_day_is_no_stretch() -> None:
    assert longest_without([], FIRST, FIRST) is None
    assert longest_without([at(FIRST)], FIRST, FIRST) is None
