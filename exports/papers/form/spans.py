"""How blocks and tables of different widths share the columns of one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from exports.papers.form.paper import Section
from exports.sheets import SheetColumn

_EMPTY = 16.0


class Span(NamedTuple):
    """Columns `first` to `last` of a sheet."""

    first: int
    last: int


def widths_of(sections: Sequence[Section], *, least: int) -> list[float]:
    """Widths of a sheet's columns in letters: those of the section with most columns, then empty ones up to `least`."""
    most = max((section.columns for section in sections), key=len, default=())
    widths = [max(column.width, len(column.title.split(" ")[0]) + 2.0) for column in most]
    return widths + [_EMPTY] * (least - len(widths))


def narrower(columns: Sequence[SheetColumn], most: int) -> list[Span]:
    """Where the columns of a section stand: one sheet column each, the widest one over what is left of `most`."""
    left = most - len(columns)
    if not columns:
        return []
    widest = max(range(len(columns)), key=lambda number: columns[number].width)
    spans, place = [], 0
    for number in range(len(columns)):
        last = place + (left if number == widest else 0)
        spans.append(Span(place, last))
        place = last + 1
    return spans


def shares(widths: Sequence[float], parts: Sequence[float]) -> list[Span]:
    """The columns cut into neighbouring spans, each as near as can be to its part of the width, none empty."""
    whole, spans, first, wanted = sum(widths), [], 0, 0.0
    for number, part in enumerate(parts):
        wanted += part * whole
        last_allowed = len(widths) - (len(parts) - number)
        last = first
        while last < last_allowed and sum(widths[: last + 1]) + widths[last + 1] / 2 <= wanted:
            last += 1
        if number == len(parts) - 1:
            last = len(widths) - 1
        spans.append(Span(first, last))
        first = last + 1
    return spans
