"""Reading cycles: finding one, its table, its rows and their names; and what keeps one from being changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from config.errors import InputError, RefusedError
from config.settings.scoring import ScoreTable
from config.text import t
from records.domain.emulation import STAGES, Cycle, Entrant
from records.domain.people.names import clean, person_key, sort_key
from records.rules.emulation.words import key_words
from records.services.office import Office


def judge_open(cycle: Cycle) -> None:
    """Refuse to change a signed cycle. Raises RefusedError."""
    if cycle.signed is not None:
        raise RefusedError(
            t("Cycle {key} was signed on {day} and is locked", key=key_words(cycle.key), day=cycle.signed),
            do=t("unlock it with a reason first"),
        )


def judge_reason(reason: str) -> None:
    """Refuse an empty reason. Raises InputError."""
    if not clean(reason):
        raise InputError(t("The reason is empty"), do=t("write why, in a few words"))


def cycle_named(office: Office, name: str, role: str | None = None) -> Cycle:
    """The cycle with this id or key; `role` (empty for units) parts cycles of the same key. Raises InputError."""
    found = [
        each for each in office.book.table(Cycle) if name in (each.id, each.key) and (role is None or each.role == role)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            t("There are {n} cycles “{name}”", n=len(found), name=name),
            do=t("say for whom, or use one of the codes: {known}", known=", ".join(each.id for each in found)),
        )
    raise InputError(t("There is no cycle “{name}”", name=name), do=t("list them with “emulation list”"))


def table_of(office: Office, cycle: Cycle) -> ScoreTable:
    """The score table of a cycle. Raises InputError when the settings no longer have it."""
    for table in office.settings.tables:
        if table.id == cycle.table:
            return table
    raise InputError(
        t("The score table “{id}” is not in the settings", id=cycle.table), do=t("put it back into “scoring”")
    )


class Begun(NamedTuple):
    """How far the scoring of a cycle is: its rows, and how many of them each hand has given points."""

    rows: int = 0
    own: int = 0
    appraised: int = 0
    final: int = 0


def begun(office: Office) -> dict[str, Begun]:
    """Cycle -> how far its scoring is; cycles without a row are left out."""
    counts: dict[str, list[int]] = {}
    for cycle, *hands in office.book.table(Entrant).columns("cycle", *STAGES):
        counted = counts.setdefault(cycle, [0] * len(Begun._fields))
        counted[0] += 1
        for place, marks in enumerate(hands, 1):
            counted[place] += bool(marks.points)
    return {cycle: Begun(*counted) for cycle, counted in counts.items()}


def cycles(office: Office) -> list[Cycle]:
    """Every cycle, the latest first."""
    return sorted(office.book.table(Cycle), key=lambda each: (each.last_day, each.key, each.id), reverse=True)


def entrants_of(office: Office, cycle: Cycle) -> list[Entrant]:
    """The rows of a cycle in Vietnamese order of names."""
    names = subject_names(office, cycle)
    people = cycle.subject == "person"

    def place(each: Entrant) -> tuple[object, ...]:
        name = names.get(each.subject, "")
        return (person_key(name) if people else sort_key(name), each.subject)

    return sorted(office.book.table(Entrant).where(cycle=cycle.id), key=place)


def subject_names(office: Office, cycle: Cycle) -> Mapping[str, str]:
    """Id -> name of whom the cycle scores; units by the name of its last day."""
    if cycle.subject == "person":
        return office.names()
    return office.unit_names(cycle.last_day)
