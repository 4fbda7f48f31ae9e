"""What if: dossiers and standards as they would be. Pure; nothing supposed is ever written."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import msgspec
from msgspec.structs import replace

from config.errors import InputError
from config.settings.criteria import AllOf, AnyCriterion, AnyOf, Not, Standard, TrainingKind
from config.settings.dated import Dated, DatedValue
from config.text import t
from records.domain.appointments import Appointment, RoleKey
from records.domain.people.dossier import Dossier, as_of
from records.domain.training import Attendance
from records.rules.criteria.register import asked

SUPPOSED = "…"
"""Id and number of what is only supposed."""


def suppose_role(dossier: Dossier, role: str, level: str) -> Dossier:
    """The dossier with an appointment to a role and level from its day, in place of those to that role."""
    unit = dossier.person.unit
    new = Appointment(
        id=SUPPOSED,
        person=dossier.person.id,
        role=cast("RoleKey", role),
        level=level,
        unit=unit,
        number=SUPPOSED,
        since=dossier.on,
    )
    others = tuple(each for each in dossier.appointments if each.role != role or not each.held_on(dossier.on))
    return replace(dossier, appointments=(*others, new))


def suppose_training(dossier: Dossier, kind: str, day: date) -> Dossier:
    """The dossier with one more completed training."""
    new = Attendance(
        id=SUPPOSED,
        person=dossier.person.id,
        event=SUPPOSED,
        kind=cast("TrainingKind", kind),
        day=day,
        result="completed",
    )
    return as_of(replace(dossier, trainings=(*dossier.trainings, new)), dossier.on)


def values_of(criterion: AnyCriterion) -> dict[str, Dated[Any]]:
    """The dated values of a criterion, by name."""
    found = {name: getattr(criterion, name) for name in criterion.__struct_fields__}
    return {name: value for name, value in found.items() if isinstance(value, Dated)}


def criteria_of(standard: Standard) -> dict[str, AnyCriterion]:
    """Every criterion of a standard by its id, parts of compound ones included."""
    found: dict[str, AnyCriterion] = {}
    waiting = list(standard.criteria)
    while waiting:
        each = waiting.pop(0)
        found.setdefault(each.id, each)
        waiting = [*asked(each).parts, *waiting]
    return found


def with_value(standard: Standard, criterion: str, name: str, since: date, value: DatedValue[Any]) -> Standard:
    """The standard with a value of a criterion from a day on; values of later days stay.

    Raises:
        InputError: when there is no such criterion or value, or the value is of another kind.
    """
    known = criteria_of(standard)
    if criterion not in known:
        raise InputError(
            t("There is no criterion “{given}”", given=criterion), do=t("use one of: {known}", known=", ".join(known))
        )
    named = values_of(known[criterion])
    if name not in named:
        do = t("use one of: {known}", known=", ".join(named)) if named else t("this criterion has no value to change")
        raise InputError(t("There is no value “{given}”", given=name), do=do)
    kinds = {type(each.value) for each in named[name].values.values() if each.value is not None}
    if value.value is not None and kinds and type(value.value) not in kinds:
        raise InputError(t("“{given}” is of another kind than the value", given=value.value), do=t("enter one like it"))
    changed = msgspec.structs.replace(named[name], values={**named[name].values, since: value})
    return _exchanged(standard, criterion, msgspec.structs.replace(known[criterion], **{name: changed}))


def _exchanged(standard: Standard, criterion: str, new: AnyCriterion) -> Standard:
    def walk(each: AnyCriterion) -> AnyCriterion:
        if each.id == criterion:
            return new
        if isinstance(each, AllOf | AnyOf):
            return msgspec.structs.replace(each, criteria=tuple(walk(part) for part in each.criteria))
        if isinstance(each, Not):
            return msgspec.structs.replace(each, criterion=walk(each.criterion))
        return each

    return msgspec.structs.replace(standard, criteria=tuple(walk(each) for each in standard.criteria))
