"""`… import FILE` and `… template --out FILE` of every kind of list: what would be entered is said first."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.intake.files.cells import letter
from records.services.imports import list_intake
from records.services.imports.list_intake import Entry, ListKind, ListReading
from records.services.imports.list_kinds import LIST_KINDS, TEMPLATES
from tui.cli import context, options


def add(actions: Any, shared: argparse.ArgumentParser, key: str) -> None:
    """Add `import` and `template` of a kind of list to the verbs of a noun."""
    into = actions.add_parser("import", help=tr_("read a list from a spreadsheet"), parents=[shared])
    into.add_argument("file", metavar="FILE")
    add_options(into, LIST_KINDS[key])
    into.set_defaults(run=partial(import_list, key))
    add_template(actions, shared, key)


def add_options(into: argparse.ArgumentParser, kind: ListKind) -> None:
    """Add the options of an import."""
    into.add_argument("--sheet", default="", help=tr_("name of the sheet"))
    into.add_argument(
        "--hidden", choices=("leave", "take"), default="leave",
        help=tr_("leave or take rows that the sheet hides or that are struck out"),
    )  # fmt: skip
    into.add_argument("--dry-run", action="store_true", help=tr_("only show what would happen"))
    if kind.of_people:
        into.add_argument("--as", dest="chosen", nargs="+", default=[], metavar="ROW=ID", help=tr_("who a row is"))


def add_template(actions: Any, shared: argparse.ArgumentParser, key: str) -> None:
    """Add `template` of a list to the verbs of a noun."""
    out = actions.add_parser("template", help=tr_("write an empty workbook to fill in"), parents=[shared])
    out.add_argument("--out", required=True, metavar="FILE", help=tr_("the file to write"))
    out.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    out.set_defaults(run=partial(write_template, key))


def write_template(key: str, args: argparse.Namespace) -> int:
    """Write the template of a list."""
    from exports.lists.list_templates import write_template as write  # noqa: PLC0415  # spreadsheets are heavy

    path = Path(args.out)
    write(TEMPLATES[key], path, overwrite=args.overwrite)
    columns = [tr(each.title) for each in TEMPLATES[key].columns]
    context.answer(args, {"file": str(path), "columns": columns}, [tr_("Written: {path}", path=path)])
    return context.DONE


def import_list(key: str, args: argparse.Namespace) -> int:
    """Preview a list and, unless `--dry-run`, enter what can be entered; exit 1 when some rows cannot."""
    chosen = dict(chosen_row(each) for each in getattr(args, "chosen", ()))
    with context.office(args, write=not args.dry_run) as office:
        how = list_intake.ListHow(sheet=args.sheet, chosen=chosen, take_unseen=args.hidden == "take")
        seen = list_intake.preview(office, LIST_KINDS[key], Path(args.file), today=context.today(args), how=how)
        entered = None if args.dry_run else list_intake.accept(office, seen)
        context.answer(args, _found(seen, entered), list(_lines(seen, entered)))
    return context.FINDINGS if seen.refused else context.DONE


def chosen_row(typed: str) -> tuple[int, str]:
    """Who a row is, written as `12=TN-P-00012`. Raises InputError."""
    row, equals, person = typed.partition("=")
    if not (equals and row.strip().isdecimal() and person.strip()):
        raise InputError(t("“{given}” does not say who a row is", given=typed), do=t("write it as 12=TN-P-00012"))
    return int(row), person.strip()


def _found(seen: ListReading, entered: int | None) -> dict[str, object]:
    new = [each for each in seen.entries if each.new]
    return {
        "rows": seen.rows,
        "accepted": len(new),
        "people" if seen.kind.of_people else seen.kind.table.key: [_entry(each) for each in new if not each.of_unit],
        **({"units": [_entry(each) for each in new if each.of_unit]} if seen.kind.of_unit else {}),
        "updates": [
            {
                "row": each.row,
                "id": each.subject,
                "name": each.name,
                "changes": [{"field": one.field, "before": one.before, "after": one.after} for one in each.changes],
            }
            for each in seen.entries
            if each.records and not each.new
        ],
        "duplicates": [{"row": each.row, "of": each.subject} for each in seen.entries if not each.records],
        "refused": [options.refused(each) for each in seen.refused],
        "matches": [options.match(each) for each in seen.matches],
        "remarks": [{"row": each.row, "column": each.column, "remark": tr(each.remark)} for each in seen.remarks],
        "notices": [tr(each) for each in seen.notices],
        "sheet": seen.sheet,
        "sheets": list(seen.sheets),
        "columns": {key: letter(column) for key, column in seen.layout.columns.items()},
        "unread": list(seen.layout.unread),
        "entered": entered or 0,
    }


def _entry(each: Entry) -> dict[str, object]:
    return {"row": each.row, "id": each.subject or None, "name": each.name, **each.told}


def _lines(seen: ListReading, entered: int | None) -> Iterator[str]:
    counts = (sum(each.new for each in seen.entries), sum(not each.records for each in seen.entries))
    yield tr_("File {path}, sheet “{sheet}”", path=seen.path, sheet=seen.sheet)
    yield tr_(
        "Rows: {rows} · new: {new} · already there: {known} · refused: {refused}",
        rows=seen.rows,
        new=counts[0],
        known=counts[1],
        refused=len({each.row for each in seen.refused}),
    )
    yield from (f"  {tr(each)}" for each in seen.notices)
    if seen.layout.unread:
        unread = ", ".join(seen.layout.unread)
        yield tr_("  not read, for their headings say nothing we know: {columns}", columns=unread)
    for each in seen.writing:
        told = " · ".join(str(value) for value in each.told.values() if value not in ("", 0, each.subject))
        yield f"  {each.row:>4}  {each.subject} {each.name} · {told}".replace("   ", "  ")
        yield from (
            tr_("    {field}: “{before}” → “{after}”", field=one.field, before=one.before, after=one.after)
            for one in each.changes
        )
    yield from (options.refused_line(each) for each in seen.refused)
    yield from (options.remark_line(each) for each in seen.remarks)
    yield tr_("Nothing was written") if entered is None else tr_("Entered {n} rows as one change", n=entered)
