"""Duties: counts by person and month, cleared, refused, and taken back."""

from __future__ import annotations

from datetime import date

import pytest

from config.errors import InputError
from records.services.book import history
from records.services.office import Office
from records.services.training import duties
from records.services.training.duties import DutyCell
from tests.records.services.conftest import staff

MAY, TODAY = date(2025, 5, 1), date(2025, 6, 15)


def cells(person: str, **typed: str) -> list[DutyCell]:
    return [DutyCell(person, MAY, measure, text) for measure, text in typed.items()]


def test_counts_are_written_in_one_change_and_only_what_differs(office: Office) -> None:
    first, second, _ = staff(office)
    given = [
        *cells(first.id, talks="3", listeners="1.250", reports_due="2", reports_on_time="2"),
        *cells(second.id, talks="0"),
    ]
    assert duties.write_duties(office, given, today=TODAY) == 2
    held = duties.duties_between(office, MAY, MAY)
    one = held[first.id, MAY]
    assert (one.talks, one.listeners, one.reports_due, one.reports_on_time) == (3, 1250, 2, 2)
    assert duties.duty_text(held[second.id, MAY], "talks") == "0"  # a zero that was entered is known
    assert duties.duty_text(None, "talks") == ""
    assert duties.write_duties(office, given, today=TODAY) == 0
    history.undo(office)
    assert duties.duties_between(office, MAY, MAY) == {}


def test_a_month_all_cleared_is_taken_out(office: Office) -> None:
    person = staff(office)[0]
    duties.write_duties(office, cells(person.id, talks="3"), today=TODAY)
    duties.write_duties(office, cells(person.id, talks=""), today=TODAY)
    assert duties.duties_between(office, MAY, MAY) == {}
    assert duties.write_duties(office, cells(person.id, talks=""), today=TODAY) == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"talks": "ba"}, "no count"),
        ({"talks": "-1"}, "no count"),
        ({"talks": "1,5"}, "no count"),
        ({"listeners": "20"}, "no talk"),
        ({"reports_on_time": "1"}, "on time of 0 due"),
        ({"pages": "1"}, "no column"),
    ],
)
def test_what_cannot_be_right_is_refused_whole(office: Office, typed: dict[str, str], words: str) -> None:
    first, second, _ = staff(office)
    with pytest.raises(InputError, match=words):
        duties.write_duties(office, [*cells(second.id, talks="1"), *cells(first.id, **typed)], today=TODAY)
    assert duties.duties_between(office, MAY, MAY) == {}


def test_months_to_come_and_words_that_are_no_month_are_refused(office: Office) -> None:
    person = staff(office)[0]
    with pytest.raises(InputError, match="still to come"):
        duties.write_duties(office, [DutyCell(person.id, date(2025, 7, 1), "talks", "1")], today=TODAY)
    assert duties.month_of("5/2025", field="m", today=TODAY) == MAY
    assert duties.month_of("2025-05", field="m", today=TODAY) == MAY
    for typed in ("2025", "13/2025", "x", "7/2025"):
        with pytest.raises(InputError):
            duties.month_of(typed, field="m", today=TODAY)
