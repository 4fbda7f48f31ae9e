from __future__ import annotations

from datetime import date

import msgspec
import pytest

from config.errors import ConflictError, InputError
from records.domain.appointments import Appointment
from records.domain.findings import Verdict
from records.domain.people.person import Person
from records.services.book import history
from records.services.office import Office
from records.services.people.roster import Scope, appoint, roster, save_person
from records.services.standards.checks import check, check_person
from tests.records.services.conftest import ON, staff


def test_trap_10_and_28_people_come_in_vietnamese_order_once_each(office: Office) -> None:
    people = staff(office)
    appoint(office, Appointment(id="", person=people[0].id, role="collaborator", level="district", since=ON))
    lines = roster(office, ON)
    assert [line.person.name for line in lines] == ["Lê Thị An", "Nguyễn Văn Đức", "Trần Hùng"]
    assert lines[0].roles == ("reporter", "collaborator")
    assert lines[0].unit_name == "Phường Túc Duyên"


def test_a_scope_narrows_by_role_unit_and_day(office: Office) -> None:
    staff(office)
    assert [line.person.name for line in roster(office, ON, Scope(role="collaborator"))] == ["Trần Hùng"]
    assert len(roster(office, ON, Scope(unit="phuong tuc duyen"))) == 3
    assert roster(office, date(2019, 1, 1), Scope(holding=True)) == []
    assert len(roster(office, date(2019, 1, 1))) == 3


@pytest.mark.parametrize("scope", [Scope(role="reporters"), Scope(level="moon"), Scope(unit="Phường Không Có")])
def test_an_unknown_scope_is_refused_with_what_is_known(office: Office, scope: Scope) -> None:
    with pytest.raises(InputError, match="There is no"):
        roster(office, ON, scope)


def test_one_undo_takes_a_correction_back_and_redo_does_it_again(office: Office) -> None:
    person = staff(office)[0]
    save_person(office, msgspec.structs.replace(person, phone="0900000001"), was=person)
    history.undo(office)
    assert office.person(person.id).phone == ""
    history.redo(office)
    assert office.person(person.id).phone == "0900000001"


def test_undo_refuses_where_a_later_change_stands_on_it(office: Office) -> None:
    person = staff(office)[0]
    changed = save_person(office, msgspec.structs.replace(person, phone="0900000001"), was=person)
    first = office.book.head()[0]
    save_person(office, msgspec.structs.replace(person, phone="0900000002"), was=changed)
    with pytest.raises(ConflictError):
        history.undo(office, first)
    assert office.person(person.id).phone == "0900000002"


@pytest.mark.parametrize(
    ("field", "value"), [("name", "A1"), ("name", ""), ("national_id", "12"), ("national_id", "x" * 12)]
)
def test_what_can_never_be_right_is_not_entered(office: Office, field: str, value: str) -> None:
    person = msgspec.structs.replace(Person(id="", name="Nguyễn Mẫu"), **{field: value})
    with pytest.raises(InputError):
        save_person(office, person)
    assert len(office.book.table(Person)) == 0


def test_a_term_cannot_end_before_it_begins(office: Office) -> None:
    person = staff(office)[0]
    wrong = Appointment(
        id="", person=person.id, role="reporter", level="district", since=date(2025, 1, 2), until=date(2025, 1, 1)
    )
    with pytest.raises(InputError, match="before it begins"):
        appoint(office, wrong)


def test_every_verdict_says_why_and_by_which_text(office: Office) -> None:
    people = staff(office)
    judged = check(office, ON)
    assert [person.name for person, _ in judged] == ["Lê Thị An", "Nguyễn Văn Đức", "Trần Hùng"]
    for _, each in judged:
        assert each.findings
        for finding in each.findings:
            assert str(finding.reason)
            assert office.settings.source(finding.source).title
    assert check_person(office, people[0].id, ON)[0] == judged[0][1]


def test_people_are_judged_as_of_the_day_asked(office: Office) -> None:
    person = staff(office)[0]

    def in_force(on: date) -> Verdict:
        judged = check_person(office, person.id, on)[0]
        return next(each.verdict for each in judged.findings if each.criterion.startswith("appointment"))

    assert in_force(date(2025, 8, 14)) is Verdict.MET
    assert in_force(date(2025, 8, 15)) is Verdict.NOT_MET


def test_a_stopped_check_returns_what_it_has(office: Office) -> None:
    staff(office)
    answers = iter([False, False, True])
    judged = check(office, ON, stop=lambda: next(answers))
    assert len(judged) == 2
