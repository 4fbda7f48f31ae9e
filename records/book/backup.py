"""Backups: the whole book in one dated file, verified after writing, and thinned out with time."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import orjson

from config.errors import BookError, system_reason
from config.text import Text, t
from records.book.about import read_about
from records.book.history import whole_chain
from records.book.inspection import damage_words
from records.book.segments import sync_folder

_MANIFEST = "manifest.json"
_LEFT_OUT = re.compile(r"writer\.lock|holder\.json|index\.sqlite.*|.*\.tmp|aside-.*|snapshot-.*")
_STAMP = re.compile(r"-(\d{8}-\d{6})(?:-[\w-]+)?\.backup\.zip$")
_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file and what it holds.

    Attributes:
        book: id of the book; `seq` and `digest` its head.
        made: when, as text with its zone.
    """

    path: Path
    book: str
    seq: int
    digest: str
    made: str
    files: dict[str, str]


def write_backup(folder: Path, target: Path, *, now: datetime, note: str = "") -> Backup:
    """Write the book in `folder` as one file into `target`, and read it back.

    The book may be in use: what was acknowledged before the call is in the backup.

    Raises:
        BookError: when the book is damaged, or the file cannot be written or does not read back the same.
    """
    about = read_about(folder)
    seq, digest = _head(folder)
    name = "-".join(each for each in (folder.stem, f"{now:%Y%m%d-%H%M%S}", note) if each) + ".backup.zip"
    path = target / name
    part = path.with_suffix(".part")
    try:
        target.mkdir(parents=True, exist_ok=True)
        with ZipFile(part, "w", ZIP_DEFLATED, compresslevel=3) as zipped:
            files = {each: _pack(zipped, folder / each, each, upto=seq) for each in _contents(folder)}
            manifest = {
                "format": about["format"],
                "book": about.get("id", ""),
                "seq": seq,
                "hash": digest,
                "made": now.astimezone().isoformat(timespec="seconds"),
                "files": files,
            }
            zipped.writestr(_MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
        with part.open("r+b") as file:
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(target)
    except OSError as error:
        raise BookError(
            t("The backup cannot be written: {reason}", reason=system_reason(error)),
            where=str(path),
            do=t("choose another folder, or make room; the book itself is untouched"),
        ) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return check_backup(path)


def _contents(folder: Path) -> list[str]:
    """Files of a book that a backup keeps, snapshots left out: the journal tells everything."""
    found = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    return [each.as_posix() for each in found if not _LEFT_OUT.fullmatch(each.parts[0])]


def _pack(zipped: ZipFile, path: Path, name: str, *, upto: int) -> str:
    """Put one file into the archive, of the journal only lines up to number `upto`; gives its SHA-256."""
    hasher = hashlib.sha256()
    with path.open("rb") as source, zipped.open(name, "w", force_zip64=True) as target:
        parts: Iterable[bytes] = iter(lambda: source.read(_PART), b"")
        if name.endswith(".jsonl"):
            first = int(path.stem.partition("-")[2])
            parts = islice(source, max(upto - first + 1, 0))
        for part in parts:
            hasher.update(part)
            target.write(part)
    return hasher.hexdigest()


def _head(folder: Path) -> tuple[int, str]:
    """The last line of a journal that is whole but for a line that was never finished. Raises BookError."""
    seq, digest, damage = whole_chain(folder)
    if damage is not None and not damage.torn:
        raise BookError(damage_words(damage), where=str(folder), do=t("see “book repair”; older backups are untouched"))
    return seq, digest


def check_backup(path: Path) -> Backup:
    """Read a backup through: every file is what was written, and its journal is unbroken.

    Raises:
        BookError: when it is no backup, or not whole.
    """
    with tempfile.TemporaryDirectory(prefix="sovang-") as name:
        return unpack(path, Path(name))


def unpack(path: Path, into: Path) -> Backup:
    """Unpack a backup into an empty folder and check it there. Raises BookError when it is not whole."""
    try:
        with ZipFile(path) as zipped:
            told = orjson.loads(zipped.read(_MANIFEST))
            files: dict[str, str] = told["files"]
            for name, digest in files.items():
                target = (into / name).resolve()
                if not target.is_relative_to(into.resolve()):
                    raise _unfit(path, t("it names a file outside the book"))
                target.parent.mkdir(parents=True, exist_ok=True)
                with zipped.open(name) as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file, _PART)
                if hashlib.sha256(target.read_bytes()).hexdigest() != digest:
                    raise _unfit(path, t("the file {name} in it is not what was written", name=name))
        backup = Backup(path, told["book"], told["seq"], told["hash"], told["made"], files)
    except OSError as error:
        raise _unfit(path, system_reason(error)) from None
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, EOFError, zlib.error):
        raise _unfit(path, t("its content is not that of a backup, or was cut off")) from None
    seq, digest, damage = whole_chain(into)
    if damage is not None:
        raise _unfit(path, damage_words(damage))
    if (seq, digest) != (backup.seq, backup.digest):
        raise _unfit(path, t("its journal ends at change {seq} instead of {told}", seq=seq, told=backup.seq))
    return backup


def _unfit(path: Path, reason: Text) -> BookError:
    return BookError(
        t("This is no whole backup of a book: {reason}", reason=reason), where=str(path), do=t("use another backup")
    )


def backups(folder: Path, stem: str) -> list[Path]:
    """The backups of the book called `stem` in a folder, newest first."""
    found = [path for path in folder.glob("*.backup.zip") if _STAMP.search(path.name) and _stem(path) == stem]
    return sorted(found, key=_made, reverse=True)


def _made(path: Path) -> datetime:
    match = _STAMP.search(path.name)
    assert match is not None  # only such names are listed
    return datetime.strptime(match[1], "%Y%m%d-%H%M%S")  # noqa: DTZ007  # the office's own clock


def _stem(path: Path) -> str:
    return _STAMP.sub("", path.name)


def thin_out(folder: Path, stem: str, *, days: int = 7, weeks: int = 5, months: int = 12) -> list[Path]:
    """Delete backups that age made needless: the last of each of the newest days, weeks and months stay.

    Returns:
        What was deleted.
    """
    found = backups(folder, stem)
    kept: set[Path] = set(found[:1])
    spans: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (days, datetime.date),
        (weeks, lambda made: made.isocalendar()[:2]),
        (months, lambda made: (made.year, made.month)),
    )
    for count, span in spans:
        newest: dict[object, Path] = {}
        for path in found:
            newest.setdefault(span(_made(path)), path)
        kept |= set(list(newest.values())[:count])
    gone = [path for path in found if path not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone
