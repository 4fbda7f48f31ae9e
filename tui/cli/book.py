"""`book`: make a book, look at it, read its history, take a change back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from config.speech import say, say_
from config.text import t
from records.book.book import Book
from records.book.copies import made
from records.book.history import Entry
from records.desks import history, keeping
from records.desks.office import Office, furnish
from records.domain.dates import shown_time
from tui.cli import door, safety


def add(nouns: Any, shared: argparse.ArgumentParser) -> None:
    """Add the noun and its verbs to the command line."""
    verbs = nouns.add_parser(
        "book", help=say_("the book: new, info, log, undo, backup, restore, verify, repair…"), parents=[shared]
    )
    actions = verbs.add_subparsers(required=True, metavar=say_("VERB"))
    new = actions.add_parser("new", help=say_("make an empty book"), parents=[shared])
    new.add_argument("path", nargs="?", metavar="DIR", help=say_("folder to make, such as office.sovang"))
    new.set_defaults(run=new_book)
    actions.add_parser("info", help=say_("what the book holds"), parents=[shared]).set_defaults(run=info)
    log = actions.add_parser("log", help=say_("what was done, newest first"), parents=[shared])
    log.add_argument("--limit", type=int, default=20, metavar="N", help=say_("how many changes to show"))
    log.add_argument("--record", metavar="ID", help=say_("only changes of this record"))
    log.set_defaults(run=show_log)
    undo = actions.add_parser("undo", help=say_("take back the newest change, or one by its number"), parents=[shared])
    undo.add_argument("seq", nargs="?", type=int, metavar="N", help=say_("number of the change"))
    undo.set_defaults(run=undo_change)
    actions.add_parser("redo", help=say_("do again what was undone last"), parents=[shared]).set_defaults(
        run=redo_change
    )
    check = actions.add_parser("verify", help=say_("read every line and check the chain"), parents=[shared])
    check.add_argument(
        "--mark", metavar="TEXT", default="", help=say_("small print of a paper, to hold against the book")
    )
    check.set_defaults(run=verify)
    safety.add(actions, shared)


def new_book(args: argparse.Namespace) -> int:
    """Make a book and enter the units of the settings."""
    path = Path(args.path) if args.path else door.book_path(args)
    settings = door.settings_of(None)
    if path.is_dir() and not any(path.iterdir()):
        path.rmdir()
    # Made under another name, so that a half-made book is never taken for one.
    with made(path, replace=False) as part:
        with Book.create(part, office=settings.office.code, actor=door.actor(), heads=door.heads(settings)) as book:
            furnish(Office(book, settings))
            counts = book.counts()
        (part / "writer.lock").unlink(missing_ok=True)
    door.answer(args, {"book": str(path), "records": counts}, [say_("Made the book {path}", path=path)])
    return door.DONE


def info(args: argparse.Namespace) -> int:
    """Say where the book is, what it holds and how it is."""
    with door.office(args) as office:
        book = office.book
        seq, digest = book.head()
        counts = book.counts()
        wrong = book.damage or book.behind
        state = "damaged" if book.damage else "behind" if book.behind else "whole"
        notices = [say(notice) for notice in book.notices]
        found = {"book": str(book.path), "office": book.office, "seq": seq, "hash": digest, "records": counts}
        lines = [
            f"{door.label(t('Book'))} {book.path}",
            f"{door.label(t('Office'))} {book.office}",
            f"{door.label(t('Last change'))} {seq} ({digest[:16]})",
            f"{door.label(t('State'))} {say(wrong) if wrong else say_('whole')}",
            *(f"  {name:<20} {count:>8}" for name, count in sorted(counts.items())),
        ]
        door.answer(args, {**found, "state": state, "notices": notices}, lines)
        return 3 if wrong else door.DONE


def show_log(args: argparse.Namespace) -> int:
    """Print the newest changes."""
    with door.office(args) as office:
        entries = history.history(office, record=args.record or "", limit=max(args.limit, 1))
        door.answer(args, {"changes": [_entry(each) for each in entries]}, [_line(each) for each in entries])
    return door.DONE


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "time": str(entry.time),
        "actor": entry.actor,
        "action": entry.action,
        "about": entry.about,
        "undoes": entry.undoes,
        "records": entry.records,
    }


def _line(entry: Entry) -> str:
    what = say(history.action_words(entry))
    about = f" · {entry.about}" if entry.about else ""
    records = say_("{n} records", n=entry.records)
    return f"{entry.seq:>6}  {shown_time(str(entry.time))}  {entry.actor:<12}  {what}{about} · {records}"


def undo_change(args: argparse.Namespace) -> int:
    """Take back a change."""
    with door.office(args, write=True) as office:
        return _told(args, history.undo(office, args.seq))


def redo_change(args: argparse.Namespace) -> int:
    """Do again what was undone."""
    with door.office(args, write=True) as office:
        return _told(args, history.redo(office))


def _told(args: argparse.Namespace, entry: Entry) -> int:
    door.answer(args, _entry(entry), [_line(entry)])
    return door.DONE


def verify(args: argparse.Namespace) -> int:
    """Read the whole book."""
    with door.office(args) as office:
        report = keeping.verify(office, args.mark)
        lines = [say(line) for line in report.lines]
        problems = [{"where": each.where, "what": say(each.what)} for each in report.problems]
        door.answer(args, {"whole": report.whole, "problems": problems, "lines": lines}, lines)
        return door.DONE if report.whole else 3
