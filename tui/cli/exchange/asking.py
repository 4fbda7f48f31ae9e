"""`exchange take|status|request`: what comes in from units, who has sent and who has not."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from config.errors import ConfigError, InputError, RefusedError
from config.i18n import tr_
from config.text import t
from records.services.exchange import completeness, opening, taking, workbooks
from records.services.exchange.mapping import given_choice
from records.services.exchange.package import ENDING
from records.services.lists import log_export
from records.services.office import Office
from records.services.units.units import find_unit
from tui.cli import context
from tui.present.exchange import packages as words


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs of this module."""
    _add_take(actions, shared)
    told = actions.add_parser("status", help=tr_("who has sent for a time, who not, who late"), parents=[shared])
    told.add_argument("--period", required=True, help=tr_("2025, 2025-H1, 2025-Q2, 2025-03"))
    told.add_argument("--due", default="", metavar="DAY", help=tr_("the last day; what came later is late"))
    kinds = ", ".join(completeness.EXPECTED)
    told.add_argument(
        "--kind", default="", metavar="KIND,…", help=tr_("kinds of units that send: {kinds}", kinds=kinds)
    )
    told.set_defaults(run=status)
    asked = actions.add_parser("request", help=tr_("write a workbook for a unit to fill in"), parents=[shared])
    asked.add_argument("--for", dest="to", required=True, metavar="UNIT", help=tr_("the unit, by name or code"))
    asked.add_argument("--period", default="", help=tr_("of which time; this year when left out"))
    asked.add_argument("--out", required=True, metavar="FILE.xlsx", help=tr_("the file to write"))
    asked.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    asked.set_defaults(run=request)


def _add_take(actions: Any, shared: argparse.ArgumentParser) -> None:
    into = actions.add_parser("take", help=tr_("take a package, or a folder of filled-in workbooks"), parents=[shared])
    into.add_argument("file", metavar="FILE", help=tr_("a package, a workbook, or a folder of them"))
    into.add_argument("--dry-run", action="store_true", help=tr_("only show what would happen"))
    into.add_argument("--theirs", action="store_true", help=tr_("where the books differ, the sender is right"))
    into.add_argument(
        "--choose", nargs="+", default=[], metavar="CODE:FIELD", help=tr_("in these fields the sender is right")
    )
    into.add_argument(
        "--people",
        nargs="+",
        default=[],
        metavar="THEIRS=OURS",
        help=tr_("who is whom: SC-P-00012=TN-P-00077, or =new"),
    )
    into.add_argument("--units", default="", metavar="FILE", help=tr_("YAML: unit of the package: unit here, or new"))
    into.add_argument("--unit", default="", help=tr_("the unit of this book that sent it"))
    into.add_argument("--period", default="", help=tr_("of workbooks: the time they are of"))
    into.add_argument("--older", action="store_true", help=tr_("take it though a newer one was taken"))
    into.set_defaults(run=take)


def take(args: argparse.Namespace) -> int:
    """Take what lies there; exit 1 when something of it was refused or kept as ours."""
    path = Path(args.file)
    if path.is_dir():
        return _take_folder(args, path)
    if _is_sheet(path):
        return _take_workbook(args, path)
    with context.office(args, write=not args.dry_run) as office:
        found, lines, fine = _taken_package(args, office, path, choices(args))
        context.answer(args, found, lines)
    return context.DONE if fine else context.FINDINGS


def _is_sheet(path: Path) -> bool:
    """Whether a file is meant as a workbook: by its ending, unless it begins as a package does."""
    if path.suffix.lower() not in workbooks.SHEETS or not path.is_file():
        return False
    with path.open("rb") as source:
        return not source.read(16).startswith(b"SOVANG-PACKAGE")


Taken = tuple[dict[str, object], list[str], bool]
"""What is answered of a file, as JSON and as lines, and whether all of it went in."""


def _taken_package(args: argparse.Namespace, office: Office, path: Path, how: taking.How) -> Taken:
    again = how.theirs or bool(how.fields)
    package = opening.opened(office, path, older=args.older, again=again)
    plan = taking.plan(office, package, how, today=context.today(args))
    unit = find_unit(office, args.unit, context.today(args)).id if args.unit else ""
    written = not args.dry_run and taking.accept(office, plan, unit=unit)[1] is not None
    lines = list(words.plan_lines(office, plan, written=written))
    return words.plan_told(plan, written=written), lines, not (plan.refused or plan.conflicts)


