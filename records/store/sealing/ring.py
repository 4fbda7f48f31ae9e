"""The ring of keys of a sealed book, `keys.json`: for each person, what their passphrase opens.

It stands outside the chain, for a forgotten passphrase changes nothing that the book says. It lies there twice, since
without it nobody can read the book: `keys.json`, and `keys-spare.json` in case a bit turns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import uuid4

import msgspec

from config.errors import BookError, ConflictError, InputError
from config.reasons import system_reason
from config.text import t
from records.store.journal.durable import write_all_durably
from records.store.sealing import secrets
from records.store.sealing.secrets import (
    Cost,
    Wrapped,
    WrongPassphraseError,
    derive,
    judge_new,
    new_key,
    new_salt,
    unwrap,
    wrap,
    wrong_passphrase,
)

FILES = ("keys.json", "keys-spare.json")
BOOK = "book"
"""The secret that everybody on the ring has: the key of the book."""
_SUM = b',"sum":"'


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """One way into the book.

    Attributes:
        id: never used for another.
        name: by which the person signs in; it can be read without the key. Of the recovery key: empty.
        kind: of a person, or the printed recovery key.
        salt, cost: with which the passphrase becomes the key.
        secrets: name -> what that key opens; `book` is there always, others may stand beside it.
    """

    id: str
    name: str
    kind: Literal["person", "recovery"] = "person"
    salt: bytes
    cost: Cost
    secrets: dict[str, Wrapped]


class Ring(msgspec.Struct, frozen=True, kw_only=True):
    """All keys of a book; `id` is that of its book key, and the same in every copy and backup."""

    format: Literal[1] = 1
    id: str
    holders: tuple[Holder, ...] = ()

    def named(self, name: str) -> Holder:
        """The person who signs in by this name. Raises InputError."""
        found = next((each for each in self.people() if each.name.casefold() == name.strip().casefold()), None)
        if found is None:
            known = ", ".join(each.name for each in self.people())
            raise InputError(t("Nobody signs in as “{name}”", name=name), do=t("one of: {names}", names=known))
        return found

    def people(self) -> list[Holder]:
        """Everybody with a passphrase."""
        return [each for each in self.holders if each.kind == "person"]


@dataclass(frozen=True, slots=True, repr=False)
class Unlocked:
    """What a passphrase opened: whose it is, the key that it stands for, and the book key."""

    ring: str
    holder: Holder
    kek: bytes
    book_key: bytes

    def secret(self, name: str) -> bytes | None:
        """A further secret of this person; None where there is none."""
        wrapped = self.holder.secrets.get(name)
        return None if wrapped is None else unwrap(self.kek, wrapped, _about(self.ring, self.holder.id, name))


def _about(ring: str, holder: str, secret: str) -> bytes:
    """What a wrap is, and whose."""
    return f"sovang wrap|{ring}|{holder}|{secret}".encode()


def new_ring() -> tuple[Ring, bytes]:
    """A ring on which nobody is yet, and its book key."""
    return Ring(id=uuid4().hex), new_key()


def added(
    ring: Ring, passphrase: str, book_key: bytes, *, name: str, recovery: bool = False, cost: Cost | None = None
) -> tuple[Ring, Unlocked]:
    """The ring with one more person, or with the recovery key in place of an earlier one.

    Raises:
        InputError: for a passphrase that is too easy, or no name.
        ConflictError: where somebody signs in by this name already.
    """
    name = " ".join(name.split())
    if not recovery:
        judge_new(passphrase)
        if not name:
            raise InputError(t("A key needs a name by which its person signs in"), do=t("give one, such as “lan”"))
        if any(each.name.casefold() == name.casefold() for each in ring.people()):
            raise ConflictError(
                t("“{name}” has a key already", name=name),
                do=t("change it with “book key change”, or take another name"),
            )
    kept = tuple(each for each in ring.holders if not recovery or each.kind != "recovery")
    salt, holder, cost = new_salt(), uuid4().hex, cost or secrets.COST
    kek = derive(passphrase, salt, cost)
    made = Holder(
        id=holder, name=name, kind="recovery" if recovery else "person", salt=salt, cost=cost,
        secrets={BOOK: wrap(kek, book_key, _about(ring.id, holder, BOOK))},
    )  # fmt: skip
    return msgspec.structs.replace(ring, holders=(*kept, made)), Unlocked(ring.id, made, kek, book_key)


def with_secret(ring: Ring, opened: Unlocked, name: str, secret: bytes) -> tuple[Ring, Unlocked]:
    """The ring with one more secret that this person's passphrase opens, such as their key for signing."""
    wrapped = wrap(opened.kek, secret, _about(ring.id, opened.holder.id, name))
    holder = msgspec.structs.replace(opened.holder, secrets={**opened.holder.secrets, name: wrapped})
    return _replaced(ring, holder), Unlocked(ring.id, holder, opened.kek, opened.book_key)


