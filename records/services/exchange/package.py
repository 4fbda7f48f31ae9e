"""The file of a package: one line that says what it is, its manifest, a signature over both, and the body.

`docs/exchange.md` has the format. Nothing of a body is read before the signature is known to be the sender's.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import MAXYEAR, MINYEAR, datetime
from pathlib import Path
from typing import IO

import msgspec

from config.errors import InputError, RefusedError
from config.reasons import system_reason
from config.text import Text, t
from records.domain.emulation import period_of
from records.services.exchange.keys import Sealed

FIRST_LINE = b"SOVANG-PACKAGE 1\n"
_ANY_FIRST = re.compile(rb"SOVANG-PACKAGE (\d{1,6})\n")
_SIGNATURE, _LONGEST = 128, 500
LARGEST, LARGEST_MANIFEST, LARGEST_UNPACKED, MOST_PARTS = 256 << 20, 1 << 20, 512 << 20, 20_000
"""Bytes of a file, of its manifest and of all that its body holds, and parts of a body."""
MOST_RECORDS = 1_000_000
_LAST_CHANGE = 1 << 53
_PART = re.compile(r"told\.json|[a-z]{1,20}(/[^/\\:]{1,100}){1,4}")
_DIRECTORY_ENTRY = b"PK\x01\x02"
_HOW_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PIECE = 1 << 20
ENDING = ".svx"


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """An office on one side: code, id of its book, name, and its public keys in hex (empty where not known)."""

    office: str
    book: str = ""
    name: str = ""
    key: str = ""
    box: str = ""


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes after the signature: how many, their SHA-256, and how many bytes the archive in them unpacks to."""

    size: int
    sha256: str
    unpacked: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True, rename={"sender": "from"}, forbid_unknown_fields=True):
    """What a package says of itself; it can be read without any key.

    Attributes:
        format: 1.
        package: its own id, 32 hex digits.
        sender: who made it; `to` for whom, all of whom may take it.
        what: what it holds, as `--what` names it; `whole` when it is everything.
        period: that was asked for, or empty; `person` the code of the one person it is about, or empty.
        made: a moment, ISO 8601 with its zone.
        seq, hash: number and hash of the last change of the book it was made from.
        counts: table -> how many records.
        origins: every office whose code an id in it begins with.
        sealed: the key of the body for each recipient; empty where the body lies open.
    """

    format: int
    package: str
    sender: Side
    to: tuple[Side, ...]
    what: tuple[str, ...]
    made: str
    seq: int
    hash: str
    counts: dict[str, int]
    origins: tuple[Side, ...]
    body: Body
    period: str = ""
    person: str = ""
    sealed: tuple[Sealed, ...] = ()

    @property
    def people(self) -> int:
        """How many people it holds."""
        return self.counts.get("people", 0)


class Raw(msgspec.Struct, frozen=True):
    """A file that was read: its manifest, what was signed, the signature, the body, and the SHA-256 of it all."""

    manifest: Manifest
    signed: bytes
    signature: bytes
    body: bytes
    sha256: str


