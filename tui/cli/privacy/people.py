"""`roster held|rectify|restrict|lift|erase`: what is held of one person, correcting, restricting, destroying it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import tr_
from config.text import t
from records.services.lists import log_export
from records.services.privacy import correcting, erasing, restricting
from records.services.privacy.held import held
from tui.cli import context, paper_options, passphrases
from tui.cli.people.people import with_values
from tui.present.rights.access import field_words
from tui.present.rights.correction import corrected_rows
from tui.present.rights.held import held_lines


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs to those of `roster`."""
    all_of = actions.add_parser("held", help=tr_("everything that is held of a person, as a file or a paper"),
                                parents=[shared])  # fmt: skip
    all_of.add_argument("person", metavar="CODE")
    all_of.add_argument("--out", required=True, metavar="FILE", help=tr_("file to write: .json, .pdf, .docx or .xlsx"))
    all_of.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    all_of.set_defaults(run=write_all)
    _add_rectify(actions, shared)
    for name, told, run in (
        ("restrict", tr_("keep a person out of lists, scores and prints"), restrict),
        ("lift", tr_("lift the restriction of a person"), lift),
    ):
        verb = actions.add_parser(name, help=told, parents=[shared])
        verb.add_argument("person", metavar="CODE")
        verb.add_argument("--reason", required=True, help=tr_("why, such as who asked for it"))
        if run is restrict:
            verb.add_argument("--since", default="", metavar="DAY", help=tr_("first day; today when left out"))
        verb.set_defaults(run=run)

    gone = actions.add_parser(
        "erase", help=tr_("destroy what is sensitive of a person; not taken back"), parents=[shared]
    )
    gone.add_argument("person", metavar="CODE")
    gone.add_argument("--reason", required=True, help=tr_("why, such as who asked for it"))
    gone.add_argument("--yes", action="store_true", help=tr_("do not ask before"))
    gone.set_defaults(run=erase)


def _add_rectify(actions: Any, shared: argparse.ArgumentParser) -> None:
    told = tr_("correct a person on their request, and write the record of it; or write that of a correction made")
    right = actions.add_parser("rectify", help=told, parents=[shared])
    right.add_argument("person", metavar="CODE")
    right.add_argument("values", nargs="*", metavar="FIELD=VALUE", help=tr_("such as phone=… born=05/02/1980"))
    right.add_argument(
        "--request", default="", metavar="TEXT", help=tr_("on which request, such as a letter with its day")
    )
    right.add_argument("--change", type=int, default=None, metavar="N", help=tr_("the correction made by this change"))
    right.add_argument("--out", required=True, metavar="FILE", help=tr_("file to write: .pdf, .docx or .xlsx"))
    right.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    right.add_argument("--form", choices=("party", "state"), default="party", help=tr_("whose form the paper has"))
    paper_options.add_given(right)
    right.set_defaults(run=rectify)


def rectify(args: argparse.Namespace) -> int:
    """Correct a person on their request, and write the record of it; without values, that of a correction made."""
    from exports.files import judge_place  # noqa: PLC0415  # pages are heavy
    from exports.papers.form.logged_paper import judge_paper_path  # noqa: PLC0415
    from exports.papers.privacy import write_correction  # noqa: PLC0415

    day, path = context.today(args), Path(args.out)
    judge_paper_path(path)
    judge_place(path, overwrite=args.overwrite)
    given = paper_options.given_of(args)
    given = replace(given, fields={"form": args.form, **given.fields})
    with context.office(args, write=True) as office:
        if args.values:
            held = office.person(args.person)
            found = correcting.rectify(office, with_values(office, args, held), args.request, today=day, was=held)
        else:
            found = correcting.corrected(office, args.person, args.change)
        rows = corrected_rows(office, found, day)
        log = partial(log_export, office)
        write_correction(office, found, rows, path, day=day, log=log, overwrite=args.overwrite, given=given)
    lines = [f"{title}: {before} → {after}" for title, before, after in rows]
    lines += [tr_("Written: {path}", path=path), tr_("Articles that were not read are to be confirmed on it")]
    told = {"file": str(path), "person": found.after.id, "change": found.entry.seq, "fields": list(found.fields)}
    context.answer(args, told, lines)
    return context.DONE


def write_all(args: argparse.Namespace) -> int:
    """Write everything held of a person."""
    from exports.papers.privacy import write_held  # noqa: PLC0415  # pages are heavy

    day, path = context.today(args), Path(args.out)
    with context.office(args, write=True) as office:
        found = held(office, args.person)
        log = partial(log_export, office)
        told = held_lines(office, found, day)
        write_held(office, found, told, path, day=day, log=log, overwrite=args.overwrite)
    counts = {table: len(records) for table, records in found.records.items()}
    lines = [
        tr_("Written: {path}", path=path),
        tr_("{n} records of {name}, {exports} lists written, {changes} changes", n=sum(counts.values()) + 1,
            name=found.person.name, exports=len(found.exports), changes=len(found.changes)),
    ]  # fmt: skip
    context.answer(args, {"file": str(path), "person": found.person.id, "records": counts}, lines)
    return context.DONE


def erase(args: argparse.Namespace) -> int:
    """Erase what is sensitive of a person for good."""
    with context.office(args, write=True) as office:
        name = office.person(args.person).name
        if not args.yes:
            _confirm(name)
        made = erasing.erase(office, args.person, args.reason, today=context.today(args))
    lines = [
        tr_("What was sensitive of {name} is destroyed: {fields}", name=name, fields=field_words(made.fields) or "–"),
        tr_("Backups made until today hold it and its key still; by the rule of the office they stay until {day}, and "
            "what was copied elsewhere until it is deleted there", day=made.old_until),
    ]  # fmt: skip
    found = {
        "id": made.id,
        "person": made.person,
        "fields": list(made.fields),
        "old_until": made.old_until.isoformat() if made.old_until else None,
    }
    context.answer(args, found, lines)
    return context.DONE


def _confirm(name: str) -> None:
    """Ask once. Raises InputError where nobody says yes."""
    if not passphrases.is_terminal():
        raise InputError(t("Destroying data is not taken back"), do=t("say --yes, once it is sure"))
    print(tr_("What is sensitive of {name} will be destroyed, in the history too. This is not taken back.", name=name))
    if input(tr_("Destroy it? Type yes: ")).strip().casefold() not in ("yes", tr_("yes")):
        raise InputError(t("Nothing was done"), do=t("type yes to destroy it"))


def restrict(args: argparse.Namespace) -> int:
    """Restrict the use of what is held of a person."""
    today = context.today(args)
    with context.office(args, write=True) as office:
        since = context.day_given(args, "since", "--since")
        made = restricting.restrict(office, args.person, args.reason, since=since, today=today)
        name = office.person(args.person).name
    told = tr_("The data of {name} is restricted since {day}: {why}", name=name, day=made.since, why=made.reason)
    context.answer(args, {"id": made.id, "person": made.person, "since": made.since.isoformat()}, [told])
    return context.DONE


def lift(args: argparse.Namespace) -> int:
    """Lift the restriction of a person."""
    today = context.today(args)
    with context.office(args, write=True) as office:
        made = restricting.lift(office, args.person, args.reason, today=today)
        name = office.person(args.person).name
    told = tr_("The data of {name} is not restricted any more from {day} on", name=name, day=today)
    context.answer(args, {"id": made.id, "person": made.person, "lifted": today.isoformat()}, [told])
    return context.DONE
