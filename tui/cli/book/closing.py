"""`book years|year|bind|close|open-year`: which years are closed, the bound book of one, closing and opening it."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.reasons import system_reason
from config.text import t
from records.domain.dates import shown
from records.services.book import closing
from records.services.lists import log_export
from tui.cli import context


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs to the noun `book`."""
    actions.add_parser("years", help=tr_("which years are closed"), parents=[shared]).set_defaults(run=show_years)
    asked = actions.add_parser("year", help=tr_("what is still open in a year"), parents=[shared])
    _add_year(asked)
    asked.add_argument(
        "--file", metavar="FILE", help=tr_("a bound book, to be held against what was written on closing")
    )
    asked.set_defaults(run=show_year)
    bind = actions.add_parser("bind", help=tr_("write the bound book of a year, to be looked at"), parents=[shared])
    _add_year(bind)
    _add_out(bind)
    bind.set_defaults(run=bind_year)
    shut = actions.add_parser("close", help=tr_("bind a year and lock it against back-dating"), parents=[shared])
    _add_year(shut)
    _add_out(shut)
    shut.add_argument("--anyway", action="store_true", help=tr_("close it though something is still open"))
    shut.set_defaults(run=close_year)
    again = actions.add_parser("open-year", help=tr_("open a closed year again, saying why"), parents=[shared])
    _add_year(again)
    again.add_argument("--why", required=True, metavar="TEXT", help=tr_("why it is opened; history keeps it"))
    again.set_defaults(run=open_year)


def _add_year(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("year", type=int, metavar="YEAR", help=tr_("the year, such as 2025"))


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar="FILE", help=tr_("file of the bound book, .pdf"))
    parser.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))


def show_years(args: argparse.Namespace) -> int:
    """List the years of the book."""
    with context.office(args) as office:
        found = closing.years(office)
        told = [
            {
                "year": each.year,
                "closed": each.closed,
                "day": each.mark.day.isoformat() if each.mark else None,
                "by": each.mark.by if each.mark else "",
                "why": each.mark.why if each.mark else "",
                "file": each.mark.file if each.mark else "",
                "sha256": each.mark.sha256 if each.mark else "",
                "corrections": [{"number": one.number, "day": one.day.isoformat()} for one in each.corrections],
            }
            for each in found
        ]
        lines = [f"{each.year}  {tr(closing.year_words(each))}" for each in found]
        context.answer(args, {"years": told}, lines or [tr_("The book holds nothing of any year yet")])
    return context.DONE


def show_year(args: argparse.Namespace) -> int:
    """Say what is still open in a year, or whether a file is its bound book; exit 1 where anything is, or it is not."""
    if args.file:
        return _judge_file(args)
    with context.office(args) as office:
        found = closing.open_matters(office, args.year, today=context.today(args))
        told = [{"kind": each.kind, "text": tr(each.words), "about": each.about} for each in found]
        nothing = [tr_("Nothing of {year} is left open", year=str(args.year))]
        context.answer(args, {"year": args.year, "open": told}, [tr(each.words) for each in found] or nothing)
    return context.FINDINGS if found else context.DONE


def _judge_file(args: argparse.Namespace) -> int:
    try:
        content = Path(args.file).read_bytes()
    except OSError as error:
        reason = system_reason(error)
        raise InputError(t("“{path}” cannot be read: {reason}", path=args.file, reason=reason)) from None
    with context.office(args) as office:
        same = closing.is_bound_book(office, args.year, content)
    year = str(args.year)
    told = tr_("This is the bound book of {year}", year=year)
    if not same:
        told = tr_("This is not the bound book of {year}", year=year)
    context.answer(args, {"year": args.year, "bound": same}, [told])
    return context.DONE if same else context.FINDINGS


def bind_year(args: argparse.Namespace) -> int:
    """Write the bound book of a year without closing it."""
    from exports.papers.year_book import write_year_book  # noqa: PLC0415  # pages are heavy

    with context.office(args, write=True) as office:
        log, day = partial(log_export, office), context.today(args)
        pages = write_year_book(office, args.year, Path(args.out), day=day, log=log, overwrite=args.overwrite)
    found = {"file": args.out, "pages": pages}
    context.answer(args, found, [tr_("Written: {path}, {n} pages", path=args.out, n=pages)])
    return context.DONE


def close_year(args: argparse.Namespace) -> int:
    """Write the bound book of a year and close it, or say what keeps it open."""
    from exports.papers.year_book import write_year_book  # noqa: PLC0415  # pages are heavy

    with context.office(args, write=True) as office:
        day = context.today(args)
        left = closing.judge_closable(office, args.year, today=day, anyway=args.anyway)
        log = partial(closing.close, office, args.year, today=day, anyway=args.anyway)
        pages = write_year_book(office, args.year, Path(args.out), day=day, log=log, overwrite=args.overwrite)
    told = [{"kind": each.kind, "text": tr(each.words), "about": each.about} for each in left]
    found = {"year": args.year, "file": args.out, "pages": pages, "open": told}
    lines = [
        tr_("{year} is closed; its bound book has {n} pages: {path}", year=str(args.year), n=pages, path=args.out),
        *(tr_("left open: {what}", what=each.words) for each in left),
    ]
    context.answer(args, found, lines)
    return context.DONE


def open_year(args: argparse.Namespace) -> int:
    """Open a closed year again."""
    with context.office(args, write=True) as office:
        made = closing.reopen(office, args.year, args.why, today=context.today(args))
    found = {"year": made.year, "day": made.day.isoformat(), "why": made.why}
    line = t("{year} is open again since {day}: {why}", year=str(made.year), day=shown(made.day), why=made.why)
    context.answer(args, found, [tr(line)])
    return context.DONE
