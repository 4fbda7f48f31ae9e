"""What a backup gives back to a book that lost it: only of the same book, and only what the book names."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, Protocol

import orjson

from config.errors import BookError
from config.reasons import system_reason
from config.text import Text, t
from records.store.about import ancestors_of
from records.store.files import BookFiles
from records.store.history import whole_chain
from records.store.journal.durable import make_folder, read_file, rename, write_durably
from records.store.journal.segments import content_of, segments
from records.store.safety.backup import unpack
from records.store.safety.inspection import NAMED_BY_CONTENT
from records.store.safety.vouching import about_hash, about_problem


class Good(NamedTuple):
    """A backup of a book, unpacked in `folder`: read whole and found to be what was written.

    Attributes:
        day: on which it was made.
        files_only: it is of the book of which this one was made, by sealing or restoring it: its journal and keys are
            of no use here, its files are.
    """

    folder: Path
    day: str
    files_only: bool = False


@contextmanager
def good(source: Path, book: Path) -> Iterator[Good]:
    """Unpack a backup of the book in a folder.

    Raises:
        BookError: when it is no whole backup, or one of another book.
    """
    with tempfile.TemporaryDirectory(prefix="sovang-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        backup = unpack(source, folder)
        about = _about(book)
        since = bool(backup.book) and backup.book in ancestors_of(about, ("sealed_from", "restored"))
        if not since and not _is_of(backup.book, folder, book, str(about.get("id", ""))):
            raise BookError(
                t("This backup is of another book; nothing was taken from it"),
                where=str(source),
                do=t("choose a backup of this one; “book restore” makes a book of that one"),
            )
        yield Good(folder, backup.made[:10], files_only=since)


def _is_of(backup: str, folder: Path, book: Path, known: str) -> bool:
    """Whether a backup, with the id of its book and unpacked in `folder`, is of this book, whose own id is `known`."""
    vouched = whole_chain(book).vouched
    if known and about_problem(book, vouched) is None:
        return known == backup
    return vouched.about == about_hash(folder) or not _lines(book).isdisjoint(_lines(folder))


def _lines(folder: Path) -> set[bytes]:
    return {line.strip(b"\0\n") for _, path in segments(folder) for line in content_of(path)[0].splitlines()} - {b""}


def _about(book: Path) -> dict[str, Any]:
    """What `book.json` says, of whatever format; nothing where it cannot be read."""
    try:
        told = orjson.loads(read_file(book / "book.json"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


class Bearing(Protocol):
    """A book with its files, as it is open."""

    path: Path
    files: BookFiles


class Brought(NamedTuple):
    """What came back from a backup.

    Attributes:
        names: of the files that were written.
        failed: why others could not be.
        aside: the folder of what was there before, where anything was.
    """

    names: list[str]
    failed: list[Text]
    aside: Path | None


def bring_back(
    book: Bearing, names: Iterable[str], source: Path, *, is_key: Callable[[str, bytes], bool], now: datetime
) -> Brought:
    """Put files from a backup in place of what is missing or was changed, where they are what the book names.

    What was there goes to a folder `aside-…`. In a sealed book they lie sealed, also from a backup that is not. The
    journal is not touched, so the book may be open elsewhere.

    Args:
        book: open.
        names: of files below `files`, such as `files/keys/certificates.key`.
        source: the backup.
        is_key: whether these bytes are the key of this name, as the journal knows it.
        now: names the folder of what is set aside.

    Raises:
        BookError: when `source` is no whole backup, or one of another book.
    """
    put: list[str] = []
    failed: list[Text] = []
    aside = aside_at(book.path, now)
    with good(source, book.path) as backup:
        for name, kept in _kept_in(backup.folder, names):
            content = book.files.opened(name, kept)
            if content is None or not _is_named(name, content, is_key):
                continue
            place = book.files.folder / name
            try:
                make_way(place, aside)
                book.files.write(name, content)
                put.append(f"files/{name}")
            except OSError as error:
                reason = system_reason(error)
                failed.append(t("{name} could not be brought back: {reason}", name=place.name, reason=reason))
    return Brought(put, failed, aside if aside.exists() else None)


def _kept_in(unpacked: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files below `files` that a backup has of those named; a record may name one outside."""
    for name in names:
        path = PurePosixPath(name)
        if path.parts[:1] == ("files",) and ".." not in path.parts and (unpacked / path).is_file():
            yield path.relative_to("files").as_posix(), (unpacked / path).read_bytes()


def _is_named(name: str, content: bytes, is_key: Callable[[str, bytes], bool]) -> bool:
    """Whether a file is what its name says, by the hash in it or as a key of the book."""
    match = NAMED_BY_CONTENT.fullmatch(PurePosixPath(name).name)
    return hashlib.sha256(content).hexdigest()[:16] == match[1] if match else is_key(name, content)


def aside_at(folder: Path, now: datetime) -> Path:
    """The folder of a book for what is set aside at a moment."""
    return folder / f"aside-{now:%Y%m%d-%H%M%S}"


def set_aside(path: Path, aside: Path) -> None:
    """Move a file, folder or link there. Raises OSError."""
    target = _place_in(aside, path)
    if path.is_symlink():
        shutil.move(path, target)
    else:
        rename(path, target)


def keep_aside(path: Path, aside: Path) -> None:
    """Copy a file there that is to be replaced in one step, so that at no moment there is none. Raises OSError."""
    write_durably(_place_in(aside, path), path.read_bytes())


def make_way(place: Path, aside: Path) -> None:
    """Keep there what lies in the place of a file that is to be written, whatever it is. Raises OSError."""
    if place.is_file() and not place.is_symlink():
        try:
            keep_aside(place, aside)
        except PermissionError:  # it can be moved all the same
            set_aside(place, aside)
    elif place.is_symlink() or place.exists():
        set_aside(place, aside)


def _place_in(aside: Path, path: Path) -> Path:
    """A free place for a file in the folder of what is set aside."""
    make_folder(aside)
    target, number = aside / path.name, 1
    while target.exists() or target.is_symlink():
        number += 1
        target = aside / f"{number}-{path.name}"
    return target
