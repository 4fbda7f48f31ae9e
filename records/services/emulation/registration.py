"""Emulation: opening cycles, registering, and entering points. Each act is one change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from config.errors import InputError, RefusedError
from config.settings.scoring import ScoreTable
from config.text import t
from records.domain.emulation import Cycle, Entrant, Movement, period_of
from records.domain.people.names import clean, sort_key
from records.domain.people.person import Person
from records.domain.units import Unit
from records.rules.emulation.words import key_words
from records.services.emulation.cycles import entrants_of, judge_open, judge_reason
from records.services.office import Office
from records.services.people.roster import Scope, roster
from records.services.privacy.restricting import judge_usable
from records.store.contract import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a new cycle is to be.

    Attributes:
        key: `2025`, `2025-H1`, `2025-03`; any other word is a theme, which needs both days.
        role: of the people scored; empty for units.
        movement: name of the movement it belongs to; entered if it is new.
        enter_all: register everybody in the role (or every unit with people) at once.
    """

    key: str
    role: str = ""
    title: str = ""
    movement: str = ""
    first_day: date | None = None
    last_day: date | None = None
    enter_all: bool = True

    @property
    def subject(self) -> str:
        """Whether people or units are scored."""
        return "person" if self.role else "unit"


def open_cycle(office: Office, opening: Opening) -> Cycle:
    """Open a cycle and register whom it concerns, as one change.

    Raises:
        InputError: for a key, role or days that cannot be, or when no score table holds.
        RefusedError: when there is such a cycle already.
    """
    kind, first, last = period_of(opening.key, opening.first_day, opening.last_day)
    table = _table(office, opening, last)
    for cycle in office.book.table(Cycle).where(key=opening.key):
        if cycle.role == opening.role:
            raise RefusedError(
                t("There is a cycle {key} for them already", key=key_words(opening.key)),
                do=t("open it, or choose another name"),
            )
    with office.book.change("emulation.open", about=opening.key) as change:
        made = change.put(
            Cycle(
                id=change.new_id(Cycle),
                key=opening.key,
                title=clean(opening.title) or table.title.vi,
                kind=kind,
                subject=table.subject,
                table=table.id,
                first_day=first,
                last_day=last,
                role=opening.role,
                movement=_movement(office, change, opening.movement, first),
            )
        )
        if opening.enter_all:
            _enter(change, made, _everybody(office, made))
    return made


def _table(office: Office, opening: Opening, last: date) -> ScoreTable:
    known = office.settings.roles.roles
    if opening.role and opening.role not in known:
        raise InputError(
            t("There is no role “{role}”", role=opening.role), do=t("use one of: {known}", known=", ".join(known))
        )
    table = office.settings.table_for(opening.subject, opening.role, last)
    if table is None:
        raise InputError(
            t("No score table of the settings holds for them on {day}", day=last),
            do=t("add one to the folder “scoring” of the book's settings"),
        )
    return table


def _movement(office: Office, change: UnitOfWork, title: str, first: date) -> str:
    wanted = clean(title)
    if not wanted:
        return ""
    for known in office.book.table(Movement):
        if known.title == wanted:
            return known.id
    return change.put(Movement(id=change.new_id(Movement), title=wanted, launched=first)).id


def _everybody(office: Office, cycle: Cycle) -> list[Entrant]:
    """Whom the cycle concerns, without ids yet, in the order of lists."""
    units = {unit.id: unit for unit in office.book.table(Unit)}
    if cycle.subject == "unit":
        peopled = {person.unit_on(cycle.last_day) for person in office.book.table(Person)}
        found = [unit for unit in units.values() if unit.id in peopled and unit.exists_on(cycle.last_day)]
        found.sort(key=lambda unit: (sort_key(unit.name_on(cycle.last_day)), unit.id))
        return [Entrant(id="", cycle=cycle.id, subject=each.id, cluster=each.cluster) for each in found]
    made = []
    for line in roster(office, cycle.last_day, Scope(role=cycle.role)):
        held = line.appointments[-1]
        unit = units.get(held.unit_on(cycle.last_day) or line.person.unit_on(cycle.last_day))
        made.append(
            Entrant(
                id="",
                cycle=cycle.id,
                subject=line.person.id,
                organisation=unit.id if unit else "",
                cluster=unit.cluster if unit else "",
                level=held.level,
            )
        )
    return made


def _enter(change: UnitOfWork, cycle: Cycle, entrants: Iterable[Entrant]) -> list[Entrant]:
    return [change.put(msgspec.structs.replace(each, id=change.new_id(Entrant), cycle=cycle.id)) for each in entrants]


def register(office: Office, cycle: Cycle, subjects: Sequence[str], *, day: date, pledge: str = "") -> list[Entrant]:
    """Enter the registration of people or units by their ids, as one change; those registered keep their points.

    Raises:
        InputError: for somebody whom the cycle does not concern.
        RefusedError: when the cycle is signed, or the data of somebody is restricted.
    """
    judge_open(office.book.table(Cycle)[cycle.id])
    judge_usable(office, subjects)
    known = {each.subject: each for each in entrants_of(office, cycle)}
    concerned = {each.subject: each for each in _everybody(office, cycle)}
    for subject in subjects:
        if subject not in known and subject not in concerned:
            raise InputError(
                t("{id} is not among those whom this cycle concerns", id=subject),
                do=t("check the code, and that the role is held on {day}", day=cycle.last_day),
            )
    with office.book.change("emulation.register", about=cycle.key) as change:
        return [
            change.put(
                msgspec.structs.replace(
                    each, id=each.id or change.new_id(Entrant), registered=day, pledge=clean(pledge) or each.pledge
                ),
                was=known.get(each.subject),
            )
            for each in (known.get(subject) or concerned[subject] for subject in subjects)
        ]


def unregistered(office: Office, cycle: Cycle) -> list[Entrant]:
    """Those whom the cycle concerns and who are not in it, as rows without ids, in the order of lists."""
    known = {each.subject for each in entrants_of(office, cycle)}
    return [each for each in _everybody(office, cycle) if each.subject not in known]


def withdraw(office: Office, cycle: Cycle, entrants: Sequence[str], *, reason: str) -> None:
    """Take rows out of a cycle, as one change; the history keeps them. Raises InputError, RefusedError."""
    judge_open(office.book.table(Cycle)[cycle.id])
    judge_reason(reason)
    with office.book.change("emulation.withdraw", about=f"{cycle.key}: {clean(reason)}") as change:
        for each in entrants:
            change.remove(office.book.table(Entrant)[each])
