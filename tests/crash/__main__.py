"""Run many kills and print what they showed; the exit code is 1 when anything was lost."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.crash.harness import Tally, kills


def main() -> int:
    """Kill as often as asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    tally, start = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for tally in kills(Path(folder), asked.kills, seed=asked.seed):
            if tally.kills % 500 == 0 or tally.kills == asked.kills:
                print(f"{time.monotonic() - start:7.0f} s  {tally}", flush=True)
    return 1 if tally.lost or tally.unreadable else 0


if __name__ == "__main__":
    sys.exit(main())
