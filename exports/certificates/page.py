"""What stands on one page, settled before anything is drawn: the words, their lines and their size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from config.settings.certificates import Template
from config.settings.designs.elements import Element, Flow, KeepEmptyElement, TextElement
from config.settings.designs.short_code import SUFFIX
from exports.certificates.flowing import level, settle_flow, settle_sharing
from exports.certificates.pieces import (
    Ground,
    Placed,
    Refuse,
    asked_by,
    clean_fields,
    items_of,
    moved,
    place_one,
    smaller,
    wanted_of,
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is settled at once: an element, or those of a flow.

    Attributes:
        asked: the fields on which it depends.
        above: the flow whose room it may share, and its elements.
    """

    elements: tuple[Element, ...]
    asked: tuple[str, ...]
    flow: Flow | None = None
    above: tuple[Flow, tuple[Element, ...]] | None = None


class Side:
    """One side of a design: settles it for one certificate after another.

    What an element says is kept until it has to say something else, so that only what differs from one certificate to
    the next costs time; what stays is the same object.
    """

    def __init__(self, design: Template, ground: Ground, side: int = 0) -> None:
        self._ground = ground = replace(ground, grid=design.grid)
        elements = [each for each in design.sides[side] if not isinstance(each, KeepEmptyElement)]
        self._units = _units(elements, design.flows, ground)
        self._settled: list[tuple[tuple[str, ...], list[Placed]] | None] = [None] * len(self._units)
        self._shrunk: dict[int, tuple[list[Placed], float, list[Placed]]] = {}
        self._groups = _groups(self._units)
        begins = {each.flow.id: place for place, each in enumerate(self._units) if each.flow is not None}
        self._lenders = [(place, begins[each.above[0].id]) for place, each in enumerate(self._units) if each.above]
        # On a blank each stands where it was moved to.
        found = [(begins.get(each.beside), begins.get(each.id)) for each in design.flows if ground.shifts is None]
        self._pairs = [(one, other) for one, other in found if one is not None and other is not None]
        self._level: dict[int, tuple[list[Placed], list[Placed], tuple[list[Placed], list[Placed]]]] = {}

    def settle(self, fields: Mapping[str, str], refuse: Refuse, *, tied: bool = True) -> list[Placed]:
        """Settle one certificate; `refuse` makes the error from what is wrong and what to do, naming it.

        Args:
            fields: what it says.
            refuse: makes the error from what is wrong and what to do.
            tied: whether the words of its name stay together, as those of a person do.

        Raises:
            InputError: for an empty field that is required, a letter no font draws, an image that is not there, or a
                text that does not fit.
        """
        said = clean_fields(fields, tied=tied)
        placed: list[list[Placed]] = []
        for place, unit in enumerate(self._units):
            values = tuple([said.get(key, "") for key in unit.asked])
            known = self._settled[place]
            if known is None or known[0] != values:
                known = values, _same_again([] if known is None else known[1], self._settle_one(unit, said, refuse))
                self._settled[place] = known
            placed.append(known[1])
        for place, lender in self._lenders:
            # Where the two share their room, what was settled for the one above alone is not what is printed.
            if lent := [each for each in placed[place] if each.element.flow != self._units[place].elements[0].flow]:
                placed[lender], placed[place] = lent, placed[place][len(lent) :]
        for one, other in self._pairs:
            placed[one], placed[other] = self._levelled(one, placed[one], placed[other])
        for places in self._groups:
            share = min((_share(each) for place in places for each in placed[place]), default=1.0)
            if share < 1:
                for place in places:
                    placed[place] = self._shrink(place, placed[place], share)
        return [each for unit_placed in placed for each in unit_placed]

    def _levelled(self, place: int, one: list[Placed], other: list[Placed]) -> tuple[list[Placed], list[Placed]]:
        """Two flows beside each other, row by row on the same lines."""
        known = self._level.get(place)
        if known is None or known[0] is not one or known[1] is not other:
            flow = self._units[place].flow
            known = self._level[place] = one, other, level(one, other, flow.box[1] if flow else 0.0, self._ground.grid)
        return known[2]

    def _shrink(self, place: int, settled: list[Placed], share: float) -> list[Placed]:
        """The same words at a share of the size that is written, as all of their group have it."""
        known = self._shrunk.get(place)
        if known is None or known[0] is not settled or known[1] != share:
            known = settled, share, [_smaller(each, share, grid=bool(self._ground.grid)) for each in settled]
            self._shrunk[place] = known
        return known[2]

    def _settle_one(self, unit: _Unit, said: Mapping[str, str], refuse: Refuse) -> list[Placed]:
        means = (self._ground, refuse)
        wanted = wanted_of(unit.elements, said, means)
        if unit.flow is not None and unit.above is not None:
            return settle_sharing(unit.above, (unit.flow, wanted), said, means)
        if unit.flow is not None:
            return settle_flow(unit.flow, wanted, said, means)
        if not wanted:
            return []
        element = wanted[0]
        shifts = self._ground.shifts or {}
        # A short code that came by itself goes with its code.
        right, down = shifts.get(element.id) or shifts.get(element.id.removesuffix(SUFFIX), (0.0, 0.0))
        items = items_of(element, said, refuse)
        placed = []
        for (x, y, w, h), item in zip(element.boxes(), items, strict=False):
            given = said if item is None else {**said, "item": item}
            found = place_one(element, (x, y, w, h), given, self._ground, refuse)
            if found is not None:
                placed.append(moved(found, right, down))
        return placed


