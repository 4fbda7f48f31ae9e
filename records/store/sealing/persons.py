"""The own key of each person: what is sensitive of them is sealed with it inside of every line, and goes with it.

The keys stand in a file beside the journal, sealed with the book key. It is not of the chain, so that a key can be
destroyed: the lines stay as they are, the chain whole, and nobody reads those fields of that person any more. What was
made of the lines (snapshots, caches) is destroyed with it; backups from before keep the key until they are rotated out.
"""

from __future__ import annotations

import binascii
import hashlib
import os
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
import orjson

from config.errors import BookError
from config.reasons import system_reason
from config.text import t
from records.domain.access.restrictions import Erasure
from records.domain.appointments import Discipline
from records.domain.kinds import KINDS
from records.domain.people.person import SENSITIVE, Person
from records.store.journal.durable import disk, read_file, write_all_durably
from records.store.journal.rows import Rows
from records.store.sealing.sealer import NotOpenedError, Purpose, Sealer

FILES = ("person-keys.bin", "person-keys-spare.bin")
OWN: Mapping[str, frozenset[str]] = {
    KINDS[Person].table: SENSITIVE,
    KINDS[Discipline].table: frozenset(("measure", "decided", "lapses", "closed", "number")),
}
"""Table -> fields that are sealed with the own key of the person a document is of. Each has a default: without its key
a document reads as if the field had never been known."""
_ERASURES = KINDS[Erasure].table
_SEALED = "_own"
KEY = 32
_MAGIC, _SUM, _NONCE = b"SOVANG PERSONS 1\n", 32, 12
_BLOCK = 256
"""Keys made ahead, or a quarter of those there are: entering one more person hardly ever writes a file."""
Row = dict[str, Any]


