"""`exchange take|status|request`: what comes in from units, who has sent and who has not."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import tr_
from config.text import t
from records.services.exchange import opening, taking
from records.services.exchange.mapping import given_choice
from tui.cli import context
from tui.present.exchange import packages as words


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs of this module."""
    _add_take(actions, shared)


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
    """Take a package; exit 1 when something of it was refused or kept as ours."""
    return _take_package(args, choices(args))


def _take_package(args: argparse.Namespace, how: taking.How) -> int:
    with context.office(args, write=not args.dry_run) as office:
        package = opening.opened(office, Path(args.file), older=args.older, again=args.theirs or bool(args.choose))
        plan = taking.plan(office, package, how, today=context.today(args))
        written = False
        if not args.dry_run:
            written = taking.accept(office, plan)[1] is not None
        lines = list(words.plan_lines(office, plan, written=written))
        context.answer(args, words.plan_told(plan, written=written), lines)
    return context.FINDINGS if plan.refused or plan.conflicts else context.DONE


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
