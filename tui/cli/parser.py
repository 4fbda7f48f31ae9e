"""The command line: nouns, verbs and options. Texts are spoken when the parser is built, after the language is set."""

from __future__ import annotations

import argparse
from typing import NoReturn

from config.errors import InputError
from config.speech import LANGUAGES, say_
from config.text import t
from tui.cli import award, book, certificate, check, configuration, roster


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InputError(
            t("The command cannot be understood: {message}", message=message),
            do=t("see “{program} --help”", program=self.prog),
        )


def build() -> argparse.ArgumentParser:
    """The parser of the whole command line; each verb sets `run` to its function."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--book", metavar="DIR", default=argparse.SUPPRESS, help=say_("the book to work on"))
    shared.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=say_("language of all texts"))
    shared.add_argument(
        "--demo",
        action="store_true",
        default=argparse.SUPPRESS,
        help=say_("work on a made-up office in a temporary book"),
    )
    shared.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help=say_("answer as one JSON object")
    )
    parser = _Parser(
        prog="main.py",
        parents=[shared],
        description=say_(
            "Sổ Vàng: records of people, training and commendations. Without a command, opens the screen."
        ),
    )
    nouns = parser.add_subparsers(dest="noun", metavar=say_("COMMAND"), parser_class=_Parser)
    for module in (book, roster, check, award, certificate, configuration):
        module.add(nouns, shared)
    return parser


def parse(argv: list[str]) -> argparse.Namespace:
    """Parse `argv`; options given before or after the verb count alike. Raises InputError when it makes no sense."""
    defaults = argparse.Namespace(book="", lang="vi", demo=False, json=False, run=None, noun=None)
    return build().parse_args(argv, defaults)
