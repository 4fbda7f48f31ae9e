"""From a list to the register: proposed, appraised, voted on, decided, paid, revoked, corrected."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from config.errors import ConflictError, InputError, RefusedError
from config.settings.loading import load_settings
from records.domain.appointments import Discipline
from records.domain.awards.awards import Award, Decision, standing
from records.domain.awards.proposals import Candidate, Meeting, ProposalList
from records.domain.people.person import Person
from records.domain.units import Unit, UnitName
from records.rules.awards.council import vote_result
from records.services.awards.appraising import (
    appraise,
    change_candidates,
    decide_list,
    hold_meeting,
    meeting_of,
    results,
)
from records.services.awards.budgeting import budget
from records.services.awards.decisions import Proposal, decide
from records.services.awards.paying import outstanding, pay, payments_of, recover
from records.services.awards.proposing import Nomination, candidates_of, list_of, nominate, open_list, submit, withdraw
from records.services.awards.registering import next_number, register, years_of
from records.services.awards.revoking import Correction, correct, revoke
from records.services.book import history
from records.services.office import Office
from tests.records.services.conftest import made_office, staff

DAY = date(2025, 7, 20)
YEAR: dict[str, Any] = {"achieved_from": date(2024, 1, 1), "achieved_to": date(2024, 12, 31)}
PROCEDURE = load_settings().procedure
SIGNED: dict[str, Any] = {"number": "7-QĐ/BTG", "day": DAY}


def nomination(who: list[Person], **more: Any) -> Nomination:
    common: dict[str, Any] = {
        "subjects": [each.id for each in who],
        "prize": "party-merit-year",
        "citation": "Hoàn thành xuất sắc nhiệm vụ năm 2024",
        **YEAR,
    }
    return Nomination(**(common | more))


def begun(office: Office, who: list[Person]) -> tuple[ProposalList, list[Candidate]]:
    proposals = open_list(office, "Khen thưởng năm 2024", "party", DAY)
    nominate(office, proposals, nomination(who), DAY)
    return proposals, candidates_of(office, proposals)


def decided(office: Office, who: list[Person], number: str = "7-QĐ/BTG", day: date = DAY) -> list[Award]:
    _, made = decide(office, Proposal(number=number, day=day, prize="party-merit-year", people=[each.id for each in who], citation="Hoàn thành xuất sắc", **YEAR))  # fmt: skip  # noqa: E501
    return made


def meeting(proposals: ProposalList, *, members: int = 9, present: int = 9) -> Meeting:
    return Meeting(id="", list=proposals.id, day=DAY, members=members, present=present, number="3-BB/HĐ")


def test_a_list_goes_its_way_and_only_those_agreed_to_are_decided(office: Office) -> None:
    people = staff(office)
    proposals, candidates = begun(office, people)
    submit(office, proposals, "4-TTr/BTG", DAY)
    appraise(office, candidates[:2], "agreed", day=DAY)
    appraise(office, candidates[2:], "refused", reason="Chưa đủ thành tích", day=DAY)
    hold_meeting(office, meeting(proposals), {candidates[0].id: 9, candidates[1].id: 2})
    change_candidates(office, candidates_of(office, proposals)[:1], citation="Thành tích riêng", **YEAR)
    decision, made = decide_list(office, proposals, "party-merit-year", SIGNED)
    assert [(each.name, each.citation, each.register) for each in made] == [
        (office.person(candidates[0].subject).name, "Thành tích riêng", "1/2025")
    ]
    assert [bool(each.award) for each in candidates_of(office, proposals)] == [True, False, False]
    assert list_of(office, "").number == "4-TTr/BTG"
    assert decision.form == "party"
    history.undo(office)
    assert not any(each.award for each in candidates_of(office, proposals))


def test_nobody_is_decided_before_the_office_and_the_council_have_spoken(office: Office) -> None:
    proposals, candidates = begun(office, staff(office))
    with pytest.raises(RefusedError, match="not appraised yet"):
        decide_list(office, proposals, "party-merit-year", SIGNED)
    appraise(office, candidates, "agreed", day=DAY)
    with pytest.raises(RefusedError, match="has not met"):
        decide_list(office, proposals, "party-merit-year", SIGNED)
    hold_meeting(office, meeting(proposals, present=5), {each.id: 5 for each in candidates})
    with pytest.raises(RefusedError, match="5 of 9 were present"):
        decide_list(office, proposals, "party-merit-year", SIGNED)
    assert len(office.book.table(Decision)) == 0


def test_minutes_entered_anew_replace_the_earlier(office: Office) -> None:
    proposals, candidates = begun(office, staff(office))
    hold_meeting(office, meeting(proposals, present=7), {candidates[0].id: 7})
    hold_meeting(office, meeting(proposals, present=8), {candidates[1].id: 8})
    held = meeting_of(office, proposals.id)
    assert held is not None
    assert (held.present, [each.votes for each in candidates_of(office, proposals)]) == (8, [7, 8, None])


@pytest.mark.parametrize(
    ("members", "present", "votes", "passed"),
    [(9, 6, 4, True), (9, 5, 5, None), (9, 6, 3, False), (3, 2, 2, True), (3, 3, 2, True), (9, 9, None, None)],
)
def test_two_thirds_are_two_thirds(
    office: Office, members: int, present: int, votes: int | None, passed: bool | None
) -> None:
    proposals, candidates = begun(office, staff(office))
    found = vote_result(
        replace(candidates[0], votes=votes),
        meeting(proposals, members=members, present=present),
        office.settings.procedure,
        DAY,
    )
    assert found.passed is passed


@given(st.integers(1, 40), st.data())
def test_one_more_vote_never_turns_an_agreement_down(members: int, data: st.DataObject) -> None:
    present = data.draw(st.integers(1, members))
    held = Meeting(id="", list="", day=DAY, members=members, present=present)
    candidate = Candidate(id="", list="", subject="", prize="", citation="", **YEAR)
    found = [vote_result(replace(candidate, votes=votes), held, PROCEDURE, DAY).passed for votes in range(present + 1)]
    assert found in ([None] * (present + 1), sorted(found, key=bool))
    assert found[-1] is not False


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"prize": "state-merit"}, "another form"),
        ({"prize": "party-cell-merit-year"}, "another form|not for"),
        ({"prize": "moon"}, "no prize"),
        ({"citation": " "}, "achievement is empty"),
        ({"subjects": []}, "Nobody"),
        ({"subjects": ["TN-P-09999"]}, "TN-P-09999"),
        ({"achieved_to": date(2023, 1, 1)}, "ends before"),
    ],
)
def test_a_wrong_nomination_is_refused_and_writes_nothing(office: Office, wrong: dict[str, Any], said: str) -> None:
    proposals = open_list(office, "Khen thưởng", "party", DAY)
    with pytest.raises((InputError, RefusedError), match=said):
        nominate(office, proposals, nomination(staff(office), **wrong), DAY)
    assert candidates_of(office, proposals) == []


def test_nobody_stands_twice_on_a_list_for_the_same(office: Office) -> None:
    people = staff(office)
    proposals, candidates = begun(office, people)
    with pytest.raises(RefusedError, match="on the list"):
        nominate(office, proposals, nomination(people[:1]), DAY)
    withdraw(office, candidates[:1])
    nominate(office, proposals, nomination(people[:1]), DAY)
    assert len(candidates_of(office, proposals)) == len(people)


def test_more_votes_than_people_present_are_refused(office: Office) -> None:
    proposals, candidates = begun(office, staff(office))
    with pytest.raises(InputError, match="10 votes"):
        hold_meeting(office, meeting(proposals), {candidates[0].id: 10})
    with pytest.raises(InputError, match="cannot be"):
        hold_meeting(office, meeting(proposals, present=10), {})
    with pytest.raises(InputError, match="needs its reason"):
        appraise(office, candidates, "refused", day=DAY)


# -- the register ---------------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["decide", "undo", "redo", "next year"]), max_size=12))
def test_trap_34_no_number_of_the_register_is_given_twice_or_missing(acts: list[str]) -> None:
    with TemporaryDirectory() as folder, made_office(Path(folder)) as office:
        person = staff(office)[0]
        given_out: set[str] = set()
        count = 0
        for act in acts:
            if act == "undo" and not len(office.book.table(Award)):
                continue
            if act in ("undo", "redo"):
                with suppress(ConflictError):  # nothing to take back, or nothing to redo
                    getattr(history, act)(office)
                continue
            count += 1
            year = 2026 if act == "next year" else 2025
            period = (date(1990 + count, 1, 1), date(1990 + count, 12, 31))
            _, made = decide(
                office,
                Proposal(
                    number=f"{count}-QĐ/BTG",
                    day=date(year, 2, 1),
                    prize="party-merit-year",
                    people=[person.id],
                    citation="x",
                    achieved_from=period[0],
                    achieved_to=period[1],
                ),
            )
            assert made[0].register not in given_out
            given_out.add(made[0].register)
        for year in years_of(office.book):
            rows = register(office.book, year)
            assert [row.number for row in rows] == list(range(1, len(rows) + 1))
            assert {f"{row.number}/{year}" for row in rows} <= given_out
            assert all(row.award is not None or row.note is not None for row in rows)
        assert sum(len(register(office.book, year)) for year in years_of(office.book)) == len(given_out)


def test_trap_34_an_entry_taken_back_stays_in_the_register_as_taken_back(office: Office) -> None:
    people = staff(office)
    decided(office, people[:2])
    history.undo(office)
    decided(office, people[2:], number="8-QĐ/BTG")
    rows = register(office.book, 2025)
    assert [row.award is not None for row in rows] == [False, False, True]
    assert "taken back by" in str(rows[0].note)
    assert next_number(office.book, 2025) == 4


@pytest.mark.parametrize("number", ["12/QĐ-UBND", "12/QĐ-BTG", "Số 12-QĐ/BTG", "12", "QĐ 12"])
def test_trap_3_the_number_of_a_party_decision_has_its_own_form(office: Office, number: str) -> None:
    people = staff(office)
    with pytest.raises(InputError, match="12-QĐ/ĐU"):
        decided(office, people, number=number)


# -- money ----------------------------------------------------------------------------------------------------------


def test_money_is_paid_once_and_recovered_after_a_revocation(office: Office) -> None:
    one, two, _ = decided(office, staff(office))
    paid = pay(office, [one, two], DAY, voucher="PC 12")
    assert [(each.amount, each.kind) for each in paid] == [(710_000, "paid")] * 2
    assert "thi đua, khen thưởng" in paid[0].fund
    with pytest.raises(RefusedError, match="paid already"):
        pay(office, [one], DAY)
    with pytest.raises(RefusedError, match="not revoked"):
        recover(office, [one], DAY)
    (gone,) = revoke(office, [one], date(2025, 9, 1), "false-declaration", number="9-QĐ/BTG")
    assert "Điều 93 khoản 2 điểm a" in gone.revoked_ground
    assert outstanding(office, gone) == 710_000
    recover(office, [gone], date(2025, 9, 20))
    assert outstanding(office, gone) == 0
    with pytest.raises(RefusedError, match="nothing is outstanding"):
        recover(office, [gone], date(2025, 9, 20))
    with pytest.raises(RefusedError, match="does not count"):
        pay(office, [gone], date(2025, 9, 20))
    assert [row.note is None for row in register(office.book, 2025)] == [False, True, True]


def test_a_revoked_award_frees_its_period_and_stays_in_the_register(office: Office) -> None:
    people = staff(office)
    (first,) = decided(office, people[:1])
    revoke(office, [first], DAY, "violation-found")
    (again,) = decided(office, people[:1], number="8-QĐ/BTG")
    assert again.register == "2/2025"
    assert [each.id for each in standing(office.book.table(Award))] == [again.id]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda office, award: revoke(office, [award], DAY, "no-ground"), "no ground"),
        (lambda office, award: revoke(office, [award], date(2025, 1, 1), "false-declaration"), "before the decision"),
        (lambda office, award: revoke(office, [], DAY, "false-declaration"), "No award"),
        (lambda office, award: pay(office, [award], date(2025, 1, 1)), "before the decision"),
    ],
)
def test_wrong_words_about_an_award_are_refused(office: Office, act: Any, said: str) -> None:
    (award, *_) = decided(office, staff(office))
    with pytest.raises(InputError, match=said):
        act(office, award)
    assert office.book.table(Award)[award.id] == award


def test_trap_1_and_33_a_mistake_is_corrected_by_a_new_decision_and_nothing_is_edited(office: Office) -> None:
    one, *_ = decided(office, staff(office))
    pay(office, [one], DAY)
    right = Correction(number="8-QĐ/BTG", day=date(2025, 8, 1), right={"name": "Lê Thị Ân"})
    decision, new = correct(office, one, right)
    assert (new.name, new.register, new.money) == ("Lê Thị Ân", "4/2025", one.money)
    assert office.book.table(Award)[one.id] == one
    assert decision.corrects == one.decision
    assert len(payments_of(office, new)) == 1
    with pytest.raises(RefusedError, match="paid already"):
        pay(office, [new], DAY)
    assert "corrected by 4/2025" in str(register(office.book, 2025)[0].note)
    with pytest.raises(RefusedError, match="does not count"):
        correct(office, one, replace_number(right, "9-QĐ/BTG"))
    with pytest.raises(InputError, match="changes nothing"):
        correct(office, new, replace_number(right, "9-QĐ/BTG"))


def replace_number(correction: Correction, number: str) -> Correction:
    return Correction(number=number, day=correction.day, right=correction.right)


def test_a_corrected_period_must_be_free_but_for_the_award_itself(office: Office) -> None:
    people = staff(office)
    (first,) = decided(office, people[:1])
    decide(
        office,
        Proposal(
            number="6-QĐ/BTG",
            day=DAY,
            prize="party-merit-year",
            people=[people[0].id],
            citation="x",
            achieved_from=date(2023, 1, 1),
            achieved_to=date(2023, 12, 31),
        ),
    )
    half = {"achieved_from": date(2024, 7, 1)}
    correct(office, first, Correction(number="8-QĐ/BTG", day=DAY, right=half))
    longer = {"achieved_from": date(2023, 7, 1)}
    (current,) = [each for each in standing(office.book.table(Award)) if each.achieved_from == date(2024, 7, 1)]
    with pytest.raises(RefusedError, match="already has this prize"):
        correct(office, current, Correction(number="9-QĐ/BTG", day=DAY, right=longer))


# -- collectives, budget ----------------------------------------------------------------------------------------------


def cell(office: Office, **more: Any) -> Unit:
    with office.book.change("test.unit") as change:
        unit = Unit(id=change.new_id(Unit), names=(UnitName(name="Chi bộ Mẫu"),), kind="party_organisation", **more)
        return change.put(unit)


def test_a_collective_is_commended_under_its_name_of_the_day(office: Office) -> None:
    unit = cell(office)
    _, (award,) = decide(office, Proposal(number="7-QĐ/BTG", day=DAY, prize="party-cell-merit-year", people=[unit.id], citation="x", **YEAR))  # fmt: skip  # noqa: E501
    assert (award.person, award.unit, award.name, award.money) == ("", unit.id, "Chi bộ Mẫu", 1_410_000)
    with pytest.raises(InputError, match="not for"):
        decide(office, Proposal(number="8-QĐ/BTG", day=DAY, prize="party-merit-year", people=[unit.id], citation="x", **YEAR))  # fmt: skip  # noqa: E501


def test_trap_7_words_that_are_not_said_any_more_are_refused_from_their_day(office: Office) -> None:
    unit = cell(office)
    words = {"prize": "party-cell-merit-year", "people": [unit.id], "citation": "Chi bộ “Trong sạch, vững mạnh”"}
    periods = ((date(2024, 1, 1), date(2024, 12, 31)), (date(2025, 1, 1), date(2025, 12, 31)))
    common: dict[str, Any] = {**words, "achieved_from": periods[0][0], "achieved_to": periods[0][1]}
    decide(office, Proposal(number="7-QĐ/BTG", day=date(2025, 12, 28), **common))
    common |= {"achieved_from": periods[1][0], "achieved_to": periods[1][1]}
    with pytest.raises(InputError, match="Hoàn thành xuất sắc nhiệm vụ"):
        decide(office, Proposal(number="8-QĐ/BTG", day=date(2025, 12, 29), **common))


def test_trap_35_a_dissolved_unit_is_not_commended(office: Office) -> None:
    unit = cell(office, until=date(2025, 6, 30))
    with pytest.raises(RefusedError, match="was dissolved on"):
        decide(office, Proposal(number="7-QĐ/BTG", day=DAY, prize="party-cell-merit-year", people=[unit.id], citation="x", **YEAR))  # fmt: skip  # noqa: E501


def test_trap_14_a_budget_shows_each_product_and_sums_by_fund(office: Office) -> None:
    people = staff(office)
    proposals, candidates = begun(office, people)
    found = budget(office, candidates, DAY)
    (line,) = found.lines
    assert (line.count, line.money.product, line.money.amount) == (3, Decimal("702000.0"), 710_000)
    assert found.total == 2_130_000 == sum(found.by_fund.values())
    assert budget(office, [], DAY).total == 0
    assert results(office, proposals, DAY)[candidates[0].id].passed is None


def test_trap_21_a_person_under_verification_cannot_be_proposed(office: Office) -> None:
    people = staff(office)
    with office.book.change("test.discipline") as change:
        change.put(Discipline(id=change.new_id(Discipline), person=people[0].id, opened=date(2025, 7, 1)))
    proposals = open_list(office, "Khen thưởng", "party", DAY)
    with pytest.raises(RefusedError, match="under discipline"):
        nominate(office, proposals, nomination(people), DAY)
