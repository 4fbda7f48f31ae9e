"""Training needs: lacking now or later, the first day without, and ways that make another one needless."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from config.settings.criteria import AllOf, AnyCriterion, AnyOf, NoDiscipline, Standard, TrainingWithin
from config.settings.dated import Dated, DatedValue, Words
from records.domain.dates import add_months
from records.domain.findings import Verdict
from records.domain.people.dossier import Dossier, as_of
from records.domain.people.person import Person
from records.domain.training import Attendance
from records.rules.standards.judging import find
from records.rules.training.needs import training_needs

ON = date(2025, 6, 15)
WORDS = Words(vi="thử", en="test")


def dated(value: int, unit: Literal["time", "month"]) -> Dated[int]:
    values = {date(2015, 1, 1): DatedValue(value, "office-practice", "to_confirm")}
    return Dated(description=WORDS, unit=unit, values=values, confidence="to_confirm")


def course(times: int = 1, months: int = 36, name: str = "course") -> TrainingWithin:
    return TrainingWithin(
        id=name,
        title=WORDS,
        source="office-practice",
        confidence="to_confirm",
        kinds=("course",),
        times=dated(times, "time"),
        months=dated(months, "month"),
    )


def standard(*criteria: AnyCriterion) -> Standard:
    return Standard(
        id="s", role="reporter", title=WORDS, since=date(2015, 1, 1), reviewed_on=ON, criteria=criteria
    )  # fmt: skip


def dossier(*days: date, on: date = ON) -> Dossier:
    number = count(1)
    attended = [Attendance(id=f"T-{next(number)}", person="P-1", event="E-1", kind="course", day=each) for each in days]
    return as_of(Dossier(person=Person(id="P-1", name="Nguyễn Thử"), on=on, trainings=tuple(attended)), on)


def lacking(asked: Standard, *days: date, by: date) -> list[tuple[str, date, bool]]:
    found = training_needs(dossier(*days), dossier(*days, on=by), "reporter", asked, asked)
    return [(each.criterion.id, each.day, each.lacking) for each in found]


def test_nobody_trained_lacks_it_now_and_a_lapse_is_told_with_its_day() -> None:
    asked = standard(course())
    assert lacking(asked, by=ON) == [("course", ON, True)]
    assert lacking(asked, date(2022, 7, 1), by=date(2025, 6, 30)) == []
    assert lacking(asked, date(2022, 7, 1), by=date(2025, 7, 1)) == [("course", date(2025, 7, 1), False)]


def test_a_training_that_another_way_makes_needless_is_no_need() -> None:
    either = AnyOf(
        id="any",
        title=WORDS,
        source="office-practice",
        confidence="to_confirm",
        criteria=(course(), NoDiscipline(id="d", title=WORDS, source="office-practice", confidence="to_confirm")),
    )
    both = AllOf(id="all", title=WORDS, source="office-practice", confidence="to_confirm", criteria=either.criteria)
    assert lacking(standard(either), by=ON) == []
    assert lacking(standard(both), by=ON) == [("course", ON, True)]


def test_where_no_standard_holds_nothing_is_needed() -> None:
    assert training_needs(dossier(), dossier(), "reporter", None, None) == []


days = st.lists(st.dates(date(2020, 1, 1), ON), max_size=6)


@given(days, st.integers(1, 3), st.integers(1, 48), st.integers(0, 900))
def test_the_first_day_without_is_exact(history: list[date], times: int, months: int, ahead: int) -> None:
    asked, by = course(times, months), ON + timedelta(days=ahead)
    found = lacking(standard(asked), *history, by=by)
    for _, day, already in found:
        assert find(asked, dossier(*history, on=day), "reporter").verdict is Verdict.NOT_MET
        if not already:
            before = dossier(*history, on=day - timedelta(days=1))
            assert find(asked, before, "reporter").verdict is Verdict.MET
    if not found:
        assert sum(add_months(each, months) > by for each in history) >= times
