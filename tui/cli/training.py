"""`training`: conferences and classes, who is called, who came, and the figures of it."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from config.errors import InputError, needs
from config.speech import say, say_
from config.text import t
from records.desks import training
from records.desks.office import Office
from records.domain.dates import parse_day
from records.domain.training import KINDS, Attendance, Event, Presence, TrainingKind
from records.rules.rates import Rate, hours_by_year, rate
from records.rules.training_words import EVENT_WORDS, PRESENCE_MARKS, PRESENCE_WORDS
from tui.cli import door, words

_MARKS: dict[str, Presence] = {**{each: cast("Presence", each) for each in PRESENCE_MARKS}}
_MARKS |= {mark: cast("Presence", each) for each, mark in PRESENCE_MARKS.items() if mark}


def add(nouns: Any, shared: argparse.ArgumentParser) -> None:
    """Add the noun and its verbs to the command line."""
    verbs = nouns.add_parser("training", help=say_("conferences and classes, who came, figures"), parents=[shared])
    actions = verbs.add_subparsers(required=True, metavar=say_("VERB"))
    lists = actions.add_parser("list", help=say_("events, the newest first"), parents=[shared])
    _add_period(lists)
    lists.set_defaults(run=list_events)
    new = actions.add_parser("add", help=say_("enter an event, or a series of months"), parents=[shared])
    new.add_argument("--kind", choices=KINDS, default="conference", help=say_("kind of event"))
    new.add_argument(
        "--title", required=True, help=say_("title; of a series it may hold {month} and {year}", **_BLANKS)
    )
    new.add_argument("--day", required=True, help=say_("first day"))
    new.add_argument("--last-day", default="", help=say_("last day, where it takes several"))
    new.add_argument("--hours", default="", help=say_("hours of instruction"))
    new.add_argument("--organiser", default="", help=say_("who holds it"))
    new.add_argument("--place", default="", help=say_("where"))
    new.add_argument("--topic", default="", help=say_("what it is about"))
    new.add_argument("--times", type=int, default=1, metavar="N", help=say_("in how many months, one after another"))
    new.set_defaults(run=add_event)
    called = actions.add_parser("call", help=say_("call people to an event"), parents=[shared])
    called.add_argument("event", metavar="EVENT")
    called.add_argument("--people", default="", metavar="ID,ID", help=say_("ids of people"))
    called.add_argument("--role", default=None, help=say_("everybody who holds this role; “all” for any"))
    called.set_defaults(run=call_people)
    came = actions.add_parser("mark", help=say_("record who came"), parents=[shared])
    came.add_argument("event", metavar="EVENT")
    came.add_argument("marks", nargs="+", metavar="ID=MARK", help=say_("x came, m late, p with leave, v absent"))
    came.set_defaults(run=mark_people)
    figures = actions.add_parser("figures", help=say_("how often people came"), parents=[shared])
    _add_period(figures)
    figures.add_argument("--by", choices=("unit", "role", "level", "event", "person"), default="unit")
    figures.set_defaults(run=show_figures)
    past = actions.add_parser("history", help=say_("the trainings of one person"), parents=[shared])
    past.add_argument("person", metavar="ID")
    past.add_argument("--on", metavar="DAY", help=say_("day asked about"))
    past.set_defaults(run=show_history)


_BLANKS = {"month": "{month}", "year": "{year}"}


def _add_period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", default="", help=say_("kind of event"))
    parser.add_argument("--from", dest="first", default="", metavar="DAY", help=say_("first day"))
    parser.add_argument("--to", dest="last", default="", metavar="DAY", help=say_("last day"))
    parser.add_argument("--on", metavar="DAY", help=say_("day asked about"))


def _wanted(args: argparse.Namespace, office: Office) -> list[Event]:
    days = [
        parse_day(typed, field=field, today=door.today(args)) if typed else None
        for typed, field in ((args.first, "--from"), (args.last, "--to"))
    ]
    return training.events(office, kind=args.kind, first=days[0], last=days[1])


def list_events(args: argparse.Namespace) -> int:
    """List events with how many came."""
    with door.office(args) as office:
        found = _wanted(args, office)
        rates = training.rates_by(office, found, by="event", on=door.day_given(args, "on", "--on"))
        told = [{**_event(each), **_rate(rates.get(each.id, Rate()))} for each in found]
        lines = [
            f"{each.id}  {each.day:%d/%m/%Y}  {say(EVENT_WORDS[each.kind]):<12} {each.title}"
            + _share(rates.get(each.id, Rate()))
            for each in found
        ]
        door.answer(args, {"events": told}, lines or [say_("No event in this period")])
    return door.DONE


def _event(event: Event) -> dict[str, object]:
    return {
        "id": event.id,
        "kind": event.kind,
        "title": event.title,
        "day": event.day.isoformat(),
        "last_day": event.last_day.isoformat() if event.last_day else None,
        "hours": str(event.hours),
        "organiser": event.organiser,
    }


def _rate(found: Rate) -> dict[str, object]:
    percent = None if found.percent is None else str(found.percent)
    counts = {"recorded": found.recorded, "came": found.came, "late": found.late}
    return {**counts, "excused": found.excused, "absent": found.absent, "percent": percent}


def _share(found: Rate) -> str:
    if found.percent is None:
        return ""
    return " · " + say_("came {percent} %", percent=found.percent)


def add_event(args: argparse.Namespace) -> int:
    """Enter an event or a series."""
    today = door.today(args)
    try:
        hours = Decimal(args.hours.replace(",", ".") or "0")
    except InvalidOperation:
        raise needs("--hours", args.hours, t("enter a number, or nothing")) from None
    event = Event(
        id="",
        kind=cast("TrainingKind", args.kind),
        title=args.title,
        day=parse_day(args.day, field="--day", today=today),
        last_day=parse_day(args.last_day, field="--last-day", today=today) if args.last_day else None,
        hours=hours,
        organiser=args.organiser,
        place=args.place,
        topic=args.topic,
    )
    with door.office(args, write=True) as office:
        if args.times == 1:
            made = [training.save_event(office, event)]
        else:
            made = training.open_series(office, event, times=args.times)
        lines = [f"{each.id}  {each.day:%d/%m/%Y}  {each.title}" for each in made]
        door.answer(args, {"events": [_event(each) for each in made]}, lines)
    return door.DONE


def call_people(args: argparse.Namespace) -> int:
    """Call people to an event."""
    if not args.people and args.role is None:
        raise InputError(t("Nobody is named"), do=t("name people with --people, or a role with --role"))
    with door.office(args, write=True) as office:
        event = training.event_named(office, args.event)
        role = "" if args.role == "all" else args.role
        if args.people:
            new = training.call(office, event, words.split_ids(args.people))
        else:
            words.judge_role_and_level(office, role, "")
            new = training.call_role(office, [event], role)
        door.answer(
            args, {"event": event.id, "called": new}, [say_("Called to “{title}”: {n}", title=event.title, n=new)]
        )
    return door.DONE


def mark_people(args: argparse.Namespace) -> int:
    """Record who came."""
    marks: dict[tuple[str, str], Presence | None] = {}
    for each in args.marks:
        person, _, mark = each.partition("=")
        if mark not in _MARKS:
            raise needs(each, mark, t("write ID=x, m, p or v"))
        marks[args.event, person.strip()] = _MARKS[mark]
    with door.office(args, write=True) as office:
        done = training.mark(office, marks)
        door.answer(args, {"event": args.event, "marked": done}, [say_("Recorded: {n}", n=done)])
    return door.DONE


def show_figures(args: argparse.Namespace) -> int:
    """Show how often people came, by unit, role, level, session or person."""
    on = door.day_given(args, "on", "--on")
    with door.office(args) as office:
        found = training.rates_by(office, _wanted(args, office), by=args.by, on=on)
        groups = sorted(found.items(), key=lambda pair: (-(pair[1].percent or 0), pair[0]))
        told = [{"group": group, **_rate(each)} for group, each in groups]
        lines = [
            f"{group or say_('not known'):<34} {each.came}/{each.recorded - each.excused}{_share(each)}"
            for group, each in groups
        ]
        door.answer(args, {"by": args.by, "groups": told}, lines or [say_("Nothing is recorded yet")])
    return door.DONE


def show_history(args: argparse.Namespace) -> int:
    """Show one person's trainings, hours and rate."""
    on = door.day_given(args, "on", "--on")
    with door.office(args) as office:
        person = office.person(args.person)
        attended = office.dossier(person.id, on).trainings
        events = {each.id: each for each in office.book.table(Event)}
        hours = hours_by_year(attended, events)
        told = [_attendance(each, events) for each in attended]
        lines = [f"{person.id}  {person.name}"]
        lines += [
            f"  {each.day:%d/%m/%Y}  {events[each.event].title if each.event in events else each.kind}: "
            f"{say(PRESENCE_WORDS[each.presence])}"
            for each in attended
        ]
        lines += [say_("  {year}: {hours} hours", year=year, hours=each) for year, each in hours.items() if each]
        whole = rate(attended)
        found = {
            "person": person.id,
            "trainings": told,
            "hours": {str(y): str(h) for y, h in hours.items()},
            **_rate(whole),
        }
        door.answer(args, found, lines)
    return door.DONE


def _attendance(each: Attendance, events: dict[str, Event]) -> dict[str, object]:
    return {
        "event": each.event,
        "title": events[each.event].title if each.event in events else "",
        "day": each.day.isoformat(),
        "presence": each.presence,
        "result": each.result,
        "certificate": each.certificate,
    }
