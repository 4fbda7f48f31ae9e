"""`initiative`: who made it, what it is, who recognised it when; titles that ask for one read these."""

from __future__ import annotations

import argparse
import re
from typing import Any

from config.errors import needs
from config.i18n import tr, tr_
from config.text import t
from records.domain.awards.initiatives import LEVELS, Author, Initiative
from records.domain.dates import parse_day, shown
from records.rules.awards.words import INITIATIVE_WORDS, LEVEL_WORDS
from records.services.movements import initiatives as services
from records.services.office import Office
from tui.cli import context
from tui.cli.imports import list_import
from tui.cli.options import split_ids


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    adding = actions.add_parser("add", help=tr_("enter an initiative"), parents=[shared])
    adding.add_argument("--title", required=True, help=tr_("what it is called"))
    _add_fields(adding, needed=True)
    adding.set_defaults(run=add)
    listing = actions.add_parser("list", help=tr_("list the initiatives"), parents=[shared])
    listing.add_argument("--year", type=int, default=0, help=tr_("year of achievement for which they count"))
    listing.add_argument("--person", default="", metavar="CODE", help=tr_("in which this person has a part"))
    listing.add_argument("--level", choices=LEVELS, default="", help=tr_("level of recognition"))
    listing.add_argument("--state", choices=services.STATES, default="", help=tr_("how far it is"))
    listing.set_defaults(run=show_list)
    shown_one = actions.add_parser("show", help=tr_("all about one"), parents=[shared])
    shown_one.add_argument("initiative", metavar="ID", help=tr_("code or title"))
    shown_one.set_defaults(run=show)
    _add_acts(actions, shared)
    list_import.add(actions, shared, "initiatives")


def _add_acts(actions: Any, shared: argparse.ArgumentParser) -> None:
    recognising = actions.add_parser("recognise", help=tr_("enter the paper that recognises them"), parents=[shared])
    recognising.add_argument("--day", default="", help=tr_("day of the paper; today when left out"))
    recognising.add_argument("--by", default="", help=tr_("who recognised it"))
    recognising.add_argument("--number", default="", help=tr_("number of the paper"))
    recognising.add_argument("--level", choices=LEVELS, default="", help=tr_("level of recognition, if another"))
    recognising.add_argument("--year", type=int, default=0, help=tr_("year for which it counts, if another"))
    recognising.set_defaults(run=recognise)
    refusing = actions.add_parser("refuse", help=tr_("note that they were turned down"), parents=[shared])
    refusing.add_argument("--reason", required=True, help=tr_("why"))
    refusing.add_argument("--day", default="", help=tr_("day; today when left out"))
    refusing.set_defaults(run=refuse)
    removing = actions.add_parser("remove", help=tr_("take out what was entered by mistake"), parents=[shared])
    removing.set_defaults(run=remove)
    for each in (recognising, refusing, removing):
        each.add_argument("initiatives", metavar="ID,ID", help=tr_("codes or titles"))
    setting = actions.add_parser("set", help=tr_("put an initiative right"), parents=[shared])
    setting.add_argument("initiative", metavar="ID", help=tr_("code or title"))
    setting.add_argument("--title", default="", help=tr_("what it is called"))
    _add_fields(setting, needed=False)
    setting.set_defaults(run=correct)


def _add_fields(parser: argparse.ArgumentParser, *, needed: bool) -> None:
    parser.add_argument(
        "--authors", required=needed, default="", metavar="CODE=SHARE,…",
        help=tr_("who made it: codes, or names of others, each with its percent where known"),
    )  # fmt: skip
    parser.add_argument("--level", choices=LEVELS, default="grassroots" if needed else "", help=tr_("level asked for"))
    parser.add_argument("--day", default="", help=tr_("day it was handed in"))
    parser.add_argument("--recognised", default="", metavar="DAY", help=tr_("day of the paper that recognises it"))
    parser.add_argument("--by", default="", help=tr_("who recognised it"))
    parser.add_argument("--number", default="", help=tr_("number of the paper"))
    parser.add_argument("--year", type=int, default=0, help=tr_("year for which it counts, if another"))
    parser.add_argument("--applied", default="", help=tr_("where and how it is in use"))


def _given(args: argparse.Namespace) -> dict[str, Any]:
    """Field -> what the options of `_add_fields` say, where they say anything."""
    today = context.today(args)
    told: dict[str, Any] = {name: getattr(args, name) for name in ("title", "by", "number", "year", "applied")}
    told |= {name: parse_day(typed, field=f"--{name}", today=today) for name in ("day", "recognised")
             if (typed := getattr(args, name))}  # fmt: skip
    told |= {"scope": args.level, "authors": authors_typed(args.authors)}
    return {name: each for name, each in told.items() if each}


