"""What is seen to when a book is opened: its format, its one writer, the clock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from config.errors import BookError
from config.text import Text, t
from records.store.about import ACCOUNTS, FORMAT, RENEWED, as_written, read_about, with_needs, write_about
from records.store.contract import Problem
from records.store.journal.engine import Engine
from records.store.journal.lock import WriterLock
from records.store.journal.moments import shown_moment
from records.store.safety.parts import clear_leftovers
from records.store.sealing import renewing
from records.store.sealing.forgetting import clear_bases
from records.store.sealing.ring import agree
from records.store.sealing.sealer import Sealer
from records.store.sealing.unlocking import sealer_of


def made_of_today(path: Path, *, actor: str, now: Callable[[], datetime]) -> Problem | None:
    """Bring an older book to the format of this program; gives what keeps it from that. Raises BookError."""
    if read_about(path)["format"] >= FORMAT:
        return None
    from records.store.safety.migration import migrate  # noqa: PLC0415  # few openings need it, with its backup

    return migrate(path, actor=actor, now=now)


def take(lock: WriterLock, path: Path, actor: str, now: datetime) -> None:
    """Become the one writer, and clear what a killed one left; a book that nobody unlocked is not even taken."""
    sealer_of(path)
    lock.take(actor=actor, now=now)
    with suppress(OSError):
        clear_leftovers(path)


class Written(Protocol):
    """A book that is open for writing."""

    path: Path
    engine: Engine

    def note(self, action: str, *, about: str) -> None:
        """Write a line that changes no record."""


def keep_in_step(book: Written, *, founding: bool = False) -> None:
    """Finish what a new key began, and let `book.json` say what the book asks of a program, each with a line.

    Called when the book is opened, and when one of them came to it; done twice it does nothing more.

    Args:
        book: the book.
        founding: the next line makes the first account: it vouches for `book.json` as it will be then.

    Raises:
        BookError: when it cannot be written, or whoever opened it has not its newest key.
    """
    engine = book.engine
    if engine.sealer is not None:
        _agree(book.path, engine.sealer)
    if engine.sealer is not None and (by := renewing.settle_keys(book.path, engine)) is not None:
        book.note(renewing.RENEWED, about=by)
    needs = {ACCOUNTS} if engine.gate.stands or founding else set()
    needs |= {RENEWED} if engine.sealer is not None and engine.sealer.generation else set()
    about = read_about(book.path)
    told = with_needs(about, {*needs, *about.get("needs", ())})
    if told == about or about["format"] < FORMAT:
        return
    content = as_written(told)
    silent = engine.tell_about(hashlib.sha256(content).hexdigest())
    if founding:
        return
    if silent:
        book.note("book.format", about=str(told["format"]))
    with suppress(OSError):  # who opens it next does it
        write_about(book.path, told)


def _agree(path: Path, sealer: Sealer) -> None:
    """Let the files of keys that lie there twice say the same, and end a forgetting, as far as they can be written."""
    with suppress(BookError, OSError):
        agree(path)
        if sealer.persons is not None:
            sealer.persons.agree()
        clear_bases(path)


def clock_behind(last: str, now: str) -> list[Text]:
    """What is said where the clock stands before the last change; both moments are as the journal says them."""
    if last[:19] <= now[:19]:
        return []
    return [t("The clock of this computer is behind: the last change was made on {last}", last=shown_moment(last))]
