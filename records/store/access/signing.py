"""Keys that sign lines: Ed25519 (RFC 8032) by `cryptography`, opened by a passphrase, held until the process ends."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from records.domain.access.accounts import KeyWrap
from records.store.sealing import secrets
from records.store.sealing.boxes import about_signer
from records.store.sealing.secrets import Cost, Wrapped, derive, new_salt, unwrap, wrap

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_DOMAIN = b"sovang line\n"


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """A private key, and the public half by which the book knows whose it is."""

    key: Ed25519PrivateKey
    public: str

    def sign(self, digest: bytes) -> str:
        """The signature over the SHA-256 of a line, as base64url without `=`."""
        return base64.urlsafe_b64encode(self.key.sign(_DOMAIN + digest)).rstrip(b"=").decode()

    @property
    def seed(self) -> bytes:
        """The 32 bytes of the private key."""
        return self.key.private_bytes_raw()


_held: dict[str, Signer] = {}


def new_signer() -> Signer:
    """A key that nobody can guess."""
    return signer_of(secrets.new_key())


def signer_of(seed: bytes) -> Signer:
    """The key of 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415  # heavy

    key = Ed25519PrivateKey.from_private_bytes(seed)
    return Signer(key, key.public_key().public_bytes_raw().hex())


def hold(signer: Signer) -> None:
    """Sign with this key from now on, in every book that knows it, until the process ends."""
    _held.pop(signer.public, None)
    _held[signer.public] = signer


def release_all() -> None:
    """Forget every key."""
    _held.clear()


def held(publics: Iterable[str]) -> Signer | None:
    """The key held last that is one of these; None where none is held."""
    known = set(publics)
    return next((each for public, each in reversed(_held.items()) if public in known), None)


def is_signed(public: str, digest: bytes, signature: str) -> bool:
    """Whether a signature over the SHA-256 of a line is of this key."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # heavy

    try:
        _public(public).verify(base64.urlsafe_b64decode(signature + "=="), _DOMAIN + digest)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=64)
def _public(public: str) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415  # heavy

    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))


def wrapped(signer: Signer, passphrase: str, *, cost: Cost | None = None) -> KeyWrap:
    """The private key so that only the passphrase opens it. Raises InputError for one that is too easy."""
    secrets.judge_new(passphrase)
    salt, cost = new_salt(), cost or secrets.COST
    made = wrap(derive(passphrase, salt, cost), signer.seed, about_signer(signer.public))
    return KeyWrap(
        salt=_text(salt), memory=cost.memory, passes=cost.passes, lanes=cost.lanes, check=_text(made.check),
        secret=_text(made.secret),
    )  # fmt: skip


def opened(kept: KeyWrap, passphrase: str, public: str) -> Signer:
    """The key that was wrapped.

    Raises:
        WrongPassphraseError: for another passphrase.
        AlteredWrapError: when it is right, and the wrap was changed; or when no passphrase can be tried on it.
    """
    cost = Cost(kept.memory, kept.passes, kept.lanes)
    kek = derive(passphrase, salt_of(kept), cost)
    return signer_of(unwrap(kek, wrapped_in(kept), about_signer(public)))


def salt_of(kept: KeyWrap) -> bytes:
    """With what the passphrase becomes the key that opens a private one. Raises AlteredWrapError."""
    return _bytes(kept.salt)


def wrapped_in(kept: KeyWrap) -> Wrapped:
    """The wrap of a private key as the rings of sealed books have it. Raises AlteredWrapError."""
    return Wrapped(check=_bytes(kept.check), secret=_bytes(kept.secret))


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise secrets.no_key(str(error)) from None