def written(manifest: Manifest, body: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """The bytes of a package."""
    signed = FIRST_LINE + msgspec.json.encode(manifest) + b"\n"
    return signed + sign(signed).hex().encode() + b"\n" + body


def read_file(path: Path) -> Raw:
    """Read a package and see whether it is one and whole; who signed it is judged by who knows the senders.

    Raises:
        InputError: saying what is wrong with it.
    """
    try:
        with path.open("rb") as source:
            content = source.read(LARGEST + 1)
    except OSError as error:
        reason = system_reason(error) if path.exists() else t("there is no such file")
        raise InputError(
            t("The package cannot be read: {reason}", reason=reason), where=str(path), do=t("check the file")
        ) from None
    if len(content) > LARGEST:
        raise damaged(path, t("it is larger than {n} MB", n=LARGEST >> 20))
    return _parted(path, content)


def _parted(path: Path, content: bytes) -> Raw:
    begun = _ANY_FIRST.match(content)
    if begun is None:
        raise InputError(
            t("This file is no package of another office"),
            where=str(path),
            do=t("name a file made with “exchange pack”; a spreadsheet is taken with --unit"),
        )
    if begun[0] != FIRST_LINE:
        raise InputError(
            t("The package has format {format}, and this program reads format 1", format=begun[1].decode()),
            where=str(path),
            do=t("update this program, or have the package made by the same version"),
        )
    end = content.find(b"\n", len(FIRST_LINE), len(FIRST_LINE) + LARGEST_MANIFEST)
    at = end + 1 + _SIGNATURE
    signature = content[end + 1 : at]
    if end < 0 or content[at : at + 1] != b"\n" or not re.fullmatch(rb"[0-9a-f]{128}", signature):
        raise damaged(path, t("its beginning is cut off or not as it was written"))
    try:
        manifest = msgspec.json.decode(content[len(FIRST_LINE) : end], type=Manifest)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise damaged(path, t("its manifest cannot be understood")) from None
    if not _is_plain(manifest):
        raise damaged(path, t("its manifest cannot be understood"))
    body = content[at + 1 :]
    if len(body) < manifest.body.size:
        raise damaged(path, t("it is cut off: {n} of {all} bytes are there", n=len(body), all=manifest.body.size))
    if len(body) > manifest.body.size or hashlib.sha256(body).hexdigest() != manifest.body.sha256:
        raise damaged(path, t("its contents are not what was packed"))
    signed, whole = content[: end + 1], hashlib.sha256(content).hexdigest()
    return Raw(manifest, signed, bytes.fromhex(signature.decode()), body, whole)


def _is_plain(manifest: Manifest) -> bool:
    """Whether every text of a manifest can be shown, and every key, id, number and day is one.

    It is read before it is believed, and a known sender may have made it by hand.
    """
    sides = (manifest.sender, *manifest.to, *manifest.origins)
    texts = [manifest.period, *(text for each in sides for text in (each.office, each.name))]
    hexes = [each for side in sides for each in (side.key, side.box) if each]
    books = [side.book for side in (manifest.sender, *manifest.origins)]
    codes = [each.office for each in manifest.origins]
    return (
        all(len(each) <= _LONGEST and each.isprintable() and unicodedata.is_normalized("NFC", each) for each in texts)
        and bool(manifest.sender.key)
        and all(re.fullmatch(r"[0-9a-f]{64}", each) for each in hexes)
        and all(re.fullmatch(r"[0-9a-f]{32}", each) for each in (manifest.package, *books))
        and all(re.fullmatch(r"[0-9a-f]{32}|", each.book) for each in manifest.to)
        and all(re.fullmatch(r"[a-z_]{1,40}", each) for each in (*manifest.what, *manifest.counts))
        and len(set(codes)) == len(codes)
        and re.fullmatch(r"([A-Z]{1,6}-P-\d{5,7})?", manifest.person) is not None
        and re.fullmatch(r"[0-9a-f]{0,128}", manifest.hash) is not None
        and manifest.format == 1
        and 0 <= manifest.seq < _LAST_CHANGE
        and all(0 <= each <= MOST_RECORDS for each in manifest.counts.values())
        and min(manifest.body.size, manifest.body.unpacked) >= 0
        and _is_moment(manifest.made)
        and _is_period(manifest.period)
    )


def _is_moment(text: str) -> bool:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return False
    return told.tzinfo is not None and MINYEAR < told.year < MAXYEAR


def _is_period(text: str) -> bool:
    try:
        return not text or bool(period_of(text))
    except InputError:
        return False


def damaged(path: Path, reason: Text) -> InputError:
    """That a package cannot be taken as it lies there, and why."""
    return InputError(
        t("The package is damaged: {reason}; nothing was taken", reason=reason),
        where=str(path),
        do=t("copy it again from where it came, or ask for it to be made again"),
    )


def archived(parts: Iterable[tuple[str, bytes]]) -> tuple[bytes, int]:
    """Parts of a body as an archive, and how many bytes they are. Raises RefusedError for more than a package holds."""
    held, size, number = io.BytesIO(), 0, 0
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
            size, number = size + len(content), number + 1
            if size > LARGEST_UNPACKED or held.tell() > LARGEST - LARGEST_MANIFEST or number > MOST_PARTS:
                raise _too_much()
    made = held.getvalue()
    if made.count(_DIRECTORY_ENTRY) > 2 * MOST_PARTS:  # spreadsheets and documents in it are archives too
        raise _too_much()
    return made, size


def _too_much() -> RefusedError:
    return RefusedError(
        t("It is more than a package holds: {n} MB, and {m} files", n=LARGEST >> 20, m=MOST_PARTS),
        do=t("make several: of one time each, of one unit, or the dossiers apart"),
    )


def unpacked(path: Path, archive: bytes, manifest: Manifest) -> dict[str, bytes]:
    """The parts of a body. Nothing is believed of their sizes: more than the manifest says, or than may be, is refused.

    Raises:
        InputError: when the archive is none, holds more than it may, other records than its manifest counts, or a part
            with a name that leads elsewhere.
    """
    limit = min(manifest.body.unpacked, LARGEST_UNPACKED)
    if manifest.body.unpacked > LARGEST_UNPACKED:
        raise damaged(path, t("it unpacks to more than {n} MB", n=LARGEST_UNPACKED >> 20))
    found: dict[str, bytes] = {}
    try:
        for info, opened in _entries(path, archive):
            with opened.open(info) as part:
                content = _content(part, limit)
            if content is None:
                raise damaged(path, t("it unpacks to more than it says"))
            limit -= len(content)
            found[info.filename] = content
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError,
            struct.error, IndexError, OverflowError):  # fmt: skip
        raise damaged(path, t("the archive in it cannot be read")) from None
    except MemoryError:
        raise damaged(path, t("it needs more memory than this computer has")) from None
    _judge_counts(path, found, manifest)
    return found


