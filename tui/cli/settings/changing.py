"""`config set`: change one setting of the book by its name."""

from __future__ import annotations

import argparse
import sys

from config.i18n import tr, tr_
from config.settings.offices import ALWAYS
from records.domain.dates import parse_day
from records.services.settings import keys
from records.services.settings.changing import set_setting
from records.services.settings.recoding import move_words, planned_move
from tui.cli import context
from tui.cli.settings.showing import entry, group_lines
from tui.present.settings import same_code

_FOREVER = ("always", "luôn", "luon")


def fill(change: argparse.ArgumentParser, _shared: argparse.ArgumentParser) -> None:
    """Give the verb its options."""
    change.add_argument("key", metavar="KEY", help=tr_("its name, as “config show” writes it"))
    change.add_argument("value", metavar="VALUE", help=tr_("the new value; - for none"))
    forever = tr_("first day on which it holds; “always” for one that was always so")
    change.add_argument("--from", dest="since", default="", metavar="DAY", help=forever)
    change.add_argument("--dry-run", action="store_true", help=tr_("only show what would happen"))
    change.set_defaults(run=change_setting)


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
        found = {**entry(settings, key, since if since and since > today else today), "notices": warned}
        context.answer(args, found, [*lines, *group_lines(settings, key.group, [key], today)])
    return context.DONE
