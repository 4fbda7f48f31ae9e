"""Backups: the whole book in one dated file, verified after writing, and thinned out with time."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from lzma import LZMAError
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import orjson

from config.errors import BookError
from config.plain import visible
from config.reasons import system_reason
from config.text import Text, t
from records.store.about import read_about
from records.store.contract import Problem
from records.store.history import whole_chain
from records.store.journal.durable import disk, make_folder, open_file, rename_beside, sync_file
from records.store.journal.segments import digest_of, segments
from records.store.safety.inspection import damage_problem
from records.store.safety.leftovers import clear_parts
from records.store.safety.parts import BASE, KEPT, SEGMENT, below, found, linked, linked_words
from records.store.safety.rollback_guard import WAY_OUT, RollbackGuard, behind
from records.store.safety.vouching import about_problem, end_problem, remains_problem
from records.store.sealing.ring import FILES, Ring, decoded

_MANIFEST = "manifest.json"
_STAMP = re.compile(r"-(\d{8}-\d{6})(?:-[\w-]+)?\.backup\.zip$")
_PART = 1 << 20
_MOST, _LONGEST = 1000, 300
_LARGE, _DENSEST = 200_000_000, 100
"""Bytes that any backup may unpack to, and how many times its own size beyond that: a journal shrinks to a tenth."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file and what it holds.

    Attributes:
        book: id of the book; `seq` and `digest` its head.
        made: when, as text with its zone.
        wrong: what verifying rejected in the book when the backup was written: names of files, else of records, or
            sentences.
    """

    path: Path
    book: str
    seq: int
    digest: str
    made: str
    files: dict[str, str]
    wrong: tuple[str, ...] = ()


Progress = Callable[[int, int], None]
"""Is told bytes done and bytes in all, now and then and at the end."""


class _Count:
    """Counts bytes, and tells of them not oftener than anybody can see."""

    def __init__(self, progress: Progress | None, size: int) -> None:
        self._progress, self._size = progress, max(size, 1)
        self._done = self._told = 0

    def add(self, size: int) -> None:
        """So many bytes more are done."""
        self._done += size
        if self._progress is not None and self._done - self._told >= _PART:
            self._told = self._done
            self._progress(min(self._done, self._size - 1), self._size)

    def end(self) -> None:
        """All are done."""
        if self._progress is not None:
            self._progress(self._size, self._size)


def write_backup(
    folder: Path,
    target: Path,
    *,
    now: datetime,
    note: str = "",
    heads: RollbackGuard | None = None,
    progress: Progress | None = None,
    wrong: Iterable[str] = (),
) -> Backup:
    """Write the book in `folder` as one file into `target`, and read it back.

    The book may be in use: what was acknowledged before the call is in the backup. `progress` is told of the writing
    as the first half and of the reading as the second. What is `wrong` with the book beside its journal is kept in it.

    Raises:
        BookError: when the book is damaged, is older than it was when `heads` last saw it, or the file cannot be
            written or does not read back the same.
    """
    about = read_about(folder)
    seq, digest = _head(folder)
    if heads and (older := whether_behind(folder, heads, seq)) is not None:
        raise BookError(older, where=str(folder), do=WAY_OUT)
    path = _named(target, folder.stem, now, note)
    part = target / f"{path.name}-{os.getpid()}.part"
    try:
        make_folder(target)
        clear_parts(target, f"{folder.stem}-")
        disk.close(disk.open(part, make=True))  # for its user alone
        told = {"format": about["format"], "book": about.get("id", ""), "seq": seq, "hash": digest}
        told |= {"made": now.astimezone().isoformat(timespec="seconds"), "wrong": list(map(visible, wrong))}
        _zip(folder, part, told, now, progress and (lambda done, every: progress(done, 2 * every)))
        sync_file(part)
        path = _placed(part, target, folder.stem, now, note)
    except OSError as error:
        raise _not_written(path, error) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return _read_back(path, progress and (lambda done, every: progress(every + done, 2 * every)))


def _read_back(path: Path, progress: Progress | None) -> Backup:
    """Read a new backup; it goes where that shows another content. Raises BookError."""
    try:
        return check_backup(path, progress=progress)
    except UnfitError:
        path.unlink(missing_ok=True)
        raise


class UnfitError(BookError):
    """A file is no backup, or not whole."""


def _named(target: Path, stem: str, now: datetime, note: str) -> Path:
    return target / ("-".join(each for each in (stem, f"{now:%Y%m%d-%H%M%S}", note) if each) + ".backup.zip")


def _placed(part: Path, target: Path, stem: str, now: datetime, note: str) -> Path:
    """Give a backup a name that no other has: of this second, or one of the next when another just got it."""
    while True:
        path = _named(target, stem, now, note)
        try:
            rename_beside(part, path)
        except FileExistsError:
            now += timedelta(seconds=1)
        else:
            return path


def _not_written(path: Path, error: OSError) -> BookError:
    return BookError(
        t("The backup cannot be written: {reason}", reason=system_reason(error)),
        where=str(path),
        do=t("choose another folder, or make room; the book itself is untouched"),
    )


def whether_behind(folder: Path, heads: RollbackGuard, seq: int | None = None) -> Text | None:
    """What is wrong with a book that is older than it was when `heads` last saw it; `seq` saves reading to its end."""
    known = heads.known(str(read_about(folder).get("id", "")))
    return behind(folder, whole_chain(folder).seq if seq is None else seq, known)


def _zip(folder: Path, part: Path, told: dict[str, Any], now: datetime, progress: Progress | None) -> None:
    names = _contents(folder)
    count = _Count(progress, sum((folder / each).stat().st_size for each in names))
    with ZipFile(part, "w") as zipped:
        files = {each: _pack(zipped, folder / each, _entry(each, now), upto=told["seq"], count=count) for each in names}
        told = {**told, "files": files}
        zipped.writestr(_entry(_MANIFEST, now), orjson.dumps(told, option=orjson.OPT_INDENT_2))


def _entry(name: str, now: datetime) -> ZipInfo:
    """What an archive says of a file: a clock that was set back says a year that no archive can hold."""
    entry = ZipInfo(name, max(now.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
    entry.compress_type = ZIP_DEFLATED
    entry._compresslevel = 3  # type: ignore[attr-defined]  # noqa: SLF001  # it has no other name before Python 3.13
    return entry


def _contents(folder: Path) -> list[str]:
    """Files of a book that a backup keeps, snapshots left out: the journal tells everything."""
    journal = {path.name for _, path in segments(folder)}
    own = [path.name for _, path in found(folder, KEPT) if path.name in journal or not path.name.startswith("journal-")]
    return [*own, *below(folder).held]


def _pack(zipped: ZipFile, path: Path, entry: ZipInfo, *, upto: int, count: _Count) -> str:
    """Put one file into the archive, of the journal only lines up to number `upto`; gives its SHA-256."""
    hasher = hashlib.sha256()
    segment = SEGMENT.fullmatch(entry.filename)
    with path.open("rb") as source, zipped.open(entry, "w", force_zip64=True) as target:
        parts: Iterable[bytes] = iter(lambda: source.read(_PART), b"")
        if segment:
            parts = islice(source, max(upto - int(segment[1]) + 1, 0))
        for each in parts:
            hasher.update(each)
            target.write(each)
            count.add(len(each))
    return hasher.hexdigest()


def _head(folder: Path) -> tuple[int, str]:
    """The last line of a journal that is whole but for a line that was never finished. Raises BookError."""
    try:
        chain = whole_chain(folder)
        problem = about_problem(folder, chain.vouched) or end_problem(folder, chain.seq, chain.vouched)
        for name in linked(folder):
            problem = Problem(name, linked_words(folder / name))
    except OSError as error:
        reason = t("The book cannot be read: {reason}", reason=system_reason(error))
        raise BookError(reason, where=str(error.filename or folder), do=t("ask who may read this folder")) from None
    if chain.damage is not None and not chain.damage.torn:
        problem = damage_problem(chain.damage)
    if problem is not None:
        raise BookError(problem.what, where=str(folder), do=t("see “book repair”; older backups are untouched"))
    return chain.seq, chain.digest


def check_backup(path: Path, *, progress: Progress | None = None) -> Backup:
    """Read a backup through: every file is what was written, and its journal is unbroken.

    Raises:
        BookError: when it is no backup, or not whole.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="sovang-", ignore_cleanup_errors=True) as name:
            return unpack(path, Path(name), progress=progress)
    except OSError as error:
        raise _not_unpacked(path, Path(tempfile.gettempdir()), system_reason(error)) from None


