"""A reader of books that knows nothing but what docs/architecture.md says of their format.

It imports nothing of this program, on purpose: if the page is right, anybody can write such a reader in any language.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

Tables = dict[str, dict[int, dict[str, Any]]]


class NotWholeError(Exception):
    """The book is not what was written; the message says where."""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def believe(truth: object, what: str) -> None:
    if not truth:
        raise NotWholeError(what)


def segments_of(folder: Path) -> dict[int, Path]:
    """First line -> the file of its segment, oldest first; the open one where it lies there packed as well."""
    named = re.compile(r"journal-(\d{9})(?:-[0-9a-f]{16}\.jsonl\.gz|\.jsonl)")
    found = [(int(match[1]), each) for each in folder.iterdir() if (match := named.fullmatch(each.name))]
    return dict(sorted(found, key=lambda each: (each[0], each[1].suffix != ".gz")))


def content_of(path: Path) -> bytes:
    """The bytes of a segment as they were written; of a packed one, those that its name vouches for."""
    content = path.read_bytes()
    if path.suffix != ".gz":
        return content
    believe(sha256(content)[:16] == path.name[18:34], f"{path.name}: not what was packed")
    return gzip.decompress(content)


def lines_of(path: Path, *, newest: bool) -> list[bytes]:
    """The lines of a segment without their newlines; only the newest may end in one that was never finished."""
    *lines, rest = content_of(path).rstrip(b"\0").split(b"\n")
    believe(newest or not rest, f"{path.name}: it does not end with a line")
    return lines


def read_book(folder: Path) -> tuple[dict[str, Any], Tables, list[dict[str, Any]]]:
    """What `book.json` says, the records of every table by number, and every line of the journal, oldest first."""
    segments = segments_of(folder)
    tables, seq, prev = _beginning(folder, segments)
    told: dict[str, Any] = {}
    lines: list[dict[str, Any]] = []
    for begins, path in [each for each in segments.items() if each[0] > seq]:
        believe(begins == seq + 1, f"{path.name}: the segment before it is missing")
        for raw in lines_of(path, newest=begins == max(segments)):
            covered, mark, tail = raw.rpartition(b',"hash":"')
            believe(mark and tail == sha256(covered).encode() + b'"}', f"{path.name} after {seq}: altered")
            line = json.loads(raw)
            believe((line["seq"], line["prev"]) == (seq + 1, prev), f"{path.name} after {seq}: out of order")
            seq, prev = line["seq"], line["hash"]
            for table, number, before, after in line["changes"]:
                rows = tables.setdefault(table, {})
                believe(rows.get(number) == before, f"line {seq}: {table}/{number} was something else before")
                rows.pop(number, None) if after is None else rows.update({number: after})
            for first, size, digest in line.get("vouches", {}).get("segments", []):
                content = content_of(segments[first])
                believe(sha256(content[:size]) == digest and not content[size:].strip(b"\0"), f"segment {first}")
            told.update(line.get("vouches", {}))
            lines.append(line)
    about = (folder / "book.json").read_bytes()
    believe(told.get("about", sha256(about)) == sha256(about), "book.json")
    return json.loads(about), {name: dict(sorted(rows.items())) for name, rows in tables.items() if rows}, lines


def _beginning(folder: Path, segments: dict[int, Path]) -> tuple[Tables, int, str]:
    """The state before the first line: nothing, or the newest base for which a line vouches."""
    for path in sorted(folder.glob("base-*.json"), reverse=True):
        content = path.read_bytes()
        after = int(path.name[5:14])
        sign = f'"base":[{after},"{sha256(content)}"]'.encode()
        if any(sign in content_of(each) for first, each in segments.items() if first > after):
            return read_state(content)
    return {}, 0, "0" * 64


def read_state(content: bytes) -> tuple[Tables, int, str]:
    """A snapshot or base: its tables, after which line it was taken, and the hash of that line."""
    state = json.loads(content)
    mark = state.pop("_book")["1"]
    return (
        {name: {int(key): row for key, row in rows.items()} for name, rows in state.items()},
        mark["seq"],
        mark["hash"],
    )
