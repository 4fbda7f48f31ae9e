"""Plans of reorganisation: merge, split, dissolve, and the ready plans of the settings; and whom each concerns.

Nobody is moved by a formula where a unit was split: somebody decides for each person and each unit below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import msgspec

from config.errors import InputError, RefusedError
from config.text import Text, t
from records.domain.appointments import Appointment
from records.domain.people.names import person_key, sort_key
from records.domain.people.person import Person
from records.domain.units import Unit
from records.services.office import Office
from records.services.units.units import judge_unit

NEW = "+"
"""Opens the stand-in for the id of a unit that a plan will make (`+1`, `+2`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a reorganisation does.

    Attributes:
        day: first day of the new order.
        heirs: ending unit -> ids of those that take it over. One: everybody goes there. Several, or none: people are
            decided one by one. A unit among its own heirs goes on.
        made: units to make, with stand-ins (`+1`) for ids.
    """

    key: str
    title: Text
    day: date
    heirs: Mapping[str, tuple[str, ...]]
    made: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One person, or one unit below, that must find a place.

    Attributes:
        unit: the ending unit.
        subject: id of the person or of the unit below.
        title: the name.
        appointments: ids of the appointments that go along.
        to: the heir, or empty where somebody must decide.
    """

    unit: str
    subject: str
    title: str
    belongs: bool = True
    appointments: tuple[str, ...] = ()
    to: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Key of its decision."""
        return self.unit, self.subject


def ready_plans(office: Office) -> list[Plan]:
    """The reorganisations of the settings whose units are in the book, oldest first."""
    by_day: defaultdict[date, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for unit in office.book.table(Unit):
        if unit.seed and unit.into and unit.until is not None:
            by_day[unit.until + timedelta(days=1)][unit.id] = unit.into
    return [
        Plan(key=day.isoformat(), title=t("Reorganisation of {day}", day=day), day=day, heirs=heirs)
        for day, heirs in sorted(by_day.items())
    ]


def merging(office: Office, units: Sequence[str], into: str | Unit, day: date) -> Plan:
    """A plan that merges units from `day` on, into one that exists (its id) or into one to be made."""
    target = into if isinstance(into, str) else NEW + "1"
    made = () if isinstance(into, str) else (msgspec.structs.replace(into, id=target, since=day),)
    heirs = {each: (target,) for each in dict.fromkeys(units) if each != target}
    if not heirs:
        raise InputError(t("No unit is named to be merged"), do=t("name the units that end"))
    names = ", ".join(office.book.table(Unit)[each].name for each in heirs)
    return Plan(key="merge", title=t("Merger of {names}", names=names), day=day, heirs=heirs, made=made)


def splitting(office: Office, unit: str, heirs: Sequence[str | Unit], day: date) -> Plan:
    """A plan that splits a unit from `day` on, between units that exist (ids) and units to be made."""
    ids, made = [], []
    for number, heir in enumerate(heirs, 1):
        if isinstance(heir, str):
            ids.append(heir)
        else:
            ids.append(f"{NEW}{number}")
            made.append(msgspec.structs.replace(heir, id=ids[-1], since=day))
    if len(set(ids)) < 2:
        raise InputError(t("A split needs at least two units"), do=t("name all units that take it over"))
    name = office.book.table(Unit)[unit].name
    title = t("Division of {name}", name=name)
    return Plan(key="split", title=title, day=day, heirs={unit: tuple(dict.fromkeys(ids))}, made=tuple(made))


def dissolving(office: Office, unit: str, day: date) -> Plan:
    """A plan that dissolves a unit: each of its people goes to a unit of choice, or to none."""
    title = t("Dissolution of {name}", name=office.book.table(Unit)[unit].name)
    return Plan(key="dissolve", title=title, day=day, heirs={unit: ()})


def survey(office: Office, plan: Plan) -> list[Move]:
    """Everybody and every unit below that a plan must find a place for, by ending unit and name.

    People who left before its day, and appointments that ended before it, stay where they were.

    Raises:
        InputError: for a unit or a day that does not fit.
        RefusedError: where a unit to be made bears the name of another.
    """
    judge_plan(office, plan)
    people: defaultdict[str, dict[str, Move]] = defaultdict(dict)
    table = office.book.table(Person)
    for person in table:
        if person.unit in plan.heirs and (person.left is None or person.left >= plan.day):
            sole = _sole(plan, person.unit)
            move = Move(unit=person.unit, subject=person.id, title=person.name, to=sole)
            people[person.unit][person.id] = move
    for each in office.book.table(Appointment):
        if each.unit not in plan.heirs or (each.ended is not None and each.ended < plan.day):
            continue
        person = table[each.person]
        if person.left is not None and person.left < plan.day:
            continue
        known = people[each.unit].get(person.id) or Move(
            unit=each.unit, subject=person.id, title=person.name, belongs=False, to=_sole(plan, each.unit)
        )
        along = (*known.appointments, each.id)
        people[each.unit][person.id] = replace(known, appointments=along)
    below: defaultdict[str, list[Move]] = defaultdict(list)
    for unit in office.book.table(Unit):
        if unit.parent in plan.heirs and unit.exists_on(plan.day) and unit.id not in plan.heirs:
            move = Move(unit=unit.parent, subject=unit.id, title=unit.name, to=_sole(plan, unit.parent))
            below[unit.parent].append(move)
    names = {each: sort_key(office.book.table(Unit)[each].name) for each in plan.heirs}
    found: list[Move] = []
    for ending in sorted(plan.heirs, key=lambda each: (names[each], each)):
        found += sorted(people[ending].values(), key=lambda move: (person_key(move.title), move.subject))
        found += sorted(below[ending], key=lambda move: (sort_key(move.title), move.subject))
    return found


def _sole(plan: Plan, unit: str) -> str:
    heirs = plan.heirs[unit]
    return heirs[0] if len(heirs) == 1 else ""


def judge_plan(office: Office, plan: Plan) -> None:
    """Refuse a plan that does not fit the units of its day. Raises InputError or RefusedError."""
    units = office.book.table(Unit)
    made = {each.id for each in plan.made}
    for new in plan.made:
        judge_unit(office, msgspec.structs.replace(new, id=""), plan.day)
    for ending, heirs in plan.heirs.items():
        unit = units[ending]
        if unit.until is not None and unit.until < plan.day - timedelta(days=1):
            raise RefusedError(
                t("{name} ended on {day} already", name=unit.name, day=unit.until),
                do=t("name a unit that exists on the day before"),
            )
        if unit.since is not None and unit.since >= plan.day:
            raise RefusedError(
                t("{name} begins only on {day}", name=unit.name, day=unit.since), do=t("give a later first day")
            )
        for heir in heirs:
            if heir not in made and not units[heir].exists_on(plan.day):
                raise RefusedError(
                    t("{name} does not exist on {day}", name=units[heir].name, day=plan.day),
                    do=t("name a unit that exists on that day"),
                )
