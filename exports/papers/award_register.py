"""The register of commendations as a paper: every number that was ever given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from config.i18n import tr, tr_
from exports.papers.commendations import headed
from exports.papers.form.paper import Paper, Section
from exports.sheets import SheetColumn
from records.services.awards.award_checks import prize_of
from records.services.awards.registering import RegisterRow, register
from records.services.office import Office


def register_paper(office: Office, year: int, day: date) -> Paper:
    """The register of a year, every number that was ever given."""
    columns = (
        SheetColumn(tr_("Number"), 8, "number"),
        SheetColumn(tr_("Full name"), 24, whole=True),
        SheetColumn(tr_("Unit"), 26),
        SheetColumn(tr_("Title or form"), 18),
        SheetColumn(tr_("Achievement"), 34),
        SheetColumn(tr_("Money (đ)"), 12, "number"),
        SheetColumn(tr_("Decision"), 16),
        SheetColumn(tr_("Day"), 12, "date"),
        SheetColumn(tr_("Note"), 22),
    )
    found = register(office.book, year)
    rows = [_register_row(office, each) for each in found]
    total = sum(each.award.money for each in found if each.award)
    return replace(
        headed(office, day, "party"),
        title=(tr_("REGISTER OF COMMENDATION"), tr_("Year {year}", year=year)),
        sections=(
            Section(columns, rows, every_column=True, totals=("", tr_("Total"), "", "", "", total, "", None, "")),
        ),
        landscape=None,
    )


def _register_row(office: Office, row: RegisterRow) -> tuple[object, ...]:
    note = tr(row.note) if row.note else ""
    if row.award is None or row.decision is None:
        return row.number, "—", "", "", "", None, "", None, note
    title = prize_of(office, row.award.prize).title.vi
    return (
        row.number,
        row.award.name,
        row.award.unit_name,
        title,
        row.award.citation,
        row.award.money,
        row.decision.number,
        row.decision.day,
        note,
    )
