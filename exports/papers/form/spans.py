"""How blocks and tables of different widths share the columns of one sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exports.papers.form.paper import Section
from exports.papers.form.wording import cell_text
from exports.sheets import SheetColumn
from records.domain.dates import PartialDate

_EMPTY = 16.0
_AT_MOST = 26.0  # letters by which a smaller table may widen a column of the largest
_TEXT = 44.0  # letters: half a page of a paper that has no table


class Span(NamedTuple):
    """Columns `first` to `last` of a sheet."""

    first: int
    last: int


def widths_of(sections: Sequence[Section], *, least: int) -> list[float]:
    """Widths of a sheet's columns in letters: those of the section with most columns, then empty ones up to `least`."""
    most = max(sections, key=lambda section: len(section.columns), default=None)
    widths = [] if most is None else [_width(most, number) for number in range(len(most.columns))]
    for section in sections:
        for number, span in enumerate(narrower(section.columns, len(widths))):
            if span.first == span.last and section is not most:
                widths[span.first] = max(widths[span.first], min(_width(section, number), _AT_MOST))
    return widths + [_EMPTY if widths else _TEXT] * (least - len(widths))


def _width(section: Section, number: int) -> float:
    """Letters a column needs: its longest text, up to half more than was declared, and its longest word whole."""
    column = section.columns[number]
    texts = {cell_text(value, column.kind) for value in _telling(row[number] for row in section.rows)}
    empty = not any(texts)
    if section.totals:
        texts.add(cell_text(section.totals[number], column.kind))
    longest = round(column.width) if empty else max(map(len, texts))
    word = min(_longest_word({column.title, *texts}), 40)
    return max(word, min(longest, column.width * 1.5), 4) * 1.08 + 2.5


def _telling(values: Iterable[object]) -> Iterable[object]:
    """Those of the values among which the longest is: of whole numbers two, of days known to the day one."""
    kept, numbers, day = set[object](), set[int](), None
    for value in values:
        if type(value) is int:
            numbers.add(value)
        elif type(value) is PartialDate and value.day:
            day = value
        else:
            kept.add(value)
    return kept | ({min(numbers), max(numbers)} if numbers else set()) | ({day} if day else set())


def _longest_word(texts: Iterable[str]) -> int:
    found = 0
    for text in sorted(texts, key=len, reverse=True):
        if len(text) <= found:  # nor is there a longer word in one that is shorter still
            break
        found = max(found, *map(len, text.split()), 0)
    return found


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
