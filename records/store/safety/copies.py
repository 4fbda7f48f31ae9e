"""Books made from other books: a backup restored, and the past of a book as a book of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from config.errors import AppError, BookError
from config.i18n import tr
from config.reasons import system_reason
from config.text import Text, t
from records.store.about import LEADS_NOWHERE, judge_outside, new_id, read_about, write_about
from records.store.access.newest import newest_gate
from records.store.journal.durable import make_folder, rename, sync_tree, write_durably
from records.store.journal.engine import Engine
from records.store.journal.lock import WriterLock
from records.store.journal.moments import moment
from records.store.journal.segments import plain, segment_path, segments
from records.store.safety.backup import Backup, Progress, unpack
from records.store.safety.leftovers import clear_parts
from records.store.safety.vouching import about_hash, base_name, base_of
from records.store.sealing.persons import FILES as PERSON_KEYS
from records.store.sealing.ring import FILES as RING


def restore(
    path: Path,
    target: Path,
    *,
    now: datetime,
    actor: str,
    replace: bool = False,
    progress: Progress | None = None,
    told: tuple[str, Text] | None = None,
    judge: Callable[[Path], None] | None = None,
) -> tuple[Backup, Path | None]:
    """Unpack a backup as the book `target`, with a line in its journal that says so.

    The restored book gets an id of its own: it is a copy that may go its own way. `told` is what its line says, act
    and about, where it is more than a restoring; `judge` looks at the book before it gets its name.

    Returns:
        The backup, and where the book that was at `target` was put, if there was one and `replace` was given.

    Raises:
        BookError: when it is no whole backup, there is something at `target`, or somebody works in it.
        ForbiddenError: when the book at `target` has accounts, and whoever is signed in gives none there.
    """
    if replace:
        _judge_replaced(target)
    if _is_taken(target) and not replace and told is None:
        raise _taken(target, t("name a folder that does not exist, or set the old book aside with --replace"))
    with made(target, replace=replace) as part:
        backup = unpack(path, part, progress=progress)
        about = read_about(part)
        write_about(part, {**about, "id": new_id(), "restored": {"book": backup.book, "seq": backup.seq}})
        action, about_ = (told[0], tr(told[1])) if told else ("book.restore", path.name)
        _sign(part, {"time": moment(now), "actor": actor, "action": action, "about": about_})
        if judge is not None:
            judge(part)
        aside = _set_aside(target, actor=actor, now=now)
    return backup, aside


def _judge_replaced(target: Path) -> None:
    """Refuse to put an older state in the place of a book with accounts to who gives none: rights taken would be back.

    Raises BookError, ForbiddenError. Where nothing of it can be read, whatever is put there is better.
    """
    try:
        gate = newest_gate(target)
    except (OSError, BookError):
        return
    gate.judge("accounts")


def copy_past(folder: Path, target: Path, *, upto: int, now: datetime, actor: str) -> None:
    """Make a book of the lines of another up to number `upto`, with a line more that says so.

    Raises:
        BookError: when `target` is taken, or the history does not reach back as far.
    """
    base = base_of(folder)
    if base is not None and upto < base[0]:
        raise BookError(
            t("The history up to change {seq} was damaged and cannot be read", seq=base[0]),
            where=str(folder),
            do=t("name a later change"),
        )
    with made(target, replace=False) as part:
        if base is not None:
            write_durably(part / base_name(base[0], base[1]), base[1])
        for first, path in segments(folder):
            lines = plain(path).splitlines(keepends=True)[: max(upto - first + 1, 0)]
            if lines:
                write_durably(segment_path(part, first), b"".join(lines))
        for source in (each for name in ("config", "files") for each in sorted((folder / name).rglob("*"))):
            if source.is_file():
                target = part / source.relative_to(folder)
                make_folder(target.parent)
                write_durably(target, source.read_bytes())
        for name in (*RING, *PERSON_KEYS):
            if (folder / name).is_file():
                write_durably(part / name, (folder / name).read_bytes())
        about = read_about(folder)
        write_about(part, {**about, "id": new_id(), "past_of": {"book": about["id"], "seq": upto}})
        _sign(
            part,
            {"time": moment(now), "actor": actor, "action": "book.past", "about": str(upto)},
            base[1] if base else b"",
        )


def _sign(part: Path, body: dict[str, Any], base: bytes = b"") -> None:
    """Write a line that vouches for `book.json` as it now is, and for the state with which the journal begins."""
    engine = Engine(part, about=about_hash(part), base=base)
    engine.judge_writable()
    if body["action"] == "book.past":  # settings are copied as they are today
        engine.take_settings()
    engine.commit(body, [])
    engine.close()


@contextmanager
def made(target: Path, *, replace: bool) -> Iterator[Path]:
    """The folder of a book to fill, which becomes `target` when the block ends well, and vanishes when not."""
    with whole_folder(target, replace=replace) as part:
        yield part
        for folder in ("config", "files"):
            make_folder(part / folder)


@contextmanager
def whole_folder(target: Path, *, replace: bool = False) -> Iterator[Path]:
    """A folder to fill, which becomes `target` when the block ends well, and vanishes when not.

    Raises:
        BookError: when there is something at `target`, or it cannot be written.
        InputError: when it would lie in a book.
    """
    judge_outside(target.parent)
    if _is_taken(target) and not replace:
        raise _taken(target, t("name a folder that does not exist"))
    part = target.with_name(f"{target.name}-{os.getpid()}.part")
    try:
        clear_parts(target.parent, f"{target.name}-")
        make_folder(part)
        yield part
        sync_tree(part)
        rename(part, target)
    except AppError as error:
        error.naming(target, instead_of=part)
        raise
    except OSError as error:
        raise BookError(
            t("The book cannot be made: {reason}", reason=system_reason(error)),
            where=str(target),
            do=t("choose a folder that can be written, or make room; nothing was replaced"),
        ) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _is_taken(target: Path) -> bool:
    """Whether there is something at a place, if only a link that leads nowhere."""
    return target.exists() or target.is_symlink()


def _taken(target: Path, do: Text) -> BookError:
    what = t("There is already something at this place") if target.exists() else LEADS_NOWHERE
    return BookError(what, where=str(target), do=do)


def _set_aside(target: Path, *, actor: str, now: datetime) -> Path | None:
    """Rename what is at `target`. Raises BookError when it is a book somebody works in."""
    if not _is_taken(target):
        return None
    aside = target.with_name(f"{target.stem}-before-{now:%Y%m%d-%H%M%S}{target.suffix}")
    if target.is_dir():
        lock = WriterLock(target)
        lock.take(actor=actor, now=now)
        lock.release()
    rename(target, aside)
    return aside
