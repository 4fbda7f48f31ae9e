from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from config.errors import InputError
from config.settings.styles import Zeros
from records.domain.dates import PartialDate, add_months, add_years, in_words, parse_day, parse_partial, shown

TODAY = date(2025, 6, 15)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@st.composite
def partials(draw: st.DrawFn) -> PartialDate:
    day = draw(days)
    return PartialDate(*(day.year, day.month, day.day)[: draw(st.integers(1, 3))])


@given(partials())
def test_what_is_stored_and_what_is_shown_read_back_the_same(value: PartialDate) -> None:
    assert PartialDate.stored(str(value)) == value
    assert parse_partial(value.shown(), field="born", today=TODAY) == value
    assert parse_partial(str(value), field="born", today=TODAY) == value


@given(partials())
def test_a_partial_date_spans_exactly_the_days_it_can_be(value: PartialDate) -> None:
    first, last = value.first_day(), value.last_day()
    assert first <= last
    assert (value.day != 0) == (first == last)
    day_after = last + timedelta(days=1) if last < date.max else last
    assert (day_after.year, day_after.month) != (value.year, value.month) or value.day or not value.month


@given(partials(), days)
def test_possible_ages_enclose_the_true_one(value: PartialDate, on: date) -> None:
    assume(value.last_day() <= on)
    least, most = value.years_until(on)
    assert 0 <= most - least <= 1


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("5/2/1980", "1980-02-05"),
        ("05021980", "1980-02-05"),
        ("5-2-80", "1980-02-05"),
        ("5.2.1980", "1980-02-05"),
        ("02/1980", "1980-02"),
        ("1980", "1980"),
        ("1980-02-05", "1980-02-05"),
        (" 1/1/24 ", "2024-01-01"),
        ("1/1/26", "1926-01-01"),
    ],
)
def test_dates_are_read_in_every_form_people_type(typed: str, expected: str) -> None:
    assert str(parse_partial(typed, field="born", today=TODAY)) == expected


@pytest.mark.parametrize("typed", ["31/02/1980", "0/5/1980", "5/13/1980", "hôm qua", "", "80", "1/1/0001", "99999999"])
def test_a_day_that_never_was_is_refused_by_name(typed: str) -> None:
    with pytest.raises(InputError, match="born"):
        parse_partial(typed, field="born", today=TODAY)


def test_a_whole_day_is_asked_where_one_is_needed() -> None:
    with pytest.raises(InputError, match="whole date"):
        parse_day("1980", field="decided", today=TODAY)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 2, 5), "ngày 05 tháng 02 năm 2018"),
        (date(2023, 7, 5), "ngày 05 tháng 7 năm 2023"),
        (date(2024, 1, 20), "ngày 20 tháng 01 năm 2024"),
        (date(2024, 12, 31), "ngày 31 tháng 12 năm 2024"),
    ],
)
def test_trap_4_zeros_stand_where_the_decree_wants_them(day: date, words: str) -> None:
    assert in_words(day, Zeros(days_below=10, months_below=3)) == words
    assert "ngày 5 tháng 2 " in in_words(date(2018, 2, 5), Zeros(days_below=0, months_below=0))


@given(days, st.integers(-240, 240))
def test_months_are_added_within_the_month(day: date, months: int) -> None:
    assume(date(1901, 1, 1) < day < date(2170, 1, 1) and day.year + months // 12 > 1901)
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_leap_days_and_unknown_dates() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert shown(None, "?") == "?"
    assert shown(date(2024, 2, 9)) == "09/02/2024"
    assert shown(PartialDate(1968)) == "1968"


@pytest.mark.parametrize("wrong", [(1899,), (2024, 0, 5), (2023, 2, 29), (2024, 13)])
def test_no_impossible_date_can_be_made(wrong: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        PartialDate(*wrong)


@pytest.mark.parametrize("typed", ["15/1/27", "1980-00-00", "1980-02-00", "00021980", "5.2.80"])
def test_a_day_of_an_event_has_its_whole_year_and_a_real_month(typed: str) -> None:
    with pytest.raises(InputError):
        parse_day(typed, field="day", today=TODAY)
