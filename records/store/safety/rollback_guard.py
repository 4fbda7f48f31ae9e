"""The head outside: how far each book had come when it was last seen here, kept away from the book itself.

A chain cannot tell that its own end is missing, or that a whole older copy was put in its place. This can.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import orjson

from config.plain import is_text
from config.text import Text, t
from records.store.journal.durable import make_folder, read_file, write_durably
from records.store.journal.moments import shown_moment
from records.store.journal.segments import digest_of

_UNSEALED = {"seq", "hash", "seen"}
WAY_OUT = t("put the newer book back, or take this one for the right one with “book accept”")


class Head(msgspec.Struct, frozen=True):
    """Number and hash of the last line of a book, when it was seen, and numbers of the accounts that give accounts."""

    seq: int
    digest: str
    seen: str
    keepers: tuple[int, ...] = ()


class RollbackGuard:
    """Folders with one small file for each book. Without a folder nothing is kept and nothing compared.

    The first is made when it is not there; a further one, such as on a stick, is left out while it is not there.
    """

    def __init__(self, *folders: Path | None) -> None:
        self._folders = [folder for folder in folders if folder is not None]

    def __bool__(self) -> bool:
        return bool(self._folders)

    def known(self, book: str) -> Head | None:
        """The furthest head of a book that any of the folders remembers, or None."""
        heads = [head for folder in self._folders if (head := _read(folder, book)) is not None]
        return max(heads, key=lambda head: head.seq, default=None)

    def others(self, office: str, path: Path) -> list[Path]:
        """Books with this code that were seen here and are still there, but for that at `path` and copies of it."""
        own, found = _came_from(path), []
        for code, place in self.books():
            if code == office and place != path.absolute() and not own & _came_from(place):
                found.append(place)
        return found

    def books(self) -> list[tuple[str, Path]]:
        """Office and place of every book that was seen here and is still there."""
        told = [each for folder in self._folders[:1] for each in sorted(folder.glob("*.json"))]
        return sorted({seen for each in told if (seen := _book_seen(each)) is not None}, key=lambda seen: str(seen[1]))

    def damaged(self, book: str) -> list[Text]:
        """A sentence for each folder whose head of a book is not what was kept there; it helps no comparison then."""
        told = []
        for folder in self._folders:
            path = folder / f"{book}.json"
            if book.isalnum() and path.is_file() and _read(folder, book) is None:
                what = t(
                    "What was kept outside of the last change seen is damaged: {path}. By it nobody can tell whether"
                    " an older copy of the book was put back; it is written anew as the book is worked in",
                    path=path,
                )
                told.append(what)
        return told

    def keep(self, book: str, head: Head, *, office: str = "", path: Path | None = None) -> None:
        """Remember a head, and where the book of which office lay.

        A folder that cannot be written or is not there costs the comparison, not the work.
        """
        place = {"office": office, "path": str(path.absolute())} if path is not None and is_text(str(path)) else {}
        told = _sealed({"seq": head.seq, "hash": head.digest, "seen": head.seen, "keepers": head.keepers, **place})
        if not book.isalnum():
            return
        for number, folder in enumerate(self._folders):
            try:
                if number == 0:
                    make_folder(folder)
                write_durably(folder / f"{book}.json", told)
            except OSError:
                continue


def _book_seen(told: Path) -> tuple[str, Path] | None:
    """Office and place of a book that was seen, if it is still there and no copy took its place; else None."""
    try:
        seen = orjson.loads(told.read_bytes())
        path = Path(seen["path"])
        about = orjson.loads(read_file(path / "book.json"))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (str(seen["office"]), path) if about.get("id") == told.stem else None


def _came_from(path: Path) -> set[str]:
    """The ids of the books that a book is: its own, and that of which it is a copy."""
    try:
        about = orjson.loads(read_file(path / "book.json"))
    except (OSError, ValueError):
        return set()
    sources = (about.get("restored"), about.get("past_of"))
    return {str(about.get("id", ""))} | {str(each["book"]) for each in sources if isinstance(each, dict)}


def _read(folder: Path, book: str) -> Head | None:
    if not book.isalnum():  # an id of ours is; anything else could name a file elsewhere
        return None
    try:
        told = _unsealed((folder / f"{book}.json").read_bytes())
        return Head(int(told["seq"]), str(told["hash"]), str(told["seen"]), tuple(map(int, told.get("keepers", ()))))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _sealed(told: dict[str, Any]) -> bytes:
    """JSON whose last key is the SHA-256 of the bytes before it."""
    raw = orjson.dumps(told)[:-1]
    return raw + b',"sum":"%b"}' % hashlib.sha256(raw).hexdigest().encode()


def _unsealed(content: bytes) -> dict[str, Any]:
    """What such JSON holds; a head that an earlier program kept has no sum. Raises ValueError for what is damaged."""
    told: dict[str, Any] = orjson.loads(content)
    if set(told) != _UNSEALED and content != _sealed({key: told[key] for key in told if key != "sum"}):
        raise ValueError("altered")
    return told


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


def no_newest() -> Text:
    """What leads out of a book that is older than it was."""
    return t("The book is not the newest: {ways}", ways=WAY_OUT)
