"""Making a damaged book usable again. Nothing is destroyed: what does not fit is set aside in a folder, and told."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

import orjson

from config.text import Text, t
from records.book.about import read_about
from records.book.backup import unpack
from records.book.chain import BrokenLineError, unseal
from records.book.engine import Engine
from records.book.history import whole_chain
from records.book.inspection import damage_words
from records.book.lock import WriterLock
from records.book.segments import segment_path, segments, sync_folder, write_durably
from records.book.snapshots import is_whole, seq_of, snapshots

_TOLD = 50


def repair(folder: Path, *, actor: str, now: datetime, source: Path | None = None) -> list[Text]:
    """Bring the book in `folder` to a state that can be written again.

    A damaged journal is first mended from `source`, a backup, where the two are one book. What is then still damaged
    behind the newest good state is cut off. Every file that is changed or left out is kept in a folder `aside-…`.

    Returns:
        What was done, in sentences; empty when nothing was wrong.

    Raises:
        BookError: when it is no book, somebody works in it, or `source` is no whole backup.
    """
    read_about(folder)
    lock = WriterLock(folder)
    lock.take(actor=actor, now=now)
    try:
        aside = folder / f"aside-{now:%Y%m%d-%H%M%S}"
        told = _set_snapshots_aside(folder, aside)
        if source is not None:
            told += _mend(folder, aside, source)
        told += _cut(folder, aside)
        if told:
            told.append(t("What was there before is kept in {folder}", folder=aside))
        return told
    finally:
        lock.release()


def _set_snapshots_aside(folder: Path, aside: Path) -> list[Text]:
    told = []
    for path in snapshots(folder):
        if not is_whole(path, path.read_bytes()):
            _move(path, aside)
            told.append(
                t("Snapshot {name} was damaged and set aside; the journal tells all that was in it", name=path.name)
            )
    return told


def _mend(folder: Path, aside: Path, source: Path) -> list[Text]:
    """Put what a backup has in place of segments that are damaged or missing here, one after another."""
    told: list[Text] = []
    with tempfile.TemporaryDirectory(prefix="sovang-") as name:
        backup = unpack(source, Path(name))
        good = dict(segments(Path(name)))
        while True:
            seq, prev, damage = whole_chain(folder)
            here = segment_path(folder, seq + 1) if damage and not damage.name else _segment_of(folder, seq + 1)
            first = int(here.stem.partition("-")[2])
            if damage is None or first not in good:
                return told
            content = _mended(here, good[first])
            if not _goes_on(content, damage.after, prev):
                return told
            if here.exists():
                _move(here, aside)
            write_durably(here, content)
            told.append(t("{name} was mended from the backup of {day}", name=here.name, day=backup.made[:10]))


def _mended(here: Path, good: Path) -> bytes:
    """The lines of a good segment, and behind them those lines of the damaged one that follow them."""
    content = good.read_bytes().rstrip(b"\0")
    last = orjson.loads(content.splitlines()[-1])
    seq, prev = last["seq"], last["hash"]
    for line in here.read_bytes().splitlines() if here.exists() else ():
        try:
            body = unseal(line, seq=seq + 1, prev=prev)
        except (BrokenLineError, ValueError, KeyError, TypeError):
            continue
        seq, prev = body["seq"], body["hash"]
        content += line + b"\n"
    return content


def _goes_on(content: bytes, seq: int, prev: str) -> bool:
    """Whether mended lines hold line `seq` + 1, and it follows the line with hash `prev`."""
    for line in content.splitlines():
        body = orjson.loads(line)
        if body["seq"] == seq + 1:
            return bool(body["prev"] == prev)
    return False


def _cut(folder: Path, aside: Path) -> list[Text]:
    """Cut the journal off behind the newest good state; damage before a good snapshot costs history, not state."""
    engine = Engine(folder)
    _, _, broken = whole_chain(folder)
    if engine.damage is None:
        if broken is None:
            return []
        return [
            damage_words(broken),
            t("The records are whole up to change {seq}; only the history of that part cannot be read", seq=engine.seq),
            t("A backup that has this part can mend it: “book repair --from FILE”"),
        ]
    lost = _lines_after(folder, engine.seq)
    told = [engine.damage]
    for first, path in segments(folder):
        if first > engine.seq + 1:
            _move(path, aside)
        elif path == _segment_of(folder, engine.seq + 1):
            _shorten(path, aside, first=first, upto=engine.seq)
    for path in snapshots(folder):
        if seq_of(path) > engine.seq:
            _move(path, aside)
    (folder / "index.sqlite").unlink(missing_ok=True)
    told.append(t("The book now ends with change {seq}", seq=engine.seq))
    told += [t("Set aside and not in the book: {line}", line=each) for each in lost[:_TOLD]]
    if len(lost) > _TOLD:
        told.append(t("… and {n} more changes", n=len(lost) - _TOLD))
    return told


def _segment_of(folder: Path, seq: int) -> Path:
    """The segment in which line `seq` lies or would lie."""
    return max((each for each in segments(folder) if each[0] <= seq), default=(0, segment_path(folder, 1)))[1]


def _shorten(path: Path, aside: Path, *, first: int, upto: int) -> None:
    """Keep the lines of a segment up to number `upto`; the whole file goes aside."""
    content = path.read_bytes()
    end = 0
    for _ in range(upto - first + 1):
        end = content.index(b"\n", end) + 1
    if end == len(content):
        return
    _move(path, aside)
    if end:
        write_durably(path, content[:end])


def _lines_after(folder: Path, seq: int) -> list[str]:
    """What can still be read of the lines behind `seq`."""
    found = []
    for _, path in segments(folder):
        for line in path.read_bytes().splitlines():
            try:
                body = orjson.loads(line)
                if body["seq"] > seq:
                    found.append(" · ".join(str(body[each]) for each in ("seq", "time", "actor", "action", "about")))
            except (ValueError, KeyError, TypeError):
                continue
    return found


def _move(path: Path, aside: Path) -> None:
    aside.mkdir(exist_ok=True)
    shutil.move(path, aside / path.name)
    sync_folder(path.parent)
