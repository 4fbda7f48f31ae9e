"""Lines of the journal: one change each, carrying the hash of the line before it."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, Any, NotRequired, TypedDict

import msgspec
import orjson

FIRST = "0" * 64
"""What the first line of a book carries as the hash before it."""
_TAIL = re.compile(rb',"hash":"([0-9a-f]{64})"\}')
_TAIL_LENGTH = 75
_PREV = re.compile(rb',"prev":"([0-9a-f]{64})","hash":"[0-9a-f]{64}"\}\n')
_PREV_LENGTH = 150
LAST = _TAIL_LENGTH + 1
"""Bytes at the end of a line that hold its hash, newline included."""


Number = Annotated[int, msgspec.Meta(ge=0, le=2**62)]
Row = dict[str, Any]


class Vouches(TypedDict, total=False):
    """What a line remembers of files (see `records.store.safety.vouching`)."""

    segments: list[tuple[Number, Number, str]]
    snapshot: tuple[Number, str]
    base: tuple[Number, str]
    about: str
    config: dict[str, str]


class Body(TypedDict):
    """What a line says; a change is table, number, document before, document after."""

    seq: Number
    time: str
    actor: str
    action: str
    about: NotRequired[str]
    undoes: NotRequired[Number | None]
    vouches: NotRequired[Vouches]
    changes: list[tuple[str, Number, Row | None, Row | None]]
    prev: str
    hash: str


class _Head(TypedDict):
    vouches: NotRequired[Vouches]


_READ, _READ_HEAD = msgspec.json.Decoder(Body).decode, msgspec.json.Decoder(_Head).decode


class BrokenLineError(ValueError):
    """The bytes are no line of this chain; the message says in what way."""


def seal(body: dict[str, Any]) -> tuple[bytes, str]:
    """The line for `body` (newline included) and its hash. The hash covers every byte before `,"hash":`."""
    raw = orjson.dumps(body)[:-1]
    digest = hashlib.sha256(raw).hexdigest()
    return raw + b',"hash":"' + digest.encode() + b'"}\n', digest


def unseal(line: bytes, *, seq: int = 0, prev: str = "") -> Body:
    """Read a line without its newline; its place in the chain is checked where `seq` and `prev` are given.

    Returns:
        The body, with its `hash`.

    Raises:
        BrokenLineError: when the bytes were altered, say something else than lines do, or do not follow `seq` - 1 and
            `prev`.
    """
    tail = b',"hash":"%b"}' % hashlib.sha256(line[:-_TAIL_LENGTH]).hexdigest().encode()
    if line[-_TAIL_LENGTH:] != tail:
        raise BrokenLineError("altered")
    try:
        body = _READ(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise BrokenLineError("no line of a journal") from None
    if seq and (body["seq"] != seq or body["prev"] != prev):
        raise BrokenLineError("out of order")
    return body


def vouches_of_first(content: bytes) -> Vouches:
    """What the first line of a segment remembers of files, read without its changes, which may be long.

    No text before them can hold the sign looked for: a quotation mark in a text has a backslash before it.

    Raises:
        BrokenLineError: when the segment begins with no line.
    """
    try:
        return _READ_HEAD(content[: content.index(b',"changes":')] + b"}").get("vouches", {})
    except (ValueError, msgspec.DecodeError):
        raise BrokenLineError("no line of a journal") from None


def prev_in(line: bytes) -> str:
    """The hash of the line before it that the bytes of a line end with; empty when no line ends so."""
    match = _PREV.fullmatch(line[-_PREV_LENGTH:])
    return match[1].decode() if match else ""


def hash_in(line: bytes) -> str:
    """The hash that the bytes of a line end with, newline included; empty when no line ends so."""
    match = _TAIL.fullmatch(line[-LAST:-1])
    return match[1].decode() if match and line.endswith(b"\n") else ""


def holds_whole_line(tail: bytes) -> bool:
    """Whether bytes without a newline hold a sealed line followed by something else: damage, not a torn write."""
    for match in _TAIL.finditer(tail):
        whole = match.end() < len(tail)
        if whole and hashlib.sha256(tail[: match.start()]).hexdigest().encode() == match[1]:
            return True
    return False
