"""Reads spoilt spreadsheets one after the other and keeps what was wrong with any.

Most are read by one long-lived worker with a limit of memory, which is asked file after file and started anew when it
dies or takes more than ten seconds of processor time; every fortieth, and each that ended a worker, is read as the
program reads it: in a process of its own.
"""

from __future__ import annotations

import multiprocessing
import os
import time
import traceback
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from records.intake.files.child import limit
from tests.fuzz.judging import faults_of
from tests.fuzz.spoiling import FORMATS, spoilt

_SECONDS = 10
_MEGABYTES = 1024
_APART = 40


def work(asked: Connection) -> None:
    """Read the files whose names come, and answer what is wrong with each, until the other side ends."""
    limit(_MEGABYTES, 10_000)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what the other reader says when it dies
    while True:
        try:
            path = asked.recv()
        except EOFError:
            return
        try:
            answer = faults_of(path, apart=False)
        except MemoryError:
            answer = None
        except BaseException:  # noqa: BLE001  # anything at all is what is looked for
            answer = [traceback.format_exc(limit=-4)]
        asked.send(answer)


class Worker:
    """The long-lived reader."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._asking, asked = context.Pipe()
        self._process = context.Process(target=work, args=(asked,), daemon=True)
        self._process.start()
        asked.close()

    def faults(self, path: Path) -> list[str] | None:
        """What is wrong with the reading of a file; None when the worker died of it, or took too long or too much."""
        self._asking.send(path)
        start = self._spent()
        try:
            while not self._asking.poll(0.2):
                if self._spent() - start > _SECONDS:
                    return None
            return self._asking.recv()  # type: ignore[no-any-return]
        except (EOFError, ConnectionError):
            return None

    def _spent(self) -> float:
        try:
            return float(sum(psutil.Process(self._process.pid).cpu_times()[:2]))
        except psutil.Error:
            return 0

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def fuzz(files: int, first: int = 0) -> tuple[list[str], Counter[str]]:
    """Read so many spoilt files, taking turns between the formats; gives what was wrong, and what was counted."""
    wrong: list[str] = []
    counted: Counter[str] = Counter()
    worker = Worker()
    try:
        with TemporaryDirectory() as folder:
            for number in range(first, first + files):
                kind = FORMATS[number % len(FORMATS)]
                path = Path(folder) / f"{number}.{kind}"
                path.write_bytes(spoilt(kind, number))
                found = worker.faults(path)
                counted[kind] += 1
                if found is None:
                    worker.end()
                    worker = Worker()
                if found is None or number % _APART == 0:
                    counted["apart"] += 1
                    found = [*(found or ()), *_apart(path)]
                wrong += (f"{kind} {number}: {each}" for each in found)
                path.unlink()
    finally:
        worker.end()
    return wrong, counted


def _apart(path: Path) -> list[str]:
    start = time.monotonic()
    try:
        found = faults_of(path, apart=True)
    except Exception:  # noqa: BLE001  # anything at all is what is looked for
        return [traceback.format_exc(limit=-4)]
    spent = time.monotonic() - start
    return [*found, f"took {spent:.0f} s"] if spent > _SECONDS + 5 else found
