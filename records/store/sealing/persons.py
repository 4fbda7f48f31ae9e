"""The own key of each person: what is sensitive of them is sealed with it inside of every line, and goes with it.

The keys stand in a file beside the journal, sealed with the book key. It is not of the chain, so that a key can be
destroyed: the lines stay as they are, the chain whole, and nobody reads those fields of that person any more. What was
made of the lines (snapshots, caches) is destroyed with it; backups from before keep the key until they are rotated out.
"""

from __future__ import annotations

import binascii
import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from config.errors import BookError, system_reason
from config.text import t
from records.domain.appointments import Discipline
from records.domain.kinds import KINDS
from records.domain.people.person import SENSITIVE, Person
from records.store.journal.durable import disk, write_durably
from records.store.sealing.sealer import NotOpenedError, Purpose, Sealer

FILES = ("person-keys.bin", "person-keys-spare.bin")
OWN: Mapping[str, frozenset[str]] = {
    KINDS[Person].table: SENSITIVE,
    KINDS[Discipline].table: frozenset(("measure", "decided", "lapses", "closed", "number")),
}
"""Table -> fields that are sealed with the own key of the person a document is of. Each has a default: without its key
a document reads as if the field had never been known."""
_SEALED = "_own"
_MAGIC, _SUM, _NONCE = b"SOVANG PERSONS 1\n", 32, 12
_BLOCK = 256
"""Keys made at once, for numbers that nobody has yet: entering one more person writes no file."""
Row = dict[str, Any]


class PersonKeys:
    """The own keys of people in the book in a folder. May be asked from any thread that holds the book's turn."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder, self._sealer = folder, sealer
        self._keys: dict[int, bytes] = {}
        self._gone: set[int] = set()
        self._read: tuple[int, int] | None = None
        self.lost: set[int] = set()
        """Numbers of people whose key is not there though nobody destroyed it."""

    def closed(self, table: str, number: int, row: Row | None) -> Row | None:
        """A document as the journal has it: what is sensitive sealed with the person's own key, made where need be.

        Raises:
            BookError: when a new key cannot be written.
        """
        own = {name: row[name] for name in row if name in OWN.get(table, ())} if row else {}
        owner = _owner(table, number, row)
        if row is None or owner is None or not own:
            return row
        told = binascii.b2a_base64(_sealed(self._key(owner), orjson.dumps(own), _about(table, owner)), newline=False)
        return {**{name: value for name, value in row.items() if name not in own}, _SEALED: told.decode()}

    def opened(self, table: str, number: int, row: Row | None) -> None:
        """Put what is sensitive back into a document; it stays away where the person's key was destroyed."""
        told = row.pop(_SEALED, None) if row and table in OWN else None
        owner = _owner(table, number, row)
        if row is None or told is None or owner is None:
            return
        if owner not in self._keys and owner not in self._gone:
            self._reload()
        try:
            sealed = binascii.a2b_base64(str(told), strict_mode=True)
            row |= orjson.loads(_unsealed(self._keys.get(owner, b""), sealed, _about(table, owner)))
        except (NotOpenedError, binascii.Error, orjson.JSONDecodeError):
            if owner not in self._gone:
                self.lost.add(owner)

    def destroy(self, number: int) -> None:
        """Destroy the key of a person: both files are written without it, and what they were is overwritten.

        Raises:
            BookError: when they cannot be written; the key is there still then.
        """
        self._reload()
        kept = {each: key for each, key in self._keys.items() if each != number}
        self._write(kept, self._gone | {number}, wiping=True)

    def is_destroyed(self, number: int) -> bool:
        """Whether a key of this person was destroyed."""
        self._reload()
        return number in self._gone

    def _key(self, number: int) -> bytes:
        if number not in self._keys:
            self._reload()
        if number not in self._keys:
            block = range(number - number % _BLOCK, number - number % _BLOCK + _BLOCK)
            fresh = {each: os.urandom(32) for each in block if each not in self._keys}
            if number in self._gone:  # who came back has a new key; what the old one sealed stays closed
                fresh = {number: fresh[number]}
            self._write({**self._keys, **fresh}, self._gone, wiping=False)
        return self._keys[number]

    def _reload(self) -> None:
        """Read the file again where it is another than it was."""
        for name in FILES:
            path = self._folder / name
            with suppress(OSError, ValueError):
                status = path.stat()
                stamp = status.st_mtime_ns, status.st_ino
                if stamp != self._read:
                    self._keys, self._gone = _decoded(self._sealer, path.read_bytes())
                    self._read = stamp
                return

    def _write(self, keys: Mapping[int, bytes], gone: Iterable[int], *, wiping: bool) -> None:
        content = _encoded(self._sealer, keys, gone)
        try:
            for name in FILES:
                _replace(self._folder / name, content, wiping=wiping)
        except OSError as error:
            raise BookError(
                t("The keys of people cannot be written: {reason}", reason=system_reason(error)),
                where=str(self._folder),
                do=t("make room, or ask who may write there; nothing was changed"),
            ) from None
        self._keys, self._gone, self._read = dict(keys), set(gone), None


