"""Who may be commended, from records in a book: members who left, what comes next year, whose answer counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from config.errors import InputError
from records.domain.appointments import Appointment, Discipline
from records.domain.awards.awards import Award, Rating, YearRating
from records.domain.findings import Verdict
from records.domain.people.person import Person
from records.domain.units import Unit
from records.services.awards import eligibility
from records.services.office import Office
from tests.records.services.conftest import made_office, staff

YEAR, DAY = 2024, date(2025, 1, 15)


def _rate(office: Office, people: list[Person], rating: Rating, year: int = YEAR) -> None:
    with office.book.change("test.rate") as change:
        for person in people:
            change.put(
                YearRating(id=change.new_id(YearRating), person=person.id, year=year, kind="party", rating=rating)
            )
            change.put(
                YearRating(id=change.new_id(YearRating), person=person.id, year=year, kind="worker", rating=rating)
            )


def _award(office: Office, person: Person, prize: str, year: int, revoked: date | None = None) -> Award:
    with office.book.change("test.award") as change:
        return change.put(
            Award(
                id=change.new_id(Award),
                decision="",
                person=person.id,
                prize=prize,
                name=person.name,
                unit_name="",
                citation="",
                achieved_from=date(year, 1, 1),
                achieved_to=date(year, 12, 31),
                register_number=1,
                revoked=revoked,
            )
        )


def _half(office: Office, unit: str) -> tuple[Verdict, str]:
    view = eligibility.views(office, YEAR, DAY, titles=["advanced-collective"], subjects=[unit])[0]
    found = next(each for each in view.judged[0].findings if each.criterion == "half")
    return found.verdict, str(found.reason)


def test_trap_24_who_left_before_the_end_of_the_year_is_no_member(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        an, duc, hung = staff(office)
        _award(office, an, "advanced-worker", YEAR)
        assert _half(office, an.unit) == (Verdict.NOT_MET, "1 of 3 members; more than 50 % asked")
        with office.book.change("test.leave") as change:
            for person in (duc, hung):
                post = office.book.table(Appointment).where(person=person.id)[0]
                change.put(msgspec.structs.replace(post, ended=date(YEAR, 12, 30), end_reason="retired"), was=post)
        assert _half(office, an.unit) == (Verdict.MET, "1 of 1 members; more than 50 % asked")


def test_one_units_people_are_judged_with_the_units_own_quota(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        first, second = (unit.id for unit in office.book.table(Unit).all()[:2])
        people: dict[str, list[str]] = {first: [], second: []}
        for number in range(14):
            unit = (first, second)[number % 2]
            with office.book.change("test.staff") as change:
                person = change.put(Person(id=change.new_id(Person), name=f"Lê Văn {number}", unit=unit))
                change.put(
                    Appointment(
                        id=change.new_id(Appointment), person=person.id, role="reporter", level="commune",
                        unit=unit, since=date(2020, 1, 1),
                    )
                )  # fmt: skip
            _award(office, person, "advanced-worker", YEAR)
            people[unit].append(person.id)
        title = ["grassroots-fighter"]
        (whole,) = eligibility.views(office, YEAR, DAY, titles=title)
        assert whole.allowed == 2  # 15 % of 14
        for unit, theirs in people.items():
            (view,) = eligibility.views(office, YEAR, DAY, titles=title, unit=unit)
            assert {each.person for each in view.judged} == set(theirs)
            assert view.allowed == 1  # 15 % of 7
            (collective,) = eligibility.views(office, YEAR, DAY, titles=["advanced-collective"], unit=unit)
            assert [each.person for each in collective.judged] == [unit]
        with pytest.raises(InputError, match="Phường Không Có"):
            eligibility.views(office, YEAR, DAY, unit="Phường Không Có")


def test_next_year_supposes_what_waits_only_for_another_title_of_the_same_year(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        an, duc, _ = staff(office)
        _rate(office, [an], "good")
        _rate(office, [duc], "completed")

        def later(person: Person) -> dict[str, Verdict]:
            judged = eligibility.next_year(office, "grassroots-fighter", person.id, YEAR, DAY)
            return {each.criterion: each.verdict for each in judged.findings}

        assert later(an)["advanced-worker"] is Verdict.MET
        assert later(an)["initiative"] is Verdict.UNKNOWN
        assert later(duc)["advanced-worker"] is Verdict.NOT_MET


def test_two_years_held_and_the_third_in_sight_make_three_next_year(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        an, duc, _ = staff(office)
        _rate(office, [an, duc], "good")
        for person, years in ((an, (2023, 2024)), (duc, (2022, 2024))):
            for year in years:
                _award(office, person, "grassroots-fighter", year)

        def three(person: Person) -> Verdict:
            judged = eligibility.next_year(office, "provincial-fighter", person.id, YEAR, DAY)
            return next(each.verdict for each in judged.findings if each.criterion == "three-in-a-row")

        assert three(an) is Verdict.MET
        assert three(duc) is Verdict.NOT_MET


def test_revoked_awards_and_the_order_of_records_change_nothing(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        an, *_ = staff(office)
        for year in (2024, 2022, 2023):
            _award(office, an, "grassroots-fighter", year, revoked=date(2025, 1, 1) if year == 2023 else None)
        judged = eligibility.views(office, YEAR, DAY, titles=["provincial-fighter"], subjects=[an.id])[0].judged[0]
        assert judged.findings[0].verdict is Verdict.NOT_MET
        assert len(judged.findings[0].records) == 2


def _with_whole_register(office: Office) -> Office:
    """The office, whose settings say that the register tells every award there ever was."""
    procedure = msgspec.structs.replace(office.settings.procedure, register_since=0)
    return Office(office.book, replace(office.settings, procedure=procedure))


def test_what_a_young_register_cannot_tell_is_unknown(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        an, *_ = staff(office)
        for year in range(2020, 2025):
            _rate(office, [an], "excellent", year)

        def verdict(asked: Office) -> Verdict:
            found = eligibility.views(asked, YEAR, DAY, titles=["party-merit-five-years"], subjects=[an.id])
            return found[0].judged[0].verdict

        assert verdict(office) is Verdict.UNKNOWN
        assert verdict(_with_whole_register(office)) is Verdict.MET
        _award(office, an, "party-merit-year", 2020)
        assert verdict(office) is Verdict.MET


def test_a_question_within_one_of_several_ways_can_be_answered(tmp_path: Path) -> None:
    with made_office(tmp_path) as opened:
        office = _with_whole_register(opened)
        an, *_ = staff(office)
        title = "provincial-commendation"
        _rate(office, [an], "excellent", 2023)
        _rate(office, [an], "excellent")
        assert [each.id for each in eligibility.questions_of(eligibility.title_of(office, title))] == [
            "two-initiatives"
        ]

        def verdict() -> Verdict:
            return eligibility.views(office, YEAR, DAY, titles=[title], subjects=[an.id])[0].judged[0].verdict

        assert verdict() is Verdict.UNKNOWN
        eligibility.answer_all(office, [an.id], title, "two-initiatives", YEAR, yes=True, note="QĐ 15, 3/2025")
        assert verdict() is Verdict.MET
        with pytest.raises(InputError):
            eligibility.answer_all(office, [an.id], title, "two-excellent", YEAR, yes=True, note="QĐ 15")


def test_trap_21_a_measure_that_lapsed_blocks_its_own_year_only_to_be_confirmed(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        an, *_ = staff(office)
        _rate(office, [an], "excellent")
        with office.book.change("test.discipline") as change:
            decided = date(2024, 2, 1)
            change.put(
                Discipline(
                    id=change.new_id(Discipline),
                    person=an.id,
                    opened=decided,
                    decided=decided,
                    lapses=date(2025, 2, 1),
                    measure="reprimand",
                )
            )

        def found(year: int, day: date) -> tuple[Verdict, str]:
            view = eligibility.views(office, year, day, titles=["party-merit-year"], subjects=[an.id])[0]
            each = next(one for one in view.judged[0].findings if one.criterion == "discipline")
            return each.verdict, each.confidence

        assert found(2024, date(2025, 1, 31)) == (Verdict.NOT_MET, "confirmed")
        assert found(2024, date(2025, 2, 1)) == (Verdict.NOT_MET, "to_confirm")
        assert found(2025, date(2026, 1, 15)) == (Verdict.MET, "confirmed")
