"""A writer that acknowledges each change on a pipe, a killer, and the questions asked afterwards."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from records.domain.people.person import Person
from records.store.book import Book
from records.store.journal import packing
from records.store.journal.segments import digest_of

_EVERY = 25
"""Kills after which the book is rebuilt from its first line and compared; ten times so many see a new book."""


@dataclass
class Tally:
    """What a series of kills showed."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    unreadable: int = 0
    rebuilt: int = 0
    torn: int = 0


def work(path: Path, seed: int, pipe: int) -> NoReturn:
    """Change the book without end, and tell each change on the pipe once it is acknowledged."""
    chance = random.Random(seed)  # no secret
    packing._WORTH = 0  # here only: a child that will be killed
    book = Book.open(path, actor="writer")
    os.write(pipe, b"ready\n")
    while True:
        act = chance.random()
        people = book.table(Person)
        if act < 0.6 or len(people) < 5:
            with book.change("add") as change:
                for _ in range(chance.choice((1, 1, 1, 30))):
                    change.put(Person(id=change.new_id(Person), name=f"Nguyễn Thử {act}"))
        elif act < 0.8:
            with book.change("correct") as change:
                change.put(Person(id=people.all()[0].id, name=f"Trần Mẫu {act}"), was=people.all()[0])
        elif act < 0.9:
            with book.change("drop") as change:
                change.remove(people.all()[-1])
        elif act < 0.95:
            if chance.random() < 0.5:
                book.engine.begin_snapshot()
            else:
                book.engine.pack_one()
            continue
        else:
            with book.change("note") as change:
                change.put(
                    Person(id=people.all()[0].id, name="x", note="ghi chú " * chance.randrange(3_000)),
                    was=people.all()[0],
                )
        seq, digest = book.head()
        os.write(pipe, f"{seq} {digest}\n".encode())


def killed_writer(path: Path, seed: int) -> list[tuple[int, str]]:
    """Let a writer work for a moment, kill it, and give the changes it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(path, seed, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.readline() == b"ready\n", "the writer could not open the book"
        time.sleep(random.Random(seed).uniform(0.0, 0.06))  # no secret
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told = pipe.read().decode().splitlines(keepends=True)
    whole = [line.split() for line in told if line.endswith("\n")]
    return [(int(seq), digest) for seq, digest in whole]


def kills(folder: Path, count: int, *, seed: int = 1) -> Iterator[Tally]:
    """Kill `count` writers; gives the tally after each."""
    tally = Tally()
    path = folder / "none.sovang"
    for turn in range(count):
        if turn % (_EVERY * 10) == 0:
            path = folder / f"crash-{turn}.sovang"
            Book.create(path, office="TN", actor="harness").close()
        told = killed_writer(path, seed + turn)
        tally.kills += 1
        tally.acknowledged += len(told)
        _ask(path, told, tally, whole=turn % _EVERY == _EVERY - 1 or turn == count - 1)
        yield tally


def _ask(path: Path, told: list[tuple[int, str]], tally: Tally, *, whole: bool) -> None:
    with Book.open(path, actor="harness") as book:
        tally.unreadable += book.damage is not None
        tally.lost += sum(digest_of(path, seq) != digest for seq, digest in told)
        tally.lost += bool(told) and book.head()[0] < told[-1][0]
        if whole:
            tally.rebuilt += 1
            tally.unreadable += not book.verify().whole
    tally.torn = len(list(path.parent.glob("*/torn-*.bin")))
