"""The keeping desk: backups of the book, and whether it is whole."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from config.errors import BookError, system_reason
from config.settings.loading import Settings
from config.text import Text, t
from records.services.certificates.keys import key_problems
from records.services.office import Office
from records.store.safety.backup import Backup, Progress, backups, thin_out, write_backup
from records.store.safety.inspection import WHOLE, Report
from records.store.safety.rollback_guard import RollbackGuard


def back_up(
    path: Path,
    folder: Path,
    settings: Settings,
    *,
    now: datetime,
    heads: RollbackGuard | None = None,
    progress: Progress | None = None,
) -> tuple[Backup, list[Path]]:
    """Back the book at `path` up into `folder`, and let go of backups that age made needless.

    Returns:
        The new backup, read back, and what was deleted.

    Raises:
        BookError: when the book is damaged, or older than `heads` last saw it, or the backup cannot be written.
    """
    kept = settings.office.backups
    made = write_backup(path, folder, now=now, heads=heads, progress=progress)
    return made, thin_out(folder, path.stem, days=kept.days, weeks=kept.weeks, months=kept.months)


def is_backed_up(path: Path, folder: Path, on: date) -> bool:
    """Whether a backup of the book at `path` was written on `on`."""
    newest = next(iter(backups(folder, path.stem)), None)
    return newest is not None and datetime.fromtimestamp(newest.stat().st_mtime).date() >= on  # noqa: DTZ006  # civil day


def verify(office: Office, mark: str = "") -> Report:
    """Read everything the book keeps, and hold the mark of a paper against it.

    Raises:
        BookError: when a file of the book cannot be read.
    """
    try:
        report = office.book.verify(mark)
    except OSError as error:
        raise BookError(
            t("The book cannot be read: {reason}", reason=system_reason(error)),
            where=str(error.filename or office.book.path),
            do=t("ask who may read this folder, or restore a backup"),
        ) from None
    problems = [*report.problems, *key_problems(office)]
    if len(problems) == len(report.problems):
        return report
    lines = [each for each in report.lines if each != WHOLE]
    return Report(whole=False, lines=(*lines, *(each.what for each in key_problems(office))), problems=tuple(problems))


def mark(office: Office) -> Text:
    """Small print for what leaves the office: by it a paper and the book can be held against each other."""
    seq, digest = office.book.head()
    return t("Book {office}, change {seq}, {digest}", office=office.book.office, seq=seq, digest=digest[:16])
