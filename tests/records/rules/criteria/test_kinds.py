"""Every kind of criterion has its judge and its sentence; one that nobody registered is never taken for another."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from config.i18n import tr
from config.settings.criteria import AllOf, AnyCriterion, AnyOf, Criterion, Not
from config.settings.dated import Dated, DatedValue, Words
from records.domain.findings import Finding
from records.domain.people.dossier import Dossier, as_of
from records.domain.people.person import Person
from records.rules.criteria.register import asked
from records.rules.standards.judging import find

ON = date(2025, 6, 15)
KINDS = get_args(AnyCriterion)
TITLE = Words(vi="Mẫu", en="Made up")
COMMON: dict[str, Any] = {"id": "made-up", "title": TITLE, "source": "none", "confidence": "confirmed"}


def dated(value: Any) -> Dated[Any]:
    held = DatedValue(value=value, source="none")
    return Dated(description=TITLE, unit="level", values={date(2000, 1, 1): held}, confidence="confirmed")


OWN: dict[str, dict[str, Any]] = {
    "credential_at_least": {"credential": "education", "at_least": dated("bachelor"), "evidence": True},
    "party_member": {"months": dated(12)},
    "age_between": {"at_least": dated(18), "at_most": dated(60)},
    "service_at_least": {"months": dated(6)},
    "appointment_in_force": {},
    "training_within": {"kinds": ("course",), "times": dated(1), "months": dated(24)},
    "attendance_at_least": {"kinds": ("conference",), "percent": dated(80), "months": dated(12)},
    "no_discipline": {},
    "document_present": {"document": "resume"},
    "by_hand": {"question": TITLE},
    "all_of": {},
    "any_of": {},
    "not": {},
}


def made(kind: Any) -> Any:
    tag = kind.__struct_config__.tag
    inner = made(KINDS[0]) if kind in (AllOf, AnyOf, Not) else None
    parts: dict[str, Any] = {"criterion": inner} if kind is Not else {"criteria": (inner, inner)} if inner else {}
    return kind(**COMMON, **OWN[tag], **parts)


def somebody() -> Dossier:
    return as_of(Dossier(person=Person(id="TN-P-00001", name="Nguyễn Văn Mẫu"), on=ON), ON)


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.__struct_config__.tag)
def test_each_kind_is_judged_and_said(kind: Any) -> None:
    criterion = made(kind)
    finding = find(criterion, somebody(), "reporter")
    assert isinstance(finding, Finding)
    assert tr(finding.reason)
    assert len(finding.parts) == len(asked(criterion).parts) == {AllOf: 2, AnyOf: 2, Not: 1}.get(kind, 0)


def test_no_two_kinds_are_said_alike() -> None:
    said = {tr(asked(made(kind)).asks(ON)) for kind in KINDS}
    assert len(said) == len(KINDS)
    assert all(said)


def test_a_kind_that_is_not_registered_is_a_mistake_and_never_another_kind() -> None:
    class MadeUp(Criterion, frozen=True, tag="made_up"):
        """A kind that somebody forgot to register."""

    criterion: Any = MadeUp(**COMMON)
    with pytest.raises(AssertionError, match="MadeUp"):
        asked(criterion)
    with pytest.raises(AssertionError, match="MadeUp"):
        find(criterion, somebody(), "reporter")
