"""Making a book of an older program one of this program: after a backup, as one change."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from config.errors import BookError
from config.text import t
from records.book.about import FORMAT, new_id, read_about, write_about
from records.book.backup import write_backup
from records.book.engine import DocumentChange, Engine, moment, planned
from records.book.lock import WriterLock

Step = Callable[[Engine], list[DocumentChange]]


def _identify(_: Engine) -> list[DocumentChange]:
    """From 1 to 2 only `book.json` changes."""
    return []


STEPS: dict[int, Step] = {1: _identify}
"""Format -> what its documents become in the next. A step gives nothing for documents that are already new."""


def migrate(path: Path, *, actor: str, now: Callable[[], datetime]) -> None:
    """Bring the book at `path` to the format of this program, if it is older.

    Raises:
        BookError: when it is no book, is damaged, or cannot be written.
    """
    about = read_about(path)
    old = about["format"]
    if old >= FORMAT:
        return
    if not os.access(path, os.W_OK):
        raise BookError(
            t("The book was written by an older program (format {format}) and can only be read", format=old),
            where=str(path),
            do=t("copy it to a folder that can be written, and open it there"),
        )
    lock = WriterLock(path)
    lock.take(actor=actor, now=now())
    try:
        engine = Engine(path)
        engine.judge_writable()
        engine.set_torn_aside()
        write_backup(path, path.parent, now=now(), note=f"format-{old}")
        changes = [change for step in range(old, FORMAT) for change in STEPS[step](engine)]
        body = {"time": moment(now()), "actor": actor, "action": "book.migrate", "about": f"{old} → {FORMAT}"}
        engine.commit(body, planned(changes))
        engine.close()
        write_about(path, {**about, "format": FORMAT, "id": about.get("id") or new_id()})
    finally:
        lock.release()
