"""`book backup|restore|repair|accept|as-of`: what keeps a book safe, and the ways out when something is wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from config.errors import BookError
from config.i18n import tr, tr_
from config.plain import write_over
from records.domain.dates import parse_day
from records.store.book import Book
from records.store.safety.backup import UnfitError, backups, check_backup, ring_in, whether_behind
from records.store.safety.copies import copy_past, restore
from records.store.safety.rollback_guard import no_newest
from tui.cli import context, passphrases
from tui.present import books


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs to the noun `book`."""
    save = actions.add_parser("backup", help=tr_("write the whole book as one checked file"), parents=[shared])
    save.add_argument("--to", metavar="DIR", help=tr_("folder for backups, such as a USB stick"))
    save.set_defaults(run=make_backup)
    listed = actions.add_parser("backups", help=tr_("which backups there are"), parents=[shared])
    listed.add_argument("--to", metavar="DIR", help=tr_("folder for backups, such as a USB stick"))
    listed.set_defaults(run=list_backups)
    back = actions.add_parser("restore", help=tr_("make a book from a backup"), parents=[shared])
    back.add_argument("file", metavar="FILE", help=tr_("a backup file"))
    back.add_argument("path", metavar="DIR", nargs="?", help=tr_("folder to make, such as office.sovang"))
    back.add_argument("--replace", action="store_true", help=tr_("set a book that is there aside"))
    back.set_defaults(run=restore_book)
    mend = actions.add_parser("repair", help=tr_("make a damaged book usable; nothing is destroyed"), parents=[shared])
    mend.add_argument("--from", dest="source", metavar="FILE", help=tr_("mend from this backup first"))
    mend.set_defaults(run=repair_book)
    actions.add_parser("accept", help=tr_("take an older copy for the right book"), parents=[shared]).set_defaults(
        run=accept_book
    )
    past = actions.add_parser("as-of", help=tr_("the book as it was on a day, as a book of its own"), parents=[shared])
    past.add_argument("when", metavar="DAY", help=tr_("a day, or the number of a change"))
    past.add_argument("path", metavar="DIR", nargs="?", help=tr_("folder to make; without it, only what it held"))
    past.set_defaults(run=show_past)


def make_backup(args: argparse.Namespace) -> int:
    """Write a backup and let go of those that age made needless."""
    path = context.there(args)
    locked = not passphrases.unlock_if_given(args, path)
    if locked:
        print(
            tr_("The book was not unlocked: where its settings want backups is not known, and no older one is deleted"),
            file=sys.stderr,
        )
    settings = books.settings_at(None if locked else path)
    folder = Path(args.to) if args.to else books.backup_folder(path, settings)
    made, gone = books.back_up(path, folder, settings, now=_now(), progress=progress(args))
    found: dict[str, object] = {"file": str(made.path), "seq": made.seq, "hash": made.digest}
    found |= {"deleted": [str(each) for each in gone], "wrong": list(made.wrong)}
    lines = [
        tr_("Backup written and read back: {path}", path=made.path),
        tr_("It holds the book up to change {n} ({digest})", n=made.seq, digest=made.digest[:12]),
        *(tr_("Deleted, because newer ones stand for it: {path}", path=each) for each in gone),
        *map(tr, books.wrong_in(made)),
    ]
    context.answer(args, found, lines)
    return context.NOT_SOUND if made.wrong else context.DONE


def progress(args: argparse.Namespace) -> Callable[[int, int], None] | None:
    """Says on a terminal how far a long act is; nothing where nobody watches."""
    if args.json or not sys.stderr.isatty():
        return None
    return lambda done, size: write_over(f"{100 * done // size:3} %", last=done == size)


def _now() -> datetime:
    return datetime.now()  # noqa: DTZ005  # the office's own clock


def list_backups(args: argparse.Namespace) -> int:
    """Show the backups of a book, newest first, each read through."""
    path = context.book_path(args)
    readable = passphrases.unlock_if_given(args, path)
    folder = Path(args.to) if args.to else books.backup_folder(path, books.settings_at(path if readable else None))
    told: list[dict[str, object]] = []
    lines: list[str] = []
    for each in backups(folder, path.stem):
        try:
            backup = check_backup(each)
            wrong = list(backup.wrong)
            told.append({"file": str(each), "made": backup.made, "seq": backup.seq, "whole": not wrong, "wrong": wrong})
            state = tr_("of a book that was not whole: {names}", names=", ".join(wrong)) if wrong else tr_("whole")
            lines.append(f"{each}  {backup.seq}  {state}")
        except BookError as error:  # what could not be read through, for want of room or rights, is not called damaged
            whole = False if isinstance(error, UnfitError) else None
            told.append({"file": str(each), "made": "", "seq": None, "whole": whole, "wrong": []})
            lines.append(f"{each}  {tr_('damaged') if whole is False else tr(error.what)}")
    nothing = [tr_("There is no backup in {folder}", folder=folder)]
    context.answer(args, {"folder": str(folder), "backups": told}, lines or nothing)
    return context.DONE if all(each["whole"] for each in told) else context.FINDINGS


