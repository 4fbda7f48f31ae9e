"""`emulation rank|tie|sign|unlock`: where everybody stands, the council, and the lock."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_, tr_number
from config.text import t
from records.domain.emulation import Cycle
from records.rules.emulation.quotas import Line
from records.rules.emulation.words import RATING_WORDS, line_words
from records.services.emulation import signing, standings
from records.services.lists import log_export
from records.services.office import Office
from tui.cli import context
from tui.cli.emulation.options import add_cycle, add_stage, chosen_cycle, entrant_named, plain


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    rank = actions.add_parser("rank", help=tr_("ranks, classes and the quota's line"), parents=[shared])
    tie = actions.add_parser("tie", help=tr_("enter the council's order among equals"), parents=[shared])
    sign = actions.add_parser("sign", help=tr_("lock a cycle and enter the outcomes"), parents=[shared])
    unlock = actions.add_parser("unlock", help=tr_("open a signed cycle again"), parents=[shared])
    for each in (rank, tie, sign, unlock):
        add_cycle(each)
    add_stage(rank, "final")
    rank.add_argument("--percent", default="", help=tr_("try another quota; nothing is written"))
    rank.add_argument("--total", action="append", default=[], metavar="ID=POINTS", help=tr_("try another total"))
    rank.add_argument("--out", default="", metavar="FILE", help=tr_("also write it as a paper, .pdf, .docx or .xlsx"))
    rank.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    rank.set_defaults(run=rank_cycle)
    tie.add_argument("order", metavar="ID,ID", help=tr_("all the equals, the first ranks first"))
    tie.add_argument("--reason", required=True, help=tr_("why, as in the minutes"))
    tie.add_argument("--day", default="", help=tr_("day of the council; today when left out"))
    tie.set_defaults(run=resolve)
    sign.add_argument("--day", default="", help=tr_("day of signing; today when left out"))
    sign.add_argument("--signer", default="", help=tr_("who signed"))
    sign.add_argument("--dry-run", action="store_true", help=tr_("only list what is not settled"))
    sign.set_defaults(run=sign_cycle)
    unlock.add_argument("--reason", required=True, help=tr_("why it must be opened"))
    unlock.set_defaults(run=unlock_cycle)


def _number(typed: str) -> Decimal:
    try:
        found = Decimal(typed.strip().replace(",", "."))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0:
        raise InputError(t("“{typed}” is not a number", typed=typed), do=t("write a number such as 92,5"))
    return found


def _what_if(office: Office, cycle: Cycle, args: argparse.Namespace) -> standings.WhatIf | None:
    if not args.percent and not args.total:
        return None
    totals = {}
    for each in args.total:
        code, _, points = each.partition("=")
        totals[entrant_named(office, cycle, code.strip()).id] = _number(points)
    return standings.WhatIf(percent=_number(args.percent) if args.percent else None, totals=totals)


def rank_cycle(args: argparse.Namespace) -> int:
    """Rank a cycle; with what to try, show how it would be."""
    with context.office(args, write=bool(args.out)) as office:
        cycle = chosen_cycle(office, args)
        tried = _what_if(office, cycle, args)
        if tried is not None and args.out:
            raise InputError(t("What is only tried is not written to a file"), do=t("leave out --percent and --total"))
        found = standings.ranking(office, cycle, args.stage, tried)
        if args.out:
            from exports.papers.rankings import write_ranking  # noqa: PLC0415  # ReportLab and spreadsheets are heavy

            day, log = context.today(args), partial(log_export, office)
            out = Path(args.out)
            write_ranking(office, cycle, args.stage, found, out, day=day, log=log, overwrite=args.overwrite)
        rows = [_ranked(found, row) for row in found.rows]
        told = {
            "cycle": cycle.id,
            "stage": args.stage,
            "tried": tried is not None,
            "rows": rows,
            "lines": [_line(each) for each in found.lines],
            "ties": [list(each) for each in found.tied],
        }
        lines = [
            f"{each['rank'] or '':>5} {each['name']:<26} {tr_number(Decimal(each['total'])):>7}  "
            + tr(RATING_WORDS[each["rating"]])
            + (f" · {tr_('beyond the quota')}" if each["beyond"] else "")
            for each in rows
        ]
        if tried is not None:
            lines.insert(0, tr_("TRIED ONLY: nothing of this is written"))
        context.answer(args, told, [*lines, *(tr(line_words(each)) for each in found.lines)])
    return context.DONE


def _ranked(found: standings.Ranking, row: standings.Row) -> dict[str, Any]:
    place = found.places["cycle"].get(row.entrant.id)
    line = next((each for each in found.lines if row.entrant.id in (*each.within, *each.beyond)), None)
    gap = line.gap(row.totals.total) if line else None
    return {
        "rank": place.rank if place else 0,
        "tied": place.tied if place else False,
        "rank_in_cluster": getattr(found.places["cluster"].get(row.entrant.id), "rank", 0),
        "rank_in_level": getattr(found.places["level"].get(row.entrant.id), "rank", 0),
        "id": row.entrant.id,
        "subject": row.entrant.subject,
        "name": row.name,
        "unit": row.unit_name,
        "cluster": row.entrant.cluster,
        "total": plain(row.totals.total),
        "class": row.classed.rating,
        "rating": found.ratings[row.entrant.id],
        "beyond": line is not None and row.entrant.id in line.beyond,
        "gap": None if gap is None else plain(gap),
        "missing": list(row.totals.missing),
        "held": row.classed.held,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "group": line.group,
        "percent": None if line.percent is None else plain(line.percent),
        "counted": line.counted,
        "candidates": line.candidates,
        "allowed": line.allowed,
        "within": list(line.within),
        "beyond": list(line.beyond),
        "cut": list(line.cut),
        "lowest": None if line.lowest is None else plain(line.lowest),
        "next": None if line.next is None else plain(line.next),
        "source": line.source,
        "confidence": line.confidence,
    }


def resolve(args: argparse.Namespace) -> int:
    """Enter the council's order among equals."""
    with context.office(args, write=True) as office:
        cycle = chosen_cycle(office, args)
        order = [entrant_named(office, cycle, each.strip()).id for each in args.order.split(",") if each.strip()]
        day = context.day_given(args, "day", "--day")
        made = standings.resolve_tie(office, cycle, order, reason=args.reason, day=day)
        told = {"id": made.id, "order": list(made.order), "reason": made.reason, "day": made.day.isoformat()}
        context.answer(args, told, [tr_("The council's order among {n} equals is entered", n=len(order))])
    return context.DONE


