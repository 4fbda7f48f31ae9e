"""A filled report form as a paper: PDF, Word or Excel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from config.i18n import tr, tr_
from config.settings.dated import Words
from config.text import Text
from exports.logged import Log
from exports.papers.commendations import headed
from exports.papers.form.logged_paper import write_paper
from exports.papers.form.paper import Paper, Section, Signer
from exports.papers.kinds.composing import blocks_of
from exports.sheets import SheetColumn
from records.domain.lists import ListExport
from records.services.awards.issuing import own
from records.services.office import Office
from records.services.reports.filling import Report


def report_paper(office: Office, report: Report, day: date, side: str = "party") -> Paper:
    """The paper of a report, in Vietnamese like every paper, dated `day`."""
    form = report.form
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Content"), 34, whole=True),
        *(SheetColumn(each.title.vi, 11, "number", group=each.group.vi if each.group else "") for each in form.columns),
    )
    rows = [
        (number, _title(line.title), *("" if cell.value is None else cell.value for cell in line.cells))
        for number, line in enumerate(report.lines, 1)
    ]
    doubt = (tr_("The form is to be confirmed."),) if form.confidence == "to_confirm" else ()
    return replace(
        headed(office, day, side),
        title=(form.title.vi.upper(), tr_("From {first} to {last}", first=report.first, last=report.last)),
        addressees=(form.addressee,) if form.addressee else (),
        sections=(Section(columns, rows, every_column=True),),
        closing=doubt,
        signers=prepared_and_head(office, day),
        landscape=None,
    )


def prepared_and_head(office: Office, day: date) -> tuple[Signer, ...]:
    """Who signs a table that goes up: who made it, and who signs papers of the office on its day."""
    head = blocks_of(own(office, day).signers) or (Signer((tr_("HEAD OF THE OFFICE"),)),)
    return (Signer((tr_("PREPARED BY"),)), *head)


def _title(title: Words | Text) -> str:
    return title.vi if isinstance(title, Words) else tr(title)


def write_report(office: Office, report: Report, path: Path, *, day: date, log: Log, overwrite: bool = False) -> None:
    """Write a report by the ending of its name, with its line in the book: whose data its numbers come from.

    Raises:
        InputError: for another ending, or a file already there.
    """
    office.judge_named(day)
    people = sorted(
        {item.subject for line in report.lines for cell in line.cells for item in cell.items if item.subject}
    )
    columns = tuple(each.title.vi for each in report.form.columns)
    export = ListExport(id="", file=str(path), sha256="", people=tuple(people), columns=columns, on=report.last)
    write_paper(report_paper(office, report, day), export, path, log=log, overwrite=overwrite)
