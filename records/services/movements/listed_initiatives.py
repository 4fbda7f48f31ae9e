"""Initiatives, from a list: one row for each author; rows with the same title and paper are one initiative."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from config.text import t
from records.domain.awards.initiatives import Author, Initiative
from records.domain.people.names import fold
from records.intake import table_values as read
from records.intake.tables import Table, TableColumn, TableRow
from records.services.imports.list_intake import Entry, Gathered, ListKind, RowError, changed
from records.services.imports.listed_people import OF_PEOPLE, PERSON
from records.services.movements.initiatives import days_problem, share_problem

_LEVELS = read.one_of(
    {
        "grassroots": "co so|cap co so|grassroots|at the grassroots",
        "province": "tinh|cap tinh|bo, tinh|cap bo, tinh|bo|thanh pho|cap thanh pho|province|province or ministry"
        "|tinh hoac bo",
        "national": "toan quoc|cap toan quoc|quoc gia|national|the whole country|ca nuoc",
    }
)
TABLE = Table(
    "initiatives",
    t("LIST OF INITIATIVES"),
    (
        *PERSON,
        TableColumn(
            "title", t("Initiative"),
            "sang kien|ten sang kien|ten sang kien, de tai|de tai|initiative|noi dung sang kien",
            read.text, required=True, width=44,
        ),
        TableColumn(
            "share", t("Share (%)"), "ty le dong gop (%)|ty le dong gop|ty le|share (%)|share|% dong gop", read.count
        ),
        TableColumn("scope", t("Level of recognition"), "cap cong nhan|cap|level|level of recognition", _LEVELS, True),
        TableColumn("day", t("Handed in on"), "ngay nop|handed in on", read.day, width=12),
        TableColumn(
            "recognised", t("Recognised on"), "ngay cong nhan|ngay quyet dinh|recognised on|ngay qd", read.day, width=12
        ),
        TableColumn("number", t("Decision number"), "so quyet dinh|so qd|decision number|quyet dinh so", read.text),
        TableColumn(
            "by", t("Recognised by"), "co quan cong nhan|noi cong nhan|recognised by|don vi cong nhan",
            read.text, width=28
        ),
        TableColumn("year", t("Counts for the year"), "tinh cho nam|nam|counts for the year|year", read.year, width=10),
        TableColumn(
            "applied", t("Where it is applied"), "pham vi ap dung|ap dung|where it is applied", read.text, width=28
        ),
    ),
    OF_PEOPLE,
)  # fmt: skip

_SAID = ("scope", "day", "recognised", "number", "by", "year", "applied")


def _entry(rows: Gathered, row: TableRow) -> Entry:
    person, title = rows.person(row), row.get("title")
    told = {
        key: row.get(key) for key in ("scope", "day", "recognised", "number", "by", "year", "applied") if row.get(key)
    }
    held = _held(rows, title, person.id, row)
    before = held or Initiative(id=rows.new_id(), title=title, authors=(), scope=row.get("scope"))
    own = Author(person=person.id, share=row.get("share") or before.share_of(person.id) or 0)
    authors = tuple(own if each.person == person.id else each for each in before.authors)
    after = msgspec.structs.replace(before, **told, authors=authors if own in authors else (*authors, own))
    _judge(rows, row, after)
    shown = {"initiative": after.title, "share": own.share, **{key: str(value) for key, value in told.items()}}
    entry = Entry(row=row.row, name=person.name, subject=person.id, told=shown, records=(after,))
    if held is None or held.id.startswith("?"):
        return entry
    return replace(entry, records=() if after == held else (after,), changes=changed(held, after))


def _held(rows: Gathered, title: str, person: str, row: TableRow) -> Initiative | None:
    """The initiative of the book, or of a row above, that this row tells of."""
    for each in rows.all(Initiative):
        if fold(each.title) == fold(title):
            paper = (each.number, each.recognised)
            same = paper == (row.get("number", ""), row.get("recognised")) and any(paper)
            if same or each.share_of(person) is not None:
                return each
    return None


def _judge(rows: Gathered, row: TableRow, after: Initiative) -> None:
    if after.recognised and not after.by:
        raise RowError("by", t("write who recognised it"))
    if problem := days_problem(after, rows.today):
        raise RowError("recognised", problem)
    last = not any(
        each.row > row.row and fold(each.get("title", "")) == fold(after.title) for each in rows.rows
    )  # the whole is judged where its last author stands
    problem = share_problem(after.authors)
    if problem and (last or sum(each.share for each in after.authors) > 100):  # percent
        raise RowError("share", problem)


INITIATIVES = ListKind(TABLE, "initiative.import", of_people=True, entry=_entry)
