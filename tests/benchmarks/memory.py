"""Print the peak memory, in megabytes, of opening one store and reading one document."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.engines import ENGINES, Ours


def fill(title: str, folder: str, size: int) -> None:
    """Make the store; in a process of its own, so that its memory does not count."""
    engine = ENGINES[title](Path(folder))
    engine.insert(1, size)
    if isinstance(engine, Ours):
        engine.settle()
    engine.close()


def reopen(title: str, folder: str) -> None:
    """Open the store, read one document, and say how much memory that took at most."""
    path = Path(folder)
    if title == "SQLite":
        import sqlite3  # the engine would make its tables again

        sqlite3.connect(path / "book.sqlite").execute("SELECT body FROM people LIMIT 1").fetchone()
    else:
        ENGINES[title](path).by_id(1)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as place:
        for task, arguments in ((fill, (sys.argv[1], place, int(sys.argv[2]))), (reopen, (sys.argv[1], place))):
            process = context.Process(target=task, args=arguments)
            process.start()
            process.join()
