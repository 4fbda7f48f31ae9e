"""The command line is filled only with what a command asks for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import i18n
from config.errors import InputError
from tests.tui.cli.conftest import Run
from tests.tui.cli.contract.commands import commands
from tui.cli import parser, placeholders

ROOT = Path(__file__).parents[3]
_ASK = """
import json, sys
import main
try:
    main.main(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps([each for each in sys.modules if each.startswith(("records.", "tui.", "exports.", "textual"))]))
"""


def _loaded(*words: str) -> set[str]:
    """The modules that a fresh program has loaded once it did this."""
    done = subprocess.run([sys.executable, "-c", _ASK, *words], cwd=ROOT, check=True, capture_output=True, text=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def _of_subjects(modules: set[str], layer: str) -> set[str]:
    """The subjects of a layer among modules, such as `awards` of `records.services.awards.decisions`."""
    return {each.split(".")[2] for each in modules if each.startswith(f"{layer}.")}


_PLAIN = {"context", "failing", "parser", "passphrases", "placeholders"}


@pytest.mark.parametrize("words", [["--help"], ["config", "check"], ["--lang", "en", "config", "--help"]])
def test_help_and_a_look_at_the_settings_load_no_service(words: list[str]) -> None:
    loaded = _loaded(*words)
    assert not _of_subjects(loaded, "records.services")
    assert _of_subjects(loaded, "tui.cli") - _PLAIN <= {"settings"}
    assert not {each for each in loaded if each.startswith(("exports", "textual", "tui.screens", "records.demo.fill"))}


@pytest.mark.parametrize(
    ("noun", "subjects"),
    [
        ("book", {"book"}),
        ("check", {"standards", "options"}),
        ("review", {"reviews", "options", "paper_options"}),
        ("certificate", {"certificates", "options"}),
    ],
)
def test_a_command_loads_the_commands_of_its_own_subject(noun: str, subjects: set[str]) -> None:
    assert _of_subjects(_loaded(noun, "--help"), "tui.cli") - _PLAIN == subjects


def test_every_noun_and_verb_still_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    i18n.use("en")
    with pytest.raises(SystemExit):
        parser.parse(["--help"])
    nouns = [
        line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("    ") and line[4] != " "
    ]
    assert len(nouns) >= 11
    for words in ([each] for each in nouns):
        with pytest.raises(SystemExit) as left:
            parser.parse([*words, "--help"])
        assert left.value.code == 0
        assert capsys.readouterr().out.startswith(f"usage: main.py {words[0]}")


def test_a_verb_that_is_not_there_is_said_with_those_that_are(run: Run) -> None:
    code, told = run("config", "chekc")
    assert code == 2
    assert "compare" in told["error"]["what"]
    assert "chekc" in told["error"]["what"]


@pytest.mark.usefixtures("_in_vietnamese")
@pytest.mark.parametrize("command", commands())
def test_help_in_vietnamese_has_no_english_word(command: str) -> None:
    told = commands()[command].format_help()
    for english in ("usage", "options:", "positional", "show this help"):
        assert english not in told
    shown = {each.pattern for each in placeholders._WORDS} - {i18n.tr(each) for each in placeholders._WORDS}
    assert not shown & set(re.findall(r"[A-Z][A-Z0-9_]+", told))


@pytest.fixture
def _in_vietnamese() -> Iterator[None]:
    i18n.use("vi")
    yield
    i18n.use("en")


def test_a_verb_filled_alone_hides_no_other_from_a_later_command() -> None:
    assert parser.parse(["roster", "list"]).run is not None
    assert parser.parse(["roster", "coming"]).run is not None


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--demo"],
        ["--book", "a b", "--section=people", "--lang", "en", "--demo"],
        ["--section", "people", "--section", "book"],
    ],
)
def test_what_opens_the_screen_is_read_as_the_parser_reads_it_without_describing_the_nouns(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_noun = parser.parse(["--passphrase-file=", *words])  # which only the parser itself knows
    monkeypatch.setattr(parser, "build", lambda: pytest.fail("described"))
    assert parser.parse(words) == with_noun


@pytest.mark.parametrize("words", [["--book"], ["--lang", "fr"], ["--section", "--demo"], ["--books", "x"], ["x"]])
def test_what_cannot_be_read_so_is_judged_by_the_parser(words: list[str]) -> None:
    with pytest.raises(InputError):
        parser.parse(words)
