"""The columns by which lists about people of the book say who is meant."""

from __future__ import annotations

from config.text import t
from records.intake import table_values as read
from records.intake.tables import TableColumn

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
    TableColumn("unit", t("Unit"), "don vi|don vi cong tac|unit|noi cong tac|co quan|chi bo", read.text, width=26),
)
OF_PEOPLE = ("code", "name")
