"""Backups as the office's settings want them: one a day, thinned out with age."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

from config.errors import BookError
from config.settings.loading import Settings
from records.store.about import read_about
from records.store.history import whole_chain
from records.store.safety.backup import Backup, Progress, backups, thin_out, told_in, write_backup
from records.store.safety.own_settings import torn
from records.store.safety.rollback_guard import RollbackGuard
from records.store.sealing.unlocking import sealer_of


def back_up(
    path: Path,
    folder: Path,
    settings: Settings,
    *,
    now: datetime,
    heads: RollbackGuard | None = None,
    progress: Progress | None = None,
    wrong: Collection[str] = (),
    thin: bool = True,
) -> tuple[Backup, list[Path]]:
    """Back the book at `path` up into `folder`, and let go of backups that age made needless.

    Args:
        path: the book.
        folder: where its backups are.
        settings: how many stay.
        now: names the backup; none that says a later time is deleted.
        heads: where its head is kept outside.
        progress: told (done, all) now and then.
        wrong: what verifying rejects in it, which the backup remembers.
        thin: whether older ones may go; one may be the last that has what the book has no more.

    Returns:
        The new backup, read back, and what was deleted.

    Raises:
        BookError: when the book is damaged, or older than `heads` last saw it, or the backup cannot be written.
    """
    kept = settings.office.backups
    made = write_backup(path, folder, now=now, heads=heads, progress=progress, wrong=wrong)
    if not thin:
        return made, []
    return made, thin_out(made, path, now=now, days=kept.days, weeks=kept.weeks, months=kept.months)


def backed_up(path: Path, folder: Path) -> date | None:
    """The day of the newest backup of the book at `path` in `folder`; None where there is none.

    Raises:
        BookError: when there is no book.
        OSError: when the folder cannot be read.
    """
    book = read_about(path).get("id", "")
    newest = next((each for each in backups(folder, path.stem) if (told := told_in(each)) and told.book == book), None)
    return None if newest is None else datetime.fromtimestamp(newest.stat().st_mtime).date()  # noqa: DTZ006  # civil day


def may_mend_settings(path: Path) -> bool:
    """Whether settings of the book at `path` are refused by themselves, so that a repair takes them from a backup."""
    try:
        return bool(torn(path, whole_chain(path).vouched.config, sealer_of(path)))
    except (BookError, OSError):
        return False
