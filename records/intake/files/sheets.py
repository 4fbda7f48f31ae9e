"""A spreadsheet file as plain rows of cells, read by a process of its own that has limits and may die."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

import msgspec
import psutil

from config.errors import RefusedError
from config.text import t
from records.intake import READER, READER_FLAG
from records.intake.files import troubles, wire
from records.intake.files.cells import Cell, Sheet
from records.intake.files.troubles import unusable

__all__ = ["Cell", "Limits", "Sheet", "read_sheets"]

_ROOT = Path(__file__).parents[3]
_MOST_BYTES = 100 * 2**20
_USUAL_BYTES = 5 * 2**20
_MOST_ANSWER = 512 * 2**20
_LOOK = 0.03
_RUNNING: set[subprocess.Popen[bytes]] = set()
"""Processes that read now; none of them outlives the program."""
_PATIENCE = 3
"""Times the limit of processor time that may pass by the clock: a busy machine is no fault of the file."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading a file under 5 MB may take: seconds of processor time, and megabytes. A larger may take more."""

    seconds: float = 8
    megabytes: int = 1024

    def here(self) -> Limits:
        """Those of this machine, where `SOVANG_READ_SECONDS` and `SOVANG_READ_MEGABYTES` say others."""
        seconds, megabytes = (os.environ.get(f"SOVANG_READ_{each}", "") for each in ("SECONDS", "MEGABYTES"))
        return Limits(
            float(seconds) if seconds.isdecimal() and int(seconds) else self.seconds,
            int(megabytes) if megabytes.isdecimal() and int(megabytes) else self.megabytes,
        )

    def of(self, size: int) -> Limits:
        """Those of a file of so many bytes."""
        times = max(1.0, size / _USUAL_BYTES)
        return Limits(self.seconds * times, round(self.megabytes * times))


def read_sheets(path: Path, limits: Limits | None = None, stop: Callable[[], bool] | None = None) -> tuple[Sheet, ...]:
    """Read every sheet of a spreadsheet, or the one of a text file of columns, or the tables of a web page.

    Workbooks are .xlsx, .xls, .xlsb, .ods and .fods; text files .csv, .tsv and .txt; web pages often bear the ending
    .xls. What the file is, is judged by its content and not by its ending. Hidden sheets come last. `stop` is asked all
    the while; when it answers true the process that reads is ended.

    Raises:
        InputError: naming the file, when it is missing, unreadable, cut, protected, empty or no spreadsheet, or when
            reading it takes more than `limits`.
        RefusedError: when it was stopped.
    """
    try:
        if path.is_dir():
            raise unusable(path, t("This is a folder, not a file"), t("choose a spreadsheet in it"))
        if not path.exists():
            raise unusable(path, t("There is no such file"), t("check the name and the folder"))
        if path.is_fifo():  # opening it would wait for a writer that may never come
            raise unusable(path, t("This is a pipe, not a file"), t("save the list as a spreadsheet and choose that"))
        with path.open("rb") as source:
            size = os.fstat(source.fileno()).st_size
            if size > _MOST_BYTES:
                raise troubles.too_large(path)
            if not size:
                raise unusable(path, t("The file is empty"), t("copy it again from where it came"))
            return _read(path, source, (limits or Limits()).here().of(size), stop)
    except PermissionError:
        raise unusable(
            path,
            t("This file may not be read by you"),
            t("close it in other programs, or ask for the right to read it"),
        ) from None
    except OSError:
        raise unusable(
            path, t("The disk does not give the file"), t("copy the file to this computer and try again")
        ) from None


def _read(path: Path, source: IO[bytes], limits: Limits, stop: Callable[[], bool] | None) -> tuple[Sheet, ...]:
    with subprocess.Popen(  # noqa: S603  # our own module
        [*_program(), path.name, str(limits.megabytes), str(round(limits.seconds))],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        _RUNNING.add(process)
        try:
            answer = _watched(path, process, limits, stop)
        finally:
            process.kill()
            _RUNNING.discard(process)
    if process.returncode or len(answer) >= _MOST_ANSWER:
        raise _ended(path, process.returncode, limits)
    try:
        return wire.unpack(path, answer)
    except msgspec.MsgspecError:
        raise troubles.damaged(path) from None


def _program() -> list[str]:
    if getattr(sys, "frozen", False):  # packed into one file, as for Windows
        return [sys.executable, READER_FLAG]
    return [sys.executable, "-m", READER]


def _watched(path: Path, process: subprocess.Popen[bytes], limits: Limits, stop: Callable[[], bool] | None) -> bytes:
    """What the process writes until it ends, within its limits."""
    answer: list[bytes] = []
    output = process.stdout
    assert output is not None
    reader = Thread(target=lambda: answer.append(output.read(_MOST_ANSWER)), daemon=True)
    reader.start()
    ends = time.monotonic() + limits.seconds * _PATIENCE
    while reader.is_alive():
        if stop is not None and stop():
            raise RefusedError(t("The reading was stopped"))
        spent, memory = _taken(process.pid)
        if spent > limits.seconds or time.monotonic() > ends:
            raise troubles.too_slow(path, limits.seconds)
        if memory > limits.megabytes * 2**20:
            raise troubles.too_large(path)
        reader.join(_LOOK)
    process.wait()
    return b"".join(answer)


@atexit.register
def _end_all() -> None:
    """End what reads still, when the program ends and the thread that waits for it does no more."""
    for process in list(_RUNNING):
        process.kill()


def _taken(pid: int) -> tuple[float, int]:
    """Seconds of processor time and bytes of memory that a process has taken; nothing once it has ended."""
    try:
        watched = psutil.Process(pid)
        return sum(watched.cpu_times()[:2]), int(watched.memory_info().rss)
    except psutil.Error:
        return 0, 0


def _ended(path: Path, code: int, limits: Limits) -> Exception:
    """Why a process gave no answer; below nought `code` is the signal that ended it."""
    if code == -getattr(signal, "SIGXCPU", 0) and code:
        return troubles.too_slow(path, limits.seconds)
    if code in (-signal.SIGABRT, -getattr(signal, "SIGKILL", 9), 0):  # memory that the system did not give
        return troubles.too_large(path)
    return troubles.damaged(path)
