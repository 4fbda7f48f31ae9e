"""Every command keeps its contract: what `--json` holds, the exit codes, one sentence on bad input, no other word."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config import i18n
from config.errors import InputError
from config.i18n import tr
from records.store.book import Book
from tests.tui.cli.contract.commands import Case, Subject, commands, subjects
from tests.tui.cli.contract.running import Desk, desk
from tests.tui.cli.contract.shapes import differences, shape_of
from tui.cli import parser

SUBJECTS = subjects()
EVERY = [case for subject in SUBJECTS for case in subject.cases]
_ENGLISH = ("argument", "required", "expected", "invalid", "unrecognized", "error:", "usage:", "Traceback")


@pytest.fixture
def at_work(
    request: pytest.FixtureRequest,
    small_demo: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    """A desk for the subject, and a printer that takes everything."""
    made = desk(request.param, small_demo, tmp_path, capsys)
    printer = tmp_path / "bin" / "lp"
    printer.parent.mkdir()
    printer.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    printer.chmod(0o755)
    monkeypatch.setenv("PATH", f"{printer.parent}{os.pathsep}{os.environ['PATH']}")
    return made


def of_subjects() -> pytest.MarkDecorator:
    pairs = [pytest.param(each, each, id=each.name) for each in SUBJECTS]
    return pytest.mark.parametrize(("at_work", "subject"), pairs, indirect=["at_work"])


def test_every_command_has_a_case_with_its_answer_and_no_case_is_of_none() -> None:
    there = set(commands())
    assert len(there) > 100
    assert there - {case.command for case in EVERY} == set(), "a command needs a case in tests/tui/cli/contract/cases"
    assert {case.command for case in EVERY} - there == set()
    assert there - {case.command for case in EVERY if case.refused} == set(), "a command needs a case of bad input"


@of_subjects()
def test_a_day_of_the_office_answers_as_it_always_did(at_work: Desk, subject: Subject) -> None:
    wrong = [each for case in subject.cases for each in _wrong_in(at_work, case)]
    assert not wrong, "\n".join(wrong)


def _wrong_in(office: Desk, case: Case) -> Iterator[str]:
    """What a case finds amiss; its bad input comes after its good input, on the same book."""
    before = office.lines()
    code, told = office.told(case, case.words)
    found = differences(case.answers, told)
    if code != case.exit or found:
        yield f"{case.command}: exit {code}, {found or 'as agreed'}; the answer is of the shape\n{shape_of(told)}"
    if case.writes != (office.lines() > before):
        yield f"{case.command}: wrote {office.lines() - before} lines"
    before = office.lines()
    english = ""
    for each in case.refused:
        said = each.get("says", "").format(book=office.book)
        code, told = office.told(case, each["words"])
        if code != each.get("exit", 2) or differences({"error": {"what": "text", "where": "text", "do": "text"}}, told):
            yield f"{case.command} {each['words']}: exit {code}, {told}"
        elif not told["error"]["what"] or said not in " ".join(told["error"].values()):
            yield f"{case.command} {each['words']}: does not say {said!r}, but {told['error']}"
        else:
            english = told["error"]["what"]
    if case.refused:
        yield from _unsaid_in_vietnamese(office, case, case.refused[-1], english)
    if office.lines() > before:
        yield f"{case.command}: bad input was written"


def _unsaid_in_vietnamese(office: Desk, case: Case, refused: dict[str, Any], english: str) -> Iterator[str]:
    """Without --json, the sentence stands on the stream of errors alone, on one line, in Vietnamese."""
    typed = office.typed(case, refused["words"])
    code, out, err = office.asked(typed, "--lang", "vi", "--book", office.book)
    if (code, out, err.count("\n")) != (refused.get("exit", 2), "", 1):
        yield f"{case.command} {refused['words']}: exit {code}, {out!r}, {err!r}"
    if (english and english in err) or any(word in err for word in _ENGLISH):
        yield f"{case.command} {refused['words']}: not in Vietnamese: {err}"


@of_subjects()
def test_without_its_book_a_command_says_so_and_leaves_with_3(at_work: Desk, subject: Subject) -> None:
    nowhere = at_work.out / "nowhere.sovang"
    for case in _each_once(subject):
        code, told = at_work.told(case, case.words, book=nowhere)
        assert (code, str(nowhere) in told["error"]["where"]) == (3, True), (case.command, told)
        assert not nowhere.exists()


@of_subjects()
def test_what_writes_leaves_a_held_or_damaged_book_with_3(at_work: Desk, subject: Subject) -> None:
    small = at_work.out / "small.sovang"
    assert at_work.asked(["book", "new", str(small)])[0] == 0
    writing = [case for case in _each_once(subject) if case.writes]
    with Book.open(small, actor="somebody"):
        _left_with_3(at_work, writing, small)
    journal = small / "journal-000000001.jsonl"
    content = journal.read_bytes()
    journal.write_bytes(content.replace(b"book.furnish", b"book.furnisH", 1))
    for cached in small.glob("snapshot-*"):
        cached.unlink()
    _left_with_3(at_work, writing, small)
    shutil.rmtree(small)


def _left_with_3(office: Desk, cases: list[Case], book: Path) -> None:
    before = {path.name: path.read_bytes() for path in book.glob("journal-*")}
    for case in cases:
        code, told = office.told(case, case.words, book=book)
        assert (code, set(told), bool(told["error"]["do"])) == (3, {"error"}, True), (case.command, told)
    assert {path.name: path.read_bytes() for path in book.glob("journal-*")} == before


def _each_once(subject: Subject) -> list[Case]:
    return list({case.command: case for case in subject.cases if case.book}.values())


@pytest.fixture
def _vietnamese() -> Iterator[None]:
    i18n.use("vi")
    yield
    i18n.use("en")


@pytest.mark.usefixtures("_vietnamese")
@pytest.mark.parametrize("command", commands())
def test_what_no_command_understands_is_said_in_vietnamese(command: str) -> None:
    for words in _misunderstood(commands()[command]):
        with pytest.raises(InputError) as raised:
            parser.parse([*command.split(), *words])
        told = tr(raised.value.what)
        assert raised.value.exit_code == 2
        assert not [word for word in _ENGLISH if word in told], (words, told)
        assert tr(raised.value.do)


def _misunderstood(made: argparse.ArgumentParser) -> Iterator[list[str]]:
    """An option there is not, and of each option of its own: without a value, and with one that cannot be."""
    given = [word for each in made._actions if each.required for word in _some(each)]
    yield [*given, "--nothing-of-the-kind"]
    if given:
        yield []
    for action in made._actions:
        last = action.option_strings[-1:]
        if last and action.nargs in (None, "+"):
            yield [*given, *last]
        if action.choices or action.type is int:
            yield [*([] if not last and given else given), *last, "no-such-thing"]
    for group in made._mutually_exclusive_groups:
        pair = [word for each in group._group_actions[:2] for word in _some(each)]
        yield [*given, *pair]


def _some(action: argparse.Action) -> list[str]:
    """An action given as it may be."""
    value = next(iter(action.choices)) if action.choices else "1"
    return [*action.option_strings[-1:], *([] if action.nargs == 0 else [str(value)])]
