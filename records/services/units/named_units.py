"""The units that rows of lists name: known, new, of a name that several bore, or ended and taken over by others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from config.text import Text, t
from records.domain.people.names import matching_key
from records.domain.unit_names import unit_key
from records.domain.units import Unit
from records.intake.drafts import DraftPerson, Remark
from records.intake.layout.columns import Layout
from records.services.office import Office


@dataclass(frozen=True, slots=True)
class EndedUnit:
    """A unit that rows name and that no longer exists.

    Attributes:
        unit: its id; `until` its last day.
        heirs: ids of the units in being that took it over; several where it was split, none where nobody did.
        rows: the rows that name it.
    """

    unit: str
    name: str
    until: date
    heirs: tuple[str, ...]
    rows: tuple[int, ...]


def unit_index(office: Office, on: date) -> dict[str, str]:
    """Unit name with accents -> id; the unit of `on` wins over others of the same name, then the younger one."""
    units = sorted(office.book.table(Unit), key=lambda unit: (unit.exists_on(on), unit.until or date.max))
    return {unit_key(name.name): unit.id for unit in units for name in unit.names}


def new_units(office: Office, drafts: tuple[DraftPerson, ...], on: date) -> tuple[str, ...]:
    """Names of units in `drafts` that the book does not know, each once and written out where a row writes it out."""
    index = unit_index(office, on)
    found: dict[str, str] = {}
    for each in drafts:
        key = unit_key(each.unit)
        if each.unit and key not in index and (key not in found or written_out(each.unit) > written_out(found[key])):
            found[key] = each.unit
    return tuple(found.values())


def written_out(unit: str) -> bool:
    """Whether a unit's name is written without short forms, points or notes."""
    return unit_key(unit) == matching_key(unit)


def namesakes(office: Office, drafts: tuple[DraftPerson, ...], on: date) -> tuple[Text, ...]:
    """A word about every unit in `drafts` whose name two units bear, at different times."""
    wanted = {unit_key(each.unit): each.unit for each in drafts if each.unit}
    bearers: dict[str, set[str]] = {}
    for unit in office.book.table(Unit):
        for name in unit.names:
            bearers.setdefault(unit_key(name.name), set()).add(unit.id)
    return tuple(
        t("“{name}” is the name of several units at different times; the one of {day} is meant", name=name, day=on)
        for key, name in wanted.items()
        if len(bearers.get(key, ())) > 1
    )


def ended_units(office: Office, drafts: Iterable[DraftPerson], on: date) -> tuple[EndedUnit, ...]:
    """The units that `drafts` name and that no longer exist on `on`."""
    index, units = unit_index(office, on), {each.id: each for each in office.book.table(Unit)}
    rows: dict[str, list[int]] = {}
    for each in drafts:
        unit = units.get(index.get(unit_key(each.unit), "")) if each.unit else None
        if unit is not None and unit.until is not None and unit.until < on:
            rows.setdefault(unit.id, []).append(each.row)
    return tuple(
        EndedUnit(key, units[key].name, units[key].until or on, heirs_of(units, key, on), tuple(found))
        for key, found in rows.items()
    )


def heirs_of(units: Mapping[str, Unit], ended: str, on: date) -> tuple[str, ...]:
    """The units in being on `on` that took over one that ended, through all that came between."""
    found: dict[str, None] = {}
    seen, waiting = {ended}, list(units[ended].into)
    while waiting:
        key = waiting.pop(0)
        if key in seen or key not in units:
            continue
        seen.add(key)
        if units[key].exists_on(on):
            found[key] = None
        else:
            waiting += units[key].into
    return tuple(found)


def _ended_words(office: Office, each: EndedUnit, on: date) -> Text:
    names = office.unit_names(on)
    if not each.heirs:
        return t("{unit} ended on {day}, and no unit that took it over is known", unit=each.name, day=each.until)
    heirs = ", ".join(names.get(heir, heir) for heir in each.heirs)
    return t("{unit} ended on {day}; taken over by: {heirs}", unit=each.name, day=each.until, heirs=heirs)


def ended_notice(office: Office, each: EndedUnit, on: date) -> Text:
    """A word about a unit that ended, for the whole list."""
    return t(
        "{n} rows name a unit that no longer exists: {words}", n=len(each.rows), words=_ended_words(office, each, on)
    )


def ended_remarks(office: Office, each: EndedUnit, layout: Layout, on: date, column: str = "unit") -> list[Remark]:
    """A word about a unit that ended, for each row that names it; `column` is the key of where they do."""
    words = _ended_words(office, each, on)
    return [Remark(row, layout.label(column), words) for row in each.rows]