def _entries(path: Path, archive: bytes) -> Iterator[tuple[zipfile.ZipInfo, zipfile.ZipFile]]:
    """The entries of an archive, once their number and their names are seen to be right."""
    # Counted before the archive is opened: its directory may name millions of entries, each an object.
    if archive.count(_DIRECTORY_ENTRY) > 2 * MOST_PARTS:
        raise damaged(path, t("it holds too many parts, or two of one name"))
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        infos = opened.infolist()
        if len(infos) > MOST_PARTS or len({each.filename.casefold() for each in infos}) < len(infos):
            raise damaged(path, t("it holds too many parts, or two of one name"))
        if not all(_is_name(each.filename) and _is_name(each.orig_filename) for each in infos):
            raise damaged(path, t("a part of it has a name that leads elsewhere or that nobody types"))
        if not all(each.compress_type in _HOW_PACKED for each in infos):
            raise damaged(path, t("the archive in it cannot be read"))
        yield from ((each, opened) for each in infos)


def _is_name(name: str) -> bool:
    plain = name.isprintable() and unicodedata.is_normalized("NFC", name)
    return plain and _PART.fullmatch(name) is not None and not {"..", "."} & set(name.split("/"))


def _content(part: IO[bytes], most: int) -> bytes | None:
    """What a part holds, read piece by piece; None once it is more than it may be."""
    pieces: list[bytes] = []
    size = 0
    while piece := part.read(_PIECE):
        size += len(piece)
        if size > most:
            return None
        pieces.append(piece)
    return b"".join(pieces)


def _judge_counts(path: Path, parts: Mapping[str, bytes], manifest: Manifest) -> None:
    """Refuse a body whose records are not as many as the manifest says."""
    lines = {name: content.count(b"\n") + (not content.endswith(b"\n"))
             for name, content in parts.items() if name.startswith("records/") and content}  # fmt: skip
    told = {f"records/{table}.jsonl": n for table, n in manifest.counts.items() if n}
    if lines != told:
        raise damaged(path, t("it does not hold as many records as it says"))
    if sum(lines.values()) > MOST_RECORDS:
        raise damaged(path, t("it holds more than {n} records", n=MOST_RECORDS))
