"""Runs the law cases of commendation, and the laws that hold for every title."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings.loading import load_settings
from records.domain.appointments import Absence, Appointment, Discipline
from records.domain.awards.awards import Award, standing
from records.domain.awards.initiatives import Author, Initiative
from records.domain.awards.merits import Merits, PartyPapers, YearClass
from records.domain.dates import PartialDate
from records.domain.findings import Judgement, Verdict
from records.domain.units import Stay
from records.rules.awards.asked import Asked, asked
from records.rules.awards.eligibility import eligible, outlook
from tests.plain_yaml import read_yaml

FOLDER = Path(__file__).parent / "awards"
SETTINGS = load_settings()
TITLES = {each.id: each for each in SETTINGS.titles}
_SOME = {Verdict.NOT_MET: 0, Verdict.UNKNOWN: 1, Verdict.MET: 2}
_GIVEN = {
    "since", "appointments", "years", "ratings", "awards", "discipline", "answers", "unit", "until", "members",
    "register_since", "party", "moves", "leave", "initiatives",
}  # fmt: skip
_EXPECTED = {"year", "day", "verdict", "because", "also", "received", "confidence", "source"}
_CASE = {"case", "traps", "law", "title", "given", "expect"}


def _only(given: dict[str, Any], known: set[str], what: str) -> dict[str, Any]:
    """A word that the case says and nobody reads is refused: it would prove nothing."""
    assert set(given) <= known, f"{what}: {sorted(set(given) - known)}"
    return given


def _award(given: dict[str, Any], number: int = 1) -> Award:
    _only(given, {"prize", "year", "from", "decided", "revoked"}, "award")
    decided = given.get("decided", date(given["year"] + 1, 1, 31))
    return Award(
        id=f"TN-G-{number:05d}",
        decision="",
        person="TN-P-00001",
        prize=given["prize"],
        name="",
        unit_name="",
        citation="",
        achieved_from=date(given.get("from", given["year"]), 1, 1),
        achieved_to=date(given["year"], 12, 31),
        register_year=decided.year,
        register_number=number,
        revoked=given.get("revoked"),
    )


def _discipline(given: dict[str, Any]) -> Discipline:
    return Discipline(id="TN-K-00001", person="TN-P-00001", **given)


def _members(given: list[dict[str, Any]], year: int) -> Iterator[Merits]:
    for group in given:
        _only(group, {"prize", "also", "discipline", "count", "class", "rated"}, "members")
        prizes = [group[name] for name in ("prize", "also") if name in group]
        measure = group.get("discipline")
        decided = date(year, 6, 1)
        measures = [_discipline({"opened": decided, "decided": decided, "measure": measure})] if measure else []
        rated = {group.get("rated", "worker"): {year: YearClass(group["class"], "")}} if "class" in group else {}
        for _ in range(group["count"]):
            yield Merits(
                subject="TN-P-00002",
                awards=tuple(_award({"prize": each, "year": year}) for each in prizes),
                ratings=rated,
                discipline=tuple(measures),
            )


def _appointments(given: dict[str, Any]) -> Iterator[Appointment]:
    spans = given.get("appointments", [{"since": given["since"]}] if "since" in given else [])
    for number, each in enumerate(spans, 1):
        _only(each, {"since", "ended", "until"}, "appointments")
        common: dict[str, Any] = {"person": "TN-P-00001", "role": "reporter", "level": "commune"}
        yield Appointment(id=f"TN-A-{number:05d}", **common, **each)


def _kind(title: str) -> str:
    """The rating that a plain `years:` stands for: the one that the title's own form of award asks for."""
    return "party" if SETTINGS.prizes.prizes[TITLES[title].prize].form == "party" else "worker"


def _ratings(given: dict[str, Any], title: str) -> dict[str, dict[int, YearClass]]:
    told = {**given.get("ratings", {}), **({_kind(title): given["years"]} if "years" in given else {})}
    return {kind: {year: YearClass(each, "") for year, each in years.items()} for kind, years in told.items()}


