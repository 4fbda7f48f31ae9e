"""`book`: make a book, look at it, read its history, take a change back."""

from __future__ import annotations

import argparse

from config.i18n import tr, tr_
from config.text import t
from records.domain.dates import shown_time
from records.services.book import backups, history
from records.services.office import Office
from records.store.contract import JournalEntry, Report
from records.store.safety.inspection import inspect_locked
from tui.cli import context, passphrases
from tui.cli.book import closing, founding, handing_over, keys, safety
from tui.present.changes import Spoken
from tui.present.titles import KIND_TITLES


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    founding.add(actions, shared)
    actions.add_parser("info", help=tr_("what the book holds"), parents=[shared]).set_defaults(run=info)
    log = actions.add_parser("log", help=tr_("what was done, newest first"), parents=[shared])
    log.add_argument("--limit", type=int, default=20, metavar="N", help=tr_("how many changes to show"))
    log.add_argument("--record", metavar="ID", help=tr_("only changes of this record"))
    log.set_defaults(run=show_log)
    undo = actions.add_parser("undo", help=tr_("take back the newest change, or one by its number"), parents=[shared])
    undo.add_argument("seq", nargs="?", type=int, metavar="N", help=tr_("number of the change"))
    undo.set_defaults(run=undo_change)
    actions.add_parser("redo", help=tr_("do again what was undone last"), parents=[shared]).set_defaults(
        run=redo_change
    )
    whole = tr_("hold every byte of the book against what its journal remembers")
    check = actions.add_parser("verify", help=whole, parents=[shared])
    check.add_argument(
        "--mark", metavar="TEXT", default="", help=tr_("small print of a paper, to hold against the book")
    )
    check.add_argument(
        "--deep", action="store_true", help=tr_("decode each line as well, and rebuild every record from the first")
    )
    check.set_defaults(run=verify)
    safety.add(actions, shared)
    closing.add(actions, shared)
    handing_over.add(actions, shared)
    keys.add(actions, shared)


def info(args: argparse.Namespace) -> int:
    """Say where the book is, what it holds and how it is."""
    with context.office(args) as office:
        book = office.book
        seq, digest = book.head()
        counts = book.counts()
        wrong = book.damage or book.behind
        state = "damaged" if book.damage else "behind" if book.behind else "whole"
        notices = [tr(notice) for notice in book.notices]
        found = {"book": str(book.path), "office": book.office, "seq": seq, "hash": digest, "records": counts}
        lines = [
            f"{context.label(t('Book'))} {book.path}",
            f"{context.label(t('Office'))} {book.office}",
            f"{context.label(t('Last change'))} {seq} ({digest[:16]})",
            f"{context.label(t('State'))} {tr(wrong) if wrong else tr_('whole')}",
            *(f"  {tr(KIND_TITLES.get(name, name)):<28} {count:>8}" for name, count in sorted(counts.items())),
        ]
        context.answer(args, {**found, "state": state, "notices": notices}, lines)
    return context.DONE


def show_log(args: argparse.Namespace) -> int:
    """Print the newest changes."""
    with context.office(args) as office:
        entries = history.history(office, record=args.record or "", limit=max(args.limit, 1))
        say = Spoken(office, context.today(args))
        lines = [_line(each, say) for each in entries]
        context.answer(args, {"changes": [_entry(each) for each in entries]}, lines)
    return context.DONE


def _entry(entry: JournalEntry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "time": str(entry.time),
        "actor": entry.actor,
        "action": entry.action,
        "about": entry.about,
        "undoes": entry.undoes,
        "records": entry.records,
    }


def _line(entry: JournalEntry, say: Spoken) -> str:
    what = tr(history.action_words(entry))
    about = f" · {say.about(entry.about)}" if entry.about else ""
    records = tr_("{n} records", n=entry.records)
    return f"{entry.seq:>6}  {shown_time(str(entry.time))}  {entry.actor:<12}  {what}{about} · {records}"


def undo_change(args: argparse.Namespace) -> int:
    """Take back a change."""
    with context.office(args, write=True) as office:
        return _told(args, office, history.undo(office, args.seq))


def redo_change(args: argparse.Namespace) -> int:
    """Do again what was undone."""
    with context.office(args, write=True) as office:
        return _told(args, office, history.redo(office))


def _told(args: argparse.Namespace, office: Office, entry: JournalEntry) -> int:
    context.answer(args, _entry(entry), [_line(entry, Spoken(office, context.today(args)))])
    return context.DONE


def verify(args: argparse.Namespace) -> int:
    """Read the whole book; a sealed one without its key as far as that goes, which is every byte but no record."""
    path = context.book_path(args)
    if not args.demo and not args.deep and not passphrases.unlock_if_given(args, path):
        return _verified(args, inspect_locked(path, args.mark))
    with context.office(args, damaged=True) as office:
        return _verified(args, backups.verify(office.book, args.mark, deep=args.deep))


def _verified(args: argparse.Namespace, report: Report) -> int:
    lines = [tr(line) for line in report.lines]
    problems = [{"where": each.where, "what": tr(each.what)} for each in report.problems]
    context.answer(args, {"whole": report.whole, "problems": problems, "lines": lines}, lines)
    return context.DONE if report.whole else 3
