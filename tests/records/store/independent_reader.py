"""A reader of books that knows nothing but what docs/architecture.md says of their format.

It imports nothing of this program, on purpose: if the page is right, anybody can write such a reader in any language.
"""

from __future__ import annotations

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


def lines_of(path: Path, *, newest: bool) -> list[bytes]:
    """The lines of a segment without their newlines; only the newest may end in one that was never finished."""
    *lines, rest = path.read_bytes().rstrip(b"\0").split(b"\n")
    believe(newest or not rest, f"{path.name}: it does not end with a line")
    return lines


def read_book(folder: Path) -> tuple[dict[str, Any], Tables, list[dict[str, Any]]]:
    """What `book.json` says, the records of every table by number, and every line of the journal, oldest first."""
    segments = sorted(each for each in folder.iterdir() if re.fullmatch(r"journal-\d{9}\.jsonl", each.name))
    tables, seq, prev = _beginning(folder, segments)
    told: dict[str, Any] = {}
    lines: list[dict[str, Any]] = []
    for path in [each for each in segments if int(each.name[8:17]) > seq]:
        believe(int(path.name[8:17]) == seq + 1, f"{path.name}: the segment before it is missing")
        for raw in lines_of(path, newest=path == segments[-1]):
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
                content = (folder / f"journal-{first:09d}.jsonl").read_bytes()
                believe(sha256(content[:size]) == digest and not content[size:].strip(b"\0"), f"segment {first}")
            told.update(line.get("vouches", {}))
            lines.append(line)
    about = (folder / "book.json").read_bytes()
    believe(told.get("about", sha256(about)) == sha256(about), "book.json")
    return json.loads(about), {name: dict(sorted(rows.items())) for name, rows in tables.items() if rows}, lines


def _beginning(folder: Path, segments: list[Path]) -> tuple[Tables, int, str]:
    """The state before the first line: nothing, or the newest base for which a line vouches."""
    for path in sorted(folder.glob("base-*.json"), reverse=True):
        content = path.read_bytes()
        sign = f'"base":[{int(path.name[5:14])},"{sha256(content)}"]'.encode()
        if any(sign in each.read_bytes() for each in segments if int(each.name[8:17]) > int(path.name[5:14])):
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
