"""A parcel: a book on its way to another person or machine, with what is needed to check it on the other side."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from config.errors import BookError
from config.reasons import system_reason
from config.text import Text, t
from records.store.journal.durable import read_file, write_durably
from records.store.safety.backup import Backup, Progress, UnfitError, check_backup, write_backup
from records.store.safety.copies import restore
from records.store.safety.rollback_guard import RollbackGuard

MANIFEST = "parcel.json"
_KIND = "sovang.parcel"
_FORMAT = 1
_PART = 1 << 20
_LARGEST = 1 << 20
TAKEN_OVER = "book.take_over"


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a parcel."""

    size: int
    sha256: str


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """What a parcel says of itself (`parcel.json`).

    Attributes:
        book: id of the book; `office` its code and `name` what the office is called.
        seq, hash: number and hash of its last change: the mark of the chain.
        key: fingerprint of the key that seals, or empty.
        giver, to: who hands over, and to whom.
        made: a moment.
        backup: name of the file with the whole book.
        files: name -> size and SHA-256 of every other file of the parcel.
    """

    kind: str
    format: int
    book: str
    office: str
    name: str
    seq: int
    hash: str
    key: str
    giver: str
    to: str
    made: str
    backup: str
    files: dict[str, Packed]

    @property
    def check(self) -> str:
        """Sixteen signs that stand on the paper of the handing over and in no other parcel."""
        told = "|".join((self.book, str(self.seq), self.hash, self.key, self.files[self.backup].sha256))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def pack(
    book: Path,
    part: Path,
    told: Parcel,
    *,
    now: datetime,
    heads: RollbackGuard | None = None,
    progress: Progress | None = None,
) -> Parcel:
    """Write the whole book into a folder that is being filled, read it back, and say of it what `told` does not yet.

    Raises:
        BookError: as `write_backup`.
    """
    backup = write_backup(book, part, now=now, heads=heads, progress=progress)
    return msgspec.structs.replace(
        told, kind=_KIND, format=_FORMAT, book=backup.book, seq=backup.seq, hash=backup.digest, made=backup.made,
        backup=backup.path.name, files={backup.path.name: _packed(backup.path)},
    )  # fmt: skip


def close_parcel(part: Path, told: Parcel) -> Parcel:
    """Name every file that lies in the folder, and write what the parcel says of itself. Raises OSError."""
    files = {each.name: _packed(each) for each in sorted(part.iterdir()) if each.is_file()}
    whole = msgspec.structs.replace(told, files=files)
    write_durably(part / MANIFEST, msgspec.json.format(msgspec.json.encode(whole), indent=1))
    return whole


def _packed(path: Path) -> Packed:
    hasher = hashlib.sha256()
    with path.open("rb") as source:
        while content := source.read(_PART):
            hasher.update(content)
    return Packed(size=path.stat().st_size, sha256=hasher.hexdigest())


def read_parcel(folder: Path, *, progress: Progress | None = None) -> tuple[Parcel, Backup]:
    """Check a parcel: every file is what was packed, the book in it is whole and the one that the parcel names.

    Raises:
        BookError: saying what is wrong; nothing is taken from it then.
    """
    told = _told(folder)
    for name, packed in told.files.items():
        path = folder / name
        if Path(name).name != name or not path.is_file():
            raise _unfit(folder, t("the file {name} is missing", name=name))
        try:
            same = path.stat().st_size == packed.size and _packed(path) == packed
        except OSError as error:
            raise _unfit(folder, t("{name} cannot be read: {reason}", name=name, reason=system_reason(error))) from None
        if not same:
            raise _unfit(folder, t("the file {name} in it is not what was packed", name=name))
    try:
        backup = check_backup(folder / told.backup, progress=progress)
    except UnfitError as error:
        raise _unfit(folder, error.what) from None
    if (backup.book, backup.seq, backup.digest) != (told.book, told.seq, told.hash):
        raise _unfit(folder, t("the book in it is not the one that it names"))
    return told, backup


def _told(folder: Path) -> Parcel:
    path = folder / MANIFEST
    try:
        if path.stat().st_size > _LARGEST:
            raise _foreign(folder)
        told = msgspec.json.decode(read_file(path), type=Parcel)
    except (OSError, msgspec.MsgspecError, ValueError):
        raise _foreign(folder) from None
    if told.kind != _KIND or told.backup not in told.files:
        raise _foreign(folder)
    if told.format > _FORMAT:
        raise BookError(
            t("The parcel was made by a newer program (format {format})", format=told.format),
            where=str(folder),
            do=t("update this program; nothing was taken over"),
        )
    return told


def take_over(
    folder: Path,
    target: Path,
    *,
    now: datetime,
    actor: str,
    judge: Callable[[Path, Parcel], None],
    progress: Progress | None = None,
) -> Parcel:
    """Make the book of a parcel at `target`, with a line in its journal that says from whom it came.

    Args:
        folder: the parcel.
        target: where the book shall lie.
        now: the clock.
        actor: who takes it over.
        judge: is given the book before it gets its name, and the parcel; what it raises keeps it from being there.
        progress: as of `restore`.

    Raises:
        BookError: when the parcel is damaged or none, or there is something at `target`.
    """
    told, _ = read_parcel(folder)
    restore(
        folder / told.backup,
        target,
        now=now,
        actor=actor,
        progress=progress,
        told=(TAKEN_OVER, t("from {giver}, change {seq}", giver=told.giver, seq=told.seq)),
        judge=lambda part: judge(part, told),
    )
    return told


def _foreign(folder: Path) -> BookError:
    return BookError(
        t("This folder is no parcel of a book that was handed over"),
        where=str(folder),
        do=t("name the folder made with “book hand-over”, with the file {name} in it", name=MANIFEST),
    )


def _unfit(folder: Path, reason: Text) -> BookError:
    return BookError(
        t("The parcel is damaged: {reason}; nothing was taken over", reason=reason),
        where=str(folder),
        do=t("ask for it to be made again"),
    )
