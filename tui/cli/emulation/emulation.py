"""`emulation`: cycles, registration, points in and out. What ranks and signs is in `emulation_rank`."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_, tr_number
from config.text import t
from records.domain.dates import parse_day
from records.domain.emulation import STAGES, Cycle, Entrant
from records.rules.emulation.words import CYCLE_WORDS, RATING_WORDS
from records.services.emulation import cycles, registration, score_sheets
from records.services.emulation.standings import Scorer
from records.services.imports import scores
from records.services.lists import log_export
from records.services.office import Office
from tui.cli import context, options
from tui.cli.emulation import rank
from tui.cli.emulation.options import add_cycle, add_stage, chosen_cycle, entrant_named, row_lines, row_told, total_line


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    listing = actions.add_parser("list", help=tr_("list the cycles"), parents=[shared])
    listing.set_defaults(run=list_cycles)
    _add_open(actions, shared)
    show = actions.add_parser("show", help=tr_("show the sheet of a cycle, or one row of it"), parents=[shared])
    add_cycle(show)
    add_stage(show, "final")
    show.add_argument("--row", default="", metavar="ID", help=tr_("only this person or unit, with everything"))
    show.set_defaults(run=show_sheet)
    _add_points(actions, shared)
    rank.add(actions, shared)


def _add_open(actions: Any, shared: argparse.ArgumentParser) -> None:
    opening = actions.add_parser("open", help=tr_("open a cycle and register whom it concerns"), parents=[shared])
    opening.add_argument("key", metavar="KEY", help=tr_("2025, 2025-H1, 2025-Q2, 2025-03, or the name of a theme"))
    opening.add_argument("--role", default="", help=tr_("reporter, communicator or collaborator; without it, units"))
    opening.add_argument("--title", default="", help=tr_("title of the sheet"))
    opening.add_argument("--movement", default="", help=tr_("name of the movement it belongs to"))
    opening.add_argument("--from", dest="start", default="", help=tr_("first day, where the key does not say it"))
    opening.add_argument("--to", dest="end", default="", help=tr_("last day, where the key does not say it"))
    opening.add_argument("--empty", action="store_true", help=tr_("register nobody yet"))
    opening.set_defaults(run=open_cycle)
    registering = actions.add_parser("register", help=tr_("enter who registered"), parents=[shared])
    add_cycle(registering)
    registering.add_argument("--people", required=True, metavar="ID,ID", help=tr_("codes of people or units"))
    registering.add_argument("--pledge", default="", help=tr_("what they pledged"))
    registering.add_argument("--day", default="", help=tr_("day of the registration; today when left out"))
    registering.add_argument("--withdraw", default="", metavar="REASON", help=tr_("take them out instead"))
    registering.set_defaults(run=register)


def _add_points(actions: Any, shared: argparse.ArgumentParser) -> None:
    exporting = actions.add_parser("export", help=tr_("write a sheet as .xlsx, to be filled in"), parents=[shared])
    importing = actions.add_parser("import", help=tr_("read a filled-in sheet back"), parents=[shared])
    setting = actions.add_parser("set", help=tr_("enter points of one row"), parents=[shared])
    filling = actions.add_parser("fill", help=tr_("fill the empty cells"), parents=[shared])
    for each in (exporting, importing, setting, filling):
        add_cycle(each)
    add_stage(exporting, "own")
    exporting.add_argument("--out", required=True, metavar="FILE", help=tr_("the file to write"))
    exporting.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    exporting.set_defaults(run=export_sheet)
    add_stage(importing, "own")
    importing.add_argument("file", metavar="FILE", help=tr_("the spreadsheet"))
    importing.add_argument("--dry-run", action="store_true", help=tr_("tell everything and write nothing"))
    importing.set_defaults(run=import_sheet)
    add_stage(setting, "final")
    setting.add_argument("--row", required=True, metavar="ID", help=tr_("code of the person or unit"))
    setting.add_argument("cells", nargs="+", metavar="KEY=VALUE", help=tr_("such as 1.1=9,5 or reason=…"))
    setting.set_defaults(run=set_cells)
    add_stage(filling, "appraised")
    filling.add_argument("--from", dest="source", choices=("records", "before"), required=True)
    filling.set_defaults(run=fill_cells)


def list_cycles(args: argparse.Namespace) -> int:
    """List the cycles, the latest first."""
    with context.office(args) as office:
        told = [_cycle(office, each) for each in cycles.cycles(office)]
        lines = [
            f"{each['id']}  {each['key']:<10} {each['title']} · {each['role'] or tr_('units')} · {each['entrants']}"
            + (f" · {tr_('signed on {day}', day=each['signed'])}" if each["signed"] else "")
            for each in told
        ]
        context.answer(args, {"cycles": told}, lines or [tr_("No cycle yet; open one with “emulation open”")])
    return context.DONE


def _cycle(office: Office, cycle: Cycle) -> dict[str, Any]:
    return {
        "id": cycle.id,
        "key": cycle.key,
        "title": cycle.title,
        "kind": cycle.kind,
        "role": cycle.role,
        "table": cycle.table,
        "first_day": cycle.first_day.isoformat(),
        "last_day": cycle.last_day.isoformat(),
        "entrants": len(office.book.table(Entrant).where(cycle=cycle.id)),
        "signed": cycle.signed.isoformat() if cycle.signed else "",
        "unlocked": [{"day": each.day.isoformat(), "by": each.by, "reason": each.reason} for each in cycle.unlocked],
    }


def open_cycle(args: argparse.Namespace) -> int:
    """Open a cycle."""
    today = context.today(args)
    with context.office(args, write=True) as office:
        made = registration.open_cycle(
            office,
            registration.Opening(
                key=args.key,
                role=args.role,
                title=args.title,
                movement=args.movement,
                first_day=parse_day(args.start, field="--from", today=today) if args.start else None,
                last_day=parse_day(args.end, field="--to", today=today) if args.end else None,
                enter_all=not args.empty,
            ),
        )
        told = _cycle(office, made)
        table = cycles.table_of(office, made)
        lines = [
            tr_("Cycle {id}: {kind}, {n} registered", id=made.id, kind=CYCLE_WORDS[made.kind], n=told["entrants"]),
            tr_("Score table: {title}", title=table.title.vi) + (f" ({tr_('to confirm')})"),
        ]
        context.answer(args, {**told, "confidence": table.confidence}, lines)
    return context.DONE


def register(args: argparse.Namespace) -> int:
    """Enter registrations, or take rows out."""
    wanted = [each.strip() for each in args.people.split(",") if each.strip()]
    with context.office(args, write=True) as office:
        cycle = chosen_cycle(office, args)
        if args.withdraw:
            rows = [entrant_named(office, cycle, each).id for each in wanted]
            registration.withdraw(office, cycle, rows, reason=args.withdraw)
        else:
            rows = [
                each.id
                for each in registration.register(
                    office, cycle, wanted, day=context.day_given(args, "day", "--day"), pledge=args.pledge
                )
            ]
        context.answer(args, {"cycle": cycle.id, "rows": rows}, [tr_("{n} rows", n=len(rows))])
    return context.DONE


def show_sheet(args: argparse.Namespace) -> int:
    """Show totals and classes of a sheet, or everything of one row."""
    with context.office(args) as office:
        cycle = chosen_cycle(office, args)
        scorer = Scorer(office, cycle, args.stage)
        if args.row:
            told = row_told(scorer, scorer.row(entrant_named(office, cycle, args.row)))
            context.answer(args, told, row_lines(told))
            return context.DONE
        rows = scorer.rows()
        lines = [
            f"{row.entrant.subject}  {row.name:<26} {tr_number(row.totals.total):>7}  "
            + tr(RATING_WORDS[row.classed.rating])
            + (f" · {tr_('not scored: {ids}', ids=', '.join(row.totals.missing))}" if row.totals.missing else "")
            for row in rows
        ]
        told_rows = [row_told(scorer, row) for row in rows]
        context.answer(args, {"cycle": cycle.id, "stage": args.stage, "rows": told_rows}, lines)
    return context.DONE


def export_sheet(args: argparse.Namespace) -> int:
    """Write the sheet of one hand."""
    from exports.lists.score_sheets import write_score_sheet  # noqa: PLC0415  # spreadsheets are heavy

    with context.office(args, write=True) as office:
        cycle = chosen_cycle(office, args)
        scorer = Scorer(office, cycle, args.stage)
        rows = scorer.rows()
        columns, log = score_sheets.columns_of(scorer.table, args.stage), partial(log_export, office)
        write_score_sheet(cycle, args.stage, columns, rows, Path(args.out), log=log, overwrite=args.overwrite)
        told = {"file": str(Path(args.out)), "rows": len(rows), "cycle": cycle.id, "stage": args.stage}
        context.answer(args, told, [tr_("{n} rows written to {path}", n=len(rows), path=args.out)])
    return context.DONE


def import_sheet(args: argparse.Namespace) -> int:
    """Read a filled-in sheet; what cannot be written is told by row and column."""
    with context.office(args, write=not args.dry_run) as office:
        cycle = chosen_cycle(office, args)
        seen = scores.preview_sheet(office, cycle, args.stage, Path(args.file))
        if not args.dry_run:
            scores.accept_sheet(office, cycle, args.stage, seen, today=context.today(args))
        lines = [f"  {tr(each)}" for each in seen.notices]
        lines += [options.refused_line(each) for each in seen.refused]
        lines += [options.remark_line(each) for each in seen.remarks]
        written = tr_("{n} cells of {rows} rows", n=len(seen.cells), rows=seen.rows)
        refusals = tr_("refused {n}", n=len(seen.refused))
        lines.append(f"{written} · {refusals}")
        found = _sheet_found(office, cycle, seen)
        entered = 0 if args.dry_run else found["accepted"]
        context.answer(args, {**found, "entered": entered, "written": not args.dry_run}, lines)
    return context.FINDINGS if seen.refused else context.DONE


def _sheet_found(office: Office, cycle: Cycle, seen: scores.SheetPreview) -> dict[str, Any]:
    names = cycles.subject_names(office, cycle)
    subjects = {each.id: each.subject for each in cycles.entrants_of(office, cycle)}
    cells: dict[str, dict[str, str]] = {}
    for cell in seen.cells:
        cells.setdefault(subjects[cell.entrant], {})[cell.column] = cell.typed
    return {
        "rows": seen.rows,
        "cells": len(seen.cells),
        "accepted": len(cells),
        "people": [
            {"row": each.row, "id": each.of, "name": names.get(each.of, ""), "cells": cells.get(each.of, {})}
            for each in seen.matches
        ],
        "refused": [options.refused(each) for each in seen.refused],
        "matches": [options.match(each) for each in seen.matches],
        "remarks": [{"row": each.row, "column": each.column, "remark": tr(each.remark)} for each in seen.remarks],
        "notices": [tr(each) for each in seen.notices],
        "sheet": seen.sheet,
        "sheets": list(seen.sheets),
    }


def set_cells(args: argparse.Namespace) -> int:
    """Enter points, answers or the reason of one row."""
    if any("=" not in each for each in args.cells):
        raise InputError(t("A cell is written KEY=VALUE"), do=t("such as 1.1=9,5"))
    with context.office(args, write=True) as office:
        cycle = chosen_cycle(office, args)
        row = entrant_named(office, cycle, args.row)
        pairs = [each.split("=", 1) for each in args.cells]
        texts = [score_sheets.CellText(row.id, name.strip(), typed) for name, typed in pairs]
        score_sheets.write_cells(office, cycle, args.stage, texts, today=context.today(args))
        scorer = Scorer(office, cycle, args.stage)
        told = row_told(scorer, scorer.row(entrant_named(office, cycle, row.id)))
        context.answer(args, told, [total_line(told)])
    return context.DONE


def fill_cells(args: argparse.Namespace) -> int:
    """Fill empty cells from the records, or from the hand before."""
    if args.source == "before" and args.stage == STAGES[0]:
        raise InputError(t("Nobody scored before this hand"), do=t("choose the appraised or the final points"))
    with context.office(args, write=True) as office:
        cycle = chosen_cycle(office, args)
        act = score_sheets.compute if args.source == "records" else score_sheets.carry
        changed = act(office, cycle, args.stage, today=context.today(args))
        context.answer(args, {"cycle": cycle.id, "rows": changed}, [tr_("{n} rows", n=changed)])
    return context.DONE
