"""`training`: conferences and classes, who is called, who came, and the figures of it."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from config.errors import InputError, needs
from config.i18n import language, tr, tr_
from config.settings.criteria import TrainingKind
from config.text import t
from records.domain.dates import parse_day
from records.domain.training import TRAINING_KINDS, Event, Presence
from records.rules.training.rates import Rate
from records.rules.training.words import EVENT_WORDS, PRESENCE_OF
from records.services.people.roster import Scope
from records.services.training import events, figures
from tui.cli import context, options
from tui.cli.certificates import certificate
from tui.cli.imports import attendance, list_import
from tui.cli.training import calendar, duties, papers, results
from tui.cli.training import figures as training_figures
from tui.cli.training import needs as training_needs
from tui.cli.training.figures import add_period, rate_told, share_told, wanted_events


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    lists = actions.add_parser("list", help=tr_("events, the newest first"), parents=[shared])
    add_period(lists)
    lists.set_defaults(run=list_events)
    new = actions.add_parser("add", help=tr_("enter an event, or a series of months"), parents=[shared])
    _add_event_options(new)
    new.set_defaults(run=add_event)
    called = actions.add_parser("call", help=tr_("call people to an event"), parents=[shared])
    called.add_argument("event", metavar="EVENT")
    called.add_argument("--people", default="", metavar="ID,ID", help=tr_("ids of people"))
    called.add_argument("--role", default=None, help=tr_("everybody who holds this role; “all” for any"))
    called.set_defaults(run=call_people)
    came = actions.add_parser("mark", help=tr_("record who came"), parents=[shared])
    came.add_argument("event", metavar="EVENT")
    came.add_argument("marks", nargs="+", metavar="ID=MARK", help=tr_("x came, m late, p with leave, v absent"))
    came.set_defaults(run=mark_people)
    for each in (
        training_needs,
        results,
        attendance,
        duties,
        training_figures,
        calendar,
        papers,
    ):
        each.add(actions, shared)
    _add_certificates(actions, shared)
    list_import.add_template(actions, shared, "training")


def _add_certificates(actions: Any, shared: argparse.ArgumentParser) -> None:
    printing = actions.add_parser(
        "certificates", help=tr_("print the certificates of a class, numbered and signed"), parents=[shared]
    )
    printing.add_argument("course", metavar="EVENT")
    certificate.add_printing(printing)
    printing.set_defaults(run=certificate.print_certificates, decision="", awards="")


def _add_event_options(new: argparse.ArgumentParser) -> None:
    new.add_argument("--kind", choices=TRAINING_KINDS, default="conference", help=tr_("kind of event"))
    month, year = ("{tháng}", "{năm}") if language() == "vi" else ("{month}", "{year}")
    told = tr_("title; of a series it may hold {month} and {year}", month=month, year=year)
    new.add_argument("--title", required=True, help=told)
    new.add_argument("--day", required=True, help=tr_("first day"))
    new.add_argument("--last-day", default="", help=tr_("last day, where it takes several"))
    new.add_argument("--hours", default="", help=tr_("hours of instruction"))
    new.add_argument("--organiser", default="", help=tr_("who holds it"))
    new.add_argument("--place", default="", help=tr_("where"))
    new.add_argument("--topic", default="", help=tr_("what it is about"))
    new.add_argument("--times", type=int, default=1, metavar="N", help=tr_("in how many months, one after another"))
    new.add_argument("--level", default="", help=tr_("a level of the settings, such as commune"))
    new.add_argument("--online-places", type=int, default=0, metavar="N", help=tr_("places to which it is carried"))
    new.add_argument("--call", default=None, metavar="ROLE", help=tr_("call everybody of this role; “all” for any"))


def list_events(args: argparse.Namespace) -> int:
    """List events with how many came."""
    with context.office(args) as office:
        found = wanted_events(args, office)
        rates = figures.rates_by(office, found, by="event", on=context.day_given(args, "on", "--on"))
        told = [{**_event(each), **rate_told(rates.get(each.id, Rate()))} for each in found]
        lines = [
            f"{each.id}  {each.day:%d/%m/%Y}  {tr(EVENT_WORDS[each.kind]):<12} {each.title}"
            + share_told(rates.get(each.id, Rate()))
            for each in found
        ]
        context.answer(args, {"events": told}, lines or [tr_("No event in this period")])
    return context.DONE


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


def add_event(args: argparse.Namespace) -> int:
    """Enter an event or a series."""
    today = context.today(args)
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
        level=args.level,
        online_places=args.online_places,
    )
    with context.office(args, write=True) as office:
        role = "" if args.call in (None, "all") else args.call
        options.judge_role_and_level(office, role, args.level)
        if args.times == 1 and args.call is None:
            made = [events.save_event(office, event)]
        else:
            scope = None if args.call is None else Scope(role=role, holding=True)
            made = events.open_series(office, event, times=args.times, scope=scope)
        lines = [f"{each.id}  {each.day:%d/%m/%Y}  {each.title}" for each in made]
        context.answer(args, {"events": [_event(each) for each in made]}, lines)
    return context.DONE


def call_people(args: argparse.Namespace) -> int:
    """Call people to an event."""
    if not args.people and args.role is None:
        raise InputError(t("Nobody is named"), do=t("name people with --people, or a role with --role"))
    with context.office(args, write=True) as office:
        event = events.event_named(office, args.event)
        role = "" if args.role == "all" else args.role
        if args.people:
            new = events.call(office, event, options.split_ids(args.people))
        else:
            options.judge_role_and_level(office, role, "")
            new = events.call_role(office, [event], role)
        context.answer(
            args, {"event": event.id, "called": new}, [tr_("Called to “{title}”: {n}", title=event.title, n=new)]
        )
    return context.DONE


def mark_people(args: argparse.Namespace) -> int:
    """Record who came."""
    marks: dict[tuple[str, str], Presence | None] = {}
    for each in args.marks:
        person, _, mark = each.partition("=")
        if mark not in PRESENCE_OF:
            raise needs(each, mark, t("write ID=x, m, p or v"))
        marks[args.event, person.strip()] = PRESENCE_OF[mark]
    with context.office(args, write=True) as office:
        done = events.mark(office, marks)
        context.answer(args, {"event": args.event, "marked": done}, [tr_("Recorded: {n}", n=done)])
    return context.DONE