def _party(given: dict[str, Any]) -> PartyPapers:
    """Where a case says nothing, somebody has been a Party member since 2010."""
    told = _only(given.get("party", {"official": "2010-01-01"}), {"probation", "official", "member"}, "party")
    days = {name: PartialDate.stored(str(told[name])) for name in ("probation", "official") if name in told}
    return PartyPapers(**days, member=told.get("member"))


def _initiative(given: dict[str, Any]) -> Initiative:
    """Of the person judged, alone or with a share of it; the paper's number is its id."""
    _only(given, {"number", "scope", "recognised", "year", "share"}, "initiatives")
    own = Author(person="TN-P-00001", share=given.get("share", 0))
    told = {name: each for name, each in given.items() if name != "share"}
    return Initiative(id=given["number"], title="Sáng kiến mẫu", authors=(own,), **told)


def _merits(given: dict[str, Any], expected: dict[str, Any], title: str) -> Merits:
    _only(given, _GIVEN, "given")
    awards = [*given.get("awards", []), *expected.get("also", [])]
    return Merits(
        subject="TN-P-00001",
        ratings=_ratings(given, title),
        awards=tuple(standing([_award(each, number) for number, each in enumerate(awards, 1)])),
        discipline=tuple(_discipline(each) for each in given.get("discipline", [])),
        appointments=tuple(_appointments(given)),
        answers={(title, name): said for name, said in given.get("answers", {}).items()},
        unit=given.get("unit", False),
        until=given.get("until"),
        register_since=given.get("register_since", 0),
        members=tuple(_members(given.get("members", []), expected["year"])),
        party=_party(given),
        before=tuple(Stay(**each) for each in given.get("moves", [])),
        absences=tuple(Absence(id="TN-NG-1", person="TN-P-00001", **each) for each in given.get("leave", [])),
        initiatives=tuple(_initiative(each) for each in given.get("initiatives", [])),
    )


def _asked(expected: dict[str, Any]) -> Asked:
    return asked(SETTINGS, expected["year"], expected["day"], expected.get("received"))


def _cases() -> list[dict[str, Any]]:
    return [case for path in sorted(FOLDER.glob("*.yaml")) for case in read_yaml(path)]


def _parameters() -> list[Any]:
    return [
        pytest.param(case, expected, id=f"{case['case']} @ {expected['year']}, {expected['day']}")
        for case in _cases()
        for expected in case["expect"]
    ]


@pytest.mark.parametrize(("case", "expected"), _parameters())
def test_the_law(case: dict[str, Any], expected: dict[str, Any]) -> None:
    _only(case, _CASE, "case")
    _only(expected, _EXPECTED, "expect")
    merits = _merits(case.get("given", {}), expected, case["title"])
    judged = eligible(TITLES[case["title"]], merits, _asked(expected))
    told = [(each.criterion, each.verdict.value, str(each.reason)) for each in judged.findings]
    assert judged.verdict == expected["verdict"], told
    if "because" in expected:
        assert [each.criterion for each in judged.findings if each.verdict is judged.verdict] == [expected["because"]]
        found = next(each for each in judged.findings if each.criterion == expected["because"])
        assert found.confidence == expected.get("confidence", found.confidence)
        assert found.source == expected.get("source", found.source)


def test_every_case_names_its_article() -> None:
    assert [case["case"] for case in _cases() if not case.get("law")] == []


def test_every_title_and_every_trap_has_a_case() -> None:
    cases = _cases()
    assert {case["title"] for case in cases} == set(TITLES)
    assert {18, 19, 20, 21, 22, 23, 35} <= {trap for case in cases for trap in case.get("traps", [])}


def test_every_verdict_names_its_source_and_what_is_missing() -> None:
    sources = load_settings().sources.sources
    for case in _cases():
        for expected in case["expect"]:
            merits = _merits(case.get("given", {}), expected, case["title"])
            judged = eligible(TITLES[case["title"]], merits, _asked(expected))
            for finding in judged.findings:
                assert finding.source in sources
                assert str(finding.reason)
                assert bool(finding.lacking()) is (finding.verdict is Verdict.UNKNOWN)


