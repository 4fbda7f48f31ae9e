from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from config.errors import InputError
from records.domain.appointments import Discipline
from records.services.book import history
from records.services.office import Office
from records.services.people.discipline import Matter, record
from tests.records.services.conftest import staff

DAY = date(2025, 3, 1)


def test_a_verification_becomes_a_measure_that_lapses_by_the_rule(office: Office) -> None:
    person = staff(office)[0]
    opened = record(office, person.id, Matter(opened=DAY))
    assert opened.state_on(date(2025, 12, 31)) == "pending"
    decided = Matter(opened=DAY, measure="reprimand", decided=date(2025, 4, 15), number=" 3-QĐ/UBKT ")
    made = record(office, person.id, decided, known=opened.id)
    assert (made.id, made.lapses, made.number) == (opened.id, date(2026, 4, 15), "3-QĐ/UBKT")
    assert [made.state_on(day) for day in (date(2026, 4, 14), date(2026, 4, 15))] == ["in_force", "lapsed"]
    history.undo(office)
    assert office.book.table(Discipline)[opened.id] == opened


def test_a_verification_that_ended_without_a_measure_no_longer_counts(office: Office) -> None:
    person = staff(office)[0]
    made = record(office, person.id, Matter(opened=DAY, closed=date(2025, 3, 20)))
    assert [made.state_on(day) for day in (date(2025, 3, 19), date(2025, 3, 20))] == ["pending", "lapsed"]


def test_a_day_of_lapsing_given_by_the_decision_stands(office: Office) -> None:
    given = Matter(opened=DAY, measure="warning", decided=DAY, lapses=date(2027, 1, 1))
    assert record(office, staff(office)[0].id, given).lapses == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"measure": "frown", "decided": DAY}, "no measure"),
        ({"measure": "warning"}, "belong together"),
        ({"decided": DAY}, "belong together"),
        ({"measure": "warning", "decided": DAY, "closed": DAY}, "with a measure or without"),
        ({"closed": date(2025, 2, 1)}, "before the day the matter began"),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(office: Office, wrong: dict[str, Any], said: str) -> None:
    person = staff(office)[0]
    with pytest.raises(InputError, match=said):
        record(office, person.id, Matter(opened=DAY, **wrong))
    assert len(office.book.table(Discipline)) == 0


def test_a_matter_of_somebody_else_is_not_carried_on(office: Office) -> None:
    one, other, _ = staff(office)
    made = record(office, one.id, Matter(opened=DAY))
    with pytest.raises(InputError, match="has no matter"):
        record(office, other.id, Matter(opened=DAY, closed=DAY), known=made.id)
