"""`rating set|show|remove|import`: yearly ratings by those who may rate, of members, officials and workers."""

from __future__ import annotations

import argparse
from pathlib import Path

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.awards.awards import YearRating
from records.domain.awards.merits import RATINGS
from records.rules.emulation.words import KIND_WORDS, RATING_WORDS
from records.services.emulation import rating
from tui.cli import context, options


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    one = actions.add_parser("set", help=tr_("enter the rating of a year"), parents=[shared])
    one.add_argument("subject", metavar="CODE", help=tr_("code of the person or unit"))
    one.add_argument("--year", type=int, required=True, help=tr_("year rated"))
    one.add_argument("--kind", choices=rating.RATING_KINDS, required=True, help=tr_("as what somebody was rated"))
    one.add_argument("--rating", choices=RATINGS, required=True, help=tr_("the class given"))
    one.add_argument("--number", default="", help=tr_("number of the paper"))
    one.add_argument("--day", default="", help=tr_("day of the paper"))
    one.add_argument("--note", default="", help=tr_("anything a reader should know"))
    one.set_defaults(run=set_rating)
    shown = actions.add_parser("show", help=tr_("the ratings of a person or unit"), parents=[shared])
    shown.add_argument("subject", metavar="CODE", help=tr_("code of the person or unit"))
    shown.set_defaults(run=show)
    out = actions.add_parser("remove", help=tr_("take out a rating entered by mistake"), parents=[shared])
    out.add_argument("subject", metavar="CODE", help=tr_("code of the person or unit"))
    out.add_argument("--year", type=int, required=True, help=tr_("year rated"))
    out.add_argument("--kind", choices=rating.RATING_KINDS, required=True, help=tr_("as what somebody was rated"))
    out.set_defaults(run=remove)
    sheet = actions.add_parser("import", help=tr_("enter ratings from a spreadsheet"), parents=[shared])
    sheet.add_argument("file", metavar="FILE")
    sheet.add_argument("--year", type=int, default=0, help=tr_("year of every row, where the file has no such column"))
    sheet.add_argument("--kind", choices=rating.RATING_KINDS, default="", help=tr_("kind of every row, likewise"))
    sheet.add_argument("--dry-run", action="store_true", help=tr_("only say what would be entered"))
    sheet.set_defaults(run=import_ratings)


def set_rating(args: argparse.Namespace) -> int:
    """Enter one."""
    day = context.day_given(args, "day", "--day") if args.day else None
    given = rating.Rated(
        subject=args.subject,
        year=args.year,
        kind=args.kind,
        rating=args.rating,
        number=args.number,
        day=day,
        note=args.note,
    )
    with context.office(args, write=True) as office:
        (made,) = rating.rate(office, [given])
        context.answer(args, _told(made), [_line(made, office.names()[args.subject])])
    return context.DONE


def show(args: argparse.Namespace) -> int:
    """Show them."""
    with context.office(args) as office:
        names = office.names()
        if args.subject not in names:
            office.person(args.subject)
        found = rating.ratings_of(office, args.subject)
        lines = [_line(each, names[args.subject]) for each in found]
        context.answer(args, {"ratings": [_told(each) for each in found]}, lines or [tr_("No rating is recorded")])
    return context.DONE


def remove(args: argparse.Namespace) -> int:
    """Take one out."""
    with context.office(args, write=True) as office:
        gone = rating.take_back(office, args.subject, args.year, args.kind)
        context.answer(args, {"removed": _told(gone)}, [tr_("Taken out; “book undo” brings it back")])
    return context.DONE


def import_ratings(args: argparse.Namespace) -> int:
    """Enter what a spreadsheet says; a row that cannot be read keeps the whole file out."""
    with context.office(args, write=not args.dry_run) as office:
        preview = rating.preview_ratings(office, Path(args.file), year=args.year, kind=args.kind)
        problems = [options.refused_line(each) for each in preview.refused]
        if problems and not args.dry_run:
            raise InputError(
                t("{n} rows cannot be entered; the first: {problem}", n=len(problems), problem=problems[0].strip()),
                where=args.file,
                do=t("correct them in the file; --dry-run lists them all, and nothing was entered"),
            )
        if preview.ratings and not args.dry_run:
            rating.rate(office, preview.ratings)
        found = {
            "rows": preview.rows,
            "entered": len(preview.ratings),
            "refused": [options.refused(each) for each in preview.refused],
            "dry_run": args.dry_run,
        }
        line = tr_("{n} ratings differ from what stands, of {rows} rows", n=len(preview.ratings), rows=preview.rows)
        context.answer(args, found, [line, *problems])
    return context.FINDINGS if problems else context.DONE


def _told(each: YearRating) -> dict[str, object]:
    return {
        "id": each.id,
        "subject": each.person or each.unit,
        "year": each.year,
        "kind": each.kind,
        "rating": each.rating,
        "number": each.number,
        "day": each.day.isoformat() if each.day else None,
    }


def _line(each: YearRating, name: str) -> str:
    kind, rated = tr(KIND_WORDS[each.kind]), tr(RATING_WORDS[each.rating])
    return f"{each.person or each.unit}  {name} · {each.year} · {kind}: {rated}" + (
        f" · {each.number}" if each.number else ""
    )
