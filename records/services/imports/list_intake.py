"""Lists of any kind by spreadsheet: read, judged row by row, shown, and entered as one change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from config.errors import AppError, InputError
from config.text import Text, t
from records.domain.people.person import Person
from records.intake.drafts import Refusal, Remark
from records.intake.files.cells import Sheet
from records.intake.layout.columns import HeadingsError, Layout
from records.intake.matching import Duplicate
from records.intake.mending import Mends, mended
from records.intake.tables import Table, TableRow, find_table, read_table, refusal
from records.services.book.closed_rows import ClosedYears
from records.services.imports.intake import Opened, open_sheets
from records.services.imports.listed_people import people_of
from records.services.imports.sheet_choice import sheets_named
from records.services.imports.updates import FieldChange
from records.services.office import Office

R = TypeVar("R", bound=msgspec.Struct)
_NEW = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one row would write.

    Attributes:
        subject: id of the person or unit it is about; empty while it is new.
        told: what the row says, as it would be kept; for showing.
        records: new ones bear an id from `Gathered.new_id`, by which others of the same import may name them.
        changes: of a record that the book has; none where the row says nothing new.
        of_unit: whether it is about a collective, in a list of people that may name some.
        remarks: what is worth a look.
    """

    row: int
    name: str
    subject: str = ""
    told: Mapping[str, object] = field(default_factory=dict)
    records: tuple[msgspec.Struct, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    of_unit: bool = False
    remarks: tuple[Remark, ...] = ()

    @property
    def new(self) -> bool:
        """Whether it enters something that the book does not have."""
        return any(_id(each).startswith(_NEW) for each in self.records)


class RowError(Exception):
    """Why a row cannot be entered: the key of the column at fault, and the reason."""

    def __init__(self, key: str, problem: Text) -> None:
        super().__init__(str(problem))
        self.key, self.problem = key, problem


class Gathered:
    """What the rows above one another have come to; a kind of list asks it, and adds to it by its entries."""

    def __init__(
        self, office: Office, today: date, people: Mapping[int, Person], rows: Iterable[TableRow], layout: Layout
    ) -> None:
        self.office, self.today, self.people, self.rows = office, today, people, tuple(rows)
        self.layout = layout
        self._records: dict[str, msgspec.Struct] = {}
        self._count = 0

    def new_id(self) -> str:
        """An id for a record that the book will number when it is entered."""
        self._count += 1
        return f"{_NEW}{self._count}"

    def add(self, records: Iterable[msgspec.Struct]) -> None:
        """Count records as entered, for the rows below."""
        self._records |= {_id(each): each for each in records}

    @property
    def so_far(self) -> Mapping[str, msgspec.Struct]:
        """Id -> record of the rows so far."""
        return self._records

    def all(self, kind: type[R]) -> list[R]:
        """The records of a kind, as they would be: those of the book, and those of the rows so far."""
        own = {key: each for key, each in self._records.items() if isinstance(each, kind)}
        book = [own.pop(_id(each), each) for each in self.office.book.table(kind)]
        return [*book, *own.values()]

    def person(self, row: TableRow) -> Person:
        """The person of a row, as the rows so far leave them."""
        person = self.people[row.row]
        found = self._records.get(person.id, person)
        assert isinstance(found, Person)
        return found


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind of list.

    Attributes:
        table: its columns.
        action: of the journal.
        of_people: whether each row is about a person of the book.
        entry: what a row would write; raises RowError or AppError where it cannot.
        of_unit: of a list of people, whether a row is about a collective, or may be; None where none can be.
    """

    table: Table
    action: str
    of_people: bool
    entry: Callable[[Gathered, TableRow], Entry]
    of_unit: Callable[[Office, TableRow], bool] | None = None

    def names_person(self, office: Office, row: TableRow) -> bool:
        """Whether the person that a row is about is to be looked for."""
        return self.of_people and not (self.of_unit is not None and self.of_unit(office, row))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHow:
    """How a list is read, where a person said so.

    Attributes:
        sheet: name of the sheet; without it the first with the headings of such a list is read.
        chosen: row -> id of the person it is about.
        take_unseen: read rows that the sheet hides or that are struck out too.
        mends: cells of that sheet put right in memory; the file stays as it is.
    """

    sheet: str = ""
    chosen: Mapping[int, str] = field(default_factory=dict)
    take_unseen: bool = False
    mends: Mends = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReading:
    """What the import of a list would do; nothing has been written.

    Attributes:
        source: the sheet as it was read.
        rows: how many belong to the list.
        unseen: rows that the sheet hides, or whose name is struck out.
        held: id -> the record of the book that an entry would replace.
    """

    path: Path
    kind: ListKind
    source: Sheet
    sheets: tuple[str, ...]
    layout: Layout
    rows: int
    unseen: tuple[int, ...]
    entries: tuple[Entry, ...]
    refused: tuple[Refusal, ...]
    matches: tuple[Duplicate, ...]
    remarks: tuple[Remark, ...]
    notices: tuple[Text, ...]
    held: Mapping[str, msgspec.Struct]

    @property
    def sheet(self) -> str:
        """Name of the sheet."""
        return self.source.name

    @property
    def writing(self) -> tuple[Entry, ...]:
        """The entries that change anything."""
        return tuple(each for each in self.entries if each.records)


def preview(
    office: Office, kind: ListKind, path: Path, *, today: date, how: ListHow | None = None, opened: Opened | None = None
) -> ListReading:
    """Read a list without writing.

    Args:
        office: the open office.
        kind: what kind of list.
        path: the spreadsheet.
        today: days that tell what was may not lie after it.
        how: what a person said of it.
        opened: its sheets, where it was read before.

    Raises:
        InputError: when the file cannot be read, or has no such sheet or no such headings.
    """
    how = how or ListHow()
    sheets, notices = opened or open_sheets(office, path)
    found, layout = _choose(sheets, kind.table, how.sheet, path)
    found = mended(found, how.mends)
    reading = read_table(found, kind.table, layout, today=today, take_unseen=how.take_unseen)
    about = tuple(each for each in reading.read if each.row in how.chosen or kind.names_person(office, each))
    people, matches, unknown = people_of(office, about if kind.of_people else (), layout, today, how.chosen)
    out = {each.row for each in (*reading.refused, *unknown)}
    rows = [each for each in reading.read if each.row not in out]
    entries, wrong = _entries(kind, Gathered(office, today, people, rows, layout))
    return ListReading(
        path=path, kind=kind, source=found, sheets=tuple(each.name for each in sheets), layout=layout,
        rows=reading.rows, unseen=reading.unseen, entries=tuple(entries), matches=matches,
        remarks=(*reading.remarks, *(remark for each in entries for remark in each.remarks)),
        refused=tuple(sorted((*reading.refused, *unknown, *wrong), key=lambda each: each.row)),
        notices=(*notices[found.name], *reading.notices), held=_held(office, entries),
    )  # fmt: skip


def _held(office: Office, entries: Iterable[Entry]) -> dict[str, msgspec.Struct]:
    known = (office.held(record) for each in entries for record in each.records)
    return {_id(each): each for each in known if each is not None}


def _entries(kind: ListKind, gathered: Gathered) -> tuple[list[Entry], list[Refusal]]:
    """What each row would write, and why the others cannot."""
    entries, refused, layout = [], [], gathered.layout
    closed = ClosedYears(gathered.office)
    for row in gathered.rows:
        try:
            entry = kind.entry(gathered, row)
        except RowError as error:
            refused.append(refusal(layout, row.row, error.key, _shown(row, error.key), error.problem, _name(row)))
            continue
        except AppError as error:
            why = t("{what}; {do}", what=error.what, do=error.do) if error.do else t("{what}", what=error.what)
            refused.append(refusal(layout, row.row, "", "", why, _name(row)))
            continue
        if (locked := closed.problem(entry.records, gathered.so_far)) is not None:
            refused.append(refusal(layout, row.row, "", "", locked, _name(row)))
            continue
        gathered.add(entry.records)
        entries.append(entry)
    return entries, refused


def _shown(row: TableRow, key: str) -> str:
    return str(row.get(key, ""))


def _name(row: TableRow) -> str:
    return next((str(text) for key in ("name", "code", "collective", "unit") if (text := row.get(key))), "")


def _choose(sheets: tuple[Sheet, ...], table: Table, wanted: str, path: Path) -> tuple[Sheet, Layout]:
    named = sheets_named(sheets, wanted, path)
    problem: HeadingsError | None = None
    for each in named:
        try:
            return each, find_table(each, table)
        except HeadingsError as error:
            problem = problem or error
    assert problem is not None  # there is at least one sheet
    raise InputError(problem.what, where=str(path), do=problem.do)


def accept(office: Office, seen: ListReading) -> int:
    """Enter what a reading found, as one change; gives the number of rows that wrote anything.

    Raises:
        BookError: when the book cannot be written; nothing is entered then.
    """
    records: dict[str, msgspec.Struct] = {}
    for each in seen.writing:
        records |= {_id(record): record for record in each.records}
    if not records:
        return 0
    with office.book.change(seen.kind.action, about=seen.path.name) as change:
        ids = {key: change.new_id(type(record)) for key, record in records.items() if key.startswith(_NEW)}
        for record in records.values():
            change.put(_settled(record, ids), was=seen.held.get(_id(record)))
    return len(seen.writing)


def _id(record: Any) -> str:
    return str(record.id)


def _settled(record: R, ids: Mapping[str, str]) -> R:
    """A record with the ids of the book in place of those it had before it was entered."""
    values = msgspec.structs.asdict(record).items()
    named = {key: ids[value] for key, value in values if isinstance(value, str) and value in ids}
    return msgspec.structs.replace(record, **named)


def changed(before: msgspec.Struct, after: msgspec.Struct) -> tuple[FieldChange, ...]:
    """Field by field, what two states of a record differ in."""
    pairs = zip(msgspec.structs.asdict(before).items(), msgspec.structs.asdict(after).values(), strict=True)
    return tuple(FieldChange(key, _text(one), _text(other)) for (key, one), other in pairs if one != other)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, msgspec.Struct):
        return " ".join(_text(each) for each in msgspec.structs.asdict(value).values() if each)
    return "" if value is None else str(value)
