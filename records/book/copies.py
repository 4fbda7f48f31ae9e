"""Books made from other books: a backup restored, and the past of a book as a book of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from config.errors import BookError, system_reason
from config.text import t
from records.book.about import new_id, read_about, write_about
from records.book.backup import Backup, unpack
from records.book.engine import Engine, moment
from records.book.lock import WriterLock
from records.book.segments import segments, sync_folder, write_durably


def restore(
    path: Path, target: Path, *, now: datetime, actor: str, replace: bool = False
) -> tuple[Backup, Path | None]:
    """Unpack a backup as the book `target`, with a line in its journal that says so.

    The restored book gets an id of its own: it is a copy that may go its own way.

    Returns:
        The backup, and where the book that was at `target` was put, if there was one and `replace` was given.

    Raises:
        BookError: when it is no whole backup, there is something at `target`, or somebody works in it.
    """
    with _made(target, replace=replace) as part:
        backup = unpack(path, part)
        for key in part.rglob("*.key"):  # an archive keeps no rights
            key.chmod(0o600)
        about = read_about(part)
        write_about(part, {**about, "id": new_id(), "restored": {"book": backup.book, "seq": backup.seq}})
        body = {"time": moment(now), "actor": actor, "action": "book.restore", "about": path.name}
        engine = Engine(part)
        engine.commit(body, [])
        engine.close()
        aside = _set_aside(target, actor=actor, now=now)
    return backup, aside


def copy_past(folder: Path, target: Path, *, upto: int) -> None:
    """Make a book of the lines of another up to number `upto`. Raises BookError when `target` is taken."""
    with _made(target, replace=False) as part:
        for first, path in segments(folder):
            lines = path.read_bytes().splitlines(keepends=True)[: max(upto - first + 1, 0)]
            if lines:
                write_durably(part / path.name, b"".join(lines))
        for name in ("config", "files"):
            if (folder / name).is_dir():
                shutil.copytree(folder / name, part / name)
        about = read_about(folder)
        write_about(part, {**about, "id": new_id(), "past_of": {"book": about["id"], "seq": upto}})


@contextmanager
def _made(target: Path, *, replace: bool) -> Iterator[Path]:
    """A folder to fill, which becomes `target` when the block ends well, and vanishes when not."""
    if target.exists() and not replace:
        raise BookError(
            t("There is already something at this place"),
            where=str(target),
            do=t("name a folder that does not exist, or set the old book aside with --replace"),
        )
    part = target.with_name(f"{target.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
        for folder in ("config", "files"):
            (part / folder).mkdir(exist_ok=True)
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise BookError(
            t("The book cannot be made: {reason}", reason=system_reason(error)),
            where=str(target),
            do=t("choose a folder that can be written, or make room; nothing was replaced"),
        ) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _set_aside(target: Path, *, actor: str, now: datetime) -> Path | None:
    """Rename what is at `target`. Raises BookError when it is a book somebody works in."""
    if not target.exists():
        return None
    aside = target.with_name(f"{target.stem}-before-{now:%Y%m%d-%H%M%S}{target.suffix}")
    if target.is_dir():
        lock = WriterLock(target)
        lock.take(actor=actor, now=now)
        lock.release()
    target.replace(aside)
    return aside
