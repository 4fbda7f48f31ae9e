"""`python -m tests.law`: breaks a rule for each trap (`tests/mutation/law.yaml`) in a copy; its test must fail."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.mutation.__main__ import copied
from tests.mutation.places import ROOT
from tests.plain_yaml import read_yaml


class Mutation(NamedTuple):
    """One broken rule: in `file` the words `was` become others, and `test` must fail."""

    file: str
    was: str
    becomes: str
    test: str


def mutations() -> dict[int, Mutation]:
    """Trap -> the mutation with which its test is seen to fail."""
    told = read_yaml(ROOT / "tests" / "mutation" / "law.yaml")
    return {int(trap): Mutation(**each) for trap, each in told.items()}


def main() -> int:
    """Returns how many went unnoticed; traps may be named, such as `python -m tests.law 3 17`."""
    wanted = {int(each) for each in sys.argv[1:]}
    unnoticed = 0
    with tempfile.TemporaryDirectory(prefix="law-") as folder:
        there = copied(Path(folder))
        for trap, each in mutations().items():
            if wanted and trap not in wanted:
                continue
            target = there / each.file
            whole = (ROOT / each.file).read_text("utf-8")
            target.write_text(whole.replace(each.was, each.becomes), "utf-8")
            words = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--tb=no"]
            done = subprocess.run(
                [*words, f"tests/{each.test}"], cwd=there, capture_output=True, text=True, check=False
            )
            target.write_text(whole, "utf-8")
            unnoticed += done.returncode != 1
            seen = "noticed" if done.returncode == 1 else f"NOT NOTICED ({done.returncode})"
            told = next((line for line in done.stdout.splitlines() if line.startswith("FAILED")), "")
            print(f"{trap:3} {seen}  {told[:120]}", flush=True)
    return unnoticed


if __name__ == "__main__":
    sys.exit(main())
