"""Lines of the journal: one change each, carrying the hash of the line before it.

In a sealed book a line tells its number, what it vouches for and the hash before it; everything else is sealed, and the
hash is over what stands on the disk.
"""

from __future__ import annotations

import binascii
import hashlib
import re
import zlib
from collections.abc import Callable
from typing import Annotated, Any, NotRequired, TypedDict

import msgspec
import orjson

from records.store.sealing.persons import open_own
from records.store.sealing.sealer import NotOpenedError, Purpose, Sealer

FIRST = "0" * 64
"""What the first line of a book carries as the hash before it."""
_TAIL = re.compile(rb',"hash":"([0-9a-f]{64})"\}')
_TAIL_LENGTH = 75
_PREV = re.compile(rb',"prev":"([0-9a-f]{64})","hash":"[0-9a-f]{64}"\}\n')
_PREV_LENGTH = 150
LAST = _TAIL_LENGTH + 1
"""Bytes at the end of a line that hold its hash, newline included."""
_SEALED = b',"sealed":"'
_SIGNED = re.compile(rb',"signed":\[\d+,"[\w-]{86}"\](,"prev":"[0-9a-f]{64}")')
Sign = Callable[[bytes], tuple[int, str]]
"""From the SHA-256 of a line to the number of the account that signs it, and its signature."""
_CLEAR = ("seq", "vouches")
"""What a sealed line tells everybody, beside `prev` and `hash`."""
_PLAIN, _DEFLATED = b"\0", b"\1"
_WORTH = 1024
"""Bytes from which the content of a line is deflated before it is sealed: sealed bytes cannot be packed any more."""
_LARGEST = 1 << 30

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
    was: NotRequired[str]
    changes: list[tuple[str, Number, Row | None, Row | None]]
    looks: NotRequired[tuple[Number, str]]
    signed: NotRequired[tuple[Number, str]]
    proof: NotRequired[str]
    prev: str
    hash: str


class _Head(TypedDict):
    seq: Number
    vouches: NotRequired[Vouches]


_READ, _READ_HEAD = msgspec.json.Decoder(Body).decode, msgspec.json.Decoder(_Head).decode


class BrokenLineError(ValueError):
    """The bytes are no line of this chain; the message says in what way."""


def seal(body: dict[str, Any], sealer: Sealer | None = None, sign: Sign | None = None) -> tuple[bytes, str]:
    """The line for `body` (newline included) and its hash. The hash covers every byte before `,"hash":`.

    What signs is given the SHA-256 of the line without a signature, as it stands (of a sealed one: opened) before its
    hash; number and signature stand before `prev`.
    """
    if sign is not None:
        clear = {key: body[key] for key in _CLEAR if sealer is not None and key in body}
        told = orjson.dumps({**clear, **body})[:-1]
        rest = {key: value for key, value in body.items() if key != "prev"}
        body = {**rest, "signed": sign(hashlib.sha256(told).digest()), "prev": body["prev"]}
    raw = orjson.dumps(body)[:-1] if sealer is None else _sealed(body, sealer)
    digest = hashlib.sha256(raw).hexdigest()
    return raw + b',"hash":"' + digest.encode() + b'"}\n', digest


def _sealed(body: dict[str, Any], sealer: Sealer) -> bytes:
    """A sealed line before its hash: what it says, sealed with its number, what it vouches for and the hash before."""
    clear = orjson.dumps({key: body[key] for key in _CLEAR if key in body})[:-1]
    inner = orjson.dumps({key: value for key, value in body.items() if key not in (*_CLEAR, "prev")})
    prev = str(body["prev"]).encode()
    packed = zlib.compress(inner, 1) if len(inner) >= _WORTH else inner
    content = _DEFLATED + packed if len(packed) < len(inner) else _PLAIN + inner
    told = binascii.b2a_base64(sealer.seal(Purpose.LINE, content, clear + b"|" + prev), newline=False)
    return b"".join((clear, _SEALED, told, b'","prev":"', prev, b'"'))


def is_sealed(line: bytes) -> bool:
    """Whether a line, without its newline, is a sealed one: before its `prev` a text ends, and no list of changes."""
    return line[1 - _PREV_LENGTH - 1 : 1 - _PREV_LENGTH] == b'"'


def _opened(line: bytes, sealer: Sealer | None) -> bytes:
    """A sealed line as it would stand in a book that is not; without a sealer only what it tells everybody.

    Raises:
        BrokenLineError: when it was not sealed with this key, in this place.
    """
    tail = line[1 - _PREV_LENGTH :]
    clear, marked, told = line[: 1 - _PREV_LENGTH - 1].rpartition(_SEALED)
    if not marked:
        raise BrokenLineError("no line of a journal")
    if sealer is None:
        return clear + b',"time":"","actor":"","action":"","changes":[]' + tail
    try:
        about = clear + b"|" + tail[9:73]
        content = sealer.open(Purpose.LINE, binascii.a2b_base64(told, strict_mode=True), about)
        inner = content[1:] if content[:1] == _PLAIN else zlib.decompressobj().decompress(content[1:], _LARGEST)
    except (NotOpenedError, binascii.Error, zlib.error):
        raise BrokenLineError("altered") from None
    return clear + b"," + inner[1:-1] + tail


def unseal(line: bytes, *, seq: int = 0, prev: str = "", sealer: Sealer | None = None, blind: bool = False) -> Body:
    """Read a line without its newline; its place in the chain is checked where `seq` and `prev` are given.

    Args:
        line: the bytes.
        seq: the number that it must have.
        prev: the hash before it that it must carry.
        sealer: opens the lines of a sealed book, which has no others.
        blind: of a sealed line, be content with what it tells everybody: number, vouches, hashes.

    Returns:
        The body, with its `hash`.

    Raises:
        BrokenLineError: when the bytes were altered, say something else than lines do, or do not follow `seq` - 1 and
            `prev`.
    """
    tail = b',"hash":"%b"}' % hashlib.sha256(line[:-_TAIL_LENGTH]).hexdigest().encode()
    if line[-_TAIL_LENGTH:] != tail:
        raise BrokenLineError("altered")
    if is_sealed(line):
        if sealer is None and not blind:
            raise BrokenLineError("sealed")
        line = _opened(line, sealer)
    elif sealer is not None:
        raise BrokenLineError("not sealed")
    try:
        body = _READ(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise BrokenLineError("no line of a journal") from None
    if seq and (body["seq"] != seq or body["prev"] != prev):
        raise BrokenLineError("out of order")
    body.pop("proof", None)
    if "signed" in body and "was" not in body:
        body["proof"] = _proof(line[:-_TAIL_LENGTH])
    if sealer is not None:
        open_own(sealer, body["changes"])
    return body


def _proof(raw: bytes) -> str:
    """The SHA-256 over which a signature is: of the line before its hash, without the signature."""
    found = _SIGNED.fullmatch(raw, max(0, raw.rfind(b',"signed":[')))
    if found is None:
        raise BrokenLineError("no line of a journal")
    return hashlib.sha256(raw[: found.start()] + found[1]).hexdigest()


def vouches_of_first(content: bytes) -> Vouches:
    """What the first line of a segment remembers of files, read without its changes, which may be long.

    No text before them can hold the sign looked for: a quotation mark in a text has a backslash before it.

    Raises:
        BrokenLineError: when the segment begins with no line.
    """
    try:
        first = content.rstrip(b"\n")
        end = first.rindex(_SEALED) if is_sealed(first) else first.index(b',"changes":')
        return _READ_HEAD(first[:end] + b"}").get("vouches", {})
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
