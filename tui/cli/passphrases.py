"""How commands come by a passphrase: from a file, the environment or a terminal; never from the command line."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from config.errors import AppError, BookError, InputError
from config.i18n import tr, tr_
from config.reasons import system_reason
from config.text import Text, t
from records.services.access import accounts, keyring
from records.services.office import Office
from records.store.safety.backup import ring_in
from records.store.sealing import remembered
from records.store.sealing.ring import Ring, Unlocked, is_sealed, read_ring
from records.store.sealing.secrets import WrongPassphraseError, judge_new
from records.store.sealing.tries import open_ring, tries_told
from records.store.sealing.unlocking import LockedError, held, hold, is_locked, unlocked_by
from tui.present import books

_FILE, _PLAIN = "SOVANG_PASSPHRASE_FILE", "SOVANG_PASSPHRASE"
_NAME = "SOVANG_AS"
_TRIES = 5
T = TypeVar("T")


def given(args: argparse.Namespace) -> str | None:
    """The passphrase that the command was given: `--passphrase-file`, else the environment; None where there is none.

    Raises:
        InputError: for a file that cannot be read or holds none.
    """
    name = args.passphrase_file or os.environ.get(_FILE, "")
    return from_file(name) if name else os.environ.get(_PLAIN)


def from_file(name: str) -> str:
    """The first line of a file, or of what is piped in where its name is `-`. Raises InputError."""
    try:
        text = sys.stdin.readline() if name == "-" else Path(name).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _no_file(name, system_reason(error)) from None
    except UnicodeDecodeError:
        raise _no_file(name, t("it is not UTF-8 text")) from None
    line = text.partition("\n")[0].rstrip("\r")
    if not line:
        raise _no_file(name, t("its first line is empty"))
    return line


def _no_file(name: str, reason: Text) -> InputError:
    return InputError(
        t("The file with the passphrase cannot be used: {reason}", reason=reason),
        where=name,
        do=t("write the passphrase on its first line, and let nobody else read it"),
    )


def is_terminal() -> bool:
    """Whether somebody is there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(prompt: Text) -> str:
    """Ask at the terminal; what is typed does not show."""
    return getpass.getpass(f"{tr(prompt)}: ", sys.stderr)


def new(args: argparse.Namespace, source: str = "", *, another: bool = False) -> str:
    """A new passphrase: from the file `source`, else as `given` unless that is `another`, else asked twice.

    Raises:
        InputError: when it is too easy to guess, was not typed the same twice, or nobody can be asked.
    """
    typed = from_file(source) if source else None if another else given(args)
    if typed is None:
        if not is_terminal():
            option = "--new-passphrase-file" if another else "--passphrase-file"
            raise InputError(
                t("A new passphrase is needed"), do=t("name a file that holds it: {option} FILE", option=option)
            )
        typed = ask(t("New passphrase, four or five words"))
        judge_new(typed)
        if ask(t("The same once more")) != typed:
            raise InputError(t("The two passphrases are not the same"), do=t("begin again; nothing was made"))
    judge_new(typed)
    return typed


def unlock(args: argparse.Namespace, path: Path) -> None:
    """Unlock the book at `path` for this command, where it is sealed.

    Raises:
        BookError: when no passphrase was given and nobody can be asked, or it opens nothing.
    """
    if path.is_dir() and is_locked(path):
        unlock_ring(args, read_ring(path), path)


def unlock_if_given(args: argparse.Namespace, path: Path) -> bool:
    """The same, for what can be done without the key; gives whether the book can be read."""
    if path.is_dir() and is_locked(path):
        if given(args) is None:
            return _recalled(read_ring(path)) is not None
        unlock(args, path)
    return True


def unlock_ring(args: argparse.Namespace, ring: Ring, where: Path) -> Unlocked:
    """Unlock the book of a ring. Raises as `unlock`."""
    if (known := held(ring)) is not None:
        return known
    typed = given(args)
    if typed is not None:
        opened = open_ring(ring, typed, books.state_folder())
    elif (known := _recalled(ring)) is not None:
        return known
    elif is_terminal():
        opened = _asked(lambda: open_ring(ring, ask(t("Passphrase of the book")), books.state_folder()))
    else:
        raise locked(where)
    for each in tries_told(opened):
        print(tr(each), file=sys.stderr)
    return opened.unlocked


def _recalled(ring: Ring) -> Unlocked | None:
    """What the keyring of this computer opens, where it was told; why not is said, and nothing more."""
    try:
        found = remembered.recalled(ring, books.state_folder())
    except AppError as error:
        print(f"{tr(error.what)}: {tr(error.do)}", file=sys.stderr)
        return None
    return found and hold(ring, found)


