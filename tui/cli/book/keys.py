"""`book seal` and `book key …`: a book that opens by a passphrase only, and by whose."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from config.errors import AppError, InputError
from config.i18n import tr, tr_
from config.text import Text, t
from records.domain.dates import shown_time
from records.services.access.keyring import lost_signature
from records.services.book import keys
from records.store.contract import Store
from records.store.sealing import remembered
from records.store.sealing.ring import Unlocked, read_ring
from records.store.sealing.tries import open_ring
from tui.cli import context, passphrases
from tui.cli.book.safety import progress
from tui.present import books


def add(actions: Any, shared: argparse.ArgumentParser) -> None:
    """Add the verbs to the noun `book`."""
    seal = actions.add_parser(
        "seal", help=tr_("let the book open by a passphrase only; not taken back"), parents=[shared]
    )
    add_new(seal)
    told = tr_("let the keyring of this computer open it for you")
    seal.add_argument("--remember", action="store_true", help=told)
    seal.add_argument("--yes", action="store_true", help=tr_("do not ask before"))
    seal.set_defaults(run=seal_book)
    key = actions.add_parser("key", help=tr_("who may open a sealed book"), parents=[shared])
    verbs = key.add_subparsers(required=True, metavar=tr_("VERB"))
    verbs.add_parser("list", help=tr_("who has a key"), parents=[shared]).set_defaults(run=list_keys)
    more = verbs.add_parser("add", help=tr_("let one more person open the book"), parents=[shared])
    more.add_argument("name", metavar="NAME", help=tr_("by which the person signs in"))
    _add_source(more)
    more.set_defaults(run=add_key)
    gone = verbs.add_parser("remove", help=tr_("take a person's key away"), parents=[shared])
    gone.add_argument("name", metavar="NAME", help=tr_("by which the person signs in"))
    gone.add_argument("--renew", action="store_true", help=tr_("give the book a new key as well"))
    add_out(gone)
    gone.set_defaults(run=remove_key)
    _add_of_own(verbs, shared)
    renew = verbs.add_parser(
        "renew", help=tr_("a new book key: whose key was taken away reads nothing new"), parents=[shared]
    )
    add_out(renew)
    renew.set_defaults(run=renew_key)


def _add_of_own(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Add what somebody does with a key of their own."""
    other = verbs.add_parser("change", help=tr_("give yourself another passphrase"), parents=[shared])
    _add_source(other)
    other.set_defaults(run=change_key)
    lost = verbs.add_parser("recover", help=tr_("a new passphrase by the printed recovery key"), parents=[shared])
    lost.add_argument("name", metavar="NAME", help=tr_("by which the person signs in"))
    lost.add_argument("--recovery-file", metavar="FILE", default="", help=tr_("file with the recovery key"))
    _add_source(lost)
    lost.set_defaults(run=recover_key)
    paper = verbs.add_parser("print", help=tr_("a new recovery key; the one before opens nothing"), parents=[shared])
    add_out(paper)
    paper.set_defaults(run=print_recovery)
    for name, told, run in (
        ("remember", tr_("let the keyring of this computer open the book for you"), remember_key),
        ("forget", tr_("let the keyring of this computer forget it"), forget_key),
    ):
        verbs.add_parser(name, help=told, parents=[shared]).set_defaults(run=run)


def add_new(verb: argparse.ArgumentParser) -> None:
    """Add what a book that is sealed anew needs to a verb."""
    verb.add_argument(
        "--key-name", metavar="NAME", default="", help=tr_("by which you sign in; the user when left out")
    )
    add_out(verb)


def add_out(verb: argparse.ArgumentParser) -> None:
    """Let a verb write a recovery key into a file."""
    verb.add_argument("--recovery-out", metavar="FILE", default="", help=tr_("write the recovery key into this file"))


def _add_source(verb: argparse.ArgumentParser) -> None:
    told = tr_("file with the new passphrase on its first line")
    verb.add_argument("--new-passphrase-file", metavar="FILE", default="", help=told)


