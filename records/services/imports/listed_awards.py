"""Commendations of the past, from a list: those of our own papers before this book, and those that others gave.

They take no number of our register and no money of ours: what was registered and paid then is in the papers of then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec

from config.text import t
from records.domain.awards.awards import Award, Decision
from records.domain.people.names import clean, fold, matching_key
from records.intake import table_values as read
from records.intake.tables import Table, TableColumn, TableRow
from records.services.imports.list_intake import Entry, Gathered, ListKind, RowError, changed
from records.services.imports.listed_people import OF_PEOPLE, PERSON

TABLE = Table(
    "awards",
    t("LIST OF COMMENDATIONS OF THE PAST"),
    (
        *PERSON,
        TableColumn(
            "prize",
            t("Title or form"),
            "danh hieu, hinh thuc|danh hieu|hinh thuc khen thuong|hinh thuc|title or form|khen thuong"
            "|danh hieu thi dua|danh hieu/hinh thuc|ten danh hieu",
            read.text,
            required=True,
            width=26,
        ),
        TableColumn(
            "number", t("Decision number"), "so quyet dinh|so qd|decision number|quyet dinh so", read.text, True
        ),
        TableColumn(
            "day", t("Day of the decision"), "ngay quyet dinh|ngay qd|day of the decision|ngay ky", read.day, True, 12
        ),
        TableColumn(
            "issuer",
            t("Given by"),
            "co quan khen thuong|cap khen thuong|given by|co quan ban hanh|noi cap|co quan quyet dinh"
            "|co quan ra quyet dinh|cap quyet dinh|don vi khen thuong|noi khen thuong",
            read.text,
            width=30,
        ),
        TableColumn(
            "year",
            t("Year of the achievement"),
            "nam thanh tich|nam khen thuong|nam|year of the achievement",
            read.year,
        ),
        TableColumn(
            "first", t("First day of the achievement"), "thanh tich tu ngay|first day of the achievement", read.day
        ),
        TableColumn(
            "last", t("Last day of the achievement"), "thanh tich den ngay|last day of the achievement", read.day
        ),
        TableColumn(
            "citation", t("Achievement"), "thanh tich|noi dung|achievement|noi dung khen thuong", read.text, width=40
        ),
    ),
    OF_PEOPLE,
)


def _entry(rows: Gathered, row: TableRow) -> Entry:
    person, day = rows.person(row), row.get("day")
    assert isinstance(day, date)
    first, last = _period(row, day)
    decision = _decision(rows, row, day)
    prize = _prize(rows, row)
    held = next(
        (
            each
            for each in rows.all(Award)
            if (each.person, each.prize) == (person.id, prize) and each.decision == decision.id
        ),
        None,
    )
    units = rows.office.unit_names(day)
    blank = held or Award(
        id=rows.new_id(), decision=decision.id, person=person.id, prize=prize, name=row.get("name", "") or person.name,
        unit_name=row.get("unit", "") or units.get(person.unit_on(day), ""), citation="", achieved_from=first,
        achieved_to=last,
    )  # fmt: skip
    if held is not None and held.register_number:
        raise RowError("number", t("this award stands in our register as {register}", register=held.register))
    after = msgspec.structs.replace(
        blank, citation=row.get("citation", "") or blank.citation, achieved_from=first, achieved_to=last
    )
    told = {"prize": prize, "number": decision.number, "day": str(day), "issuer": decision.issuer,
            "from": str(first), "to": str(last), "citation": after.citation, "money": 0, "register": ""}  # fmt: skip
    entry = Entry(row=row.row, name=person.name, subject=person.id, told=told, records=(decision, after))
    if held is None:
        return entry
    return replace(entry, records=() if after == held else (after,), changes=changed(held, after))


def _period(row: TableRow, day: date) -> tuple[date, date]:
    year, first, last = row.get("year"), row.get("first"), row.get("last")
    if first is None and last is None and year is not None:
        first, last = date(year, 1, 1), date(year, 12, 31)
    if first is None or last is None:
        raise RowError("year", t("write the year of the achievement, or its first and last day"))
    if last < first or day < first:
        raise RowError("year", t("the achievement ends, or is rewarded, before it begins"))
    return first, last


def _prize(rows: Gathered, row: TableRow) -> str:
    """The key of a prize of the settings, or the title as written where they have none of this name."""
    title = row.get("prize")
    for key, prize in rows.office.settings.prizes.prizes.items():
        if fold(title) in (key, fold(prize.title.vi), fold(prize.title.en)) and prize.subject == "individual":
            return key
    return clean(title)


def _decision(rows: Gathered, row: TableRow, day: date) -> Decision:
    """The decision of a row, in the book or among the rows above."""
    office, number = rows.office.settings.office, clean(row.get("number")).removeprefix("Số ").strip()
    ours = office.name.on(day).value or ""
    issuer = row.get("issuer", "") or ours
    for each in rows.all(Decision):
        if (each.number, each.day) == (number, day) and matching_key(each.issuer) == matching_key(issuer):
            return each
    prize = rows.office.settings.prizes.prizes.get(_prize(rows, row))
    form = prize.form if prize else ("party" if "-QĐ/" in number else "state")
    title = prize.title.vi if prize else clean(row.get("prize"))
    return Decision(id=rows.new_id(), number=number, day=day, form=form, issuer=issuer, title=title)


AWARDS = ListKind(TABLE, "award.import", of_people=True, entry=_entry)
