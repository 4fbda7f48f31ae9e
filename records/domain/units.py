"""Units by date: wards, communes and Party organisations begin, change their names, merge, split and end."""

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


class Unit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One unit through its whole life.

    Attributes:
        names: oldest first; at least one.
        code: of the statistics office; an attribute only, for codes were reused in 2025.
        parent: id of the unit above, or empty.
        until: last day of existence, or None.
        into: ids of the units that took it over; several mean a split, decided person by person.
        seed: key in the configuration it was made from, or empty.
    """

    id: str
    names: tuple[UnitName, ...]
    kind: UnitKind
    code: str = ""
    parent: str = ""
    cluster: str = ""
    since: date | None = None
    until: date | None = None
    into: tuple[str, ...] = ()
    seed: str = ""

    def name_on(self, day: date) -> str:
        """The name that held on `day`; the first one before any change."""
        begun = [each for each in self.names if each.since is None or each.since <= day]
        return (begun[-1] if begun else self.names[0]).name

    @property
    def name(self) -> str:
        """The latest name."""
        return self.names[-1].name

    def exists_on(self, day: date) -> bool:
        """Whether the unit is in being on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def names_by_id(units: Iterable[Unit], day: date) -> dict[str, str]:
    """Unit id -> the name that held on `day`."""
    return {unit.id: unit.name_on(day) for unit in units}