def seal_book(args: argparse.Namespace) -> int:
    """Seal a book that is there."""
    path = context.there(args)
    passphrases.sign_in_at(args, path)
    if args.remember:
        remembered.judge_usable()
    passphrase = passphrases.new(args)
    if not args.yes:
        _confirm(books.others_at(path))
    passphrases.reserve_recovery_file(args)
    name = args.key_name or books.actor()
    with undone(args):
        done = books.seal(path, passphrase, name=name, now=_now(), kept=_kept(args), progress=progress(args))
    lines = [tr_("The book is sealed: {path}", path=path), *passphrases.told_recovery(args, done.printed)]
    lines += [tr(each) for each in done.told]
    if args.remember:
        lines += _remembered(args, path)
    found: dict[str, object] = {
        "book": str(path),
        "recovery_key": "" if args.recovery_out else done.printed,
        "not_wiped": [str(each) for each in done.left],
        "unsealed_backups": [str(each) for each in done.backups],
        "people": [done.name, *done.others],
    }
    context.answer(args, found, lines)
    return context.FINDINGS if done.left or done.backups else context.DONE


def _remembered(args: argparse.Namespace, path: Path) -> list[str]:
    """Let the keyring open the book just sealed; a refusal is only told: the recovery key is shown this once."""
    try:
        opened = passphrases.holder(args, path)
        keyring = remembered.remember(opened, books.state_folder())
    except AppError as error:
        return [tr(remembered.unknown_to_it(error))]
    told = tr_("{keyring} opens the book for {name} from now on", keyring=keyring, name=opened.holder.name)
    return [told, tr(remembered.LIMIT)]


@contextmanager
def undone(args: argparse.Namespace) -> Iterator[None]:
    """Where the act fails, the file for the recovery key goes again: what stood in it would open nothing."""
    try:
        yield
    except BaseException:
        passphrases.drop_recovery_file(args)
        raise


def _kept(args: argparse.Namespace) -> Any:
    return lambda printed: passphrases.write_recovery_file(args, printed)


def _confirm(people: Sequence[str]) -> None:
    """Ask once whether to seal, and say who opens the book then. Raises InputError where nobody says yes."""
    if not passphrases.is_terminal():
        raise InputError(t("Sealing a book is not taken back"), do=t("say --yes, once there is a backup of it"))
    print(tr_("From now on nobody reads this book without a passphrase or the recovery key, we neither."))
    if people:
        print(tr_("These people open it with the passphrases that they have: {names}", names=", ".join(people)))
    if input(tr_("Seal it? Type yes: ")).strip().casefold() not in ("yes", tr_("yes")):
        raise InputError(t("Nothing was done"), do=t("type yes to seal the book"))


def _now() -> datetime:
    return datetime.now()  # noqa: DTZ005  # the office's own clock


@contextmanager
def _opened(args: argparse.Namespace, *, own: bool = False) -> Iterator[tuple[Store, Unlocked]]:
    path = context.there(args)
    passphrases.judge_sealed(path)
    with context.office(args, write=True, own=own) as office:
        yield office.book, passphrases.holder(args, path)


def list_keys(args: argparse.Namespace) -> int:
    """Say who has a key; it needs none."""
    ring = read_ring(_sealed(context.there(args)))
    names = [each.name for each in ring.people()]
    recovery = any(each.kind == "recovery" for each in ring.holders)
    known = remembered.is_remembered(ring.id, books.state_folder())
    lines = [*names, tr_("and the printed recovery key") if recovery else tr_("there is no recovery key")]
    lines += [tr_("New book key: {time}, by {name}", time=shown_time(each.time), name=each.by) for each in ring.older]
    lines += [tr_("and the keyring of this computer")] if known else []
    found = {"people": names, "recovery": recovery, "generation": len(ring.older), "remembered": known}
    context.answer(args, found, lines)
    return context.DONE


def _sealed(path: Path) -> Path:
    passphrases.judge_sealed(path)
    return path


def add_key(args: argparse.Namespace) -> int:
    """Let one more person open the book."""
    with _opened(args) as (book, by):
        keys.add_key(book, by, args.name, _new(args))
    return _done(args, t("From now on {name} opens the book as well", name=args.name))


def remove_key(args: argparse.Namespace) -> int:
    """Take a person's key away."""
    if not args.renew and args.recovery_out:
        raise InputError(t("Only a new book key may need a new recovery key"), do=t("add --renew"))
    printed = ""
    passphrases.reserve_recovery_file(args)
    with undone(args), _opened(args) as (book, _):
        keys.remove_key(book, args.name)
        if args.renew:
            printed = keys.renew_book_key(book, _now())
    told = [
        tr_("{name} opens the book no more; copies and backups from before, which have that key, stay open to them",
            name=args.name)
    ]  # fmt: skip
    if not args.renew:
        told.append(tr_("Who copied the key still reads what is written from now on: “book key renew” ends that"))
    return _renewed(args, printed, told) if args.renew else _told(args, told)


