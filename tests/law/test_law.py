"""Runs the law cases: each is a person, a rule and a day in words, and the verdict the law asks for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from config.settings.criteria import AnyCriterion
from config.settings.loading import load_settings
from records.domain.appointments import Appointment, Discipline
from records.domain.dates import PartialDate
from records.domain.findings import Finding
from records.domain.people.dossier import Dossier, as_of
from records.domain.people.person import Person
from records.domain.rule_changes import HandAnswer
from records.domain.training import Attendance
from records.rules.standards.judging import find
from tests.plain_yaml import read_yaml

PRACTICE = load_settings().practice
FOLDER = Path(__file__).parent
_KINDS: dict[str, type] = {
    "appointments": Appointment,
    "discipline": Discipline,
    "trainings": Attendance,
    "answers": HandAnswer,
}


def _partial(kind: type, value: Any) -> Any:
    if kind is PartialDate:
        return PartialDate.stored(str(value))
    raise NotImplementedError(kind.__name__)


def _made(kind: type, given: dict[str, Any], number: int) -> Any:
    common: dict[str, Any] = {"id": f"TN-X-{number:05d}", "person": "TN-P-00001"}
    more: dict[type, dict[str, str]] = {
        Appointment: {"role": "reporter", "level": "commune", "number": "1-QĐ/TU"},
        Attendance: {"event": "TN-E-00001", "kind": "course"},
        HandAnswer: {"role": "reporter", "by": "Hội nghị chi ủy"},
    }
    return msgspec.convert(common | more.get(kind, {}) | given, kind, dec_hook=_partial, strict=False)


def _rule(given: dict[str, Any]) -> AnyCriterion:
    """A criterion in short: `values: {months: {2020-01-01: 24}}` stands for the whole dated value."""
    words = {"vi": "v", "en": "e"}
    plain: dict[str, Any] = {"id": given["kind"], "title": words, "source": "s", "confidence": "confirmed"}
    plain |= {name: each for name, each in given.items() if name not in ("values", "of")}
    for name, values in given.get("values", {}).items():
        plain[name] = {
            "description": words,
            "unit": "month",
            "confidence": "confirmed",
            "values": {day: {"value": value, "source": "s"} for day, value in values.items()},
        }
    for name in ("criteria", "criterion"):
        if name in given:
            inner = given[name]
            plain[name] = [_whole(each, n) for n, each in enumerate(inner)] if name == "criteria" else _whole(inner, 0)
    if plain["kind"] == "by_hand":
        plain.setdefault("question", words)
    made: AnyCriterion = msgspec.convert(plain, AnyCriterion)
    return made


def _whole(given: dict[str, Any], number: int) -> Any:
    return msgspec.to_builtins(_rule({"id": f"part-{number}", **given}), builtin_types=(date,))


def _cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in read_yaml(path):
            for number, on in enumerate(case["expect"]):
                found.append(pytest.param(case, number, id=f"{path.stem}: {case['case']} @ {on['day']}"))
    return found


def judged(case: dict[str, Any], on: date) -> Finding:
    given = case.get("given", {})
    person = msgspec.convert(
        {"id": "TN-P-00001", "name": "Nguyễn Văn Mẫu", **given.get("person", {})},
        Person,
        dec_hook=_partial,
        strict=False,
    )
    lists = {
        name: tuple(_made(kind, each, number) for number, each in enumerate(given.get(name, []), 1))
        for name, kind in _KINDS.items()
    }
    whole = Dossier(person=person, on=on, recorded_since=given.get("recorded_since"), practice=PRACTICE, **lists)
    return find(_rule(case["rule"]), as_of(whole, on), case.get("role", "reporter"))


@pytest.mark.parametrize(("case", "number"), _cases())
def test_the_law(case: dict[str, Any], number: int) -> None:
    expected = case["expect"][number]
    found = judged(case, expected["day"])
    assert found.verdict == expected["verdict"], str(found.reason)
    if "until" in expected:
        assert found.until == expected["until"]
    if "missing" in expected:
        assert bool(found.lacking()) is expected["missing"]


def test_every_kind_of_criterion_has_a_case() -> None:
    kinds = {str(each.__struct_config__.tag) for each in AnyCriterion.__args__}
    told: set[str] = set()
    for path in FOLDER.glob("*.yaml"):
        told |= {case["rule"]["kind"] for case in read_yaml(path)}
    assert kinds <= told


def test_every_case_names_its_article() -> None:
    cases = [each for path in FOLDER.glob("*.yaml") for each in read_yaml(path)]
    assert [each["case"] for each in cases if not each.get("law")] == []


def test_every_trap_of_qualification_is_named() -> None:
    named = {trap for path in FOLDER.glob("*.yaml") for case in read_yaml(path) for trap in case.get("traps", [])}
    assert {11, 21, 24, 25, 26, 27} <= named