def unpack(path: Path, into: Path, *, progress: Progress | None = None) -> Backup:
    """Unpack a backup into an empty folder and check it there.

    What is no part of a book goes to a folder `aside-…` in it.

    Raises:
        BookError: when it is not whole, or there is no room for it.
    """
    try:
        file = open_file(path)
    except OSError as error:
        what = t("The backup cannot be read: {reason}", reason=system_reason(error))
        raise BookError(what, where=str(path), do=t("check the name, and who may read it")) from None
    with file:
        try:
            with ZipFile(file) as zipped:
                count = _Count(progress, sum(each.file_size for each in zipped.infolist()))
                backup = _unpacked(path, zipped, into, count)
        except OSError as error:
            if error.errno in _OF_BACKUP:
                raise _unfit(path, _CUT) from None
            raise _not_unpacked(path, into, system_reason(error)) from None
        except (BadZipFile, *_STRANGE):
            raise _unfit(path, _CUT) from None
    chain = whole_chain(into)
    if chain.damage is not None:
        raise _unfit(path, damage_problem(chain.damage).what)
    if (problem := about_problem(into, chain.vouched) or remains_problem(into, chain.vouched)) is not None:
        raise _unfit(path, problem.what)
    if (chain.seq, chain.digest) != (backup.seq, backup.digest):
        raise _unfit(path, t("its journal ends at change {seq} instead of {told}", seq=chain.seq, told=backup.seq))
    count.end()
    return backup