def restore_book(args: argparse.Namespace) -> int:
    """Make a book from a backup; what was there stays, under another name."""
    target = Path(args.path) if args.path else context.book_path(args)
    if (ring := ring_in(Path(args.file))) is not None:
        passphrases.unlock_ring(args, ring, Path(args.file))
    if args.replace and (target / "book.json").is_file():
        with suppress(BookError):  # that it cannot be opened may be why it is replaced; rights are judged below
            passphrases.unlock(args, target)
            passphrases.sign_in_at(args, target)
    backup, aside = restore(
        Path(args.file), target, now=_now(), actor=books.actor(), replace=args.replace, progress=progress(args)
    )
    found = {
        "book": str(target),
        "seq": backup.seq,
        "aside": str(aside) if aside else None,
        "wrong": list(backup.wrong),
    }
    lines = [tr_("Restored the book up to change {n} as {path}", n=backup.seq, path=target)]
    lines += map(tr, books.wrong_in(backup))
    if aside:
        lines.append(tr_("The book that was there is kept as {path}", path=aside))
    context.answer(args, found, lines)
    return context.NOT_SOUND if backup.wrong else context.DONE


def repair_book(args: argparse.Namespace) -> int:
    """Repair a book and say what was done."""
    path = context.there(args)
    _unlock_damaged(args, path)
    if args.sign_as:
        passphrases.sign_in_at(args, path)
    found = books.mend(path, Path(args.source) if args.source else None, now=_now())
    lines = [tr(each) for each in found.told]
    if not args.source and any(each.where.startswith("files/") for each in found.wrong):
        lines.append(tr_("A backup that has this part can mend it: “book repair --from FILE”"))
    behind = whether_behind(path, books.heads(books.settings_at(path)))
    if behind is not None:
        lines = [*(lines if any(found) else ()), tr(behind), tr(no_newest())]
    context.answer(args, {"repaired": bool(found.done), "lines": lines}, lines)
    if found.wrong or behind is not None:
        return context.NOT_SOUND
    return context.FINDINGS if found.done else context.DONE


def _unlock_damaged(args: argparse.Namespace, path: Path) -> None:
    """Unlock a book that may have lost its keys, which stand in its backups too."""
    try:
        passphrases.unlock(args, path)
    except BookError:
        ring = ring_in(Path(args.source)) if args.source else None
        if ring is None or passphrases.given(args) is None:
            raise
        passphrases.unlock_ring(args, ring, path)


def accept_book(args: argparse.Namespace) -> int:
    """Take a book that is older than the head kept outside for the right one."""
    path = context.there(args)
    passphrases.unlock(args, path)
    passphrases.sign_in_at(args, path)
    seq, digest = books.accept(path)
    line = tr_("From now on the book goes on from change {seq} ({digest})", seq=seq, digest=digest[:12])
    context.answer(args, {"seq": seq, "hash": digest}, [line])
    return context.DONE


def show_past(args: argparse.Namespace) -> int:
    """Say what the book held after a day or a change, or make a book of it."""
    path = context.there(args)
    passphrases.unlock(args, path)
    with Book.open(path, actor=books.actor(), read_only=True) as book:
        seq = _line_meant(args, book)
    with Book.open(path, actor=books.actor(), upto=seq) as past:
        counts = past.counts()
        found: dict[str, object] = {"seq": seq, "hash": past.head()[1], "records": counts}
    lines = [tr_("After change {seq} the book held:", seq=seq)]
    lines += [f"  {name:<20} {count:>8}" for name, count in sorted(counts.items())]
    if args.path:
        target = Path(args.path)
        copy_past(path, target, upto=seq, now=_now(), actor=books.actor())
        found["book"] = str(target)
        lines.append(tr_("Made the book {path}", path=target))
    context.answer(args, found, lines)
    return context.DONE


def _line_meant(args: argparse.Namespace, book: Book) -> int:
    if args.when.isdecimal():
        return min(int(args.when), book.head()[0])
    return book.seq_at(parse_day(args.when, field=tr_("DAY"), today=context.today(args)))