def change_key(args: argparse.Namespace) -> int:
    """Give the person at work another passphrase."""
    with _opened(args, own=True) as (book, by):
        changed = keys.change_key(book, by, _new(args))
    unknown = remembered.follow(changed, books.state_folder())
    if unknown is not None:
        print(tr(unknown), file=sys.stderr)
    return _done(args, t("The passphrase of {name} is another now", name=by.holder.name))


def recover_key(args: argparse.Namespace) -> int:
    """A new passphrase by the recovery key."""
    path = _sealed(context.there(args))
    typed = passphrases.recovery(args)
    by = open_ring(read_ring(path), typed, books.state_folder(), recovery=True).unlocked
    with context.office(args, write=True, sign=False) as office:
        keys.recover_key(office.book, by, args.name, _new(args))
        lost = lost_signature(office, args.name)
    told = t("From now on {name} opens the book by the new passphrase", name=args.name)
    return _told(args, [tr(told), *([tr(lost)] if lost is not None else [])])


def renew_key(args: argparse.Namespace) -> int:
    """Give the book a new key."""
    passphrases.judge_sealed(context.there(args))
    passphrases.reserve_recovery_file(args)
    with undone(args), _opened(args) as (book, _):
        printed = keys.renew_book_key(book, _now())
    return _renewed(args, printed, [])


def _renewed(args: argparse.Namespace, printed: str, told: list[str]) -> int:
    """Say what a new book key means, and what it does not."""
    lines = [*told, *renewal_told(args, printed)]
    ring = read_ring(context.there(args))
    key = "" if args.recovery_out else printed
    found = {"people": [each.name for each in ring.people()], "generation": len(ring.older), "recovery_key": key}
    context.answer(args, found, lines)
    return context.DONE


def renewal_told(args: argparse.Namespace, printed: str) -> list[str]:
    """What a new book key means; `printed` is a recovery key that was made with it, kept where the command says."""
    if printed:
        passphrases.write_recovery_file(args, printed)
        more = passphrases.told_recovery(args, printed)
    else:
        passphrases.drop_recovery_file(args)
        more = [tr_("The printed recovery key opens it as before")]
    return [
        tr_("The book has a new key. Whose key was taken away before reads nothing that is written from now on"),
        tr_("What they read before, in the book and in copies and backups of it, they can still read"),
        *more,
    ]


def remember_key(args: argparse.Namespace) -> int:
    """Let the keyring of this computer open the book for whoever opens it now."""
    opened = passphrases.holder(args, context.there(args))
    keyring = remembered.remember(opened, books.state_folder())
    told = [tr_("{keyring} opens the book for {name} from now on", keyring=keyring, name=opened.holder.name)]
    told.append(tr(remembered.LIMIT))
    context.answer(args, {"name": opened.holder.name, "keyring": keyring}, told)
    return context.DONE


def forget_key(args: argparse.Namespace) -> int:
    """Let the keyring of this computer forget what opens the book; it needs no key."""
    ring = read_ring(_sealed(context.there(args)))
    known = remembered.forget(ring.id, books.state_folder())
    told = tr_("The keyring of this computer opens the book no more")
    context.answer(
        args, {"forgotten": known}, [told if known else tr_("The keyring of this computer knew nothing of it")]
    )
    return context.DONE


def print_recovery(args: argparse.Namespace) -> int:
    """A new recovery key in place of the one before."""
    context.there(args)
    passphrases.reserve_recovery_file(args)
    with undone(args), _opened(args) as (book, by):
        printed = keys.print_recovery(book, by)
    passphrases.write_recovery_file(args, printed)
    found = {"recovery_key": "" if args.recovery_out else printed}
    context.answer(args, found, passphrases.told_recovery(args, printed))
    return context.DONE


def _new(args: argparse.Namespace) -> str:
    return passphrases.new(args, args.new_passphrase_file, another=True)


def _done(args: argparse.Namespace, what: Text) -> int:
    return _told(args, [tr(what)])


def _told(args: argparse.Namespace, lines: list[str]) -> int:
    people = [each.name for each in read_ring(context.there(args)).people()]
    context.answer(args, {"people": people}, lines)
    return context.DONE
