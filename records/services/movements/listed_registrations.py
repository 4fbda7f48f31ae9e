"""Registrations of titles, from a list: of people, or of units in the column of collectives."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from config.errors import InputError
from config.text import t
from records.domain.awards.registrations import TitleRegistration
from records.domain.people.names import fold
from records.domain.units import Unit
from records.intake import table_values as read
from records.intake.tables import Table, TableColumn, TableRow
from records.services.imports.list_intake import Entry, Gathered, ListKind, RowError, changed
from records.services.imports.listed_people import OF_PEOPLE, PERSON
from records.services.movements.movements import movement_named
from records.services.movements.registrations import judge_subject, judge_year, prize_named, twin_of
from records.services.office import Office

TABLE = Table(
    "registrations",
    t("REGISTRATION OF TITLES"),
    (
        *PERSON,
        TableColumn(
            "collective", t("Collective that registers"),
            "tap the dang ky|tap the|ten tap the|don vi dang ky|collective that registers|collective",
            read.text, width=30,
        ),
        TableColumn(
            "prize", t("Title registered"),
            "danh hieu dang ky|danh hieu|dang ky danh hieu|danh hieu thi dua|danh hieu thi dua dang ky|title registered"
            "|title|hinh thuc", read.text, required=True, width=26,
        ),
        TableColumn("year", t("Year"), "nam|nam dang ky|year", read.any_year, True, 8),
        TableColumn("movement", t("Movement"), "phong trao|phong trao thi dua|chuyen de|movement", read.text, width=26),
        TableColumn(
            "pledge", t("Pledge"), "noi dung dang ky|giao uoc|chi tieu dang ky|noi dung|muc tieu|pledge", read.text,
            width=40,
        ),
        TableColumn("registered", t("Registered on"), "ngay dang ky|registered on", read.day, width=12),
    ),
    (*OF_PEOPLE, "collective"),
)  # fmt: skip


def _of_unit(office: Office, row: TableRow) -> bool:
    return bool(row.get("collective")) or row.get("code", "") in office.book.table(Unit)


def _entry(rows: Gathered, row: TableRow) -> Entry:
    subject, name = _subject(rows, row)
    asked = {"prize": prize_named, "movement": lambda office, text: movement_named(office, text).id}
    meant = {key: _named(rows, row, key, find) for key, find in asked.items()}
    year = row.get("year")
    try:
        judge_year(year)
        judge_subject(rows.office, subject, meant["prize"])
    except InputError as error:
        raise RowError("prize", error.what) from None
    made = TitleRegistration(
        id=rows.new_id(), subject=subject, year=year, prize=meant["prize"], movement=meant["movement"]
    )
    held = twin_of(made, rows.all(TitleRegistration))
    said = {key: row.get(key) for key in ("pledge", "registered") if row.get(key)}
    after = msgspec.structs.replace(held or made, **said)
    if held is not None and after != held and held.state in ("sent", "approved"):
        raise RowError("pledge", t("this registration was sent already; have it returned first"))
    told = {"prize": meant["prize"], "year": year, "movement": meant["movement"],
            **{key: str(value) for key, value in said.items()}}  # fmt: skip
    entry = Entry(row=row.row, name=name, subject=subject, told=told, records=(after,),
                  of_unit=_of_unit(rows.office, row))  # fmt: skip
    if held is None:
        return entry
    return replace(entry, records=() if after == held else (after,), changes=changed(held, after))


def _subject(rows: Gathered, row: TableRow) -> tuple[str, str]:
    """Id and name of whom a row is about."""
    if row.row in rows.people:
        person = rows.person(row)
        return person.id, person.name
    if (unit := rows.office.book.table(Unit).get(row.get("code", ""))) is not None:
        return unit.id, unit.name
    wanted = row.get("collective", "")
    found = [
        each for each in rows.office.book.table(Unit)
        if wanted.upper() == each.id or fold(wanted) in [fold(one.name) for one in each.names]
    ]  # fmt: skip
    standing = [each for each in found if each.exists_on(rows.today)] or found
    if len(standing) != 1:
        problem = t("{n} units are called so; write the code", n=len(found))
        raise RowError("collective", problem if found else t("there is no unit of this name in the book"))
    return standing[0].id, standing[0].name


def _named(rows: Gathered, row: TableRow, key: str, find: object) -> str:
    """The key or id of what a cell names; empty where it is empty."""
    text = row.get(key, "")
    if not text:
        return ""
    assert callable(find)
    try:
        return str(find(rows.office, text))
    except InputError as error:
        raise RowError(key, error.what) from None


REGISTRATIONS = ListKind(TABLE, "registration.import", of_people=True, entry=_entry, of_unit=_of_unit)
