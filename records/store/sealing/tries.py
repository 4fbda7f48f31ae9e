"""Unlocking a sealed book where people type: a wrong passphrase is counted, and answered slowly."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from config.text import Text, t
from records.store.journal.durable import make_folder
from records.store.sealing.recovery import new_recovery_key, read_recovery_key
from records.store.sealing.ring import Ring, Unlocked, added, new_ring, unlocked
from records.store.sealing.secrets import WrongPassphraseError
from records.store.sealing.unlocking import hold

T = TypeVar("T")
_SLOWEST, _FIRST = 8.0, 0.5
"""Seconds that the answer to a wrong passphrase takes: twice as long each time, up to this."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was unlocked, and how many wrong passphrases were typed before."""

    unlocked: Unlocked
    wrong: int


def open_ring(
    ring: Ring, typed: str, state: Path, *, recovery: bool = False, name: str = "", slowly: bool = True
) -> Opened:
    """Unlock the book of a ring for this process.

    Args:
        ring: its keys.
        typed: a passphrase, or with `recovery` the printed key.
        state: folder of this user in which wrong ones are counted.
        recovery: see above.
        name: whose passphrase it is; left out, of whoever it opens.
        slowly: let a wrong one wait; a screen, which must not stand still, waits by itself.

    Raises:
        WrongPassphraseError: naming how many there were since the book was opened last.
        InputError: for a recovery key that was typed wrong, or a name that nobody has.
        BookError: where the wrap was changed.
    """

    def once() -> Unlocked:
        return unlocked(ring, read_recovery_key(typed) if recovery else typed, name=name, recovery=recovery)

    found, wrong = counted(state, ring.id, once, slowly=slowly)
    return Opened(hold(ring, found), wrong)


def counted(state: Path, key: str, once: Callable[[], T], *, slowly: bool = True) -> tuple[T, int]:
    """Do what asks for a passphrase; gives what it gives, and how many were wrong before.

    Args:
        state: folder of this user in which wrong ones are counted.
        key: of what is opened: letters and digits.
        once: raises WrongPassphraseError for a wrong one.
        slowly: let a wrong one wait.

    Raises:
        WrongPassphraseError: naming how many there were since a right one was typed.
    """
    path = state / "tries" / (key if key.isalnum() else "")
    wrong = _wrong(path)
    try:
        found = once()
    except WrongPassphraseError as error:
        _count(path, wrong + 1)
        if slowly:
            time.sleep(waiting(wrong + 1))
        raise WrongPassphraseError(t("{what} (attempt {n})", what=error.what, n=wrong + 1), do=error.do) from None
    _count(path, 0)
    return found, wrong


def waiting(wrong: int) -> float:
    """Seconds that the answer to the wrong passphrase of this number takes."""
    return min(_FIRST * 2.0 ** (wrong - 1), _SLOWEST)


def tries_told(opened: Opened) -> list[Text]:
    """That somebody tried in vain before, where somebody did."""
    if not opened.wrong:
        return []
    return [t("Since the book was opened last, a wrong passphrase was typed {n} times", n=opened.wrong)]


def new_keys(passphrase: str, *, name: str) -> tuple[Ring, Unlocked, str]:
    """A ring for a new book with its first person, unlocked, and the recovery key to be printed. Raises InputError."""
    ring, key = new_ring()
    ring, opened = added(ring, passphrase, key, name=name)
    printed = new_recovery_key()
    ring, _ = added(ring, printed, key, name="", recovery=True)
    return ring, hold(ring, opened), printed


def _wrong(path: Path) -> int:
    try:
        return int(path.read_text("ascii"))
    except (OSError, ValueError):
        return 0


def _count(path: Path, wrong: int) -> None:
    with suppress(OSError):  # not to count costs a warning, not the work
        if wrong:
            make_folder(path.parent)
            path.write_text(str(wrong), "ascii")
        else:
            path.unlink(missing_ok=True)
