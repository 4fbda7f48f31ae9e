"""Who has sent for a time, and who has not: every unit that exists then, what was sent back, and other verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.text import Text, t
from records.domain.emulation import period_of
from records.domain.exchange import Neighbour, Package
from records.domain.people.names import sort_key
from records.domain.people.person import Person
from records.domain.units import Unit
from records.services.office import Office
from records.services.standards.verdicts import verdicts

State = Literal["sent", "late", "returned", "taken_over", "not_sent"]
EXPECTED: tuple[str, ...] = ("ward", "commune", "party_organisation")
"""Kinds of units that send."""
STATE_WORDS: dict[State, Text] = {
    "sent": t("sent"),
    "late": t("sent late"),
    "returned": t("sent back"),
    "taken_over": t("taken over"),
    "not_sent": t("not sent"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A unit of the time, and what came from it.

    Attributes:
        name: at the end of the time, or of the unit's life.
        package: the newest that decides the state, or None.
        heirs: units that took it over within the time and answer for it.
    """

    unit: Unit
    name: str
    state: State
    package: Package | None = None
    office: str = ""
    heirs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherVerdict:
    """A person whom the sender judges otherwise than this office, by the records of now and the day of the sender."""

    person: Person
    role: str
    day: date
    theirs: str
    ours: str
    office: str


def senders(office: Office, period: str, *, due: date | None = None, kinds: Iterable[str] = EXPECTED) -> list[Sender]:
    """Every unit that exists in the period, by name, and what it sent for it.

    Args:
        office: the open book.
        period: such as `2025`, `2025-H1`.
        due: the last day; what comes later is late.
        kinds: kinds of units that are expected to send.

    Raises:
        InputError: for no period.
    """
    first, last = period_of(period)[1:]
    asked = set(kinds)
    units = [each for each in office.book.table(Unit)
             if each.kind in asked and (each.since or first) <= last and first <= (each.until or last)]  # fmt: skip
    codes = {each.unit: each.code for each in office.book.table(Neighbour) if each.unit}
    packages = _packages(office, period, first, last)
    found = [_sender(each, packages.get(each.id, []), due, last, codes) for each in units]
    return sorted(found, key=lambda each: sort_key(each.name))


def _packages(office: Office, period: str, first: date, last: date) -> dict[str, list[Package]]:
    """Unit -> the packages it sent for a time, oldest first; one of no named time is of the time when it was made."""
    found: dict[str, list[Package]] = {}
    for each in office.book.table(Package):
        of_it = each.period == period or (not each.period and first.isoformat() <= each.made[:10] <= last.isoformat())
        if each.way != "sent" and each.unit and of_it:
            found.setdefault(each.unit, []).append(each)
    return found


def _sender(unit: Unit, sent: list[Package], due: date | None, last: date, codes: dict[str, str]) -> Sender:
    taken = [each for each in sent if each.way == "taken"]
    state: State = "not_sent"
    package = None
    if taken:
        package = min(taken, key=lambda each: each.day)
        state = "late" if due is not None and package.day > due else "sent"
    elif sent:
        package, state = sent[-1], "returned"
    elif unit.until is not None and unit.until < last and unit.into:
        state = "taken_over"
    return Sender(
        unit=unit, name=unit.name_on(min(unit.until or last, last)), state=state, package=package,
        office=codes.get(unit.id, ""), heirs=unit.into if state == "taken_over" else (),
    )  # fmt: skip


def reminders(found: Iterable[Sender]) -> list[Sender]:
    """Those who are to be reminded: nothing came, or what came was sent back."""
    return [each for each in found if each.state in ("not_sent", "returned")]


def other_verdicts(office: Office, period: str) -> list[OtherVerdict]:
    """Where senders judge otherwise than this office by its own rules, of the newest package of each for the period.

    Raises:
        InputError: for no period.
    """
    first, last = period_of(period)[1:]
    newest: dict[str, Package] = {}
    for each in office.book.table(Package):
        of_it = each.period == period or (not each.period and first.isoformat() <= each.made[:10] <= last.isoformat())
        if each.way == "taken" and each.verdicts and of_it:
            newest[each.office] = each
    return [other for each in newest.values() for other in _others(office, each)]


def _others(office: Office, package: Package) -> list[OtherVerdict]:
    day = package.verdicts_on or package.day
    people = office.book.table(Person)
    told = [(*key.split(" ", 1), theirs) for key, theirs in package.verdicts.items()]
    wanted: dict[str, list[str]] = {}
    for who, role, _ in told:
        wanted.setdefault(who, []).append(role)
    held = {each.person.id: {one.role for one in each.current()} for each in office.dossiers(day, list(wanted))}
    asked = {who: [role for role in roles if role in held.get(who, ())] for who, roles in wanted.items()}
    judged = verdicts(office, day, {who: roles for who, roles in asked.items() if roles})
    found = []
    for who, role, theirs in told:
        person = people.get(who)
        mine = judged.get(who, {}).get(role)
        ours = str(mine.verdict) if mine is not None else "not_applicable"
        if person is not None and ours != theirs:
            found.append(OtherVerdict(person, role, day, theirs, ours, package.office))
    return found
