"""Making a damaged book usable again. Nothing is destroyed: what does not fit is set aside in a folder, and told."""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from config.errors import BookError
from config.reasons import system_reason
from config.text import Text, t
from records.store.about import FORMAT, NewerProgramError, read_about
from records.store.access.looks import FILE as LOOKS
from records.store.history import Damage, whole_chain
from records.store.journal.chain import FIRST, unseal
from records.store.journal.durable import disk, make_folder, read_file, write_durably
from records.store.journal.engine import Engine
from records.store.journal.lock import WriterLock
from records.store.journal.moments import moment
from records.store.journal.segments import Scan, content_of, is_packed, plain, segment_path, segments
from records.store.journal.snapshots import believed, is_believed, seq_of, snapshots
from records.store.safety.from_backup import Good, aside_at, good, keep_aside, make_way, set_aside
from records.store.safety.inspection import damage_problem
from records.store.safety.own_settings import put_back
from records.store.safety.parts import BASE, found, linked, linked_segment, strangers, twins
from records.store.safety.rejoining import fits, goes_on, rejoined
from records.store.safety.vouching import (
    about_hash,
    about_problem,
    base_name,
    base_of,
    has_lost_all,
    is_whole,
    lost_end,
    remains_problem,
)
from records.store.sealing.forgetting import wipe_strays
from records.store.sealing.mending import bring_own_keys, mend_keys
from records.store.sealing.persons import erased
from records.store.sealing.ring import is_sealed
from records.store.sealing.unlocking import ring_id, sealer_of

_TOLD = 50


def repair(folder: Path, *, actor: str, now: datetime, source: Path | None = None) -> list[Text]:
    """Bring the book in `folder` to a state that can be written again.

    A damaged journal is first mended from `source`, a backup of the same book. What is then still damaged
    behind the newest good state is cut off; where only the beginning is, the journal begins with a state after it.
    Every file that is changed or left out is kept in a folder `aside-…`.

    Returns:
        What was done, in sentences; empty when nothing was wrong.

    Raises:
        BookError: when it is no book, or somebody works in it; when `source` is no whole backup, one of another book,
            or from before the book had the key that it has; when no line is left and no backup has them.
    """
    if source is None or not segments(folder):
        read_about(folder)
    lock = WriterLock(folder)
    try:
        cleared = _clear_way(lock, aside_at(folder, now))
        lock.take(actor=actor, now=now)
        with nullcontext() if source is None else good(source, folder) as backup:
            _judge_newer(folder, backup)
            return _Repair(folder, actor, now, backup).done(cleared)
    except OSError as error:
        raise BookError(
            t("The book cannot be repaired: {reason}", reason=system_reason(error)),
            where=str(error.filename or folder),
            do=t("make room, or ask who may write there; what was set aside until now is in the folder “aside-…”"),
        ) from None
    finally:
        lock.release()


def _clear_way(lock: WriterLock, aside: Path) -> list[Text]:
    """Set aside what stands in the place of the lock and lets nobody take it, so that nobody has it. Raises OSError."""
    if lock.in_the_way() is None:
        return []
    set_aside(lock.path, aside)
    return [_strange_words(lock.path.name)]


def _strange_words(name: str) -> Text:
    return t("“{name}” is no part of the book and was set aside", name=name)


def _judge_newer(folder: Path, backup: Good | None) -> None:
    """Refuse a book that a newer program wrote, unless a turned bit only says so: the journal knows what to say then.

    Raises:
        BookError: when it is one.
    """
    try:
        read_about(folder)
    except NewerProgramError:
        _, _, damage, vouched = whole_chain(folder)
        if backup is None or damage is not None or about_problem(folder, vouched) is None:
            raise
        if vouched.about != about_hash(backup.folder):
            raise
    except BookError:
        pass  # it is mended, if anything has what it said


