"""`training figures` and `training history`: how often people came, what one person went through; as papers too."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from config.i18n import tr, tr_
from records.domain.dates import parse_day
from records.domain.training import Attendance, Event
from records.rules.training.rates import Rate, rate
from records.rules.training.words import PRESENCE_WORDS, result_texts
from records.services.lists import log_export
from records.services.office import Office
from records.services.training import events
from records.services.training.figures import BY, figures
from records.services.training.past import Past, past_of
from tui.cli import context


def add(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Add the two verbs to `training`."""
    counted = verbs.add_parser("figures", help=tr_("how often people came"), parents=[shared])
    add_period(counted)
    counted.add_argument("--by", choices=tuple(BY), default="unit", help=tr_("what the figures are grouped by"))
    _add_file(counted, "--out")
    counted.set_defaults(run=show_figures)
    past = verbs.add_parser("history", help=tr_("the trainings of one person"), parents=[shared])
    past.add_argument("person", metavar="ID")
    past.add_argument("--on", metavar="DAY", help=tr_("day asked about"))
    _add_file(past, "--pdf")
    past.set_defaults(run=show_history)


def _add_file(parser: argparse.ArgumentParser, option: str) -> None:
    parser.add_argument(option, default="", metavar="FILE", help=tr_("write a paper to this .pdf, .docx or .xlsx"))
    parser.add_argument("--overwrite", action="store_true", help=tr_("replace the file if it is there"))


def add_period(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which events."""
    parser.add_argument("--kind", default="", help=tr_("kind of event"))
    parser.add_argument("--from", dest="first", default="", metavar="DAY", help=tr_("first day"))
    parser.add_argument("--to", dest="last", default="", metavar="DAY", help=tr_("last day"))
    parser.add_argument("--on", metavar="DAY", help=tr_("day asked about"))


def wanted_events(args: argparse.Namespace, office: Office) -> list[Event]:
    """The events meant by the options of `add_period`. Raises InputError for no day or kind."""
    days = [
        parse_day(typed, field=field, today=context.today(args)) if typed else None
        for typed, field in ((args.first, "--from"), (args.last, "--to"))
    ]
    return events.events(office, kind=args.kind, first=days[0], last=days[1])


def rate_told(found: Rate) -> dict[str, object]:
    """A rate as JSON tells it."""
    percent = None if found.percent is None else str(found.percent)
    counts = {"recorded": found.recorded, "came": found.came, "late": found.late}
    return {**counts, "excused": found.excused, "absent": found.absent, "percent": percent}


def share_told(found: Rate) -> str:
    """The share that came, as it stands at the end of a line."""
    if found.percent is None:
        return ""
    return " · " + tr_("came {percent} %", percent=found.percent)


def show_figures(args: argparse.Namespace) -> int:
    """Show how often people came, group by group; or write it as a paper with bars."""
    on = context.day_given(args, "on", "--on")
    with context.office(args, write=bool(args.out)) as office:
        wanted = wanted_events(args, office)
        found = figures(office, wanted, by=args.by, on=on)
        told = [{"group": each.group, "title": tr(each.title), **rate_told(each.rate)} for each in found]
        lines = [
            f"{tr(each.title):<34} {each.rate.came}/{each.rate.recorded - each.rate.excused}{share_told(each.rate)}"
            for each in found
        ] or [tr_("Nothing is recorded yet")]
        if args.out:
            from exports.papers.training import Written, write_figures  # noqa: PLC0415  # pages are heavy

            written = Written(
                Path(args.out), context.today(args), lambda made: log_export(office, made), args.overwrite
            )
            write_figures(office, found, wanted, args.by, written)
            lines = [tr_("Written: {path}", path=args.out)]
        context.answer(args, {"by": args.by, "groups": told, "file": args.out or None}, lines)
    return context.DONE


def show_history(args: argparse.Namespace) -> int:
    """Show one person's trainings, hours and rate; or write them as a paper."""
    on = context.day_given(args, "on", "--on")
    with context.office(args, write=bool(args.pdf)) as office:
        past = past_of(office, args.person, on)
        lines = _lines(past)
        if args.pdf:
            from exports.papers.training import Written, write_history  # noqa: PLC0415  # pages are heavy

            written = Written(
                Path(args.pdf), context.today(args), lambda made: log_export(office, made), args.overwrite
            )
            write_history(office, past, written)
            lines = [tr_("Written: {path}", path=args.pdf)]
        found = {
            "person": past.person.id,
            "trainings": [_attendance(past, each) for each in past.attended],
            "hours": {str(line.year): str(line.hours) for line in past.years if line.hours},
            "gaps": [tr(each) for each in past.gaps],
            "file": args.pdf or None,
            **rate_told(rate(past.attended)),
        }
        context.answer(args, found, lines)
    return context.DONE


def _lines(past: Past) -> list[str]:
    lines = [f"{past.person.id}  {past.person.name}"]
    for each in past.attended:
        told = [tr(PRESENCE_WORDS[each.presence]), *map(tr, result_texts(each))]
        lines.append(f"  {each.day:%d/%m/%Y}  {past.title(each)}: {' · '.join(told)}")
    lines += [tr_("  {year}: {hours} hours", year=each.year, hours=each.hours) for each in past.years if each.hours]
    return [*lines, *(f"  ! {tr(each)}" for each in past.gaps)]


def _attendance(past: Past, each: Attendance) -> dict[str, object]:
    return {
        "event": each.event,
        "title": past.title(each),
        "day": each.day.isoformat(),
        "presence": each.presence,
        "result": each.result,
        "certificate": each.certificate,
    }
