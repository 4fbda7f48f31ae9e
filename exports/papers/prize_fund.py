"""The prize fund of a year as a paper: what each source had and has, and every movement of money, with sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from config.i18n import tr, tr_
from exports.logged import Log
from exports.papers.commendations import headed
from exports.papers.form.logged_paper import write_paper
from exports.papers.form.paper import Paper, Section
from exports.papers.report_forms import prepared_and_head
from exports.sheets import SheetColumn
from records.domain.awards.awards import Award
from records.domain.awards.proposals import Payment
from records.domain.lists import ListExport
from records.rules.awards.words import MONEY_WORDS
from records.services.movements.fund import FundLine, balances, lines
from records.services.office import Office


def fund_paper(office: Office, year: int, day: date, side: str = "party") -> Paper:
    """The paper of a year: a table of balances, then one of every movement."""
    return replace(
        headed(office, day, side),
        title=(tr_("PRIZE FUND"), tr_("Year {year}", year=year)),
        sections=(_balances(office, year), _lines(lines(office, year=year))),
        signers=prepared_and_head(office, day),
        landscape=None,
    )


def _balances(office: Office, year: int) -> Section:
    found = balances(office, year)
    sums = ("opening", "income", "recovered", "paid", "spent", "closing")
    titles = (tr_("At first"), tr_("Income"), tr_("Recovered"), tr_("Paid"), tr_("Spent"), tr_("Left"))
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Source of money"), 40),
        *(SheetColumn(title, 14, "number") for title in titles),
    )
    rows = [(number, each.fund, *(getattr(each, name) for name in sums)) for number, each in enumerate(found, 1)]
    totals = ("", tr_("Total"), *(sum(getattr(each, name) for each in found) for name in sums))
    return Section(columns, rows, heading=tr_("By source (đ)"), totals=totals, every_column=True)


def _lines(found: list[FundLine]) -> Section:
    columns = (
        SheetColumn(tr_("No."), 5, "number"),
        SheetColumn(tr_("Day"), 12, "date"),
        SheetColumn(tr_("Source of money"), 34),
        SheetColumn(tr_("Kind"), 16),
        SheetColumn(tr_("For"), 28, whole=True),
        SheetColumn(tr_("Number"), 14),
        SheetColumn(tr_("In (đ)"), 14, "number"),
        SheetColumn(tr_("Out (đ)"), 14, "number"),
    )
    rows = [
        (
            number, each.day, each.fund, tr(MONEY_WORDS[each.kind]), each.about, each.number,
            max(0, each.amount), -each.amount if each.amount < 0 else 0,
        )
        for number, each in enumerate(found, 1)
    ]  # fmt: skip
    total = (
        sum(each.amount for each in found if each.amount > 0),
        -sum(each.amount for each in found if each.amount < 0),
    )
    return Section(
        columns,
        rows,
        heading=tr_("Every movement"),
        totals=("", tr_("Total"), "", "", "", "", *total),
        every_column=True,
    )


def write_fund(office: Office, year: int, path: Path, *, day: date, log: Log, overwrite: bool = False) -> None:
    """Write the paper by the ending of its name, with its line in the book: it names who was paid.

    Raises:
        InputError: for another ending, or a file already there.
    """
    office.judge_named(day)
    awards, payments = office.book.table(Award), office.book.table(Payment)
    paid = (awards.get(each.award) for each in payments if each.day.year == year)
    people = sorted({each.person for each in paid if each is not None and each.person})
    paper = fund_paper(office, year, day)
    columns = tuple(each.title for each in paper.sections[1].columns)
    export = ListExport(id="", file=str(path), sha256="", people=tuple(people), columns=columns, on=day)
    write_paper(paper, export, path, log=log, overwrite=overwrite)
