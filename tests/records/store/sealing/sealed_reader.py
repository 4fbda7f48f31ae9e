"""A reader of a sealed book made from docs/architecture.md alone: nothing of the program is imported here."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import unicodedata
import zlib
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Row = dict[str, Any]


def gcm(key: bytes, sealed: bytes, about: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], about)


def book_key(folder: Path, passphrase: str) -> bytes:
    """The book key that a passphrase opens."""
    content = (folder / "keys.json").read_bytes()
    ring = json.loads(content)
    assert hashlib.sha256(content[: content.rindex(b',"sum":"')]).hexdigest() == ring["sum"]
    words = unicodedata.normalize("NFC", passphrase).encode()
    for each in ring["holders"]:
        cost, salt = each["cost"], base64.b64decode(each["salt"])
        key = hash_secret_raw(words, salt, cost["passes"], cost["memory"], cost["lanes"], 32, Type.ID, version=19)
        wrap = each["secrets"]["book"]
        if hmac.new(key, b"sovang wrap check", hashlib.sha256).digest()[:8] == base64.b64decode(wrap["check"]):
            return gcm(key, base64.b64decode(wrap["secret"]), f"sovang wrap|{ring['id']}|{each['id']}|book".encode())
    raise AssertionError("nobody's passphrase")


def used(key: bytes, use: str) -> bytes:
    """The key by use."""
    return HKDF(SHA256(), 64 if use == "file" else 32, salt=None, info=f"sovang book key|{use}".encode()).derive(key)


def own_keys(folder: Path, key: bytes) -> dict[int, bytes]:
    """The own keys of people."""
    content = (folder / "person-keys.bin").read_bytes()
    assert hashlib.sha256(content[:-32]).digest() == content[-32:]
    told = gcm(used(key, "person"), content[17:-32], content[:17])
    count = int.from_bytes(told[:8], "little")
    numbers = [int.from_bytes(told[8 + 8 * at : 16 + 8 * at], "little") for at in range(count)]
    behind = 8 + 8 * count
    return {number: told[behind + 32 * at : behind + 32 * (at + 1)] for at, number in enumerate(numbers)}


def lines(folder: Path, key: bytes) -> list[Row]:
    """Every line, opened."""
    told, prev = [], "0" * 64
    own = own_keys(folder, key) if (folder / "person-keys.bin").exists() else {}
    for path in sorted(folder.glob("journal-*.jsonl")):
        for line in path.read_bytes().rstrip(b"\0").splitlines():
            outer = json.loads(line)
            assert hashlib.sha256(line[: line.rindex(b',"hash":"')]).hexdigest() == outer["hash"]
            assert outer["prev"] == prev
            prev = outer["hash"]
            about = line[: line.rindex(b',"sealed":"')] + b"|" + prev_of(outer)
            content = gcm(used(key, "line"), base64.b64decode(outer["sealed"]), about)
            inner = json.loads(zlib.decompress(content[1:]) if content[0] == 1 else content[1:])
            for table, number, *rows in inner["changes"]:
                for row in rows:
                    with_own(table, number, row, own)
            told.append({**outer, **inner})
    return told


def prev_of(outer: Row) -> bytes:
    return str(outer["prev"]).encode()


def with_own(table: str, number: int, row: Row | None, own: dict[int, bytes]) -> None:
    """Put own fields back where their key is there."""
    if row and "_own" in row:
        sealed = base64.b64decode(row.pop("_own"))
        owner = number if table == "people" else int(row["person"].rpartition("-")[2])
        if owner in own:
            row.update(json.loads(gcm(own[owner], sealed, f"own|{table}|{owner}".encode())))


def records(told: list[Row]) -> dict[str, dict[int, Row]]:
    """What the lines leave."""
    found: dict[str, dict[int, Row]] = {}
    for line in told:
        for table, number, _, after in line["changes"]:
            rows = found.setdefault(table, {})
            if after is None:
                rows.pop(number, None)
            else:
                rows[number] = after
    return {table: rows for table, rows in found.items() if rows}


def file_in(folder: Path, name: str, key: bytes) -> bytes:
    """A file of the book."""
    content = (folder / name).read_bytes()
    assert content.startswith(b"SOVANG SEALED 1\n")
    return AESSIV(used(key, "file")).decrypt(content[16:], [name.encode()])


def state(path: Path, key: bytes) -> dict[str, dict[int, Row]]:
    """The tables of a snapshot."""
    content = path.read_bytes()
    assert hashlib.sha256(content).hexdigest().startswith(path.stem.rpartition("-")[2])
    mark, head, _ = content.split(b"\n", 2)
    assert mark == b"SOVANG STATE 1"
    end = re.split(rb'"_book":', content)[-1]
    meta = json.loads(gcm(used(key, "state"), base64.b64decode(end[:-1]), b"end|" + head)[:-1])["1"]
    found: dict[str, dict[int, Row]] = {}
    for table, chunks in meta["chunks"].items():
        for _, _, _, first, behind in chunks:
            body = gcm(used(key, "state"), content[first:behind], b"%d|%b" % (first, head))
            found.setdefault(table, {}).update({int(each): row for each, row in json.loads(b"{" + body + b"}").items()})
    return {table: rows for table, rows in found.items() if rows}
