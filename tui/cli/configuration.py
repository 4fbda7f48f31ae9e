"""`config`: check the settings, all problems at once."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from config.looking import notices
from config.settings import check_folder, load_settings
from config.speech import say, say_
from tui.cli import comparing, door, standards


def add(nouns: Any, shared: argparse.ArgumentParser) -> None:
    """Add the noun and its verb to the command line."""
    verbs = nouns.add_parser("config", help=say_("settings and standards"), parents=[shared])
    actions = verbs.add_subparsers(required=True, metavar=say_("VERB"))
    checking = actions.add_parser("check", help=say_("find every mistake in the settings"), parents=[shared])
    checking.add_argument(
        "folder", nargs="?", metavar="DIR", help=say_("folder with YAML files; the shipped one if left out")
    )
    checking.set_defaults(run=check_config)
    standards.add(actions, shared)
    comparing.add(actions, shared)


def check_config(args: argparse.Namespace) -> int:
    """Check a folder of settings; exit 2 when something is wrong."""
    folder = Path(args.folder) if args.folder else Path(__file__).parents[2] / "config"
    problems = check_folder(folder)
    found: dict[str, object] = {
        "folder": str(folder),
        "problems": [{"what": say(each.what), "where": say(each.where), "do": say(each.do)} for each in problems],
    }
    lines = [door.sentence(say(each.what), say(each.where), say(each.do)) for each in problems]
    if not problems:
        shipped = Path(__file__).parents[2] / "config"
        settings = load_settings(*([folder] if folder.resolve() != shipped.resolve() else []))
        found["notices"] = told = [say(each) for each in notices(settings, door.today(args))]
        lines = [say_("The settings are in order: {folder}", folder=folder), *told]
    door.answer(args, found, lines)
    return 2 if problems else door.DONE
