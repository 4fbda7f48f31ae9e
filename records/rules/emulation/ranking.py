"""Ranks: equal totals have equal ranks until the council puts them in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from records.domain.awards.awards import Rating

Scope = Literal["cycle", "cluster", "level", "organisation"]
SCOPES: tuple[Scope, ...] = ("cycle", "cluster", "level", "organisation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Somebody with a total, as ranks and quotas see them.

    Attributes:
        entrant: id of the row.
        total: None while something is missing; such rows have no rank.
        rating: the class before any quota; empty while it is open.
        ruling: place among its equals by the council's ruling, from 1; 0 without one.
    """

    entrant: str
    total: Decimal | None
    rating: Rating
    organisation: str = ""
    cluster: str = ""
    level: str = ""
    ruling: int = 0

    def group(self, scope: Scope) -> str:
        """The group of this row in a scope; one group for the whole cycle."""
        return {
            "cycle": "",
            "cluster": self.cluster,
            "level": self.level,
            "organisation": self.organisation,
        }[scope]


@dataclass(frozen=True, slots=True)
class Place:
    """A rank, from 1; `tied` with others of the same total whom no ruling parts."""

    rank: int
    tied: bool


def ordered(standings: Iterable[Standing]) -> list[Standing]:
    """Those with a total, highest first, equals by the ruling; rows without a total are left out."""
    ranked = [(each.total, each) for each in standings if each.total is not None]
    return [each for _, each in sorted(ranked, key=lambda pair: (-pair[0], pair[1].ruling or 1, pair[1].entrant))]


def ranks(standings: Iterable[Standing], scope: Scope = "cycle") -> dict[str, Place]:
    """Entrant -> rank within its group: 1, 2, 2, 4. Rows without a total have none."""
    groups: dict[str, list[Standing]] = {}
    for each in standings:
        groups.setdefault(each.group(scope), []).append(each)
    found: dict[str, Place] = {}
    for group in groups.values():
        place = 1
        for equals in equals_of(ordered(group)):
            for each in equals:
                found[each.entrant] = Place(place, tied=len(equals) > 1)
            place += len(equals)
    return found


def equals_of(standings: Sequence[Standing]) -> list[list[Standing]]:
    """Neighbours with the same total together, in the order they stand; alone where one ruling parts them all.

    A ruling made within a cluster says nothing about equals of another: both have a first place, so they stay equal.
    """
    runs: list[list[Standing]] = []
    for each in standings:
        if runs and runs[-1][0].total == each.total:
            runs[-1].append(each)
        else:
            runs.append([each])
    found: list[list[Standing]] = []
    for run in runs:
        places = {each.ruling for each in run}
        parted = 0 not in places and len(places) == len(run)
        found += [[each] for each in run] if parted else [run]
    return found


def ties(standings: Iterable[Standing], scope: Scope = "cycle") -> list[list[Standing]]:
    """Every set of equals of one group that no ruling parts, the highest first."""
    groups: dict[str, list[Standing]] = {}
    for each in ordered(standings):
        groups.setdefault(each.group(scope), []).append(each)
    found = [equals for group in groups.values() for equals in equals_of(group) if len(equals) > 1]
    return sorted(found, key=lambda equals: -(equals[0].total or Decimal(0)))


def with_rulings(standings: Sequence[Standing], orders: Iterable[Sequence[str]]) -> list[Standing]:
    """`standings` with the places that the council's orders give, the latest last.

    An order holds only while exactly those it names are equal, in the whole cycle or within one of its groups: once
    somebody joins or leaves them, it decides nothing.
    """
    places: dict[str, int] = {}
    for order in orders:
        if order_holds(standings, order):
            places.update({entrant: place for place, entrant in enumerate(order, 1)})
    return [replace(each, ruling=places.get(each.entrant, 0)) for each in standings]


def order_holds(standings: Iterable[Standing], order: Sequence[str]) -> bool:
    """Whether `order` names two or more, each once, and they are all the equals there are in some group."""
    known = {each.entrant: each for each in standings}
    first = known.get(order[0]) if order else None
    if first is None or first.total is None or len(order) < 2 or len(set(order)) != len(order):
        return False
    equals = [each for each in known.values() if each.total == first.total]
    return any(
        {each.entrant for each in equals if each.group(scope) == first.group(scope)} == set(order) for scope in SCOPES
    )
