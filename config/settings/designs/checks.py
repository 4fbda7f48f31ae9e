"""What makes elements a page: each on the paper, none on another, and every block that is named is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from msgspec.structs import replace

from config.i18n import tr_
from config.settings.designs.elements import Box, Element, Flow, KeepEmptyElement, RuleElement, TextElement

_EDGE = 1e-6


def check_side(elements: Sequence[Element], size: tuple[float, float], flows: Sequence[Flow]) -> None:
    """Raise ValueError for what cannot be printed: beyond the paper, on another, in a flow that is not there."""
    seen: set[str] = set()
    for element in (*elements, *flows):
        if element.id in seen:
            raise ValueError(tr_("“{id}” stands twice; give each element its own id", id=element.id))
        seen.add(element.id)
        for x, y, w, h in [element.box] if isinstance(element, Flow) else element.boxes():
            if min(x, y) < 0 or x + w > size[0] + _EDGE or y + h > size[1] + _EDGE:
                raise ValueError(tr_("“{id}” reaches beyond the paper", id=element.id))
    known = {each.id: each for each in flows}
    rooms = {each.id: _room(each, known) for each in flows}
    for number, element in enumerate(elements):
        if element.flow and element.flow not in known:
            raise ValueError(tr_("there is no flow “{flow}” for “{id}”", flow=element.flow, id=element.id))
        above = element.not_above if isinstance(element, TextElement) else ""
        if above and (above, element.flow) not in [(each.id, each.flow) for each in elements[:number]]:
            told = tr_("“{id}” can be kept no larger than “{other}”, which does not stand before it in its flow",
                       id=element.id, other=above)  # fmt: skip
            raise ValueError(told)
    for first, second in combinations(elements, 2):
        shared = first.flow and second.flow and _sharing(known[first.flow], known[second.flow])
        if not shared and not _exclude(first, second):
            _check_pair(first, second, rooms)


def _sharing(one: Flow, other: Flow) -> bool:
    """Whether their words never stand on each other: of one flow, or of two that share their room."""
    return one.id in (other.id, other.shares) or one.shares == other.id


def _room(flow: Flow, known: Mapping[str, Flow]) -> Box:
    """All the room that a flow may take, mm. Raises ValueError for one that cannot share that of another."""
    if not flow.shares:
        return flow.box
    above = known.get(flow.shares)
    if above is None or above.shares:
        raise ValueError(tr_("there is no flow “{flow}” for “{id}”", flow=flow.shares, id=flow.id))
    if above.box[1] + above.box[3] > flow.box[1] + _EDGE:
        raise ValueError(tr_("“{id}” shares the room of “{other}”, which must stand above it",
                             id=flow.id, other=above.id))  # fmt: skip
    return joined(above, flow).box


def joined(above: Flow, flow: Flow) -> Flow:
    """A flow with the room of the one above it."""
    left, top, width, height = flow.box
    return replace(flow, box=(left, above.box[1], width, top + height - above.box[1]), shares="")


def _check_pair(first: Element, second: Element, rooms: Mapping[str, Box]) -> None:
    """Raise ValueError where one stands on the other."""
    if any(isinstance(each, RuleElement) and each.style == "box" for each in (first, second)):
        return
    kept = [each for each in (first, second) if isinstance(each, KeepEmptyElement)]
    words = isinstance(first, TextElement) and isinstance(second, TextElement)
    if not kept and (not words or first.over or second.over):
        return
    places = [[rooms[each.flow]] if each.flow else each.boxes() for each in (first, second)]
    if any(overlap(one, other) for one in places[0] for other in places[1]):
        if kept:
            other = second if kept[0] is first else first
            raise ValueError(tr_("“{id}” stands in “{kept}”, which is kept empty", id=other.id, kept=kept[0].id))
        told = tr_("“{id}” overlaps “{other}”; move one, or allow it with over: true", id=second.id, other=first.id)
        raise ValueError(told)


def _exclude(first: Element, second: Element) -> bool:
    """Whether the two are never drawn together."""
    return bool(first.when) and bool(second.when) and f"!{first.when}".removeprefix("!!") == second.when


def overlap(one: Box, other: Box) -> bool:
    """Whether two share more than an edge."""
    return (
        one[0] + one[2] > other[0] + _EDGE
        and other[0] + other[2] > one[0] + _EDGE
        and one[1] + one[3] > other[1] + _EDGE
        and other[1] + other[3] > one[1] + _EDGE
    )