class _Repair:
    """One repair of the book in `folder`."""

    def __init__(self, folder: Path, actor: str, now: datetime, backup: Good | None) -> None:
        self.folder, self.actor, self.now, self.backup = folder, actor, now, backup
        self.aside = aside_at(folder, now)
        self.lost_end = False  # lines behind the last one were there once

    def done(self, cleared: list[Text]) -> list[Text]:
        """Do everything; gives what was done, with what was `cleared` out of the way before."""
        useful = None if self.backup is None or self.backup.files_only else self.backup
        if self._has_no_line() and (useful is None or not segments(useful.folder)):
            raise BookError(
                t("No line of the journal is left; only a backup has them"),
                where=str(self.folder),
                do=t("“book repair --from FILE”, or “book restore FILE” beside it"),
            )
        told = [*cleared, *self._set_strangers_aside()]
        if _is_sealed(self.folder):
            told += mend_keys(self.folder, None if useful is None else useful.folder, self._keep)
        told += self._unpack()
        self.lost_end |= lost_end(self.folder, whole_chain(self.folder).seq) is not None
        if useful is not None:
            told += self._mend(useful)
            if _is_sealed(self.folder):
                told += bring_own_keys(self.folder, useful.folder)
        old = read_about(self.folder)["format"] < FORMAT
        told += self._set_snapshots_aside(old=old)
        told += self._trim()
        told += self._settle(old=old)
        if told:
            disk.remove(self.folder / "index.sqlite")  # it tells of the journal as it was
        if told and self.aside.exists():
            told.append(t("What was there before is kept in {folder}", folder=self.aside))
        return told

    def _has_no_line(self) -> bool:
        """Whether no line is left of a journal that had some, nor a link that leads to them."""
        link = linked_segment(self.folder, 1)
        if segments(self.folder) or (link is not None and link.is_file()):
            return False
        return link is not None or has_lost_all(self.folder)

    def _set_strangers_aside(self) -> list[Text]:
        told = [self._unlink(self.folder / name) for name in linked(self.folder)]
        while (link := linked_segment(self.folder, whole_chain(self.folder).seq + 1)) is not None:
            told.append(self._unlink(link) if link.is_file() else self._leave(link))
        for first, paths in twins(self.folder).items():
            best = max(paths, key=partial(fits, self.folder, first))
            for each in paths:
                if each != best:
                    self._move(each)
                    told.append(
                        t("{name} does not say what {other} says and was set aside", name=each.name, other=best.name)
                    )
        for name in strangers(self.folder):
            self._move(self.folder / name)
            told.append(_strange_words(name))
        return told

    def _unlink(self, path: Path) -> Text:
        """Put what a link leads to in its place."""
        content = read_file(path)
        self._move(path)
        write_durably(path, content)
        return t("{name} was a link to a file elsewhere; what that says stands in its place now", name=path.name)

    def _leave(self, path: Path) -> Text:
        """Set a link aside that leads to no segment; only a backup has what it led to."""
        self.lost_end = True
        self._move(path)
        return t("{name} was a link that leads to no file, and was set aside", name=path.name)

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
        lost = lost_end(self.folder, whole_chain(self.folder).seq)
        told = [] if lost is None else [lost]
        for path in snapshots(self.folder):
            if is_believed(self.folder, path, old=old):
                continue
            if is_whole(path):
                what = t("No line of the journal vouched for snapshot {name}, which was set aside", name=path.name)
            else:
                what = t(
                    "Snapshot {name} was damaged and set aside; the journal tells all that was in it", name=path.name
                )
            self._move(path)
            told.append(what)
        return told

    # -- from a backup ------------------------------------------------------------------------------------------------

    def _mend(self, backup: Good) -> list[Text]:
        """Put what a backup has in place of segments that are damaged or missing here, one after another."""
        kept, mended = dict(segments(backup.folder)), list[str]()
        if not segments(self.folder):
            for first, path in kept.items():
                write_durably(segment_path(self.folder, first), plain(path))
                mended.append(segment_path(self.folder, first).name)
        while (here := self._mend_one(kept)) is not None:
            mended.append(here.name)
        if self._mend_about(backup.folder):
            mended.append("book.json")
        if self._mend_looks(backup.folder / LOOKS):
            mended.append(LOOKS)
        known = whole_chain(self.folder).vouched.config
        for name, content in put_back(self.folder, known, backup.folder, sealer_of(self.folder)):
            make_way(self.folder / "config" / name, self.aside)
            make_folder((self.folder / "config" / name).parent)
            write_durably(self.folder / "config" / name, content)
            mended.append(f"config/{name}")
        told = [t("{name} was mended from the backup of {day}", name=each, day=backup.day) for each in mended]
        if told and whole_chain(self.folder, based=False).damage is None:
            for _, path in found(self.folder, BASE):  # the beginning is there again
                self._move(path)
        return told

    def _mend_one(self, kept: dict[int, Path]) -> Path | None:
        """Mend the first segment that is damaged or missing, where the backup can; gives it."""
        seq, prev, damage, _ = whole_chain(self.folder, based=False)
        if damage is None and self.lost_end:
            damage = self._at_end(seq, kept)
        if damage is None:
            return None
        here = self.folder / damage.name if damage.name else segment_path(self.folder, seq + 1)
        first = int(here.stem.partition("-")[2])
        if first not in kept:
            return None
        damaged = here.read_bytes() if here.exists() else b""
        content = rejoined(damaged, plain(kept[first]))
        if content is None or content == damaged or not goes_on(content, damage.after, prev):
            return None
        if here.exists():
            self._keep(here)
        write_durably(here, content)
        return here

    def _at_end(self, seq: int, kept: dict[int, Path]) -> Damage | None:
        """Where a journal goes on that ends with line `seq` too early: in a segment of a backup, or in its own last."""
        last = _segment_of(self.folder, seq)
        if seq + 1 in kept:
            return Damage("", seq)
        return None if is_packed(last) else Damage(last.name, seq)

    def _mend_about(self, kept: Path) -> bool:
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
        elif vouched.about and vouched.about != about_hash(kept):
            return False
        if path.exists():
            self._keep(path)
        write_durably(path, (kept / "book.json").read_bytes())
        return True

    def _mend_looks(self, kept: Path) -> bool:
        """Put what a backup has of the log of looks in place of one that is damaged, cut off or gone."""
        path = self.folder / LOOKS
        here, there = _end_of_log(path), _end_of_log(kept)
        if there is None or there[1] or (here is not None and not here[1] and here[0] >= there[0]):
            return False
        damaged = b"" if here is None else path.read_bytes()
        content = rejoined(damaged, kept.read_bytes())
        if content is None or content == damaged:
            return False
        if here is not None:
            self._keep(path)
        write_durably(path, content)
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
        persons = None if engine.sealer is None else engine.sealer.persons
        gone = erased(engine.tables)
        if persons is not None and persons.destroy_again(gone):
            told.append(t("The own keys of people whose data were erased were destroyed again"))
        if persons is not None and gone and not persons.lost:  # else what is aside may hold what was lost
            wipe_strays(self.folder)
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
        keep_aside(path, self.aside)

    def _move(self, path: Path) -> None:
        set_aside(path, self.aside)


def _is_sealed(folder: Path) -> bool:
    """Whether a book is sealed, as far as what is left of it tells."""
    try:
        return is_sealed(folder) or bool(ring_id(folder))
    except BookError:
        return True


def _end_of_log(path: Path) -> tuple[int, bool] | None:
    """The last whole line of a log, and whether something else stands behind it; None where there is no log."""
    if not path.is_file():
        return None
    scan = Scan(path, seq=0, prev=FIRST, blind=True)
    for _ in scan:
        pass
    return scan.seq, bool(scan.problem)


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
