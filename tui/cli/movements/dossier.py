"""`dossier`: the files handed in with a nomination, a registration, an initiative or a movement."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from config.i18n import tr_
from records.domain.awards.dossiers import DossierFile
from records.domain.dates import shown
from records.domain.lists import ListExport
from records.domain.people.person import Person
from records.services.lists import log_export
from records.services.movements import dossiers as services
from tui.cli import context


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    adding = actions.add_parser("add", help=tr_("take files into a dossier"), parents=[shared])
    adding.add_argument("about", metavar="ID", help=tr_("candidate, registration, initiative… by its code"))
    adding.add_argument("files", nargs="+", metavar="FILE", help=tr_("pdf, jpg, png, docx or xlsx"))
    adding.add_argument("--day", default="", help=tr_("day; today when left out"))
    adding.set_defaults(run=add)
    listing = actions.add_parser("list", help=tr_("the files of a dossier"), parents=[shared])
    listing.add_argument("about", metavar="ID", help=tr_("candidate, registration, initiative… by its code"))
    listing.set_defaults(run=show)
    out = actions.add_parser("take", help=tr_("write a file of a dossier as it was handed in"), parents=[shared])
    out.add_argument("file", metavar="ID", help=tr_("its code"))
    out.add_argument("--out", required=True, metavar="FILE", help=tr_("the file to write"))
    out.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    out.set_defaults(run=take)
    removing = actions.add_parser("remove", help=tr_("take a file out of its dossier"), parents=[shared])
    removing.add_argument("file", metavar="ID", help=tr_("its code"))
    removing.set_defaults(run=remove)


def add(args: argparse.Namespace) -> int:
    """Take files in."""
    with context.office(args, write=True) as office:
        day = context.day_given(args, "day", "--day")
        made = services.attach(office, args.about, [Path(each) for each in args.files], day)
        lines = [_line(each) for each in made] or [tr_("All of them are in the dossier already")]
        context.answer(args, {"about": args.about, "files": [_told(each) for each in made]}, lines)
    return context.DONE


def show(args: argparse.Namespace) -> int:
    """List them."""
    with context.office(args) as office:
        services.judge_about(office, args.about)
        found = services.files_of(office, args.about)
        lines = [_line(each) for each in found] or [tr_("The dossier has no file")]
        context.answer(args, {"about": args.about, "files": [_told(each) for each in found]}, lines)
    return context.DONE


def take(args: argparse.Namespace) -> int:
    """Write one out; the book notes that it left."""
    from exports.logged import logged_file  # noqa: PLC0415  # only what leaves needs it

    with context.office(args, write=True) as office:
        file, path = services.file_named(office, args.file), Path(args.out)
        content, subject = services.content_of(office, file), services.subject_of(office, file)
        people = (subject,) if subject in {each.id for each in office.book.table(Person)} else ()
        export = ListExport(
            id="", file=str(path), sha256="", people=people, columns=(file.title,), on=context.today(args)
        )
        with logged_file(path, export, partial(log_export, office), overwrite=args.overwrite) as part:
            part.write_bytes(content)
        context.answer(args, {"file": str(path), "sha256": file.sha256}, [tr_("Written: {path}", path=path)])
    return context.DONE


def remove(args: argparse.Namespace) -> int:
    """Take one out of its dossier."""
    with context.office(args, write=True) as office:
        file = services.file_named(office, args.file)
        services.remove(office, file)
        context.answer(args, {"removed": file.id}, [tr_("Taken out; “book undo” brings it back")])
    return context.DONE


def _told(each: DossierFile) -> dict[str, object]:
    return {"id": each.id, "title": each.title, "size": each.size, "sha256": each.sha256, "day": each.day.isoformat()}


def _line(each: DossierFile) -> str:
    return f"{each.id}  {each.title} · {shown(each.day)} · {max(each.size // 1000, 1)} kB"