def changed(ring: Ring, opened: Unlocked, passphrase: str, *, cost: Cost | None = None) -> tuple[Ring, Unlocked]:
    """The ring with another passphrase for this person; every secret is wrapped anew. Raises InputError."""
    if opened.holder.kind == "person":
        judge_new(passphrase)
    salt, held, cost = new_salt(), opened.holder, cost or secrets.COST
    kek = derive(passphrase, salt, cost)
    wraps = {
        name: wrap(kek, unwrap(opened.kek, each, about), about)
        for name, each in held.secrets.items()
        for about in (_about(ring.id, held.id, name),)
    }
    holder = msgspec.structs.replace(held, salt=salt, cost=cost, secrets=wraps)
    return _replaced(ring, holder), Unlocked(ring.id, holder, kek, opened.book_key)


def removed(ring: Ring, name: str) -> Ring:
    """The ring without a person. Raises InputError, or ConflictError for the last one."""
    gone = ring.named(name)
    if len(ring.people()) == 1:
        raise ConflictError(
            t("“{name}” has the only key: without it nobody would open the book", name=gone.name),
            do=t("add another with “book key add” first"),
        )
    return msgspec.structs.replace(ring, holders=tuple(each for each in ring.holders if each.id != gone.id))


def _replaced(ring: Ring, holder: Holder) -> Ring:
    held = tuple(holder if each.id == holder.id else each for each in ring.holders)
    return msgspec.structs.replace(ring, holders=held)


def unlocked(ring: Ring, passphrase: str, *, name: str = "", recovery: bool = False) -> Unlocked:
    """What a passphrase opens: that of `name`, or of whoever it belongs to; with `recovery`, the printed key.

    Raises:
        WrongPassphraseError: when it opens nothing.
        AlteredWrapError: when it is right, and the wrap was changed.
        InputError: when nobody has this name.
    """
    asked: Iterable[Holder] = [ring.named(name)] if name and not recovery else ring.people()
    if recovery:
        asked = [each for each in ring.holders if each.kind == "recovery"]
    for holder in asked:
        kek = derive(passphrase, holder.salt, holder.cost)
        with suppress(WrongPassphraseError):
            key = unwrap(kek, holder.secrets[BOOK], _about(ring.id, holder.id, BOOK))
            return Unlocked(ring.id, holder, kek, key)
    raise wrong_passphrase()


def encoded(ring: Ring) -> bytes:
    """The bytes of the file: JSON whose last key is the SHA-256 of the bytes before it."""
    raw = msgspec.json.encode(ring)[:-1]
    return raw + _SUM + hashlib.sha256(raw).hexdigest().encode() + b'"}'


def decoded(content: bytes) -> Ring:
    """What the bytes of such a file hold. Raises ValueError for anything else."""
    raw, _, told = content.rpartition(_SUM)
    if told != hashlib.sha256(raw).hexdigest().encode() + b'"}':
        raise ValueError("altered")
    return msgspec.json.decode(raw + b"}", type=Ring)


def is_sealed(folder: Path) -> bool:
    """Whether the book in a folder has keys, and so opens by a passphrase only."""
    return any((folder / name).is_file() for name in FILES)


def damaged_files(folder: Path) -> list[str]:
    """Which of the two files are not what was written, or not there."""
    return [name for name in FILES if _read(folder / name) is None]


def read_ring(folder: Path) -> Ring:
    """The keys of the book in a folder, from the spare where the other is damaged.

    Raises:
        BookError: when neither can be read.
    """
    for name in FILES:
        found = _read(folder / name)
        if found is not None:
            return found
    raise BookError(
        t("The keys of this book are damaged or gone, so nobody can open it"),
        where=str(folder / FILES[0]),
        do=t("bring {name} back from a backup: “book repair --from BACKUP”", name=FILES[0]),
    )


def write_ring(folder: Path, ring: Ring) -> None:
    """Keep a ring in both files; at every moment one of them is whole. Raises BookError."""
    content = encoded(ring)
    try:
        write_all_durably([folder / name for name in FILES], content)
    except OSError as error:
        raise BookError(
            t("The keys cannot be written: {reason}", reason=system_reason(error)),
            where=str(folder),
            do=t("make room, or ask who may write there; the keys until now still open the book"),
        ) from None


def _read(path: Path) -> Ring | None:
    try:
        return decoded(path.read_bytes())
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
