"""Appointments entered, renewed, moved and ended; each is one change, and what cannot be is refused with a sentence."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import ConflictError, InputError, RefusedError
from records.domain.appointments import ROLES, Appointment, RoleKey
from records.domain.dates import PartialDate
from records.domain.people.person import Person
from records.services.appointments.appointing import Term, appoint, end, leave, renew, transfer
from records.services.appointments.coming import coming
from records.services.book import history
from records.services.office import Office
from records.services.people.roster import enter, roster, save_person
from records.services.units.units import find_unit
from tests.records.services.conftest import ON, staff
from tests.records.services.units.test_reorganising import made_office

NEXT = date(2025, 8, 15)


def post_of(office: Office, person: Person) -> Appointment:
    return office.book.table(Appointment).where(person=person.id)[0]


def new(person: Person, **values: object) -> Appointment:
    given: dict[str, object] = {"id": "", "person": person.id, "role": "reporter", "level": "commune", **values}
    return msgspec.convert(given, Appointment)


def test_a_new_person_and_the_first_appointment_are_one_change(office: Office) -> None:
    seq = office.book.head()[0]
    ward = find_unit(office, "Phường Túc Duyên").id
    person = enter(office, Person(id="", name="Mai Mẫu", unit=ward), new(Person(id="", name=""), since=ON))
    assert office.book.head()[0] == seq + 1
    assert (post_of(office, person).person, post_of(office, person).unit) == (person.id, ward)
    history.undo(office)
    assert len(office.book.table(Person)) == len(office.book.table(Appointment)) == 0


def test_a_first_appointment_that_cannot_be_leaves_no_person_behind(office: Office) -> None:
    with pytest.raises(RefusedError, match="ended on"):
        enter(office, Person(id="", name="Mai Mẫu"), new(Person(id="", name=""), level="district", since=NEXT))
    assert len(office.book.table(Person)) == 0


@pytest.mark.parametrize(
    ("values", "error", "says"),
    [
        ({"level": "district", "since": date(2025, 7, 1)}, RefusedError, "level .* ended on"),
        ({"level": "district", "since": date(2024, 7, 1)}, RefusedError, "already: 1-QĐ/TU"),
        ({"instrument": "contract", "since": ON}, RefusedError, "not appointed by contract"),
        ({"since": ON, "until": date(2025, 6, 14)}, InputError, "before it begins"),
        ({"level": "moon"}, InputError, "not known"),
    ],
)
def test_what_cannot_be_is_refused(
    office: Office, values: dict[str, object], error: type[Exception], says: str
) -> None:
    person = staff(office)[0]
    head = office.book.head()
    with pytest.raises(error, match=says):
        appoint(office, new(person, **values))
    assert office.book.head() == head


def test_a_reporter_is_recognised_by_the_committee_of_the_day_where_one_is_known(office: Office) -> None:
    an, duc, hung = staff(office)

    def body(person: Person, **values: object) -> str:
        return appoint(office, new(person, unit="", number="7-QĐ/TU", **values)).recognised_by

    assert body(an, since=ON) == "Ban Thường vụ Thành ủy Thái Nguyên"
    assert body(duc, since=NEXT, decided=ON) == "Đảng ủy phường Phan Đình Phùng"
    assert body(hung) == body(hung, role="reporter", level="grassroots", since=date(2014, 1, 1)) == "Cấp ủy"
    assert body(hung, level="province", since=NEXT, recognised_by=" Tỉnh  ủy ") == "Tỉnh ủy"
    assert body(an, role="communicator", since=ON) == "Cấp ủy cơ sở"


def test_a_correction_says_what_it_replaces_or_is_refused(office: Office) -> None:
    old = post_of(office, staff(office)[0])
    with pytest.raises(ConflictError):
        appoint(office, msgspec.structs.replace(old, note="x"))
    assert office.book.table(Appointment)[old.id] == old
    assert appoint(office, msgspec.structs.replace(old, note="x"), was=old).note == "x"


def test_a_unit_of_another_day_is_refused(office: Office) -> None:
    person = staff(office)[0]
    later = find_unit(office, "Phường Quan Triều", NEXT).id
    with pytest.raises(RefusedError, match="does not exist"):
        appoint(office, new(person, unit=later, since=ON))
    assert appoint(office, new(person, unit=later, since=NEXT)).unit == later


def test_a_renewal_closes_the_old_term_and_keeps_the_double_role_single(office: Office) -> None:
    person = staff(office)[0]
    old = post_of(office, person)
    with pytest.raises(RefusedError, match="level"):
        renew(office, old.id, Term(since=NEXT))
    with pytest.raises(InputError, match="not after"):
        renew(office, old.id, Term(since=date(2020, 8, 15)))
    appoint(office, msgspec.structs.replace(old, level="commune"), was=old)
    with pytest.raises(RefusedError, match="Phường Túc Duyên does not exist"):
        renew(office, old.id, Term(since=NEXT))
    transfer(office, [person.id], find_unit(office, "Phường Phan Đình Phùng", NEXT).id, day=date(2025, 7, 1))
    made = renew(office, old.id, Term(since=NEXT, number="2-QĐ/TU"))
    closed = office.book.table(Appointment)[old.id]
    assert (closed.ended, closed.end_reason) == (date(2025, 8, 14), "renewed")
    assert (made.since, made.until, made.number) == (NEXT, date(2030, 8, 14), "2-QĐ/TU")
    assert (old.instrument, made.instrument, bool(made.recognised_by)) == ("", "decision", True), "as any other"
    assert [line.appointments for line in roster(office, NEXT) if line.person.id == person.id] == [(made,)]
    with pytest.raises(RefusedError, match="already"):
        renew(office, old.id, Term(since=NEXT))
    history.undo(office)
    assert office.book.table(Appointment)[old.id].ended is None


def test_an_ending_has_a_day_and_a_reason(office: Office) -> None:
    old = post_of(office, staff(office)[0])
    with pytest.raises(InputError, match="no reason"):
        end(office, old.id, day=ON, reason="")
    with pytest.raises(InputError, match="before it begins"):
        end(office, old.id, day=date(2019, 1, 1), reason="relieved")
    over = end(office, old.id, day=ON, reason="relieved")
    assert over.held_on(ON)
    assert not over.held_on(ON + timedelta(days=1))
    with pytest.raises(RefusedError, match="already"):
        end(office, old.id, day=ON, reason="relieved")


def test_a_transfer_moves_many_as_one_change_and_the_past_stays(office: Office) -> None:
    people = staff(office)
    to = find_unit(office, "Phường Quang Vinh").id
    seq = office.book.head()[0]
    transfer(office, [each.id for each in people], to, day=ON)
    assert office.book.head()[0] == seq + 1
    assert {line.unit_name for line in roster(office, ON)} == {"Phường Quang Vinh"}
    assert {line.unit_name for line in roster(office, ON - timedelta(days=1))} == {"Phường Túc Duyên"}
    assert {each.unit for each in office.book.table(Appointment)} == {to}
    with pytest.raises(InputError, match="already"):
        transfer(office, [people[0].id], to, day=ON)
    with pytest.raises(RefusedError, match="does not exist"):
        transfer(office, [people[0].id], find_unit(office, "Phường Linh Sơn").id, day=ON)
    with pytest.raises(InputError, match="Nobody"):
        transfer(office, [], to, day=ON)


def test_a_transfer_may_end_the_roles_there(office: Office) -> None:
    person = staff(office)[0]
    transfer(office, [person.id], find_unit(office, "Phường Quang Vinh").id, day=ON, end_roles=True)
    post = post_of(office, person)
    assert (post.ended, post.end_reason) == (ON - timedelta(days=1), "transferred")
    assert post.unit == person.unit


def test_who_leaves_is_kept_with_everything_and_listed_no_more(office: Office) -> None:
    person = staff(office)[0]
    leave(office, person.id, day=ON, reason="retired")
    assert post_of(office, person).end_reason == "retired"
    assert person.id in {line.person.id for line in roster(office, ON)}
    assert person.id not in {line.person.id for line in roster(office, ON + timedelta(days=1))}
    assert office.person(person.id).name == person.name
    with pytest.raises(RefusedError, match="already"):
        leave(office, person.id, day=ON, reason="died")


def test_official_membership_never_comes_before_probation(office: Office) -> None:
    person = staff(office)[0]
    wrong = msgspec.structs.replace(person, party_probation=PartialDate(2011), party_official=PartialDate(2010, 5))
    with pytest.raises(InputError, match="before probation"):
        save_person(office, wrong)
    save_person(office, msgspec.structs.replace(wrong, party_probation=PartialDate(2010)), was=person)


def test_what_is_coming_is_seen_in_its_time(office: Office) -> None:
    people = staff(office)
    assert coming(office, ON, 30) == []
    assert {each.person.id for each in coming(office, ON, 90)} == {each.id for each in people}
    over = coming(office, NEXT, 30)
    assert [each.days_from(NEXT) for each in over] == [-1, -1, -1]
    assert coming(office, NEXT, 30, overdue=False) == []
    save_person(office, msgspec.structs.replace(people[0], sex="female", born=PartialDate(1968, 12, 20)), was=people[0])
    (age,) = [each for each in coming(office, ON, 365) if each.kind == "age"]
    assert (age.person.id, age.day, age.confidence) == (people[0].id, date(2025, 8, 20), "to_confirm")


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(ROLES), st.booleans()), max_size=14))
def test_a_holder_of_several_roles_is_one_person(posts: list[tuple[int, RoleKey, bool]]) -> None:
    with made_office() as office:
        people = [enter(office, Person(id="", name=f"Nguyễn Mẫu {letter}")) for letter in "ABCD"]
        held: set[tuple[int, RoleKey, bool]] = set()
        for each in posts:
            number, role, high = each
            post = new(people[number], role=role, level="commune" if high else "grassroots", since=date(2024, 1, 1))
            if each in held:
                with pytest.raises(RefusedError):
                    appoint(office, post)
            else:
                appoint(office, post)
            held.add(each)
        lines = roster(office, ON)
        assert len({line.person.id for line in lines}) == len(lines) == 4
        serving = [line for line in lines if line.appointments]
        assert len(serving) == len({number for number, _, _ in held})
        assert sum(len(line.appointments) for line in lines) == len(held)
