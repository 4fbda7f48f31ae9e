"""Verifications and measures of discipline, from a list."""

from __future__ import annotations

from dataclasses import replace

from config.text import t
from records.domain.appointments import Discipline
from records.intake import table_values as read
from records.intake.tables import Table, TableColumn, TableRow
from records.services.access.looking import may_see
from records.services.access.telling import NOT_SHOWN
from records.services.imports.list_intake import Entry, Gathered, ListKind, RowError, changed
from records.services.imports.listed_people import OF_PEOPLE, PERSON
from records.services.imports.updates import FieldChange
from records.services.people.discipline import Matter, matter_of

_MEASURES = read.one_of(
    {
        "reprimand": "khien trach|reprimand",
        "warning": "canh cao|warning",
        "removal": "cach chuc|removal|removal from office",
        "expulsion": "khai tru|expulsion",
    }
)
TABLE = Table(
    "discipline",
    t("LIST OF DISCIPLINE AND VERIFICATIONS"),
    (
        *PERSON,
        TableColumn("opened", t("Begun on"), "ngay bat dau|bat dau|begun on|ngay mo|ngay xem xet", read.day, width=12),
        TableColumn("measure", t("Measure"), "muc ky luat|hinh thuc|hinh thuc ky luat|ky luat|measure", _MEASURES),
        TableColumn(
            "decided",
            t("Announced on"),
            "ngay cong bo|ngay quyet dinh|announced on|ngay ky luat|ngay qd",
            read.day,
            width=12,
        ),
        TableColumn(
            "lapses",
            t("Lapses on"),
            "het hieu luc tu|ngay het hieu luc|het hieu luc|lapses on|het han",
            read.any_day,
            width=12,
        ),
        TableColumn(
            "closed",
            t("Closed without a measure on"),
            "ngay ket thuc khong ky luat|ngay ket thuc|closed without a measure on|ket thuc",
            read.day,
            width=14,
        ),
        TableColumn("number", t("Decision number"), "so quyet dinh|so qd|decision number|quyet dinh so", read.text),
    ),
    OF_PEOPLE,
)


def _entry(rows: Gathered, row: TableRow) -> Entry:
    person, decided = rows.person(row), row.get("decided")
    opened = row.get("opened") or decided
    if opened is None:
        raise RowError("opened", t("write the day it began, or the day the measure was announced"))
    matter = Matter(
        opened=opened,
        measure=row.get("measure", ""),
        decided=decided,
        lapses=row.get("lapses"),
        closed=row.get("closed"),
        number=row.get("number", ""),
    )
    of_person = [each for each in rows.all(Discipline) if each.person == person.id]
    held = next((each for each in of_person if _same(each, matter)), None)
    blank = held or Discipline(id=rows.new_id(), person=person.id, opened=opened)
    after = matter_of(rows.office, blank, matter)
    told = {key: str(value) for key in ("opened", "measure", "decided", "lapses", "closed", "number")
            if (value := getattr(after, key))}  # fmt: skip
    entry = Entry(row=row.row, name=person.name, subject=person.id, told=told, records=(after,))
    if held is None:
        return entry
    if not may_see(rows.office):
        return replace(
            entry, records=(after,), changes=tuple(FieldChange(key, NOT_SHOWN, value) for key, value in told.items())
        )
    return replace(entry, records=() if after == held else (after,), changes=changed(held, after))


def _same(held: Discipline, matter: Matter) -> bool:
    """The matter of the same decision, or begun on the same day."""
    return bool(matter.number and matter.number == held.number) or held.opened == matter.opened


DISCIPLINE = ListKind(TABLE, "roster.discipline", of_people=True, entry=_entry)
