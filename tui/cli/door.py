"""What every command shares: opening the office, answering as text or JSON, and the exit codes."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from config.errors import AppError, BookError
from config.settings import Settings, load_settings
from config.speech import say, say_
from config.text import Text, t
from records.book.book import Book
from records.book.heads import Heads
from records.demo.fill import fill
from records.demo.people import DEMO_DAY
from records.desks.office import Office, furnish
from records.domain.dates import parse_day
from tui.cli.plain import escaped, visible

DONE, FINDINGS = 0, 1


def actor() -> str:
    """Who is at the keyboard, as the journal names them."""
    try:
        return visible(os.environ.get("SOVANG_USER") or getpass.getuser())
    except (OSError, KeyError):
        return "?"


def today(args: argparse.Namespace) -> date:
    """The day commands work on when none is given: today, or the day the demo office lives on."""
    return DEMO_DAY if args.demo else date.today()  # noqa: DTZ011  # a civil day, in the office's own clock


def day_given(args: argparse.Namespace, name: str, field: str) -> date:
    """The day given by option `name`, or `today`. Raises InputError for no day."""
    typed = getattr(args, name)
    return parse_day(typed, field=field, today=today(args)) if typed else today(args)


def book_path(args: argparse.Namespace) -> Path:
    """The book meant: `--book`, else SOVANG_BOOK, else the user's own."""
    if args.book:
        return Path(args.book)
    if given := os.environ.get("SOVANG_BOOK"):
        return Path(given)
    from platformdirs import user_data_path  # noqa: PLC0415  # only needed when nothing is named

    return user_data_path("sovang", appauthor=False) / "office.sovang"


def heads(settings: Settings | None = None) -> Heads:
    """Where heads of books are kept outside: SOVANG_STATE, else this user's folder; and a second that settings name."""
    second = Path(settings.office.backups.heads).expanduser() if settings and settings.office.backups.heads else None
    if given := os.environ.get("SOVANG_STATE"):
        return Heads(Path(given), second)
    from platformdirs import user_state_path  # noqa: PLC0415  # only needed when nothing is named

    return Heads(user_state_path("sovang", appauthor=False) / "heads", second)


def backup_folder(path: Path, settings: Settings) -> Path:
    """Where backups of the book at `path` go: SOVANG_BACKUPS, else what the settings say, else a folder beside it."""
    given = os.environ.get("SOVANG_BACKUPS") or settings.office.backups.folder
    return Path(given).expanduser() if given else path.absolute().parent / f"{path.stem}-backups"


def settings_of(path: Path | None) -> Settings:
    """The shipped settings under those of the book at `path`, if it has its own."""
    own = path / "config" if path else None
    return load_settings(*([own] if own and own.is_dir() else []))


@contextmanager
def office(args: argparse.Namespace, *, write: bool = False) -> Iterator[Office]:
    """The open office of this command; with `--demo` a made-up one in a temporary folder.

    Raises:
        BookError: when there is no book, it is held by another program, or it cannot be written though `write`.
    """
    if args.demo:
        with demo_office(Path(tempfile.gettempdir())) as made_up:
            yield made_up
        return
    path = book_path(args)
    if not path.exists():
        raise BookError(
            t("There is no book at this place"),
            where=str(path),
            do=t("make one with “book new”, or name it with --book"),
        )
    settings = settings_of(path)
    with Book.open(path, actor=actor(), read_only=not write, heads=heads(settings)) as book:
        book.settled()
        if write and book.read_only:
            raise _locked_out(book)
        for notice in book.notices:
            print(say(notice), file=sys.stderr)
        yield Office(book, settings)


def _locked_out(book: Book) -> BookError:
    """Why a book that was opened for writing cannot be written, and the way out."""
    if book.damage is not None:
        return BookError(book.damage, where=str(book.path), do=t("see “book repair”; nothing was changed"))
    if book.behind is not None:
        do = t("put the newer book back, or take this one for the right one with “book accept”")
        return BookError(book.behind, where=str(book.path), do=do)
    reason = book.notices[0] if book.notices else t("The book can only be read")
    return BookError(reason, where=str(book.path), do=t("see “book info”; nothing was changed"))


@contextmanager
def demo_office(parent: Path) -> Iterator[Office]:
    """A demo office in a temporary folder under `parent`, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="sovang-", dir=parent, ignore_cleanup_errors=True) as folder:
        settings = settings_of(None)
        with Book.create(
            Path(folder) / "demo.sovang", office=settings.office.code, actor="demo", lasting=False
        ) as book:
            made_up = Office(book, settings)
            furnish(made_up)
            fill(made_up)
            yield made_up


@contextmanager
def empty_office() -> Iterator[Office]:
    """An office with nobody in it, for reading a spreadsheet where there is no book yet."""
    with tempfile.TemporaryDirectory(prefix="sovang-", ignore_cleanup_errors=True) as folder:
        settings = settings_of(None)
        with Book.create(
            Path(folder) / "empty.sovang", office=settings.office.code, actor="preview", lasting=False
        ) as book:
            made = Office(book, settings)
            furnish(made)
            yield made


def answer(args: argparse.Namespace, found: Mapping[str, object], lines: Iterator[str] | list[str]) -> None:
    """Print `found` as one JSON object where `--json` was given, else the lines."""
    if args.json:
        print(escaped(json.dumps(found, ensure_ascii=False)))
        return
    for line in lines:
        print(line)


def complain(error: AppError, *, as_json: bool) -> int:
    """Say an error where its reader looks for it; returns the exit code."""
    what, where, do = say(error.what), say(error.where), say(error.do)
    if as_json:
        print(escaped(json.dumps({"error": {"what": what, "where": where, "do": do}}, ensure_ascii=False)))
    else:
        print(sentence(what, where, do), file=sys.stderr)
    return error.exit_code


def sentence(what: str, where: str, do: str) -> str:
    """The three parts of an error as a person reads them on one line."""
    place = f" ({where})" if where else ""
    return f"{what}{place}. {say_('What to do')}: {do}{'' if do.endswith('?') else '.'}" if do else f"{what}{place}."


def label(text: Text) -> str:
    """A label followed by a colon, padded for a column of labels."""
    return f"{say(text)}:".ljust(22)
