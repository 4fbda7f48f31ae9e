"""How a table stands on a page: widths from what is in it, upright where it fits, what is the same for all above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exports.papers.form.lines import longest_word, width_of, wrap
from exports.papers.form.page_writer import MM, margins_of
from exports.papers.form.paper import Paper, Section
from exports.papers.form.wording import cell_text
from exports.sheets import SheetColumn

PAD = 3.0
LARGEST, SMALL, SMALLEST = 12.0, 10.0, 6.5
_LETTER = 0.52  # of the size: the mean width of a letter
_WIDEST_WORD = 0.3  # of the table: a longer word is cut
_LOOKED_AT = 400  # rows that decide the widths
_LINES = 2.2  # a row's, at most, on the average, before letters are made smaller or the page is turned
_SAME_FROM = 4  # rows: fewer may be alike by chance


@dataclass(frozen=True, slots=True)
class Measures:
    """Of each column in points at one size: no less than `least`, no more than `most` is of any use.

    `weights` are the widths it was declared with, by which what is left is shared.
    """

    least: list[float]
    most: list[float]
    weights: list[float]


def measures(section: Section, size: float, room: float, font: str, bold: str) -> Measures:
    """What the words of a table need. A column with nothing in it, to be written into by hand, has its own width."""
    least, most = [], []
    step = max(1, len(section.rows) // _LOOKED_AT)
    rows = section.rows[::step]
    for number, column in enumerate(section.columns):
        texts = [cell_text(row[number], column.kind) for row in rows]
        total = cell_text(section.totals[number], column.kind) if section.totals else ""
        words = [longest_word(column.title, bold, size), longest_word(total, bold, size)]
        words += [longest_word(text, font, size) for text in texts]
        whole = [max((width_of(part, font, size) for part in text.split("\n")), default=0) for text in texts]
        low = min(max(words), room * _WIDEST_WORD)
        high = max(low, width_of(total, bold, size), *whole, 0)
        if column.whole:
            low = min(high, room * _WIDEST_WORD)
        if texts and not any(texts):
            low = high = max(low, column.width * size * _LETTER * (1 if section.every_column else 0.5))
        least.append(low + 2 * PAD + 0.5)
        most.append(high + 2 * PAD + 0.5)
    return Measures(least, most, [column.width or 1 for column in section.columns])


def shared(found: Measures, room: float) -> list[float]:
    """Widths that fill `room`: short columns as wide as their words, the long ones share what is left."""
    least, most = found.least, found.most
    if sum(most) <= room:
        extra = (room - sum(most)) / sum(most)
        return [each * (1 + extra) for each in most]
    whole = list(zip(least, most, found.weights, strict=True))
    low, high = 0.0, room
    for _ in range(40):
        level = (low + high) / 2
        taken = sum(max(lo, min(hi, level * weight)) for lo, hi, weight in whole)
        low, high = (level, high) if taken < room else (low, level)
    widths = [max(lo, min(hi, low * weight)) for lo, hi, weight in whole]
    return [each * room / sum(widths) for each in widths] if sum(widths) < room else widths


def mean_lines(section: Section, widths: Sequence[float], size: float, font: str) -> float:
    """How many lines a row has on the average."""
    rows = section.rows[:: max(1, len(section.rows) // 100)]
    counts = [
        max(
            len(wrap(cell_text(value, column.kind), font, size, width - 2 * PAD))
            for value, column, width in zip(row, section.columns, widths, strict=True)
        )
        for row in rows
    ]
    return sum(counts) / len(counts) if counts else 1


def size_for(section: Section, room: float, font: str, bold: str) -> float:
    """The size of letters at which a table has short rows, or the smallest usual one."""
    size = LARGEST
    while size > SMALL:
        found = measures(section, size, room, font, bold)
        if sum(found.least) <= room and mean_lines(section, shared(found, room), size, font) <= _LINES:
            break
        size -= 0.5
    return size


def fitted(paper: Paper, font: str, bold: str) -> Paper:
    """The paper with its columns that say the same of everybody told above the table, and its pages turned or not."""
    made = _without_same(paper)
    if made.landscape is not None:
        return made
    return replace(made, landscape=not _fits_upright(replace(made, landscape=False), font, bold))


def _fits_upright(paper: Paper, font: str, bold: str) -> bool:
    told = margins_of(paper)
    room = (210 - told.left - told.right) * MM
    for section in paper.sections:
        found = measures(section, SMALL, room, font, bold)
        if sum(found.least) > room or mean_lines(section, shared(found, room), SMALL, font) > _LINES:
            return False
    return True


def _without_same(paper: Paper) -> Paper:
    sections = []
    for section in paper.sections:
        same = _same(section)
        words = "; ".join(f"{section.columns[at].title}: {text.rstrip('.')}" for at, text in same.items()) + "."
        kept = [number for number in range(len(section.columns)) if number not in same]
        if not same:
            sections.append(section)
            continue
        sections.append(replace(_only(section, kept), same=words))
    return replace(paper, sections=tuple(sections))


def _same(section: Section) -> dict[int, str]:
    """Number of a column of texts -> the one text that all its rows have."""
    if len(section.rows) < _SAME_FROM or section.every_column or type(section) is not Section:
        return {}
    found = {}
    for number, column in enumerate(section.columns):
        values = {cell_text(row[number]) for row in section.rows}
        blank = not section.totals or not section.totals[number]
        if column.kind == "text" and len(values) == 1 and blank and not column.group and "" not in values:
            found[number] = values.pop()
    return found if len(found) < len(section.columns) - 1 else {}


def _only(section: Section, kept: Sequence[int]) -> Section:
    def of(row: Sequence[object]) -> tuple[object, ...]:
        return tuple(row[number] for number in kept)

    columns: tuple[SheetColumn, ...] = tuple(section.columns[number] for number in kept)
    totals = of(section.totals) if section.totals else ()
    return replace(section, columns=columns, rows=[of(row) for row in section.rows], totals=totals)
