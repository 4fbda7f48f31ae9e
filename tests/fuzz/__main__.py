"""Read thousands of spoilt spreadsheets, books, settings and packages: `python -m tests.fuzz --files 2000`."""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.folders import book_fuzz, settings_fuzz
from tests.fuzz.packages import package_fuzz
from tests.fuzz.running import fuzz


def main() -> int:
    """Say what was wrong; gives 1 when anything was."""
    given = argparse.ArgumentParser()
    given.add_argument("--files", type=int, default=2000)
    given.add_argument("--first", type=int, default=0, help="number of the first file: the same number, the same file")
    asked = given.parse_args()
    every = 0
    for what, run in (("spreadsheets", fuzz), ("books", book_fuzz), ("settings", settings_fuzz),
                      ("packages", package_fuzz)):  # fmt: skip
        faults, counted = run(asked.files, asked.first)
        told = ", ".join(f"{n} {kind}" for kind, n in counted.items())
        print(*faults, f"{asked.files} spoilt {what} ({told}): {len(faults)} faults", sep="\n", flush=True)
        every += len(faults)
    return int(bool(every))


if __name__ == "__main__":
    sys.exit(main())
