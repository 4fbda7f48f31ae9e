"""`config show` and `config set`: the settings of the book, by name."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from itertools import groupby
from typing import Any

from config.i18n import tr, tr_
from config.settings.loading import Settings
from config.settings.offices import ALWAYS
from records.domain.dates import parse_day
from records.services.settings import keys
from records.services.settings.changing import set_setting
from records.services.settings.keys import SettingKey
from records.services.settings.recoding import move_words, planned_move
from tui.cli import context
from tui.present.founding import same_code
from tui.present.settings import shown_value, since_words

_FOREVER = ("always", "luôn", "luon")


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    show = actions.add_parser("show", help=tr_("the settings of the book and their values by date"), parents=[shared])
    show.add_argument("key", nargs="?", metavar="KEY", default="", help=tr_("only this setting, or those of a group"))
    show.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about, as 2025-06-15 or 15/6/2025"))
    show.set_defaults(run=show_settings)
    change = actions.add_parser("set", help=tr_("change a setting of the book"), parents=[shared])
    change.add_argument("key", metavar="KEY", help=tr_("its name, as “config show” writes it"))
    change.add_argument("value", metavar="VALUE", help=tr_("the new value; - for none"))
    change.add_argument("--from", dest="since", default="", metavar="DAY",
                        help=tr_("first day on which it holds; “always” for one that was always so"))  # fmt: skip
    change.add_argument("--dry-run", action="store_true", help=tr_("only show what would happen"))
    change.set_defaults(run=change_setting)


def show_settings(args: argparse.Namespace) -> int:
    """Show every setting, its value on a day and those of other days."""
    day = context.day_given(args, "on", tr_("--on"))
    with context.office(args) as office:
        settings = office.settings
        known = keys.keys_of(settings)
        chosen = [each for key, each in known.items() if key == args.key or key.startswith(f"{args.key}.".lstrip("."))]
        if not chosen:
            keys.the_key(settings, args.key)
        found = {**_nested(settings, chosen, day), "settings": [_entry(settings, each, day) for each in chosen]}
        lines = [
            line
            for group, each in groupby(chosen, lambda one: one.group)
            for line in _group(settings, group, each, day)
        ]
        context.answer(args, {"on": day.isoformat(), **found}, lines)
    return context.DONE


def _nested(settings: Settings, chosen: list[SettingKey], day: date) -> dict[str, Any]:
    """The values of a day, by the parts of their names."""
    whole: dict[str, Any] = {}
    for each in chosen:
        *above, last = each.key.split(".")
        place = whole
        for part in above:
            place = place.setdefault(part, {})
        place[last] = _plain(keys.value_on(settings, each, day))
    return whole


def _entry(settings: Settings, key: SettingKey, day: date) -> dict[str, Any]:
    values = keys.values(settings, key)
    return {
        "key": key.key,
        "title": tr(key.title),
        "group": tr(key.group),
        "value": _plain(keys.value_on(settings, key, day)),
        "dated": key.dated,
        "values": [
            {"since": None if since == ALWAYS else since.isoformat(), "value": _plain(value)}
            for since, value in values.items()
        ],
        **({"choices": [choice for choice, _ in key.choices]} if key.choices else {}),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _group(settings: Settings, group: Any, chosen: Any, day: date) -> list[str]:
    lines = [tr(group)]
    for each in chosen:
        value = shown_value(each, keys.value_on(settings, each, day))
        lines.append(f"  {each.key:<26} {tr(each.title)}: {value}")
        values = keys.values(settings, each)
        if len(values) > 1:
            lines += [
                f"  {'':<26}   {tr(since_words(since))}: {shown_value(each, held)}" for since, held in values.items()
            ]
    return lines


def change_setting(args: argparse.Namespace) -> int:
    """Change one setting; a move to another code is told with what it does."""
    today = context.today(args)
    since = None
    if args.since:
        since = ALWAYS if args.since.casefold() in _FOREVER else parse_day(args.since, field="--from", today=today)
    with context.office(args, write=not args.dry_run) as office:
        key = keys.the_key(office.settings, args.key)
        value = key.read(args.value)
        moving = key.key == keys.CODE and value != office.book.office
        lines = [tr(each) for each in (move_words(planned_move(office, value)) if moving else ())]
        warned = [tr(each) for each in (same_code(value, office.book.path) if moving else ())]
        settings = office.settings
        if not args.dry_run:
            before = office.book.head()
            settings = set_setting(office, args.key, args.value, since=since, today=today).settings
            lines.append(tr_("Saved: {key}", key=key.key) if office.book.head() != before else tr_("It is so already"))
        for each in warned:
            print(each, file=sys.stderr)
        found = {**_entry(settings, key, since if since and since > today else today), "notices": warned}
        context.answer(args, found, [*lines, *_group(settings, key.group, [key], today)])
    return context.DONE
