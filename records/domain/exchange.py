"""Other offices and what goes between them and this one: who they are, what was sent and taken, what is the same."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec


class Neighbour(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Another office of which the book holds records or takes packages.

    Attributes:
        code: with which the ids of its records begin here; `codes` are others that it had or has.
        book: id of its book, by which it is told from an office with the same code.
        key: its public Ed25519 key, `box` its public X25519 key, each 32 bytes in hex; empty for one that was never
            met, of which records came through others.
        met: day on which its fingerprint was compared.
        unit: id of the unit here that it is, or empty.
    """

    id: str
    code: str
    book: str
    name: str
    key: str = ""
    box: str = ""
    met: date | None = None
    codes: tuple[str, ...] = ()
    unit: str = ""


class SameRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person or a unit that another office keeps under an id of its own: whose records name `theirs` mean `ours`."""

    id: str
    theirs: str
    ours: str


class Package(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A package that was sent, or taken, or sent back.

    Attributes:
        package: its own id, 32 hex digits.
        way: `sent`, `taken` or `returned` (read, and sent back with `reason`); one that was sent and came back is
            `sent` with a `reason`.
        office: code of the other side.
        day: when it was sent, taken or returned here.
        made: moment it was made, ISO 8601.
        seq, hash: number and hash of the last change of the book it was made from.
        what: what it holds, by the words of `exchange pack --what`.
        period: that it was asked for, such as `2025`; empty for all of it.
        people: how many people it holds; `person` the one whom it is about, where one moves.
        sha256: of the file.
        kept: of a package taken: id of a record -> field -> what the other side has, as JSON, where ours was kept.
        unit: id of the unit here that sent it, or empty.
        verdicts: of a package taken: `person role` -> verdict by the sender's rules on the day `verdicts_on`.
    """

    id: str
    package: str
    way: Literal["sent", "taken", "returned"]
    office: str
    day: date
    made: str
    seq: int
    hash: str
    what: tuple[str, ...] = ()
    period: str = ""
    people: int = 0
    person: str = ""
    sha256: str = ""
    reason: str = ""
    kept: dict[str, dict[str, str]] = {}
    unit: str = ""
    verdicts: dict[str, str] = {}
    verdicts_on: date | None = None