def closed(sealer: Sealer | None, changes: Sequence[tuple[str, int, Row | None, bytes | None]]) -> list[Any]:
    """Changes as a line has them: (table, number, before, after). Raises BookError."""
    told: list[Any] = []
    for table, number, old, new in changes:
        if sealer is None or sealer.persons is None or table not in OWN:
            told.append((table, number, old, None if new is None else orjson.Fragment(new)))
        else:
            after = None if new is None else orjson.loads(new)
            told.append((table, number, *(sealer.persons.closed(table, number, row) for row in (old, after))))
    return told


def open_own(sealer: Sealer, changes: Iterable[tuple[str, int, Row | None, Row | None]]) -> None:
    """Put what is sensitive back into the documents of a line."""
    for table, number, *rows in changes:
        if table in OWN and sealer.persons is not None:
            for row in rows:
                sealer.persons.opened(table, number, row)


def damaged_person_keys(folder: Path) -> list[str]:
    """Which of the two files is not what was written; none where there are no keys of people yet."""
    there = [name for name in FILES if (folder / name).is_file()]
    return [name for name in FILES if there and not _is_whole(folder / name)]


def _is_whole(path: Path) -> bool:
    with suppress(OSError):
        content = path.read_bytes()
        return hashlib.sha256(content[:-_SUM]).digest() == content[-_SUM:] and content.startswith(_MAGIC)
    return False


def _owner(table: str, number: int, row: Row | None) -> int | None:
    """The number of the person a document is of; None where it is of a unit."""
    if table == KINDS[Person].table:
        return number
    digits = str((row or {}).get("person", "")).rpartition("-")[2]
    return int(digits) if digits.isdecimal() else None


def _about(table: str, owner: int) -> bytes:
    return f"own|{table}|{owner}".encode()


def _sealed(key: bytes, content: bytes, about: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # heavy

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, about)


def _unsealed(key: bytes, sealed: bytes, about: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # heavy
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
    except (InvalidTag, ValueError):  # no key, or another
        raise NotOpenedError("own") from None


def _encoded(sealer: Sealer, keys: Mapping[int, bytes], gone: Iterable[int]) -> bytes:
    told = {str(each): binascii.b2a_base64(key, newline=False).decode() for each, key in sorted(keys.items())}
    inner = orjson.dumps({"keys": told, "gone": sorted(gone)})
    raw = _MAGIC + sealer.seal(Purpose.PERSON, inner, _MAGIC)
    return raw + hashlib.sha256(raw).digest()


def _decoded(sealer: Sealer, content: bytes) -> tuple[dict[int, bytes], set[int]]:
    """Raises ValueError."""
    raw = content[:-_SUM]
    if hashlib.sha256(raw).digest() != content[-_SUM:]:
        raise ValueError("altered")
    told = orjson.loads(sealer.open(Purpose.PERSON, raw[len(_MAGIC) :], _MAGIC))
    return {int(each): binascii.a2b_base64(key) for each, key in told["keys"].items()}, set(told["gone"])


def _replace(path: Path, content: bytes, *, wiping: bool) -> None:
    """Write a file anew; with `wiping` what it was is overwritten where it lay. Raises OSError."""
    old = disk.open(path) if wiping and path.is_file() else -1
    try:
        write_durably(path, content)
        if old >= 0:
            disk.write(old, os.urandom(os.fstat(old).st_size), 0)
            disk.sync(old)
    finally:
        if old >= 0:
            disk.close(old)
