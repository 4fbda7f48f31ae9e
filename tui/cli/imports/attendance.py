"""`training import`: an attendance list into an event, with everything it would do said first."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.dates import shown
from records.domain.training import Presence
from records.intake.drafts import Refusal
from records.rules.training.words import FATE_WORDS, PRESENCE_OF, PRESENCE_WORDS
from records.services.imports import attendance
from records.services.imports.attendance import ListHow, ListPreview
from records.services.imports.attendance_matching import Decided, ListRow
from records.services.training import events
from tui.cli import context, options
from tui.cli.imports.list_import import chosen_row


def add(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb to `training`."""
    into = verbs.add_parser("import", help=tr_("read an attendance list from a spreadsheet"), parents=[shared])
    into.add_argument("event", metavar="EVENT")
    into.add_argument("file", metavar="FILE")
    into.add_argument("--sheet", default="", help=tr_("name of the sheet"))
    into.add_argument("--columns", metavar="MAP.yaml", help=tr_("which column is which, where the guess is wrong"))
    into.add_argument("--all-present", action="store_true", help=tr_("no column says who came: everybody did"))
    marks = {"nargs": "+", "default": [], "metavar": "ROW=x|v|p|m"}
    into.add_argument("--mark", dest="came", **marks, help=tr_("whether a row came, where the list is not clear"))
    into.add_argument("--as", dest="chosen", nargs="+", default=[], metavar="ROW=ID", help=tr_("who a row is"))
    into.add_argument(
        "--hidden", choices=("leave", "take"), default="leave",
        help=tr_("leave or take rows that the sheet hides or that are struck out"),
    )  # fmt: skip
    into.add_argument("--dry-run", action="store_true", help=tr_("only show what would happen"))
    into.set_defaults(run=import_list)


def import_list(args: argparse.Namespace) -> int:
    """Preview a list and, unless `--dry-run`, enter what can be entered; exit 1 when some rows cannot."""
    decided = Decided(dict(chosen_row(each) for each in args.chosen), dict(_mark(each) for each in args.came))
    how = ListHow(
        sheet=args.sheet, columns=_columns(args), decided=decided, all_came=args.all_present, unseen=args.hidden
    )
    with context.office(args, write=not args.dry_run) as office:
        event = events.event_named(office, args.event)
        seen = attendance.preview_list(office, event, Path(args.file), today=context.today(args), how=how)
        if seen.columns.asks and not args.dry_run:
            raise _nothing_says(seen)
        entered = 0 if args.dry_run else attendance.accept_list(office, seen, today=context.today(args))
        counts = Counter(each.fate for each in seen.rows)
        found = {
            "event": event.id,
            "sheet": seen.sheet,
            "entered": entered,
            "counts": dict(counts),
            "rows": [_told(each) for each in seen.rows],
            "refused": [one for each in seen.rows if each.fate == "refused" for one in _refusals(each)],
            "asks": "all_present" if seen.columns.asks else None,
            "notices": [tr(each) for each in seen.notices],
            "left_out": [{"row": each.row, "why": tr(each.remark)} for each in seen.remarks],
        }
        context.answer(args, found, _lines(seen, entered, dry=args.dry_run))
    return context.FINDINGS if seen.count("unsure", "refused", "silent") else context.DONE


def _columns(args: argparse.Namespace) -> dict[str, str] | None:
    if not args.columns:
        return None
    from config.settings.reading import read_shape  # noqa: PLC0415  # only where a map is given

    return read_shape(Path(args.columns), dict[str, str])


def _nothing_says(seen: ListPreview) -> InputError:
    return InputError(
        t("No column of sheet “{sheet}” says who came; nothing was entered", sheet=seen.sheet),
        where=str(seen.path),
        do=t("add --all-present if everybody in it came, or name the column in a map with --columns"),
    )


def _mark(typed: str) -> tuple[int, Presence]:
    row, _, mark = typed.partition("=")
    came = PRESENCE_OF.get(mark.strip().lower())
    if not row.strip().isdecimal() or came in (None, "called"):
        raise InputError(t("“{given}” does not say whether a row came", given=typed), do=t("write it as 12=x"))
    return int(row), came


def _told(each: ListRow) -> dict[str, object]:
    return {
        "row": each.row,
        "name": each.name,
        "fate": each.fate,
        "person": each.person or None,
        "presence": each.presence or "unknown",
        "results": dict(each.results),
        "why": tr(each.why),
        "candidates": list(each.candidates),
    }


def _refusals(each: ListRow) -> list[dict[str, object]]:
    """What keeps a row out: each cell at fault, or that nobody known is meant."""
    faults = each.faults or (Refusal(each.row, "", "", each.why),)
    return [{**options.refused(one), "name": one.name or each.name} for one in faults]


def _lines(seen: ListPreview, entered: int, *, dry: bool) -> list[str]:
    lines = [tr(each) for each in seen.notices]
    for each in seen.rows:
        said = f" {tr(PRESENCE_WORDS[each.presence])}" if each.presence else ""
        who = f" {each.person}" if each.person else ""
        doubt = f" [{', '.join(each.candidates)}]" if each.candidates else ""
        cells = (f"{one.column} “{one.value}”: {tr(one.problem)}" for one in each.faults)
        why = "; ".join(cells) or tr(each.why)
        told = f"{tr(FATE_WORDS[each.fate])}{who}{said}: {why}{doubt}".rstrip(": ")
        lines.append(f"{each.row:>5}  {each.name} {shown(each.born)} · {told}")
    lines += [
        tr_("Row {row}, {column}: {remark}", row=each.row, column=each.column, remark=each.remark)
        for each in seen.remarks
    ]
    left = seen.count("unsure", "refused", "silent")
    if dry:
        lines.append(tr_("Would enter {n} rows; {left} would not be entered", n=seen.count("enter"), left=left))
    else:
        lines.append(tr_("Entered {n} rows; {left} were not entered", n=entered, left=left))
    return lines
