"""Forgetting what is sensitive of a person: their own key goes, and with it everything that was made of the lines."""

from __future__ import annotations

import os
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path
from typing import Protocol

from config.errors import InputError
from config.text import t
from records.domain.kinds import KINDS
from records.domain.people.person import Person
from records.store.codes import every_name
from records.store.journal.durable import disk, read_file, rename
from records.store.journal.engine import Engine
from records.store.journal.snapshots import Mark, snapshots, state_of, write_snapshot
from records.store.safety.parts import BASE, found, strangers
from records.store.safety.vouching import base_name, base_of
from records.store.sealing.persons import OWN, owner_of
from records.store.turn import Turn


def forget(engine: Engine, number: int, codes: tuple[str, ...] = ()) -> None:
    """Destroy the own key of person `number` in an open book, its snapshots and its caches; a new snapshot is begun.

    So are keys, states and photos of theirs that a repair set aside, under any code (`codes`) that the office had.

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
    wipe_strays(engine.folder, _names_of(engine, number, codes))
    engine.snapshot_seq = -1
    engine.begin_snapshot()
    engine.finish_snapshot()


def _renew_base(engine: Engine, number: int) -> bool:
    """Write the state with which a repaired journal begins anew, without what is sensitive of a person.

    Returns:
        Whether there is one; those until now go when a line vouches for it.
    """
    base = base_of(engine.folder)
    if base is None:
        return False
    state = state_of(base[1], engine.reader)
    for table in OWN.keys() & state.tables.keys():
        rows = state.tables[table]
        for key, row in [*rows.all().items()]:
            if owner_of(table, key, row) == number:
                rows.put(key, {name: value for name, value in row.items() if name not in OWN[table]})
    mark = Mark(state.seq, state.digest, state.time, state.counters)
    written = write_snapshot(
        engine.folder, {name: rows.pieces() for name, rows in state.tables.items()}, mark, engine.sealer
    )
    content = read_file(written.temporary)
    rename(written.temporary, engine.folder / base_name(state.seq, content))
    engine.new_base = (state.seq, written.sha256)
    return True


def clear_bases(folder: Path, *, older: bool = False) -> None:
    """Destroy states with which the journal begins no more, since one of the same line was written anew.

    Args:
        folder: the book.
        older: also those of earlier lines, which nobody reads any more.
    """
    base = base_of(folder)
    for match, path in found(folder, BASE):
        if base is not None and path.name != base_name(*base) and (older or int(match[1]) == base[0]):
            with suppress(OSError):
                _wipe(path)


class Forgetting(Protocol):
    """A book that is open for writing."""

    engine: Engine
    turn: Turn

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the office ever had."""

    def note(self, action: str, *, about: str) -> None:
        """Write a line that changes no record."""


def forget_in(book: Forgetting, number: int) -> None:
    """The same in the book's turn to write. Raises as `forget`."""
    with book.turn:
        forget(book.engine, number, book.codes)
        renewed = _renew_base(book.engine, number)
    if renewed:
        book.note("book.state", about="")
        clear_bases(book.engine.folder, older=True)


def wipe_strays(folder: Path, person: tuple[str, ...] = ()) -> None:
    """Destroy keys of people, states and caches that were set aside, or are copies of a sync program; photos too.

    Args:
        folder: the book.
        person: the ids of somebody, whose photos go.
    """
    names = ["*person-keys*", "*snapshot-*", "*base-*", "*cache-*", *(f"*{each}-*" for each in person)]
    aside = (each for name in names for each in folder.glob(f"aside-*/**/{name}"))
    strange = (folder / name for name in strangers(folder) if any(fnmatch(name, each) for each in names))
    for path in (*aside, *strange):
        with suppress(OSError):
            if path.is_file() and not path.is_symlink():
                _wipe(path)


def _names_of(engine: Engine, number: int, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The ids that a person ever had; none where there is none."""
    row = engine.row(KINDS[Person].table, number)
    return () if row is None else every_name(str(row["id"]), codes)


def _wipe(path: Path) -> None:
    handle = disk.open(path)
    try:
        disk.write(handle, os.urandom(os.fstat(handle).st_size), 0)
        disk.sync(handle)
    finally:
        disk.close(handle)
    disk.remove(path)
