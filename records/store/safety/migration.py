"""Making a book of an older program one of this program: after a backup, as one change."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from config.errors import BookError
from config.reasons import system_reason
from config.text import t
from records.store.about import FORMAT, as_written, read_about, write_about
from records.store.change import planned
from records.store.contract import Problem
from records.store.history import whole_chain
from records.store.journal.durable import disk, read_file
from records.store.journal.engine import DocumentChange, Engine
from records.store.journal.lock import WriterLock
from records.store.journal.moments import moment
from records.store.journal.segments import digest_of
from records.store.journal.snapshots import snapshots
from records.store.safety.backup import write_backup
from records.store.safety.inspection import damage_problem
from records.store.safety.vouching import about_problem

Step = Callable[[Engine], list[DocumentChange]]


def _nothing(_: Engine) -> list[DocumentChange]:
    """From 1 to 2 and from 2 to 3 no document changes."""
    return []


STEPS: dict[int, Step] = {1: _nothing, 2: _nothing}
"""Format -> what its documents become in the next. A step gives nothing for documents that are already new."""


def migrate(path: Path, *, actor: str, now: Callable[[], datetime]) -> Problem | None:
    """Bring the book at `path` to the format of this program, if it is older and whole.

    Returns:
        What keeps an older book from it: it is damaged, and must be repaired first.

    Raises:
        BookError: when it is no book, or cannot be written.
    """
    about = read_about(path)
    old = about["format"]
    if old >= FORMAT:
        return None
    if not os.access(path, os.W_OK):
        raise BookError(
            t("The book was written by an older program (format {format}) and can only be read", format=old),
            where=str(path),
            do=t("copy it to a folder that can be written, and open it there"),
        )
    lock = WriterLock(path)
    lock.take(actor=actor, now=now())
    try:
        return _migrate(path, {**about, "format": FORMAT, "id": about.get("id") or _id_for(path)}, old, (actor, now))
    except OSError as error:
        raise BookError(
            t(
                "The book was written by an older program and cannot be made one of this: {reason}",
                reason=system_reason(error),
            ),
            where=str(path),
            do=t("make room, or ask who may write there; then open it again"),
        ) from None
    finally:
        lock.release()


def _id_for(path: Path) -> str:
    """The id of a book that has none: the same when a migration that was cut off is done again."""
    return hashlib.sha256(read_file(path / "book.json") + digest_of(path, 1).encode()).hexdigest()[:32]


def _migrate(path: Path, new: dict[str, Any], old: int, who: tuple[str, Callable[[], datetime]]) -> Problem | None:
    actor, now = who
    chain = whole_chain(path)
    if chain.damage is not None and not chain.damage.torn:
        return damage_problem(chain.damage)
    about = hashlib.sha256(as_written(new)).hexdigest()
    if chain.vouched.about:
        # The line was written and the power went, or somebody set the number of the format back.
        if chain.vouched.about == about:
            write_about(path, new)
            return None
        return about_problem(path, chain.vouched)
    write_backup(path, path.parent, now=now(), note=f"format-{old}")
    for snapshot in snapshots(path):  # nothing vouches for it; a new one is written
        disk.remove(snapshot)
    engine = Engine(path, from_first=True, about=about)
    engine.judge_writable()
    engine.set_torn_aside()
    changes = [change for step in range(old, FORMAT) for change in STEPS[step](engine)]
    engine.begin_snapshot()
    engine.finish_snapshot()
    body = {"time": moment(now()), "actor": actor, "action": "book.migrate", "about": f"{old} → {FORMAT}"}
    engine.commit(body, planned(changes))
    engine.close()
    write_about(path, new)
    return None
