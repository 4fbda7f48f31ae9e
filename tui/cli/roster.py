"""`roster`: people into the book and out of it."""

from __future__ import annotations

import argparse
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from config.speech import say, say_
from config.text import t
from records.desks import intake, roster
from records.desks.office import Office
from records.domain.dates import shown
from records.intake.people import DraftPerson
from tui.cli import door, roster_out, words


def add(nouns: Any, shared: argparse.ArgumentParser) -> None:
    """Add the noun and its verbs to the command line."""
    verbs = nouns.add_parser("roster", help=say_("people: import a spreadsheet, list, export"), parents=[shared])
    actions = verbs.add_subparsers(required=True, metavar=say_("VERB"))
    into = actions.add_parser("import", help=say_("read people from a spreadsheet"), parents=[shared])
    into.add_argument("file", metavar="FILE")
    into.add_argument("--sheet", default="", help=say_("name of the sheet"))
    into.add_argument("--columns", metavar="MAP.yaml", help=say_("which column is which, where the guess is wrong"))
    into.add_argument("--role", default="", help=say_("role of rows that name none"))
    into.add_argument("--level", default="", help=say_("level of rows that name none"))
    into.add_argument("--dry-run", action="store_true", help=say_("only show what would happen"))
    into.set_defaults(run=import_people)
    lists = actions.add_parser("list", help=say_("people in Vietnamese order of names"), parents=[shared])
    words.add_scope(lists)
    lists.add_argument("--holding", action="store_true", help=say_("only people who hold a role on the day"))
    lists.set_defaults(run=list_people)
    roster_out.add(actions, shared)


def import_people(args: argparse.Namespace) -> int:
    """Preview a spreadsheet and, unless `--dry-run`, enter what can be entered."""
    with _office_for(args) as office:
        words.judge_role_and_level(office, args.role, args.level)
        seen = intake.preview(
            office,
            Path(args.file),
            today=door.today(args),
            sheet=args.sheet,
            columns=_columns(args),
            role=args.role,
            level=args.level,
        )
        entered = 0 if args.dry_run else intake.accept(office, seen)
        found = {
            "rows": seen.rows,
            "accepted": len(seen.accepted),
            "duplicates": [{"row": each.row, "of": each.of} for each in seen.duplicates],
            "refused": [
                {"row": each.row, "column": each.column, "value": each.value, "problem": say(each.problem)}
                for each in seen.refused
            ],
            "people": [_draft(each, seen) for each in seen.accepted],
        }
        door.answer(args, found, _told(seen, entered, dry_run=args.dry_run))
    return door.FINDINGS if seen.refused else door.DONE


def _office_for(args: argparse.Namespace) -> AbstractContextManager[Office]:
    nowhere = not args.demo and not args.book and not door.book_path(args).exists()
    if args.dry_run and nowhere:
        return door.empty_office()
    return door.office(args, write=not args.dry_run)


def _columns(args: argparse.Namespace) -> dict[str, str] | None:
    if not args.columns:
        return None
    from config.loading import read_shape  # noqa: PLC0415  # only where a map is given

    return read_shape(Path(args.columns), dict[str, str])


def _draft(draft: DraftPerson, seen: intake.Preview) -> dict[str, object]:
    return {
        "row": draft.row,
        "name": draft.name,
        "sex": draft.sex,
        "born": str(draft.born) if draft.born else None,
        "national_id": draft.national_id,
        "phone": draft.phone,
        "unit": draft.unit,
        "roles": list(draft.roles) or ([seen.role] if seen.role else []),
    }


def _told(seen: intake.Preview, entered: int, *, dry_run: bool) -> list[str]:
    lines = [
        say_("File {path}, sheet “{sheet}”", path=seen.path, sheet=seen.sheet),
        say_(
            "Rows: {rows} · accepted: {accepted} · already known: {known} · refused: {refused}",
            rows=seen.rows,
            accepted=len(seen.accepted),
            known=len(seen.duplicates),
            refused=len({each.row for each in seen.refused}),
        ),
    ]
    lines += [
        say_("  row {row}, column {column}, “{value}”: {problem}", **words.refusal(each)) for each in seen.refused
    ]
    lines += [
        say_("  row {row}: the same person as {of}; left out", row=each.row, of=each.of) for each in seen.duplicates
    ]
    lines += [
        say_("  row {row}, column {column}: {remark}", row=each.row, column=each.column, remark=each.remark)
        for each in seen.remarks
    ]
    lines += [say_("  new unit: {name}", name=name) for name in seen.new_units]
    lines.append(say_("Nothing was written") if dry_run else say_("Entered {n} people as one change", n=entered))
    return lines


def list_people(args: argparse.Namespace) -> int:
    """List the people of a scope."""
    on = door.day_given(args, "on", "--on")
    with door.office(args) as office:
        lines = roster.roster(office, on, words.scope(args, holding=args.holding))
        found = {
            "people": [
                {
                    "id": line.person.id,
                    "name": line.person.name,
                    "born": str(line.person.born) if line.person.born else None,
                    "unit": line.unit_name,
                    "roles": list(line.roles),
                }
                for line in lines
            ]
        }
        text = [
            f"{line.person.id:<12} {line.person.name:<28} {shown(line.person.born):<11} {line.unit_name:<30} "
            + ", ".join(words.role_name(office, role) for role in line.roles)
            for line in lines
        ]
        door.answer(args, found, [*text, say(t("{n} people", n=len(lines)))])
    return door.DONE
