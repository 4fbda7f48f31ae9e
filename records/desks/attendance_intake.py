"""An attendance list as a spreadsheet: everything it would enter is shown first, and nothing is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import msgspec

from config.errors import InputError
from config.text import Text, t
from records.desks.attendance_matching import Fate, ListRow, Matcher, row_after
from records.desks.intake import open_sheets
from records.desks.office import Office
from records.desks.results import judge_results
from records.desks.training import attendance_of, event_named
from records.domain.names import fold
from records.domain.training import Attendance, Event
from records.intake.attendance import PresenceColumns, presence_columns
from records.intake.cells import Sheet
from records.intake.columns import HeadingsError, Layout, find_layout
from records.intake.drafts import Refusal, Remark
from records.intake.headings import BIRTH_KEYS, NAME_KEYS
from records.intake.people import read_people

_KEPT = ("number", *NAME_KEYS, *BIRTH_KEYS, "national_id", "unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPreview:
    """What a list would enter; nothing has been written.

    Attributes:
        rows: every row that holds a person, in the order of the sheet.
        remarks: lines that were not read as people, and what was read differently from how it stood.
        notices: what was done to the whole sheet, and how its silence was taken.
    """

    path: Path
    sheet: str
    event: Event
    rows: tuple[ListRow, ...]
    remarks: tuple[Remark, ...]
    notices: tuple[Text, ...]

    def count(self, *fates: Fate) -> int:
        """How many rows have one of these fates."""
        return sum(each.fate in fates for each in self.rows)


def preview_list(
    office: Office,
    event: Event,
    path: Path,
    *,
    today: date,
    chosen: Mapping[int, str] | None = None,
    sheet: str = "",
) -> ListPreview:
    """Read an attendance list of `event` without writing.

    Args:
        office: the open office.
        event: whose list it is.
        path: the spreadsheet.
        today: no date of birth may lie after it.
        chosen: row -> id of the person it is, where a person said so.
        sheet: name of the sheet; without it the first with a column of names is read.

    Raises:
        InputError: when the file cannot be read, has no such sheet or no column of names.
    """
    sheets, notices = open_sheets(path)
    found, layout = _choose(sheets, sheet, path)
    layout, columns = presence_columns(found, layout)
    people = replace(layout, columns={key: at for key, at in layout.columns.items() if key in _KEPT})
    reading = read_people(found, people, today=today)
    matcher = Matcher(office, event, found, columns, chosen or {}, today)
    rows = [*matcher.rows(reading.drafts), *_unreadable(reading.refused)]
    told = (*notices[found.name], *_silence(columns))
    rows.sort(key=lambda each: each.row)
    return ListPreview(
        path=path, sheet=found.name, event=event, rows=tuple(rows), remarks=reading.remarks, notices=told
    )


def _choose(sheets: tuple[Sheet, ...], wanted: str, path: Path) -> tuple[Sheet, Layout]:
    named = [each for each in sheets if not wanted or fold(each.name) == fold(wanted)]
    if not named:
        names = ", ".join(each.name for each in sheets)
        raise InputError(
            t("The file has no sheet “{name}”", name=wanted), where=str(path), do=t("use one of: {names}", names=names)
        )
    problem: HeadingsError | None = None
    for given in ({}, {"number": "-"}):  # the second time a heading of names alone is enough
        for each in named:
            try:
                return each, find_layout(each, given)
            except HeadingsError as error:
                problem = problem or error
    assert problem is not None  # there is at least one sheet
    raise InputError(
        problem.what, where=str(path), do=t("write “Họ và tên” over the names, and “Có mặt” over the marks")
    )


def _silence(columns: PresenceColumns) -> tuple[Text, ...]:
    if not columns.meanings:
        return (t("The list has no column that says who came; everybody in it is taken to have come"),)
    if columns.silent_means_came:
        return (t("The list marks only who was absent or late; everybody else in it is taken to have come"),)
    return ()


def _unreadable(refused: tuple[Refusal, ...]) -> list[ListRow]:
    rows: dict[int, ListRow] = {}
    for each in refused:
        why = t("{column}: {problem}", column=each.column, problem=each.problem)
        rows.setdefault(each.row, ListRow(row=each.row, name=each.value, born=None, unit="", fate="refused", why=why))
    return list(rows.values())


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
                change.put(each if each.id else msgspec.structs.replace(each, id=change.new_id(Attendance)))
    return len(made)
