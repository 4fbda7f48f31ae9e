"""Commendations of the past, from a list: those of our own papers before this book, and those that others gave.

A row names a person, or a collective: in the column of collectives, by its code, or as the unit of a list of units.
They take no number of our register and no money of ours: what was registered and paid then is in the papers of then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

import msgspec

from config.text import t
from records.domain.awards.awards import Award, Decision
from records.domain.people.names import clean, fold, matching_key
from records.domain.unit_names import unit_key
from records.domain.units import Unit
from records.intake import table_values as read
from records.intake.drafts import Remark
from records.intake.tables import Table, TableColumn, TableRow
from records.rules.awards.asked import achievement_year
from records.services.imports.list_intake import Entry, Gathered, ListKind, RowError, changed
from records.services.imports.listed_people import OF_PEOPLE, PERSON
from records.services.office import Office
from records.services.units.named_units import EndedUnit, ended_remarks, heirs_of, written_out

TABLE = Table(
    "awards",
    t("LIST OF COMMENDATIONS OF THE PAST"),
    (
        *PERSON,
        TableColumn(
            "collective",
            t("Collective commended"),
            "tap the duoc khen thuong|tap the duoc khen|tap the|ten tap the|don vi duoc khen thuong|don vi duoc khen"
            "|ten tap the duoc khen thuong|collective commended|collective",
            read.text,
            width=30,
        ),
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
    (*OF_PEOPLE, "collective", "unit"),
)


def _of_unit(office: Office, row: TableRow) -> bool:
    """Whether a row is about a collective, or says of nobody whom it is about."""
    if row.get("collective"):
        return True
    return row.get("code") in office.book.table(Unit) if row.get("code") else not row.get("name")


def _entry(rows: Gathered, row: TableRow) -> Entry:
    day = row.get("day")
    assert isinstance(day, date)
    if row.row in rows.people:
        return _award(rows, row, _of_person(rows, row, day))
    unit, column = _collective(rows, row, day)
    entry = _award(rows, row, _of_collective(rows, row, unit, column))
    return replace(entry, of_unit=True, remarks=(*entry.remarks, *_ended(rows, row, unit, column)))


def _of_person(rows: Gathered, row: TableRow, day: date) -> Award:
    """An award that says only whom it commends."""
    person = rows.person(row)
    unit = row.get("unit", "") or rows.office.unit_names(day).get(person.unit_on(day), "")
    return _blank(person=person.id, name=row.get("name", "") or person.name, unit_name=unit, day=day)


def _of_collective(rows: Gathered, row: TableRow, unit: Unit, column: str) -> Award:
    """The same of a unit, named as the row writes it out; below the unit that it lay below then."""
    day, written = row.get("day"), row.get("name" if column == "code" else column, "") or row.get("collective", "")
    whole = written and written.upper() != unit.id and written_out(written)
    above = "" if column == "unit" else row.get("unit", "")
    above = above or rows.office.unit_names(day).get(unit.parent_on(day), "")
    return _blank(unit=unit.id, name=clean(written) if whole else unit.name_on(day), unit_name=above, day=day)


def _blank(*, name: str, unit_name: str, day: date, person: str = "", unit: str = "") -> Award:
    return Award(
        id="", decision="", person=person, unit=unit, prize="", name=name, unit_name=unit_name, citation="",
        achieved_from=day, achieved_to=day,
    )  # fmt: skip


def _award(rows: Gathered, row: TableRow, whom: Award) -> Entry:
    first, last = _period(rows, row, row.get("day"))
    prize, remarks = _prize(rows, row, "collective" if whom.unit else "individual")
    decision = _decision(rows, row, prize)
    meant = (whom.subject, prize, decision.id)
    held = next((each for each in rows.all(Award) if (each.subject, each.prize, each.decision) == meant), None)
    blank = held or msgspec.structs.replace(whom, id=rows.new_id(), decision=decision.id, prize=prize)
    if held is not None and held.register_number:
        raise RowError("number", t("this award stands in our register as {register}", register=held.register))
    after = msgspec.structs.replace(
        blank, citation=row.get("citation", "") or blank.citation, achieved_from=first, achieved_to=last
    )
    told = {"prize": prize, "number": decision.number, "day": str(decision.day), "issuer": decision.issuer,
            "from": str(first), "to": str(last), "citation": after.citation, "money": 0, "register": ""}  # fmt: skip
    if whom.unit:
        told = {"unit": whom.unit, **told}
    name = rows.person(row).name if whom.person else after.name
    entry = Entry(row=row.row, name=name, subject=whom.subject, told=told, records=(decision, after), remarks=remarks)
    if held is None:
        return entry
    return replace(entry, records=() if after == held else (after,), changes=changed(held, after))


def _collective(rows: Gathered, row: TableRow, day: date) -> tuple[Unit, str]:
    """The unit that a row is about, and the key of the column that says so. Raises RowError where it is in doubt."""
    units, code, given = rows.office.book.table(Unit), row.get("code", ""), row.get("collective", "")
    if (unit := units.get(code)) is not None:
        for key in ("collective", "name"):
            if row.get(key) and unit not in _called(rows, row.get(key)):
                raise RowError(key, t("the code {code} belongs to {name}", code=code, name=unit.name))
        return unit, "code"
    if given and (code or row.get("name")):
        raise RowError("collective", t("the row names a person and a collective; leave one of the two empty"))
    if given:
        return _unit_named(rows, "collective", given, day), "collective"
    if not row.get("unit"):
        raise RowError("name", t("the row names neither a person nor a collective"))
    of_units = _prizes(rows, row, "collective") and not _prizes(rows, row, "individual")
    if row.cells.keys() & {"name", "code"} and not of_units:
        title = TABLE.column("collective").title
        raise RowError("name", t("the row names a unit and nobody in it; where the unit itself was commended, write it "
                                 "into the column “{title}”", title=title))  # fmt: skip
    return _unit_named(rows, "unit", row.get("unit"), day), "unit"


def _called(rows: Gathered, given: str) -> list[Unit]:
    """Units with this id, or that bore this name at some time."""
    key = unit_key(given)
    return [
        each
        for each in rows.office.book.table(Unit)
        if each.id == given.upper() or any(unit_key(name.name) == key for name in each.names)
    ]


def _unit_named(rows: Gathered, column: str, given: str, day: date) -> Unit:
    """The unit of this name; one that bore it on the day of the decision before those of other times."""
    found = _called(rows, given)
    there = [each for each in found if each.exists_on(day)]
    then = [each for each in there if unit_key(each.name_on(day)) == unit_key(given)]
    found = then or there or found
    if not found:
        raise RowError(column, t("there is no unit “{name}” in the book; enter it first", name=given))
    if len(found) > 1:
        codes = ", ".join(each.id for each in found)
        raise RowError(column, t("several units bear this name: {codes}; write the code", codes=codes))
    return found[0]


def _ended(rows: Gathered, row: TableRow, unit: Unit, column: str) -> list[Remark]:
    """A word about a collective that is no more, and who took it over."""
    if unit.until is None or unit.until >= rows.today:
        return []
    units = {each.id: each for each in rows.office.book.table(Unit)}
    ended = EndedUnit(unit.id, unit.name, unit.until, heirs_of(units, unit.id, rows.today), (row.row,))
    return ended_remarks(rows.office, ended, rows.layout, rows.today, column)


def _period(rows: Gathered, row: TableRow, day: date) -> tuple[date, date]:
    year, first, last = row.get("year"), row.get("first"), row.get("last")
    if first is None and last is None and year is not None:
        counted = achievement_year(rows.office.settings.practice, year)
        first, last = counted.first(year), counted.last(year)
    if first is None or last is None:
        raise RowError("year", t("write the year of the achievement, or its first and last day"))
    if last < first or day < first:
        raise RowError("year", t("the achievement ends, or is rewarded, before it begins"))
    return first, last


def _prizes(rows: Gathered, row: TableRow, subject: str) -> list[str]:
    """Keys of the prizes of the settings that bear a title and are given to such subjects."""
    title = row.get("prize")
    return [
        key
        for key, prize in rows.office.settings.prizes.prizes.items()
        if fold(title) in (key, fold(prize.title.vi), fold(prize.title.en)) and prize.subject == subject
    ]


def _prize(rows: Gathered, row: TableRow, subject: str) -> tuple[str, tuple[Remark, ...]]:
    """The key of a prize of the settings, or the title as written where they have none, or several, of this name."""
    prizes, form, title = rows.office.settings.prizes.prizes, _form(rows, row), clean(row.get("prize"))
    found = _prizes(rows, row, subject)
    meant = [key for key in found if prizes[key].form == form] or found
    if not meant:
        return title, ()
    # Those of the state differ by who gave them, the first being this office's; those of the Party by their years.
    if len(meant) == 1 or prizes[meant[0]].form != "party":
        return meant[0], ()
    told = t("“{title}” may be any of {keys}; it was kept as written: write the one that is meant", title=title,
             keys=", ".join(meant))  # fmt: skip
    return title, (Remark(row.row, rows.layout.label("prize"), told),)


def _form(rows: Gathered, row: TableRow) -> Literal["party", "state"]:
    """Whose form the number of a decision has on its day: `12-QĐ/ĐU` or `12/QĐ-UBND`."""
    form = rows.office.settings.papers.forms["party"]
    written = form.pattern(max(row.get("day"), min(form.number.values)))
    return "party" if written.fullmatch(_number(row)) else "state"


def _number(row: TableRow) -> str:
    return clean(row.get("number")).removeprefix("Số ").strip()


def _decision(rows: Gathered, row: TableRow, prize: str) -> Decision:
    """The decision of a row, in the book or among the rows above."""
    office, number = rows.office.settings.office, _number(row)
    day = row.get("day")
    issuer = row.get("issuer", "") or office.name.on(day).value or ""
    for each in rows.all(Decision):
        if (each.number, each.day) == (number, day) and matching_key(each.issuer) == matching_key(issuer):
            return each
    known = rows.office.settings.prizes.prizes.get(prize)
    form = known.form if known else _form(rows, row)
    title = known.title.vi if known else clean(row.get("prize"))
    return Decision(id=rows.new_id(), number=number, day=day, form=form, issuer=issuer, title=title)


AWARDS = ListKind(TABLE, "award.import", of_people=True, entry=_entry, of_unit=_of_unit)
