"""`registration`: titles registered for a year or a movement, sent up, returned with a reason, approved."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from config.i18n import language, tr, tr_
from records.domain.awards.registrations import STATES, TitleRegistration
from records.domain.dates import shown
from records.domain.emulation import Movement
from records.rules.awards.words import REGISTRATION_WORDS
from records.services.awards.award_checks import prize_of
from records.services.lists import log_export
from records.services.movements import registrations as services
from records.services.office import Office
from tui.cli import context
from tui.cli.imports import list_import
from tui.cli.options import split_ids

_Act = Callable[[Office, list[TitleRegistration], date], list[TitleRegistration]]


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    adding = actions.add_parser("add", help=tr_("register a title for people or units"), parents=[shared])
    adding.add_argument("subjects", metavar="CODE,CODE", help=tr_("codes of people or units"))
    adding.add_argument("--title", required=True, help=tr_("key or name of a title in the settings"))
    adding.add_argument("--year", type=int, required=True, help=tr_("year in which it is to be reached"))
    adding.add_argument("--movement", default="", help=tr_("movement it belongs to, by title or code"))
    adding.add_argument("--pledge", default="", help=tr_("what they pledged"))
    adding.add_argument("--day", default="", help=tr_("day of the registration; today when left out"))
    adding.set_defaults(run=add)
    listing = actions.add_parser("list", help=tr_("list the registrations"), parents=[shared])
    listing.add_argument("--year", type=int, default=0, help=tr_("only of this year"))
    listing.add_argument("--title", default="", help=tr_("only of this title"))
    listing.add_argument("--movement", default="", help=tr_("only of this movement"))
    listing.add_argument("--unit", default="", help=tr_("only of a unit and the people in it"))
    listing.add_argument("--state", choices=STATES, default="", help=tr_("how far it is"))
    listing.set_defaults(run=show_list)
    exporting = actions.add_parser("export", help=tr_("write the registrations of a year"), parents=[shared])
    exporting.add_argument("--year", type=int, default=0, help=tr_("year; this one when left out"))
    exporting.add_argument("--unit", default="", help=tr_("only of a unit and the people in it"))
    exporting.add_argument("--out", required=True, metavar="FILE", help=tr_("file to write: .pdf, .docx or .xlsx"))
    exporting.add_argument("--overwrite", action="store_true", help=tr_("replace a file that is there"))
    exporting.set_defaults(run=export)
    one = actions.add_parser("show", help=tr_("the way of one registration, step by step"), parents=[shared])
    one.add_argument("registration", metavar="ID", help=tr_("its code"))
    one.set_defaults(run=show)
    changing = actions.add_parser("set", help=tr_("write its pledge anew"), parents=[shared])
    changing.add_argument("registration", metavar="ID", help=tr_("its code"))
    changing.add_argument("--pledge", required=True, help=tr_("what they pledged"))
    changing.set_defaults(run=change)
    _add_steps(actions, shared)
    list_import.add(actions, shared, "registrations")


def _add_steps(actions: Any, shared: argparse.ArgumentParser) -> None:
    for verb, told, run in (
        ("send", tr_("note that they went up"), send),
        ("return", tr_("return them with a reason"), give_back),
        ("approve", tr_("note that they were approved"), approve),
        ("withdraw", tr_("take them out with a reason"), withdraw),
    ):
        parser = actions.add_parser(verb, help=told, parents=[shared])
        parser.add_argument("registrations", metavar="ID,ID", help=tr_("their codes"))
        if verb != "withdraw":
            parser.add_argument("--day", default="", help=tr_("day; today when left out"))
        if verb in ("return", "withdraw"):
            parser.add_argument("--reason", required=True, help=tr_("why"))
        else:
            parser.add_argument("--number", default="", help=tr_("number of the paper"))
        parser.set_defaults(run=run)


def add(args: argparse.Namespace) -> int:
    """Register."""
    with context.office(args, write=True) as office:
        pledge = services.Pledge(prize=args.title, year=args.year, movement=args.movement, pledge=args.pledge)
        day = context.day_given(args, "day", "--day")
        _answer(args, office, services.register(office, split_ids(args.subjects), pledge, day))
    return context.DONE


def show_list(args: argparse.Namespace) -> int:
    """List them, with how many are how far."""
    with context.office(args) as office:
        wanted = services.Wanted(
            year=args.year, prize=args.title, movement=args.movement, unit=args.unit, state=args.state
        )
        found = services.registrations_of(office, wanted, context.today(args))
        counts = Counter(each.state for each in found)
        lines = [_line(office, each) for each in _told(office, found, context.today(args))]
        told = " · ".join(f"{tr(REGISTRATION_WORDS[each])} {counts[each]}" for each in STATES if counts[each])
        context.answer(
            args,
            {
                "registrations": _told(office, found, context.today(args)),
                "counts": {each: counts[each] for each in STATES},
            },
            [*lines, told] if found else [tr_("Nobody has registered a title")],
        )
    return context.DONE


def export(args: argparse.Namespace) -> int:
    """Write those of a year."""
    from exports.papers.registrations import write_registrations  # noqa: PLC0415  # pages are heavy

    with context.office(args, write=True) as office:
        today = context.today(args)
        wanted = services.Wanted(year=args.year or today.year, unit=args.unit)
        log = partial(log_export, office)
        write_registrations(office, wanted, Path(args.out), day=today, log=log, overwrite=args.overwrite)
        context.answer(args, {"file": args.out}, [tr_("Written: {path}", path=args.out)])
    return context.DONE


def show(args: argparse.Namespace) -> int:
    """Tell the way of one."""
    with context.office(args) as office:
        found = services.registration_named(office, args.registration)
        (row,) = _told(office, [found], context.today(args))
        lines = [_line(office, row), *([f"  {found.pledge}"] if found.pledge else []), *step_lines(found)]
        context.answer(args, row, lines)
    return context.DONE


def step_lines(found: TitleRegistration) -> list[str]:
    """What became of a registration, step by step."""
    lines = [f"  {shown(found.registered)} {tr_('registered')}"] if found.registered else []
    return lines + [
        "  " + " · ".join(
            part for part in (f"{shown(each.day)} {tr(REGISTRATION_WORDS[each.to])}", each.number, each.reason, each.by)
            if part
        )
        for each in found.steps
    ]  # fmt: skip


def change(args: argparse.Namespace) -> int:
    """Write a pledge anew."""
    with context.office(args, write=True) as office:
        held = services.registration_named(office, args.registration)
        _answer(args, office, [services.amend(office, held, args.pledge)])
    return context.DONE


def send(args: argparse.Namespace) -> int:
    """Note that they went up."""
    return _step(args, partial(services.send, number=args.number))


def give_back(args: argparse.Namespace) -> int:
    """Return them."""
    return _step(args, partial(services.give_back, reason=args.reason))


def approve(args: argparse.Namespace) -> int:
    """Note that they were approved."""
    return _step(args, partial(services.approve, number=args.number))


def _step(args: argparse.Namespace, act: _Act) -> int:
    with context.office(args, write=True) as office:
        day = context.day_given(args, "day", "--day")
        _answer(args, office, act(office, _named(office, args), day))
    return context.DONE


def withdraw(args: argparse.Namespace) -> int:
    """Take them out."""
    with context.office(args, write=True) as office:
        chosen = _named(office, args)
        services.withdraw(office, chosen, args.reason)
        gone = {"withdrawn": [each.id for each in chosen]}
        context.answer(args, gone, [tr_("Taken out; “book undo” brings it back")])
    return context.DONE


def _named(office: Office, args: argparse.Namespace) -> list[TitleRegistration]:
    return [services.registration_named(office, each) for each in split_ids(args.registrations)]


def _answer(args: argparse.Namespace, office: Office, made: list[TitleRegistration]) -> None:
    rows = _told(office, made, context.today(args))
    context.answer(args, {"registrations": rows}, [_line(office, each) for each in rows])


def _told(office: Office, found: list[TitleRegistration], day: date) -> list[dict[str, Any]]:
    names, place = office.names(), services.place_of(office, day)
    movements = {each.id: each.title for each in office.book.table(Movement)}
    return [
        {
            "id": each.id,
            "subject": each.subject,
            "name": names.get(each.subject, ""),
            "unit": place(each.subject),
            "title": each.prize,
            "year": each.year,
            "movement": movements.get(each.movement, ""),
            "pledge": each.pledge,
            "registered": each.registered.isoformat() if each.registered else None,
            "state": each.state,
            "steps": [
                {"day": one.day.isoformat(), "to": one.to, "by": one.by, "reason": one.reason, "number": one.number}
                for one in each.steps
            ],
        }
        for each in found
    ]


def _line(office: Office, row: dict[str, Any]) -> str:
    title = prize_of(office, row["title"]).title.in_language(language())
    state = tr(REGISTRATION_WORDS[row["state"]])
    reason = row["steps"][-1]["reason"] if row["steps"] else ""
    parts = (row["name"], row["unit"], title, str(row["year"]), row["movement"], state, reason)
    return f"{row['id']}  " + " · ".join(part for part in parts if part)
