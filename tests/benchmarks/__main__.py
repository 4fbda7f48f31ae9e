"""Run the parts named, or all of them, each in a process of its own; the page is written anew as each one ends."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.books import SHELF
from tests.benchmarks.figures import ROUNDS_OF
from tests.benchmarks.parts import PARTS, QUICK, forget, page, run, summary

_KEPT = Path(__file__).parents[2] / ".bench"
"""What each part found last, so that one of them can be measured anew."""


def main(words: list[str]) -> int:
    """Measure; gives 0, or 1 where a part failed."""
    parser = argparse.ArgumentParser(prog="tests.benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure; without any, everything")
    parser.add_argument("--quick", action="store_true", help="what is felt every day, in under three minutes")
    parser.add_argument("--rounds", type=int, help="how many of each, after one to warm up; one proves nothing")
    parser.add_argument("--page", type=Path, help="the page to write")
    given = parser.parse_args(words)
    if given.rounds:
        os.environ[ROUNDS_OF] = str(given.rounds)
    chosen = given.parts or list(QUICK if given.quick else PARTS)
    if not given.parts and not given.quick:
        forget(_KEPT)  # nothing of an earlier run shall pass for one of this
    found = []
    with TemporaryDirectory() as shelf:
        os.environ[SHELF] = shelf
        for name in chosen:
            found.append(run(name, _KEPT, tell=lambda line: print(line, flush=True)))
            if given.page:
                given.page.write_text(page(_KEPT), "utf-8")
    print("\n".join(summary(found)))
    failed = [each.part for each in found if each.failure]
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
