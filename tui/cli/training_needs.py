"""`training needs`: who lacks or will lack which training, and a class for them."""

from __future__ import annotations

import argparse
from typing import Any

from config.errors import InputError
from config.speech import language, say, say_
from config.text import t
from records.desks.needs import Need, needs, open_class
from records.desks.office import Office
from records.domain.dates import parse_day, shown
from records.domain.training import Event
from records.rules.words import CONFIDENCE_WORDS
from tui.cli import door, words


def add(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verb to `training`."""
    lacking = verbs.add_parser(
        "needs", help=say_("who lacks or will lack which training by a day, and a class for them"), parents=[shared]
    )
    words.add_scope(lacking)
    lacking.add_argument("--by", default="", metavar="DAY", help=say_("by when; the day asked about if left out"))
    lacking.add_argument("--uncalled", action="store_true", help=say_("only people who are not called to one already"))
    lacking.add_argument("--class", dest="title", default="", metavar="TITLE", help=say_("enter a class for them all"))
    lacking.add_argument("--day", default="", metavar="DAY", help=say_("first day of that class"))
    lacking.set_defaults(run=list_needs)


def list_needs(args: argparse.Namespace) -> int:
    """List needs; exit 1 when there are any and no class is made for them."""
    on, today = door.day_given(args, "on", "--on"), door.today(args)
    by = parse_day(args.by, field="--by", today=today) if args.by else on
    if bool(args.title) != bool(args.day):
        raise InputError(t("A class needs a title and a day"), do=t("give both --class and --day"))
    with door.office(args, write=bool(args.title)) as office:
        found = needs(office, on, by, words.scope(args, holding=True))
        found = [each for each in found if not (args.uncalled and each.called)]
        told: dict[str, object] = {"on": on.isoformat(), "by": by.isoformat(), "needs": [_told(each) for each in found]}
        lines = [_line(office, each) for each in found]
        people = list(dict.fromkeys(each.person.id for each in found))
        lines.append(say_("{n} people need a training by {day}", n=len(people), day=by))
        if args.title:
            day = parse_day(args.day, field="--day", today=today)
            kind = found[0].criterion.kinds[0] if found else "course"
            made, called = open_class(office, Event(id="", kind=kind, title=args.title, day=day), people)
            told |= {"event": made.id, "called": called}
            lines.append(say_("{id} “{title}”: called {n} people", id=made.id, title=made.title, n=called))
        door.answer(args, told, lines)
    return door.FINDINGS if found and not args.title else door.DONE


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
        "reason": say(each.finding.reason),
        "source": each.finding.source,
        "confidence": each.finding.confidence,
    }


def _line(office: Office, each: Need) -> str:
    day = say_("now") if each.lacking else shown(each.day)
    called = say_(", called to {id}", id=each.called.id) if each.called else ""
    return (
        f"{day:<10}  {each.person.id}  {each.person.name} · {words.role_name(office, each.role)} · "
        f"{each.criterion.title.in_language(language())}: {say(each.finding.reason)} "
        f"({say(CONFIDENCE_WORDS[each.finding.confidence])}){called}"
    )
