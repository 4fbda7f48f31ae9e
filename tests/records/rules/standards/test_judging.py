from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings.criteria import AnyCriterion
from config.settings.loading import load_settings
from records.domain.appointments import Appointment, Discipline
from records.domain.dates import PartialDate
from records.domain.findings import Finding, Verdict
from records.domain.people.dossier import Dossier, as_of
from records.domain.people.person import Credential, Person
from records.domain.training import Attendance, Presence
from records.rules.standards.judging import find

ON = date(2025, 6, 15)
PRACTICE = load_settings().practice
WORDS = {"vi": "v", "en": "e"}


def dated(
    value: object, unit: str = "month", since: str = "2020-01-01", confidence: str = "confirmed"
) -> dict[str, Any]:
    values = {since: {"value": value, "source": "text-1"}}
    return {"description": WORDS, "unit": unit, "confidence": confidence, "values": values}


def criterion(kind: str, **more: object) -> AnyCriterion:
    common = {"kind": kind, "id": kind, "title": WORDS, "source": "text-0", "confidence": "confirmed"}
    made: AnyCriterion = msgspec.convert(common | more, AnyCriterion)
    return made


def person(**more: Any) -> Person:
    return Person(id="TN-P-00001", name="Nguyễn Văn Mẫu", **more)


def ask(rule: AnyCriterion, who: Person | None = None, on: date = ON, **records: Any) -> Finding:
    return find(rule, as_of(Dossier(person=who or person(), on=date.max, practice=PRACTICE, **records), on), "reporter")


def session(day: date, presence: Presence = "present", kind: Any = "conference", **more: Any) -> Attendance:
    return Attendance(id=f"T{day}", person="TN-P-00001", event="E", kind=kind, day=day, presence=presence, **more)


def test_trap_25_an_empty_field_is_unknown_and_never_a_failure() -> None:
    rules = [
        criterion("credential_at_least", credential="education", at_least=dated("bachelor", "level")),
        criterion("party_member", months=dated(12)),
        criterion("age_between", at_least=dated(25, "year"), at_most=dated(60, "year")),
        criterion("service_at_least", months=dated(12)),
        criterion("document_present", document="resume"),
        criterion("by_hand", question=WORDS),
        criterion("attendance_at_least", kinds=["conference"], percent=dated(70, "percent"), months=dated(12)),
    ]
    assert {ask(rule).verdict for rule in rules} == {Verdict.UNKNOWN}


@pytest.mark.parametrize(
    ("held", "verdict"),
    [
        (Credential(kind="political_theory", level="elementary", evidence="diploma"), Verdict.NOT_MET),
        (Credential(kind="political_theory", level="intermediate", evidence="diploma"), Verdict.MET),
        (Credential(kind="political_theory", level="advanced", evidence="diploma"), Verdict.MET),
        (Credential(kind="political_theory", level="intermediate"), Verdict.UNKNOWN),
        (Credential(kind="political_theory", level="intermediate", evidence="confirmation"), Verdict.UNKNOWN),
    ],
)
def test_trap_26_a_level_counts_only_with_its_paper(held: Credential, verdict: Verdict) -> None:
    rule = criterion(
        "credential_at_least", credential="political_theory", at_least=dated("intermediate", "level"), evidence=True
    )
    assert ask(rule, person(credentials=(held,))).verdict is verdict


@pytest.mark.parametrize(
    ("issued", "verdict"),
    [
        (PartialDate(2021, 7, 8), Verdict.MET),
        (PartialDate(2021, 7, 9), Verdict.NOT_MET),
        (PartialDate(2020), Verdict.MET),
        (PartialDate(2022), Verdict.NOT_MET),
    ],
)
def test_trap_26_a_confirmation_counts_only_if_issued_in_time(issued: PartialDate, verdict: Verdict) -> None:
    rule = criterion(
        "credential_at_least", credential="political_theory", at_least=dated("elementary", "level"), evidence=True
    )
    held = Credential(kind="political_theory", level="intermediate", evidence="confirmation", issued=issued)
    assert ask(rule, person(credentials=(held,))).verdict is verdict