_CUT = t("its content is not that of a backup, or was cut off")
_STRANGE = (
    KeyError, ValueError, TypeError, AttributeError, EOFError, NotImplementedError, RuntimeError, zlib.error, LZMAError,
)  # fmt: skip
"""What a file that is no backup, or a hostile one, makes the reader raise."""
_OF_BACKUP = (None, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)
"""What the system says of names that no file of a book has; bzip2 raises errors of the system that have no number."""


def _unpacked(path: Path, zipped: ZipFile, into: Path, count: _Count) -> Backup:
    _judge_size(path, zipped, into)
    backup = _told(path, zipped.read(_MANIFEST))
    aside = into / f"aside-{re.sub('[^0-9]', '', backup.made)[:8]:0>8}-000000"
    for name, digest in backup.files.items():
        part = KEPT.fullmatch(name) or name.startswith(("config/", "files/"))
        target = ((into if part else aside) / name).resolve()
        if not target.is_relative_to(into.resolve()):
            raise _unfit(path, t("it names a file outside the book"))
        if name.endswith("/"):
            raise _unfit(path, _CUT)
        make_folder(target.parent)
        hasher = hashlib.sha256()
        with zipped.open(name) as source, os.fdopen(disk.open(target, make=True), "wb") as file:
            while content := source.read(_PART):
                hasher.update(content)
                file.write(content)
                count.add(len(content))
        if hasher.hexdigest() != digest:
            raise _unfit(path, t("the file {name} in it is not what was written", name=name))
    return backup


def _told(path: Path, manifest: bytes) -> Backup:
    told = orjson.loads(manifest)
    return Backup(
        path,
        book=str(told["book"]),
        seq=int(told["seq"]),
        digest=str(told["hash"]),
        made=str(told["made"]),
        files=told["files"],
        wrong=_judged_wrong(told.get("wrong", [])),
    )


def _judged_wrong(told: object) -> tuple[str, ...]:
    """What a manifest says was wrong, as far as anybody reads it. Raises ValueError where it is no list of texts."""
    if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
        raise ValueError("wrong")
    return tuple(visible(each.replace("\n", " "))[:_LONGEST] for each in told[:_MOST])


