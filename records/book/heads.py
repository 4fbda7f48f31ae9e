"""The head outside: how far each book had come when it was last seen here, kept away from the book itself.

A chain cannot tell that its own end is missing, or that a whole older copy was put in its place. This can.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import orjson

from config.text import Text, t
from records.book.engine import shown_moment
from records.book.segments import digest_of, write_durably


@dataclass(frozen=True, slots=True)
class Head:
    """Number and hash of the last line of a book, and when it was seen."""

    seq: int
    digest: str
    seen: str


class Heads:
    """A folder with one small file for each book. Without a folder nothing is kept and nothing compared."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def known(self, book: str) -> Head | None:
        """The head of a book when it was last seen here, or None."""
        if self._folder is None or not book:
            return None
        try:
            told = orjson.loads((self._folder / f"{book}.json").read_bytes())
            return Head(int(told["seq"]), str(told["hash"]), str(told["seen"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, book: str, head: Head) -> None:
        """Remember a head. A state folder that cannot be written costs the comparison, never the work."""
        if self._folder is None or not book:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            told = {"seq": head.seq, "hash": head.digest, "seen": head.seen}
            write_durably(self._folder / f"{book}.json", orjson.dumps(told))
        except OSError:
            return


def behind(folder: Path, seq: int, known: Head | None) -> Text | None:
    """What is wrong when the book in `folder`, now at line `seq`, is not a later state of the one last seen."""
    if known is None:
        return None
    if seq < known.seq:
        return t(
            "The book is older than it was: on {day} it had {known} changes, now it has {seq}. An old copy was put"
            " back, or its last file is missing",
            day=shown_moment(known.seen),
            known=known.seq,
            seq=seq,
        )
    if digest_of(folder, known.seq) not in ("", known.digest):
        return t("The book has another past than the one last seen here: change {seq} is not the same", seq=known.seq)
    return None
