"""`training duties`: talks and reports by person and month, counts only."""

from __future__ import annotations

import argparse
from collections import defaultdict
from datetime import date
from typing import Any

from config.errors import InputError
from config.i18n import tr_
from config.text import t
from records.rules.training.duties import MEASURE_WORDS, Duties, add_up
from records.services.people.roster import Scope, roster
from records.services.training import duties
from records.services.training.duties import DutyCell
from tui.cli import context, options
from tui.cli.imports import list_import

_OPTIONS = {"talks": "talks", "listeners": "listeners", "due": "reports_due", "on_time": "reports_on_time"}


def add(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb to `training`."""
    noun = verbs.add_parser("duties", help=tr_("talks and reports by person and month, counts only"), parents=[shared])
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    lists = actions.add_parser("list", help=tr_("the sums of each person over some months"), parents=[shared])
    lists.add_argument("--from", dest="first", default="", metavar="MONTH", help=tr_("first month, as 1/2026"))
    lists.add_argument("--to", dest="last", default="", metavar="MONTH", help=tr_("last month, as 3/2026"))
    options.add_scope(lists)
    lists.set_defaults(run=list_duties)
    one = actions.add_parser("set", help=tr_("enter the counts of a person in a month"), parents=[shared])
    one.add_argument("person", metavar="ID")
    one.add_argument("month", metavar="MONTH")
    one.add_argument("--talks", default=None, metavar="N", help=tr_("talks given"))
    one.add_argument("--listeners", default=None, metavar="N", help=tr_("listeners of all talks together"))
    one.add_argument("--due", default=None, metavar="N", help=tr_("reports due"))
    one.add_argument("--on-time", default=None, metavar="N", help=tr_("reports that came on time"))
    one.set_defaults(run=set_duties)
    list_import.add(actions, shared, "duties")


def list_duties(args: argparse.Namespace) -> int:
    """List the sums of everybody of a scope who has any; the year to date when no months are named."""
    on, today = context.day_given(args, "on", "--on"), context.today(args)
    first = duties.month_of(args.first, field="--from", today=today) if args.first else date(on.year, 1, 1)
    last = duties.month_of(args.last, field="--to", today=today) if args.last else on.replace(day=1)
    if last < first:
        raise InputError(t("{by} comes before {on}", by=last, on=first), do=t("give a later day"))
    with context.office(args) as office:
        sums: defaultdict[str, Duties] = defaultdict(Duties)
        for (person, _), count in duties.duties_between(office, first, last).items():
            sums[person] += add_up([count])
        told, lines, whole = [], [], Duties()
        for line in roster(office, on, Scope(role=args.role, level=args.level, unit=args.unit)):
            mine = sums[line.person.id]
            if mine.months:
                whole += mine
                told.append({"id": line.person.id, "name": line.person.name, **_told(mine)})
                lines.append(f"{line.person.id}  {line.person.name}: {_line(mine)}")
        lines.append(tr_("{n} people: {sums}", n=len(told), sums=_line(whole)))
        period = {"from": f"{first:%Y-%m}", "to": f"{last:%Y-%m}"}
        context.answer(args, {**period, "people": told, "whole": _told(whole)}, lines)
    return context.DONE


def _told(mine: Duties) -> dict[str, object]:
    percent = mine.on_time_percent
    counts = {measure: getattr(mine, measure) for measure in MEASURE_WORDS}
    return {"months": mine.months, **counts, "on_time_percent": None if percent is None else str(percent)}


def _line(mine: Duties) -> str:
    return tr_(
        "talks {talks}, listeners {listeners}, reports on time {on_time} of {due}",
        talks=mine.talks,
        listeners=mine.listeners,
        on_time=mine.reports_on_time,
        due=mine.reports_due,
    )


def set_duties(args: argparse.Namespace) -> int:
    """Enter counts; those not named stay as they are."""
    today = context.today(args)
    month = duties.month_of(args.month, field="MONTH", today=today)
    given = {measure: getattr(args, name) for name, measure in _OPTIONS.items() if getattr(args, name) is not None}
    if not given:
        raise InputError(t("No count is given"), do=t("give --talks, --listeners, --due or --on-time"))
    with context.office(args, write=True) as office:
        cells = [DutyCell(args.person, month, measure, typed) for measure, typed in given.items()]
        duties.write_duties(office, cells, today=today)
        held = duties.duties_between(office, month, month).get((args.person, month))
        mine = add_up([held] if held else [])
        found = {"person": args.person, "month": f"{month:%Y-%m}", **_told(mine)}
        context.answer(args, found, [f"{args.person}  {month:%m/%Y}: {_line(mine)}"])
    return context.DONE
