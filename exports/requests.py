"""The workbook with which a unit that keeps no book is asked for its people: filled with whom the book has of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from exports.logged import Log, logged_file
from exports.sheets import ListSheet, SheetColumn, write_xlsx
from records.domain.lists import ListExport
from records.domain.people.names import person_key
from records.domain.people.person import Person
from records.domain.people.person_fields import FIELDS
from records.domain.units import Unit
from records.services.exchange.workbooks import Request
from records.services.imports.list_kinds import ROSTER
from records.services.office import Office
from records.services.privacy.restricting import restricted

_FILLED = ("code", "name", "sex", "born", "unit")


def write_request(office: Office, asked: Request, path: Path, *, on: date, log: Log, overwrite: bool = False) -> int:
    """Write the workbook for a unit as `.xlsx`; gives how many people stand in it. `log` enters that it leaves.

    Only what tells people apart goes out: code, name, birth, unit. The unit fills in what is missing and new.
    People whose data is restricted are left out.

    Raises:
        InputError: for another ending, a file already there or a place that cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise InputError(
            t("“{ending}” is no spreadsheet to fill in", ending=path.suffix), where=str(path),
            do=t("name the file .xlsx"),
        )  # fmt: skip
    unit = office.book.table(Unit)[asked.unit]
    hidden = restricted(office, on)
    people = [
        each
        for each in office.book.table(Person)
        if each.unit_on(on) == unit.id and each.left is None and each.id not in hidden
    ]
    people.sort(key=lambda each: person_key(each.name))
    columns = tuple(SheetColumn(tr(each.title), each.width, "text") for each in ROSTER.columns)
    rows = [tuple(_cell(each, column.key, unit, on) for column in ROSTER.columns) for each in people]
    blank = [tuple(unit.name_on(on) if column.key == "unit" else "" for column in ROSTER.columns)]
    title = (
        tr(ROSTER.title),
        tr_("Unit: {name}", name=unit.name_on(on)),
        tr_("Time: {period}", period=asked.period),
        tr_("Leave this line as it is: {mark}", mark=asked.mark),
    )
    sheet = ListSheet(title, columns, rows, notes=(tr_("Add a row for everybody who is missing"),))
    export = ListExport(
        id="", file=str(path), sha256="", people=tuple(each.id for each in people), columns=_FILLED, on=on
    )  # fmt: skip
    with logged_file(path, export, log, overwrite=overwrite) as part:
        write_xlsx(sheet if rows else ListSheet(title, columns, blank), part, overwrite=True)
    return len(people)


def _cell(person: Person, key: str, unit: Unit, on: date) -> str:
    if key == "code":
        return person.id
    if key == "unit":
        return unit.name_on(on)
    field = next((each for each in FIELDS if each.key == key), None)
    return field.text(field.of(person)) if field is not None and key in _FILLED else ""
