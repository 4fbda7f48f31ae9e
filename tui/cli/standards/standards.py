"""`config standard`: read a standard in plain words with its sources, change or confirm a value."""

from __future__ import annotations

import argparse
from typing import Any

import msgspec

from config.i18n import language, tr, tr_
from config.settings.criteria import Standard
from records.rules.standards.plain_words import standard_lines
from records.services.standards.rule_changes import NewValue, first_day, rewrites, set_value, the_standard
from tui.cli import context
from tui.cli.standards.outlook import place_and_value


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))
    showing = actions.add_parser("show", help=tr_("a standard in plain words, with its sources"), parents=[shared])
    showing.add_argument("standard", nargs="?", default="", metavar="ID", help=tr_("all of them if left out"))
    showing.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about"))
    showing.set_defaults(run=show)
    setting = actions.add_parser("set", help=tr_("change or confirm a value for this office"), parents=[shared])
    setting.add_argument("standard", metavar="ID", help=tr_("id of the standard"))
    setting.add_argument("value", metavar="CRITERION.NAME=VALUE", help=tr_("such as training.months=36"))
    setting.add_argument("--since", default="", metavar="DAY", help=tr_("first day it holds; today if left out"))
    setting.add_argument("--correct", action="store_true", help=tr_("a wrong entry is corrected: past days change"))
    setting.add_argument(
        "--source", required=True, metavar="KEY", help=tr_("the text it rests on, a key of sources.yaml")
    )
    setting.add_argument("--confirmed", action="store_true", help=tr_("the office has read the text and confirms it"))
    setting.add_argument("--note", default="", help=tr_("anything a reader should know"))
    setting.set_defaults(run=change)


def show(args: argparse.Namespace) -> int:
    """Show one standard, or all."""
    on = context.day_given(args, "on", "--on")
    with context.office(args) as office:
        wanted = [the_standard(office, args.standard)] if args.standard else list(office.settings.standards)
        lines: list[str] = []
        for each in wanted:
            spoken = [
                "  " * (line.depth + 1) + tr(line.text)
                for line in standard_lines(each, office.settings.sources.sources, on)
            ]
            lines += [f"{each.title.in_language(language())} ({each.id})", *spoken, ""]
        context.answer(args, {"on": on.isoformat(), "standards": [_plain(each) for each in wanted]}, lines[:-1])
    return context.DONE


def change(args: argparse.Namespace) -> int:
    """Change or confirm a value in the office's own settings."""
    place, value = place_and_value(args.value)
    today = context.today(args)
    with context.office(args, write=True) as office:
        since = (
            context.day_given(args, "since", "--since")
            if args.since
            else first_day(office, args.standard, place, today, correcting=args.correct)
        )
        new = NewValue(
            criterion=place[0],
            name=place[1],
            value=value,
            since=since,
            source=args.source,
            correcting=args.correct or bool(args.since),  # a day that is written out was meant
            confidence="confirmed" if args.confirmed else "to_confirm",
            note=args.note,
        )
        past = rewrites(office, args.standard, new, today)
        changed = set_value(office, args.standard, new, today)
        standard = the_standard(changed, args.standard)
        lines = [tr(line.text) for line in standard_lines(standard, changed.settings.sources.sources, since)]
        if past:
            lines.append(tr_("A wrong entry was corrected: verdicts on days from {since} on change", since=since))
        context.answer(args, {"standard": _plain(standard), "since": since.isoformat(), "rewrites": past}, lines)
    return context.DONE


def _plain(standard: Standard) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(standard, str_keys=True)
    return plain
