"""Units by date: wards, communes and Party organisations begin, change their names, merge, split and end.

A unit is known by its id, never by its name or its code: both were given anew in 2025.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

UnitKind = Literal["province", "city", "ward", "commune", "party_organisation", "office"]


class UnitName(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A name with its first day of force (None: from the beginning)."""

    name: str
    since: date | None = None


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier place of a person, an appointment or a unit: the unit, and the last day there."""

    unit: str
    until: date


def place_on(now: str, before: Iterable[Stay], day: date) -> str:
    """Id of the unit that held something on `day`; `before` is in order of days, oldest first."""
    return next((each.unit for each in before if day <= each.until), now)


class Unit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One unit through its whole life.

    Attributes:
        names: oldest first; at least one.
        code: of the statistics office; an attribute only, for codes were reused in 2025.
        parent: id of the unit above, or empty; `parents_before` are those that held earlier.
        cluster, bloc: emulation cluster (cụm) and bloc (khối), by name.
        level: key of a level of the settings, or empty.
        until: last day of existence, or None.
        into: ids of the units that took it over; several mean a split, decided person by person.
        seed: key in the configuration it was made from, or empty.
    """

    id: str
    names: tuple[UnitName, ...]
    kind: UnitKind
    code: str = ""
    parent: str = ""
    parents_before: tuple[Stay, ...] = ()
    cluster: str = ""
    bloc: str = ""
    level: str = ""
    since: date | None = None
    until: date | None = None
    into: tuple[str, ...] = ()
    seed: str = ""

    def name_on(self, day: date) -> str:
        """The name that held on `day`; the first one before any change."""
        begun = [each for each in self.names if each.since is None or each.since <= day]
        return (begun[-1] if begun else self.names[0]).name

    def parent_on(self, day: date) -> str:
        """Id of the unit above on `day`, or empty."""
        return place_on(self.parent, self.parents_before, day)

    @property
    def name(self) -> str:
        """The latest name."""
        return self.names[-1].name

    @property
    def split(self) -> bool:
        """Whether several units took it over, so that people are decided one by one."""
        return len(self.into) > 1

    def exists_on(self, day: date) -> bool:
        """Whether the unit is in being on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def names_by_id(units: Iterable[Unit], day: date) -> dict[str, str]:
    """Unit id -> the name that held on `day`."""
    return {unit.id: unit.name_on(day) for unit in units}