def authors_typed(typed: str) -> tuple[Author, ...]:
    """Authors as typed: `TN-P-00012=60,Nguyễn Văn Ngoài=40`. Raises InputError for a share that is no number."""
    found = []
    for each in split_ids(typed):
        who, equals, share = (part.strip() for part in each.partition("="))
        if not who or (equals and not share.rstrip("% ").isdecimal()):
            raise needs("--authors", each, t("write CODE or CODE=PERCENT, such as TN-P-00012=60"))
        code = re.fullmatch(r"[^\W\d_]+-[Pp]-\d+", who)
        whom = {"person": who.upper()} if code else {"name": who}
        found.append(Author(**whom, share=int(share.rstrip("% ")) if equals else 0))
    return tuple(found)


def add(args: argparse.Namespace) -> int:
    """Enter one."""
    with context.office(args, write=True) as office:
        made = services.enter(
            office, Initiative(id="", **{"title": "", "authors": (), **_given(args)}), today=context.today(args)
        )
        context.answer(args, _told(office, made), [_line(office, made)])
    return context.DONE


def correct(args: argparse.Namespace) -> int:
    """Put one right."""
    with context.office(args, write=True) as office:
        held = services.initiative_named(office, args.initiative)
        made = services.correct(office, held, today=context.today(args), **_given(args))
        context.answer(args, _told(office, made), [_line(office, made)])
    return context.DONE


def show_list(args: argparse.Namespace) -> int:
    """List them."""
    with context.office(args) as office:
        found = services.initiatives_of(office, year=args.year, person=args.person, level=args.level, state=args.state)
        lines = [_line(office, each) for each in found]
        context.answer(
            args, {"initiatives": [_told(office, each) for each in found]}, lines or [tr_("No initiative is recorded")]
        )
    return context.DONE


def show(args: argparse.Namespace) -> int:
    """Show one."""
    with context.office(args) as office:
        found = services.initiative_named(office, args.initiative)
        lines = [_line(office, found), *(f"  {each}" for each in services.author_words(office, found))]
        lines += [f"  {each}" for each in (found.applied, found.reason) if each]
        context.answer(args, _told(office, found), lines)
    return context.DONE


def recognise(args: argparse.Namespace) -> int:
    """Enter the paper that recognises them."""
    with context.office(args, write=True) as office:
        made = services.recognise(
            office, _named(office, args), context.day_given(args, "day", "--day"), today=context.today(args),
            by=args.by, number=args.number, scope=args.level, year=args.year,
        )  # fmt: skip
        _answer(args, office, made)
    return context.DONE


def refuse(args: argparse.Namespace) -> int:
    """Turn them down."""
    with context.office(args, write=True) as office:
        day = context.day_given(args, "day", "--day")
        _answer(args, office, services.refuse(office, _named(office, args), day, args.reason))
    return context.DONE


def remove(args: argparse.Namespace) -> int:
    """Take them out."""
    with context.office(args, write=True) as office:
        chosen = _named(office, args)
        services.remove(office, chosen)
        removed = {"removed": [each.id for each in chosen]}
        context.answer(args, removed, [tr_("Taken out; “book undo” brings it back")])
    return context.DONE


def _named(office: Office, args: argparse.Namespace) -> list[Initiative]:
    return [services.initiative_named(office, each) for each in split_ids(args.initiatives)]


def _answer(args: argparse.Namespace, office: Office, made: list[Initiative]) -> None:
    found = {"initiatives": [_told(office, each) for each in made]}
    context.answer(args, found, [_line(office, each) for each in made])


def _told(office: Office, each: Initiative) -> dict[str, object]:
    names = services.author_names(office, each)
    return {
        "id": each.id,
        "title": each.title,
        "authors": [
            {"person": one.person or None, "name": name, "share": one.share}
            for one, name in zip(each.authors, names, strict=True)
        ],
        "level": each.scope,
        "state": services.state_of(each),
        "year": services.counted_year(office, each),
        "day": each.day.isoformat() if each.day else None,
        "recognised": each.recognised.isoformat() if each.recognised else None,
        "by": each.by,
        "number": each.number,
        "refused": each.refused.isoformat() if each.refused else None,
        "reason": each.reason,
        "applied": each.applied,
    }


def _line(office: Office, each: Initiative) -> str:
    day = each.recognised or each.refused
    state = tr(INITIATIVE_WORDS[services.state_of(each)]) + (f" {shown(day)}" if day else "")
    parts = (
        each.title,
        ", ".join(services.author_words(office, each)),
        tr(LEVEL_WORDS[each.scope]),
        state,
        each.number,
    )
    return f"{each.id}  " + " · ".join(part for part in parts if part)
