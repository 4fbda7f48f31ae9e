"""An attendance list as a spreadsheet: everything it would enter is shown first, and nothing is dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from config.errors import InputError
from config.text import Text, t
from records.domain.training import Attendance, Event
from records.intake.attendance import MEANINGS, RESULTS, PresenceColumns, presence_columns, unread_marks
from records.intake.drafts import Refusal, Remark
from records.intake.files.cells import Sheet, letter
from records.intake.layout.columns import HeadingsError, Layout, column_of, find_layout
from records.intake.layout.headings import BIRTH_KEYS, NAME_KEYS
from records.intake.mending import Mends, mended, name_in_row
from records.intake.people import read_people
from records.services.imports.attendance_matching import Decided, Fate, ListRow, Matcher, row_after
from records.services.imports.intake import Opened, open_sheets
from records.services.imports.sheet_choice import sheets_named
from records.services.office import Office
from records.services.training.events import attendance_of, event_named
from records.services.training.results import judge_results

PRESENCE_FIELDS = (*MEANINGS, "code", *RESULTS)
"""What is read from an attendance list beside the people in it."""
_KEPT = ("number", *NAME_KEYS, *BIRTH_KEYS, "national_id", "unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHow:
    """How a list is to be read, and what a person said of it.

    Attributes:
        sheet: name of the sheet; without it the first with a column of names is read.
        columns: what is read -> letter of its column, or several with commas; it says everything, and nothing is
            guessed. Keys are those of a list of people, and `PRESENCE_FIELDS`.
        decided: what was said of single rows.
        all_came: where no column says who came: that everybody in the list did.
        mends: cells put right in memory; the file stays as it is.
        unseen: whether people whose row is hidden, or whose name is struck out, are taken or left out.
    """

    sheet: str = ""
    columns: Mapping[str, str] | None = None
    decided: Decided = field(default_factory=Decided)
    all_came: bool = False
    mends: Mends = field(default_factory=dict)
    unseen: Literal["take", "leave"] = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPreview:
    """What a list would enter; nothing has been written.

    Attributes:
        rows: every row that holds a person, in the order of the sheet.
        remarks: lines that were not read as people, and what was read differently from how it stood.
        notices: what was done to the whole sheet, and how its silence was taken.
        source: the sheet as it was judged.
        columns: where it says who came; `columns.asks` when a person must say so first.
        unseen: rows of people that the sheet hides, or whose name is struck out.
    """

    path: Path
    event: Event
    rows: tuple[ListRow, ...]
    remarks: tuple[Remark, ...]
    notices: tuple[Text, ...]
    source: Sheet
    layout: Layout
    columns: PresenceColumns
    unseen: tuple[int, ...] = ()

    @property
    def sheet(self) -> str:
        """Name of the sheet."""
        return self.source.name

    def count(self, *fates: Fate) -> int:
        """How many rows have one of these fates."""
        return sum(each.fate in fates for each in self.rows)


def preview_list(
    office: Office,
    event: Event,
    path: Path,
    *,
    today: date,
    how: ListHow | None = None,
    opened: Opened | None = None,
) -> ListPreview:
    """Read an attendance list of `event` without writing.

    Args:
        office: the open office.
        event: whose list it is.
        path: the spreadsheet.
        today: no date of birth may lie after it.
        how: how it is to be read; without it everything is guessed.
        opened: the sheets as `open_sheets` gave them, where the file was read before.

    Raises:
        HeadingsError: when it has no column of names; `how.columns` can say which it is.
        InputError: when the file, the sheet or its columns cannot be read.
    """
    how = how or ListHow()
    sheets, notices = opened or open_sheets(office, path)
    found, layout, columns = _laid_out(sheets, how, path)
    found = mended(found, how.mends)
    people = replace(layout, columns={key: at for key, at in layout.columns.items() if key in _KEPT})
    reading = read_people(found, people, today=today, names=office.settings.names, take_unseen=how.unseen == "take")
    matcher = Matcher(office, event, (found, layout, columns), how.decided, today)
    rows = [*matcher.rows(reading.drafts), *_unreadable(reading.refused, found, people)]
    rows.sort(key=lambda each: each.row)
    marks = unread_marks(found, layout, columns)
    told = (*notices[found.name], *reading.notices, *_silence(columns), *([marks] if marks else []))
    return ListPreview(
        path=path, event=event, rows=tuple(rows), remarks=reading.remarks, notices=told,
        source=found, layout=layout, columns=columns, unseen=tuple(sorted({*reading.hidden, *reading.struck})),
    )  # fmt: skip


def _laid_out(sheets: tuple[Sheet, ...], how: ListHow, path: Path) -> tuple[Sheet, Layout, PresenceColumns]:
    """The sheet, where its columns are and where it says who came; as a person said, or else as its headings do."""
    if how.columns is None:
        found, layout = _choose(sheets, how.sheet, path, find_layout)
        layout, columns = presence_columns(found, layout)
        return found, layout, replace(columns, all_came=how.all_came)
    people = {key: at for key, at in how.columns.items() if key not in PRESENCE_FIELDS}
    for key in people.keys() - {*_KEPT, "note"}:
        raise InputError(
            t("“{key}” is no column of an attendance list", key=key),
            do=t("use: {keys}", keys=", ".join((*_KEPT, "note", *PRESENCE_FIELDS))),
        )
    found, layout = _choose(sheets, how.sheet, path, lambda each, _: find_layout(each, people, whole=True))
    own = {key: at.split(",") for key, at in how.columns.items() if key in PRESENCE_FIELDS}
    layout, columns = presence_columns(
        found, layout, {key: [_column(key, each, found) for each in named] for key, named in own.items()}
    )
    return found, layout, replace(columns, all_came=how.all_came)


def _column(key: str, named: str, sheet: Sheet) -> int:
    widest = max((len(row) for row in sheet.rows), default=0)
    column = column_of(named)
    if column is None or column >= widest:
        raise InputError(
            t("{key}: sheet “{sheet}” has no column “{name}”", key=key, sheet=sheet.name, name=named),
            do=t("use a letter from A to {last}", last=letter(max(widest - 1, 0))),
        )
    return column


def _choose(
    sheets: tuple[Sheet, ...], wanted: str, path: Path, find: Callable[[Sheet, Mapping[str, str]], Layout]
) -> tuple[Sheet, Layout]:
    named = sheets_named(sheets, wanted, path)
    problem: HeadingsError | None = None
    for given in ({}, {"number": "-"}):  # the second time a heading of names alone is enough
        for each in named:
            try:
                return each, find(each, given)
            except HeadingsError as error:
                problem = problem or error
    assert problem is not None  # there is at least one sheet
    raise HeadingsError(
        problem.what, where=str(path), do=t("write “Họ và tên” over the names, and “Có mặt” over the marks")
    )


def _silence(columns: PresenceColumns) -> tuple[Text, ...]:
    if columns.asks:
        return (t("The list has no column that says who came; a person must say whether everybody in it did"),)
    if columns.all_came and columns.silent_means_came:
        return (t("The list has no column that says who came; everybody in it is taken to have come, as was said"),)
    if columns.silent_means_came:
        return (t("The list marks only who was absent or late; everybody else in it is taken to have come"),)
    return ()


def _unreadable(refused: tuple[Refusal, ...], sheet: Sheet, layout: Layout) -> list[ListRow]:
    faults: dict[int, tuple[Refusal, ...]] = {}
    for each in refused:
        faults[each.row] = (*faults.get(each.row, ()), each)
    return [
        ListRow(
            row=row,
            name=name_in_row(sheet, layout, row),
            born=None,
            unit="",
            fate="refused",
            why=t("{column}: {problem}", column=found[0].column, problem=found[0].problem),
            faults=found,
        )
        for row, found in faults.items()
    ]


def accept_list(office: Office, preview: ListPreview, *, today: date) -> int:
    """Write the rows to be entered, as one change; those not called yet are called thereby. Returns how many.

    Raises:
        InputError: when the event was taken out meanwhile, or results cannot stand beside those of others.
    """
    event = event_named(office, preview.event.id)
    sheet = attendance_of(office, event.id)
    rows = [each for each in preview.rows if each.fate == "enter"]
    made = [row_after(sheet.get(each.person), each, event, today)[0] for each in rows]
    judge_results(office, [each for each in made if each.result or each.certificate])
    if made:
        with office.book.change("training.import", about=event.title) as change:
            for each in made:
                entered = each if each.id else msgspec.structs.replace(each, id=change.new_id(Attendance))
                change.put(entered, was=sheet.get(each.person))
    return len(made)
