"""Forgetting what is sensitive of a person: their own key goes, and with it everything that was made of the lines."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from config.errors import InputError
from config.text import t
from records.store.journal.durable import disk
from records.store.journal.engine import Engine
from records.store.journal.snapshots import snapshots
from records.store.turn import Turn


def forget(engine: Engine, number: int) -> None:
    """Destroy the own key of person `number` in an open book, its snapshots and its caches; a new snapshot is begun.

    The caller holds the turn to write, has taken the fields out of the records by a change of their own, and writes a
    line afterwards, which says so and vouches for the new snapshot. Done twice it does nothing more.

    Raises:
        InputError: for a book that is not sealed: nobody has an own key there.
        BookError: when the keys cannot be written; nothing was forgotten then.
    """
    if engine.sealer is None or engine.sealer.persons is None:
        raise InputError(
            t("In a book that is not sealed nothing can be forgotten: every line is read by everybody"),
            where=str(engine.folder),
            do=t("seal it with “book seal”, then do it again"),
        )
    engine.judge_writable()
    engine.finish_snapshot()
    engine.sealer.persons.destroy(number)
    for path in (*snapshots(engine.folder), *engine.folder.glob("snapshot-*.tmp"), *engine.folder.glob("cache-*.bin")):
        with suppress(OSError):  # sealed with the book key still; the next writing lets it go
            _wipe(path)
    engine.snapshot_seq = -1
    engine.begin_snapshot()
    engine.finish_snapshot()


class Forgetting(Protocol):
    """A book that is open for writing."""

    engine: Engine
    turn: Turn


def forget_in(book: Forgetting, number: int) -> None:
    """The same in the book's turn to write. Raises as `forget`."""
    with book.turn:
        forget(book.engine, number)


def _wipe(path: Path) -> None:
    handle = disk.open(path)
    try:
        disk.write(handle, os.urandom(os.fstat(handle).st_size), 0)
        disk.sync(handle)
    finally:
        disk.close(handle)
    disk.remove(path)
