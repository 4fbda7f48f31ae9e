"""Killing the program in the middle of every act, and asking what is there afterwards."""

from __future__ import annotations

import io
import os
import random
import shutil
import signal
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import main
from records.services.lists import BOUND, EXPORTED
from records.store.book import Book
from records.store.safety.backup import check_backup
from records.store.sealing.converting import finish_sealing
from records.store.sealing.unlocking import is_locked, unlock
from tests.crash.full_disk import COMMANDS, FIXTURE, SEALED_ONLY, prepared
from tests.records.store.sealing.sealed import WORDS

_BEYOND = 1.5
"""The latest kill falls after so many times what the act took unharmed: a child copies the memory into which it writes.

One that is done earlier counts as done.
"""


def killed(words: list[str], after: float) -> int | None:
    """Run the program in a child and kill it after so many seconds; gives its exit code, or None when it was killed."""
    child = os.fork()
    if child == 0:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        code = 99
        try:
            code = main.main(words)
        finally:
            os._exit(code)
    until = time.monotonic() + after
    done, status = 0, 0
    while not done and time.monotonic() < until:
        time.sleep(0.002)
        done, status = os.waitpid(child, os.WNOHANG)
    if not done:
        os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
    return None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def kills(outside: Path, count: int, *, seed: int = 1, sealed: bool = False) -> Iterator[tuple[str, bool]]:
    """Kill each act `count` times; and once not at all.

    Gives the act and whether it was done before. Raises AssertionError for any harm.
    """
    book = prepared(outside, sealed=sealed)
    with Book.open(book, actor="x") as opened:
        opened.history(limit=1)
        before = opened.head()[0]
    chance = random.Random(seed)
    left_out = ("history", "repair", *(("seal", "migration") if sealed else SEALED_ONLY))
    for command in (each for each in (*COMMANDS, "migration") if each not in left_out):
        code, takes = _unharmed(command, book, outside)
        _judge(command, outside / "disk", before, code)
        yield command, True
        for _ in range(count):
            killed_or_done = killed(_prepare(command, book, outside), chance.uniform(0, takes * _BEYOND))
            _judge(command, outside / "disk", before, killed_or_done)
            yield command, killed_or_done is not None


def _unharmed(command: str, book: Path, outside: Path) -> tuple[int, float]:
    """Do it here, once more when it brought modules: a kill is to fall into the act, not while Python reads them.

    Gives the exit code and the seconds.
    """
    for _ in range(2):
        words, known, begun = _prepare(command, book, outside), len(sys.modules), time.monotonic()
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = main.main(words)
        takes = time.monotonic() - begun
        if len(sys.modules) == known:
            break
    return code, takes


def _prepare(command: str, book: Path, outside: Path) -> list[str]:
    """A new disk with the book, and what the program is to be told."""
    disk = outside / "disk"
    shutil.rmtree(disk, ignore_errors=True)
    disk.mkdir()
    os.environ["SOVANG_STATE"] = str(disk / "state")
    words: Sequence[str] = ("book", "info")
    if command == "migration":
        with zipfile.ZipFile(FIXTURE) as zipped:
            zipped.extractall(disk / "a.sovang")
    else:
        shutil.copytree(book, disk / "a.sovang")
        words = COMMANDS[command]
    given = [each.format(disk=disk, outside=outside) for each in words]
    return ["--lang", "en", "--book", str(disk / "a.sovang"), *given]


def _judge(command: str, disk: Path, before: int, code: int | None) -> None:
    where = f"{command} {code}"
    assert code in (None, 0, 1), where
    actions: list[str] = []
    finish_sealing(disk / "a.sovang")
    assert not list(disk.glob("*.unsealed")), where
    for path in disk.glob("*.sovang"):
        if is_locked(path):
            unlock(path, WORDS)
        with Book.open(path, actor="x") as book:
            assert book.settled().damage is None, where
            report = book.verify()
            assert report.whole, (where, [str(each) for each in report.lines])
            if path.name == "a.sovang":
                assert book.head()[0] >= before, where
                actions = [entry.action for entry in book.history(limit=6)]
    paper = [*disk.glob("out.pdf"), *disk.glob("papers/*.pdf")]
    logged = {"certificate.print", EXPORTED, BOUND} & {*actions}
    assert not paper or logged or command == "paper of a comparison", (where, paper)
    assert not [*disk.glob("out.xlsx"), *disk.glob("out.docx")] or logged, where
    for each in disk.glob("saved/*.backup.zip"):
        check_backup(each)
    for each in disk.glob("papers/*"):
        assert each.suffix in (".pdf", ".part"), each
