"""`config`: check the settings, all problems at once."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from config.settings import check_folder
from config.speech import say, say_
from tui.cli import door, standards


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


def check_config(args: argparse.Namespace) -> int:
    """Check a folder of settings; exit 2 when something is wrong."""
    folder = Path(args.folder) if args.folder else Path(__file__).parents[2] / "config"
    problems = check_folder(folder)
    found = {
        "folder": str(folder),
        "problems": [{"what": say(each.what), "where": say(each.where), "do": say(each.do)} for each in problems],
    }
    lines = [door.sentence(say(each.what), say(each.where), say(each.do)) for each in problems]
    door.answer(args, found, lines or [say_("The settings are in order: {folder}", folder=folder)])
    return 2 if problems else door.DONE
