"""`report`: forms that go up, filled from the book; each number names the records behind it."""

from __future__ import annotations

import argparse
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from config.errors import needs
from config.i18n import language, tr, tr_
from config.settings.dated import Words
from config.text import Text, t
from records.services.lists import log_export
from records.services.reports import filling
from records.services.reports.filling import Report, ReportCell
from tui.cli import context
from tui.present.words import number_told


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    listing = actions.add_parser("list", help=tr_("the forms there are"), parents=[shared])
    listing.set_defaults(run=show_forms)
    filling_in = actions.add_parser("fill", help=tr_("fill a form, and write it to a file"), parents=[shared])
    filling_in.add_argument("--out", default="", metavar="FILE", help=tr_("file to write: .pdf, .docx or .xlsx"))
    filling_in.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    filling_in.set_defaults(run=fill_form)
    showing = actions.add_parser("show", help=tr_("the records behind one number"), parents=[shared])
    showing.add_argument("--cell", required=True, metavar="ROW,COLUMN", help=tr_("numbers from 1, or ids of the form"))
    showing.set_defaults(run=show_cell)
    for each in (filling_in, showing):
        each.add_argument("form", metavar="FORM", help=tr_("id of a form"))
        each.add_argument(
            "--period", default="", help=tr_("2025, 2025-H1, 2025-Q2 or 2025-03; this year when left out")
        )


def show_forms(args: argparse.Namespace) -> int:
    """List the forms."""
    with context.office(args) as office:
        found = [
            {
                "id": each.id,
                "title": each.title.in_language(language()),
                "rows": [one.id for one in each.rows],
                "columns": [one.id for one in each.columns],
                "source": each.source,
                "confidence": each.confidence,
            }
            for each in filling.forms(office)
        ]
        lines = [
            f"{each['id']:<20} {each['title']}"
            + (f" ({tr_('to confirm')})" if each["confidence"] == "to_confirm" else "")
            for each in found
        ]
        context.answer(args, {"forms": found}, lines)
    return context.DONE


def fill_form(args: argparse.Namespace) -> int:
    """Fill one; write it where a file is named."""
    with context.office(args, write=bool(args.out)) as office:
        today = context.today(args)
        report = filling.fill(office, filling.form_named(office, args.form), args.period or str(today.year))
        if args.out:
            from exports.papers.report_forms import write_report  # noqa: PLC0415  # pages are heavy

            log = partial(log_export, office)
            write_report(office, report, Path(args.out), day=today, log=log, overwrite=args.overwrite)
        written = [tr_("Written: {path}", path=args.out)] if args.out else []
        context.answer(args, {**_told(report), "file": args.out or None}, [*_lines(report), *written])
    return context.DONE


def show_cell(args: argparse.Namespace) -> int:
    """Name the records behind a number."""
    row, comma, column = args.cell.rpartition(",")
    if not comma or not row.strip() or not column.strip():
        raise needs("--cell", args.cell, t("write ROW,COLUMN, such as 2,3"))
    with context.office(args) as office:
        form = filling.form_named(office, args.form)
        report = filling.fill(office, form, args.period or str(context.today(args).year))
        line, found, cell = report.cell(row.strip(), column.strip())
        names = office.names()
        rows = [{"record": each.record, "subject": each.subject or None, "name": names.get(each.subject, "")}
                for each in cell.items]  # fmt: skip
        told = {"form": form.id, "period": report.period, "row": line.id, "column": found.id,
                "value": _value(cell), "records": rows}  # fmt: skip
        head = f"{_title(line.title)} · {_title(found.title)}: {number_told(cell.value)}"
        lines = [f"  {each['record']}  {each['subject'] or ''} {each['name']}".rstrip() for each in rows]
        context.answer(args, told, [head, *lines])
    return context.DONE


def _title(title: Words | Text) -> str:
    return title.in_language(language()) if isinstance(title, Words) else tr(title)


def _value(cell: ReportCell) -> int | str | None:
    """A whole number as it is; another as text, lest it become inexact."""
    return str(cell.value) if isinstance(cell.value, Decimal) else cell.value


def _told(report: Report) -> dict[str, Any]:
    return {
        "form": report.form.id,
        "title": report.form.title.in_language(language()),
        "confidence": report.form.confidence,
        "period": report.period,
        "from": report.first.isoformat(),
        "to": report.last.isoformat(),
        "columns": [{"id": each.id, "title": each.title.in_language(language())} for each in report.form.columns],
        "rows": [
            {"id": line.id, "title": _title(line.title), "cells": [_value(cell) for cell in line.cells]}
            for line in report.lines
        ],
    }


def _lines(report: Report) -> list[str]:
    doubt = f" ({tr_('to confirm')})" if report.form.confidence == "to_confirm" else ""
    lines = [f"{report.form.title.in_language(language())}{doubt}",
             tr_("From {first} to {last}", first=report.first, last=report.last)]  # fmt: skip
    for number, line in enumerate(report.lines, 1):
        lines.append(f"{number:>3}  {_title(line.title)}")
        for at, (column, cell) in enumerate(zip(report.form.columns, line.cells, strict=True), 1):
            lines.append(f"     {at:>3}  {column.title.in_language(language())}: {number_told(cell.value)}")
    return lines
