"""`book hand-over|take-over`: a book goes to another person or machine, and is checked there."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from config.i18n import tr_
from records.store.safety.parcel import Parcel, read_parcel
from tui.cli import context, passphrases
from tui.present import books


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs to the noun `book`."""
    give = actions.add_parser("hand-over", help=tr_("make a parcel of the book for somebody else"), parents=[shared])
    give.add_argument("--to", required=True, metavar="NAME", help=tr_("who takes it over"))
    give.add_argument("--out", required=True, metavar="DIR", help=tr_("folder to make, such as on a USB stick"))
    give.add_argument("--giver", default="", metavar="NAME", help=tr_("who hands it over; the user when left out"))
    held = tr_("what is held elsewhere and where, such as “Con dấu: tủ số 2”; give it again for more")
    give.add_argument("--held", action="append", default=[], metavar="TEXT", help=held)
    give.add_argument("--form", choices=("party", "state"), default="party", help=tr_("whose form the paper has"))
    give.add_argument("--number", default="", help=tr_("number of the paper"))
    give.add_argument("--place", default="", help=tr_("place before the date; the issuer's own when left out"))
    give.set_defaults(run=hand_over)
    take = actions.add_parser("take-over", help=tr_("check a parcel and make its book here"), parents=[shared])
    take.add_argument("parcel", metavar="PARCEL", help=tr_("folder that was handed over"))
    take.add_argument("path", nargs="?", metavar="DIR", help=tr_("folder to make, such as office.sovang"))
    take.add_argument("--check", default="", metavar="CODE", help=tr_("check code that stands on the paper"))
    take.add_argument("--dry-run", action="store_true", help=tr_("only say whether it is whole"))
    take.set_defaults(run=take_over)


def hand_over(args: argparse.Namespace) -> int:
    """Make the parcel of a book, with its paper."""
    from exports.papers.handing_over import HandingOver, hand_over  # noqa: PLC0415  # pages are heavy
    from exports.papers.kinds.composing import Given  # noqa: PLC0415

    with context.office(args, write=True) as office:
        settings = office.settings
        said = HandingOver(
            giver=args.giver or office.book.actor, to=args.to, held=tuple(args.held), form=args.form,
            backups=books.backup_folder(office.book.path, settings),
        )  # fmt: skip
        given = Given(number=args.number, place=args.place)
        now = datetime.now()  # noqa: DTZ005  # the office's own clock
        made = hand_over(office, Path(args.out), said, now=now, heads=books.heads(settings), given=given)
    lines = [
        tr_("Parcel made: {path}", path=args.out),
        *_lines(made),
        tr_("The paper lies in it, as Word and PDF: print it, and let both sides sign"),
        tr_("What is entered in this book from now on is not in the parcel"),
    ]
    context.answer(args, {"parcel": args.out, **_told(made)}, lines)
    return context.DONE


def take_over(args: argparse.Namespace) -> int:
    """Check a parcel and, unless `--dry-run`, make its book."""
    parcel, target = Path(args.parcel), Path(args.path) if args.path else context.book_path(args)
    if args.dry_run:
        told, _ = read_parcel(parcel)
        books.judge_check(told, args.check)
        done = tr_("The parcel is whole; nothing was written")
    else:
        passphrases.unlock_parcel(args, parcel)
        told = books.take_over(parcel, target, check=args.check)
        done = tr_("The book is whole and lies at {path}", path=target)
    found = {"book": "" if args.dry_run else str(target), **_told(told)}
    context.answer(args, found, [*_lines(told), done])
    return context.DONE


def _told(made: Parcel) -> dict[str, object]:
    return {
        "office": made.office,
        "giver": made.giver,
        "to": made.to,
        "seq": made.seq,
        "hash": made.hash,
        "key": made.key,
        "check": made.check,
        "files": sorted(made.files),
    }


def _lines(made: Parcel) -> list[str]:
    return [
        tr_("From {giver} to {to}", giver=made.giver, to=made.to),
        tr_("It holds the book up to change {n} ({digest})", n=made.seq, digest=made.hash[:12]),
        tr_("Check code: {code}; it stands on the paper", code=made.check),
    ]
