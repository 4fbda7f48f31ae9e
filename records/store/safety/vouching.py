"""What later lines of the chain remember of files: closed segments, snapshots, `book.json`. Nothing else is believed.

A line may carry `"vouches"`, with any of
- `segments`: `[[first line, bytes, SHA-256], …]` of segments that were closed before it,
- `snapshot`, `base`: `[line, SHA-256]` of a state that was written as a file; with a base, `segments` names those from
  before it as they lay then, for what is left of the history in them,
- `about`: the SHA-256 of `book.json`,
- `config`: the SHA-256 of each file of the office's own settings.
The first line of every segment names the one before it and `book.json`; so whoever trusts the last line can check
every file of the journal by hashing it, and decodes of each but its first line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from config.errors import BookError
from config.text import Text, t
from records.store.about import FORMAT, next_hashes, read_about
from records.store.contract import Problem
from records.store.journal.chain import LAST, BrokenLineError, Vouches, hash_in, prev_in, unseal, vouches_of_first
from records.store.journal.durable import read_file, sha256_of
from records.store.journal.packing import Unpacking, is_named
from records.store.journal.segments import Sum, is_packed, line_of, lines_of, plain, segments, stored
from records.store.safety.own_settings import Hashes, after_changes
from records.store.safety.parts import BASE, SNAPSHOT, found, linked_segment, linked_words


class Closed(NamedTuple):
    """What a line says of a closed segment: its bytes up to the end of its last line, and their SHA-256."""

    size: int
    sha256: str


class Vouched(msgspec.Struct):
    """What the lines read so far vouch for.

    Attributes:
        remains: segments from before the base, as they lay when the book was repaired; only old history is in them.
        told_whole: lines say of settings all that is to be known: those of a sealed book, which others read too.
    """

    segments: dict[int, Closed] = msgspec.field(default_factory=dict)
    about: str = ""
    config: Hashes | None = None
    remains: dict[int, Closed] = msgspec.field(default_factory=dict)
    told_whole: bool = False

    def hear(self, body: Mapping[str, Any]) -> None:
        """Take in what a line says."""
        if "vouches" in body:
            self.hear_vouches(body["vouches"])
        if self.config is not None and not self.told_whole:
            self.config = after_changes(self.config, body["changes"])

    def hear_vouches(self, told: Vouches) -> None:
        """Take in what a line says of files."""
        named = {first: Closed(size, sha256) for first, size, sha256 in told.get("segments", ())}
        if "base" in told:
            self.remains = {first: named.pop(first) for first in list(named) if first <= told["base"][0]}
        self.segments.update(named)
        self.about = told.get("about", self.about)
        self.config = told.get("config", self.config)


def about_hash(folder: Path) -> str:
    """The SHA-256 of `book.json`. Raises OSError."""
    return hashlib.sha256(read_file(folder / "book.json")).hexdigest()


def closed(path: Path) -> Closed:
    """What a line shall say of a segment that is written no more. Raises OSError."""
    content = plain(path).rstrip(b"\0")
    return Closed(len(content), hashlib.sha256(content).hexdigest())


def is_vouched(folder: Path, kind: str, seq: int, sha256: str) -> bool:
    """Whether a line after `seq` vouches for a state (`kind`: `snapshot` or `base`) taken after line `seq`."""
    return next(_vouching(folder, kind, seq, sha256), 0) > 0


def _vouching(folder: Path, kind: str, seq: int, sha256: str) -> Iterator[int]:
    """The lines that vouch for a state, the first one first."""
    sign = b'"%s":[%d,"%s"]' % (kind.encode(), seq, sha256.encode())
    for first, path in segments(folder):
        for line in lines_of(path) if first > seq else ():
            with suppress(BrokenLineError):
                if sign in line:
                    body = unseal(line.rstrip(b"\n"), blind=True)
                    if body.get("vouches", {}).get(kind) == (seq, sha256):
                        yield body["seq"]


def base_of(folder: Path) -> tuple[int, bytes] | None:
    """The newest state from which the journal goes on after its beginning was lost and the book repaired, or None.

    Of several after one line the one that was vouched for last: it was written anew when somebody was forgotten.

    Returns:
        After which line it was taken, and its bytes.
    """
    there = [(int(match[1]), match[2], path) for match, path in found(folder, BASE)]
    for seq in sorted({each[0] for each in there}, reverse=True):
        vouched, several = dict[int, bytes](), [each[0] for each in there].count(seq) > 1
        for _, named, path in (each for each in there if each[0] == seq):
            content = read_file(path)
            sha256 = hashlib.sha256(content).hexdigest()
            if sha256.startswith(named):
                lines = _vouching(folder, "base", seq, sha256)
                vouched |= dict.fromkeys(lines if several else islice(lines, 1), content)
        if vouched:
            return seq, vouched[max(vouched)]
    return None


def base_name(seq: int, content: bytes) -> str:
    """The name of the file of such a state."""
    return f"base-{seq:09d}-{hashlib.sha256(content).hexdigest()[:16]}.json"


def has_lost_all(folder: Path) -> bool:
    """Whether no segment of a journal is there though something tells that it had lines."""
    if segments(folder):
        return False
    index = folder / "index.sqlite"
    of_lines = found(folder, SNAPSHOT) or found(folder, BASE) or index.exists() or index.is_symlink()
    return bool(of_lines) or any(path.is_file() or path.is_symlink() for path in (folder / "files").glob("*"))


def about_problem(folder: Path, vouched: Vouched) -> Problem | None:
    """What is wrong with `book.json`, as far as lines vouch for it."""
    if not vouched.about or about_hash(folder) == vouched.about:
        return None
    with suppress(BookError):
        if vouched.about in next_hashes(read_about(folder)):  # the line was written, and the power went
            return None
    return Problem(
        "book.json", t("{name} is not what it was when the journal was last written: it was changed", name="book.json")
    )


class _Look(NamedTuple):
    """What a segment is, as a whole: the closed part of it, what its first line vouches for, how it joins the chain.

    Attributes:
        told: None where it begins with no line.
        prev: what the first line carries as the hash before it; empty where there is no whole line.
        last: the hash of the last line.
        whole: the file is to the last bit what was written.
    """

    closed: Closed
    told: Vouches | None
    prev: str
    last: str
    whole: bool


def _looked(path: Path) -> _Look:
    path, content = stored(path)
    packing = Unpacking(content) if is_packed(path) else None
    lines, first, last = Sum(), b"", b""
    for part in packing or (content.rstrip(b"\0"),):
        lines.add(part)
        lines.settle()  # while it is still near the processor
        first += b"" if first.endswith(b"\n") else part[: part.find(b"\n") + 1] or part
        last = (last + part[-LAST:])[-LAST:]
    whole = packing is None or (packing.whole and is_named(content, path))
    told = None
    with suppress(BrokenLineError):
        told = vouches_of_first(first)
    return _Look(Closed(lines.size, lines.sha256), told, prev_in(first), hash_in(last), whole)


def _prev_of(path: Path) -> str:
    """What the first line of a segment that is written still carries as the hash before it, or nothing."""
    return prev_in(next(lines_of(path), b""))


def _looks(known: Mapping[int, Path], workers: int) -> dict[int, _Look]:
    """All segments looked at; several at once where there are workers, for unpacking and hashing wait for nobody."""
    if workers <= 1 or len(known) <= 1:
        return {first: _looked(path) for first, path in known.items()}
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # only who verifies needs it

    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(known, pool.map(_looked, known.values()), strict=True))


def closed_problem(
    folder: Path, vouched: Vouched, *, read: Collection[int], upto: int, base: int = 0, workers: int = 1
) -> Problem | None:
    """The newest damage among the closed segments behind line `base`: each is hashed whole. Raises OSError.

    Args:
        folder: the book.
        vouched: what the lines say that were read.
        read: first lines of the segments that were read line by line; they need nobody to vouch for them.
        upto: the last line that was read; segments that begin behind it are of a writer who goes on.
        base: where the journal begins, when its beginning was lost.
        workers: how many threads hash.
    """
    known = {first: path for first, path in segments(folder) if base < first <= upto}
    wanted = {first: told for first, told in vouched.segments.items() if first > base}
    looks = _looks({first: path for first, path in known.items() if first not in read or first in wanted}, workers)
    reached, remains = set(read), vouched.remains
    behind = min((first for first in known if first > max(wanted, default=0)), default=0)
    prev = _prev_of(known[behind]) if behind else ""
    while wanted:
        first = max(wanted)
        told = wanted.pop(first)
        reached.add(first)
        if first not in known:
            return Problem("", missing_words(first))
        look = looks[first]
        if not look.whole or look.told is None or look.closed != told or prev not in ("", look.last):
            return Problem(known[first].name, altered_words(known[first].name))
        earlier = Vouched()
        earlier.hear_vouches(look.told)
        remains = remains or earlier.remains
        wanted.update({each: closed for each, closed in earlier.segments.items() if base < each < first})
        prev = look.prev
    if min(reached, default=0) != base + 1 and (reached or has_lost_all(folder)):
        return Problem("", missing_words(base + 1))
    unknown = min((first for first in known if first not in reached), default=None)
    if unknown is not None:
        name = known[unknown].name
        return Problem(name, t("No later line of the journal vouches for {name}", name=name))
    return end_problem(folder, upto, Vouched(remains=remains))


def end_problem(folder: Path, seq: int, vouched: Vouched) -> Problem | None:
    """What is wrong beside the lines up to number `seq`: the next are behind a link, or gone, or `remains_problem`."""
    link = linked_segment(folder, seq + 1)
    if link is not None:
        return Problem(link.name, linked_words(link))
    lost = lost_end(folder, seq)
    return remains_problem(folder, vouched) if lost is None else Problem("", lost)


def lost_end(folder: Path, seq: int) -> Text | None:
    """That lines behind number `seq`, with which the journal ends, were there once; None where nothing tells so.

    A snapshot has its name only once a later line, which vouches for it, is on disk. One that is what its name says and
    behind which no line stands is therefore left of a journal that was longer. Raises OSError.
    """
    taken = [(int(match[1]), path) for match, path in found(folder, SNAPSHOT) if int(match[1]) >= seq]
    for after, path in reversed(taken):  # of one who writes meanwhile, the line behind it is there by now
        if not hash_in(line_of(folder, after + 1)) and is_whole(path) and not _is_old(folder):
            return t(
                "The journal has lost its end: the book once had change {once}, the journal ends with change {seq}",
                once=after + 1,
                seq=seq,
            )
    return None


def is_whole(snapshot: Path) -> bool:
    """Whether the bytes of a snapshot are what its name says; one that a writer let go meanwhile is no matter."""
    try:
        return sha256_of(snapshot)[0].hex()[:16] == snapshot.stem.rpartition("-")[2]
    except FileNotFoundError:
        return False


def _is_old(folder: Path) -> bool:
    """Whether a book is of a form in which a snapshot needed no later line."""
    try:
        return int(read_about(folder)["format"]) < FORMAT
    except BookError:
        return False


def remains_problem(folder: Path, vouched: Vouched) -> Problem | None:
    """What is wrong with a segment from before the base, where the book still begins with one. Raises OSError."""
    if not vouched.remains or base_of(folder) is None:
        return None
    known = dict(segments(folder))
    for first, told in sorted(vouched.remains.items()):
        if first not in known:
            return Problem("", missing_words(first))
        look = _looked(known[first])
        if not look.whole or look.closed != told:
            return Problem(known[first].name, altered_words(known[first].name))
    return None


def missing_words(seq: int) -> Text:
    """That the segment with a line is not there."""
    return t("The journal has a hole: the file with change {seq} is missing", seq=seq)


def altered_words(name: str, after: int | None = None) -> Text:
    """That a segment is not what was written, behind line `after` where it is known."""
    if after is None:
        return t("The journal is damaged in {name}: the bytes there are not what was written", name=name)
    return t(
        "The journal is damaged in {name} after line {seq}: the bytes there are not what was written",
        name=name,
        seq=after,
    )
