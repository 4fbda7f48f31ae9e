"""The register of commendations as a paper: every number that was ever given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from config.speech import say, say_
from exports.commendations import headed
from exports.reports.paper import Paper, Section
from exports.sheets import SheetColumn
from records.desks.award_checks import prize_of
from records.desks.office import Office
from records.desks.registering import RegisterRow, register


def register_paper(office: Office, year: int, day: date) -> Paper:
    """The register of a year, every number that was ever given."""
    columns = (
        SheetColumn(say_("Number"), 9, "number"),
        SheetColumn(say_("Full name"), 26),
        SheetColumn(say_("Unit"), 28),
        SheetColumn(say_("Title or form"), 22),
        SheetColumn(say_("Decision"), 18),
        SheetColumn(say_("Day"), 12, "date"),
        SheetColumn(say_("Entered"), 24),
        SheetColumn(say_("Note"), 34),
    )
    rows = [_register_row(office, each) for each in register(office.book, year)]
    return replace(
        headed(office, day, "party"),
        title=(say_("REGISTER OF COMMENDATION"), say_("Year {year}", year=year)),
        sections=(Section(columns, rows),),
        landscape=True,
    )


def _register_row(office: Office, row: RegisterRow) -> tuple[object, ...]:
    entered = f"{row.entered} · {row.by}" if row.entered else ""
    note = say(row.note) if row.note else ""
    if row.award is None or row.decision is None:
        return row.number, "—", "", "", "", None, entered, note
    title = prize_of(office, row.award.prize).title.vi
    return (
        row.number,
        row.award.name,
        row.award.unit_name,
        title,
        row.decision.number,
        row.decision.day,
        entered,
        note,
    )
