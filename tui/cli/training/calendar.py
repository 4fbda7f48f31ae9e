"""`training calendar`: what comes in which month, and what is over and not recorded yet."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.dates import add_months, parse_partial
from records.rules.training.words import EVENT_WORDS, STATE_WORDS
from records.services.training.calendar import Planned, planned
from tui.cli import context


def add(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb to `training`."""
    coming = verbs.add_parser("calendar", help=tr_("what comes in which month"), parents=[shared])
    coming.add_argument("--month", default="", metavar="MONTH", help=tr_("first month; this one if left out"))
    coming.add_argument("--months", type=int, default=12, metavar="N", help=tr_("how many months; 12 if left out"))
    coming.add_argument("--on", metavar="DAY", help=tr_("day asked about"))
    coming.set_defaults(run=show_calendar)


def show_calendar(args: argparse.Namespace) -> int:
    """List the events of some months, month by month."""
    on = context.day_given(args, "on", "--on")
    if not 1 <= args.months <= 120:
        raise InputError(t("“{n}” is no number of months", n=args.months), do=t("give a number from 1 to 120"))
    first = _month(args.month, on) if args.month else on.replace(day=1)
    last = add_months(first, args.months) - timedelta(days=1)
    with context.office(args) as office:
        found = planned(office, first, last, on)
        lines = []
        for month, group in groupby(found, key=lambda each: max(each.event.day, first).replace(day=1)):
            lines += [tr_("month {month}", month=f"{month:%m/%Y}"), *map(_line, group)]
        told = {"from": first.isoformat(), "to": last.isoformat(), "events": [_told(each) for each in found]}
        context.answer(args, told, lines or [tr_("No event in this period")])
    return context.DONE


def _month(typed: str, today: date) -> date:
    found = parse_partial(typed, field="--month", today=today)
    if not found.month:
        raise InputError(t("“{typed}” is no month", typed=typed), do=t("write it as 3/2026"))
    return date(found.year, found.month, 1)


def _told(each: Planned) -> dict[str, object]:
    return {
        "id": each.event.id,
        "kind": each.event.kind,
        "title": each.event.title,
        "day": each.event.day.isoformat(),
        "last_day": each.last_day.isoformat(),
        "place": each.event.place,
        "called": each.called,
        "waiting": each.waiting,
        "state": each.state,
    }


def _line(each: Planned) -> str:
    kind, state = tr(EVENT_WORDS[each.event.kind]), tr(STATE_WORDS[each.state])
    return f"  {each.event.day:%d/%m/%Y}  {each.event.id}  {kind}: {each.event.title} · {state} · {each.called}"
