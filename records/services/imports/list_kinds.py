"""Every list that comes in by spreadsheet: its kind, or for lists with a reader of their own, the template to fill."""

from __future__ import annotations

from collections.abc import Mapping

from config.text import t
from records.intake.tables import Table, TableColumn
from records.services.imports.list_intake import ListKind
from records.services.imports.listed_awards import AWARDS
from records.services.imports.listed_credentials import CREDENTIALS
from records.services.imports.listed_discipline import DISCIPLINE
from records.services.imports.listed_duties import DUTIES
from records.services.imports.listed_people import OF_PEOPLE, PERSON
from records.services.imports.listed_units import UNITS

LIST_KINDS: Mapping[str, ListKind] = {each.table.key: each for each in (UNITS, DISCIPLINE, CREDENTIALS, DUTIES, AWARDS)}

ROSTER = Table(
    "roster",
    t("LIST OF PEOPLE"),
    (
        *PERSON[:2],
        TableColumn("sex", t("Sex"), "gioi tinh", width=8),
        *PERSON[2:3],
        TableColumn("ethnicity", t("Ethnicity"), "dan toc", width=10),
        TableColumn("religion", t("Religion"), "ton giao", width=10),
        TableColumn("native_place", t("Native place"), "que quan", width=24),
        TableColumn("residence", t("Residence"), "noi o", width=24),
        TableColumn("position", t("Position"), "chuc vu", width=22),
        *PERSON[3:],
        TableColumn("national_id", t("National id"), "cccd", width=15),
        TableColumn("phone", t("Phone"), "dien thoai", width=13),
        TableColumn("email", t("Email"), "email", width=22),
        TableColumn("education", t("Education"), "trinh do", width=16),
        TableColumn("field_of_study", t("Field of study"), "chuyen nganh", width=18),
        TableColumn("political_theory", t("Political theory"), "ly luan chinh tri", width=16),
        TableColumn("party_probation", t("Joined the Party on probation"), "ngay vao dang", width=14),
        TableColumn("party_official", t("Official Party member since"), "ngay chinh thuc", width=14),
        TableColumn("party_card", t("Party card number"), "so the dang vien", width=14),
        TableColumn("role", t("Role"), "vai tro", width=16),
        TableColumn("level", t("Level"), "cap", width=12),
        TableColumn("decision_number", t("Decision number"), "so quyet dinh", width=16),
        TableColumn("decision_date", t("Decision date"), "ngay quyet dinh", width=13),
        TableColumn("since", t("Since"), "tu ngay", width=12),
        TableColumn("until", t("Until"), "den ngay", width=12),
        TableColumn("note", t("Note"), "ghi chu", width=20),
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
