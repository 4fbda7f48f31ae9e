"""`training import`: an attendance list into an event, with everything it would do said first."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.speech import say, say_
from config.text import t
from records.desks import attendance_intake, training
from records.desks.attendance_intake import ListPreview
from records.desks.attendance_matching import ListRow
from records.domain.dates import shown
from records.rules.training_words import FATE_WORDS, PRESENCE_WORDS
from tui.cli import door


def add(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb to `training`."""
    into = verbs.add_parser("import", help=say_("read an attendance list from a spreadsheet"), parents=[shared])
    into.add_argument("event", metavar="EVENT")
    into.add_argument("file", metavar="FILE")
    into.add_argument("--sheet", default="", help=say_("name of the sheet"))
    into.add_argument("--as", dest="chosen", nargs="+", default=[], metavar="ROW=ID", help=say_("who a row is"))
    into.add_argument("--dry-run", action="store_true", help=say_("only show what would happen"))
    into.set_defaults(run=import_list)


def import_list(args: argparse.Namespace) -> int:
    """Preview a list and, unless `--dry-run`, enter what can be entered; exit 1 when some rows cannot."""
    chosen = dict(_choice(each) for each in args.chosen)
    with door.office(args, write=not args.dry_run) as office:
        event = training.event_named(office, args.event)
        seen = attendance_intake.preview_list(
            office, event, Path(args.file), today=door.today(args), chosen=chosen, sheet=args.sheet
        )
        entered = 0 if args.dry_run else attendance_intake.accept_list(office, seen, today=door.today(args))
        counts = Counter(each.fate for each in seen.rows)
        found = {
            "event": event.id,
            "sheet": seen.sheet,
            "entered": entered,
            "counts": dict(counts),
            "rows": [_told(each) for each in seen.rows],
            "notices": [say(each) for each in seen.notices],
            "left_out": [{"row": each.row, "why": say(each.remark)} for each in seen.remarks],
        }
        door.answer(args, found, _lines(seen, entered, dry=args.dry_run))
    return door.FINDINGS if seen.count("unsure", "refused", "silent") else door.DONE


def _choice(typed: str) -> tuple[int, str]:
    row, equals, person = typed.partition("=")
    if not (equals and row.strip().isdecimal() and person.strip()):
        raise InputError(t("“{given}” does not say who a row is", given=typed), do=t("write it as 12=TN-P-00012"))
    return int(row), person.strip()


def _told(each: ListRow) -> dict[str, object]:
    return {
        "row": each.row,
        "name": each.name,
        "fate": each.fate,
        "person": each.person or None,
        "presence": each.presence,
        "results": dict(each.results),
        "why": say(each.why),
        "candidates": list(each.candidates),
    }


def _lines(seen: ListPreview, entered: int, *, dry: bool) -> list[str]:
    lines = [say(each) for each in seen.notices]
    for each in seen.rows:
        said = f" {say(PRESENCE_WORDS[each.presence])}" if each.presence else ""
        who = f" {each.person}" if each.person else ""
        doubt = f" [{', '.join(each.candidates)}]" if each.candidates else ""
        told = f"{say(FATE_WORDS[each.fate])}{who}{said}: {say(each.why)}{doubt}".rstrip(": ")
        lines.append(f"{each.row:>5}  {each.name} {shown(each.born)} · {told}")
    lines += [
        say_("Row {row}, {column}: {remark}", row=each.row, column=each.column, remark=each.remark)
        for each in seen.remarks
    ]
    left = seen.count("unsure", "refused", "silent")
    if dry:
        lines.append(say_("Would enter {n} rows; {left} would not be entered", n=seen.count("enter"), left=left))
    else:
        lines.append(say_("Entered {n} rows; {left} were not entered", n=entered, left=left))
    return lines
