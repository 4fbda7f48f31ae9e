"""A reader of a sealed book made from docs/architecture.md alone: nothing of the program is imported here."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import unicodedata
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
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
        wrap = each["account"]["wrapped"] if each["account"] else each["secrets"]["book"]
        if hmac.new(key, b"sovang wrap check", hashlib.sha256).digest()[:8] == base64.b64decode(wrap["check"]):
            return held_key(ring, each, key)
    raise AssertionError("nobody's passphrase")


def held_key(ring: Row, holder: Row, key: bytes) -> bytes:
    """The book key of a holder, whose key is known."""

    def secret(name: str) -> bytes:
        about = f"sovang wrap|{ring['id']}|{holder['id']}|{name}".encode()
        return gcm(key, base64.b64decode(holder["secrets"][name]["secret"]), about)

    if not holder["boxed"]:
        return secret("book")
    if holder["account"]:
        wrapped = base64.b64decode(holder["account"]["wrapped"]["secret"])
        seed = gcm(key, wrapped, f"sovang signing key|{holder['account']['public']}".encode())
        private = hashlib.sha512(seed).digest()[:32]
    else:
        private = secret("box")
    box = X25519PrivateKey.from_private_bytes(private)
    assert box.public_key().public_bytes_raw() == base64.b64decode(holder["box"])
    told = f"sovang wrap|{ring['id']}|{holder['id']}|book".encode()
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    return suite.decrypt(base64.b64decode(holder["boxed"]), box, info=told)


def every_key(folder: Path, key: bytes) -> list[bytes]:
    """The newest book key and those that it opens, the newest first."""
    ring = json.loads((folder / "keys.json").read_bytes())
    found = [key]
    for number, each in reversed(list(enumerate(ring["older"]))):
        about = f"sovang older|{ring['id']}|{number}".encode()
        found.append(gcm(used(found[-1], "older"), base64.b64decode(each["secret"]), about))
    return found


def opened(keys: list[bytes], use: str, sealed: bytes, about: bytes) -> bytes:
    """What one of these keys sealed."""
    for key in keys:
        with suppress(InvalidTag):
            return gcm(used(key, use), sealed, about)
    raise AssertionError("sealed with no key of the book")


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
    told, prev, keys = [], "0" * 64, every_key(folder, key)
    own = own_keys(folder, key) if (folder / "person-keys.bin").exists() else {}
    for path in sorted(folder.glob("journal-*.jsonl")):
        for line in path.read_bytes().rstrip(b"\0").splitlines():
            outer = json.loads(line)
            assert hashlib.sha256(line[: line.rindex(b',"hash":"')]).hexdigest() == outer["hash"]
            assert outer["prev"] == prev
            prev = outer["hash"]
            about = line[: line.rindex(b',"sealed":"')] + b"|" + prev_of(outer)
            content = opened(keys, "line", base64.b64decode(outer["sealed"]), about)
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
    for each in every_key(folder, key):
        with suppress(InvalidTag):
            return AESSIV(used(each, "file")).decrypt(content[16:], [name.encode()])
    raise AssertionError("sealed with no key of the book")


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