def _taken_workbook(args: argparse.Namespace, office: Office, book: workbooks.Workbook) -> Taken:
    written = not args.dry_run and workbooks.take_workbook(office, book, today=context.today(args)) is not None
    lines = list(words.workbook_lines(office, book, written=written))
    return words.workbook_told(book, written=written), lines, not book.seen.refused


def _take_workbook(args: argparse.Namespace, path: Path) -> int:
    today = context.today(args)
    with context.office(args, write=not args.dry_run) as office:
        book = workbooks.read_workbook(office, path, today=today, unit=args.unit, period=args.period)
        if not book.request.unit:
            raise InputError(
                t("The workbook does not say of which unit it is"), where=str(path), do=t("say it with --unit UNIT")
            )
        found, lines, fine = _taken_workbook(args, office, book)
        context.answer(args, found, lines)
    return context.DONE if fine else context.FINDINGS


def _take_folder(args: argparse.Namespace, folder: Path) -> int:
    how, told, lines, good = choices(args), [], [], True
    with context.office(args, write=not args.dry_run) as office:
        for path in workbooks.files_in(folder):
            try:
                one, more, fine = _taken_file(args, office, path, how)
            except (InputError, RefusedError, ConfigError) as error:
                one, more, fine = words.unusable_told(path, error), words.unusable_lines(path, error), False
            told.append({"file": path.name, **one})
            lines += ["", path.name, *more]
            good = good and fine
        sums = {key: sum(int(str(each.get(key, 0))) for each in told) for key in ("new", "changed", "same")}
        context.answer(args, {**sums, "files": told, "written": any(each.get("written") for each in told)}, lines)
    return context.DONE if good else context.FINDINGS


def _taken_file(args: argparse.Namespace, office: Office, path: Path, how: taking.How) -> Taken:
    """Take a file of a folder; read only now, for those before it changed the book."""
    if path.suffix.lower() == ENDING:
        return _taken_package(args, office, path, how)
    book = workbooks.read_workbook(office, path, today=context.today(args), period=args.period)
    return _taken_workbook(args, office, book)


def status(args: argparse.Namespace) -> int:
    """Say who has sent for a time; exit 1 while anybody has not."""
    due = context.day_given(args, "due", "--due") if args.due else None
    with context.office(args) as office:
        kinds = tuple(each.strip() for each in args.kind.split(",")) if args.kind else completeness.EXPECTED
        found = completeness.senders(office, args.period, due=due, kinds=kinds)
        left = completeness.reminders(found)
        others = completeness.other_verdicts(office, args.period)
        told = {
            "period": args.period,
            "due": due.isoformat() if due else None,
            "units": [words.sender_told(each) for each in found],
            "counts": {state: sum(each.state == state for each in found) for state in completeness.STATE_WORDS},
            "reminders": [{"unit": each.unit.id, "name": each.name, "office": each.office} for each in left],
            "verdicts": [words.verdict_told(each) for each in others],
        }
        context.answer(args, told, list(words.status_lines(office, found, left, others, args.period, due)))
    return context.FINDINGS if left else context.DONE


def request(args: argparse.Namespace) -> int:
    """Write the workbook with which a unit is asked."""
    from exports.requests import write_request  # noqa: PLC0415  # spreadsheets are heavy

    today = context.today(args)
    with context.office(args, write=True) as office:
        period = args.period or str(today.year)
        asked = workbooks.request(office, args.to, period, today)
        log = partial(log_export, office)
        people = write_request(office, asked, Path(args.out), on=today, log=log, overwrite=args.overwrite)
        name = office.unit_names(today)[asked.unit]
    lines = [tr_("Written: {path}", path=args.out),
             tr_("For {name}, {period}: {n} people of the book stand in it", name=name, period=period, n=people),
             tr_("When it comes back, take it with “exchange take FILE”, or all of a folder at once")]  # fmt: skip
    told = {"file": args.out, "unit": asked.unit, "name": name, "period": period, "people": people}
    context.answer(args, told, lines)
    return context.DONE


def choices(args: argparse.Namespace) -> taking.How:
    """What was decided of a package by the options. Raises InputError for a choice that says nothing."""
    from config.settings.reading import read_shape  # noqa: PLC0415  # only where a file is given

    fields = set()
    for each in args.choose:
        record, colon, name = each.partition(":")
        if not (colon and record and name):
            raise InputError(t("“{given}” names no field", given=each), do=t("write it as TN-P-00012:phone"))
        fields.add((record, name))
    units = read_shape(Path(args.units), dict[str, str]) if args.units else {}
    return taking.How(
        theirs=args.theirs, fields=frozenset(fields), units=units, people=dict(map(given_choice, args.people))
    )
