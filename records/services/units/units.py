"""Units: the tree of a day with its people, new units, corrections and new names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.appointments import Appointment
from records.domain.people.names import clean, fold, matching_key, sort_key
from records.domain.people.person import Person
from records.domain.unit_names import unit_key
from records.domain.units import Stay, Unit, UnitName, place_on
from records.services.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One unit in the tree of a day.

    Attributes:
        name: the one that held on the day.
        depth: 0 at the top.
        people: ids of those who belong to it or hold an appointment in it, those of units below it not counted.
        below: ids of the people of the unit and of all units below it, each once.
        ended: whether it no longer exists on the day.
    """

    unit: Unit
    name: str
    depth: int
    people: frozenset[str]
    below: frozenset[str]
    ended: bool


def people_of_units(office: Office, on: date) -> dict[str, set[str]]:
    """Unit id -> ids of the people who belong to it or hold an appointment in it on `on`."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    here = set()
    for person, unit, before, left in office.book.table(Person).columns("id", "unit", "before", "left"):
        if left is None or left >= on:
            here.add(person)
            found[place_on(unit, before, on) if before else unit].add(person)
    columns = office.book.table(Appointment).columns("person", "unit", "before", "since", "ended")
    for person, unit, before, since, ended in columns:
        if person in here and (since is None or since <= on) and (ended is None or on <= ended):
            found[place_on(unit, before, on) if before else unit].add(person)
    found.pop("", None)
    return found


def tree(
    office: Office, on: date, *, ended: bool = False, people: Mapping[str, set[str]] | None = None
) -> list[UnitLine]:
    """The units of a day, each below the one above it, in Vietnamese order of names.

    Args:
        office: the open office.
        on: the day asked about.
        ended: show every unit that ever was; else those that exist, and ended ones in which people are still entered.
        people: unit id -> ids of its people, where that was counted already.
    """
    people = people_of_units(office, on) if people is None else people
    units = {each.id: each for each in office.book.table(Unit)}
    children: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units.values():
        above = unit.parent_on(on)
        children[above if above in units else ""].append(unit)
    lines: list[UnitLine] = []

    def walk(parent: str, depth: int) -> frozenset[str]:
        everybody: frozenset[str] = frozenset()
        for unit in sorted(children[parent], key=lambda each: (sort_key(each.name_on(on)), each.id)):
            place, own = len(lines), frozenset(people.get(unit.id, ()))
            below = own | walk(unit.id, depth + 1)
            gone = not unit.exists_on(on)
            if ended or not gone or below:
                name = unit.name_on(on)
                line = UnitLine(unit=unit, name=name, depth=depth, people=own, below=below, ended=gone)
                lines.insert(place, line)
            everybody |= below
        return everybody

    walk("", 0)
    return lines


def find_unit(office: Office, given: str, on: date | None = None) -> Unit:
    """The unit with this id or name; a unit that exists on `on` goes before others of the same name.

    Accents count, unless only one name is meant without them.

    Raises:
        InputError: when there is none, or several are meant.
    """
    units = office.book.table(Unit).all()
    wanted = clean(given)
    for key in (matching_key, unit_key, fold):
        found = [u for u in units if u.id == wanted or any(key(n.name) == key(wanted) for n in u.names)]
        living = [unit for unit in found if on is not None and unit.exists_on(on)]
        found = living or found
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"{each.id} {each.name}" for each in found)
            raise InputError(
                t("“{given}” may be any of: {listed}", given=given, listed=listed), do=t("name the unit by its code")
            )
    raise InputError(
        t("There is no unit “{given}”", given=given),
        do=t("write the name as it stands in the book, with its type, such as “Phường Túc Duyên”"),
    )


def judge_unit(office: Office, unit: Unit, on: date) -> None:
    """Refuse what a unit cannot be. Raises InputError, or RefusedError where another unit stands against it."""
    if not unit.name.strip():
        raise InputError(t("The unit has no name"), do=t("enter it with its type, such as “Phường Túc Duyên”"))
    if unit.since and unit.until and unit.until < unit.since:
        raise InputError(t("The unit ends before it begins"), do=t("correct one of the two days"))
    for other in office.book.table(Unit):
        same = (
            other.id != unit.id and other.exists_on(on) and matching_key(other.name_on(on)) == matching_key(unit.name)
        )
        if same and other.parent_on(on) == unit.parent:
            raise RefusedError(
                t("There is already a unit {name} on {day}", name=other.name_on(on), day=on),
                do=t("use that one, or give the new one a name that tells them apart"),
            )
    above, seen = unit.parent, {unit.id}
    while above:
        if above in seen and unit.id:
            raise InputError(t("The unit would lie below itself"), do=t("choose another unit above it"))
        seen.add(above)
        upper = office.book.table(Unit)[above]
        above = upper.parent


def save_unit(office: Office, unit: Unit, *, on: date, was: Unit | None = None) -> Unit:
    """Enter a new unit (`id` empty) or correct one; a new unit above it holds from `on`. One change.

    `was` is the unit as it was opened for correcting: a correction that does not say it is refused.

    Raises:
        InputError: when a value cannot be right.
        RefusedError: when another unit of the same name exists there.
        ConflictError: when the unit was changed since `was`.
    """
    judge_unit(office, unit, on)
    if was is not None and was.parent != unit.parent and was.parent:
        stay = Stay(unit=was.parent, until=on - timedelta(days=1))
        unit = msgspec.structs.replace(unit, parents_before=(*was.parents_before, stay))
    with office.book.change("unit.correct" if unit.id else "unit.add", about=unit.name) as change:
        entered = unit if unit.id else msgspec.structs.replace(unit, id=change.new_id(Unit))
        change.put(entered, was=was)
    return entered


def rename(office: Office, unit_id: str, name: str, *, since: date) -> Unit:
    """Give a unit a new name from a day on; lists of earlier days keep the old one. One change.

    Raises:
        InputError: when the name is empty or the same, or a later name is already entered.
        RefusedError: when the unit does not exist on that day, or another bears the name.
    """
    unit = office.book.table(Unit)[unit_id]
    new = clean(name)
    last = unit.names[-1].since
    if new == unit.name:
        raise InputError(t("{name} bears this name already", name=unit.name), do=t("enter another name"))
    if last is not None and since <= last:
        raise InputError(
            t("{name} bears its name only since {day}", name=unit.name, day=last), do=t("give a later first day")
        )
    if not unit.exists_on(since):
        raise RefusedError(
            t("{name} does not exist on {day}", name=unit.name, day=since),
            do=t("rename a unit that exists on that day"),
        )
    renamed = msgspec.structs.replace(unit, names=(*unit.names, UnitName(name=new, since=since)))
    judge_unit(office, renamed, since)
    with office.book.change("unit.rename", about=f"{unit.name} → {new}") as change:
        change.put(renamed, was=unit)
    return renamed
