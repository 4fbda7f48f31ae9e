"""`config show`: the settings of the book by name, with their values by date."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from config.i18n import tr, tr_
from config.settings.loading import Settings
from config.settings.offices import ALWAYS
from config.text import Text
from records.services.settings import keys
from records.services.settings.keys import SettingKey
from tui.cli import context
from tui.present.settings import shown_value, since_words


def fill(show: argparse.ArgumentParser, _shared: argparse.ArgumentParser) -> None:
    """Give the verb its options."""
    show.add_argument("key", nargs="?", metavar="KEY", default="", help=tr_("only this setting, or those of a group"))
    show.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about, as 2025-06-15 or 15/6/2025"))
    show.set_defaults(run=show_settings)


def show_settings(args: argparse.Namespace) -> int:
    """Show every setting, its value on a day and those of other days."""
    day = context.day_given(args, "on", tr_("--on"))
    with context.office(args) as office:
        settings = office.settings
        known = keys.keys_of(settings)
        chosen = [each for key, each in known.items() if key == args.key or key.startswith(f"{args.key}.".lstrip("."))]
        if not chosen:
            keys.the_key(settings, args.key)
        found = {**_nested(settings, chosen, day), "settings": [entry(settings, each, day) for each in chosen]}
        lines = [
            line
            for group, each in groupby(chosen, lambda one: one.group)
            for line in group_lines(settings, group, each, day)
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


def entry(settings: Settings, key: SettingKey, day: date) -> dict[str, Any]:
    """A setting with its value of a day and all its values, for scripts."""
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


def group_lines(settings: Settings, group: Text, chosen: Iterable[SettingKey], day: date) -> list[str]:
    """The settings of a group as lines, each with its values of other days below."""
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
