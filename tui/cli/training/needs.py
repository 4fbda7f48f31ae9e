"""`training needs`: who lacks or will lack which training, and a class for them."""

from __future__ import annotations

import argparse
from typing import Any

from config.errors import InputError
from config.i18n import language, tr, tr_
from config.text import t
from records.domain.dates import parse_day, shown
from records.domain.training import Event
from records.rules.words import CONFIDENCE_WORDS
from records.services.office import Office
from records.services.training.needs import Need, needs, open_class
from tui.cli import context, options
from tui.present.rights.restricted import left_out_of
from tui.present.words import role_title


def add(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb to `training`."""
    lacking = verbs.add_parser(
        "needs", help=tr_("who lacks or will lack which training by a day, and a class for them"), parents=[shared]
    )
    options.add_scope(lacking)
    lacking.add_argument("--by", default="", metavar="DAY", help=tr_("by when; the day asked about if left out"))
    lacking.add_argument("--uncalled", action="store_true", help=tr_("only people who are not called to one already"))
    lacking.add_argument("--class", dest="title", default="", metavar="TITLE", help=tr_("enter a class for them all"))
    lacking.add_argument("--day", default="", metavar="DAY", help=tr_("first day of that class"))
    lacking.set_defaults(run=list_needs)


def list_needs(args: argparse.Namespace) -> int:
    """List needs; exit 1 when there are any and no class is made for them."""
    on, today = context.day_given(args, "on", "--on"), context.today(args)
    by = parse_day(args.by, field="--by", today=today) if args.by else on
    if bool(args.title) != bool(args.day):
        raise InputError(t("A class needs a title and a day"), do=t("give both --class and --day"))
    with context.office(args, write=bool(args.title)) as office:
        found = needs(office, on, by, options.scope(args, holding=True))
        found = [each for each in found if not (args.uncalled and each.called)]
        told: dict[str, object] = {"on": on.isoformat(), "by": by.isoformat(), "needs": [_told(each) for each in found]}
        lines = [_line(office, each) for each in found]
        people = list(dict.fromkeys(each.person.id for each in found))
        lines.append(tr_("{n} people need a training by {day}", n=len(people), day=by))
        if args.title:
            day = parse_day(args.day, field="--day", today=today)
            kind = found[0].criterion.kinds[0] if found else "course"
            made, called = open_class(office, Event(id="", kind=kind, title=args.title, day=day), people)
            told |= {"event": made.id, "called": called}
            lines.append(tr_("{id} “{title}”: called {n} people", id=made.id, title=made.title, n=called))
        missing, said = left_out_of(office, on, options.scope(args, holding=True))
        context.answer(args, {**told, **missing}, [*lines, *said])
    return context.FINDINGS if found and not args.title else context.DONE


def _told(each: Need) -> dict[str, object]:
    return {
        "id": each.person.id,
        "name": each.person.name,
        "unit": each.unit_name,
        "role": each.role,
        "level": each.level,
        "criterion": each.criterion.id,
        "kinds": list(each.criterion.kinds),
        "lacking": each.lacking,
        "day": each.day.isoformat(),
        "last": each.last.isoformat() if each.last else None,
        "called": each.called.id if each.called else None,
        "reason": tr(each.finding.reason),
        "source": each.finding.source,
        "confidence": each.finding.confidence,
    }


def _line(office: Office, each: Need) -> str:
    day = tr_("now") if each.lacking else shown(each.day)
    called = tr_(", called to {id}", id=each.called.id) if each.called else ""
    return (
        f"{day:<10}  {each.person.id}  {each.person.name} · {role_title(office, each.role)} · "
        f"{each.criterion.title.in_language(language())}: {tr(each.finding.reason)} "
        f"({tr(CONFIDENCE_WORDS[each.finding.confidence])}){called}"
    )
