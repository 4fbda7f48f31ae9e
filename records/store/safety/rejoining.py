"""Lines of damaged segments: which can be read, which go on from one another, what a good copy adds."""

from __future__ import annotations

from pathlib import Path

import orjson

from records.store.journal.chain import Body, BrokenLineError, prev_in, unseal
from records.store.journal.segments import is_packed, line_of, plain


def rejoined(damaged: bytes, good: bytes) -> bytes | None:
    """The lines of a good segment, and behind them those lines of the damaged one that follow them.

    What is behind those goes along where any of it can be read: it is told when it is cut off. None where a line that
    can be read in both is another one: they tell of two pasts.
    """
    content = good.rstrip(b"\0")
    known = {body["seq"]: body["hash"] for body in map(orjson.loads, content.splitlines())}
    if not known:
        return None
    last = max(known)
    following, rest, is_told = list[bytes](), list[bytes](), False
    for line in damaged.rstrip(b"\0").splitlines():
        body = _readable(line)
        if body is not None and known.get(body["seq"], body["hash"]) != body["hash"]:
            return None
        if body is not None and (body["seq"], body["prev"]) == (last + 1, known[last]):
            following.append(line + b"\n")
            rest, is_told = [], False
            last, known = body["seq"], {body["seq"]: body["hash"]}
        elif body is not None and body["seq"] <= last:
            rest, is_told = [], False  # the good one has it, and what stands before it
        else:
            rest.append(line + b"\n")
            is_told = is_told or body is not None
    return b"".join((content, *following, *(rest if is_told else ())))


def _readable(line: bytes) -> Body | None:
    """What a line tells everybody, wherever it stands; None where it is damaged."""
    try:
        return unseal(line, blind=True)
    except (BrokenLineError, ValueError, KeyError, TypeError):
        return None


def fits(folder: Path, first: int, path: Path) -> tuple[bool, int, bool]:
    """How well one of several files of a segment fits.

    Returns:
        Whether the next one goes on from it, the last of its lines that go on from one another, whether it is open.
    """
    seq, prev = first - 1, ""
    for line in plain(path).splitlines():
        body = _readable(line)
        if body is None or body["seq"] != seq + 1 or prev not in ("", body["prev"]):
            break
        seq, prev = body["seq"], body["hash"]
    after = line_of(folder, seq + 1)
    return bool(after) and prev_in(after) == prev, seq, not is_packed(path)


def goes_on(content: bytes, seq: int, prev: str) -> bool:
    """Whether mended lines have one that follows line `seq` with hash `prev`."""
    bodies = map(_readable, content.splitlines())
    return any(body is not None and (body["seq"], body["prev"]) == (seq + 1, prev) for body in bodies)
