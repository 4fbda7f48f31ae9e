"""Whether it is still the same person who sits there: asked by a screen that locked itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.errors import BookError
from config.text import Text, t
from records.services.access import accounts
from records.services.office import Office
from records.store.sealing.recovery import read_recovery_key
from records.store.sealing.ring import Unlocked, opened_by, read_ring
from records.store.sealing.secrets import derive
from records.store.sealing.tries import counted
from records.store.sealing.unlocking import hold, unlocked_by


@dataclass(frozen=True, slots=True)
class Presence:
    """Who was at work, and how they prove that they are back.

    Attributes:
        name: by which they sign in; empty for who opened the book by its recovery key.
        prove: takes what they typed; gives how many wrong ones were typed before, or raises WrongPassphraseError,
            InputError for a recovery key that was typed wrong, BookError when they have no key any more. A wrong
            one is answered slowly.
    """

    name: str
    prove: Callable[[str], int]


def presence(office: Office, state: Path) -> Presence | None:
    """Who is at work in the book, as far as they can prove it; None where nobody needed a passphrase.

    Args:
        office: whose book it is.
        state: folder of this user in which wrong passphrases are counted.
    """
    path = office.book.path
    by = unlocked_by(path)
    if by is not None:
        return Presence(by.holder.name, lambda typed: _proven(path, by, typed, state))
    name = office.book.access.name
    if not name:
        return None
    return Presence(name, lambda typed: accounts.sign_in(office, name, typed, state)[1])


def _proven(path: Path, by: Unlocked, typed: str, state: Path) -> int:
    ring = read_ring(path)
    holder = next((each for each in ring.holders if each.id == by.holder.id), None)
    if holder is None:
        raise BookError(
            t("The key of {name} was taken away: it opens the book no more", name=by.holder.name or "–"),
            do=t("ask who keeps the keys of the book; Ctrl+Q leaves"),
        )
    words = read_recovery_key(typed) if holder.kind == "recovery" else typed
    opened, wrong = counted(state, ring.id, lambda: opened_by(ring, holder, derive(words, holder.salt, holder.cost)))
    hold(ring, opened)
    return wrong


def taken_away(office: Office, name: str) -> Text | None:
    """That the account of who came back was taken away meanwhile, where it was."""
    office.book.refresh()
    gone = next((each for each in accounts.accounts(office) if each.name == name and each.removed), None)
    if gone is None or office.book.access.name:
        return None
    return t("The account “{name}” was taken away on {day}", name=gone.name, day=gone.removed or "")
