"""Before the screen: whether the terminal can show it, and how its book is opened."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import BookError, InputError
from config.i18n import tr, tr_
from config.text import t
from tui.cli import context
from tui.present import books
from tui.widgets.frame import LEAST_HEIGHT, LEAST_WIDTH

if TYPE_CHECKING:
    from config.settings.loading import Settings
    from records.services.office import Office
    from records.store.book import Book


def judge_terminal() -> None:
    """Refuse a terminal that cannot show the screen. Raises InputError."""
    commands = t("use the commands instead; “main.py --help” lists them")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError(t("The screen needs a terminal"), do=commands)
    if os.environ.get("TERM", "") == "dumb":
        raise InputError(t("This terminal is “dumb”: it cannot show a screen"), do=commands)
    width, height = shutil.get_terminal_size()
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        raise InputError(
            t("The terminal is {width}x{height}", width=width, height=height), do=t("enlarge it to 80x24 or more")
        )


def is_vacant(path: Path) -> bool:
    """Whether there is nothing at a place, so that a book may be made there."""
    return not path.exists() or (path.is_dir() and not any(path.iterdir()))


def needs_key(path: Path) -> bool:
    """Whether the book at `path` is sealed and was not unlocked; its opening says why where its keys cannot be read."""
    if not any((path / name).exists() for name in ("keys.json", "keys-spare.json")):
        return False
    from records.store.sealing.unlocking import is_locked  # noqa: PLC0415  # few books are sealed

    try:
        return is_locked(path)
    except BookError:
        return False


def unlock_if_given(args: argparse.Namespace, path: Path | None) -> None:
    """Unlock the book at `path` where it is sealed and its passphrase was given; raises as the commands do."""
    if path is not None and needs_key(path):
        from tui.cli import passphrases  # noqa: PLC0415  # few books are sealed

        passphrases.unlock_if_given(args, path)


@contextmanager
def open_office(args: argparse.Namespace) -> Iterator[Office]:
    """The office of this run: made up with `--demo`; only read when another program holds the book.

    Raises:
        BookError: when there is no book or it cannot even be read.
    """
    if args.demo:
        with books.demo_office(Path(tempfile.gettempdir())) as made_up:
            yield made_up
        return
    from records.store.journal import ahead  # noqa: PLC0415  # the screen is painted before

    path = context.book_path(args)
    ahead.read_ahead(path)
    from records.services.office import Office  # noqa: PLC0415  # another core reads meanwhile
    from records.store import caches  # noqa: PLC0415
    from records.store.sealing.unlocking import sealer_of  # noqa: PLC0415

    if not path.exists():
        do = t("make one with “book new”, name it with --book, or look around with --demo")
        raise BookError(t("There is no book at this place"), where=str(path), do=do)
    sealer_of(path)  # a locked one is said to be, before its settings are asked for
    settings = books.settings_of(path)
    with _open_book(path, settings) as book:
        caches.read_ahead(path)
        for other in books.heads().others(settings.office.code, path)[:1] if settings.office.code else ():
            told = t("Another book on this computer has the code {code} too: {path}", code=book.office, path=other)
            book.notices.append(told)
        yield Office(book.settled() if book.read_only else book, settings)


def _open_book(path: Path, settings: Settings) -> Book:
    from records.store.book import Book  # noqa: PLC0415  # the screen is painted before

    try:
        return Book.open(path, actor=books.actor(), heads=books.heads(settings))
    except BookError as held:
        try:
            book = Book.open(path, actor=books.actor(), read_only=True, heads=books.heads(settings))
        except BookError:
            raise held from None
        book.notices.insert(0, held.what)
        return book


def back_up_today(args: argparse.Namespace) -> None:
    """Back the book up after it was changed, once a day; what cannot be done is said and stops nobody."""
    path = context.book_path(args)
    settings = books.settings_of(path)
    folder = books.backup_folder(path, settings)
    now = datetime.now()  # noqa: DTZ005  # the office's own clock
    if not settings.office.backups.daily or (books.backed_up(path, settings) or date.min) >= now.date():
        return
    try:
        made, _ = books.back_up(path, folder, settings, now=now)
    except BookError as error:
        context.complain(error, as_json=False)
        return
    lines = [tr_("Backup written and read back: {path}", path=made.path), *map(tr, books.wrong_in(made))]
    context.answer(args, {"backup": str(made.path), "wrong": list(made.wrong)}, lines)
