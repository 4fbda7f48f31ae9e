"""`movement`: launched with its criteria, joined, with what participants came to, summed up."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from config.i18n import tr_
from records.domain.dates import parse_day, shown
from records.domain.emulation import Movement
from records.services.movements import dossiers
from records.services.movements import movements as services
from records.services.office import Office
from tui.cli import context
from tui.cli.awards.lists import add_people, people_named


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    adding = actions.add_parser("add", help=tr_("enter a movement"), parents=[shared])
    adding.add_argument("title", metavar="TITLE", help=tr_("its name as launched"))
    setting = actions.add_parser("set", help=tr_("put a movement right"), parents=[shared])
    setting.add_argument("movement", metavar="ID", help=tr_("code or title"))
    for each in (adding, setting):
        each.add_argument("--number", default="", help=tr_("number of its paper"))
        each.add_argument("--from", dest="start", default="", help=tr_("first day"))
        each.add_argument("--to", dest="end", default="", help=tr_("last day"))
        each.add_argument("--theme", action="store_true", help=tr_("it is on one theme"))
        each.add_argument(
            "--goal", action="append", default=[], metavar="TEXT", help=tr_("a criterion; may be repeated")
        )
    adding.set_defaults(run=add)
    setting.set_defaults(run=change)
    listing = actions.add_parser("list", help=tr_("list the movements"), parents=[shared])
    listing.set_defaults(run=show_list)
    _add_acts(actions, shared)


def _add_acts(actions: Any, shared: argparse.ArgumentParser) -> None:
    for verb, told, run in (
        ("show", tr_("all about one"), show),
        ("join", tr_("enter who takes part"), join),
        ("leave", tr_("take participants out"), leave),
        ("result", tr_("note what participants came to"), note),
        ("sum", tr_("sum a movement up"), sum_up),
    ):
        parser = actions.add_parser(verb, help=told, parents=[shared])
        parser.add_argument("movement", metavar="ID", help=tr_("code or title"))
        parser.set_defaults(run=run)
        if verb in ("join", "leave", "result"):
            add_people(parser)
        if verb in ("join", "result", "sum"):
            parser.add_argument("--day", default="", help=tr_("day; today when left out"))
        if verb in ("result", "sum"):
            parser.add_argument("--text", required=True, help=tr_("what it came to, in words"))
        if verb == "sum":
            parser.add_argument("--number", default="", help=tr_("number of the paper"))


def _given(args: argparse.Namespace) -> dict[str, Any]:
    today = context.today(args)
    told: dict[str, Any] = {"number": args.number, "theme": args.theme, "goals": tuple(args.goal)}
    told |= {
        name: parse_day(typed, field=option, today=today)
        for name, option, typed in (("launched", "--from", args.start), ("until", "--to", args.end))
        if typed
    }
    return {name: each for name, each in told.items() if each}


def add(args: argparse.Namespace) -> int:
    """Enter one."""
    with context.office(args, write=True) as office:
        _answer(args, office, services.launch(office, Movement(id="", title=args.title, **_given(args))))
    return context.DONE


def change(args: argparse.Namespace) -> int:
    """Put one right."""
    with context.office(args, write=True) as office:
        held = services.movement_named(office, args.movement)
        _answer(args, office, services.change(office, held, **_given(args)))
    return context.DONE


def show_list(args: argparse.Namespace) -> int:
    """List them."""
    with context.office(args) as office:
        found = services.movements(office)
        told = {"movements": [_told(office, each) for each in found]}
        context.answer(args, told, [_line(each) for each in found] or [tr_("No movement is recorded")])
    return context.DONE


def show(args: argparse.Namespace) -> int:
    """Show one."""
    with context.office(args) as office:
        _answer(args, office, services.movement_named(office, args.movement))
    return context.DONE


def join(args: argparse.Namespace) -> int:
    """Enter participants."""
    with context.office(args, write=True) as office:
        held, day = services.movement_named(office, args.movement), context.day_given(args, "day", "--day")
        _answer(args, office, services.join(office, held, people_named(args), day))
    return context.DONE


def leave(args: argparse.Namespace) -> int:
    """Take participants out."""
    with context.office(args, write=True) as office:
        held = services.movement_named(office, args.movement)
        _answer(args, office, services.leave(office, held, people_named(args)))
    return context.DONE


def note(args: argparse.Namespace) -> int:
    """Note results."""
    with context.office(args, write=True) as office:
        held, day = services.movement_named(office, args.movement), context.day_given(args, "day", "--day")
        _answer(args, office, services.note(office, held, people_named(args), args.text, day))
    return context.DONE


def sum_up(args: argparse.Namespace) -> int:
    """Sum one up."""
    with context.office(args, write=True) as office:
        held, day = services.movement_named(office, args.movement), context.day_given(args, "day", "--day")
        _answer(args, office, services.sum_up(office, held, day, args.text, number=args.number))
    return context.DONE


def _answer(args: argparse.Namespace, office: Office, movement: Movement) -> None:
    names = office.names()
    lines = [_line(movement), *(f"  · {each}" for each in movement.goals)]
    lines += [
        f"  {each.subject}  {names.get(each.subject, '')}" + (f" · {each.result}" if each.result else "")
        for each in movement.participants
    ]
    if movement.summed:
        lines.append(tr_("Summed up on {day}: {text}", day=movement.summed, text=movement.summary))
    context.answer(args, _told(office, movement), lines)


def _told(office: Office, each: Movement) -> dict[str, object]:
    names = office.names()
    return {
        "id": each.id,
        "title": each.title,
        "number": each.number,
        "from": each.launched.isoformat() if each.launched else None,
        "to": each.until.isoformat() if each.until else None,
        "theme": each.theme,
        "goals": list(each.goals),
        "participants": [
            {"subject": one.subject, "name": names.get(one.subject, ""), "result": one.result,
             "joined": one.joined.isoformat() if one.joined else None}
            for one in each.participants
        ],
        "files": len(dossiers.files_of(office, each.id)),
        "outcome": asdict(services.outcome(office, each)),
        "summed": each.summed.isoformat() if each.summed else None,
        "summary": each.summary,
        "summary_number": each.summary_number,
    }  # fmt: skip


def _line(each: Movement) -> str:
    days = f"{shown(each.launched, '…')} – {shown(each.until, '…')}"
    kind = tr_("theme") if each.theme else tr_("movement")
    count = tr_("{n} participants", n=len(each.participants))
    return f"{each.id}  " + " · ".join(part for part in (each.title, kind, days, each.number, count) if part)
