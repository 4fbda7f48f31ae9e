"""How lists about people of the book say who is meant: by which columns, and who that is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from config.text import Text, t
from records.domain.people.names import matching_key
from records.domain.people.person import Person
from records.intake import table_values as read
from records.intake.drafts import DraftPerson, Refusal
from records.intake.layout.columns import Layout
from records.intake.matching import Duplicate
from records.intake.tables import TableColumn, TableRow, refusal
from records.services.imports.intake import recognised
from records.services.office import Office

PERSON = (
    TableColumn("code", t("Code"), "ma|ma so|code|ma nguoi|ma ho so", read.code, width=13),
    TableColumn(
        "name",
        t("Full name"),
        "ho va ten|ho ten|full name|ten|name|ho va ten can bo|ho va ten khai sinh",
        read.name,
        width=26,
    ),
    TableColumn(
        "born",
        t("Born"),
        "sinh|ngay sinh|nam sinh|born|ngay thang nam sinh|date of birth",
        read.partial,
        width=12,
    ),
    TableColumn(
        "unit",
        t("Unit"),
        "don vi|ten don vi|don vi cong tac|unit|noi cong tac|co quan|chi bo",
        read.text,
        width=26,
    ),
)
OF_PEOPLE = ("code", "name")


def people_of(
    office: Office, rows: tuple[TableRow, ...], layout: Layout, today: date, chosen: Mapping[int, str]
) -> tuple[dict[int, Person], tuple[Duplicate, ...], list[Refusal]]:
    """Who the rows are about, how they were found, and the rows of which nobody sure was found."""
    drafts = [
        DraftPerson(
            row=each.row,
            name=each.get("name", ""),
            code=each.get("code", ""),
            born=each.get("born"),
            national_id=each.get("national_id", ""),
            unit=each.get("unit", ""),
        )
        for each in rows
    ]
    table = office.book.table(Person)
    matches = {each.row: each for each in recognised(office, tuple(drafts), today)}
    people: dict[int, Person] = {}
    refused = []
    for draft in drafts:
        key, problem = "name" if draft.name else "code", None
        person = table.get(chosen[draft.row]) if draft.row in chosen else None
        if draft.row in chosen and person is None:
            problem = t("nobody in the book has the code {code}", code=chosen[draft.row])
        elif person is None:
            found = _sure(office, draft, matches.get(draft.row))
            person, problem = (found, None) if isinstance(found, Person) else (None, found)
            key = "code" if draft.code else key
        if person is not None:
            people[draft.row] = person
        elif problem is not None:
            refused.append(refusal(layout, draft.row, key, draft.code or draft.name, problem, draft.name))
    known = tuple(each for each in matches.values() if not each.of.startswith("row "))
    return people, known, refused


def _sure(office: Office, draft: DraftPerson, match: Duplicate | None) -> Person | Text:
    """The one person a row is about, or why that is not sure."""
    table = office.book.table(Person)
    if draft.code:
        person = table.get(draft.code)
        if person is None:
            return t("nobody in the book has the code {code}", code=draft.code)
        if draft.name and matching_key(draft.name) != matching_key(person.name):
            return t("the code {code} belongs to {name}", code=draft.code, name=person.name)
        return person
    found = table.get(match.of) if match is not None else None
    if match is None or found is None:
        return t("nobody in the book has this name and birth; write the code, or enter the person first")
    if match.confidence == "possible" or match.others:
        people = ", ".join((match.of, *match.others))
        return t("this may be {people}; write the code", people=people)
    return found
