"""`fund`: what came into the prize fund, what was paid from it, what is left of each source in each year."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from config.i18n import tr, tr_
from records.domain.awards.fund import FundEntry
from records.domain.dates import shown
from records.rules.awards.words import MONEY_WORDS, dong, read_dong
from records.services.lists import log_export
from records.services.movements import fund as services
from tui.cli import context


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    for verb, told, run in (
        ("income", tr_("enter money that a source was given"), partial(enter, "income")),
        ("spend", tr_("enter what was spent on something else than awards"), partial(enter, "spent")),
    ):
        parser = actions.add_parser(verb, help=told, parents=[shared])
        parser.add_argument("source", metavar="SOURCE", help=tr_("name of the source, as payments have it"))
        parser.add_argument("--amount", required=True, help=tr_("whole đồng, such as 10.000.000"))
        parser.add_argument("--day", default="", help=tr_("day; today when left out"))
        parser.add_argument("--number", default="", help=tr_("number of the paper"))
        parser.add_argument("--note", default="", help=tr_("anything a reader should know"))
        parser.set_defaults(run=run)
    removing = actions.add_parser("remove", help=tr_("take out what was entered by mistake"), parents=[shared])
    removing.add_argument("entry", metavar="ID", help=tr_("its code"))
    removing.set_defaults(run=remove)
    listing = actions.add_parser("list", help=tr_("every movement of money"), parents=[shared])
    balance = actions.add_parser("balance", help=tr_("what each source had and has in a year"), parents=[shared])
    export = actions.add_parser("export", help=tr_("write the fund of a year: .xlsx, .docx, .pdf"), parents=[shared])
    for each in (listing, balance, export):
        each.add_argument("--year", type=int, default=0, help=tr_("year; this one when left out"))
    listing.set_defaults(run=show_lines)
    balance.set_defaults(run=show_balances)
    export.set_defaults(run=write)
    listing.add_argument("--source", default="", help=tr_("only this source"))
    export.add_argument("--out", required=True, metavar="FILE", help=tr_("file to write: .pdf, .docx or .xlsx"))
    export.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))


def enter(kind: Any, args: argparse.Namespace) -> int:
    """Enter income or spending."""
    with context.office(args, write=True) as office:
        day, amount = context.day_given(args, "day", "--day"), read_dong(args.amount, field="--amount")
        entry = FundEntry(
            id="", fund=args.source, day=day, kind=kind, amount=amount, number=args.number, note=args.note
        )
        made = services.enter(office, entry)
        left = next(each.closing for each in services.balances(office, day.year) if each.fund == made.fund)
        told = {"id": made.id, "source": made.fund, "kind": made.kind, "amount": made.amount, "balance": left}
        line = f"{made.id}  {made.fund} · {tr(MONEY_WORDS[made.kind])} {dong(made.amount)} đ"
        context.answer(args, told, [line, tr_("Left: {amount} đ", amount=dong(left))])
    return context.DONE


def remove(args: argparse.Namespace) -> int:
    """Take an entry out."""
    with context.office(args, write=True) as office:
        entry = services.entry_named(office, args.entry)
        services.remove(office, entry)
        context.answer(args, {"removed": entry.id}, [tr_("Taken out; “book undo” brings it back")])
    return context.DONE


def show_lines(args: argparse.Namespace) -> int:
    """List every movement of money."""
    with context.office(args) as office:
        source = services.source_named(office, args.source) if args.source else ""
        found = services.lines(office, fund=source, year=args.year or context.today(args).year)
        rows = [
            {"id": each.record, "source": each.fund, "day": each.day.isoformat(), "kind": each.kind,
             "amount": each.amount, "number": each.number, "about": each.about}
            for each in found
        ]  # fmt: skip
        lines = [
            f"{each.record}  {shown(each.day)} · {each.fund} · {tr(MONEY_WORDS[each.kind])} {dong(each.amount)} đ"
            + "".join(f" · {part}" for part in (each.number, each.about) if part)
            for each in found
        ]
        total = sum(each.amount for each in found)
        context.answer(args, {"lines": rows, "sum": total}, lines or [tr_("No money was entered or paid")])
    return context.DONE


def show_balances(args: argparse.Namespace) -> int:
    """Tell what each source had and has."""
    with context.office(args) as office:
        year = args.year or context.today(args).year
        found = services.balances(office, year)
        lines = [
            tr_(
                "{fund}: at first {opening} đ, in {income} đ, out {out} đ, left {closing} đ",
                fund=each.fund,
                opening=dong(each.opening),
                income=dong(each.income + each.recovered),
                out=dong(each.paid + each.spent),
                closing=dong(each.closing),
            )
            for each in found
        ]
        rows = [{**asdict(each), "source": each.fund} for each in found]
        for row in rows:
            del row["fund"], row["year"]
        context.answer(args, {"year": year, "sources": rows}, lines or [tr_("No money was entered or paid")])
    return context.DONE


def write(args: argparse.Namespace) -> int:
    """Write the fund of a year."""
    from exports.papers.prize_fund import write_fund  # noqa: PLC0415  # pages are heavy

    with context.office(args, write=True) as office:
        today = context.today(args)
        log = partial(log_export, office)
        write_fund(office, args.year or today.year, Path(args.out), day=today, log=log, overwrite=args.overwrite)
        context.answer(args, {"file": args.out}, [tr_("Written: {path}", path=args.out)])
    return context.DONE
