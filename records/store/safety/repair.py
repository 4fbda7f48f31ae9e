"""Making a damaged book usable again. Nothing is destroyed: what does not fit is set aside in a folder, and told."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, Protocol

import orjson

from config.errors import BookError
from config.reasons import system_reason
from config.text import Text, t
from records.store.about import FORMAT, read_about
from records.store.files import BookFiles
from records.store.history import whole_chain
from records.store.journal.chain import BrokenLineError, unseal
from records.store.journal.durable import disk, make_folder, rename, write_durably
from records.store.journal.engine import Engine
from records.store.journal.lock import WriterLock
from records.store.journal.moments import moment
from records.store.journal.segments import content_of, is_packed, plain, segment_path, segments
from records.store.journal.snapshots import believed, is_believed, seq_of, snapshots
from records.store.safety.backup import file_in, ring_in, unpack
from records.store.safety.inspection import NAMED_BY_CONTENT, damage_problem
from records.store.safety.parts import BASE, found, strangers
from records.store.safety.vouching import about_hash, about_problem, base_name, base_of, remains_problem
from records.store.sealing.persons import FILES as PERSON_KEYS
from records.store.sealing.persons import damaged_person_keys
from records.store.sealing.ring import FILES, damaged_files, is_sealed, read_ring, write_ring
from records.store.sealing.unlocking import ring_id, sealer_of

_TOLD = 50


def repair(folder: Path, *, actor: str, now: datetime, source: Path | None = None) -> list[Text]:
    """Bring the book in `folder` to a state that can be written again.

    A damaged journal is first mended from `source`, a backup, where the two are one book. What is then still damaged
    behind the newest good state is cut off; where only the beginning is, the journal begins with a state after it.
    Every file that is changed or left out is kept in a folder `aside-…`.

    Returns:
        What was done, in sentences; empty when nothing was wrong.

    Raises:
        BookError: when it is no book, somebody works in it, or `source` is no whole backup.
    """
    if source is None:
        read_about(folder)
    lock = WriterLock(folder)
    lock.take(actor=actor, now=now)
    try:
        return _Repair(folder, actor, now).done(source)
    except OSError as error:
        raise BookError(
            t("The book cannot be repaired: {reason}", reason=system_reason(error)),
            where=str(error.filename or folder),
            do=t("make room, or ask who may write there; what was set aside until now is in the folder “aside-…”"),
        ) from None
    finally:
        lock.release()


class Bearing(Protocol):
    """A book with its files, as it is open."""

    path: Path
    files: BookFiles


class Brought(NamedTuple):
    """What came back from a backup.

    Attributes:
        names: of the files that were written.
        failed: why others could not be.
        aside: the folder of what was there before, where anything was.
    """

    names: list[str]
    failed: list[Text]
    aside: Path | None


def bring_back(
    book: Bearing, names: Iterable[str], source: Path, *, is_key: Callable[[str, bytes], bool], now: datetime
) -> Brought:
    """Put files from a backup in place of what is missing or was changed, where they are what the book names.

    What was there goes to a folder `aside-…`. In a sealed book they lie sealed, also from a backup that is not. The
    journal is not touched, so the book may be open elsewhere.

    Args:
        book: open.
        names: of files below `files`, such as `files/keys/certificates.key`.
        source: the backup.
        is_key: whether these bytes are the key of this name, as the journal knows it.
        now: names the folder of what is set aside.

    Raises:
        BookError: when `source` is no whole backup.
    """
    put: list[str] = []
    failed: list[Text] = []
    aside = _aside_at(book.path, now)
    with tempfile.TemporaryDirectory(prefix="sovang-", ignore_cleanup_errors=True) as unpacked:
        unpack(source, Path(unpacked))
        for name, kept in _kept_in(Path(unpacked), names):
            content = book.files.opened(name, kept)
            if content is None or not _is_named(name, content, is_key):
                continue
            place = book.files.folder / name
            try:
                if place.is_symlink() or place.exists():
                    _set_aside(place, aside)
                book.files.write(name, content)
                put.append(f"files/{name}")
            except OSError as error:
                reason = system_reason(error)
                failed.append(t("{name} could not be brought back: {reason}", name=place.name, reason=reason))
    return Brought(put, failed, aside if aside.exists() else None)


def _kept_in(unpacked: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files below `files` that a backup has of those named; a record may name one outside."""
    for name in names:
        path = PurePosixPath(name)
        if path.parts[:1] == ("files",) and ".." not in path.parts and (unpacked / path).is_file():
            yield path.relative_to("files").as_posix(), (unpacked / path).read_bytes()


