"""`today`: what is to be seen to now, for people and for a job of the night."""

from __future__ import annotations

import argparse

from config.i18n import tr, tr_
from records.domain.dates import shown
from records.services.today.items import Asked, Item
from records.services.today.listing import today
from tui.cli import context
from tui.present.books import backed_up


def fill(noun: argparse.ArgumentParser, _shared: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    noun.add_argument("--on", default="", metavar="DAY", help=tr_("the day asked about, as 2025-06-15 or 15/6/2025"))
    noun.set_defaults(run=show_today)


def show_today(args: argparse.Namespace) -> int:
    """List what is to be seen to; the exit code is 1 when there is anything."""
    on = context.day_given(args, "on", "--on")
    with context.office(args) as office:
        asked = Asked(office, on, backed_up=backed_up(office.book.path, office.settings))
        found = today(asked)
        told = {"on": on.isoformat(), "items": [_told(each) for each in found]}
        context.answer(args, told, [_line(each) for each in found] or [tr_("Nothing is due")])
    return context.FINDINGS if found else context.DONE


def _told(item: Item) -> dict[str, str]:
    return {"kind": item.kind, "due": item.due.isoformat(), "text": tr(item.text), "about": item.about}


def _line(item: Item) -> str:
    about = f" · {item.about}" if item.about else ""
    return f"{shown(item.due)}  {tr(item.text)}{about}"
