"""Snapshots: the state after one line as a file that opens fast, table by table, and that stock TinyDB opens too.

In a sealed book it tells everybody after which line it was taken; each chunk of rows, and where they lie, is sealed by
itself, so that what nobody asks for is not even opened.
"""

from __future__ import annotations

import binascii
import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec
import orjson

from records.store.journal import ahead, durable
from records.store.journal.chain import FIRST
from records.store.journal.content import Content
from records.store.journal.rows import Chunk, Piece, Rows, encoded
from records.store.safety.parts import SNAPSHOT, found
from records.store.safety.vouching import base_of, is_vouched
from records.store.sealing.sealer import Purpose, Sealer

_KEPT = 2
_META = b'"_book":'
"""The last table of a snapshot: its seq, hash, counters, and where each chunk of rows lies."""
_STATE = b"SOVANG STATE 1\n"
"""With what the state of a sealed book begins; behind it, on a line of its own, number and hash of its line."""
_HEAD = 256
"""Bytes in which that line ends."""
Pieces = Mapping[str, list[Piece]]


class Mark(NamedTuple):
    """After which line a state was taken: its number, hash and time; and the highest number ever used in each table."""

    seq: int = 0
    digest: str = FIRST
    time: str = ""
    counters: Mapping[str, int] = MappingProxyType({})


class State(msgspec.Struct):
    """What a book holds after line `seq`.

    Attributes:
        counters: table -> highest number ever used.
        passed: snapshots that are not what their names say.
        content: the bytes behind the tables.
        source: the snapshot that it was read from, if it was.
    """

    tables: dict[str, Rows] = msgspec.field(default_factory=dict)
    seq: int = 0
    digest: str = FIRST
    time: str = ""
    counters: dict[str, int] = msgspec.field(default_factory=dict)
    passed: list[Path] = msgspec.field(default_factory=list)
    content: Content = msgspec.field(default_factory=lambda: Content(b""))
    source: Path | None = None


