"""What a passphrase opens: a key derived from it by Argon2id, and secrets wrapped with that key by AES-256-GCM.

Nothing here is of our making: Argon2id (RFC 9106) by argon2-cffi, AES-GCM (NIST SP 800-38D) by cryptography.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from typing import Annotated

import msgspec

from config.errors import AppError, InputError
from config.text import t

KEY, SALT, NONCE = 32, 16, 12
"""Bytes of a key, of a salt and of a nonce."""
_LEAST = 10
"""Letters of a new passphrase; Argon2id makes each guess cost a third of a second, so that a short word still falls."""


class Cost(msgspec.Struct, frozen=True):
    """What one guess costs: KiB of memory, passes over it, lanes that may run side by side."""

    memory: Annotated[int, msgspec.Meta(ge=8, le=4 * 1024 * 1024)]
    passes: Annotated[int, msgspec.Meta(ge=1, le=100)]
    lanes: Annotated[int, msgspec.Meta(ge=1, le=64)]


COST = Cost(memory=64 * 1024, passes=3, lanes=4)
"""RFC 9106, section 4, second recommended option, for machines with little memory; 0.4 s on two cores that are shared.
It stands with every wrap, so a later program may choose more and still read what was wrapped with this."""


class Wrapped(msgspec.Struct, frozen=True, kw_only=True):
    """A secret that a derived key opens.

    Attributes:
        check: the beginning of an HMAC of the key, by which a wrong passphrase is told from a wrap that was changed. It
            gives a guesser nothing that the wrap itself does not give.
        secret: nonce, secret, tag.
    """

    check: bytes
    secret: bytes


class WrongPassphraseError(AppError):
    """What was typed is not what opens this."""

    exit_code = 3


class AlteredWrapError(AppError):
    """The passphrase is right, and what it should open was changed."""

    exit_code = 3


def normalised(passphrase: str) -> str:
    """A passphrase in the one form in which it counts: NFC, so that no way of typing accents locks anybody out."""
    return unicodedata.normalize("NFC", passphrase.rstrip("\r\n"))


def judge_new(passphrase: str) -> None:
    """Refuse a passphrase that is too easily guessed. Raises InputError."""
    told = normalised(passphrase)
    if len(told.strip()) < _LEAST or len(set(told)) < _LEAST // 2:
        raise InputError(
            t("This passphrase is too easy to guess"),
            do=t("take {n} letters or more: four or five words that belong together for nobody else", n=_LEAST),
        )


def derive(passphrase: str, salt: bytes, cost: Cost = COST) -> bytes:
    """The key of 32 bytes that a passphrase stands for; takes about half a second, on purpose.

    Raises:
        AlteredWrapError: for a salt or cost with which none can be made.
    """
    from argon2.exceptions import HashingError  # noqa: PLC0415  # only who types a passphrase needs it
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415

    words = normalised(passphrase).encode()
    try:
        return hash_secret_raw(words, salt, cost.passes, cost.memory, cost.lanes, KEY, Type.ID, version=19)
    except (HashingError, OverflowError) as error:
        raise no_key(str(error)) from None


def new_key() -> bytes:
    """A key that nobody can guess."""
    return os.urandom(KEY)


def new_salt() -> bytes:
    """A salt for one passphrase of one person."""
    return os.urandom(SALT)


def wrap(kek: bytes, secret: bytes, about: bytes) -> Wrapped:
    """Wrap a secret.

    Args:
        kek: the key that shall open it, of 32 bytes.
        secret: what is wrapped.
        about: what it is and whose; who unwraps must say the same, so that no wrap passes for another.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # heavy

    nonce = os.urandom(NONCE)
    return Wrapped(check=check_of(kek), secret=nonce + AESGCM(kek).encrypt(nonce, secret, about))


def unwrap(kek: bytes, wrapped: Wrapped, about: bytes) -> bytes:
    """The secret that was wrapped with `kek` as `about`.

    Raises:
        WrongPassphraseError: when it was wrapped with another key.
        AlteredWrapError: when the key is right, and the wrap is not what it was.
    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # heavy
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # heavy

    nonce, sealed = wrapped.secret[:NONCE], wrapped.secret[NONCE:]
    try:
        return AESGCM(kek).decrypt(nonce, sealed, about)
    except (InvalidTag, ValueError):  # too short to be any
        if not hmac.compare_digest(check_of(kek), wrapped.check):
            raise wrong_passphrase() from None
        raise altered_wrap() from None


_FROM_BACKUP = t("bring the file of the keys back from a backup: “book repair --from BACKUP”")


def altered_wrap() -> AlteredWrapError:
    """That a passphrase is right, and what it should open was changed."""
    return AlteredWrapError(t("The passphrase is right, but the key that it opens was changed"), do=_FROM_BACKUP)


def no_key(reason: str) -> AlteredWrapError:
    """That what is kept with a key was changed so much that no passphrase can be tried on it."""
    return AlteredWrapError(
        t("What is kept with the key was changed, and no passphrase opens it: {reason}", reason=reason),
        do=_FROM_BACKUP,
    )


def wrong_passphrase() -> WrongPassphraseError:
    """That what was typed opens nothing here."""
    return WrongPassphraseError(
        t("This passphrase does not open the book"),
        do=t(
            "type it again; where it is forgotten, “book key recover” takes the printed recovery key. Without either"
            " nobody can open the book: there is no other way, for us neither"
        ),
    )


def check_of(kek: bytes) -> bytes:
    """By what a wrong key is told from a wrap that was changed; see `Wrapped`."""
    return hmac.new(kek, b"sovang wrap check", hashlib.sha256).digest()[:8]
