from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from config.errors import InputError, RefusedError
from records.domain.appointments import Discipline
from records.domain.awards.awards import Award, Decision, Issue
from records.domain.people.person import Person
from records.services.awards.decisions import (
    Proposal,
    awards_of,
    decide,
    decision_by_number,
    printed_before,
    record_print,
)
from records.services.awards.issuing import issued_by
from records.services.book import history
from records.services.office import Office
from tests.records.services.conftest import staff

DAY = date(2025, 1, 20)


def proposal(who: list[Person], **more: Any) -> Proposal:
    common: dict[str, Any] = {
        "number": "12-QĐ/BTG",
        "day": DAY,
        "prize": "party-merit-year",
        "people": [each.id for each in who],
        "citation": "Hoàn thành xuất sắc nhiệm vụ năm 2024",
        "achieved_from": date(2024, 1, 1),
        "achieved_to": date(2024, 12, 31),
    }
    return Proposal(**(common | more))


def test_a_decision_registers_its_awards_without_a_gap(office: Office) -> None:
    people = staff(office)
    decision, first = decide(office, proposal(people[:2]))
    _, second = decide(office, proposal(people[2:], number="13-QĐ/BTG"))
    assert [each.register for each in [*first, *second]] == ["1/2025", "2/2025", "3/2025"]
    assert [each.name for each in first] == ["Lê Thị An", "Nguyễn Văn Đức"]
    assert awards_of(office, decision_by_number(office, "12-QĐ/BTG")) == first
    assert first[0].money == 710_000
    assert first[0].money_note == "0,3 × 2.340.000 = 702.000 (710.000)"
    assert decision.issuer == "Ban Tuyên giáo Thành ủy Thái Nguyên"


def test_a_decision_is_one_change(office: Office) -> None:
    people = staff(office)
    decide(office, proposal(people))
    history.undo(office)
    assert (len(office.book.table(Award)), len(office.book.table(Decision))) == (0, 0)


def test_trap_20_the_same_achievement_is_not_rewarded_twice(office: Office) -> None:
    people = staff(office)
    decide(office, proposal(people))
    with pytest.raises(RefusedError, match="register 1/2025"):
        decide(office, proposal(people, number="14-QĐ/BTG", achieved_from=date(2024, 6, 1)))


def test_trap_21_nobody_under_discipline_or_verification_is_commended(office: Office) -> None:
    people = staff(office)
    with office.book.change("test.discipline") as change:
        change.put(Discipline(id=change.new_id(Discipline), person=people[0].id, opened=date(2025, 1, 2)))
    with pytest.raises(RefusedError, match="Lê Thị An"):
        decide(office, proposal(people))
    assert len(office.book.table(Award)) == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"people": []}, "nobody"),
        ({"people": ["TN-P-00001", "TN-P-00001"]}, "twice"),
        ({"people": ["TN-P-09999"]}, "TN-P-09999"),
        ({"number": " "}, "no number"),
        ({"citation": ""}, "achievement is empty"),
        ({"prize": "moon"}, "no prize"),
        ({"achieved_to": date(2023, 1, 1)}, "before it begins"),
    ],
)
def test_a_wrong_proposal_is_refused_in_one_sentence(office: Office, wrong: dict[str, Any], said: str) -> None:
    people = staff(office)
    with pytest.raises(InputError, match=said):
        decide(office, proposal(people, **wrong))
    assert len(office.book.table(Decision)) == 0


def test_trap_34_a_second_printing_is_known(office: Office) -> None:
    people = staff(office)
    _, made = decide(office, proposal(people))
    assert printed_before(office, made) == []
    record_print(office, made[:1], template="party-merit", hashes=["00"], today=DAY)
    assert printed_before(office, made) == made[:1]
    with pytest.raises(RefusedError, match="already in the book"):
        decide(office, proposal(people))


@pytest.mark.parametrize(
    ("hashes", "noted"),
    [
        (["a0", "b1", "c2"], ["a0", "b1", "c2"]),
        (["a0"], ["a0", "a0", "a0"]),
        (["a0", "b1"], ["a0", "a0", "a0"]),
        ([], ["", "", ""]),
    ],
)
def test_each_printing_is_noted_with_its_own_file_or_with_the_one_file_of_all(
    office: Office, hashes: list[str], noted: list[str]
) -> None:
    _, made = decide(office, proposal(staff(office)))
    assert len(made) == 3
    record_print(office, made, template="party-merit", hashes=hashes, today=DAY)
    issues = {each.award: each for each in office.book.table(Issue)}
    assert [issues[each.id].sha256 for each in made] == noted
    record_print(office, made[1:], template="party-merit", hashes=["d3", "e4"], today=DAY)
    again = sorted((each.award, each.sha256) for each in office.book.table(Issue) if each.reissue)
    assert again == [(made[1].id, "d3"), (made[2].id, "e4")]


@pytest.mark.parametrize(
    ("number", "form", "day", "who"),
    [
        ("5-QĐ/ĐU", "party", date(2025, 6, 30), ("ĐẢNG ỦY", "THÀNH ỦY THÁI NGUYÊN")),
        ("5-QĐ/ĐU", "party", date(2025, 7, 1), ("ĐẢNG ỦY PHƯỜNG PHAN ĐÌNH PHÙNG", "ĐẢNG BỘ TỈNH THÁI NGUYÊN")),
        ("5-QĐ/tu", "party", date(2025, 7, 1), ("TỈNH ỦY THÁI NGUYÊN", "")),
        ("5/QĐ-UBND", "state", date(2025, 6, 30), ("CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ THÁI NGUYÊN", "")),
        ("5/QĐ-KHÁC", "state", date(2025, 6, 30), ("CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ THÁI NGUYÊN", "")),
    ],
)
def test_the_sign_in_its_number_says_who_issues_a_decision(
    office: Office, number: str, form: str, day: date, who: tuple[str, str]
) -> None:
    prize = "party-merit-year" if form == "party" else "state-merit"
    found = issued_by(office, number, form, prize, day)
    assert (found.name, found.above) == who


def test_without_a_sign_that_is_known_the_office_itself_issues(office: Office) -> None:
    own = office.settings.office
    found = issued_by(office, "5-QĐ/BTG", "party", "party-merit-year", DAY)
    assert (found.name, found.above) == (own.name.on(DAY).value, own.superior.on(DAY).value or "")
