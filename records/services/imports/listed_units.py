"""Units, from a list: new ones with the unit above them, and what it says otherwise of those that are known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import msgspec

from config.text import t
from records.domain.people.names import fold
from records.domain.unit_names import unit_key
from records.domain.units import Unit, UnitKind, UnitName
from records.intake import table_values as read
from records.intake.tables import Table, TableColumn, TableRow
from records.services.imports.list_intake import Entry, Gathered, ListKind, RowError, changed
from records.services.units.units import judge_unit

_KINDS = read.one_of(
    {
        "province": "tinh|province",
        "city": "thanh pho|city",
        "ward": "phuong|ward",
        "commune": "xa|commune|thi tran",
        "party_organisation": "to chuc dang|party organisation|dang bo|chi bo|dang uy",
        "office": "co quan|office|don vi|truong hoc|doanh nghiep",
    }
)
TABLE = Table(
    "units",
    t("LIST OF UNITS"),
    (
        TableColumn("code", t("Code"), "ma|ma so|code|ma don vi", read.code, width=13),
        TableColumn("name", t("Unit"), "don vi|ten don vi|unit|ten|name", read.text, required=True, width=32),
        TableColumn("kind", t("Kind"), "loai|loai don vi|kind", _KINDS),
        TableColumn(
            "parent",
            t("The unit above"),
            "don vi cap tren|cap tren|truc thuoc|the unit above|don vi chu quan",
            read.text,
            width=28,
        ),
        TableColumn(
            "statistics_code",
            t("Code of the statistics office"),
            "ma thong ke|ma cua co quan thong ke|ma dvhc|ma don vi hanh chinh|code of the statistics office",
            read.text,
        ),
        TableColumn("cluster", t("Emulation cluster"), "cum thi dua|cum|emulation cluster", read.text, width=18),
        TableColumn("bloc", t("Emulation bloc"), "khoi thi dua|khoi|emulation bloc", read.text, width=18),
        TableColumn(
            "since", t("First day"), "ngay dau|tu ngay|first day|ngay thanh lap|ngay bat dau", read.day, width=12
        ),
    ),
    ("name",),
)
_KIND_OF: dict[str, UnitKind] = {
    "tinh": "province", "thanh pho": "city", "phuong": "ward", "xa": "commune", "thi tran": "commune",
    "dang bo": "party_organisation", "dang uy": "party_organisation", "chi bo": "party_organisation",
}  # fmt: skip
_FIRST = re.compile(rf"({'|'.join(_KIND_OF)})\b")


def _entry(rows: Gathered, row: TableRow) -> Entry:
    name, units = row.get("name"), rows.all(Unit)
    held = _held(rows, row, units)
    parent = _parent(rows, row, units)
    given: dict[str, Any] = {key: row.get(key) for key in ("cluster", "bloc", "kind", "since") if row.get(key)}
    if row.get("statistics_code"):
        given["code"] = row.get("statistics_code")
    if parent is not None:
        given["parent"] = parent.id
    told = {**row.values, "parent": parent.name if parent else ""}
    entry = Entry(row=row.row, name=name, told={key: str(value) for key, value in told.items()})
    if held is not None:
        if unit_key(held.name) != unit_key(name):
            raise RowError("code", t("the code {code} belongs to {name}; rename a unit with “unit rename”",
                                     code=held.id, name=held.name))  # fmt: skip
        after = msgspec.structs.replace(held, **given)
        _judge_above(units, after)
        return replace(entry, subject=held.id, records=() if after == held else (after,), changes=changed(held, after))
    made = Unit(id=rows.new_id(), names=(UnitName(name=name),), kind=kind_by_name(name))
    made = msgspec.structs.replace(made, **given)
    _judge_above(units, made)
    if not (parent is not None and parent.id.startswith("?")):
        judge_unit(rows.office, msgspec.structs.replace(made, id=""), rows.today)
    return replace(entry, records=(made,))


def _held(rows: Gathered, row: TableRow, units: list[Unit]) -> Unit | None:
    """The unit a row is about, if the book or a row above has it."""
    code = row.get("code")
    if code:
        found = next((each for each in units if each.id == code), None)
        if found is None:
            raise RowError("code", t("no unit in the book has the code {code}", code=code))
        return found
    alike = [each for each in units if each.exists_on(rows.today) and unit_key(each.name) == unit_key(row.get("name"))]
    above = unit_key(row.get("parent", ""))
    by_id = {each.id: each for each in units}
    if above and len(alike) > 1:
        alike = [each for each in alike if each.parent in by_id and unit_key(by_id[each.parent].name) == above] or alike
    if len(alike) > 1:
        raise RowError("name", t("several units bear this name: {codes}; write the code",
                                 codes=", ".join(each.id for each in alike)))  # fmt: skip
    return next(iter(alike), None)


def _parent(rows: Gathered, row: TableRow, units: list[Unit]) -> Unit | None:
    """The unit above, in the book or among the rows above."""
    given = row.get("parent", "")
    if not given:
        return None
    found = [each for each in units if each.id == given.upper() or unit_key(each.name) == unit_key(given)]
    living = [each for each in found if each.exists_on(rows.today)] or found
    if len(living) == 1:
        return living[0]
    if living:
        codes = ", ".join(each.id for each in living)
        raise RowError("parent", t("several units bear this name: {codes}; write the code", codes=codes))
    later = any(unit_key(each.get("name")) == unit_key(given) for each in rows.rows if each.row > row.row)
    if later:
        raise RowError("parent", t("“{name}” stands further down; put it before those below it", name=given))
    raise RowError("parent", t("there is no unit “{name}”; enter it first, or above in this list", name=given))


def _judge_above(units: list[Unit], unit: Unit) -> None:
    """Refuse a unit that would lie below itself. Raises RowError."""
    by_id, above, seen = {each.id: each for each in units}, unit.parent, {unit.id}
    while above:
        if above in seen:
            raise RowError("parent", t("the unit would lie below itself"))
        seen.add(above)
        above = by_id[above].parent if above in by_id else ""


def kind_by_name(name: str) -> UnitKind:
    """The kind of unit that its name begins with."""
    found = _FIRST.match(fold(name))
    return _KIND_OF[found[1]] if found else "office"


UNITS = ListKind(TABLE, "unit.import", of_people=False, entry=_entry)
