"""Runs the law cases of decisions through the book, and those of money through the settings."""

from __future__ import annotations

from dataclasses import replace as replace_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from config.errors import AppError
from config.settings.dated import Dated, DatedValue, Words
from config.settings.loading import load_settings
from records.domain.appointments import Appointment, Discipline
from records.domain.awards.awards import Award
from records.domain.dates import PartialDate
from records.domain.people.person import Person
from records.domain.units import Unit
from records.rules.awards.asked import AchievementYear
from records.rules.awards.money import prize_money
from records.services.awards.decisions import Proposal, decide, look
from records.services.awards.revoking import Correction, correct
from records.services.emulation.rating import Rated, rate
from records.services.office import Office
from tests.plain_yaml import read_yaml

FOLDER = Path(__file__).parent / "decisions"
SETTINGS = load_settings()
_CASE = {"case", "law", "traps", "before", "decide", "expect", "says", "warns", "ratings", "party", "discipline", "unit", "issuer", "held"}  # fmt: skip  # noqa: E501
_DECIDE = {"number", "prize", "day", "citation", "from", "to", "mode", "body", "title", "name"}


def _cases(name: str) -> list[Any]:
    cases = read_yaml(FOLDER / f"{name}.yaml")
    return [pytest.param(each, id=each["case"]) for each in cases]


def _subject(office: Office, case: dict[str, Any]) -> str:
    party = case.get("party", {"official": "2010-01-01"})
    known = [each for each in ("official", "probation") if each in party]
    days: dict[str, Any] = {f"party_{name}": PartialDate.stored(party[name]) for name in known}
    with office.book.change("test.people") as change:
        unit = change.put(
            replace(next(iter(office.book.table(Unit))), until=None), was=next(iter(office.book.table(Unit)))
        )
        person = change.put(
            Person(id=change.new_id(Person), name="Nguyễn Văn Mẫu", party_member=party.get("member"), **days)
        )
        post = Appointment(id=change.new_id(Appointment), person=person.id, role="reporter", level="commune")
        change.put(replace(post, since=date(2015, 1, 1)))
        for each in case.get("discipline", []):
            change.put(Discipline(id=change.new_id(Discipline), person=person.id, **each))
    subject = unit.id if case.get("unit") else person.id
    excellent = {2024: "excellent", 2025: "excellent"}
    told = case.get("ratings", {"party": excellent} if case.get("unit") else {"party": excellent, "worker": excellent})
    rated = [
        Rated(subject=subject, year=year, kind=kind, rating=rating)
        for kind, years in told.items()
        for year, rating in years.items()
    ]
    if rated:
        rate(office, rated)
    return subject


def _held(office: Office, subject: str, awards: list[dict[str, Any]]) -> None:
    """Awards of the past, which others gave or which were before the book: they have no number in the register."""
    with office.book.change("test.held") as change:
        for given in awards:
            assert set(given) == {"prize", "citation", "from", "to"}
            change.put(
                Award(
                    id=change.new_id(Award),
                    decision="",
                    person=subject,
                    prize=given["prize"],
                    name="",
                    unit_name="",
                    citation=given["citation"],
                    achieved_from=given["from"],
                    achieved_to=given["to"],
                )
            )


def _proposal(subject: str, given: dict[str, Any]) -> Proposal:
    assert set(given) <= _DECIDE, set(given) - _DECIDE
    return Proposal(
        number=given["number"],
        day=given["day"],
        prize=given["prize"],
        people=[subject],
        citation=given["citation"],
        achieved_from=given.get("from", date(2025, 1, 1)),
        achieved_to=given.get("to", date(2025, 12, 31)),
        signer_mode=given.get("mode", ""),
        signer_body=given.get("body", ""),
        signer_title=given.get("title", ""),
        signer_name=given.get("name", ""),
    )


@pytest.mark.parametrize("case", [*_cases("quyet-dinh"), *_cases("the-thuc"), *_cases("mot-thanh-tich")])
def test_the_law_of_decisions(case: dict[str, Any], office: Office) -> None:
    assert set(case) <= _CASE, set(case) - _CASE
    assert case["law"]
    subject = _subject(office, case)
    _held(office, subject, case.get("held", []))
    for each in case.get("before", []):
        decide(office, _proposal(subject, each))
    before = len(office.book.table(Award))
    proposal = _proposal(subject, case["decide"])
    if case["expect"] == "refused":
        with pytest.raises(AppError) as refused:
            decide(office, proposal)
        assert case["says"] in str(refused.value)
        assert len(office.book.table(Award)) == before
        return
    assert case["expect"] == "taken"
    assert case.get("warns", "") in " ".join(str(each) for each in look(office, proposal).warnings)
    decision, _ = decide(office, proposal)
    assert decision.issuer == case.get("issuer", decision.issuer)
    assert len(office.book.table(Award)) == before + 1


@pytest.mark.parametrize("case", _cases("tien-thuong"))
def test_the_law_of_money(case: dict[str, Any]) -> None:
    found = prize_money(SETTINGS.prizes.prizes[case["prize"]], SETTINGS.money, case["day"])
    assert (found.amount, bool(case["law"])) == (case["amount"], True), str(found.reason)
    assert found.confidence == case.get("sure", found.confidence)


