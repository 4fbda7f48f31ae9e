"""Lists of one kind of record as a table of columns: found by their headings, read, refused and remarked on.

A list of people has a reader of its own (`records.intake.people`); every other list is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from config.text import Text, t
from records.domain.people.names import fold
from records.intake import words
from records.intake.drafts import Refusal, Remark, shortened
from records.intake.files.cells import Cell, Sheet, letter, shown_cell
from records.intake.formats.faulty import is_error, sentence
from records.intake.layout.columns import HeadingsError, Layout
from records.intake.layout.headings import plain
from records.intake.layout.rows import is_below_list
from records.intake.notices import Unseen, hidden_columns
from records.intake.values import Read

_LOOKED_AT = 60
_OWN = ("code", "name", "born", "national_id")
"""What one row alone says, though its cell be merged over others."""
_SHARED = "unit"
"""What stands merged over the rows of several people, also in a list that a unit alone may be the subject of."""
_FEW = 3
"""Most cells of a total: its words, a count and a note."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """How days of a sheet are read: none after `today`; `epoch` is the year its workbook counts from (1900, 1904)."""

    today: date
    epoch: int = 1900


Reader = Callable[[Cell, Calendar], Read[Any]]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a list.

    Attributes:
        key: of its value in a row.
        title: the heading that our templates write over it.
        words: other headings that mean it, without accents, joined by `|`; the titles of all languages among them.
        read: a cell that is not empty and the calendar of its sheet -> its value.
        required: a row without it is refused.
        width: in letters.
    """

    key: str
    title: Text
    words: str
    read: Reader | None = None
    required: bool = False
    width: float = 16


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of list.

    Attributes:
        key: its name; also that of its template.
        title: the first line of the template.
        of: keys of which a row fills at least one, or it is no row of the list (a total, a signature).
    """

    key: str
    title: Text
    columns: tuple[TableColumn, ...]
    of: tuple[str, ...]

    def column(self, key: str) -> TableColumn:
        """The column with this key."""
        return next(each for each in self.columns if each.key == key)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row read: its number, what its filled cells say, and where they stand."""

    row: int
    values: Mapping[str, Any]
    cells: Mapping[str, str] = field(default_factory=dict)

    def get(self, key: str, default: Any = None) -> Any:
        """A value of the row; `default` where its cell is empty."""
        return self.values.get(key, default)


@dataclass(frozen=True, slots=True)
class TableReading:
    """What a sheet holds: rows to enter, values refused, and what was read otherwise; `rows` counts them all.

    `notices` are told of the whole sheet: what it hides, and what became of that. `unseen`: rows hidden or struck out.
    """

    layout: Layout
    rows: int
    read: tuple[TableRow, ...]
    refused: tuple[Refusal, ...]
    remarks: tuple[Remark, ...]
    notices: tuple[Text, ...] = ()
    unseen: tuple[int, ...] = ()


def find_table(sheet: Sheet, table: Table) -> Layout:
    """Where the columns of a list stand: the heading row in which most of them are found.

    Raises:
        HeadingsError: when no row has a heading of each column that is required, and of one that names the subject.
    """
    known = {_bare(word): each.key for each in table.columns for word in each.words.split("|")}
    best: dict[str, int] = {}
    at = 0
    for row in range(1, min(len(sheet.rows), _LOOKED_AT) + 1):
        found: dict[str, int] = {}
        for column, cell in sheet.filled(row):
            key = known.get(_bare(plain(cell))) if isinstance(cell, str) else None
            # Of two columns with one meaning the one that everybody sees counts.
            if key is not None and (key not in found or found[key] in sheet.hidden_columns - {column}):
                found[key] = column
        if len(found) > len(best):
            best, at = found, row
    missing = [each for each in table.columns if each.required and each.key not in best]
    if missing or not best.keys() & set(table.of):
        wanted = missing or [table.column(key) for key in table.of]
        raise HeadingsError(
            t("Sheet “{sheet}” has no heading for: {titles}", sheet=sheet.name, titles=_titles(wanted)),
            do=t("write the headings above the list, or fill in the template"),
        )
    headings = {column: shown_cell(cell) for column, cell in sheet.filled(at)}
    used = set(best.values())
    unread = tuple(f"{text} ({letter(column)})" for column, text in headings.items() if column not in used)
    return Layout(sheet.name, (at,), at + 1, best, headings, unread)


def _titles(columns: list[TableColumn]) -> Text:
    first, *rest = columns
    told: Text = t("“{title}”", title=first.title)
    for each in rest:
        told = t("{titles}, “{title}”", titles=told, title=each.title)
    return told


def _bare(heading: str) -> str:
    return "".join(each for each in fold(heading) if each.isalnum())


