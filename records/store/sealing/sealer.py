"""What a book key does: it seals lines, states, caches and files, each with a key of their own drawn from it.

Lines, states and caches: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits before the sealed bytes. Files:
AES-SIV (RFC 5297), which needs no nonce and gives the same bytes for the same file, so that what the chain remembers of
a file can be reckoned from its content. The keys come from the book key by HKDF-SHA256 (RFC 5869).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from copy import copy
from enum import StrEnum
from typing import Any, Protocol

from config.sealed import MAGIC

_NONCE = 12


class Purpose(StrEnum):
    """What something sealed is; nothing sealed as one opens as another."""

    LINE = "line"
    STATE = "state"
    CACHE = "cache"
    PERSON = "person"


class NotOpenedError(ValueError):
    """The bytes were not sealed with this key, as this, or were changed since."""


class OwnKeys(Protocol):
    """The own keys of the people of a book (`records.store.sealing.persons`)."""

    lost: set[int]

    def closed_both(
        self, table: str, number: int, old: dict[str, Any] | None, new: dict[str, Any] | None
    ) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        """A document before and after with what is sensitive sealed."""

    def opened(self, table: str, number: int, row: dict[str, Any] | None) -> None:
        """Put what is sensitive back into a document."""

    def make(self, numbers: Iterable[int]) -> None:
        """Make keys for those of these people who have none."""

    def destroy(self, number: int) -> None:
        """Destroy the key of a person."""

    def is_destroyed(self, number: int) -> bool:
        """Whether a key of this person was destroyed."""


class Sealer:
    """Seals and opens with the keys drawn from one book key. May be asked from any thread.

    Attributes:
        persons: the own keys of people, where it is of the book in a folder.
    """

    def __init__(self, book_key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV  # noqa: PLC0415  # heavy

        self._by_purpose = {each: AESGCM(_drawn(book_key, each.value, 32)) for each in Purpose}
        self._files = AESSIV(_drawn(book_key, "file", 64))
        self.persons: OwnKeys | None = None

    def at(self, persons: Callable[[Sealer], OwnKeys]) -> Sealer:
        """The same for one book, with the own keys of its people."""
        bound = copy(self)
        bound.persons = persons(self)
        return bound

    def seal(self, purpose: Purpose, content: bytes, about: bytes) -> bytes:
        """The content sealed; whoever opens it must say the same of it as `about`."""
        nonce = os.urandom(_NONCE)
        return nonce + self._by_purpose[purpose].encrypt(nonce, content, about)

    def open(self, purpose: Purpose, sealed: bytes, about: bytes) -> bytes:
        """What was sealed. Raises NotOpenedError."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # heavy

        try:
            return self._by_purpose[purpose].decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
        except (InvalidTag, ValueError):
            raise NotOpenedError(purpose.value) from None

    def seal_file(self, name: str, content: bytes) -> bytes:
        """A file as it lies on the disk; its name is part of it."""
        return MAGIC + self._files.encrypt(content, [name.encode()])

    def open_file(self, name: str, sealed: bytes) -> bytes:
        """What a file holds; one that was never sealed, as it is. Raises NotOpenedError."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # heavy

        if not sealed.startswith(MAGIC):
            return sealed
        try:
            return self._files.decrypt(sealed[len(MAGIC) :], [name.encode()])
        except (InvalidTag, ValueError):
            raise NotOpenedError(name) from None


def _drawn(book_key: bytes, purpose: str, size: int) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415  # heavy
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415  # heavy

    return HKDF(SHA256(), size, salt=None, info=f"sovang book key|{purpose}".encode()).derive(book_key)
