"""The registration of titles as a paper: who set out for which title in a year, by title."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from exports.logged import Log
from exports.papers.commendations import headed
from exports.papers.form.logged_paper import write_paper
from exports.papers.form.paper import Paper, Section
from exports.papers.report_forms import prepared_and_head
from exports.sheets import SheetColumn
from records.domain.awards.registrations import TitleRegistration
from records.domain.lists import ListExport
from records.domain.people.person import Person
from records.rules.awards.words import REGISTRATION_WORDS
from records.services.awards.award_checks import prize_of
from records.services.movements.registrations import Wanted, place_of, registrations_of
from records.services.office import Office


def registrations_paper(office: Office, found: list[TitleRegistration], year: int, day: date) -> Paper:
    """The paper of registrations, a table for each title."""
    names, place = office.names(), place_of(office, day)
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Name"), 28, whole=True),
        SheetColumn(tr_("Unit"), 28),
        SheetColumn(tr_("Pledge"), 44),
        SheetColumn(tr_("State"), 14),
    )
    sections = []
    for prize, group in groupby(found, key=lambda each: each.prize):
        rows = [
            (number, names.get(each.subject, ""), place(each.subject), each.pledge, tr(REGISTRATION_WORDS[each.state]))
            for number, each in enumerate(group, 1)
        ]
        heading = f"{prize_of(office, prize).title.vi}: {len(rows)}"
        sections.append(Section(columns, rows, heading=heading, every_column=True))
    return replace(
        headed(office, day, "party"),
        title=(tr_("REGISTRATION OF TITLES"), tr_("Year {year}", year=year)),
        sections=tuple(sections),
        signers=prepared_and_head(office, day),
        landscape=None,
    )


def write_registrations(
    office: Office, wanted: Wanted, path: Path, *, day: date, log: Log, overwrite: bool = False
) -> None:
    """Write the registrations of a year by the ending of the file's name, with its line in the book.

    Raises:
        InputError: when there is none, for another ending, or a file already there.
    """
    office.judge_named(day)
    found = registrations_of(office, wanted, day)
    if not found:
        raise InputError(t("Nobody has registered a title"), do=t("name another year with --year"))
    known = {each.id for each in office.book.table(Person).glances()}
    paper = registrations_paper(office, found, wanted.year, day)
    export = ListExport(
        id="", file=str(path), sha256="", people=tuple(each.subject for each in found if each.subject in known),
        columns=tuple(each.title for each in paper.sections[0].columns), on=day,
    )  # fmt: skip
    write_paper(paper, export, path, log=log, overwrite=overwrite)
