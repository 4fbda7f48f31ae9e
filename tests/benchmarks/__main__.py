"""Run every measurement, print its table, and keep it in a file; with `--quick` those of every day alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tests.benchmarks import commands, screen
from tests.benchmarks.figures import Aim, Line, aims_told, machine


def quick() -> Iterator[Line]:
    """What is felt every day, in under three minutes."""
    return chain(commands.table(), screen.table())


def everything() -> Iterator[Line]:
    """Every table."""
    from tests.benchmarks import (
        certificates,
        exchange,
        history,
        intake,
        judging,
        lists,
        sealed,
        store,
    )  # the engines beside ours are not always there

    tables = (store.table(), history.table(), certificates.table(), intake.table(), lists.table(), judging.table())
    return chain(*tables, exchange.table(), sealed.table(), commands.table(), screen.table(), screen.growth())


def main(words: list[str]) -> None:
    """Print the tables; the last word, if any, is the file to keep them in."""
    short = words[:1] == ["--quick"]
    target = "bench-quick" if short else "bench"
    head = (
        f"# Measured\n\nMade by `make {target}` on {machine()}. Times depend on the machine;\n"
        "the ratios are between ways that took turns in one run.\n"
    )
    lines: list[str] = []
    aims: list[Aim] = []
    print(head)
    for line in quick() if short else everything():
        if isinstance(line, Aim):
            aims.append(line)
        else:
            print(line, flush=True)
            lines.append(line)
    summary = list(aims_told(aims))
    print("\n".join(summary))
    for place in words[short:]:
        Path(place).write_text("\n".join([head, *summary, *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
