"""What a book key does: it seals lines, states, caches and files, each with a key of their own drawn from it.

Lines, states and caches: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits before the sealed bytes. Files:
AES-SIV (RFC 5297), which needs no nonce and gives the same bytes for the same file, so that what the chain remembers of
a file can be reckoned from its content. The keys come from the book key by HKDF-SHA256 (RFC 5869).

A book key may be replaced; what the older ones sealed stays as it lies, and is opened with them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
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
    in_use: Callable[[set[int] | None], bool]

    def destroy_again(self, numbers: Iterable[int]) -> bool:
        """Destroy those of these keys that came back with a file from before they were."""

    def came_back(self, numbers: Iterable[int]) -> list[int]:
        """Those of these people whose destroyed key is there again."""

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

    def agree(self) -> bool:
        """Write the files of the keys anew where they differ; gives whether they did."""

    def reseal(self) -> None:
        """Write all keys anew, sealed with the newest book key."""


class _Uses:
    """The keys drawn from one book key, by what they are used for."""

    def __init__(self, book_key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV  # noqa: PLC0415  # heavy

        self.by_purpose = {each: AESGCM(drawn(book_key, each.value, 32)) for each in Purpose}
        self.files = AESSIV(drawn(book_key, "file", 64))


def _unchanged() -> bool:
    return False


class Sealer:
    """Seals with the newest key of a book, and opens with it and those it replaced. May be asked from any thread.

    Attributes:
        persons: the own keys of people, where it is of the book in a folder.
        newer: see `at`.
        least: of who reads in order: the newest generation of what was read.
    """

    def __init__(self, *book_keys: bytes) -> None:
        """Args: book_keys: the oldest first."""
        self._uses = [_Uses(each) for each in book_keys]
        self.least: list[int] | None = None
        self.newer: Callable[[], bool] = _unchanged
        self.persons: OwnKeys | None = None

    @property
    def generation(self) -> int:
        """How often the book key was replaced."""
        return len(self._uses) - 1

    def learn(self, *book_keys: bytes) -> None:
        """Know newer keys as well, wherever this is used: all keys, the oldest first."""
        self._uses.extend(_Uses(each) for each in book_keys[len(self._uses) :])

    def at(self, persons: Callable[[Sealer], OwnKeys], newer: Callable[[], bool] = _unchanged) -> Sealer:
        """The same for one book.

        Args:
            persons: gives the own keys of its people.
            newer: learns the keys that others gave the book meanwhile; gives whether there was one.
        """
        bound = copy(self)
        bound.persons, bound.newer = persons(self), newer
        return bound

    def in_order(self) -> Sealer:
        """The same for who reads a journal from its beginning: behind what a newer key sealed, an older one is refused.

        Whoever once had an older key could else write lines that the others take for the book's.
        """
        bound = copy(self)
        bound.least = [0]
        return bound

    @property
    def reached(self) -> int:
        """The newest generation of what was read in order."""
        return self.least[0] if self.least is not None else self.generation

    def seal(self, purpose: Purpose, content: bytes, about: bytes) -> bytes:
        """The content sealed; whoever opens it must say the same of it as `about`."""
        nonce = os.urandom(_NONCE)
        if self.least is not None and purpose is Purpose.LINE:
            self.least[0] = self.generation
        return nonce + self._uses[-1].by_purpose[purpose].encrypt(nonce, content, about)

    def open(self, purpose: Purpose, sealed: bytes | memoryview, about: bytes) -> bytes:
        """What was sealed. Raises NotOpenedError; BookError where the book has a newer key that this person has not."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # heavy

        nonce, rest = sealed[:_NONCE], sealed[_NONCE:]
        number, least = len(self._uses) - 1, self._least_for(purpose)
        while number >= least:  # most is of the newest, and lines are many
            try:
                content: bytes = self._uses[number].by_purpose[purpose].decrypt(nonce, rest, about)
            except (InvalidTag, ValueError):
                number -= 1
                continue
            if self.least is not None and purpose in (Purpose.LINE, Purpose.STATE):
                self.least[0] = max(self.least[0], number)
            return content
        if self.newer():
            return self.open(purpose, sealed, about)
        raise NotOpenedError(purpose.value)

    def _least_for(self, purpose: Purpose) -> int:
        """The oldest generation that may have sealed something. What can be made anew is of the newest."""
        if purpose is Purpose.CACHE:
            return self.generation
        return self.least[0] if self.least is not None and purpose is Purpose.LINE else 0

    def seal_file(self, name: str, content: bytes) -> bytes:
        """A file as it lies on the disk; its name is part of it."""
        return MAGIC + self._uses[-1].files.encrypt(content, [name.encode()])

    def open_file(self, name: str, sealed: bytes) -> bytes:
        """What a file holds; one that was never sealed, as it is. Raises as `open`."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # heavy

        if not sealed.startswith(MAGIC):
            return sealed
        for each in reversed(self._uses):
            with suppress(InvalidTag, ValueError):
                content: bytes = each.files.decrypt(sealed[len(MAGIC) :], [name.encode()])
                return content
        if self.newer():
            return self.open_file(name, sealed)
        raise NotOpenedError(name)


def drawn(book_key: bytes, purpose: str, size: int) -> bytes:
    """The key for one use, drawn from a book key."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415  # heavy
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415  # heavy

    return HKDF(SHA256(), size, salt=None, info=f"sovang book key|{purpose}".encode()).derive(book_key)
