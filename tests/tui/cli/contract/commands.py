"""Every command of the command line, found by walking the parser, and the cases that say what each answers."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from config import i18n
from tests.plain_yaml import read_yaml
from tui.cli import parser

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """What one command is held to.

    Attributes:
        command: its words, such as `roster list`.
        words: what is typed behind it; `{out}` is a folder of the test, `{files}` one with the `files` of its subject.
        exit: the code when it is done.
        answers: the shape of what `--json` prints, as `shapes.py` reads it.
        writes: whether it adds a line to the book.
        book: whether it works on a book at all.
        refused: what is typed when its input is wrong, the code it then leaves with, and a word it says.
    """

    command: str
    words: str = ""
    exit: int = 0
    answers: dict[str, Any] = field(default_factory=dict)
    writes: bool = False
    book: bool = True
    refused: tuple[dict[str, Any], ...] = field(default=())

    def typed(self, words: str, places: dict[str, Path]) -> list[str]:
        """The words of the command with these behind it."""
        return [*self.command.split(), *(each.format_map(places) for each in shlex.split(words))]


@dataclass(frozen=True, slots=True)
class Subject:
    """The cases of a subject in the order in which an office would do them, and the spreadsheets they read."""

    name: str
    cases: tuple[Case, ...]
    files: dict[str, Any]


@cache
def subjects() -> list[Subject]:
    """All of them, one a file of `cases/`."""
    return [_read(path) for path in sorted(CASES.glob("*.yaml"))]


def _read(path: Path) -> Subject:
    plain = read_yaml(path)
    cases = [Case(**{**each, "refused": tuple(each.get("refused", ()))}) for each in plain["cases"]]
    return Subject(path.stem, tuple(cases), plain.get("files", {}))


def commands() -> dict[str, argparse.ArgumentParser]:
    """Each command by its words, in the language in use: every parser that does something, at whatever depth."""
    return _commands(i18n.language())


@cache
def _commands(language: str) -> dict[str, argparse.ArgumentParser]:
    return dict(_walk(parser._built.__wrapped__(language), ()))


def _walk(made: argparse.ArgumentParser, words: tuple[str, ...]) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    if subject := getattr(made, "_subject", ""):
        made._subject = ""  # type: ignore[attr-defined]
        import_module(f"tui.cli.{subject}").fill(made, *made._parents)  # type: ignore[attr-defined]
    if words and made.get_default("run"):
        yield " ".join(words), made
    for action in made._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                yield from _walk(below, (*words, word))
