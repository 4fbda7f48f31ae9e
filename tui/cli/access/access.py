"""`access add|list|role|remove|allow|deny|passphrase|who|looks`: people of the office, and what they may."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from config.errors import InputError
from config.i18n import tr, tr_
from config.text import t
from records.domain.access.accounts import ACT_WORDS, ACTS, ROLE_WORDS, ROLES, Account
from records.domain.dates import shown, shown_time
from records.services.access import accounts, looking
from records.services.book.keys import renew_book_key
from records.services.office import Office
from records.store.sealing.unlocking import unlocked_by
from tui.cli import context, passphrases
from tui.cli.book.keys import add_out, renewal_told, undone
from tui.present.rights.access import field_words


def fill(noun: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Give the noun its verbs."""
    actions = noun.add_subparsers(required=True, metavar=tr_("VERB"))

    def verb(name: str, told: str, run: Any, *, named: bool = False) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = actions.add_parser(name, help=told, parents=[shared])
        if named:
            made.add_argument("name", metavar="NAME", help=tr_("by which the person signs in"))
        made.set_defaults(run=run)
        return made

    more = verb("add", tr_("give somebody an account; the first one is yours"), add_account, named=True)
    more.add_argument("--role", required=True, help=", ".join(ROLES))
    _add_source(more)
    verb("list", tr_("accounts, and what each role may"), list_accounts)
    verb("who", tr_("who is signed in with this command"), show_who)
    other = verb("role", tr_("give an account another role"), change_role, named=True)
    other.add_argument("role", metavar="ROLE", help=", ".join(ROLES))
    gone = verb("remove", tr_("take an account away; what it signed stands"), remove_account, named=True)
    gone.add_argument("--renew", action="store_true", help=tr_("give the book a new key as well"))
    add_out(gone)
    _add_source(verb("reset", tr_("give somebody who forgot theirs another passphrase"), reset_account, named=True))
    for name, told in (("allow", tr_("give rights to a role")), ("deny", tr_("take rights from a role"))):
        right = verb(name, told, change_rights)
        right.add_argument("role", metavar="ROLE", help=", ".join(ROLES))
        right.add_argument("acts", nargs="+", metavar="RIGHT", help=", ".join(ACTS))
        right.set_defaults(giving=name == "allow")
    _add_source(verb("passphrase", tr_("give yourself another passphrase and key"), renew))
    looks = verb("looks", tr_("who looked at sensitive data of whom"), list_looks)
    looks.add_argument("--person", default="", metavar="CODE", help=tr_("only at this person"))
    looks.add_argument("--who", default="", metavar="NAME", help=tr_("only who looked"))
    looks.add_argument("--limit", type=int, default=None, metavar="N", help=tr_("at most so many, the newest first"))


def _add_source(verb: argparse.ArgumentParser) -> None:
    told = tr_("file with the new passphrase on its first line")
    verb.add_argument("--new-passphrase-file", metavar="FILE", default="", help=told)


def add_account(args: argparse.Namespace) -> int:
    """Give an account."""
    with context.office(args, write=True) as office:
        own = unlocked_by(office.book.path)
        if own is not None and own.holder.name.casefold() == args.name.casefold():
            passphrase = ""  # the key is put on the ring that is open
        else:
            passphrase = passphrases.new(args, args.new_passphrase_file, another=True)
        made = accounts.add(office, args.name, args.role, passphrase)
        keepers = office.book.access.who_may("accounts")
    lines = [tr_("{name} may work in the book as {role}", name=made.name, role=ROLE_WORDS[made.role])]
    if len(keepers) == 1:
        lines.append(
            tr_("Only {name} gives accounts: give a second person the role of keeper, for a passphrase that is "
                "forgotten is not brought back", name=keepers[0])
        )  # fmt: skip
    context.answer(args, _told(made), lines)
    return context.DONE


def _told(each: Account) -> dict[str, object]:
    return {
        "id": each.id,
        "name": each.name,
        "role": each.role,
        "key": each.public[:16],
        "removed": each.removed.isoformat() if each.removed else None,
    }


def list_accounts(args: argparse.Namespace) -> int:
    """List accounts and rights."""
    with context.office(args) as office:
        held, may = accounts.accounts(office), accounts.rights(office)
        found = {
            "accounts": [_told(each) for each in held],
            "rights": {role: list(acts) for role, acts in may.items()},
            "signed_in": office.book.access.name,
        }
        lines = [_line(each) for each in held] or [tr_("The book has no accounts: everybody may do everything")]
        lines += [f"{tr(ROLE_WORDS[role])}: {', '.join(tr(ACT_WORDS[act]) for act in acts) or tr_('read only')}"
                  for role, acts in may.items()]  # fmt: skip
    context.answer(args, found, lines)
    return context.DONE


