"""`roster export` and `roster exports`: people out of the book, and what went out before."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.dates import shown_time
from records.domain.lists import ListExport, ListLayout
from records.services import lists
from records.services.book import backups
from records.services.office import Office
from records.services.people import roster
from records.services.standards.checks import check
from tui.cli import context, options
from tui.present.rights.restricted import left_out_of

if TYPE_CHECKING:
    from exports.lists.people import PeopleList


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the two verbs to those of `roster`."""
    out = actions.add_parser("export", help=tr_("write a list of people: .xlsx, .csv or .pdf"), parents=[shared])
    out.add_argument("file", metavar="FILE")
    options.add_scope(out)
    out.add_argument("--holding", action="store_true", help=tr_("only people who hold a role on the day"))
    out.add_argument("--columns", default="", metavar="A,B,…", help=tr_("which columns, in this order"))
    out.add_argument("--layout", default="", metavar="NAME", help=tr_("a layout: usual, extract, attendance or saved"))
    out.add_argument("--save-layout", default="", metavar="NAME", help=tr_("keep these columns under this name"))
    out.add_argument("--sensitive", action="store_true", help=tr_("allow columns with sensitive data"))
    out.add_argument("--heading", default="", help=tr_("second line of the title"))
    out.add_argument("--dated", default="", metavar="DAY", help=tr_("the date the paper bears; today when left out"))
    out.add_argument("--signer", default="", metavar="A;B", help=tr_("the lines above the signature"))
    out.add_argument("--signer-name", default="", metavar="NAME", help=tr_("the name below the signature"))
    out.add_argument("--overwrite", action="store_true", help=tr_("replace the file if it is there"))
    out.set_defaults(run=export_people)
    made = actions.add_parser("exports", help=tr_("which lists were written, when and by whom"), parents=[shared])
    made.set_defaults(run=list_exports)


def export_people(args: argparse.Namespace) -> int:
    """Write the people of a scope to a file, and log it."""
    from exports.lists.people import judge_path, write_people  # noqa: PLC0415  # pages and spreadsheets are heavy

    path = Path(args.file)
    judge_path(path)
    on = context.day_given(args, "on", "--on")
    with context.office(args, write=True) as office:
        layout = _layout(office, args)
        people = _people(office, args, layout)
        if args.save_layout:
            lists.save(office, layout)
        logged: list[ListExport] = []
        write_people(
            people,
            path,
            overwrite=args.overwrite,
            log=lambda export: logged.append(lists.log_export(office, export)),
        )
        (made,) = logged
        missing, said = left_out_of(office, on, options.scope(args, holding=args.holding))
        found = {"file": str(path), "people": len(made.people), "columns": list(made.columns), "id": made.id}
        told = [
            tr_("Written: {path}", path=path),
            tr_("{n} people, as of {day}; logged in the book", n=len(made.people), day=on),
        ]
        if made.sensitive:
            told.append(tr_("Sensitive columns: {columns}", columns=", ".join(made.sensitive)))
        context.answer(args, {**found, "sensitive": list(made.sensitive), **missing}, [*told, *said])
    return context.DONE


def _people(office: Office, args: argparse.Namespace, layout: ListLayout) -> PeopleList:
    from exports.lists.people import PeopleList  # noqa: PLC0415  # pages and spreadsheets are heavy
    from exports.lists.people_columns import Known, columns_of  # noqa: PLC0415

    on = context.day_given(args, "on", "--on")
    columns = columns_of(layout.columns)
    sensitive = [column.key for column in columns if column.sensitive]
    if sensitive and not args.sensitive:
        raise InputError(
            t("These columns are sensitive: {columns}", columns=", ".join(sensitive)),
            do=t("add --sensitive if they must leave the office, or leave them out"),
        )
    lists.judge_leaving(office, sensitive=bool(sensitive))
    scope = options.scope(args, holding=args.holding)
    judged: dict[str, list[Any]] = {}
    if any(column.judged for column in columns):
        for person, each in check(office, on, scope):
            judged.setdefault(person.id, []).append(each)
    return PeopleList(
        lines=roster.roster(office, on, scope),
        columns=columns,
        known=Known(office.settings, office.unit_names(on), judged),
        on=on,
        day=context.day_given(args, "dated", "--dated"),
        heading=layout.heading,
        signer=layout.signer,
        signer_name=layout.signer_name,
        mark=tr(backups.mark(office)),
    )


def _layout(office: Office, args: argparse.Namespace) -> ListLayout:
    """The layout meant, with what the other options say instead. Raises InputError for a name there is not."""
    from exports.lists.people_columns import BY_KEY, LAYOUTS  # noqa: PLC0415  # pages and spreadsheets are heavy

    given = [key.strip() for key in args.columns.split(",") if key.strip()]
    found = ListLayout(id="", name="", columns=LAYOUTS["usual"][1])
    if args.layout in LAYOUTS:
        found = ListLayout(id="", name="", columns=LAYOUTS[args.layout][1])
    elif args.layout:
        kept = lists.named(office, ListLayout, args.layout)
        if kept is None:
            known = [*LAYOUTS, *(each.name for each in lists.saved(office, ListLayout))]
            raise InputError(
                t("There is no layout “{name}”", name=args.layout), do=t("use one of: {known}", known=", ".join(known))
            )
        there, missing = lists.known_columns(kept, tuple(BY_KEY))
        if missing:
            remark = tr_("Columns this program does not know were left out: {columns}", columns=", ".join(missing))
            print(remark, file=sys.stderr)
        found = ListLayout(
            id="", name="", columns=there, heading=kept.heading, signer=kept.signer, signer_name=kept.signer_name
        )
    return ListLayout(
        id="",
        name=args.save_layout,
        columns=tuple(given) or found.columns,
        heading=args.heading or found.heading,
        signer=tuple(line.strip() for line in args.signer.split(";") if line.strip()) or found.signer,
        signer_name=args.signer_name or found.signer_name,
    )


def list_exports(args: argparse.Namespace) -> int:
    """List every export, newest first."""
    with context.office(args) as office:
        made = lists.exports_made(office)
        found = [
            {
                "seq": each.entry.seq,
                "time": each.entry.time,
                "who": each.entry.actor,
                "file": each.export.file,
                "sha256": each.export.sha256,
                "on": each.export.on.isoformat(),
                "people": list(each.export.people),
                "columns": list(each.export.columns),
                "sensitive": list(each.export.sensitive),
                "book": {"seq": each.export.seq, "hash": each.export.digest},
            }
            for each in made
        ]
        text = [
            f"{shown_time(each.entry.time)}  {each.entry.actor:<12} "
            + tr(t("{n} people", n=len(each.export.people)))
            + f"  {each.export.file}  [{', '.join(each.export.columns)}]"
            for each in made
        ]
        context.answer(args, {"exports": found}, text or [tr_("No list was written yet")])
    return context.DONE