@pytest.mark.parametrize(
    ("official", "verdict"),
    [
        (PartialDate(2024, 6, 15), Verdict.MET),
        (PartialDate(2024, 6, 16), Verdict.NOT_MET),
        (PartialDate(2024), Verdict.UNKNOWN),
        (PartialDate(2023), Verdict.MET),
    ],
)
def test_membership_is_counted_to_the_day_and_not_beyond_what_is_known(official: PartialDate, verdict: Verdict) -> None:
    assert ask(criterion("party_member", months=dated(12)), person(party_official=official)).verdict is verdict


def test_a_probationary_member_and_a_non_member_do_not_meet_it() -> None:
    rule = criterion("party_member", months=dated(0))
    assert ask(rule, person(party_probation=PartialDate(2025, 1, 1))).verdict is Verdict.NOT_MET
    assert ask(rule, person(party_member=False)).verdict is Verdict.NOT_MET


@pytest.mark.parametrize(
    ("born", "verdict"),
    [
        (PartialDate(1965, 6, 16), Verdict.MET),
        (PartialDate(1965, 6, 15), Verdict.NOT_MET),
        (PartialDate(1965), Verdict.UNKNOWN),
        (PartialDate(1968), Verdict.MET),
        (PartialDate(2004), Verdict.NOT_MET),
    ],
)
def test_trap_11_no_age_is_computed_from_an_invented_day(born: PartialDate, verdict: Verdict) -> None:
    rule = criterion("age_between", at_least=dated(25, "year"), at_most=dated(59, "year"))
    assert ask(rule, person(born=born)).verdict is verdict


def test_the_last_day_of_an_age_is_told() -> None:
    rule = criterion("age_between", at_most=dated(59, "year"))
    until = ask(rule, person(born=PartialDate(1970, 3, 1))).until
    assert until == date(2030, 2, 28)
    assert ask(rule, person(born=PartialDate(1970, 3, 1)), on=until).verdict is Verdict.MET
    assert ask(rule, person(born=PartialDate(1970, 3, 1)), on=until + timedelta(days=1)).verdict is Verdict.NOT_MET


def appointed(**more: Any) -> Appointment:
    common = {"id": "A1", "person": "TN-P-00001", "role": "reporter", "level": "district", "number": "1-QĐ/TU"}
    return Appointment(**(common | {"since": date(2020, 8, 15), "until": date(2025, 8, 14)} | more))


def test_trap_24_an_appointment_past_its_term_is_not_in_force() -> None:
    rule = criterion("appointment_in_force")
    in_force = ask(rule, appointments=(appointed(),))
    assert (in_force.verdict, in_force.until, in_force.records) == (Verdict.MET, date(2025, 8, 14), ("A1",))
    assert ask(rule, on=date(2025, 8, 15), appointments=(appointed(),)).verdict is Verdict.NOT_MET
    assert ask(rule).verdict is Verdict.NOT_MET
    assert ask(rule, appointments=(appointed(number=""),)).verdict is Verdict.UNKNOWN


training_days = st.lists(st.dates(ON - timedelta(days=2000), ON), max_size=8, unique=True)


@given(training_days, st.integers(1, 4), st.integers(1, 48))
def test_the_day_until_which_training_suffices_is_exact(days: list[date], times: int, months: int) -> None:
    rule = criterion("training_within", kinds=["course"], times=dated(times, "time"), months=dated(months))
    trainings = tuple(session(day, kind="course", result="completed") for day in days)
    found = ask(rule, trainings=trainings)
    assert found == ask(rule, trainings=trainings[::-1])
    if found.verdict is Verdict.MET:
        assert found.until is not None
        assert found.until >= ON
        assert ask(rule, on=found.until, trainings=trainings).verdict is Verdict.MET
        assert ask(rule, on=found.until + timedelta(days=1), trainings=trainings).verdict is Verdict.NOT_MET


