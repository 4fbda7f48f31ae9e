"""Sealing a book that is there: a sealed one is made beside it, held against it, and takes its place.

At every moment one of the two lies there whole. The names beside the book say how far a sealing came: `….sealing` is
being filled; where `….unsealed` stands beside it and the book itself does not, it is whole and takes the name; where
the book is there, the unsealed one is wiped. So whoever comes next finishes what a killed one began.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import orjson

from config.errors import BookError, ConflictError
from config.reasons import system_reason
from config.text import t
from records.store.about import new_id, read_about, with_needs, write_about
from records.store.access.looks import FILE as LOOKS
from records.store.access.looks import looks_sealed
from records.store.change import planned
from records.store.contract import Problem
from records.store.files import as_kept
from records.store.history import whole_chain
from records.store.journal.chain import seal
from records.store.journal.durable import disk, make_folder, read_file, rename, sync_tree, write_durably
from records.store.journal.engine import Engine
from records.store.journal.lock import WriterLock
from records.store.journal.moments import moment
from records.store.journal.rows import Rows
from records.store.journal.segments import Scan, segment_path, segments
from records.store.journal.snapshots import Mark, read_base, write_snapshot
from records.store.safety.inspection import damage_problem
from records.store.safety.parts import SYSTEM, strangers
from records.store.safety.vouching import about_hash, base_name
from records.store.sealing.persons import closed
from records.store.sealing.ring import Ring, write_ring
from records.store.sealing.sealer import Sealer
from records.store.sealing.unlocking import ring_id, sealer_of

ACTION = "book.seal"
_ANEW = ("seq", "vouches", "prev", "hash", "proof")
"""What a line says anew when it is sealed, or never said."""
_BLOCK = 1 << 20
Progress = Callable[[int, int], None]


def seal_book(folder: Path, ring: Ring, *, actor: str, now: datetime, progress: Progress | None = None) -> list[Path]:
    """Seal the book in `folder` with the key of a ring that this process has unlocked. It cannot be taken back.

    Args:
        folder: the book; opened by this program before, so that it is of its form and its last line whole.
        ring: the keys.
        actor: who does it, as the journal names them; `now` is when.
        now: see above.
        progress: told lines done and lines in all, now and then.

    Returns:
        Unsealed files that could not be wiped.

    Raises:
        ConflictError: when it is sealed already, or something in it should be settled first.
        BookError: when it is damaged, held, or cannot be written; the book is as it was then.
    """
    part, old = places(folder)
    lock = WriterLock(folder)
    lock.take(actor=actor, now=now)
    try:
        _make(folder, part, ring, {"time": moment(now), "actor": actor, "action": ACTION, "about": ""}, progress)
        if os.name == "nt":
            lock.release()  # a folder with an open file cannot move there
        rename(folder, old)
        rename(part, folder)
    except OSError as error:
        raise BookError(
            t("The book cannot be sealed: {reason}", reason=system_reason(error)),
            where=str(folder),
            do=t("make room, or ask who may write there; the book is as it was"),
        ) from None
    finally:
        lock.release()
        finish_sealing(folder, wiping=False)
    return wipe(old)


def places(folder: Path) -> tuple[Path, Path]:
    """Where the sealed book is filled, and where the unsealed one waits to be wiped."""
    return folder.with_name(f"{folder.name}.sealing"), folder.with_name(f"{folder.name}.unsealed")


def finish_sealing(folder: Path, *, wiping: bool = True) -> list[Path]:
    """Finish what a sealing that was cut off began at this place, if one was; gives files that could not be wiped."""
    part, old = places(folder)
    if not old.is_dir():
        return []
    with suppress(OSError):
        if not folder.exists():
            rename(part if part.is_dir() else old, folder)
    came = _came_from(folder)
    if wiping and came and (came == _id_of(old) or {each.name for each in old.iterdir()} <= {"book.json"}):
        return wipe(old)
    return []


def _id_of(folder: Path) -> str:
    try:
        return str(orjson.loads(read_file(folder / "book.json"))["id"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _came_from(folder: Path) -> str:
    """The id of the book that the one in `folder` was before it was sealed."""
    try:
        return str(orjson.loads(read_file(folder / "book.json"))["sealed_from"]["book"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _judge(folder: Path) -> None:
    """Refuse a book of which something would be lost, or taken over without a word. Raises BookError."""
    if ring_id(folder):
        do = t("see its keys with “book key list”")
        raise ConflictError(t("This book is sealed already"), where=str(folder), do=do)
    chain = whole_chain(folder)
    if chain.damage is not None:
        what = damage_problem(chain.damage).what
        raise BookError(what, where=str(folder), do=t("see “book repair”; a damaged book is not sealed"))
    names = strangers(folder)
    if names:
        raise ConflictError(
            t("“{name}” lies in the folder of the book and is no part of it: it would not be sealed", name=names[0]),
            where=str(folder),
            do=t("move it elsewhere, or set it aside with “book repair”; then seal the book"),
        )
    engine = Engine(folder)
    try:
        names = engine.changed_settings()
    finally:
        engine.close()
    if names:
        raise ConflictError(
            t("Settings were changed outside the program: {names}", names=", ".join(names)),
            where=str(folder),
            do=t("look at them, take them over with “config accept”, then seal the book"),
        )


def _make(folder: Path, part: Path, ring: Ring, body: dict[str, str], progress: Progress | None) -> None:
    """Make the sealed book beside the other, on disk and held against it. Raises BookError, OSError."""
    _judge(folder)
    shutil.rmtree(part, ignore_errors=True)
    try:
        make_folder(part)
        _fill(folder, part, ring, body, progress)
        sync_tree(part)
        _judge_same(folder, part)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _fill(folder: Path, part: Path, ring: Ring, body: dict[str, str], progress: Progress | None) -> None:
    about = read_about(folder)
    write_ring(part, ring)
    came = {"book": about.get("id", ""), "seq": whole_chain(folder).seq}
    told = {**about, "id": new_id(), "sealed": ring.id, "sealed_from": came}
    write_about(part, with_needs(told, about.get("needs", ())))
    sealer = sealer_of(part)
    assert sealer is not None  # it was unlocked to be made
    base = _base(folder, part, sealer)
    _lines(folder, part, sealer, progress and (lambda done: progress(done, max(came["seq"], done, 1))))
    for name in ("config", "files"):
        make_folder(part / name)
        for path in _files(folder / name):
            inner = path.relative_to(folder / name).as_posix()
            _keep(part / name / inner, as_kept(name, inner, path.read_bytes(), sealer))
    if (folder / LOOKS).is_file():
        write_durably(part / LOOKS, looks_sealed(folder / LOOKS, sealer))
    for inner, path in _remains(folder, body["time"]):
        _keep(part / inner, sealer.seal_file(inner, path.read_bytes()))
    engine = Engine(part, about=about_hash(part), base=base)
    engine.judge_writable()
    engine.begin_snapshot()
    engine.finish_snapshot()
    engine.take_settings()
    engine.commit(body, [])
    engine.close()


def _base(folder: Path, part: Path, sealer: Sealer) -> bytes:
    """The state with which the journal begins where its beginning was lost, sealed; nothing where it was not."""
    state = read_base(folder)
    if not state.seq:
        return b""
    pieces = {name: rows.pieces() for name, rows in state.tables.items()}
    mark = Mark(state.seq, state.digest, state.time, state.counters)
    written = write_snapshot(part, pieces, mark, sealer)
    content = written.temporary.read_bytes()
    rename(written.temporary, part / base_name(state.seq, content))
    return content


def _lines(folder: Path, part: Path, sealer: Sealer, progress: Callable[[int], None] | None) -> None:
    """Write every line sealed, in segments as they were. Each holds the hash that it had, for papers that name it."""
    base = read_base(folder)
    seq, old, new = base.seq, base.digest, base.digest
    for first, path in segments(folder):
        if first <= base.seq:
            continue
        content: list[bytes] = []
        for body in Scan(path, seq=seq, prev=old):
            seq, old = body["seq"], body["hash"]
            told = {key: value for key, value in body.items() if key not in _ANEW}
            told |= {"changes": closed(sealer, planned(body["changes"])), "was": old, "prev": new}
            line, new = seal({"seq": seq, **told}, sealer)
            content.append(line)
            if progress is not None and not seq % 1000:
                progress(seq)
        if content:
            write_durably(segment_path(part, first), b"".join(content))


def _remains(folder: Path, time: str) -> Iterator[tuple[str, Path]]:
    """What was set aside in the book, by its new name: of repairs, unfinished lines, what a lost beginning left."""
    for path in (*folder.glob("torn-*.bin"), *(path for each in folder.glob("aside-*") for path in _files(each))):
        yield path.relative_to(folder).as_posix(), path
    aside = "aside-" + re.sub(r"\D", "", time)[:8] + "-" + re.sub(r"\D", "", time)[8:14]
    lost = read_base(folder).seq
    yield from ((f"{aside}/{path.name}", path) for first, path in segments(folder) if first <= lost)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not SYSTEM.fullmatch(path.name):
            yield path


def _keep(place: Path, content: bytes) -> None:
    make_folder(place.parent)
    write_durably(place, content)


def _judge_same(folder: Path, part: Path) -> None:
    """Refuse what does not hold, read from its first line, exactly what the book holds. Raises BookError."""
    was, made = Engine(folder), Engine(part, from_first=True)
    none = Rows()
    problem = made.problem or made.judge_closed()
    names = {*was.tables, *made.tables}
    if problem is None and not all(was.tables.get(each, none).same_as(made.tables.get(each, none)) for each in names):
        problem = Problem("", t("The sealed book does not hold what the book holds"))
    if problem is None and made.changed_settings():
        problem = Problem("", t("The settings of the sealed book are not those of the book"))
    was.close()
    made.close()
    if problem is not None:
        raise BookError(problem.what, where=str(part), do=t("the book is as it was; ask who looks after the program"))


def wipe(folder: Path) -> list[Path]:
    """Overwrite every file below a folder, then remove it; gives those that could not be overwritten.

    `book.json` goes last: by it a wiping that was cut off is known, and ended. What the disk itself keeps elsewhere (a
    memory that spreads its writes, snapshots of the file system) stays.
    """
    failed = []
    about = folder / "book.json"
    files = [each for each in sorted(folder.rglob("*")) if each.is_file() and not each.is_symlink()]
    for path in sorted(files, key=lambda each: each == about):
        try:
            if path == about:
                for each in folder.iterdir():
                    if each.is_dir():
                        shutil.rmtree(each)
                disk.sync_folder(folder)
            _overwrite(path)
        except OSError:
            failed.append(path)
    shutil.rmtree(folder, ignore_errors=True)
    return [path for path in failed if path.exists()] or ([folder] if folder.exists() else [])


def _overwrite(path: Path) -> None:
    handle = disk.open(path)
    try:
        for at in range(0, os.fstat(handle).st_size, _BLOCK):
            disk.write(handle, os.urandom(min(_BLOCK, os.fstat(handle).st_size - at)), at)
        disk.sync(handle)
        disk.cut(handle, 0)
    finally:
        disk.close(handle)
    disk.remove(path)


def unsealed_backups(paths: list[Path]) -> list[Path]:
    """Those of these backups that hold a book that is not sealed."""
    return [path for path in paths if not _is_sealed_backup(path)]


def _is_sealed_backup(path: Path) -> bool:
    try:
        with ZipFile(path) as zipped:
            return "sealed" in orjson.loads(zipped.read("book.json"))
    except (OSError, BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError):
        return False  # what cannot be read is named as well
