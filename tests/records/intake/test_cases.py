"""Every file of `cases/`, imported as the command line imports it, gives what `expected.yaml` says.

A file's list of rows is complete: no other row may become a person. `told` is a remark on the row or a notice that
names its number; a list of answers is open, and any of them is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import main
from tests.plain_yaml import read_yaml
from tests.tui.cli.conftest import OFFICE

CASES = Path(__file__).parent / "cases"
_KNOWN: dict[str, Any] = read_yaml(CASES / "expected.yaml")


def _import(path: Path, book: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any], str]:
    assert main.main(["book", "new", str(book), "--lang", "en", *OFFICE]) == 0
    capsys.readouterr()
    code = main.main(["roster", "import", str(path), "--book", str(book), "--dry-run", "--json", "--lang", "en"])
    told = capsys.readouterr()
    answer = json.loads(told.out) if told.out.strip() else {}
    return code, answer, told.out + told.err


@pytest.mark.parametrize("name", sorted(_KNOWN["files"]))
def test_a_file_gives_what_was_expected_of_it(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = _KNOWN["files"][name]
    code, answer, words = _import(CASES / name, tmp_path / "book", capsys)
    assert code in (0, 1, 2), words
    if code == 2:
        assert "error" in expected, words
        assert all(_holds(words, each) for each in expected["error"]), words
        return
    assert "rows" in expected, words
    seen = _Seen(answer)
    wrong = [f"row {row}: {found}" for row, want in expected["rows"].items() if (found := seen.differs(row, want))]
    wrong += [f"row {row} became a person" for row in seen.people.keys() - expected["rows"].keys()]
    wrong += [f"no notice of {each}" for each in expected.get("notices", ()) if not seen.noticed(each)]
    wrong += [f"unit {each} is made" for each in expected.get("no_units", ()) if each in answer["new_units"]]
    assert not wrong, "\n".join((*wrong, json.dumps(answer, ensure_ascii=False)))


@pytest.mark.parametrize("name", sorted({each.name for each in CASES.iterdir()} - _KNOWN["files"].keys()))
def test_no_other_file_breaks_the_program(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, words = _import(CASES / name, tmp_path / "book", capsys)
    assert code in (0, 1, 2), words


class _Seen:
    """The answer of an import, by rows."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        self.answer = answer
        self.people = {each["row"]: each for each in answer["people"]}
        self.matches = {each["row"]: each for each in answer["matches"]}
        self.refused: dict[int, list[dict[str, Any]]] = {}
        for each in answer["refused"]:
            self.refused.setdefault(each["row"], []).append(each)

    def differs(self, row: int, want: Any) -> str:
        """What is wrong with a row, or nothing."""
        answers = want if isinstance(want, list) else [want]
        found = [self._one(row, each) for each in answers]
        return "" if "" in found else " | ".join(found)

    def _one(self, row: int, want: Any) -> str:
        person = self.people.get(row)
        if isinstance(want, dict) and "refused" in want:
            return self._refusal(row, want)
        if want == "refused":
            return "" if row in self.refused and person is None else "not refused"
        if want == "left out":
            return "" if person is None and row not in self.refused else "not left out"
        if isinstance(want, dict) and "same_as" in want:
            told = row in self.matches and str(want["same_as"]) in re.findall(r"\d+", self.matches[row]["of"])
            return "" if told else f"not the same as {want['same_as']}"
        return self._person(row, person or self._matched(row), {} if want == "taken" else dict(want))

    def _matched(self, row: int) -> dict[str, Any] | None:
        """A row that is taken for another row of the file was read all the same."""
        return {} if row in self.matches else None

    def _person(self, row: int, person: dict[str, Any] | None, want: dict[str, Any]) -> str:
        if person is None:
            return "no person"
        if want.pop("told", None) and not self.told(row):
            return "nothing said"
        return ", ".join(f"{key} is {person.get(key)!r}" for key, value in want.items() if person.get(key) != value)

    def _refusal(self, row: int, want: Mapping[str, Any]) -> str:
        problems = self.refused.get(row, [])
        reasons = " ".join(each["problem"] for each in problems)
        if not problems or row in self.people:
            return "not refused"
        if isinstance(want["refused"], list):
            columns = sorted(re.sub(r".*\(([A-Z]+)\)$", r"\1", each["column"]) for each in problems)
            return "" if columns == sorted(want["refused"]) else f"refused for {columns}"
        if "says" in want and not _holds(reasons, want["says"]):
            return f"refused with {reasons}"
        return f"refused with {reasons}" if any(each in reasons for each in want.get("says_not", ())) else ""

    def told(self, row: int) -> bool:
        """Whether something is said about a row."""
        return any(each["row"] == row for each in self.answer["remarks"]) or self.noticed([row])

    def noticed(self, words: list[Any]) -> bool:
        """Whether a notice holds one of the words; a number stands for itself."""
        return any(_holds(each, words) for each in self.answer["notices"])


def _holds(text: str, words: list[Any]) -> bool:
    return any(
        re.search(rf"(?<!\d){each}(?!\d)", text) is not None if isinstance(each, int) else str(each) in text
        for each in words
    )
