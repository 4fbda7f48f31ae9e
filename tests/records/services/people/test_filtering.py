"""Free filters: any field of people and appointments, on every store."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from config.errors import InputError
from records.domain.dates import PartialDate
from records.domain.people.person import Person
from records.domain.units import Unit
from records.services.office import Office
from records.services.people.roster import Scope, roster, save_person
from tests.records.services.conftest import ON, staff

AN, DUC, HUNG = "Lê Thị An", "Nguyễn Văn Đức", "Trần Hùng"


@pytest.fixture
def peopled(office: Office) -> Office:
    an, duc, _ = staff(office)
    save_person(office, msgspec.structs.replace(an, phone="0912000000", sex="female", party_member=True), was=an)
    save_person(office, msgspec.structs.replace(duc, born=PartialDate(1970), position="Trưởng ban"), was=duc)
    return office


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (("born<1980",), [DUC]),
        (("born>1/3/1982",), [HUNG]),
        (("born=1982",), [AN]),
        (("born!=1982",), [DUC, HUNG]),
        (("born<15/6/1970",), []),
        (("born>15/6/1970", "born<1990"), [AN]),
        (("phone=",), [DUC, HUNG]),
        (("phone!=",), [AN]),
        (("phone = 0912000000",), [AN]),
        (("name~duc",), [DUC]),
        (("name~ĐỨC", "position~truong"), [DUC]),
        (("name=Nguyễn Văn Đưc",), []),
        (("sex=female",), [AN]),
        (("sex!=female",), [DUC, HUNG]),
        (("party_member=yes",), [AN]),
        (("role=reporter",), [AN, DUC]),
        (("role!=reporter",), [HUNG]),
        (("role=reporter", "born>1975"), [AN]),
        (("until<2026",), [AN, DUC, HUNG]),
        (("until>14/8/2025",), []),
        (("number~qđ/tu", "since=8/2020", "name~hung"), [HUNG]),
        (("unit=phường túc duyên",), [AN, DUC, HUNG]),
        (("unit~tuc", "appointment.unit~tuc", "appointment.note=", "role=collaborator"), [HUNG]),
        (("unit!=Phường Túc Duyên",), []),
        (("appointment.unit=",), []),
    ],
)
def test_people_are_found_by_any_field(peopled: Office, where: tuple[str, ...], found: list[str]) -> None:
    lines = roster(peopled, ON, Scope(where=where))
    assert sorted(line.person.name for line in lines) == sorted(found)


def test_the_unit_is_that_of_the_day_asked_about(peopled: Office) -> None:
    from records.services.appointments.appointing import transfer

    ward, other = [each for each in peopled.book.table(Unit) if each.exists_on(ON)][:2]
    (an,) = [each for each in peopled.book.table(Person) if each.name == AN]
    there = {each.id for each in (ward, other)} - {an.unit}
    to = peopled.book.table(Unit)[min(there)]
    transfer(peopled, [an.id], to.id, day=date(2025, 6, 10))
    now, before = Scope(where=(f"unit={to.id}",)), Scope(where=(f"unit={an.unit}",))
    assert [line.person.name for line in roster(peopled, ON, now)] == [AN]
    assert AN in [line.person.name for line in roster(peopled, date(2025, 6, 9), before)]
    assert roster(peopled, date(2025, 6, 9), now) == []


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("born", "is no condition"),
        ("<1980", "is no condition"),
        ("borm<1980", "no field “borm”"),
        ("credentials=x", "no field “credentials”"),
        ("appointment.phone=1", "no field “appointment.phone”"),
        ("born<last year", "last year"),
        ("born~19", "cannot be asked of the field “born”"),
        ("unit<a", "cannot be asked of the field “unit”"),
        ("unit=Nowhere", "no unit “Nowhere”"),
        ("sex=x", "“x” is not known"),
        ("party_member=maybe", "“maybe” is not known"),
    ],
)
def test_a_condition_that_cannot_be_is_refused(peopled: Office, where: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        roster(peopled, ON, Scope(where=(where,)))
