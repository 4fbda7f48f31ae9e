"""People of the office: by which name they sign in, in which role, and with which key their changes are signed."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

import msgspec

from config.text import Text, t

Role = Literal["reader", "officer", "approver", "keeper"]
ActRight = Literal[
    "enter", "sensitive", "decide", "undo_others", "export", "export_sensitive", "settings", "privacy", "accounts"
]
ROLES: tuple[Role, ...] = get_args(Role)
ACTS: tuple[ActRight, ...] = get_args(ActRight)
ROLE_WORDS: dict[str, Text] = {
    "reader": t("reader"),
    "officer": t("officer"),
    "approver": t("approver"),
    "keeper": t("keeper of the book"),
}
ACT_WORDS: dict[str, Text] = {
    "enter": t("enter and correct records"),
    "sensitive": t("see sensitive data"),
    "decide": t("register decisions, sign, close years"),
    "undo_others": t("take back what others did"),
    "export": t("write lists to files"),
    "export_sensitive": t("write sensitive data to files"),
    "settings": t("change settings"),
    "privacy": t("restrict and erase data of a person"),
    "accounts": t("give and take accounts and rights"),
}


class KeyWrap(msgspec.Struct, frozen=True, kw_only=True):
    """A private key that a passphrase opens: Argon2id with these values, then AES-256-GCM; texts are base64.

    Attributes:
        memory, passes, lanes: of Argon2id: KiB, passes, lanes.
    """

    salt: str
    memory: int
    passes: int
    lanes: int
    check: str
    secret: str


class Account(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who works in the book.

    Attributes:
        name: by which they sign in, and which stands as `actor` in their lines; used once.
        role: which rights they have.
        public: the public half of their Ed25519 key, 64 hex digits.
        wrap: the private half; None where the ring of keys of a sealed book has it.
        removed: day on which the account was taken away; the record stays, for its lines stand.
    """

    id: str
    name: str
    role: Role
    public: str
    wrap: KeyWrap | None = None
    removed: date | None = None


class RoleRights(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a role may do in this book, from the line on in which it stands."""

    id: str
    role: Role
    acts: tuple[ActRight, ...] = ()
