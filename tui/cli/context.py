"""What every command shares: opening the office, answering as text or JSON, and the exit codes."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import AppError, BookError, ForbiddenError
from config.i18n import tr
from config.plain import escaped
from config.text import Text, t

if TYPE_CHECKING:
    from records.services.office import Office
    from records.store.book import Book

DONE, FINDINGS, NOT_SOUND = 0, 1, 3


def today(args: argparse.Namespace) -> date:
    """The day commands work on when none is given: today, or the day the demo office lives on."""
    if args.demo:
        from records.demo.people import DEMO_DAY  # noqa: PLC0415  # only the demo needs it

        return DEMO_DAY
    return date.today()  # noqa: DTZ011  # a civil day, in the office's own clock


def day_given(args: argparse.Namespace, name: str, field: str) -> date:
    """The day given by option `name`, or `today`. Raises InputError for no day."""
    typed = getattr(args, name)
    if not typed:
        return today(args)
    from records.domain.dates import parse_day  # noqa: PLC0415  # only a day that was typed needs it

    return parse_day(typed, field=field, today=today(args))


def book_path(args: argparse.Namespace) -> Path:
    """The book meant: `--book`, else SOVANG_BOOK, else the user's own."""
    if args.book:
        path = Path(args.book)
    elif given := os.environ.get("SOVANG_BOOK"):
        path = Path(given)
    else:
        from platformdirs import user_data_path  # noqa: PLC0415  # only needed when nothing is named

        path = user_data_path("sovang", appauthor=False) / "office.sovang"
    if path.with_name(f"{path.name}.unsealed").is_dir():
        from records.store.sealing.converting import finish_sealing  # noqa: PLC0415  # hardly ever cut off

        finish_sealing(path)
    return path


def there(args: argparse.Namespace) -> Path:
    """The book meant. Raises BookError when there is none."""
    path = book_path(args)
    if not path.exists():
        raise BookError(
            t("There is no book at this place"),
            where=str(path),
            do=t("make one with “book new”, or name it with --book"),
        )
    return path


@contextmanager
def office(
    args: argparse.Namespace, *, write: bool = False, sign: bool = True, own: bool = False, damaged: bool = False
) -> Iterator[Office]:
    """The open office of this command; with `--demo` a made-up one in a temporary folder.

    Whoever may only look is told that, and never what else stands against a change: that may rest on what they may not
    see. So a dry run is refused as well. What needs no signature (`sign`) is done without signing in;
    what is somebody's `own`, as their passphrase, whoever may only look does as well. What looks after a `damaged`
    book does without settings that cannot be read.

    Raises:
        ForbiddenError: when the command fails at a change, and whoever signed in may only look.
        BookError: when there is no book, it is held by another program, or it cannot be written though `write`.
    """
    from records.services.office import Office  # noqa: PLC0415  # a command that needs no book does without
    from records.store.book import Book  # noqa: PLC0415
    from tui.cli import passphrases  # noqa: PLC0415
    from tui.present.books import actor, demo_office, heads, settings_at, settings_of  # noqa: PLC0415

    if args.demo:
        with demo_office(Path(tempfile.gettempdir())) as made_up:
            _correct(args, made_up)
            yield made_up
        return
    path = there(args)
    passphrases.unlock(args, path)
    settings = settings_at(path) if damaged else settings_of(path)
    with Book.open(path, actor=actor(), read_only=not write, heads=heads(settings)) as book:
        _tell_state(args, book.settled(), write=write)
        found = Office(book, settings)
        if sign:
            passphrases.sign_in(args, found, write=write)
        _begin(args, found, write=write)
        try:
            yield found
        except AppError as error:
            if write and sign and not own and not isinstance(error, ForbiddenError):
                found.book.access.judge_some()
            raise


def _begin(args: argparse.Namespace, found: Office, *, write: bool) -> None:
    """See to what holds for the whole command: whether it may be tried, codes of before, a decision of correction."""
    if getattr(args, "dry_run", False):
        found.book.access.judge_some()
    _take_old_codes(args, found)
    if write:
        _correct(args, found)


def _tell_state(args: argparse.Namespace, book: Book, *, write: bool) -> None:
    """Say what is to be known of a book just opened. Raises BookError when it is to be written and cannot be."""
    if write and book.read_only:
        raise _locked_out(book)
    for notice in book.notices:
        print(tr(notice), file=sys.stderr)
    args.unsound = book.damage is not None or book.behind is not None


def _correct(args: argparse.Namespace, office: Office) -> None:
    """Do what the command does by the decision of correction that was named, if any was. Raises InputError."""
    if not args.correction and not args.correction_day:
        return
    from records.domain.dates import parse_day  # noqa: PLC0415  # hardly any command is a correction
    from records.services.book.closing import correct_by  # noqa: PLC0415

    day = parse_day(args.correction_day, field="--correction-day", today=today(args))
    correct_by(office, args.correction, day, today=today(args))


def _take_old_codes(args: argparse.Namespace, office: Office) -> None:
    """Let what was typed name records by their codes of now, where it names them by an earlier code of the office.

    Only whole codes do, alone or in a list with commas or as `row=code`: a path or a text that holds one stays.
    """

    def renamed(typed: str) -> str:
        return re.sub(r"[^,=]+", lambda found: office.current_id(found[0]), typed)

    for name, value in vars(args).items():
        if isinstance(value, str):
            setattr(args, name, renamed(value))
        elif isinstance(value, list):
            setattr(args, name, [renamed(each) if isinstance(each, str) else each for each in value])


def _locked_out(book: Book) -> BookError:
    """Why a book that was opened for writing cannot be written, and the way out."""
    if book.damage is not None:
        return BookError(book.damage, where=str(book.path), do=t("see “book repair”; nothing was changed"))
    if book.behind is not None:
        from records.store.safety.rollback_guard import WAY_OUT  # noqa: PLC0415  # only needed when something is wrong

        return BookError(book.behind, where=str(book.path), do=WAY_OUT)
    reason = book.notices[0] if book.notices else t("The book can only be read")
    return BookError(reason, where=str(book.path), do=t("see “book info”; nothing was changed"))


def answer(args: argparse.Namespace, found: Mapping[str, object], lines: Iterator[str] | list[str]) -> None:
    """Print `found` as one JSON object where `--json` was given, else the lines."""
    if args.json:
        print(escaped(json.dumps(found, ensure_ascii=False)))
        return
    for line in lines:
        print(line)


def exit_code(args: argparse.Namespace) -> int:
    """The code of a command that ended: what it says itself, unless it read a book that is damaged or behind."""
    code = int(args.run(args))
    return max(code, NOT_SOUND) if args.unsound else code


def complain(error: AppError, *, as_json: bool) -> int:
    """Say an error where its reader looks for it; returns the exit code."""
    from tui.present.errors import sentence  # noqa: PLC0415  # only needed when something went wrong

    what, where, do = tr(error.what), tr(error.where), tr(error.do)
    if as_json:
        print(escaped(json.dumps({"error": {"what": what, "where": where, "do": do}}, ensure_ascii=False)))
    else:
        print(sentence(what, where, do), file=sys.stderr)
    return error.exit_code


def label(text: Text) -> str:
    """A label followed by a colon, padded for a column of labels."""
    return f"{tr(text)}:".ljust(22)