def _judge_size(path: Path, zipped: ZipFile, into: Path) -> None:
    """Refuse what no book unpacks to, and what there is no room for. Raises BookError."""
    size = sum(each.file_size for each in zipped.infolist())
    if size > _LARGE and size > _DENSEST * path.stat().st_size:
        raise _unfit(path, t("unpacked it would be {n} MB, which no book of this size is", n=size // 1_000_000))
    if size > shutil.disk_usage(into).free:
        need = t("{n} MB are needed and the disk has no room for them", n=size // 1_000_000 + 1)
        raise _not_unpacked(path, into, need)


def _not_unpacked(path: Path, into: Path, reason: Text) -> BookError:
    return BookError(
        t("The backup cannot be unpacked in {folder}: {reason}", folder=into, reason=reason),
        where=str(path),
        do=t("make room there; nothing is wrong with the backup as far as it was read"),
    )


def _unfit(path: Path, reason: Text) -> UnfitError:
    return UnfitError(
        t("This is no whole backup of a book: {reason}", reason=reason), where=str(path), do=t("use another backup")
    )


def file_in(path: Path, name: str) -> bytes | None:
    """A file of the book in a backup; None where it is not there, or it is no backup."""
    with suppress(OSError, BadZipFile, *_STRANGE), open_file(path) as file, ZipFile(file) as zipped:
        if zipped.getinfo(name).file_size <= _LARGE:
            return zipped.read(name)
    return None


def told_in(path: Path) -> Backup | None:
    """What a backup says of itself; None where it is none."""
    with suppress(*_STRANGE):
        return _told(path, file_in(path, _MANIFEST) or b"")
    return None


def ring_in(path: Path) -> Ring | None:
    """The keys of the sealed book in a backup; None where it is not sealed, or is no backup."""
    with suppress(OSError, BadZipFile, *_STRANGE), open_file(path) as file, ZipFile(file) as zipped:
        for name in FILES:
            with suppress(KeyError, ValueError):
                if zipped.getinfo(name).file_size <= _PART:
                    return decoded(zipped.read(name))
    return None


def backups(folder: Path, stem: str) -> list[Path]:
    """The backups of books called `stem` in a folder, newest first."""
    named = [(moment, path) for path in folder.glob("*.backup.zip") if _stem(path) == stem and (moment := _made(path))]
    return [path for _, path in sorted(named, key=lambda each: each[0], reverse=True)]


def _made(path: Path) -> datetime | None:
    """When a backup was made, as its name says; None for a name that no backup has, such as of the 40th of a month."""
    match = _STAMP.search(path.name)
    with suppress(ValueError):
        return datetime.strptime(match[1], "%Y%m%d-%H%M%S") if match else None  # noqa: DTZ007  # the office's own clock
    return None


def _stem(path: Path) -> str:
    return _STAMP.sub("", path.name)


def thin_out(new: Backup, book: Path, *, now: datetime, days: int = 7, weeks: int = 5, months: int = 12) -> list[Path]:
    """Delete backups that age made needless: the last of each of the newest days, weeks and months stay.

    Those of another book that is called the same, and files that are no backup, are left alone. So are those whose
    name says a time after `now`: one of the two clocks was wrong, and none of them is old for certain; and those that
    hold what the new one does not: changes that the book has no more, a beginning of the journal that was lost, or a
    file of settings that was taken away and that the journal still knows.

    Args:
        new: the backup that was just written, of a whole book.
        book: that book.
        now: the moment of the clock.
        days: how many of the newest days keep their last one.
        weeks: how many weeks do.
        months: how many months do.

    Returns:
        What was deleted.
    """
    found = {path: made for path in backups(new.path.parent, book.stem) if (made := _made(path)) and made <= now}
    known = whole_chain(book).vouched.config if found else None
    gone = {f"config/{name}" for name in known or ()} - new.files.keys()
    found = {path: made for path, made in found.items() if _stands_for(new, told_in(path), book, gone)}
    kept: set[Path] = set(list(found)[:1])
    spans: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (days, datetime.date),
        (weeks, lambda made: made.isocalendar()[:2]),
        (months, lambda made: (made.year, made.month)),
    )
    for count, span in spans:
        newest: dict[object, Path] = {}
        for path, made in found.items():
            newest.setdefault(span(made), path)
        kept |= set(list(newest.values())[:count])
    needless = [path for path in found if path not in kept]
    for path in needless:
        path.unlink(missing_ok=True)
    return needless


def _stands_for(new: Backup, old: Backup | None, book: Path, gone: set[str]) -> bool:
    """Whether a new backup of a book has all of the journal that an old one has, and none of what is `gone` in it."""
    if old is None or old.book != new.book or digest_of(book, old.seq) != old.digest:
        return False
    return _begins(new) <= _begins(old) and gone.isdisjoint(old.files)


def _begins(backup: Backup) -> int:
    """The line after which the journal of a backup begins."""
    return max((int(match[1]) for name in backup.files if (match := BASE.fullmatch(name))), default=0)