def read_table(sheet: Sheet, table: Table, layout: Layout, *, today: date, take_unseen: bool = False) -> TableReading:
    """Read every row of a list; one with a refused value is told with each of its faults, and is not among the read.

    Rows that the sheet hides, or whose name is struck out, are read only where `take_unseen`; they are told either way.
    """
    reader, unseen = _Reader(sheet, table, layout, today), Unseen(sheet, layout)
    listed = [row for row in range(layout.first_row, len(sheet.rows) + 1) if reader.holds(row)]
    taken = [row for row in listed if not unseen.takes(row) or take_unseen]
    read = [found for row in taken if (found := reader.row(row)) is not None]
    notices = (*unseen.notices(taken=take_unseen), *hidden_columns(sheet, layout))
    hidden = tuple(sorted({*unseen.hidden, *unseen.struck}))
    return TableReading(layout, reader.rows, tuple(read), tuple(reader.refused), tuple(reader.remarks), notices, hidden)


class _Reader:
    """Reads rows from top to bottom."""

    def __init__(self, sheet: Sheet, table: Table, layout: Layout, today: date) -> None:
        self.sheet, self.table, self.layout = sheet, table, layout
        self.calendar = Calendar(today, sheet.epoch)
        self.rows = 0
        self.refused: list[Refusal] = []
        self.remarks: list[Remark] = []
        own = {layout.columns.get(key) for key in (*table.of, *_OWN) if key != _SHARED}
        self._above = {
            (row, left): first
            for first, left, last, _ in sheet.merged
            if first >= layout.first_row and left in set(layout.columns.values()) - own
            for row in range(first + 1, last + 1)
        }

    def holds(self, row: int) -> bool:
        """Whether a row belongs to the list; what else stands there is told."""
        filled = list(self.sheet.filled(row))
        texts = [shown_cell(cell) for _, cell in filled]
        if not filled or all(text.strip("()").isdigit() for text in texts):
            return False  # empty, a number in the list alone, or the numbers of the columns
        if not any(self._text(row, key) for key in self.table.of):
            self.remarks.append(Remark(row, letter(filled[0][0]), t("a line that names nobody; left out")))
            return False
        if any(is_below_list(text) for text in (texts[0], self._name(row))) and len(texts) <= _FEW:
            self.remarks.append(Remark(row, letter(filled[0][0]), t("a total or a signature; left out")))
            return False
        return True

    def row(self, row: int) -> TableRow | None:
        """What a row of the list says; None where it is refused."""
        self.rows += 1
        before, values = len(self.refused), dict(self._values(row))
        for each in self.table.columns:
            if each.required and each.key not in values and len(self.refused) == before:
                self._refuse(row, each.key, t("this cell must be filled"))
        if len(self.refused) > before:
            return None
        return TableRow(row, values, {key: f"{letter(at)}{row}" for key, at in self.layout.columns.items()})

    def _values(self, row: int) -> Iterator[tuple[str, Any]]:
        for each in self.table.columns:
            at = self.layout.columns.get(each.key)
            cell = "" if at is None else self._cell(row, at)
            if at is None or cell == "":
                continue
            fault = self.sheet.faults.get((row, at))
            if fault is None and isinstance(cell, str) and is_error(cell):
                fault = sentence(cell)
            if fault is not None:
                self._refuse(row, each.key, fault)
            elif each.read is not None and not (isinstance(cell, str) and words.is_no(cell) and not cell.isalnum()):
                found = each.read(cell, self.calendar)
                if found.problem is not None:
                    self._refuse(row, each.key, found.problem)
                elif found.value not in ("", None):
                    yield each.key, found.value
                    if found.remark is not None:
                        self.remarks.append(Remark(row, self.layout.label(each.key), found.remark))

    def _cell(self, row: int, at: int) -> Cell:
        """A cell, or what is merged down over it: a decision or a month that several rows share."""
        return self.sheet.at(self._above.get((row, at), row), at)

    def _text(self, row: int, key: str) -> str:
        at = self.layout.columns.get(key)
        return "" if at is None else shown_cell(self._cell(row, at))

    def _refuse(self, row: int, key: str, problem: Text) -> None:
        self.refused.append(refusal(self.layout, row, key, self._text(row, key), problem, self._name(row)))

    def _name(self, row: int) -> str:
        return next((text for key in ("name", *self.table.of) if (text := self._text(row, key))), "")


def refusal(layout: Layout, row: int, key: str, value: str, problem: Text, name: str) -> Refusal:
    """A refused value with its place; of a column that the list does not have, the row alone."""
    at = layout.columns.get(key)
    cell = "" if at is None else f"{letter(at)}{row}"
    column = layout.label(key) if at is not None else ""
    return Refusal(row, column, shortened(value), problem, name=shortened(name), cell=cell)