def test_absence_and_failure_are_no_training() -> None:
    rule = criterion("training_within", kinds=["course"], times=dated(1, "time"), months=dated(24))
    missed = session(date(2025, 1, 1), "absent", "course")
    failed = session(date(2025, 2, 1), kind="course", result="not_completed")
    found = ask(rule, trainings=(missed, failed, session(date(2025, 3, 1))))
    assert found.verdict is Verdict.NOT_MET
    assert "Completed 0 trainings" in str(found.reason)


@pytest.mark.parametrize(("absent", "verdict"), [(3, Verdict.MET), (4, Verdict.NOT_MET)])
def test_attendance_is_counted_without_the_excused(absent: int, verdict: Verdict) -> None:
    rule = criterion("attendance_at_least", kinds=["conference"], percent=dated(70, "percent"), months=dated(12))
    days = [ON - timedelta(days=20 * step) for step in range(12)]
    missed, came_in_time = (
        cast("list[Presence]", ["absent"] * absent),
        cast("list[Presence]", ["present"] * (9 - absent)),
    )
    presence: list[Presence] = [*missed, "excused", "excused", "late", *came_in_time]
    found = ask(rule, trainings=tuple(session(day, came) for day, came in zip(days, presence, strict=True)))
    assert found.verdict is verdict
    assert "of 10 sessions" in str(found.reason)


def test_trap_21_discipline_blocks_while_in_force_or_pending_only() -> None:
    rule = criterion("no_discipline")
    measure = Discipline(
        id="K1", person="p", opened=date(2024, 1, 1), decided=date(2024, 6, 20), lapses=date(2025, 6, 20)
    )
    blocked = ask(rule, discipline=(measure,))
    assert (blocked.verdict, blocked.until) == (Verdict.NOT_MET, date(2025, 6, 19))
    assert ask(rule, on=date(2025, 6, 20), discipline=(measure,)).verdict is Verdict.MET
    pending = Discipline(id="K2", person="p", opened=date(2025, 6, 1))
    assert ask(rule, discipline=(pending,)).verdict is Verdict.NOT_MET


def test_compound_criteria_keep_the_findings_of_their_parts() -> None:
    resume, photo = (
        {
            "kind": "document_present",
            "id": each,
            "title": WORDS,
            "source": "s",
            "confidence": "confirmed",
            "document": each,
        }
        for each in ("resume", "photo")
    )
    who = person(documents=("resume",))
    every = ask(criterion("all_of", criteria=[resume, photo]), who)
    either = ask(criterion("any_of", criteria=[resume, photo]), who)
    assert (every.verdict, either.verdict) == (Verdict.UNKNOWN, Verdict.MET)
    assert [part.verdict for part in every.parts] == [Verdict.MET, Verdict.UNKNOWN]
    assert ask(criterion("not", criterion=resume), who).verdict is Verdict.NOT_MET
    assert ask(criterion("not", criterion=photo), who).verdict is Verdict.UNKNOWN


def test_a_finding_cites_the_value_that_decided_and_its_confidence() -> None:
    found = ask(criterion("party_member", months=dated(12, confidence="to_confirm")), person(party_member=False))
    assert (found.source, found.confidence) == ("text-1", "to_confirm")


def test_a_value_that_is_no_longer_asked_makes_the_criterion_not_applicable() -> None:
    ended = dated(12)
    ended["values"]["2025-01-01"] = {"value": None, "source": "text-2"}
    found = ask(criterion("party_member", months=ended))
    assert (found.verdict, found.source) == (Verdict.NOT_APPLICABLE, "text-2")


@pytest.mark.parametrize("months", ["confirmed", "to_confirm"])
def test_a_verdict_is_only_as_sure_as_the_least_sure_value_that_decides_it(months: str) -> None:
    values = {"times": dated(1), "months": dated(24, confidence=months)}
    assert ask(criterion("training_within", kinds=("course",), **values), person()).confidence == months