def _is_named(name: str, content: bytes, is_key: Callable[[str, bytes], bool]) -> bool:
    """Whether a file is what its name says, by the hash in it or as a key of the book."""
    match = NAMED_BY_CONTENT.fullmatch(PurePosixPath(name).name)
    return hashlib.sha256(content).hexdigest()[:16] == match[1] if match else is_key(name, content)


class _Repair:
    """One repair of the book in `folder`."""

    def __init__(self, folder: Path, actor: str, now: datetime) -> None:
        self.folder, self.actor, self.now = folder, actor, now
        self.aside = _aside_at(folder, now)

    def done(self, source: Path | None) -> list[Text]:
        """Do everything; gives what was done."""
        told = self._set_strangers_aside()
        told += self._mend_keys(source)
        told += self._unpack()
        if source is not None:
            told += self._mend(source)
        old = read_about(self.folder)["format"] < FORMAT
        told += self._set_snapshots_aside(old=old)
        told += self._trim()
        told += self._settle(old=old)
        if told:
            disk.remove(self.folder / "index.sqlite")  # it tells of the journal as it was
        if told and self.aside.exists():
            told.append(t("What was there before is kept in {folder}", folder=self.aside))
        return told

    def _mend_keys(self, source: Path | None) -> list[Text]:
        """Make a damaged file of the keys anew: from the other one, or from a backup."""
        if not _is_sealed(self.folder):
            return []
        return [*self._mend_ring(source), *self._mend_person_keys(source)]

    def _mend_person_keys(self, source: Path | None) -> list[Text]:
        """Make a damaged file of the own keys of people anew, from the other one or from a backup."""
        damaged = damaged_person_keys(self.folder)
        whole = [name for name in PERSON_KEYS if name not in damaged and (self.folder / name).is_file()]
        content = (
            (self.folder / whole[0]).read_bytes() if whole else file_in(source, PERSON_KEYS[0]) if source else None
        )
        if content is None:
            return []
        named = damaged or [name for name in PERSON_KEYS if not (self.folder / name).is_file()]
        for name in named:
            if (self.folder / name).exists():
                self._keep(self.folder / name)
            write_durably(self.folder / name, content)
        return [t("{name} was damaged and made anew", name=each) for each in named]

    def _mend_ring(self, source: Path | None) -> list[Text]:
        damaged = damaged_files(self.folder)
        if not damaged:
            return []
        ring = ring_in(source) if len(damaged) == len(FILES) and source is not None else read_ring(self.folder)
        if ring is None:
            return []
        for name in damaged:
            if (self.folder / name).exists():
                self._keep(self.folder / name)
        write_ring(self.folder, ring)
        return [t("{name} was damaged and made anew", name=each) for each in damaged]

    def _set_strangers_aside(self) -> list[Text]:
        told = []
        for name in strangers(self.folder):
            self._move(self.folder / name)
            told.append(t("“{name}” is no part of the book and was set aside", name=name))
        return told

    def _unpack(self) -> list[Text]:
        """Open every packed segment where something is wrong: all that follows is about open ones.

        Of one that cannot be unpacked whole, what stands before the damage is opened, and the file goes aside.
        """
        known = [(first, path, *content_of(path)) for first, path in segments(self.folder) if is_packed(path)]
        damage = whole_chain(self.folder).damage
        if damage is None or damage.torn:
            return []
        told = []
        for first, path, content, whole in known:
            write_durably(segment_path(self.folder, first), content)
            if whole:
                disk.remove(path)
            else:
                self._move(path)
                told.append(t("{name} was damaged and set aside; what could be read of it is used", name=path.name))
        return told

    def _set_snapshots_aside(self, *, old: bool) -> list[Text]:
        told = []
        for path in snapshots(self.folder):
            if not is_believed(self.folder, path, old=old):
                self._move(path)
                told.append(
                    t("Snapshot {name} was damaged and set aside; the journal tells all that was in it", name=path.name)
                )
        return told

    # -- from a backup ------------------------------------------------------------------------------------------------

    def _mend(self, source: Path) -> list[Text]:
        """Put what a backup has in place of segments that are damaged or missing here, one after another."""
        told: list[Text] = []
        with tempfile.TemporaryDirectory(prefix="sovang-", ignore_cleanup_errors=True) as name:
            backup = unpack(source, Path(name))
            day, good = backup.made[:10], dict(segments(Path(name)))
            while (path := self._mend_one(good)) is not None:
                told.append(t("{name} was mended from the backup of {day}", name=path.name, day=day))
            if self._mend_about(Path(name)):
                told.append(t("{name} was mended from the backup of {day}", name="book.json", day=day))
        if told and whole_chain(self.folder, based=False).damage is None:
            for _, path in found(self.folder, BASE):  # the beginning is there again
                self._move(path)
        return told

    def _mend_one(self, good: dict[int, Path]) -> Path | None:
        """Mend the first segment that is damaged or missing, where the backup can; gives it."""
        seq, prev, damage, _ = whole_chain(self.folder, based=False)
        if damage is None:
            return None
        here = self.folder / damage.name if damage.name else segment_path(self.folder, seq + 1)
        first = int(here.stem.partition("-")[2])
        if first not in good:
            return None
        content = _mended(here, plain(good[first]))
        if not _goes_on(content, damage.after, prev) or (here.exists() and here.read_bytes() == content):
            return None
        if here.exists():
            self._keep(here)
        write_durably(here, content)
        return here

    def _mend_about(self, good: Path) -> bool:
        """Put the `book.json` of a backup in place of one that cannot be read, or for which no line vouches."""
        vouched = whole_chain(self.folder).vouched
        path = self.folder / "book.json"
        if path.exists() and about_problem(self.folder, vouched) is None:
            try:
                read_about(self.folder)
            except BookError:
                pass
            else:
                return False
        elif path.exists() and vouched.about != about_hash(good):
            return False
        if path.exists():
            self._keep(path)
        write_durably(path, (good / "book.json").read_bytes())
        return True

    # -- without ------------------------------------------------------------------------------------------------------

    def _trim(self) -> list[Text]:
        """Take away what stands behind the last line of a segment after which another goes on."""
        told: list[Text] = []
        while True:
            seq, _, damage, _ = whole_chain(self.folder)
            if damage is None or not segment_path(self.folder, seq + 1).exists() or not damage.name:
                return told
            here = self.folder / damage.name
            first = int(here.stem.partition("-")[2])
            if first == seq + 1:
                return told
            self._shorten(here, first=first, upto=seq)
            told.append(t("What stood behind the last line of {name} was set aside", name=damage.name))

    def _settle(self, *, old: bool) -> list[Text]:
        """Cut the journal off behind the newest good state; where its beginning is lost, let it begin with a state."""
        told: list[Text] = []
        engine = Engine(self.folder, about=about_hash(self.folder), old=old)
        state = self._state_used(engine.snapshot_seq, old=old)
        if engine.problem is not None:
            told += [engine.problem.what, *self._cut(engine)]
            engine.problem = None
        else:
            before = len(engine.notices)
            engine.set_torn_aside()
            told += engine.notices[before:]
        chain = whole_chain(self.folder)
        if chain.damage is not None and not chain.damage.torn:
            told += [damage_problem(chain.damage).what, *self._begin_with(state, engine)]
        elif (problem := remains_problem(self.folder, chain.vouched)) is not None:
            told += [problem.what, *self._begin_with(base_of(self.folder), engine)]
        if not old and (problem := about_problem(self.folder, chain.vouched)) is not None:
            told += [
                problem.what,
                t("From now on {name} counts as it stands: look whether it is right", name="book.json"),
            ]
        if told:
            body = {"time": moment(self.now), "actor": self.actor, "action": "book.repair", "about": ""}
            engine.commit(body, [])
        engine.close()
        return told

    def _state_used(self, seq: int, *, old: bool) -> tuple[int, bytes] | None:
        """The state from which the book was read: its line and its bytes."""
        for path in snapshots(self.folder):
            if seq_of(path) == seq and (content := believed(self.folder, path, old=old)) is not None:
                return seq, content
        return base_of(self.folder)

    def _begin_with(self, state: tuple[int, bytes] | None, engine: Engine) -> list[Text]:
        assert state is not None  # a book read from its first line is damaged nowhere before its end
        seq, content = state
        write_durably(self.folder / base_name(seq, content), content)
        engine.new_base = (seq, hashlib.sha256(content).hexdigest())
        return [
            t("The records are whole up to change {seq}; only the history of that part cannot be read", seq=engine.seq),
            t("A backup that has this part can mend it: “book repair --from FILE”"),
        ]

    def _cut(self, engine: Engine) -> list[Text]:
        lost = _lines_after(self.folder, engine.seq)
        for first, path in segments(self.folder):
            if first > engine.seq + 1:
                self._move(path)
            elif path == _segment_of(self.folder, engine.seq + 1):
                self._shorten(path, first=first, upto=engine.seq)
        for path in snapshots(self.folder):
            if seq_of(path) > engine.seq:
                self._move(path)
        told = [t("The book now ends with change {seq}", seq=engine.seq)]
        told += [t("Set aside and not in the book: {line}", line=each) for each in lost[:_TOLD]]
        if len(lost) > _TOLD:
            told.append(t("… and {n} more changes", n=len(lost) - _TOLD))
        return told

    def _shorten(self, path: Path, *, first: int, upto: int) -> None:
        """Keep the lines of a segment up to number `upto`; the whole file goes aside."""
        content = path.read_bytes()
        end = 0
        for _ in range(upto - first + 1):
            end = content.index(b"\n", end) + 1
        if end == len(content):
            return
        if end:
            self._keep(path)
            write_durably(path, content[:end])
        else:
            self._move(path)

    def _keep(self, path: Path) -> None:
        """Put a copy of a file aside that is to be replaced in one step, so that at no moment there is none."""
        write_durably(_place_in(self.aside, path), path.read_bytes())

    def _move(self, path: Path) -> None:
        _set_aside(path, self.aside)


