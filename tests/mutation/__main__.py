"""`python -m tests.mutation`: spoils places in a copy of the program, one at a time, and tells which no test notices.

Tests nearest to the place run first, then the rest of what proves its room. A test that fails is run again on the
program as it is, and counts only when it passes there.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutation.places import ROOT, Place, chosen, spoilt

ROOMS = ("records/rules", "records/services", "records/store", "exports")
_SUBJECTS = {"appointments", *(each.parent.name for each in (ROOT / "tui" / "cli").glob("*/__init__.py"))}
_MORE = {"book": ("tests/tui/cli/test_safety.py", "tests/records/store"), "exports": ("tests/exports", "tests/tui/cli")}

_READS_THE_TEXT = "tests/law/test_traps.py::test_every_trap_has_a_mutation_that_can_be_tried_on_a_test_of_the_list"
"""It looks for lines of the program by their text, so it notices every change of them and proves nothing by it."""


def tests_of(module: str) -> list[str]:
    """Folders and files of tests for a module, the nearest first; each once, and only what there is."""
    path = Path(module)
    subject = next((part for part in (path.stem, *path.parts[::-1]) if part in _SUBJECTS), "")
    near = [f"tests/{parent.as_posix()}" for parent in path.parents if len(parent.parts) > 1]
    wide = [*_MORE.get(subject, ()), *_MORE.get(path.parts[0], ())]
    for folder in ("tests/tui/cli", "tests/tui/screens") if subject else ():
        named = sorted((ROOT / folder).glob(f"*{subject.rstrip('s')}*.py"))
        wide += [each.relative_to(ROOT).as_posix() for each in named]
    wide += ["tests/law"] if "rules" in path.parts else []
    if path.parts[0] == "records":
        near += [f"tests/records/services/{subject}"] if subject else []
        wide += ["tests/records/services"]
        wide += ["tests/tui/cli"] if "services" in path.parts else []  # a service shows at more doors than its own
    found = [each for each in dict.fromkeys([*near, *wide]) if (ROOT / each).exists()]
    return [each for number, each in enumerate(found) if not any(each.startswith(f"{up}/") for up in found[:number])]


def copied(folder: Path) -> Path:
    """A copy of all files of the program and its tests."""
    there = folder / "copy"
    kept = ("main.py", "pyproject.toml", "config", "records", "exports", "tui", "tests", "docs", "Makefile")
    for name in (*kept, *(page.name for page in ROOT.glob("*.md"))):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, there / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).is_file():
            there.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, there / name)
    return there


def noticed(there: Path, place: Place, red: list[str]) -> str:
    """The name of the first test that fails with this place spoilt; empty when none does.

    Tests that fail on the program as it is are added to `red` and left out: they prove nothing, and must hide nothing.
    """
    target = there / place.module
    whole = target.read_text(encoding="utf-8")
    for tests in tests_of(place.module):
        failed = ""
        while failed != tests:
            target.write_text(spoilt(place), encoding="utf-8")
            try:
                failed = _failed(there, tests, red)
            finally:
                target.write_text(whole, encoding="utf-8")
            if not failed:
                break
            if not _failed(there, failed, []):
                return failed
            red.append(failed)
    return ""


def _failed(there: Path, tests: str, red: list[str]) -> str:
    """What fails first among these tests, as pytest names it; the tests themselves when pytest could not say."""
    words = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--tb=no", tests]
    words += [f"--deselect={each}" for each in (_READS_THE_TEXT, *red)]
    done = subprocess.run(words, cwd=there, capture_output=True, text=True, check=False)
    if done.returncode in (0, 5):  # 5: no test there
        return ""
    told = [line.partition(" ")[2] for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    return told[0].split(" - ")[0] if told else tests


def main() -> int:
    """Returns 0 when at most `--survivors` places went unnoticed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--places", type=int, default=40)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--survivors", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=[""], help="only modules whose path holds one of these")
    parser.add_argument("--list", action="store_true", help="name the places and run nothing")
    given = parser.parse_args()
    places = [
        each for each in chosen(ROOMS, given.places, given.seed) if any(only in each.module for only in given.only)
    ]
    if given.list:
        print(*(f"{place} {tests_of(place.module)}" for place in places), sep="\n")
        return 0
    survivors = []
    red: list[str] = []
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        there = copied(Path(folder))
        for number, place in enumerate(places, 1):
            by = noticed(there, place, red)
            survivors += [] if by else [place]
            print(f"{number:3} {'killed  ' if by else 'SURVIVED'} {place}  {by}", flush=True)
    for each in red:
        print(f"left out, for it fails on the program as it is: {each}")
    print(f"{len(places) - len(survivors)} of {len(places)} noticed")
    return int(len(survivors) > given.survivors)


if __name__ == "__main__":
    sys.exit(main())
