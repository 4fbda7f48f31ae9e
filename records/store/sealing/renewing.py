"""A new book key: what is sealed from then on, nobody reads whose key was taken away before.

Lines on the disk are chained and stay as they lie, sealed with the key they had; the newest key opens the older ones.
One write of the ring makes the key the book's. What follows it (the line that says so, the files that are made anew) is
seen to by whoever has the book open for writing: at once, or after a power cut by who opens it next.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from config.errors import BookError, ConflictError
from config.text import t
from records.store.journal.durable import disk
from records.store.journal.engine import Engine
from records.store.journal.index import FILE as INDEX
from records.store.journal.moments import moment
from records.store.sealing.recovery import new_recovery_key
from records.store.sealing.ring import added, read_ring, renewed, with_box, without_box, write_ring
from records.store.sealing.unlocking import hold, learn_newer, unlocked_by

RENEWED = "book.key_renew"


def renew_key(folder: Path, *, now: datetime) -> str:
    """Give the book in a folder a new key, for everybody on its ring; the caller has it open for writing.

    Args:
        folder: a sealed book that was unlocked.
        now: the moment.

    Returns:
        A new recovery key, where the printed one is of an earlier program and cannot be given the new key; else empty.

    Raises:
        ConflictError: when somebody's key is of an earlier program, and they did not open the book since.
        BookError: when the keys cannot be written; the book has the key that it had then.
    """
    by = unlocked_by(folder)
    assert by is not None  # the caller asks for a book that is not sealed
    ring, by = with_box(read_ring(folder), by)
    lacking, printed = without_box(ring), ""
    names = [each.name for each in lacking if each.kind == "person"]
    if names:
        raise ConflictError(
            t(
                "A new key cannot be given to: {names}. Their keys were made by an earlier program",
                names=", ".join(names),
            ),
            do=t("let each of them open the book once for writing, or take their keys away; then do it again"),
        )
    if lacking:
        printed = new_recovery_key()
        ring, _ = added(ring, printed, by.book_key, name="", recovery=True)
    ring, opened = renewed(ring, by, time=moment(now))
    write_ring(folder, ring)
    hold(ring, opened)
    return printed


def settle_keys(folder: Path, engine: Engine) -> str | None:
    """See to the keys of a sealed book that was just opened for writing, or given a new key.

    Whoever opens it learns a key that others gave it, and gets a box, if an earlier program made theirs. Where nothing
    was sealed with the newest key yet, what says something of people beside the journal is sealed with it, or goes.

    Returns:
        Where the line that tells of the newest key is still to be written: who made it; else None.

    Raises:
        BookError: when a key is there that whoever opened the book has not, or files cannot be written.
    """
    learn_newer(folder)
    ring, by = read_ring(folder), unlocked_by(folder)
    if by is not None and not by.holder.box and by.holder in ring.holders:
        ring, opened = with_box(ring, by)
        with suppress(BookError):  # another time
            write_ring(folder, ring)
            hold(ring, opened)
    sealer, reader = engine.sealer, engine.reader
    if sealer is None or reader is None or reader.reached >= reader.generation:
        return None
    if sealer.persons is not None:
        sealer.persons.reseal()
    for path in (folder / INDEX, *folder.glob("cache-*.bin")):
        with suppress(OSError):  # believed by nobody any more
            disk.remove(path)
    return ring.older[-1].by if ring.older else ""
