"""Talks and reports of people by month, from a list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec

from config.text import t
from records.domain.training import DutyCount
from records.intake import table_values as read
from records.intake.tables import Table, TableColumn, TableRow
from records.rules.training.duties import MEASURE_WORDS, duty_problem
from records.services.imports.list_intake import Entry, Gathered, ListKind, RowError, changed
from records.services.imports.listed_people import OF_PEOPLE, PERSON

_HEADS = {
    "talks": "so cuoc noi chuyen|cuoc noi chuyen|so buoi noi chuyen|buoi noi chuyen|so buoi|talks|noi chuyen|so cuoc",
    "listeners": "so nguoi nghe|nguoi nghe|luot nguoi nghe|listeners|so luot nguoi nghe",
    "reports_due": "so bao cao phai nop|bao cao phai nop|phai nop|reports due",
    "reports_on_time": "so bao cao dung han|bao cao dung han|dung han|nop dung han|reports on time",
}
TABLE = Table(
    "duties",
    t("LIST OF DUTIES BY MONTH"),
    (
        *PERSON,
        TableColumn("month", t("Month"), "thang|month|thang nam", read.month, required=True, width=10),
        *(TableColumn(key, MEASURE_WORDS[key], words, read.count, width=12) for key, words in _HEADS.items()),
    ),
    OF_PEOPLE,
)


def _entry(rows: Gathered, row: TableRow) -> Entry:
    person, month = rows.person(row), row.get("month")
    assert isinstance(month, date)
    counts = {key: row.get(key) for key in MEASURE_WORDS if row.get(key) is not None}
    if not counts:
        raise RowError("month", t("the row has no count"))
    held = next((each for each in rows.all(DutyCount) if (each.person, each.month) == (person.id, month)), None)
    before = held or DutyCount(id=rows.new_id(), person=person.id, month=month)
    after = msgspec.structs.replace(before, **counts)
    if problem := duty_problem(after):
        raise RowError(next(iter(counts)), problem)
    told = {"month": f"{month:%Y-%m}", **{key: getattr(after, key) for key in MEASURE_WORDS}}
    entry = Entry(row=row.row, name=person.name, subject=person.id, told=told, records=(after,))
    if held is None:
        return entry
    return replace(entry, records=() if after == held else (after,), changes=changed(held, after))


DUTIES = ListKind(TABLE, "training.duties", of_people=True, entry=_entry)
