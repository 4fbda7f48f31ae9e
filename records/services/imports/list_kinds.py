"""Every list that comes in by spreadsheet: its kind, or for lists with a reader of their own, the template to fill."""

from __future__ import annotations

from collections.abc import Mapping

from config.text import t
from records.domain.people.person_fields import FIELDS
from records.intake.tables import Table, TableColumn
from records.services.imports.list_intake import ListKind
from records.services.imports.listed_awards import AWARDS
from records.services.imports.listed_credentials import CREDENTIALS
from records.services.imports.listed_discipline import DISCIPLINE
from records.services.imports.listed_duties import DUTIES
from records.services.imports.listed_people import OF_PEOPLE, PERSON
from records.services.imports.listed_units import UNITS
from records.services.movements.listed_initiatives import INITIATIVES
from records.services.movements.listed_registrations import REGISTRATIONS

LIST_KINDS: Mapping[str, ListKind] = {
    each.table.key: each for each in (UNITS, DISCIPLINE, CREDENTIALS, DUTIES, AWARDS, INITIATIVES, REGISTRATIONS)
}

ROSTER = Table(
    "roster",
    t("LIST OF PEOPLE"),
    (
        PERSON[0],
        *(TableColumn(each.key, each.title, each.headings, width=each.width) for each in FIELDS),
        TableColumn("role", t("Role"), "vai tro", width=16),
        TableColumn("level", t("Level"), "cap", width=12),
        TableColumn("decision_number", t("Decision number"), "so quyet dinh", width=16),
        TableColumn("decision_date", t("Decision date"), "ngay quyet dinh", width=13),
        TableColumn("since", t("Since"), "tu ngay", width=12),
        TableColumn("until", t("Until"), "den ngay", width=12),
    ),
    OF_PEOPLE,
)
TRAINING = Table(
    "training",
    t("LIST OF ATTENDANCE"),
    (
        *PERSON,
        TableColumn("presence", t("Attendance"), "diem danh", width=14),
        TableColumn("result", t("Result"), "ket qua", width=14),
        TableColumn("score", t("Score"), "diem", width=10),
        TableColumn("rank", t("Rank"), "xep loai", width=12),
        TableColumn("certificate", t("Certificate number"), "so giay chung nhan", width=18),
        TableColumn("note", t("Note"), "ghi chu", width=20),
    ),
    OF_PEOPLE,
)
TEMPLATES: Mapping[str, Table] = {
    each.key: each for each in (ROSTER, TRAINING, *(kind.table for kind in LIST_KINDS.values()))
}
