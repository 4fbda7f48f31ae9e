"""What is sensitive, what looks wrong, and a life in order of days."""

from __future__ import annotations

from datetime import date

import pytest

from config.settings.loading import load_settings
from records.domain.appointments import Appointment, Discipline
from records.domain.dates import PartialDate
from records.domain.people.dossier import Dossier
from records.domain.people.hints import hints
from records.domain.people.person import SENSITIVE, Credential, Person
from records.domain.people.timeline import timeline
from records.domain.units import Stay
from records.rules.retirement import retires

RETIREMENT = load_settings().retirement


def test_every_field_that_tells_of_a_person_outside_the_office_is_sensitive() -> None:
    asked = {"national_id", "phone", "ethnicity", "religion", "party_card", "party_official", "party_member", "photo"}
    assert asked <= SENSITIVE
    assert not SENSITIVE & {"id", "name", "sex", "born", "unit", "position", "credentials"}


PRACTICE = load_settings().practice


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("019080000001", True),
        ("019180000001", False),
        ("019081000001", False),
        ("019280000001", False),
        ("080000001", True),
        ("", True),
    ],
)
def test_the_id_is_held_against_sex_and_year_of_birth(number: str, *, fits: bool) -> None:
    person = Person(id="", name="A", sex="male", born=PartialDate(1980), national_id=number)
    assert ("national_id" not in hints(person, PRACTICE, date(2025, 6, 15))) is fits


def test_what_is_unknown_gives_no_hint() -> None:
    assert hints(Person(id="", name="A", national_id="019180000001"), PRACTICE, date(2025, 6, 15)) == {}


def test_membership_is_looked_at_again() -> None:
    person = Person(
        id="",
        name="A",
        born=PartialDate(1980, 5),
        party_probation=PartialDate(1996, 1, 1),
        party_official=PartialDate(1999, 1, 1),
    )
    assert set(hints(person, PRACTICE, date(2025, 6, 15))) == {"party_probation", "party_official"}


@pytest.mark.parametrize(
    ("born", "sex", "day"),
    [
        (PartialDate(1963, 1, 10), "male", date(2023, 10, 10)),
        (PartialDate(1968, 12, 20), "female", date(2025, 8, 20)),
        (PartialDate(1990, 6, 1), "male", date(2052, 6, 1)),
        (PartialDate(1990, 6, 1), "female", date(2050, 6, 1)),
    ],
)
def test_the_age_of_retirement_grows_by_year(born: PartialDate, sex: str, day: date) -> None:
    reached = retires(born, getattr(RETIREMENT, sex))
    assert reached is not None
    assert reached.earliest == reached.latest == day


def test_a_year_of_birth_gives_two_ends_and_a_past_age_none() -> None:
    reached = retires(PartialDate(1964), RETIREMENT.male)
    assert reached is not None
    assert reached.earliest < reached.latest
    assert reached.confidence == "to_confirm"
    assert retires(PartialDate(1950, 1, 1), RETIREMENT.male) is None


def test_a_life_is_told_in_order_with_the_precision_of_its_papers() -> None:
    person = Person(
        id="P",
        name="A",
        born=PartialDate(1980),
        party_official=PartialDate(2010, 3),
        before=(Stay(unit="U1", until=date(2012, 1, 1)), Stay(unit="U2", until=date(2030, 1, 1))),
        credentials=(Credential(kind="education", level="bachelor"),),
    )
    post = Appointment(
        id="A", person="P", role="reporter", level="commune", since=date(2010, 4, 1), ended=date(2015, 1, 1)
    )
    measure = Discipline(id="K", person="P", opened=date(2011, 2, 2))
    told = timeline(Dossier(person=person, on=date(2020, 1, 1), appointments=(post,), discipline=(measure,)))
    assert [each.kind for each in told] == [
        "born",
        "official",
        "appointed",
        "discipline",
        "moved",
        "ended",
        "credential",
    ]
    assert told[0].day == PartialDate(1980)
    assert told[-1].day is None
