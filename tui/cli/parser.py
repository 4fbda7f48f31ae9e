"""The command line: nouns, verbs and options. Texts are spoken when the parser is built, after the language is set."""

from __future__ import annotations

import argparse
import re
from functools import cache
from typing import NoReturn

from config.errors import InputError
from config.i18n import LANGUAGES, language, tr_
from config.text import Text, t
from tui.cli.awards import award
from tui.cli.book import book
from tui.cli.certificates import certificate
from tui.cli.emulation import emulation, rating
from tui.cli.people import roster
from tui.cli.reviews import review
from tui.cli.settings import configuration
from tui.cli.standards import check
from tui.cli.training import training
from tui.cli.units import unit

_COMPLAINTS: tuple[tuple[str, Text], ...] = (
    (r"argument (?P<name>.+?): invalid choice: '?(?P<given>.*?)'? \(choose from (?P<known>.*)\)",
     t("{name}: there is no “{given}”; there are {known}")),
    (r"the following arguments are required: (?P<name>.*)", t("{name} is missing")),
    (r"one of the arguments (?P<name>.*) is required", t("{name}: one of these is needed")),
    (r"unrecognized arguments: (?P<given>.*)", t("“{given}” is not known here")),
    (r"argument (?P<name>.+?): expected (?:one|at least one) argument", t("{name}: a value is missing")),
    (r"argument (?P<name>.+?): invalid \w+ value: '(?P<given>.*)'", t("{name}: “{given}” is no number")),
    (r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)", t("{name} does not go with {other}")),
    (r"ambiguous option: (?P<given>\S+) could match (?P<known>.*)", t("“{given}” could be any of {known}")),
)  # fmt: skip
"""What argparse complains of in English, and how we say it."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InputError(
            t("The command cannot be understood: {message}", message=_ours(message)),
            do=t("see “{program} --help”", program=self.prog),
        )


def _ours(message: str) -> Text | str:
    for pattern, words in _COMPLAINTS:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            blanks = {name: text.replace("'", "") for name, text in match.groupdict().items()}
            return Text(words.pattern, tuple(blanks.items()))
    return message


def build() -> argparse.ArgumentParser:
    """The parser of the whole command line, in the language in use; each verb sets `run` to its function."""
    return _built(language())


@cache
def _built(_spoken: str) -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--book", metavar="DIR", default=argparse.SUPPRESS, help=tr_("the book to work on"))
    shared.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=tr_("language of all texts"))
    shared.add_argument(
        "--demo",
        action="store_true",
        default=argparse.SUPPRESS,
        help=tr_("work on a made-up office in a temporary book"),
    )
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=tr_("answer as one JSON object"))
    parser = _Parser(
        prog="main.py",
        parents=[shared],
        description=tr_("Sổ Vàng: records of people, training and commendations. Without a command, opens the screen."),
    )
    nouns = parser.add_subparsers(dest="noun", metavar=tr_("COMMAND"), parser_class=_Parser)
    for module in (book, roster, unit, check, training, review, emulation, rating, award, certificate, configuration):
        module.add(nouns, shared)
    return parser


def parse(argv: list[str]) -> argparse.Namespace:
    """Parse `argv`; options given before or after the verb count alike. Raises InputError when it makes no sense."""
    defaults = argparse.Namespace(book="", lang="vi", demo=False, json=False, run=None, noun=None)
    return build().parse_args(argv, defaults)