def _same_again(before: Sequence[Placed], now: list[Placed]) -> list[Placed]:
    """What is settled now, where it is as before the same object: of a flow in which the name alone is another."""
    if len(before) != len(now):
        return now
    return [old if old == new else new for old, new in zip(before, now, strict=True)]


def _units(elements: Sequence[Element], flows: Sequence[Flow], ground: Ground) -> list[_Unit]:
    """The units of a side, in order; a flow stands where its first element does."""
    units: list[_Unit] = []
    seen: set[str] = set()
    for element in elements:
        if not element.flow:
            # On a blank the rest is printed already.
            if ground.shifts is None or element.overlay:
                units.append(_Unit((element,), asked_by(element)))
        elif element.flow not in seen:
            seen.add(element.flow)
            units.append(_flow_unit(element.flow, elements, {each.id: each for each in flows}, ground))
    return units


def _flow_unit(name: str, elements: Sequence[Element], flows: Mapping[str, Flow], ground: Ground) -> _Unit:
    def members(flow: str) -> tuple[Element, ...]:
        return tuple(each for each in elements if each.flow == flow)

    above = None
    # On a blank what stands above is printed already, and lends nothing.
    if (other := flows[name].shares) and ground.shifts is None and members(other):
        above = flows[other], members(other)
    asked = dict.fromkeys(key for each in (*members(name), *(above[1] if above else ())) for key in asked_by(each))
    return _Unit(members(name), tuple(asked), flows[name], above)


def _groups(units: Sequence[_Unit]) -> list[list[int]]:
    """Places of the units whose words share one size."""
    groups: dict[str, list[int]] = {}
    for place, unit in enumerate(units):
        element = unit.elements[0]
        if isinstance(element, TextElement) and element.group:
            groups.setdefault(element.group, []).append(place)
    return [places for places in groups.values() if len(places) > 1]


def _share(placed: Placed) -> float:
    """Which part of its written size words have."""
    assert isinstance(placed.element, TextElement)
    return placed.fit.size / placed.element.size if placed.fit else 1.0


def _smaller(placed: Placed, share: float, *, grid: bool) -> Placed:
    element = placed.element
    assert isinstance(element, TextElement)
    return smaller(placed, max(element.smallest, element.size * share), grid=grid)
