"""The ring of keys of a sealed book, `keys.json`: for each person, what their passphrase opens.

It stands outside the chain, for a forgotten passphrase changes nothing that the book says. It lies there twice, since
without it nobody can read the book: `keys.json`, and `keys-spare.json` in case a bit turns.
"""

from __future__ import annotations

import dataclasses
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
from records.store.journal.durable import read_file, write_all_durably
from records.store.sealing import boxes, secrets
from records.store.sealing.sealer import drawn
from records.store.sealing.secrets import (
    AlteredWrapError,
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
BOOK, BOX, SIGN = "book", "box", "sign"
"""Secrets of a person: the key of the book, which everybody has; the private half of their box; what signs lines."""
_SUM = b',"sum":"'


class AccountKey(msgspec.Struct, frozen=True, kw_only=True):
    """The signing key of an account from before the book was sealed, wrapped as it was there.

    Attributes:
        public: the public half, 64 hex digits.
        wrapped: the private half, which salt and cost of the holder and the account's own passphrase open.
    """

    public: str
    wrapped: Wrapped


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """One way into the book.

    Attributes:
        id: never used for another.
        name: by which the person signs in; it can be read without the key. Of the recovery key: empty.
        kind: of a person, or the printed recovery key.
        salt, cost: with which the passphrase becomes the key.
        secrets: name -> what that key opens, see `BOOK`, `BOX`, `SIGN`.
        box: public X25519 key, by which others give this person a book key; empty for one that an earlier program made.
        boxed: the newest book key so given; empty where the secret `book` is the newest.
        account: in place of `box` and `sign`, until this person changes the passphrase; see `AccountKey`.
    """

    id: str
    name: str
    kind: Literal["person", "recovery"] = "person"
    salt: bytes
    cost: Cost
    secrets: dict[str, Wrapped]
    box: bytes = b""
    boxed: bytes = b""
    account: AccountKey | None = None


class Older(msgspec.Struct, frozen=True, kw_only=True):
    """A book key with which nothing is sealed any more.

    Attributes:
        time, by: when it was replaced, and by whom.
        secret: the key, sealed with the one that replaced it.
    """

    time: str
    by: str
    secret: bytes


class Ring(msgspec.Struct, frozen=True, kw_only=True):
    """All keys of a book; `id` is that of its first book key, and the same in every copy and backup.

    Attributes:
        older: book keys that were replaced, the first one first.
    """

    format: Literal[1] = 1
    id: str
    holders: tuple[Holder, ...] = ()
    older: tuple[Older, ...] = ()

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
    """What a passphrase opened: whose it is, the key that it stands for, the book key, and those it replaced."""

    ring: str
    holder: Holder
    kek: bytes
    book_key: bytes
    older: tuple[bytes, ...] = ()

    def secret(self, name: str) -> bytes | None:
        """A further secret of this person; None where there is none."""
        return _secret(self.ring, self.holder, self.kek, name)


def _secret(ring: str, holder: Holder, kek: bytes, name: str) -> bytes | None:
    """A secret of a holder. Raises WrongPassphraseError, AlteredWrapError."""
    if (wrapped := holder.secrets.get(name)) is not None:
        return unwrap(kek, wrapped, _about(ring, holder.id, name))
    if holder.account is None or name == BOOK:
        return None
    seed = unwrap(kek, holder.account.wrapped, boxes.about_signer(holder.account.public))
    return seed if name == SIGN else boxes.private_of_signer(seed)


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
    opened = Unlocked(ring.id, made, kek, book_key, older_keys(ring, book_key))
    return with_box(msgspec.structs.replace(ring, holders=(*kept, made)), opened)


def with_account(ring: Ring, name: str, salt: bytes, cost: Cost, key: AccountKey, book_key: bytes) -> Ring:
    """The ring with an account from before, that opens the book with the passphrase it has; nobody need know that."""
    holder, box = uuid4().hex, boxes.public_of_signer(bytes.fromhex(key.public))
    made = Holder(
        id=holder, name=name, salt=salt, cost=cost, secrets={}, box=box, account=key,
        boxed=boxes.boxed(box, book_key, _about(ring.id, holder, BOOK)),
    )  # fmt: skip
    return msgspec.structs.replace(ring, holders=(*ring.holders, made))


def with_secret(ring: Ring, opened: Unlocked, name: str, secret: bytes) -> tuple[Ring, Unlocked]:
    """The ring with one more secret that this person's passphrase opens, such as their key for signing."""
    wrapped = wrap(opened.kek, secret, _about(ring.id, opened.holder.id, name))
    holder = msgspec.structs.replace(opened.holder, secrets={**opened.holder.secrets, name: wrapped})
    return _replaced(ring, holder), dataclasses.replace(opened, holder=holder)


def with_box(ring: Ring, opened: Unlocked) -> tuple[Ring, Unlocked]:
    """The ring with a box for this person, by which others can give them a new book key; unchanged where one is."""
    if opened.holder.box:
        return ring, opened
    private, public = boxes.new_box()
    ring, opened = with_secret(ring, opened, BOX, private)
    holder = msgspec.structs.replace(opened.holder, box=public)
    return _replaced(ring, holder), dataclasses.replace(opened, holder=holder)


def renewed(ring: Ring, opened: Unlocked, *, time: str) -> tuple[Ring, Unlocked]:
    """The ring with a new book key for everybody on it, that opens the older ones.

    Args:
        ring: with a box for everybody but who does it.
        opened: who does it.
        time: the moment, as the journal writes it.
    """
    key, number = new_key(), len(ring.older)
    older = Older(time=time, by=opened.holder.name, secret=_older_sealed(ring.id, number, key, opened.book_key))
    given = [
        msgspec.structs.replace(each, boxed=boxes.boxed(each.box, key, _about(ring.id, each.id, BOOK)))
        for each in ring.holders
        if each.id != opened.holder.id
    ]
    own = wrap(opened.kek, key, _about(ring.id, opened.holder.id, BOOK))
    holder = msgspec.structs.replace(opened.holder, secrets={**opened.holder.secrets, BOOK: own}, boxed=b"")
    made = {each.id: each for each in (*given, holder)}
    held = tuple(made[each.id] for each in ring.holders)
    ring = msgspec.structs.replace(ring, holders=held, older=(*ring.older, older))
    return ring, Unlocked(ring.id, holder, opened.kek, key, (*opened.older, opened.book_key))


def without_box(ring: Ring) -> list[Holder]:
    """Those on the ring to whom a new book key cannot be given, for an earlier program made theirs."""
    return [each for each in ring.holders if not each.box]


def older_keys(ring: Ring, book_key: bytes) -> tuple[bytes, ...]:
    """The book keys that were replaced, the first one first. Raises AlteredWrapError."""
    found: list[bytes] = []
    for number in reversed(range(len(ring.older))):
        book_key = _older_opened(ring, number, book_key)
        found.insert(0, book_key)
    return tuple(found)


def _older_sealed(ring: str, number: int, newer: bytes, key: bytes) -> bytes:
    return wrap(drawn(newer, "older", secrets.KEY), key, f"sovang older|{ring}|{number}".encode()).secret


def _older_opened(ring: Ring, number: int, newer: bytes) -> bytes:
    kek = drawn(newer, "older", secrets.KEY)
    told = Wrapped(check=secrets.check_of(kek), secret=ring.older[number].secret)
    return unwrap(kek, told, f"sovang older|{ring.id}|{number}".encode())


def changed(ring: Ring, opened: Unlocked, passphrase: str, *, cost: Cost | None = None) -> tuple[Ring, Unlocked]:
    """The ring with another passphrase for this person; every secret is wrapped anew. Raises InputError."""
    if opened.holder.kind == "person":
        judge_new(passphrase)
    salt, held, cost = new_salt(), opened.holder, cost or secrets.COST
    kek = derive(passphrase, salt, cost)
    told = {name: opened.secret(name) for name in (BOX, SIGN, *held.secrets)} | {BOOK: opened.book_key}
    wraps = {name: wrap(kek, each, _about(ring.id, held.id, name)) for name, each in told.items() if each is not None}
    holder = msgspec.structs.replace(held, salt=salt, cost=cost, secrets=wraps, boxed=b"", account=None)
    return with_box(_replaced(ring, holder), Unlocked(ring.id, holder, kek, opened.book_key, opened.older))


def removed(ring: Ring, name: str) -> Ring:
    """The ring without a person. Raises InputError, or ConflictError for the last one."""
    gone = ring.named(name)
    if len(ring.people()) == 1:
        raise ConflictError(
            t("“{name}” has the only key: without it nobody would open the book", name=gone.name),
            do=t("add another with “book key add” first"),
        )
    return msgspec.structs.replace(ring, holders=tuple(each for each in ring.holders if each.id != gone.id))


def without(ring: Ring, name: str) -> Ring:
    """The ring without a person, if they are on it."""
    kept = tuple(each for each in ring.holders if each.kind != "person" or each.name.casefold() != name.casefold())
    return msgspec.structs.replace(ring, holders=kept)


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
            return opened_by(ring, holder, kek)
    raise wrong_passphrase()


def opened_by(ring: Ring, holder: Holder, kek: bytes) -> Unlocked:
    """What the key of a holder opens. Raises WrongPassphraseError, AlteredWrapError."""
    key = _secret(ring.id, holder, kek, BOOK)
    if holder.boxed:
        private = _secret(ring.id, holder, kek, BOX) or b""
        try:
            key = boxes.unboxed(private, holder.boxed, _about(ring.id, holder.id, BOOK))
        except ValueError:
            raise secrets.altered_wrap() from None
    if key is None:
        raise secrets.altered_wrap()
    return Unlocked(ring.id, holder, kek, key, older_keys(ring, key))


def opened_again(ring: Ring, before: Unlocked) -> Unlocked:
    """What who opened a ring before opens of it as it is now.

    Raises:
        BookError: when their key was taken away, or their passphrase is another now.
    """
    holder = next((each for each in ring.holders if each.id == before.holder.id), None)
    try:
        if holder is not None:
            return opened_by(ring, holder, before.kek)
    except (WrongPassphraseError, AlteredWrapError):
        pass
    raise BookError(
        t("The book has another key now, which the key of {name} does not open", name=before.holder.name or "–"),
        do=t("open the book again, or ask who keeps its keys"),
    )


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


def agree(folder: Path) -> bool:
    """Write both files anew where they differ: the power went between the two. Raises BookError.

    Returns:
        Whether it was so.
    """
    first, other = (_read(folder / name) for name in FILES)
    if first is None or other is None or first == other:
        return False
    write_ring(folder, read_ring(folder))
    return True


def read_ring(folder: Path) -> Ring:
    """The keys of the book in a folder, from the spare where the other is damaged or has fewer.

    Raises:
        BookError: when neither can be read.
    """
    found = [ring for ring in (_read(folder / name) for name in FILES) if ring is not None]
    if found:
        return max(found, key=lambda ring: len(ring.older))
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
        return decoded(read_file(path))
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