@contextmanager
def no_collection() -> Iterator[None]:
    """Pause the garbage collector while many objects that stay are made."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def snapshots(folder: Path) -> list[Path]:
    """The snapshots of a book, newest first."""
    return [path for _, path in reversed(found(folder, SNAPSHOT))]


def seq_of(path: Path) -> int:
    """The line after which a snapshot was taken."""
    return int(path.stem.split("-")[1])


def believed(folder: Path, path: Path, *, old: bool = False) -> bytes | None:
    """The bytes of a snapshot that is what its name says and for which a later line of the journal vouches, or None.

    In a book of an `old` form nothing vouches for it, and the name must do.
    """
    try:
        content = durable.read_file(path)
    except FileNotFoundError:  # a writer let it go meanwhile
        return None
    return content if _fits(folder, path, hashlib.sha256(content).hexdigest(), old=old) else None


def is_believed(folder: Path, path: Path, *, old: bool = False) -> bool:
    """Whether a snapshot is believed, for who needs no bytes of it; one that a writer let go meanwhile is no matter."""
    try:
        return _fits(folder, path, durable.sha256_of(path)[0].hex(), old=old)
    except FileNotFoundError:
        return True


def _fits(folder: Path, path: Path, sha256: str, *, old: bool) -> bool:
    named = sha256[:16] == path.stem.rpartition("-")[2]
    return named and (old or is_vouched(folder, "snapshot", seq_of(path), sha256))


def read_snapshot(folder: Path, *, upto: int | None = None, old: bool = False, sealer: Sealer | None = None) -> State:
    """The newest state that is whole and believed; an empty one where there is none.

    Args:
        folder: the book.
        upto: only of a line before this one, so that at least one line is read that says what closed segments are.
        old: see `believed`.
        sealer: opens the states of a sealed book.
    """
    passed: list[Path] = []
    for path in snapshots(folder):
        if upto is not None and seq_of(path) >= upto:
            continue
        state = _state_in(folder, path, old=old, sealer=sealer)
        if state is not None:
            state.passed, state.source = passed, path
            return state
        passed.append(path)
    state = read_base(folder, sealer)
    state.passed = passed
    return state


def _state_in(folder: Path, path: Path, *, old: bool, sealer: Sealer | None) -> State | None:
    """The state of a snapshot that is believed, or None; of a large one the rows stay in the file."""
    try:
        opened = ahead.opened(path)
    except FileNotFoundError:  # a writer let it go meanwhile
        return None
    if _fits(folder, path, opened.sha256, old=old):
        meta = opened.behind(_META)
        if meta is not None and sealer is not None:
            with suppress(ValueError):
                return _sealed_state(opened.content, min(opened.size, _HEAD), meta, sealer)
        elif meta is not None and b'"chunks":' in meta:
            return _state(opened.content, meta)
    opened.content.close()
    return None


def read_base(folder: Path, sealer: Sealer | None = None) -> State:
    """The state with which the journal begins: an empty one, or the base of a book whose beginning was lost."""
    base = base_of(folder)
    return State() if base is None else state_of(base[1], sealer)


def base_mark(folder: Path) -> tuple[int, str]:
    """Number and hash of the line with which the journal begins; known without the key."""
    base = base_of(folder)
    if base is None:
        return 0, FIRST
    if base[1].startswith(_STATE):
        told = orjson.loads(_head_in(base[1][:_HEAD]))
        return int(told["seq"]), str(told["hash"])
    state = state_of(base[1])
    return state.seq, state.digest


def state_of(content: bytes, sealer: Sealer | None = None) -> State:
    """The state that the bytes of a snapshot tell; they are believed."""
    meta = content[content.rindex(_META) + len(_META) :]
    if sealer is None:
        return _state(Content(content), meta)
    return _sealed_state(Content(content), min(len(content), _HEAD), meta, sealer)


def _head_in(beginning: bytes) -> bytes:
    """The line behind the mark of a sealed state. Raises ValueError where there is none."""
    return beginning[: beginning.index(b"\n", len(_STATE))].removeprefix(_STATE)


def _sealed_state(content: Content, room: int, told: bytes, sealer: Sealer) -> State:
    """The state of a sealed book, of which the end of a snapshot tells; it is believed."""
    head = _head_in(content.stored(0, room))
    meta = sealer.open(Purpose.STATE, binascii.a2b_base64(told[:-1]), b"end|" + head)
    content.unsealed = lambda start, raw: sealer.open(Purpose.STATE, raw, b"%d|%b" % (start, head))
    return _state(content, meta)


def _state(content: Content, told: bytes) -> State:
    """The state of which the last table of a snapshot tells."""
    meta = orjson.loads(told[:-1])["1"]
    tables = {name: Rows(content, [Chunk(*each) for each in chunks]) for name, chunks in meta["chunks"].items()}
    return State(tables, meta["seq"], meta["hash"], meta["time"], meta["counters"], content=content)


class Written(NamedTuple):
    """A snapshot on disk under a name that nobody reads: it gets its own once a line vouches for it."""

    temporary: Path
    seq: int
    sha256: str

    def place(self) -> None:
        """Give it its name, and let all but the newest two go. Raises OSError."""
        folder = self.temporary.parent
        durable.rename(self.temporary, folder / f"snapshot-{self.seq:09d}-{self.sha256[:16]}.json")
        for old in snapshots(folder)[_KEPT:]:
            with suppress(PermissionError):  # on Windows one that is being read stays; it goes another time
                durable.disk.remove(old)


def write_snapshot(folder: Path, pieces: Pieces, mark: Mark, sealer: Sealer | None = None) -> Written:
    """Write a state whole or not at all, sealed in a sealed book. Raises OSError."""
    temporary = folder / f"snapshot-{mark.seq:09d}.tmp"
    hasher = hashlib.sha256()
    try:
        durable.disk.remove(temporary)
        handle, at = durable.disk.open(temporary, make=True), 0
        try:
            for part in _parts(pieces, mark) if sealer is None else _sealed_parts(pieces, mark, sealer):
                hasher.update(part)
                durable.disk.write(handle, part, at)
                at += len(part)
            durable.disk.sync(handle)
        finally:
            durable.disk.close(handle)
    except OSError:
        with suppress(OSError):
            durable.disk.remove(temporary)
        raise
    return Written(temporary, mark.seq, hasher.hexdigest())


def _parts(pieces: Pieces, mark: Mark) -> Iterator[bytes]:
    """The bytes of a snapshot, in order; where the chunks lie is told at the end."""
    places: dict[str, list[list[int]]] = {}
    yield b"{"
    at = 1
    for name, rows in pieces.items():
        head = orjson.dumps(name) + b":{"
        yield head
        at += len(head)
        places[name] = []
        for first, last, count, body in encoded(rows):
            comma = b"," if places[name] else b""
            yield comma + body
            at += len(comma)
            places[name].append([first, last, count, at, at + len(body)])
            at += len(body)
        yield b"},"
        at += 2
    meta = {"seq": mark.seq, "hash": mark.digest, "time": mark.time, "counters": dict(mark.counters), "chunks": places}
    yield _META + orjson.dumps({"1": meta}) + b"}"


def _sealed_parts(pieces: Pieces, mark: Mark, sealer: Sealer) -> Iterator[bytes]:
    """The same of a sealed book."""
    head = orjson.dumps({"seq": mark.seq, "hash": mark.digest})
    yield _STATE + head + b"\n"
    at = len(_STATE) + len(head) + 1
    places: dict[str, list[list[int]]] = {}
    for name, rows in pieces.items():
        places[name] = []
        for first, last, count, body in encoded(rows):
            told = sealer.seal(Purpose.STATE, body, b"%d|%b" % (at, head))
            yield told
            places[name].append([first, last, count, at, at + len(told)])
            at += len(told)
    meta = {"seq": mark.seq, "hash": mark.digest, "time": mark.time, "counters": dict(mark.counters), "chunks": places}
    end = sealer.seal(Purpose.STATE, orjson.dumps({"1": meta}) + b"}", b"end|" + head)
    yield _META + binascii.b2a_base64(end, newline=False) + b"}"