def _line(each: Account) -> str:
    gone = f" · {tr_('taken away on {day}', day=shown(each.removed))}" if each.removed else ""
    return f"{each.id}  {each.name:<20} {tr(ROLE_WORDS[each.role])}  {each.public[:16]}{gone}"


def show_who(args: argparse.Namespace) -> int:
    """Say who is signed in, and what they may."""
    with context.office(args) as office:
        access = office.book.access
        may = [act for act in ACTS if access.may(act)]
        found = {"name": access.name, "accounts": access.stands, "may": may}
        who = access.name or (tr_("nobody") if access.stands else office.book.actor)
        lines = [f"{who}: {', '.join(tr(ACT_WORDS[act]) for act in may) or tr_('read only')}"]
    context.answer(args, found, lines)
    return context.DONE


def change_role(args: argparse.Namespace) -> int:
    """Give an account another role."""
    with context.office(args, write=True) as office:
        made = accounts.set_role(office, args.name, args.role)
    lines = [tr_("{name} may work in the book as {role}", name=made.name, role=ROLE_WORDS[made.role])]
    context.answer(args, _told(made), lines)
    return context.DONE


def remove_account(args: argparse.Namespace) -> int:
    """Take an account away."""
    if args.recovery_out and not args.renew:
        raise InputError(t("Only a new book key may need a new recovery key"), do=t("add --renew"))
    printed, told = "", {}
    passphrases.reserve_recovery_file(args)
    with undone(args), context.office(args, write=True) as office:
        sealed = office.book.sealed
        if args.renew:
            passphrases.judge_sealed(office.book.path)
        gone = accounts.remove(office, args.name, today=context.today(args))
        if args.renew:
            printed = renew_book_key(office.book, datetime.now())  # noqa: DTZ005  # the office's own clock
            told = {"recovery_key": "" if args.recovery_out else printed}
    lines = [tr_("The account of {name} was taken away; what it signed stands", name=gone.name)]
    if args.renew:
        lines += renewal_told(args, printed)
    elif sealed:
        lines.append(tr_("Who kept a copy of the book and of its keys can still read that copy"))
        lines.append(tr_("Who copied the key still reads what is written from now on: “book key renew” ends that"))
    context.answer(args, _told(gone) | told, lines)
    return context.DONE


def reset_account(args: argparse.Namespace) -> int:
    """Give somebody another passphrase."""
    with context.office(args, write=True) as office:
        office.book.access.judge("accounts")
        made = accounts.reset(office, args.name, passphrases.new(args, args.new_passphrase_file, another=True))
    context.answer(args, _told(made), [tr_("{name} has another passphrase and another key", name=made.name)])
    return context.DONE


def change_rights(args: argparse.Namespace) -> int:
    """Give rights to a role, or take them away."""
    with context.office(args, write=True) as office:
        given = {"allow" if args.giving else "deny": args.acts}
        made = accounts.set_rights(office, args.role, **given)
    words = ", ".join(tr(ACT_WORDS[act]) for act in made.acts) or tr_("read only")
    context.answer(args, {"role": made.role, "acts": list(made.acts)}, [f"{tr(ROLE_WORDS[made.role])}: {words}"])
    return context.DONE


def renew(args: argparse.Namespace) -> int:
    """Give who is signed in another passphrase, and with it another key."""
    with context.office(args, write=True, own=True) as office:
        accounts.judge_renewable(office)
        made = accounts.renew(office, passphrases.new(args, args.new_passphrase_file, another=True))
    context.answer(args, _told(made), [tr_("{name} has another passphrase and another key", name=made.name)])
    return context.DONE


def list_looks(args: argparse.Namespace) -> int:
    """List who looked at sensitive data."""
    with context.office(args) as office:
        found = looking.looks(office, person=args.person, who=args.who, limit=args.limit)
        told = [
            {"n": each.number, "time": each.time, "who": each.who, "person": each.person, "fields": list(each.fields),
             "door": each.door}
            for each in found
        ]  # fmt: skip
        lines = [
            f"{shown_time(each.time)}  {each.who:<14} {each.person}  {_name(office, each.person)}: "
            f"{field_words(each.fields)}  [{each.door}]"
            for each in found
        ]
    context.answer(args, {"looks": told}, lines or [tr_("Nobody looked at sensitive data yet")])
    return context.DONE


def _name(office: Office, person: str) -> str:
    from records.domain.people.person import Person  # noqa: PLC0415

    found = office.book.table(Person).get(person)
    return found.name if found else ""