def test_where_only_the_higher_is_paid_the_second_pays_the_rest(office: Office) -> None:
    rule = DatedValue(value=False, source="office-practice")
    paid = Dated(description=Words("v", "e"), unit="name", confidence="to_confirm", values={date(2004, 1, 1): rule})
    settings = replace_dataclass(office.settings, procedure=replace(office.settings.procedure, both_paid=paid))
    asked = Office(office.book, settings)
    subject = _subject(office, {})
    words = {"citation": "Hoàn thành tốt nhiệm vụ năm 2025", "day": date(2026, 2, 1)}
    decide(asked, _proposal(subject, {"number": "15/QĐ-UBND", "prize": "advanced-worker", **words}))
    higher = _proposal(subject, {"number": "16/QĐ-UBND", "prize": "provincial-commendation", **words})
    (told,) = look(asked, higher).asked
    assert "only the higher is paid" in str(told)
    _, (award,) = decide(asked, higher)
    assert award.money == 3_510_000 - 710_000


def test_an_office_whose_year_begins_in_november_counts_by_it(office: Office) -> None:
    year = AchievementYear(11, 15)
    assert (year.first(2025), year.last(2025)) == (date(2024, 11, 15), date(2025, 11, 14))
    assert [year.of(each) for each in (date(2025, 11, 14), date(2025, 11, 15))] == [2025, 2026]
    calendar = AchievementYear()
    assert (calendar.first(2024), calendar.last(2024), calendar.of(date(2024, 12, 31))) == (
        date(2024, 1, 1), date(2024, 12, 31), 2024,
    )  # fmt: skip
    held = DatedValue(value="11-15", source="office-practice")
    old = office.settings.practice
    practice = replace(old, achievement_year=replace(old.achievement_year, values={date(2000, 1, 1): held}))
    asked = Office(office.book, replace_dataclass(office.settings, practice=practice))
    subject = _subject(office, {"ratings": {"party": {2026: "good", 2025: "excellent"}}})
    given = {"number": "05-QĐ/ĐU", "prize": "party-merit-year", "day": date(2026, 2, 1), "citation": "A"}
    with pytest.raises(AppError, match="2026: Good"):
        decide(asked, _proposal(subject, given | {"from": date(2025, 11, 15), "to": date(2025, 12, 31)}))
    decide(asked, _proposal(subject, given | {"from": date(2024, 11, 15), "to": date(2025, 11, 14)}))


def test_a_correction_is_signed_as_its_own_day_asks(office: Office) -> None:
    subject = _subject(office, {})
    signed = {"mode": "K/T", "body": "BAN THƯỜNG VỤ", "title": "PHÓ BÍ THƯ", "name": "Trần Văn Ký"}
    given = {"number": "05-QĐ/ĐU", "prize": "party-merit-year", "day": date(2026, 5, 26), "citation": "A", **signed}
    _, (award,) = decide(office, _proposal(subject, given))
    right = {"citation": "Hoàn thành xuất sắc nhiệm vụ năm 2025"}
    again = Correction(number="06-QĐ/ĐU", day=date(2026, 5, 27), right=right)
    with pytest.raises(AppError, match="K/T BAN THƯỜNG VỤ"):
        correct(office, award, again)
    wrong = replace_dataclass(again, signers={"signer_mode": "T/M", "signer_name": "TS Trần Văn Ký"})
    with pytest.raises(AppError, match="stands before the signer"):
        correct(office, award, wrong)
    decision, _ = correct(office, award, replace_dataclass(again, signers={"signer_mode": "T/M"}))
    assert (decision.signer_mode, decision.signer_body) == ("T/M", "BAN THƯỜNG VỤ")


def test_a_correction_may_not_say_what_another_form_rewards(office: Office) -> None:
    subject = _subject(office, {})
    words, other = "Tuyên truyền đại hội", "Giải nhất hội thi"
    decide(office, _proposal(subject, {"number": "15/QĐ-UBND", "prize": "state-merit", "day": date(2026, 2, 1), "citation": words}))  # fmt: skip  # noqa: E501
    given = {"number": "03-QĐ/BXDĐ", "prize": "office-movement", "day": date(2026, 3, 1), "citation": other}
    _, (award,) = decide(office, _proposal(subject, given))
    before = len(office.book.table(Award))
    with pytest.raises(AppError, match="same achievement"):
        correct(office, award, Correction(number="04-QĐ/BXDĐ", day=date(2026, 3, 2), right={"citation": words}))
    assert len(office.book.table(Award)) == before


def test_a_dissolved_unit_is_refused_by_the_text_the_settings_name(office: Office) -> None:
    subject = _subject(office, {"unit": True, "ratings": {}})
    unit = office.book.table(Unit)[subject]
    with office.book.change("test.end") as change:
        change.put(replace(unit, until=date(2025, 6, 30)), was=unit)
    given = {"number": "15/QĐ-UBND", "prize": "provincial-flag", "day": date(2026, 2, 1), "citation": "A"}
    prize = next(key for key, each in office.settings.prizes.prizes.items() if (each.form, each.subject) == ("state", "collective"))  # fmt: skip  # noqa: E501
    with pytest.raises(AppError, match="Thông tư 15/2025"):
        decide(office, _proposal(subject, {**given, "prize": prize}))
    with pytest.raises(AppError, match="Thông lệ"):
        decide(office, _proposal(subject, {**given, "prize": prize, "day": date(2025, 8, 4), "to": date(2025, 6, 30)}))
    procedure = office.settings.procedure
    rule = procedure.dissolved_refused["state"]
    allowed = replace(rule, values={date(2004, 1, 1): DatedValue(value=False, source="office-practice")})
    loose = replace(procedure, dissolved_refused={**procedure.dissolved_refused, "state": allowed})
    asked = Office(office.book, replace_dataclass(office.settings, procedure=loose, titles=()))
    decide(asked, _proposal(subject, {**given, "prize": prize}))
