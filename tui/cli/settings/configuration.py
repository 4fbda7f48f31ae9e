"""`config`: check the settings, all problems at once."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from config.i18n import tr, tr_
from config.settings.loading import SHIPPED, check_folder, load_settings
from config.settings.looking import notices
from tui.cli import context
from tui.cli.settings import comparing
from tui.cli.standards import standards
from tui.present import errors


def add(nouns: Any, shared: argparse.ArgumentParser) -> None:
    """Add the noun and its verb to the command line."""
    verbs = nouns.add_parser("config", help=tr_("settings and standards"), parents=[shared])
    actions = verbs.add_subparsers(required=True, metavar=tr_("VERB"))
    checking = actions.add_parser("check", help=tr_("find every mistake in the settings"), parents=[shared])
    checking.add_argument(
        "folder", nargs="?", metavar="DIR", help=tr_("folder with YAML files; the shipped one if left out")
    )
    checking.set_defaults(run=check_config)
    told = tr_("take over settings of the book that were changed outside the program")
    actions.add_parser("accept", help=told, parents=[shared]).set_defaults(run=accept_by_hand)
    standards.add(actions, shared)
    comparing.add(actions, shared)


def accept_by_hand(args: argparse.Namespace) -> int:
    """Take over what was changed by hand, as one line of the journal."""
    with context.office(args, write=True) as office:
        names = office.book.accept_settings()
    lines = [tr_("Taken over: {path}", path=f"config/{each}") for each in names]
    context.answer(args, {"accepted": names}, lines or [tr_("Nothing was changed outside the program")])
    return context.DONE


def check_config(args: argparse.Namespace) -> int:
    """Check a folder of settings; exit 2 when something is wrong."""
    folder = Path(args.folder) if args.folder else SHIPPED
    problems = check_folder(folder)
    found: dict[str, object] = {
        "folder": str(folder),
        "problems": [{"what": tr(each.what), "where": tr(each.where), "do": tr(each.do)} for each in problems],
    }
    lines = [errors.sentence(tr(each.what), tr(each.where), tr(each.do)) for each in problems]
    if not problems:
        shipped = SHIPPED
        settings = load_settings(*([folder] if folder.resolve() != shipped.resolve() else []))
        found["notices"] = told = [tr(each) for each in notices(settings, context.today(args))]
        lines = [tr_("The settings are in order: {folder}", folder=folder), *told]
    context.answer(args, found, lines)
    return 2 if problems else context.DONE
