"""Carrying a reorganisation out: everybody finds exactly one place, as one change that one undo takes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.appointments import Appointment
from records.domain.people.person import Person
from records.domain.units import Stay, Unit
from records.services.office import Office
from records.services.units.plans import Move, Plan, survey
from records.store.contract import UnitOfWork

NOWHERE = "-"
"""A decision: to no unit from then on; only where a unit is dissolved."""
Decisions = Mapping[tuple[str, str], str]
"""(ending unit, person or unit below) -> id of the heir, or `NOWHERE`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a reorganisation did.

    Attributes:
        people: ids of those who moved.
        units: ids of the units below that moved.
        made: ids of the units made.
        left: moves still to be decided; they stay in the ending unit, and the plan can be carried out again.
    """

    people: tuple[str, ...]
    units: tuple[str, ...]
    made: tuple[str, ...]
    left: tuple[Move, ...]


def decided(office: Office, plan: Plan, decisions: Decisions) -> tuple[list[tuple[Move, str]], list[Move]]:
    """The moves with their places, and those nobody decided.

    Raises:
        InputError: for a decision about somebody whom the plan does not concern, or for a place that is no heir.
        RefusedError: when the plan does not fit the units of its day.
    """
    moves = survey(office, plan)
    known = {move.key for move in moves}
    for unit, subject in decisions:
        if (unit, subject) not in known:
            raise InputError(
                t("{subject} is not in {unit}, or need not move", subject=subject, unit=unit),
                do=t("decide only for those whom the plan lists"),
            )
    placed, left = [], []
    for move in moves:
        to = decisions.get(move.key) or move.to
        if not to:
            left.append(move)
            continue
        _judge_place(office, plan, move, to)
        placed.append((move, to))
    return placed, left


def _judge_place(office: Office, plan: Plan, move: Move, to: str) -> None:
    heirs = plan.heirs[move.unit]
    if heirs:
        fits = to in heirs
    else:
        unit = office.book.table(Unit).get(to)
        fits = to == NOWHERE or (unit is not None and to != move.unit and unit.exists_on(plan.day))
    if not fits:
        raise InputError(
            t("{name} cannot go to {to}", name=move.title, to=to),
            do=t("use one of: {known}", known=", ".join(heirs) or t("a unit that exists on that day")),
        )


def carry_out(office: Office, plan: Plan, decisions: Decisions | None = None, *, partial: bool = False) -> Outcome:
    """Carry a plan out as one change.

    Args:
        office: the open office.
        plan: what ends and who takes over.
        decisions: places of those whom the plan does not place by itself.
        partial: leave the undecided where they are, to be decided later; else they are a reason to refuse.

    Raises:
        InputError: for a decision that does not fit.
        RefusedError: when somebody is undecided though not `partial`, or there is nothing to do.
    """
    placed, left = decided(office, plan, decisions or {})
    if left and not partial:
        raise RefusedError(
            t("{n} are not decided yet, such as {name}", n=len(left), name=left[0].title),
            do=t("decide for each of them where they go, or leave them for later"),
        )
    units = office.book.table(Unit)
    ending = [units[each] for each in plan.heirs]
    closed = all(each.until is not None or each.id in plan.heirs[each.id] for each in ending)
    if not placed and not plan.made and closed:
        raise RefusedError(t("There is nothing left to move"), do=t("the reorganisation is carried out already"))
    action = f"unit.{plan.key}" if plan.key in _ACTIONS else "unit.reorganise"
    with office.book.change(action, about=_about(plan, ending)) as change:
        ids = {each.id: change.new_id(Unit) for each in plan.made}
        for new in plan.made:
            change.put(msgspec.structs.replace(new, id=ids[new.id]))
        for unit in ending:
            _end(change, plan, unit, ids)
        for move, to in placed:
            _place(office, change, plan.day, move, "" if to == NOWHERE else ids.get(to, to))
    people = {move.subject for move, _ in placed if units.get(move.subject) is None}
    return Outcome(
        people=tuple(sorted(people)),
        units=tuple(move.subject for move, _ in placed if units.get(move.subject) is not None),
        made=tuple(ids.values()),
        left=tuple(left),
    )


_ACTIONS = frozenset({"merge", "split", "dissolve"})


def _about(plan: Plan, ending: list[Unit]) -> str:
    names = [each.name for each in ending]
    return f"{plan.day:%d/%m/%Y}: " + ", ".join(names[:3]) + (f" (+{len(names) - 3})" if len(names) > 3 else "")


def _end(change: UnitOfWork, plan: Plan, unit: Unit, ids: Mapping[str, str]) -> None:
    heirs = tuple(ids.get(each, each) for each in plan.heirs[unit.id])
    if unit.id in heirs or (unit.until is not None and unit.into == heirs):
        return
    until = unit.until or plan.day - timedelta(days=1)
    change.put(msgspec.structs.replace(unit, until=until, into=heirs), was=unit)


def _place(office: Office, change: UnitOfWork, day: date, move: Move, to: str) -> None:
    if to == move.unit:
        return
    stay = Stay(unit=move.unit, until=day - timedelta(days=1))
    below = change.held(Unit, move.subject) if office.book.table(Unit).get(move.subject) else None
    if below is not None:
        before = (*below.parents_before, stay)
        change.put(msgspec.structs.replace(below, parent=to, parents_before=before), was=below)
        return
    if move.belongs:
        person = change.held(Person, move.subject) or office.person(move.subject)
        change.put(msgspec.structs.replace(person, unit=to, before=(*person.before, stay)), was=person)
    for each in move.appointments:
        held = change.held(Appointment, each) or office.book.table(Appointment)[each]
        change.put(msgspec.structs.replace(held, unit=to, before=(*held.before, stay)), was=held)
