"""Boxes: a secret given to somebody who is not there, by their public key alone.

HPKE (RFC 9180) by `cryptography`: X25519, HKDF-SHA256, AES-256-GCM. The only arithmetic here is the map from the keys
of Ed25519 to those of X25519 (RFC 7748, section 4.1), by which an account from before a book was sealed has a box.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from records.store.sealing.secrets import KEY

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

_PRIME = 2**255 - 19


def new_box() -> tuple[bytes, bytes]:
    """The private and the public half of a new box, 32 bytes each."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415  # heavy

    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def boxed(public: bytes, secret: bytes, about: bytes) -> bytes:
    """A secret that only the private half of a box opens; who opens it must say the same of it as `about`."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey  # noqa: PLC0415  # heavy

    return _suite().encrypt(secret, X25519PublicKey.from_public_bytes(public), info=about)


def unboxed(private: bytes, sealed: bytes, about: bytes) -> bytes:
    """What was sealed so. Raises ValueError."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # heavy
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415

    try:
        return _suite().decrypt(sealed, X25519PrivateKey.from_private_bytes(private), info=about)
    except InvalidTag:
        raise ValueError("altered") from None


def _suite() -> Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite  # noqa: PLC0415  # heavy

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def about_signer(public: str) -> bytes:
    """What the wrap of a signing key is about."""
    return f"sovang signing key|{public}".encode()


def public_of_signer(public: bytes) -> bytes:
    """The public half of the box of who signs with the other half of this Ed25519 key: u = (1 + y) / (1 - y)."""
    y = int.from_bytes(public, "little") & (1 << 255) - 1
    return ((1 + y) * pow(1 - y, -1, _PRIME) % _PRIME).to_bytes(KEY, "little")


def private_of_signer(seed: bytes) -> bytes:
    """The private half of that box."""
    return hashlib.sha512(seed).digest()[:KEY]
