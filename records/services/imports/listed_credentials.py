"""Levels and papers of people, from a list."""

from __future__ import annotations

from typing import Any

import msgspec

from config.text import t
from records.domain.people.person import EDUCATION, POLITICAL_THEORY, Credential
from records.intake import table_values as read
from records.intake import words
from records.intake.tables import Table, TableColumn, TableRow
from records.services.imports.list_intake import Entry, Gathered, ListKind, RowError
from records.services.imports.listed_people import OF_PEOPLE, PERSON
from records.services.imports.updates import FieldChange

_KINDS = read.one_of(
    {
        "education": "trinh do hoc van|hoc van|chuyen mon|trinh do chuyen mon|education|trinh do",
        "political_theory": "ly luan chinh tri|llct|political theory|trinh do ly luan chinh tri",
        "language": "ngoai ngu|foreign language|language|languages",
        "informatics": "tin hoc|informatics",
    }
)
_EVIDENCE = read.one_of(
    {
        "diploma": "bang|van bang|bang tot nghiep|diploma|chung chi",
        "confirmation": "giay xac nhan|xac nhan|giay chung nhan|confirmation",
    }
)
TABLE = Table(
    "credentials",
    t("LIST OF LEVELS AND PAPERS"),
    (
        *PERSON,
        TableColumn("kind", t("Kind"), "loai|loai trinh do|kind|nhom", _KINDS, required=True, width=20),
        TableColumn("level", t("Level"), "muc|trinh do|bac|level|cap do|cap", read.text, required=True, width=18),
        TableColumn("field", t("Field of study"), "chuyen nganh|nganh hoc|nganh|field of study", read.text, width=20),
        TableColumn(
            "evidence",
            t("Paper shown"),
            "van bang da xem|giay to|paper shown|loai giay to|minh chung|van bang",
            _EVIDENCE,
        ),
        TableColumn("issuer", t("Issued by"), "noi cap|don vi cap|co quan cap|issued by", read.text, width=24),
        TableColumn("issued", t("Issued on"), "ngay cap|nam cap|issued on|nam tot nghiep", read.partial, width=12),
    ),
    OF_PEOPLE,
)
_LEVELS = {"education": (EDUCATION, words.education_of), "political_theory": (POLITICAL_THEORY, words.theory_of)}


def _entry(rows: Gathered, row: TableRow) -> Entry:
    person, made = rows.person(row), _credential(row)
    told = {key: value for key, value in msgspec.to_builtins(made, enc_hook=str).items() if value}
    same = [each for each in person.credentials if (each.kind, each.level) == (made.kind, made.level)]
    held = next((each for each in same if made.field in ("", each.field) or not each.field), None)
    if held is None:
        after = msgspec.structs.replace(person, credentials=(*person.credentials, made))
        changes: tuple[FieldChange, ...] = (FieldChange(made.kind, "", made.level),)
        changes += (FieldChange("field", "", made.field),) if made.field else ()
    else:
        filled = {key: value for key, value in msgspec.structs.asdict(made).items() if value not in ("", None)}
        whole = msgspec.structs.replace(held, **filled)
        kept = tuple(whole if each is held else each for each in person.credentials)
        after = msgspec.structs.replace(person, credentials=kept)
        changes = tuple(
            FieldChange(key, str(getattr(held, key) or ""), str(value))
            for key, value in filled.items()
            if value != getattr(held, key)
        )
    records = (after,) if after != person else ()
    return Entry(row=row.row, name=person.name, subject=person.id, told=told, records=records, changes=changes)


def _credential(row: TableRow) -> Credential:
    kind, level, field = row.get("kind"), row.get("level"), row.get("field", "")
    if kind in _LEVELS:
        known, level_of = _LEVELS[kind]
        found = level if level in known else level_of(level)
        if not found:
            raise RowError("level", t("“{text}” is no level the rules know", text=level))
        if kind == "education":
            field = field or words.field_of_study(level) if found != level else field
        level = found
    if field and kind != "education":
        raise RowError("field", t("a field of study belongs to a level of education; leave this cell empty"))
    given: dict[str, Any] = {"kind": kind, "level": level, "field": field if kind == "education" else ""}
    return Credential(**given, evidence=row.get("evidence", ""), issuer=row.get("issuer", ""), issued=row.get("issued"))


CREDENTIALS = ListKind(TABLE, "roster.credentials", of_people=True, entry=_entry)
