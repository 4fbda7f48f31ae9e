"""Keys of offices: who signed, for whom something is sealed, and the fingerprint that is read over the phone.

An office signs with the key of its certificates (Ed25519). The key with which others seal for it (X25519) is derived
from that one, so there is nothing more to keep.
"""

from __future__ import annotations

import hashlib
import os
from typing import Any

import msgspec

from records.services.certificates.keys import private_key
from records.services.office import Office

_BOX, _WRAP = b"sovang exchange box 1", b"sovang exchange wrap 1"
_NONCE = 12
_GROUPS, _DIGITS = 8, 5


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """The key of a sealed body, for one recipient.

    Attributes:
        book: id of the recipient's book.
        box: public X25519 key made for this body alone, hex.
        key: the key of the body under the one that both sides can derive, hex.
    """

    book: str
    box: str
    key: str


def sign(office: Office, content: bytes) -> bytes:
    """The office's signature over `content`, 64 bytes. Raises as `private_key`."""
    signature: bytes = private_key(office).sign(content)
    return signature


def public_halves(office: Office) -> tuple[str, str]:
    """The public halves of the office's keys, to check signatures and to seal, in hex. Raises as `private_key`."""
    key: bytes = private_key(office).public_key().public_bytes_raw()
    return key.hex(), _box(office).public_key().public_bytes_raw().hex()


def is_signed(key: str, signature: bytes, content: bytes) -> bool:
    """Whether `signature` over `content` was made by the other half of `key` (hex)."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # heavy
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(key: str) -> str:
    """What is read over the phone: eight groups of five digits of the SHA-256 of a public key (hex)."""
    digest = hashlib.sha256(bytes.fromhex(key)).digest()
    parts = (digest[4 * place : 4 * place + 4] for place in range(_GROUPS))
    return " ".join(f"{int.from_bytes(part) % 10**_DIGITS:0{_DIGITS}d}" for part in parts)


def seal(content: bytes, boxes: dict[str, str]) -> tuple[bytes, tuple[Sealed, ...]]:
    """`content` under a key of its own, and that key for each recipient (id of the book -> public X25519 key, hex)."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415  # heavy

    key, nonce = ChaCha20Poly1305.generate_key(), os.urandom(_NONCE)
    told = []
    for book, box in boxes.items():
        once = X25519PrivateKey.generate()
        public = once.public_key().public_bytes_raw()
        shared = once.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(box)))
        wrapped = ChaCha20Poly1305(_derived(shared, public, bytes.fromhex(box))).encrypt(bytes(_NONCE), key, None)
        told.append(Sealed(book=book, box=public.hex(), key=wrapped.hex()))
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, content, None), tuple(told)


def unseal(office: Office, content: bytes, sealed: Sealed) -> bytes:
    """What was sealed for this office. Raises ValueError when it was not, or a bit of it turned."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # heavy
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415

    box, public = _box(office), bytes.fromhex(sealed.box)
    shared = box.exchange(X25519PublicKey.from_public_bytes(public))
    try:
        wrap = ChaCha20Poly1305(_derived(shared, public, box.public_key().public_bytes_raw()))
        key = wrap.decrypt(bytes(_NONCE), bytes.fromhex(sealed.key), None)
        return ChaCha20Poly1305(key).decrypt(content[:_NONCE], content[_NONCE:], None)
    except InvalidTag as error:
        raise ValueError(str(error)) from None


def _box(office: Office) -> Any:
    """The office's private X25519 key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415  # heavy

    return X25519PrivateKey.from_private_bytes(_hkdf(private_key(office).private_bytes_raw(), _BOX))


def _derived(shared: bytes, once: bytes, box: bytes) -> bytes:
    return _hkdf(shared, _WRAP + once + box)


def _hkdf(secret: bytes, about: bytes) -> bytes:
    """32 bytes by HKDF with SHA-256 and no salt."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415  # heavy
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=about).derive(secret)
