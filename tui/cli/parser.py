"""The command line: its nouns, and how each is filled with verbs only when it is meant.

Texts are spoken when the parser is built, after the language is set.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any, NoReturn

from config.errors import InputError
from config.i18n import LANGUAGES, language, tr_
from config.text import Text, t
from tui.cli.placeholders import placeholder

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


_ALONE = {("people.roster", "list"): "people.listing"}
"""Verbs that are asked often and need little: the module that fills the noun with this one alone."""


class _Help(argparse.HelpFormatter):
    """Help whose own words are in the language in use too."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, tr_("usage: ") if prefix is None else prefix)

    def _metavar_formatter(self, action: argparse.Action, default_metavar: str) -> Any:
        form = super()._metavar_formatter(action, default_metavar)
        if action.choices is not None:  # what is to be typed, letter for letter
            return form
        named = str.upper if action.metavar is None else str
        return lambda size: tuple(each and placeholder(named(each)) for each in form(size))  # argparse tries none first


class _Parser(argparse.ArgumentParser):
    """A parser that knows its own verbs and options only once a command asks for them.

    Args:
        subject: a module under `tui.cli` with `fill(parser, shared)`; "" for a parser that is filled where it is made.
    """

    def __init__(self, *, subject: str = "", **more: Any) -> None:
        super().__init__(**{"formatter_class": _Help, **more, "add_help": False})
        self._positionals.title, self._optionals.title = tr_("what is to be given"), tr_("options")
        told = tr_("show this help and do nothing else")
        self.add_argument("-h", "--help", action="help", default=argparse.SUPPRESS, help=told)
        self._subject: str = subject
        self._parents: Sequence[argparse.ArgumentParser] = more.get("parents", ())

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        subject, self._subject = self._subject, ""
        if subject:
            if alone := _ALONE.get((subject, args[0] if args else "")):
                subject = alone
                _built.cache_clear()  # this noun lacks its other verbs
            import_module(f"tui.cli.{subject}").fill(self, *self._parents)
        # What stands behind a verb is the verb's: a shortened option is not guessed at before.
        self.allow_abbrev = self._subparsers is None
        return super().parse_known_args(args, namespace)

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
    shared.add_argument(
        "--correction", metavar="NUMBER", default=argparse.SUPPRESS,
        help=tr_("decision of correction by which something in a closed year is put right"),
    )  # fmt: skip
    shared.add_argument(
        "--correction-day", metavar="DAY", default=argparse.SUPPRESS, help=tr_("day of the decision of correction")
    )
    shared.add_argument(
        "--passphrase-file", metavar="FILE", default=argparse.SUPPRESS,
        help=tr_("file with your passphrase on its first line; - is what is piped in"),
    )  # fmt: skip
    shared.add_argument(
        "--sign-as", metavar="NAME", default=argparse.SUPPRESS,
        help=tr_("sign in by this name, in a book with accounts"),
    )  # fmt: skip
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=tr_("answer as one JSON object"))
    parser = _Parser(
        prog="main.py",
        parents=[shared],
        description=tr_("Sổ Vàng: records of people, training and commendations. Without a command, opens the screen."),
    )
    parser.add_argument(
        "--section", metavar="NAME", default="", help=tr_("open the screen at this section, such as people or book")
    )
    nouns: Any = parser.add_subparsers(dest="noun", metavar=tr_("COMMAND"), parser_class=_Parser)
    for noun, subject, told in _nouns():
        nouns.add_parser(noun, help=told, parents=[shared], subject=subject)
    return parser


def _nouns() -> tuple[tuple[str, str, str], ...]:
    """Each noun: its word, the module that fills it, and what it is for."""
    return (
        ("today", "today.today", tr_("what is to be seen to now")),
        ("book", "book.book", tr_("the book: new, info, log, undo, backup, restore, verify, repair…")),
        ("roster", "people.roster", tr_("people: import a spreadsheet, list, export")),
        ("unit", "units.unit", tr_("units: the tree of a day, mergers, divisions")),
        ("check", "standards.check", tr_("who meets the standard, and why")),
        ("training", "training.training", tr_("conferences and classes, who came, figures")),
        ("review", "reviews.review", tr_("reviews of the roster")),
        ("emulation", "emulation.emulation", tr_("emulation: cycles, points, ranks")),
        ("rating", "emulation.rating", tr_("yearly ratings by those who may rate")),
        ("award", "awards.award", tr_("commendations: from the proposal to the register")),
        ("movement", "movements.movement", tr_("movements: criteria, participants, results, summing up")),
        ("registration", "movements.registration", tr_("titles registered for a year or a movement")),
        ("initiative", "movements.initiative", tr_("initiatives: who made them, who recognised them")),
        ("dossier", "movements.dossier", tr_("files handed in with nominations, registrations, initiatives")),
        ("fund", "movements.fund", tr_("prize fund: income, payments, what is left of each source")),
        ("report", "reports.report", tr_("report forms that go up, filled from the book")),
        ("certificate", "certificates.certificate", tr_("certificates: print, preview, verify, calibrate, templates")),
        ("access", "access.access", tr_("who may what: accounts, roles, rights, and who looked at what")),
        ("privacy", "privacy.privacy", tr_("personal data: record of processing, report of a breach")),
        ("retention", "privacy.retention", tr_("how long records are kept")),
        ("exchange", "exchange.exchange", tr_("packages between offices: up, down and across")),
        ("config", "settings.configuration", tr_("settings and standards")),
        ("doctor", "settings.doctor", tr_("what this computer lacks: fonts, disk, clock, rights…")),
    )


def parse(argv: list[str]) -> argparse.Namespace:
    """Parse `argv`; options given before or after the verb count alike. Raises InputError when it makes no sense."""
    defaults = argparse.Namespace(
        book="",
        lang="vi",
        demo=False,
        json=False,
        run=None,
        unsound=False,
        noun=None,
        section="",
        correction="",
        correction_day="",
        passphrase_file="",
        sign_as="",
    )
    found = _of_screen(argv)
    if found is not None:
        return argparse.Namespace(**{**vars(defaults), **found})
    return build().parse_args(argv, defaults)


def _of_screen(argv: Sequence[str]) -> dict[str, Any] | None:
    """The options of `argv` where it opens the screen and nothing more; None where the parser is to judge it.

    Describing every noun takes longer than any of this, and the screen needs none of them.
    """
    found: dict[str, Any] = {}
    words = iter(argv)
    for word in words:
        name, given, value = word.partition("=")
        if word == "--demo":
            found["demo"] = True
            continue
        value = value if given else next(words, "")
        known = LANGUAGES if name == "--lang" else (value,)
        if name not in ("--book", "--lang", "--section") or not value or value.startswith("-") or value not in known:
            return None
        found[name[2:]] = value
    return found