def sign_cycle(args: argparse.Namespace) -> int:
    """Lock a cycle, or list what keeps it from being signed."""
    with context.office(args, write=not args.dry_run) as office:
        cycle = chosen_cycle(office, args)
        if args.dry_run:
            found = signing.hindrances(office, cycle)
            told = [{"id": each.entrant, "name": each.name, "problem": tr(each.problem)} for each in found]
            lines = [f"{each['name']}: {each['problem']}" for each in told]
            context.answer(args, {"unsettled": told}, lines or [tr_("Everything is settled; it can be signed")])
            return context.FINDINGS if found else context.DONE
        made = signing.sign(office, cycle, day=context.day_given(args, "day", "--day"), signer=args.signer)
        counts = {rating: sum(each.rating == rating for each in made) for rating in RATING_WORDS if rating}
        words = " · ".join(f"{tr(RATING_WORDS[rating])}: {n}" for rating, n in counts.items())
        context.answer(
            args, {"cycle": cycle.id, "outcomes": len(made), **counts}, [tr_("Signed. {words}", words=words)]
        )
    return context.DONE


def unlock_cycle(args: argparse.Namespace) -> int:
    """Open a signed cycle again."""
    with context.office(args, write=True) as office:
        cycle = chosen_cycle(office, args)
        opened = signing.unlock(office, cycle, day=context.today(args), reason=args.reason)
        told = {"cycle": opened.id, "reason": opened.unlocked[-1].reason}
        context.answer(args, told, [tr_("Unlocked; sign it again when it is corrected")])
    return context.DONE