def _aside_at(folder: Path, now: datetime) -> Path:
    return folder / f"aside-{now:%Y%m%d-%H%M%S}"


def _place_in(aside: Path, path: Path) -> Path:
    """A free place for a file in the folder of what is set aside."""
    make_folder(aside)
    target, number = aside / path.name, 1
    while target.exists() or target.is_symlink():
        number += 1
        target = aside / f"{number}-{path.name}"
    return target


def _set_aside(path: Path, aside: Path) -> None:
    target = _place_in(aside, path)
    if path.is_symlink():
        shutil.move(path, target)
    else:
        rename(path, target)


def _is_sealed(folder: Path) -> bool:
    """Whether a book is sealed, as far as what is left of it tells."""
    try:
        return is_sealed(folder) or bool(ring_id(folder))
    except BookError:
        return True


def _mended(here: Path, good: bytes) -> bytes:
    """The lines of a good segment, and behind them those lines of the damaged one that follow them."""
    content = good.rstrip(b"\0")
    last = orjson.loads(content.splitlines()[-1])
    seq, prev = last["seq"], last["hash"]
    for line in here.read_bytes().splitlines() if here.exists() else ():
        try:
            body = unseal(line, seq=seq + 1, prev=prev, blind=True)
        except (BrokenLineError, ValueError, KeyError, TypeError):
            continue
        seq, prev = body["seq"], body["hash"]
        content += line + b"\n"
    return content


def _goes_on(content: bytes, seq: int, prev: str) -> bool:
    """Whether mended lines go on from line `seq` with hash `prev`, or end with it."""
    for line in content.splitlines():
        body = orjson.loads(line)
        if body["seq"] == seq + 1:
            return bool(body["prev"] == prev)
    return bool((body["seq"], body["hash"]) == (seq, prev))


def _segment_of(folder: Path, seq: int) -> Path:
    """The segment in which line `seq` lies or would lie."""
    return max((each for each in segments(folder) if each[0] <= seq), default=(0, segment_path(folder, 1)))[1]


def _lines_after(folder: Path, seq: int) -> list[str]:
    """What can still be read of the lines behind `seq`."""
    told, sealer = [], sealer_of(folder)
    for _, path in segments(folder):
        for line in plain(path).splitlines():
            try:
                body: Any = orjson.loads(line) if sealer is None else unseal(line, sealer=sealer)
                if body["seq"] > seq:
                    told.append(" · ".join(str(body[each]) for each in ("seq", "time", "actor", "action", "about")))
            except (ValueError, KeyError, TypeError):
                continue
    return told
