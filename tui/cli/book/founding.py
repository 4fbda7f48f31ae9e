"""`book new`: make a book, with what its office says of itself."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.settings.offices import ALWAYS
from config.text import t
from records.services.settings.founding import Founding, UnitsFrom, named_days
from records.store.sealing.ring import Ring
from records.store.sealing.tries import new_keys
from tui.cli import context, passphrases
from tui.cli.book import keys
from tui.present import books
from tui.present import settings as present

_SHIPPED = "thai-nguyen"
_OPTIONS = {
    "office_code": ("office.code", t("Code")),
    "office_name": ("office.name", t("Name of the office")),
    "above": ("office.above", t("Body above")),
    "place": ("office.place", t("Place")),
    "kind": ("office.kind", t("Kind of office")),
    "committee": ("office.committee", t("Party committee")),
    "roles": ("office.roles", t("Roles")),
    "book_language": ("language", t("Language")),
    "theme": ("theme", t("Colours")),
}


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add `new` to the verbs of `book`."""
    new = actions.add_parser("new", help=tr_("make an empty book"), parents=[shared])
    new.add_argument("path", nargs="?", metavar="DIR", help=tr_("folder to make, such as office.sovang"))
    dated = tr_("; write DAY=NAME for one that holds from a day on, and give the option again")
    new.add_argument("--office-code", metavar="CODE", help=tr_("1 to 6 capitals that open every number, such as PDP"))
    new.add_argument("--office-name", action="append", metavar="NAME", help=tr_("name of the office") + dated)
    new.add_argument("--above", action="append", metavar="NAME", help=tr_("body printed above the name") + dated)
    new.add_argument("--place", action="append", metavar="PLACE", help=tr_("place before the date of a paper") + dated)
    kinds = "party_department, party_committee, state_office, union, other"
    new.add_argument("--kind", action="append", metavar="KIND", help=tr_("kind of office: {kinds}", kinds=kinds))
    new.add_argument("--committee", action="append", metavar="NAME",
                     help=tr_("Party committee that recognises reporters") + dated)  # fmt: skip
    new.add_argument("--roles", metavar="ROLES", help=tr_("roles the office works with, parted by commas"))
    new.add_argument("--book-language", metavar="LANG", help=tr_("language the book is opened in: vi or en"))
    new.add_argument("--theme", metavar="THEME", help=tr_("colours: dark, light, contrast or terminal"))
    other = tr_("any other setting, as “config set” takes it, such as signers.papers.name=…")
    new.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help=other)
    units = tr_("first units: a spreadsheet, none, or {shipped} for the shipped tree", shipped=_SHIPPED)
    new.add_argument("--units", metavar="FILE", help=units)
    new.add_argument("--sealed", action="store_true", help=tr_("nobody reads it without a passphrase"))
    keys.add_new(new)
    new.set_defaults(run=new_book)


def new_book(args: argparse.Namespace) -> int:
    """Make a book."""
    path = Path(args.path) if args.path else context.book_path(args)
    given = _founding(args)
    ring, printed = _keys(args)
    try:
        made = present.make_book(path, given, today=context.today(args), ring=ring)
    except BaseException:
        passphrases.drop_recovery_file(args)
        raise
    lines = [tr_("Made the book {path}", path=path), *(tr(each) for each in made.notices)]
    if not (given.settings.get("office.code") and given.settings.get("office.name")):
        lines.append(
            tr_("Nothing is printed or exported before “config set office.name NAME” and “config set office.code CODE”")
        )
    found = {"book": str(path), "records": made.counts, "notices": [tr(each) for each in made.notices]}
    if printed:
        lines += passphrases.told_recovery(args, printed)
        found["recovery_key"] = "" if args.recovery_out else printed
    context.answer(args, found, lines)
    return context.DONE


def _keys(args: argparse.Namespace) -> tuple[Ring | None, str]:
    """The ring of keys of a book to be sealed, unlocked, and its recovery key; nothing for one that is not."""
    if not args.sealed:
        if args.recovery_out or args.key_name:
            raise InputError(t("Only a sealed book has keys"), do=t("add --sealed"))
        return None, ""
    passphrase = passphrases.new(args)
    passphrases.reserve_recovery_file(args)
    ring, _, printed = new_keys(passphrase, name=args.key_name or books.actor())
    passphrases.write_recovery_file(args, printed)
    return ring, printed


def _founding(args: argparse.Namespace) -> Founding:
    settings = {}
    for option, (key, title) in _OPTIONS.items():
        typed = getattr(args, option)
        if typed:
            values = named_days([typed] if isinstance(typed, str) else typed, title, context.today(args))
            settings[key] = {day: value for day, value in values.items() if value.strip()}
    for each in args.set:
        key, equals, value = each.partition("=")
        if not equals:
            raise InputError(t("“{given}” sets nothing", given=each), do=t("write it as KEY=VALUE"))
        settings[key.strip()] = {ALWAYS: value}
    settings = {key: values for key, values in settings.items() if values}
    units_from, units = _units(args.units, named=any(key.startswith("office.") for key in settings))
    return Founding(settings=settings, units_from=units_from, units=units)


def _units(given: str | None, *, named: bool) -> tuple[UnitsFrom, str]:
    """Where the units come from; a book that says nothing of its office has the shipped ones, as it always had."""
    if given is None:
        return ("none" if named else "shipped"), ""
    word = given.strip().casefold()
    if word in ("none", _SHIPPED):
        return ("none" if word == "none" else "shipped"), ""
    return "file", given
