"""Accounts of people of the office: the first one, further ones, roles, rights, passphrases; and signing in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from config.errors import ConflictError, ForbiddenError, InputError, RefusedError
from config.text import t
from records.domain.access.accounts import ACT_WORDS, ACTS, ROLES, Account, ActRight, Role, RoleRights
from records.domain.people.names import clean, fold
from records.services.access import keyring
from records.services.office import Office
from records.store.access import signing
from records.store.sealing.secrets import AlteredWrapError, WrongPassphraseError
from records.store.sealing.tries import counted

FOUNDED, ADDED, ROLE, REMOVED, RIGHTS, RENEWED = (
    "access.found", "access.add", "access.role", "access.remove", "access.rights", "access.passphrase"
)  # fmt: skip
_LONGEST = 40


def accounts(office: Office) -> list[Account]:
    """Every account, also those that were taken away, in the order in which they were given."""
    return office.book.table(Account).all()


def rights(office: Office) -> dict[Role, tuple[ActRight, ...]]:
    """Role -> what it may: as this book says, or as the settings say what it would."""
    held = {each.role: each.acts for each in office.book.table(RoleRights)}
    return held or {role: office.settings.rights.roles[role] for role in ROLES}


def account(office: Office, name: str) -> Account:
    """The account that stands under a name. Raises InputError naming those there are."""
    standing = [each for each in accounts(office) if each.removed is None]
    found = next((each for each in standing if fold(each.name) == fold(name)), None)
    if found is None:
        gone = next((each for each in accounts(office) if fold(each.name) == fold(name)), None)
        if gone is not None:
            raise InputError(
                t("The account “{name}” was taken away on {day}", name=gone.name, day=gone.removed or ""),
                do=t("ask who may give accounts: {names}", names=", ".join(office.book.access.who_may("accounts"))),
            )
        names = ", ".join(each.name for each in standing)
        raise InputError(t("Nobody signs in as “{name}”", name=name), do=t("one of: {names}", names=names or "–"))
    return found


def judge_by(office: Office, by: str) -> None:
    """Refuse something said in the name of somebody else who has an account: they sign in. Raises ForbiddenError."""
    access = office.book.access
    meant = next((each.name for each in accounts(office) if fold(each.name) == fold(by)), "")
    if access.stands and meant and meant != access.name:
        raise ForbiddenError(
            t("“{name}” has an account: nobody else says something in that name", name=meant),
            do=t("let {name} sign in, or name the meeting or the paper", name=meant),
        )


def add(office: Office, name: str, role: str, passphrase: str) -> Account:
    """Give an account; the first one makes the book one with accounts, signs its own line and is signed in. One change.

    Raises:
        InputError: for a name or role that cannot be, or a passphrase that is too easy.
        WrongPassphraseError: in a sealed book, where the name has a key already that this passphrase does not open.
        ConflictError: for a name that was given before.
        RefusedError: when the first one would not be a keeper.
    """
    name, kind = clean(name), _role(role)
    _judge_name(office, name)
    first = not office.book.access.stands
    if first and kind != "keeper":
        raise RefusedError(
            t("The first account must be one that gives accounts"), do=t("give it the role of keeper: --role keeper")
        )
    office.book.access.judge("accounts")
    signer = signing.new_signer()
    on_ring = keyring.prepared(office.book.path, name, passphrase, signer)
    wrap = signing.wrapped(signer, passphrase) if on_ring is None else None
    if first:
        signing.hold(signer)
        office.book.access.keep_in_step(founding=True)
    with office.book.change(FOUNDED if first else ADDED, about=name) as change:
        if first:
            for each, acts in rights(office).items():
                change.put(RoleRights(id=change.new_id(RoleRights), role=each, acts=acts))
        made = change.put(Account(id=change.new_id(Account), name=name, role=kind, public=signer.public, wrap=wrap))
    if on_ring is not None:
        on_ring()
    if first:
        office.book.access.keep_in_step()
    return made


def _judge_name(office: Office, name: str) -> None:
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise InputError(t("“{name}” is no name to sign in by", name=name), do=t("give one, such as “lan”"))
    if any(fold(each.name) == fold(name) for each in accounts(office)):
        raise ConflictError(
            t("The name “{name}” was given before", name=name),
            do=t("take another: what was signed by a name must stay whose it is"),
        )


def _role(given: str) -> Role:
    found = next((each for each in ROLES if each == given.strip().lower()), None)
    if found is None:
        raise InputError(
            t("There is no role “{given}”", given=given), do=t("use one of: {known}", known=", ".join(ROLES))
        )
    return found


def set_role(office: Office, name: str, role: str) -> Account:
    """Give an account another role; one change. Raises InputError, or RefusedError for the last keeper."""
    known, kind = account(office, name), _role(role)
    with office.book.change(ROLE, about=f"{known.name}: {kind}") as change:
        return change.put(replace(known, role=kind), was=known)


def remove(office: Office, name: str, *, today: date) -> Account:
    """Take an account away; what it signed stands. One change. Raises InputError, RefusedError for the last keeper."""
    known = account(office, name)
    with office.book.change(REMOVED, about=known.name) as change:
        gone = change.put(replace(known, removed=today, wrap=None), was=known)
    keyring.dropped(office.book.path, known.name)
    return gone


def set_rights(office: Office, role: str, *, allow: Iterable[str] = (), deny: Iterable[str] = ()) -> RoleRights:
    """Give rights to a role or take them away; one change.

    Raises:
        InputError: for an unknown role or right.
        RefusedError: in a book without accounts, or when nobody would be left who gives accounts.
    """
    kind, more, fewer = _role(role), [*map(_act, allow)], [*map(_act, deny)]
    known = next((each for each in office.book.table(RoleRights) if each.role == kind), None)
    if known is None:
        raise RefusedError(t("This book has no accounts"), do=t("begin with “access add NAME --role keeper”"))
    acts = tuple(each for each in ACTS if (each in known.acts or each in more) and each not in fewer)
    with office.book.change(RIGHTS, about=kind) as change:
        return change.put(replace(known, acts=acts), was=known)


def _act(given: str) -> ActRight:
    found = next((each for each in ACT_WORDS if each == given.strip()), None)
    if found is None:
        raise InputError(
            t("There is no right “{given}”", given=given), do=t("use one of: {known}", known=", ".join(ACTS))
        )
    return next(each for each in ACTS if each == found)


def renew(office: Office, passphrase: str) -> Account:
    """Give whoever is signed in another passphrase, and with it a new key, so that who knew the old one signs no more.

    The line is signed by the old key. Raises InputError for one that is too easy.
    """
    judge_renewable(office)
    known = account(office, office.book.access.name)
    signer = signing.new_signer()
    made = replace(known, public=signer.public, wrap=signing.wrapped(signer, passphrase))
    with office.book.change(RENEWED, about=known.name) as change:
        change.put(made, was=known)
    signing.hold(signer)
    return made


def reset(office: Office, name: str, passphrase: str) -> Account:
    """Give somebody who forgot theirs another passphrase, and with it a new key; one change, which says who did it.

    Raises:
        InputError: when nobody has this name, or for a passphrase that is too easy.
    """
    known = account(office, name)
    office.book.access.judge("accounts")
    signer = signing.new_signer()
    on_ring = keyring.prepared(office.book.path, known.name, passphrase, signer, anew=True)
    wrap = signing.wrapped(signer, passphrase) if on_ring is None else None
    with office.book.change(RENEWED, about=known.name) as change:
        made = change.put(replace(known, public=signer.public, wrap=wrap), was=known)
    if on_ring is not None:
        on_ring()
    return made


def judge_renewable(office: Office) -> None:
    """Refuse another passphrase where nobody is signed in, or the book is sealed. Raises InputError, BookError."""
    if office.book.sealed:
        raise InputError(
            t("This book is sealed: the passphrase that opens it is yours for signing too"),
            do=t("change it with “book key change”"),
        )
    if not office.book.access.stands:
        raise RefusedError(t("This book has no accounts"), do=t("begin with “access add NAME --role keeper”"))
    office.book.access.judge()


def sign_in(office: Office, name: str, passphrase: str, state: Path, *, slowly: bool = True) -> tuple[Account, int]:
    """Sign in: from now on this process signs as this person.

    Args:
        office: whose book it is.
        name: of the account.
        passphrase: its own.
        state: folder of this user in which wrong passphrases are counted.
        slowly: let a wrong one wait; a screen, which must not stand still, waits by itself.

    Returns:
        The account, and how many wrong passphrases were typed before.

    Raises:
        InputError: when nobody has this name, or the account was taken away.
        WrongPassphraseError: naming how many there were.
        AlteredWrapError: when it is right, and the key that it opens was changed.
    """
    known = account(office, name)
    wrap = known.wrap
    if wrap is None:
        raise _without_wrap(office, known.name)

    def once() -> signing.Signer:
        try:
            return signing.opened(wrap, passphrase, known.public)
        except WrongPassphraseError as error:
            told = t("This is not the passphrase of “{name}”", name=known.name)
            raise WrongPassphraseError(told, do=t("type it again; whoever gives accounts can give another")) from error
        except AlteredWrapError as error:  # no file of keys, as in a sealed book, but a record
            names = ", ".join(office.book.access.who_may("accounts"))
            do = t("let {names} give another passphrase: “access reset {name}”", names=names, name=known.name)
            raise AlteredWrapError(error.what, do=do) from error

    signer, wrong = counted(state, known.public, once, slowly=slowly)
    signing.hold(signer)
    return known, wrong


def _without_wrap(office: Office, name: str) -> InputError:
    """Why nobody signs in by this name in a sealed book."""
    lost = keyring.lost_signature(office, name)
    if lost is not None and keyring.has_lost_signature(office.book.path, name):
        return InputError(lost)
    return InputError(
        t("“{name}” signs in with the passphrase that opens the book", name=name), do=t("open the book as this person")
    )
