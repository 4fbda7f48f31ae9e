from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.domain.appointments import Appointment, Discipline, months_served
from records.domain.people.dossier import Dossier, as_of
from records.domain.people.person import Credential, Person
from records.domain.training import Attendance
from records.domain.units import Unit, UnitName

PERSON = Person(id="TN-P-00001", name="Nguyễn Văn Mẫu")


def appointment(since: date, until: date | None = None, **more: object) -> Appointment:
    given = {
        "id": "TN-A-00001",
        "person": PERSON.id,
        "role": "reporter",
        "level": "district",
        "number": "1-QĐ/TU",
    } | more
    return Appointment(since=since, until=until, **given)  # type: ignore[arg-type]


def test_months_served_count_overlaps_once() -> None:
    twice = [
        appointment(date(2020, 1, 1), ended=date(2020, 12, 31)),
        appointment(date(2020, 7, 1), ended=date(2021, 6, 30)),
    ]
    assert months_served(twice, "reporter", date(2025, 1, 1)) == 18
    assert months_served(twice, "collaborator", date(2025, 1, 1)) is None


spans = st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2020, 1, 1)), st.integers(0, 2000)), min_size=1, max_size=6)


@given(spans, st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.randoms(use_true_random=False))
def test_months_served_never_exceed_the_calendar_and_ignore_order(
    periods: list[tuple[date, int]], on: date, random: object
) -> None:
    held = [appointment(start, ended=start + timedelta(days=length)) for start, length in periods]
    served = months_served(held, "reporter", on)
    assert served == months_served(list(reversed(held)), "reporter", on)
    first = min(start for start, _ in periods)
    assert served is not None
    # No month is shorter than 28 days, and the last day served counts.
    assert 0 <= served * 28 <= (on - first).days + 1


def test_trap_24_a_term_that_ran_out_is_held_but_not_in_force() -> None:
    held = appointment(date(2020, 8, 15), date(2025, 8, 14))
    assert held.in_force_on(date(2025, 8, 14))
    assert not held.in_force_on(date(2025, 8, 15))
    assert held.held_on(date(2025, 8, 15))
    ended = appointment(date(2020, 8, 15), date(2025, 8, 14), ended=date(2024, 1, 31), end_reason="relieved")
    assert not ended.held_on(date(2024, 2, 1))


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2024, 1, 1), "none"),
        (date(2024, 3, 1), "pending"),
        (date(2024, 5, 4), "in_force"),
        (date(2025, 5, 3), "in_force"),
        (date(2025, 5, 4), "lapsed"),
    ],
)
def test_trap_21_discipline_counts_until_it_lapses(on: date, state: str) -> None:
    measure = Discipline(
        id="TN-K-00001",
        person=PERSON.id,
        opened=date(2024, 3, 1),
        measure="reprimand",
        decided=date(2024, 5, 4),
        lapses=date(2025, 5, 4),
    )
    assert measure.state_on(on) == state


def test_the_dossier_of_a_day_holds_nothing_later() -> None:
    whole = Dossier(
        person=PERSON,
        on=date.max,
        appointments=(appointment(date(2024, 1, 1)), appointment(date(2020, 1, 1), date(2023, 12, 31))),
        trainings=(
            Attendance(id="2", person=PERSON.id, event="E", kind="course", day=date(2024, 5, 1)),
            Attendance(id="1", person=PERSON.id, event="E", kind="course", day=date(2021, 5, 1)),
        ),
    )
    seen = as_of(whole, date(2023, 1, 1))
    assert [each.since for each in seen.appointments] == [date(2020, 1, 1)]
    assert [each.id for each in seen.trainings] == ["1"]
    assert as_of(whole, date(2024, 6, 1)).latest("reporter") == appointment(date(2024, 1, 1))
    assert [each.id for each in as_of(whole, date(2025, 1, 1)).trainings] == ["1", "2"]


def test_trap_6_a_unit_is_named_as_on_the_day() -> None:
    unit = Unit(
        id="TN-U-00001",
        names=(UnitName(name="Phường Cũ"), UnitName(name="Phường Mới", since=date(2025, 7, 1))),
        kind="ward",
        until=date(2026, 1, 1),
    )
    assert unit.name_on(date(2021, 1, 1)) == "Phường Cũ"
    assert unit.name_on(date(2025, 7, 1)) == "Phường Mới"
    assert unit.name == "Phường Mới"
    assert unit.exists_on(date(2026, 1, 1))
    assert not unit.exists_on(date(2026, 1, 2))


def test_the_best_credential_prefers_the_proven_one() -> None:
    person = Person(
        id="1",
        name="A",
        credentials=(
            Credential(kind="education", level="bachelor"),
            Credential(kind="education", level="bachelor", evidence="diploma"),
            Credential(kind="education", level="college", evidence="diploma"),
        ),
    )
    best = person.best("education")
    assert best is not None
    assert (best.level, best.evidence) == ("bachelor", "diploma")
    assert person.best("political_theory") is None