class PersonKeys:
    """The own keys of people in the book in a folder. May be asked from any thread that holds the book's turn."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # heavy

        self._folder, self._sealer, self._aead = folder, sealer, AESGCM
        self._held = _Keys()
        self._read: tuple[int, int] | None = None
        self.lost: set[int] = set()
        """Numbers of people whose key is not there though nobody destroyed it."""
        self.in_use: Callable[[set[int] | None], bool] = lambda _: False
        """Whether something of these people, or of anybody, stands in the book that is sealed with such a key."""

    def closed_both(self, table: str, number: int, old: Row | None, new: Row | None) -> tuple[Row | None, Row | None]:
        """A document before and after as the journal has them: what is sensitive sealed with the person's own key.

        Where it is the same in both, it is sealed once.

        Raises:
            BookError: when a new key cannot be written.
        """
        before, after = _own(table, old), _own(table, new)
        first = self._closed(table, number, old, before, "")
        same = first[_SEALED] if first is not None and before and before == after else ""
        return first, self._closed(table, number, new, after, same)

    def _closed(self, table: str, number: int, row: Row | None, own: Row, known: str) -> Row | None:
        """A document with `own` of it sealed, or `known` in its place."""
        owner = owner_of(table, number, row)
        if row is None or owner is None or not own:
            return row
        if not known:
            nonce = os.urandom(_NONCE)
            sealed = self._aead(self._key(owner)).encrypt(nonce, orjson.dumps(own), _about(table, owner))
            known = binascii.b2a_base64(nonce + sealed, newline=False).decode()
        return {**{name: value for name, value in row.items() if name not in own}, _SEALED: known}

    def opened(self, table: str, number: int, row: Row | None) -> None:
        """Put what is sensitive back into a document; it stays away where the person's key was destroyed."""
        told = row.pop(_SEALED, None) if row and table in OWN else None
        owner = owner_of(table, number, row)
        if row is None or told is None or owner is None:
            return
        if not self._held.key(owner) and owner not in self._held.gone:
            self._reload()
        try:
            sealed = binascii.a2b_base64(str(told), strict_mode=True)
            row |= orjson.loads(_unsealed(self._held.key(owner), sealed, _about(table, owner)))
        except (NotOpenedError, binascii.Error, orjson.JSONDecodeError):
            if owner not in self._held.gone:
                self.lost.add(owner)

    def destroy(self, number: int) -> None:
        """Destroy the key of a person: both files are written without it, and what they were is overwritten.

        Raises:
            BookError: when they cannot be written; the key is there still then.
        """
        self._reload()
        self._write(self._held.without(number), wiping=True)

    def reseal(self) -> None:
        """Write all keys anew, sealed with the newest book key. Raises BookError."""
        self._reload()
        if self._held.numbers or self._held.gone:
            self._write(self._held, wiping=False)

    def make(self, numbers: Iterable[int]) -> None:
        """Make keys for those of these people who have none, and for some numbers that nobody has yet.

        Raises:
            BookError: when they cannot be written.
        """
        wanted = {each for each in numbers if not self._held.key(each)}
        if not wanted:
            return
        self._reload()
        wanted = {each for each in wanted if not self._held.key(each)}
        if not wanted:
            return
        none = not any((self._folder / name).exists() for name in FILES)
        if self.lost & (self.lost if none else wanted) or self.in_use(None if none else wanted - self._held.gone):
            raise BookError(
                t("The own keys of people are gone; new ones would take the place of those in a backup"),
                where=str(self._folder),
                do=t("bring them back first: “book repair --from FILE”; nothing was changed"),
            )
        ahead = max(_BLOCK, len(self._held.numbers) // 4)
        last = max((*wanted, *self._held.numbers[-1:]))
        free = (each for each in range(last + 1, last + 1 + ahead) if each not in self._held.gone)
        self._write(self._held.plus(dict.fromkeys((*wanted, *free), b"")), wiping=False)

    def agree(self) -> bool:
        """Write both files anew where each is whole and they differ: the power went between the two.

        No key that was destroyed in one of them stays in the other.

        Returns:
            Whether it was so.

        Raises:
            BookError: when they cannot be written.
        """
        both = [read_file(each) for each in (self._folder / name for name in FILES) if _is_whole(each)]
        if len(set(both)) < len(FILES):
            return False
        try:
            first, other = map(self._decoded, both)
        except NotOpenedError:
            return False
        self._write(first.agreed(other), wiping=True)
        return True

    def lacking(self, other: PersonKeys) -> set[int]:
        """The people whose key another has and this has not, though nobody destroyed it."""
        self._reload()
        other._reload()
        return set(other._held.numbers) - set(self._held.numbers) - self._held.gone

    def take(self, other: PersonKeys, numbers: Iterable[int]) -> None:
        """Take the keys of people from others, which have them and are `lacking` here. Raises BookError."""
        self._write(self._held.plus({each: other._held.key(each) for each in numbers}), wiping=False)

    def destroy_again(self, numbers: Iterable[int]) -> bool:
        """Destroy those of these keys that came back with a file from before they were; gives whether there were any.

        Raises:
            BookError: when the files cannot be written.
        """
        back = self.came_back(numbers)
        if back:
            self._write(self._held.without(*back), wiping=True)
        return bool(back)

    def came_back(self, numbers: Iterable[int]) -> list[int]:
        """Those of these people whose key is there, in a file that does not know that it was destroyed."""
        self._reload()
        return [each for each in numbers if each not in self._held.gone and self._held.key(each)]

    def _key(self, number: int) -> bytes:
        if not self._held.key(number):
            self.make((number,))
        return self._held.key(number)

    def _reload(self) -> None:
        """Read the file again where it is another than it was."""
        for name in FILES:
            path = self._folder / name
            with suppress(OSError, ValueError):
                status = path.stat()
                stamp = status.st_mtime_ns, status.st_ino
                if stamp != self._read:
                    self._held = self._decoded(read_file(path))
                    self._read = stamp
                return

    def _decoded(self, content: bytes) -> _Keys:
        """What a file holds. Raises NotOpenedError."""
        sealed = memoryview(content)[len(_MAGIC) : -_SUM]  # keys are many: none is copied
        return _Keys.decoded(memoryview(self._sealer.open(Purpose.PERSON, sealed, _MAGIC)))

    def _write(self, keys: _Keys, *, wiping: bool) -> None:
        raw = _MAGIC + self._sealer.seal(Purpose.PERSON, keys.encoded(), _MAGIC)
        content = raw + hashlib.sha256(raw).digest()
        try:
            _replace([self._folder / name for name in FILES], content, wiping=wiping)
        except OSError as error:
            again = t("make room, or ask who may write there, then do it again: the key is there still")
            raise BookError(
                t("The keys of people cannot be written: {reason}", reason=system_reason(error)),
                where=str(self._folder),
                do=again if wiping else t("make room, or ask who may write there; nothing was changed"),
            ) from None
        self._held, self._read = keys, None


class _Keys(msgspec.Struct, frozen=True):
    """Keys by the numbers of their people.

    Attributes:
        numbers: in order; the key of the n-th stands at 32 * n of `keys`.
        gone: numbers whose key was destroyed.
    """

    numbers: array[int] = msgspec.field(default_factory=lambda: array("Q"))
    keys: bytes | memoryview = b""
    gone: frozenset[int] = frozenset()

    def key(self, number: int) -> bytes:
        """The key of a person; empty where there is none."""
        place = bisect_left(self.numbers, number)
        there = place < len(self.numbers) and self.numbers[place] == number
        return bytes(self.keys[KEY * place : KEY * (place + 1)]) if there else b""

    def all(self) -> dict[int, bytes | memoryview]:
        """Every key by the number of its person."""
        return {each: self.keys[KEY * place : KEY * (place + 1)] for place, each in enumerate(self.numbers)}

    def without(self, *numbers: int) -> _Keys:
        """The same without the keys of these people, which are gone from now on; one made after that is another."""
        kept = {number: key for number, key in self.all().items() if number not in numbers}
        return _Keys(gone=self.gone.union(numbers)).plus(kept)

    def agreed(self, older: _Keys) -> _Keys:
        """What these and older ones say together; who knows that a key was destroyed knows more of it."""
        theirs = {
            number: key
            for number, key in older.all().items()
            if number not in self.gone and (number in older.gone or not self.key(number))
        }
        mine = {each: key for each, key in self.all().items() if each in self.gone or each not in older.gone}
        return _Keys(gone=self.gone | older.gone).plus({**theirs, **mine})

    def plus(self, keys: Mapping[int, bytes | memoryview]) -> _Keys:
        """The same with these keys, where a person has none; an empty one stands for a new one."""
        merged = sorted({**keys, **self.all()}.items())
        made = b"".join(key or os.urandom(KEY) for _, key in merged)
        return _Keys(array("Q", (number for number, _ in merged)), made, self.gone)

    def encoded(self) -> bytes:
        """As it is sealed: how many keys, their numbers, the keys, the numbers of those gone; eight bytes a number."""
        return b"".join(
            (_little(array("Q", (len(self.numbers),))), _little(self.numbers), self.keys,
             _little(array("Q", sorted(self.gone))))
        )  # fmt: skip

    @classmethod
    def decoded(cls, content: memoryview) -> _Keys:
        """What was encoded so."""
        count = int.from_bytes(content[:8], "little")
        end = 8 + 8 * count
        keys = content[end : end + KEY * count]
        return cls(_numbers(content[8:end]), keys, frozenset(_numbers(content[end + len(keys) :])))


def _little(numbers: array[int]) -> bytes:
    told = numbers[:]
    if sys.byteorder == "big":
        told.byteswap()
    return told.tobytes()


def _numbers(content: memoryview) -> array[int]:
    told = array("Q")
    told.frombytes(content)
    if sys.byteorder == "big":
        told.byteswap()
    return told


def closed(
    sealer: Sealer | None,
    changes: Sequence[tuple[str, int, Row | None, bytes | None]],
    tables: Mapping[str, Rows] = MappingProxyType({}),
) -> list[Any]:
    """Changes as a line has them: (table, number, before, after).

    `tables` are what the book holds until then: no key is made where something in them is sealed with one already.

    Raises:
        BookError: when a new key cannot be written, or those that are needed are gone.
    """
    if sealer is None or sealer.persons is None:
        return [(name, key, old, None if new is None else orjson.Fragment(new)) for name, key, old, new in changes]
    sealer.persons.in_use = partial(holds_own, tables)
    told: list[Any] = []
    if len(changes) > _BLOCK:  # all at once
        owners = (owner_of(table, number, old) for table, number, old, new in changes if table in OWN)
        sealer.persons.make({each for each in owners if each is not None})
    for table, number, old, new in changes:
        if table not in OWN:
            told.append((table, number, old, None if new is None else orjson.Fragment(new)))
        else:
            after = None if new is None else orjson.loads(new)
            told.append((table, number, *sealer.persons.closed_both(table, number, old, after)))
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
        return _has_sum(read_file(path))
    return False


def _has_sum(content: bytes) -> bool:
    return hashlib.sha256(content[:-_SUM]).digest() == content[-_SUM:] and content.startswith(_MAGIC)


def are_person_keys(content: bytes, sealer: Sealer) -> bool:
    """Whether a file holds keys of people, whole, that were sealed with a key of this book."""
    try:
        return _has_sum(content) and bool(sealer.open(Purpose.PERSON, content[len(_MAGIC) : -_SUM], _MAGIC))
    except NotOpenedError:
        return False


def holds_own(tables: Mapping[str, Rows], people: Collection[int] | None = None) -> bool:
    """Whether anything of these people, or of anybody, stands in these tables that is sealed with an own key."""
    return people != set() and any(
        _has_own(table, told, people) for table in OWN if table in tables for told in tables[table].told()
    )


def _has_own(table: str, told: dict[int, Row] | bytes, people: Collection[int] | None) -> bool:
    """Whether rows, decoded or as JSON, have anything that is sealed with the key of one of these people, or of any."""
    names = OWN[table]
    if isinstance(told, bytes):
        if not any(b'"%s":' % name.encode() in told for name in names):
            return False
        if people is None:
            return True
        told = {int(number): row for number, row in orjson.loads(told).items()}
    return any(
        not names.isdisjoint(row) and (people is None or owner_of(table, number, row) in people)
        for number, row in told.items()
    )


def erased(tables: Mapping[str, Rows]) -> list[int]:
    """The numbers of the people whose own key was destroyed, by what the book says of it."""
    rows = tables[_ERASURES].all().values() if _ERASURES in tables else ()
    return [number for number in (owner_of(_ERASURES, 0, row) for row in rows) if number is not None]


def owner_of(table: str, number: int, row: Row | None) -> int | None:
    """The number of the person a document is of; None where it is of a unit."""
    if table == KINDS[Person].table:
        return number
    digits = str((row or {}).get("person", "")).rpartition("-")[2]
    return int(digits) if digits.isdecimal() else None


def _about(table: str, owner: int) -> bytes:
    return f"own|{table}|{owner}".encode()


def _own(table: str, row: Row | None) -> Row:
    """What is sensitive in a document."""
    return {name: row[name] for name in row if name in OWN[table]} if row else {}


def _unsealed(key: bytes, sealed: bytes, about: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # heavy
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
    except (InvalidTag, ValueError):  # no key, or another
        raise NotOpenedError("own") from None


def _replace(paths: Sequence[Path], content: bytes, *, wiping: bool) -> None:
    """Write files anew; with `wiping` what they were is overwritten where it lay. Raises OSError."""
    old: list[int] = []
    try:
        old.extend(disk.open(path) for path in paths if wiping and path.is_file())
        write_all_durably(paths, content)
        for handle in old:
            disk.write(handle, os.urandom(os.fstat(handle).st_size), 0)
            disk.sync(handle)
    finally:
        for handle in old:
            disk.close(handle)
