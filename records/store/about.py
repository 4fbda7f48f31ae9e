"""What `book.json` says of a book: its format, its office, when it was made."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

from config.errors import BookError, InputError
from config.reasons import system_reason
from config.text import t
from records.store.journal.durable import make_folder, read_file, write_durably
from records.store.journal.moments import moment
from records.store.sealing.ring import Ring, write_ring

FORMAT = 3
"""1: the first. 2: a book has an id of its own, by which its head is known outside. 3: lines of the journal vouch for
closed segments, snapshots and this file."""
SEALED = 4
"""A sealed book: `sealed` names its ring of keys. Books that are not sealed stay as they were, byte for byte."""
NEEDY = 5
"""A book, sealed or not, of which `needs` says what a program must know to read and write it."""
ACCOUNTS, RENEWED = "accounts", "renewed"
_NEEDS = (ACCOUNTS, RENEWED)
"""Lines are signed by accounts; a sealed book was given a new key, and its older lines have the older one."""
LEADS_NOWHERE = t("At this place is a link that leads nowhere")


_SUFFIX = ".sovang"
"""How the folders of books are named."""


class NewerProgramError(BookError):
    """The book is of a format that this program does not know."""


def judge_outside(folder: Path) -> None:
    """Refuse a folder that is a book or lies in one: what else is written there is strange to it, or destroys it.

    Raises:
        InputError: naming the book.
    """
    here = Path(os.path.realpath(folder))
    for each in (here, *here.parents):
        if each.suffix == _SUFFIX or (each / "book.json").is_file():
            raise InputError(
                t("“{path}” lies in the book “{book}”, whose folder only the program itself writes",
                  path=folder, book=each.name),
                do=t("choose a place outside of it"),
            )  # fmt: skip


def write_about(path: Path, about: Mapping[str, Any]) -> None:
    """Write what `book.json` says. Raises OSError."""
    write_durably(path / "book.json", as_written(about))


def as_written(about: Mapping[str, Any]) -> bytes:
    """The bytes of `book.json`."""
    return orjson.dumps(about)


def new_id() -> str:
    """An id that no other book has."""
    return uuid4().hex


def with_needs(about: Mapping[str, Any], needs: Iterable[str]) -> dict[str, Any]:
    """What `book.json` says of a book that asks for these, or for nothing more than others of its kind."""
    rest, needed = {key: value for key, value in about.items() if key != "needs"}, sorted(needs)
    if not needed:
        return {**rest, "format": SEALED if "sealed" in rest else FORMAT}
    return {**rest, "format": NEEDY, "needs": needed}


def next_hashes(about: Mapping[str, Any]) -> set[str]:
    """SHA-256 of what `book.json` may say next: whoever says it writes a line first, and the power may go between."""
    known = set(about.get("needs", ()))
    more = [{*known, *each} for size in (1, 2) for each in combinations(_NEEDS, size)]
    return {hashlib.sha256(as_written(with_needs(about, each))).hexdigest() for each in more}


def lay_out(path: Path, *, office: str, now: datetime, ring: Ring | None = None) -> None:
    """Make the folders of a new book and say what it is. Raises BookError where there is something already."""
    try:
        if path.is_symlink() and not path.exists():
            raise BookError(LEADS_NOWHERE, where=str(path), do=t("name a folder that does not exist"))
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise BookError(
                t("There is already something at this place"),
                where=str(path),
                do=t("name a folder that does not exist"),
            )
        for folder in (path, path / "config", path / "files"):
            make_folder(folder)
        about = {"format": FORMAT, "office": office, "id": new_id(), "created": moment(now)}
        if ring is not None:  # its keys first: at no moment is there a sealed book without
            write_ring(path, ring)
            about |= {"format": SEALED, "sealed": ring.id}
        write_about(path, about)
    except OSError as error:
        raise _not_made(path, error) from None


def read_about(path: Path) -> dict[str, Any]:
    """What `book.json` says. Raises BookError when the folder is no book of a format this program knows."""
    try:
        about = orjson.loads(read_file(path / "book.json"))
    except PermissionError as error:
        raise BookError(
            t("The book cannot be read: {reason}", reason=system_reason(error)),
            where=str(path),
            do=t("ask who may read this folder"),
        ) from None
    except (OSError, orjson.JSONDecodeError):
        raise _not_there(path) from None
    known = isinstance(about, dict) and isinstance(about.get("format"), int) and isinstance(about.get("office"), str)
    needs = about.get("needs", []) if known else None
    if not isinstance(needs, list) or about["format"] < 1:
        raise _not_understood(path)
    if about["format"] > NEEDY or any(each not in _NEEDS for each in needs):
        raise NewerProgramError(
            t("The book was written by a newer program (format {format})", format=about.get("format")),
            where=str(path),
            do=t("update this program; the book was not touched"),
        )
    return {str(key): value for key, value in about.items()}


def _not_there(path: Path) -> BookError:
    """What a folder without a `book.json` that can be read is, by what else lies in it."""
    if any(path.glob("journal-*.jsonl*")):
        return _not_understood(path)
    if any(path.glob("snapshot-*.json")):
        return BookError(
            t("Of this book neither the journal nor {name} is left", name="book.json"),
            where=str(path),
            do=t("“book restore FILE” makes it anew from a backup"),
        )
    return BookError(
        t("This folder is not a book"),
        where=str(path),
        do=t("name a folder made with “book new”, such as office.sovang"),
    )


def ancestors_of(about: Mapping[str, Any], ways: Iterable[str] = ("restored", "past_of")) -> tuple[str, ...]:
    """Ids of the books that this one was made from in one of these ways, as far as `book.json` says."""
    sources = (about.get(each) for each in ways)
    return tuple(str(each["book"]) for each in sources if isinstance(each, dict) and "book" in each)


def _not_understood(path: Path) -> BookError:
    return BookError(
        t("The file {name} of this book cannot be understood", name="book.json"),
        where=str(path),
        do=t("bring it back with “book repair --from BACKUP”; the journal beside it was not touched"),
    )


def _not_made(path: Path, error: OSError) -> BookError:
    return BookError(
        t("The book cannot be made: {reason}", reason=system_reason(error)),
        where=str(path),
        do=t("choose a folder that can be written"),
    )


def unreadable(path: Path, error: OSError) -> BookError:
    """That what a book keeps cannot be read, and why."""
    return BookError(
        t("The book cannot be read: {reason}", reason=system_reason(error)),
        where=str(error.filename or path),
        do=t("ask who may read this folder, or restore a backup"),
    )