def sign_in(args: argparse.Namespace, office: Office, *, write: bool) -> None:
    """Sign in, where the book has accounts: as `--sign-as` says, else as who unlocked it, else by the name of the user.

    Who only reads need not; without signing in, nothing sensitive is shown.

    Raises:
        BookError: when the command writes, no passphrase was given and nobody can be asked; or for a wrong one.
        InputError: for a name that has no account.
    """
    access = office.book.access
    if not access.stands:
        return
    name = args.sign_as or os.environ.get(_NAME, "")
    if keyring.signed_in(office.book.path) and not name:
        return
    if name and name == access.name:
        return
    opened = unlocked_by(office.book.path)
    named = name or (opened.holder.name if opened else office.book.actor)
    if not name and not _signs(office, named, write=write):
        if write:
            access.judge()
        return
    typed = given(args)
    if typed is None and not is_terminal():
        if write or name:
            access.judge()
        return
    state = books.state_folder()
    if typed is not None:
        _, wrong = accounts.sign_in(office, named, typed, state)
    else:
        prompt = t("Passphrase of {name}", name=named)
        _, wrong = _asked(lambda: accounts.sign_in(office, named, ask(prompt), state))
    for each in wrong_told(wrong):
        print(tr(each), file=sys.stderr)


def _signs(office: Office, named: str, *, write: bool) -> bool:
    """Whether this is somebody to sign in; who lost the key for signing only reads, and is told so at a change."""
    if not write and keyring.has_lost_signature(office.book.path, named):
        return False
    return any(each.name == named and each.removed is None for each in accounts.accounts(office))


def sign_in_at(args: argparse.Namespace, path: Path) -> None:
    """Sign in to the book at `path` before something is done to it as a whole. Raises as `sign_in`."""
    from records.store.book import Book  # noqa: PLC0415

    with Book.open(path, actor=books.actor(), read_only=True) as book:
        sign_in(args, Office(book, books.settings_of(path)), write=True)


def wrong_told(wrong: int) -> list[Text]:
    """That somebody tried this name in vain before, where somebody did."""
    return [t("Since you signed in last, a wrong passphrase was typed {n} times", n=wrong)] if wrong else []


def _asked(once: Callable[[], T]) -> T:
    for _ in range(_TRIES - 1):
        try:
            return once()
        except WrongPassphraseError as error:
            print(tr(error.what), file=sys.stderr)
    return once()


def locked(where: Path) -> BookError:
    """That the book asks for a passphrase, and nobody is there to type it."""
    return LockedError(
        t("This book is sealed, and opens with a passphrase only"),
        where=str(where),
        do=t("type it at a terminal, or name a file that holds it: --passphrase-file FILE"),
    )


def holder(args: argparse.Namespace, path: Path) -> Unlocked:
    """Who unlocks the book at `path` with this command. Raises InputError for a book that is not sealed."""
    judge_sealed(path)
    unlock(args, path)
    found = unlocked_by(path)
    assert found is not None  # it is sealed, and was just unlocked
    return found


def judge_sealed(path: Path) -> None:
    """Refuse a book that is not sealed. Raises InputError."""
    if not is_sealed(path):
        raise InputError(t("This book is not sealed"), where=str(path), do=t("seal it with “book seal”"))


def recovery(args: argparse.Namespace) -> str:
    """The recovery key as it was typed: from a file, or asked. Raises InputError, BookError."""
    if args.recovery_file:
        return from_file(args.recovery_file)
    if not is_terminal():
        raise InputError(t("The recovery key is needed"), do=t("name a file that holds it: --recovery-file FILE"))
    return ask(t("Recovery key, as it is printed"))


def told_recovery(args: argparse.Namespace, printed: str) -> list[str]:
    """Keep the recovery key where `--recovery-out` says, else the lines that show it, this once. Raises InputError."""
    if not args.recovery_out:
        return [
            tr_("Recovery key, shown this once: {key}", key=printed),
            tr_("Print it or write it down, and lock it away: it opens the book when every passphrase is forgotten"),
        ]
    return [tr_("The recovery key lies in {path}: print it, lock it away, and delete the file", path=args.recovery_out)]


def reserve_recovery_file(args: argparse.Namespace) -> None:
    """Refuse a file for the recovery key that is there already, or cannot be made, before anything is done."""
    if args.recovery_out:
        _write_new(Path(args.recovery_out), "")


def write_recovery_file(args: argparse.Namespace, printed: str) -> None:
    """Write the recovery key where `--recovery-out` says, for this user alone. Raises InputError."""
    if args.recovery_out:
        path = Path(args.recovery_out)
        path.unlink(missing_ok=True)
        _write_new(path, printed + "\n")


def drop_recovery_file(args: argparse.Namespace) -> None:
    """Take the file of a recovery key away that opens nothing, for no book was made."""
    if args.recovery_out:
        Path(args.recovery_out).unlink(missing_ok=True)


def unlock_parcel(args: argparse.Namespace, parcel: Path) -> None:
    """Unlock the book in a parcel that was handed over, where it is sealed."""
    for path in sorted(parcel.glob("*.backup.zip")):
        if (ring := ring_in(path)) is not None:
            unlock_ring(args, ring, path)


def _write_new(path: Path, text: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "w", encoding="ascii") as file:  # noqa: PTH123  # the rights are given as it is made
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise InputError(
            t("The file for the recovery key cannot be made: {reason}", reason=system_reason(error)),
            where=str(path),
            do=t("name a file that does not exist yet, in a folder that can be written"),
        ) from None
