"""Making a damaged book usable again. Nothing is destroyed: what does not fit is set aside in a folder, and told."""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from config.errors import BookError
from config.reasons import system_reason
from config.text import Text, t
from records.store.about import FORMAT, read_about
from records.store.history import whole_chain
from records.store.journal.chain import BrokenLineError, unseal
from records.store.journal.durable import disk, write_durably
from records.store.journal.engine import Engine
from records.store.journal.lock import WriterLock
from records.store.journal.moments import moment
from records.store.journal.segments import content_of, is_packed, plain, segment_path, segments
from records.store.journal.snapshots import believed, is_believed, seq_of, snapshots
from records.store.safety.from_backup import Good, aside_at, good, keep_aside, set_aside
from records.store.safety.inspection import damage_problem
from records.store.safety.parts import BASE, found, strangers
from records.store.safety.vouching import (
    about_hash,
    about_problem,
    base_name,
    base_of,
    has_lost_all,
    remains_problem,
)
from records.store.sealing.mending import mend_keys
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
    lock.take(actor=actor, now=now)
    try:
        with nullcontext() if source is None else good(source, folder) as backup:
            return _Repair(folder, actor, now, backup).done()
    except OSError as error:
        raise BookError(
            t("The book cannot be repaired: {reason}", reason=system_reason(error)),
            where=str(error.filename or folder),
            do=t("make room, or ask who may write there; what was set aside until now is in the folder “aside-…”"),
        ) from None
    finally:
        lock.release()


class _Repair:
    """One repair of the book in `folder`."""

    def __init__(self, folder: Path, actor: str, now: datetime, backup: Good | None) -> None:
        self.folder, self.actor, self.now, self.backup = folder, actor, now, backup
        self.aside = aside_at(folder, now)

    def done(self) -> list[Text]:
        """Do everything; gives what was done."""
        useful = None if self.backup is None or self.backup.sealed_since else self.backup
        if has_lost_all(self.folder) and (useful is None or not segments(useful.folder)):
            raise BookError(
                t("No line of the journal is left; only a backup has them"),
                where=str(self.folder),
                do=t("“book repair --from FILE”, or “book restore FILE” beside it"),
            )
        told = self._set_strangers_aside()
        if _is_sealed(self.folder):
            told += mend_keys(self.folder, None if useful is None else useful.folder, self._keep)
        told += self._unpack()
        if useful is not None:
            told += self._mend(useful)
        old = read_about(self.folder)["format"] < FORMAT
        told += self._set_snapshots_aside(old=old)
        told += self._trim()
        told += self._settle(old=old)
        if told:
            disk.remove(self.folder / "index.sqlite")  # it tells of the journal as it was
        if told and self.aside.exists():
            told.append(t("What was there before is kept in {folder}", folder=self.aside))
        return told

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
        told = [t("{name} was mended from the backup of {day}", name=each, day=backup.day) for each in mended]
        if told and whole_chain(self.folder, based=False).damage is None:
            for _, path in found(self.folder, BASE):  # the beginning is there again
                self._move(path)
        return told

    def _mend_one(self, kept: dict[int, Path]) -> Path | None:
        """Mend the first segment that is damaged or missing, where the backup can; gives it."""
        seq, prev, damage, _ = whole_chain(self.folder, based=False)
        if damage is None:
            return None
        here = self.folder / damage.name if damage.name else segment_path(self.folder, seq + 1)
        first = int(here.stem.partition("-")[2])
        if first not in kept:
            return None
        content = _mended(here, plain(kept[first]))
        if not _goes_on(content, damage.after, prev) or (here.exists() and here.read_bytes() == content):
            return None
        if here.exists():
            self._keep(here)
        write_durably(here, content)
        return here

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
        if persons is not None and persons.destroy_again(erased(engine.tables)):
            told.append(t("The own keys of people whose data were erased were destroyed again"))
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
