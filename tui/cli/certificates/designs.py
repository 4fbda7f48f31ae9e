"""`certificate templates --export`, `--take` and `--remove`: designs handed from office to office as one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from config.errors import InputError
from config.i18n import tr_
from config.text import t
from tui.cli import context


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--export", default="", metavar="NAME", help=tr_("write a template and its pictures as one file")
    )
    which.add_argument(
        "--take", default="", metavar="FILE", help=tr_("take such a file in as the office's own template")
    )
    which.add_argument("--remove", default="", metavar="NAME", help=tr_("take an own template away"))
    parser.add_argument("--out", default="", metavar="FILE", help=tr_("file to write"))
    parser.add_argument("--name", default="", metavar="NAME", help=tr_("another name for the template taken in"))
    parser.add_argument("--overwrite", action="store_true", help=tr_("replace what is there"))


def run(args: argparse.Namespace) -> int:
    """Do what was asked for."""
    if args.export:
        return _export(args)
    return _take(args) if args.take else _remove(args)


def _export(args: argparse.Namespace) -> int:
    from exports.certificates.design.bundle import ENDING, export_design  # noqa: PLC0415  # ReportLab is heavy

    if not args.out:
        raise InputError(t("No file is named to write to"), do=t("add --out {name}", name=f"{args.export}{ENDING}"))
    with context.office(args) as office:
        export_design(office.book.settings.folder, args.export, Path(args.out), overwrite=args.overwrite)
    context.answer(args, {"template": args.export, "path": args.out}, [tr_("Written to {path}", path=args.out)])
    return context.DONE


def _take(args: argparse.Namespace) -> int:
    from exports.certificates.design.bundle import read_bundle, take_design  # noqa: PLC0415  # ReportLab is heavy

    taken = read_bundle(Path(args.take))
    with context.office(args, write=True) as office:
        taken = taken.named(args.name) if args.name else taken
        take_design(office, taken, today=context.today(args), overwrite=args.overwrite)
    name = taken.design.id
    found = {"template": name, "title": taken.design.title.vi, "pictures": sorted(taken.pictures)}
    context.answer(args, found, [tr_("Taken in: {name}", name=name)])
    return context.DONE


def _remove(args: argparse.Namespace) -> int:
    from records.services.certificates.designs import remove_design  # noqa: PLC0415

    with context.office(args, write=True) as office:
        remove_design(office, args.remove, today=context.today(args))
    context.answer(args, {"template": args.remove}, [tr_("Taken away: {name}", name=args.remove)])
    return context.DONE