def test_everybody_is_judged_alike_whoever_was_judged_before() -> None:
    """Findings of those of whom nothing is recorded are made once, and must be nobody else's."""
    for case in _cases():
        title = TITLES[case["title"]]
        for expected in case["expect"]:
            merits, used = _merits(case.get("given", {}), expected, case["title"]), _asked(expected)
            for reach in (0, merits.register_since, 9999):
                eligible(title, Merits(subject="TN-P-00009", register_since=reach), used)
            found = eligible(title, merits, used).findings
            assert found == eligible(title, merits, _asked(expected)).findings, case["case"]


def _judged(title: str, merits: Merits) -> Judgement:
    return eligible(TITLES[title], merits, asked(SETTINGS, 2025, date(2026, 2, 1)))


_YEARS = st.sets(st.integers(2018, 2025))
_FIGHTER = "grassroots-fighter"
_ANSWERS = {("provincial-fighter", "initiative"): {2025: True}}


@given(_YEARS, st.integers(2018, 2025), st.randoms(use_true_random=False))
def test_one_more_year_held_never_makes_anybody_less_eligible(years: set[int], more: int, random: Any) -> None:
    def merits(held: set[int]) -> Merits:
        awards = [_award({"prize": _FIGHTER, "year": year}, year) for year in held]
        random.shuffle(awards)
        return Merits(subject="TN-P-00001", awards=tuple(awards), answers=_ANSWERS)

    before, after = (_judged("provincial-fighter", merits(held)) for held in (years, years | {more}))
    assert _SOME[before.verdict] <= _SOME[after.verdict]
    assert (before.verdict is Verdict.MET) is ({2023, 2024, 2025} <= years)


@given(_YEARS, st.sets(st.integers(2018, 2025)))
def test_a_revoked_title_never_counts(years: set[int], revoked: set[int]) -> None:
    held = [_award({"prize": _FIGHTER, "year": year}, year) for year in years - revoked]
    taken = [_award({"prize": _FIGHTER, "year": year, "revoked": date(2026, 1, 1)}, year) for year in years & revoked]
    found = [
        _judged("provincial-fighter", Merits(subject="x", awards=tuple(standing(awards)), answers=_ANSWERS))
        for awards in (held, [*taken, *held])
    ]
    assert found[0] == found[1]


@given(st.dictionaries(st.integers(2018, 2025), st.sampled_from(["completed", "good", "excellent"])))
def test_five_years_are_met_exactly_when_each_is_excellent(years: dict[int, Any]) -> None:
    classes = {year: YearClass(each, "") for year, each in years.items()}
    member = PartyPapers(official=PartialDate(2010))
    merits = Merits(subject="TN-P-00001", ratings={"party": classes}, party=member)
    verdict = _judged("party-merit-five-years", merits).verdict
    wanted = [years.get(year) for year in range(2021, 2026)]
    if any(each in ("completed", "good") for each in wanted):
        assert verdict is Verdict.NOT_MET
    elif None in wanted:
        assert verdict is Verdict.UNKNOWN
    else:
        assert verdict is Verdict.MET


def test_the_outlook_supposes_the_same_class_and_what_is_met_now() -> None:
    held = tuple(_award({"prize": _FIGHTER, "year": year}, year) for year in (2024, 2025))
    answers = {("provincial-fighter", "initiative"): {2026: True}}
    merits = Merits(subject="TN-P-00001", awards=held, answers=answers)
    title, day = TITLES["provincial-fighter"], date(2026, 2, 1)
    assert outlook(title, merits, asked(SETTINGS, 2025, day), ()).verdict is Verdict.NOT_MET
    later = Merits(
        subject="TN-P-00001", awards=held, answers=answers, ratings={"worker": {2025: YearClass("good", "")}}
    )
    supposed = outlook(title, later, asked(SETTINGS, 2025, date(2024, 2, 29)), (_FIGHTER,))
    assert supposed.verdict is Verdict.MET
    three = (*held, _award({"prize": _FIGHTER, "year": 2026}, 2026))
    three_held = Merits(subject="x", awards=three, answers=answers)
    assert eligible(title, three_held, asked(SETTINGS, 2026, day)).verdict is Verdict.MET
