"""Run many kills and print what they showed; the exit code is 1 when anything was lost."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from tests.crash import acts, flips, full_disk
from tests.crash.harness import Tally, kills
from tests.records.store.sealing.sealed import seal_new_books


def main() -> int:
    """Kill as often as asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--acts", type=int, default=100, help="kills in each other act")
    parser.add_argument("--every", type=int, default=1, help="change every so many bytes of a small book")
    parser.add_argument("--sealed", action="store_true", help="all of it on sealed books")
    asked = parser.parse_args()
    with seal_new_books() if asked.sealed else nullcontext():
        return _all(asked)


def _all(asked: argparse.Namespace) -> int:
    tally, start = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for tally in kills(Path(folder), asked.kills, seed=asked.seed):
            if tally.kills % 500 == 0 or tally.kills == asked.kills:
                print(f"{time.monotonic() - start:7.0f} s  {tally}", flush=True)
    if tally.lost or tally.unreadable:
        return 1
    for words in _others(asked.acts, asked.every, sealed=asked.sealed):
        print(f"{time.monotonic() - start:7.0f} s  {words}", flush=True)
    return 0


def _others(count: int, every: int, *, sealed: bool) -> Iterator[str]:
    """Kills in every act, bytes changed, full disks: each raises AssertionError for any harm."""
    with tempfile.TemporaryDirectory() as folder:
        done = Counter(acts.kills(Path(folder), count, sealed=sealed))
        yield f"kills in acts (act, done before the kill): {dict(done)}"
    for make in (flips.sealed,) if sealed else (flips.made, flips.begun_anew):
        with tempfile.TemporaryDirectory() as folder:
            for name, noticed in flips.table(make(Path(folder)), every).items():
                yield f"bytes changed and files cut: {make.__name__}: {name}: {dict(noticed)}"
    with tempfile.TemporaryDirectory() as folder:
        outside = Path(folder)
        found = full_disk.books(outside, full_disk.ALL)
        with full_disk.small_disk(outside / "disk", full_disk.SIZE) as disk:
            codes = Counter((command, code) for command, _, code in full_disk.steps(found, disk, outside))
        yield f"full disk (act, exit code): {dict(codes)}"


if __name__ == "__main__":
    sys.exit(main())
