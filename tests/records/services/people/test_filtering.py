"""Free filters: any field of people and appointments, on every store."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from config.errors import InputError
from config.i18n import in_language
from records.domain.dates import PartialDate
from records.domain.people.person import Credential, Person
from records.domain.people.person_fields import FIELDS, PersonField
from records.domain.units import Unit
from records.services.office import Office
from records.services.people.roster import Scope, roster, save_person
from tests.records.services.conftest import ON, staff

AN, DUC, HUNG = "Lê Thị An", "Nguyễn Văn Đức", "Trần Hùng"


@pytest.fixture
def peopled(office: Office) -> Office:
    an, duc, _ = staff(office)
    studied = Credential(kind="education", level="master", field="Luật Hiến pháp")
    known = (Credential(kind="language", level="Anh B1"), Credential(kind="language", level="Pháp A2"))
    more = {"phone": "0912000000", "sex": "female", "party_member": True}
    save_person(office, msgspec.structs.replace(an, credentials=(*an.credentials, studied, *known), **more), was=an)
    theory = Credential(kind="political_theory", level="advanced")
    more = {"born": PartialDate(1970), "position": "Trưởng ban", "credentials": (*duc.credentials, theory)}
    save_person(office, msgspec.structs.replace(duc, **more), was=duc)
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
        (("education=master",), [AN]),
        (("education=thạc sĩ",), [AN]),
        (("education=Thac si",), [AN]),
        (("education=Master's degree",), [AN]),
        (("education=university degree",), [DUC, HUNG]),
        (("education!=đại học",), [AN]),
        (("education>college",), [AN, DUC, HUNG]),
        (("education>đại học",), [AN]),
        (("education<master",), [DUC, HUNG]),
        (("education<none",), []),
        (("education~thac",), [AN]),
        (("education=",), []),
        (("political_theory=cao cấp",), [DUC]),
        (("political_theory=advanced",), [DUC]),
        (("political_theory=",), [AN, HUNG]),
        (("political_theory!=", "education<master"), [DUC]),
        (("field_of_study~hien phap",), [AN]),
        (("field_of_study=Luật Hiến pháp", "born=1982"), [AN]),
        (("field_of_study=",), [DUC, HUNG]),
        (("language=Pháp A2",), [AN]),
        (("language~anh",), [AN]),
        (("language!=Anh B1",), [DUC, HUNG]),
        (("language=",), [DUC, HUNG]),
        (("language!=",), [AN]),
        (("informatics=",), [AN, DUC, HUNG]),
        (("sex=nữ",), [AN]),
        (("sex=Female",), [AN]),
        (("sex~nu",), [AN]),
        (("party_member=có",), [AN]),
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
        ("sex<female", "cannot be asked of the field “sex”"),
        ("education=wizard", "“wizard” is not known"),
        ("education>wizard", "“wizard” is not known"),
        ("appointment.education=master", "no field “appointment.education”"),
        ("party_member=maybe", "“maybe” is not known"),
    ],
)
def test_a_condition_that_cannot_be_is_refused(peopled: Office, where: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        roster(peopled, ON, Scope(where=(where,)))


def test_every_field_of_the_table_can_be_asked_for_and_is_told(peopled: Office) -> None:
    for field in FIELDS:
        roster(peopled, ON, Scope(where=(f"{field.key}=",)))
    with pytest.raises(InputError) as refused:
        roster(peopled, ON, Scope(where=("shoe=42",)))
    told = str(refused.value.do).removeprefix("use one of: ").split(", ")
    assert told[: len(FIELDS)] == [each.key for each in FIELDS]
    assert {"id", "left", "left_reason", "photo", "role", "appointment.unit", "appointment.note"} <= set(told)


@pytest.mark.parametrize("field", [each for each in FIELDS if each.choices], ids=lambda each: each.key)
def test_a_value_may_be_named_by_its_key_and_by_its_words_in_both_languages(
    peopled: Office, field: PersonField
) -> None:
    for key, words in (field.choices or {}).items():
        found = [
            [line.person.id for line in roster(peopled, ON, Scope(where=(f"{field.key}={each}",)))]
            for each in (key, in_language(words, "vi"), in_language(words, "en"))
        ]
        assert found[0] == found[1] == found[2]
