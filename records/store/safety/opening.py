"""What is seen to when a book is opened: its format, its one writer, the clock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from config.text import Text, t
from records.store.about import FORMAT, read_about
from records.store.contract import Problem
from records.store.journal.lock import WriterLock
from records.store.journal.moments import moment, shown_moment
from records.store.safety.parts import clear_leftovers
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


def clock_behind(last: str, now: datetime) -> list[Text]:
    """What is said where the clock stands before the last change, made at `last` as the journal says it."""
    if last[:19] <= moment(now)[:19]:
        return []
    return [t("The clock of this computer is behind: the last change was made on {last}", last=shown_moment(last))]
