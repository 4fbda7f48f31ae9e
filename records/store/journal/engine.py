"""The state of a book in memory and its journal on disk: every change is on disk before it counts."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import RLock, Thread
from typing import Any

import orjson

from config.errors import BookError
from config.reasons import system_reason
from config.text import Text, t
from records.store.access.gate import Gate
from records.store.access.rights import ACCOUNTS, OF_ACCESS
from records.store.contract import Problem
from records.store.files import as_kept
from records.store.journal import durable
from records.store.journal.chain import seal
from records.store.journal.packing import pack
from records.store.journal.recent import Recent
from records.store.journal.rows import BLOCK, Row, Rows, looked_up
from records.store.journal.segments import Scan, Sum, first_of, is_packed, place_of, segment_path, segments
from records.store.journal.snapshots import (
    Mark,
    State,
    Written,
    base_mark,
    no_collection,
    read_base,
    read_snapshot,
    state_of,
    write_snapshot,
)
from records.store.safety import vouching
from records.store.safety.own_settings import Hashes, after_changes, changed_by_hand, hashes_of, touches_settings
from records.store.sealing.persons import closed
from records.store.sealing.unlocking import sealer_of

DocumentChange = tuple[str, int, Row | None, Row | None]
"""Table, number, document before, document after; None where there is none."""
Planned = tuple[str, int, Row | None, bytes | None]
"""The same with the document after as the JSON that will stand in the journal."""
_SNAPSHOT_AFTER, _SNAPSHOT_AT_END = 4_000_000, 1_000_000
"""Bytes of journal after which a snapshot is written beside the work; and those after which one ends the work."""
_AHEAD, _MANY = 256 * 1024, 2  # zero bytes kept ahead of the last line, and after how many changes


class Engine:
    """The state of a book in memory and its journal on disk.

    Attributes:
        tables, rows: table -> rows by number; and what gives every row of a table, to be read only.
        counters: table -> highest number ever used.
        seq, digest, time: number, hash and moment of the last line read or written.
        damage: what is wrong with the journal, when something is; nothing may be written then.
        lasting: False for a book that is thrown away: nothing is done for a later opening.
        lock: held while memory changes, and by who must see a table that holds still.
        reader: of a sealed book, opens its lines in their order, and seals the next one.
        problem: the damage with the file it is in.
        source: the snapshot with which reading began, if with one.
    """

    lasting = True
    _failed = False
    _to_pack = True
    _saver: Thread | None = None
    _written: Written | None = None
    _handle = -1
    _place: object = None

    def __init__(
        self, folder: Path, *, upto: int | None = None, from_first: bool = False, about: str = "", base: bytes = b"",
        old: bool = False,
    ) -> None:  # fmt: skip
        """Read the book in `folder`.

        Args:
            folder: the book.
            upto: the last line to read, or None for all.
            from_first: pass over snapshots.
            about: the SHA-256 of `book.json` as it will be; the next line vouches for it. Left out, the lines must.
            base: a state, kept as a file, with which the journal begins; the next line vouches for it.
            old: the book is of a form in which nothing vouches for a snapshot.

        Raises:
            OSError: when a file cannot be read.
        """
        self.folder = folder
        self.notices: list[Text] = []
        self.problem: Problem | None = None
        self.lock = RLock()
        self.watchers: dict[str, Callable[[int, Row | None, Row | None], None]] = {}  # number, before, after
        self.new_base: tuple[int, str] | None = None
        """A state that was written as the beginning of the journal, for which the next line shall vouch."""
        self.new_settings: Hashes | None = None
        """The office's own settings as the next line shall know them."""
        self._upto, self._ahead, self._lines = upto, 0, 0
        self.sealer = sealer_of(folder)
        self.reader = self.sealer and self.sealer.in_order()
        self._vouched, self._read = vouching.Vouched(told_whole=self.sealer is not None), dict[int, Sum]()
        self._about = about or vouching.about_hash(folder)
        self._load(self._first_state(base, from_first=from_first, old=old))
        if not about and self.problem is None:
            self.problem = vouching.about_problem(folder, self._vouched)

    def _first_state(self, base: bytes, *, from_first: bool, old: bool) -> State:
        """The state with which the reading of lines begins."""
        if base:
            state = state_of(base, self.reader)
            self.new_base = (state.seq, hashlib.sha256(base).hexdigest())
            return state
        if from_first:
            return read_base(self.folder, self.reader)
        return read_snapshot(self.folder, upto=self._upto, old=old, sealer=self.reader)

    def _load(self, state: State) -> None:
        with no_collection():
            self.tables, self.counters, self._content = state.tables, state.counters, state.content
            self.rows = looked_up(self.tables)  # a function, for a gate shall not hold the engine that holds it
            self.gate = Gate(self.rows)
            self.seq, self.digest, self.time = state.seq, state.digest, state.time
            self.source = state.source
            for each in state.passed:
                told = t("Snapshot {name} is not what the journal says and was passed over", name=each.name)
                self.notices.append(told)
            self.snapshot_seq = self.base = self.seq
            self._segment, self._offset = segment_path(self.folder, self.seq + 1), 0
            self.torn, self._sum, self._recent = b"", Sum(), Recent[DocumentChange]()
            self.read_on()
            self._recent = Recent(self.seq)  # nobody follows the book yet

    def tell_about(self, sha256: str) -> bool:
        """Take the SHA-256 of `book.json` as it will be; gives whether the next line has to vouch for it."""
        self._about = sha256
        return self._vouched.about != sha256

    def row(self, table: str, key: int) -> Row | None:
        """One row, or None; to be read only."""
        return self.tables[table].get(key) if table in self.tables else None

    def know(self, table: str) -> None:
        """A table that TinyDB was asked for exists from then on, empty or not."""
        self.tables.setdefault(table, Rows())

    def table(self, name: str) -> Rows:
        """The rows of a table; none where it does not exist."""
        return self.tables[name] if name in self.tables else Rows()

    def changes_since(self, seq: int) -> tuple[int, list[DocumentChange] | None]:
        """The last line, and what the lines after `seq` changed, oldest first; None when that is not at hand."""
        with self.lock:
            return self.seq, None if seq > self.seq else self._recent.since(seq)

    def forget_empty(self, table: str) -> None:
        """An empty table that was dropped is no longer named."""
        if not len(self.tables[table]):
            del self.tables[table]

    @property
    def damage(self) -> Text | None:
        """What is wrong with the book, when something is; nothing may be written then."""
        return None if self.problem is None else self.problem.what

    def read_on(self) -> int:
        """Read the lines that are on disk but not yet in memory; returns how many."""
        before = self.seq
        begun = first_of(self._segment)
        known = [(first, path) for first, path in segments(self.folder) if first >= begun]
        for number, (first, path) in enumerate(known):
            if self.seq == self._upto:
                break
            if first != first_of(self._segment) or not self._offset:
                if first != self.seq + 1:
                    self.problem = Problem("", vouching.missing_words(self.seq + 1))
                    break
                self._offset = 0
                for earlier in self._read.values():
                    earlier.settle()
                self._read[first] = Sum()
            self._segment = path
            read = self._read[first]
            scan = Scan(path, seq=self.seq, prev=self.digest, offset=self._offset, told=read, sealer=self.reader)
            self.problem = self._take_lines(scan)
            self._offset, self.torn = scan.end, scan.torn
            if self.problem is None and (scan.problem or (scan.torn and number + 1 < len(known))):
                self.problem = Problem(path.name, vouching.altered_words(path.name, self.seq))
            if self.problem is not None:
                break
        if is_packed(self._segment) and self.problem is None:
            # Nothing is written into it any more: the next line begins another.
            self._segment, self._offset = segment_path(self.folder, self.seq + 1), 0
        return self.seq - before

    def _take_lines(self, scan: Scan) -> Problem | None:
        """Take in the lines of a segment, up to one that is not signed as it must be; gives what is wrong."""
        for body in scan:
            if (unproven := self.gate.problem(body)) is not None:
                return Problem(scan.path.name, unproven)
            self._take(body)
            if self.seq == self._upto:
                break
        return None

    def _take(self, body: Mapping[str, Any]) -> None:
        with self.lock:
            self.seq, self.digest, self.time = body["seq"], body["hash"], body["time"]
            self._vouched.hear(body)
            self._apply(body["changes"])
            self._recent.hear(self.seq, body["changes"])

    def judge_closed(self, *, workers: int = 1) -> Problem | None:
        """Hash every closed segment whole; what is not as the chain remembers it is the book's damage from then on.

        Args:
            workers: how many threads hash; more than one where somebody waits for it.

        Raises:
            OSError: when one cannot be read.
        """
        if self.problem is None:
            base, read = base_mark(self.folder)[0], frozenset(self._read)
            self.problem = vouching.closed_problem(
                self.folder, self._vouched, read=read, base=base, upto=self.seq, workers=workers
            )
        return self.problem

    def set_torn_aside(self) -> None:
        """Cut an unfinished last line, never acknowledged, off the journal; its bytes are kept in a file."""
        if not self.torn:
            return
        aside = self.folder / f"torn-{self.seq:09d}.bin"
        durable.write_durably(aside, self.torn)
        durable.cut_off(self._segment, self._offset)
        self.notices.append(
            t(
                "The last line was never finished and was set aside in {name}; nothing that was saved is lost",
                name=aside.name,
            )
        )
        self.torn = b""

    def commit(self, body: Mapping[str, Any], changes: Sequence[Planned]) -> int:
        """Write one line and, once it is on disk, change memory. Returns its number.

        Raises:
            BookError: when the line cannot be written; nothing has changed then, and nothing more is written.
            RefusedError: for what whoever is signed in may not do; nothing has changed then.
        """
        self.judge_writable()
        written = self._written
        if self.new_base is not None and self._offset:
            self._leave_segment(self.seq + 1)  # what a first line vouches for is found without reading the others
        again = [(name, key, old, None if new is None else orjson.loads(new)) for name, key, old, new in changes]
        me = None
        if ACCOUNTS in self.tables or not OF_ACCESS.isdisjoint({each[0] for each in changes}):
            me = self.gate.sign(body["action"], again, stately=self.new_base is not None or written is not None)
        told = closed(self.sealer, changes, self.tables)
        vouches = self._to_vouch(written, changes)
        of_files = {"vouches": vouches} if vouches else {}
        whole = {"seq": self.seq + 1, **body, **of_files, "changes": told, "prev": self.digest}
        if me is not None:  # who makes the first account is known only now
            whole["actor"] = me.name
        line, digest = seal(whole, self.reader, None if me is None else me.sign)
        self._append(line)
        # Memory holds exactly what a replay of the line would give: `again` was read from the same bytes.
        self._take({"seq": self.seq + 1, "hash": digest, "time": str(body["time"]), "changes": again, **of_files})
        self.new_base = self.new_settings = None
        if written is not None:
            self._place_snapshot(written)
        if self._offset > _SNAPSHOT_AFTER:
            self.begin_snapshot()
        return self.seq

    def _to_vouch(self, written: Written | None, changes: Sequence[Planned]) -> dict[str, Any]:
        """What the next line has to say of files. Raises BookError when one of them cannot be read."""
        told: dict[str, Any] = {}
        try:
            if not self._offset:
                self._read[self.seq + 1] = Sum()
                known = segments(self.folder)
                newest = max(self._vouched.segments, default=self.base)  # later ones have nobody yet who vouches
                silent = [[first, *self._closed(first, path)] for first, path in known if newest < first <= self.seq]
                if self.new_base is not None:
                    base = self.new_base[0]
                    silent[:0] = [[first, *vouching.closed(path)] for first, path in known if first <= base]
                if silent:
                    told["segments"] = silent
        except OSError as error:
            raise self._unsaved(error) from None
        if not self._offset or self._about != self._vouched.about:
            told["about"] = self._about
        if (config := self._config_told(changes)) is not None:
            told["config"] = config
        if written is not None:
            told["snapshot"] = [written.seq, written.sha256]
        if self.new_base is not None:
            told["base"] = list(self.new_base)
        return told

    def _closed(self, first: int, path: Path) -> vouching.Closed:
        """What a line shall say of a closed segment: how its lines were written or read, not how they lie there now.

        A bit that turned on the disk before the segment was closed would be vouched for otherwise.
        """
        lines = self._read.get(first)
        return vouching.closed(path) if lines is None else vouching.Closed(lines.size, lines.sha256)

    def _config_told(self, changes: Sequence[Planned]) -> Hashes | None:
        """The office's own settings, where the next line has to say them."""
        known, told = self._vouched.config, self.new_settings
        if told is None and (known is None or not self._offset):
            told = self._settings_now() if known is None else known
        if self.sealer is not None and touches_settings(changes):
            read = ((name, key, old, None if new is None else orjson.loads(new)) for name, key, old, new in changes)
            told = after_changes(told or known or {}, read, partial(as_kept, "config", sealer=self.sealer))
        return told

    def _settings_now(self) -> Hashes:
        try:
            return hashes_of(self.folder)
        except OSError as error:
            raise self._unsaved(error) from None

    def changed_settings(self, names: Callable[..., list[str]] = changed_by_hand) -> list[str]:
        """The office's own settings that are not as the lines know them, or what else `names` finds of them."""
        try:
            return names(self.folder, self._vouched.config)
        except OSError as error:
            self.notices.append(t("The settings cannot be read: {reason}", reason=system_reason(error)))
            return []

    def take_settings(self) -> None:
        """Let the next line know the office's own settings as they are. Raises BookError when they cannot be read."""
        self.new_settings = self._settings_now()

    def _place_snapshot(self, written: Written) -> None:
        self._written = None
        try:
            written.place()
        except OSError:
            self._no_snapshot()

    def _no_snapshot(self) -> None:
        self.notices.append(t("No snapshot could be written; nothing is lost, but opening takes longer"))

    def judge_writable(self) -> None:
        """Raises BookError when the book may not be written."""
        if self.problem is not None:
            do = t("restore a backup; the book can still be read")
            raise BookError(self.problem.what, where=str(self.folder), do=do)
        if self._failed:
            raise BookError(
                t("The last change could not be saved, so the book takes no more"),
                where=str(self.folder),
                do=t("check free space and access, then open the book again"),
            )

    def _append(self, line: bytes) -> None:
        try:
            if self._handle < 0:
                self._open_segment()
            elif self._place != place_of(self._handle, self._segment):
                # Moved or deleted while it was open: what is written to it now would be gone with it.
                raise FileNotFoundError(errno.ENOENT, "moved", str(self._segment))
            self._judge_alone()
            if self.lasting and self._lines >= _MANY and self._offset + len(line) > self._ahead:
                self._reserve(self._offset + len(line) + _AHEAD)
            durable.disk.write(self._handle, line, self._offset)
            if self.lasting:
                durable.disk.sync_data(self._handle)
        except OSError as error:
            self._failed = True
            self._cut_back()
            raise self._unsaved(error) from None
        self._sum.add(line)
        self._offset += len(line)
        self._lines += 1

    def _unsaved(self, error: OSError) -> BookError:
        return BookError(
            t("The change could not be saved: {reason}", reason=system_reason(error)),
            where=str(self.folder),
            do=t("nothing was changed; check free space and access, then open the book again"),
        )

    def _judge_alone(self) -> None:
        """Where the next line goes there must be nothing yet. Raises BookError when another program wrote there."""
        if durable.read_at(self._handle, 1, self._offset) in {b"", b"\0"}:
            return
        self._failed = True
        raise BookError(
            t("Another program has written into this book: the lock does not hold on this disk"),
            where=str(self.folder),
            do=t("nothing of either is overwritten; close both, open the book again, and keep it on a disk of its own"),
        )

    def _open_segment(self) -> None:
        new = not self._offset
        self._to_pack = True
        self._handle = durable.disk.open(self._segment, make=new)
        self._place, self._sum = place_of(self._handle, self._segment), self._read[first_of(self._segment)]
        self._ahead = self._lines = 0
        if new and self.lasting:
            durable.disk.sync_folder(self.folder)

    def _reserve(self, end: int) -> None:
        """Fill the segment with zero bytes from its last line up to `end`; a full disk does without."""
        with suppress(OSError):
            durable.disk.write(self._handle, bytes(end - self._offset), self._offset)
            durable.disk.sync(self._handle)
        self._ahead = end

    def _leave_segment(self, first: int) -> None:
        """Close the segment written last; the next line begins the one called after `first`."""
        self._end_segment()
        self._segment, self._offset = segment_path(self.folder, first), 0

    def close(self) -> None:
        """Wait for a snapshot, and give the files back; rows that were never asked for can no longer be read."""
        self._end_segment()
        self._content.close()

    def _end_segment(self) -> None:
        self.finish_snapshot()
        if self._handle >= 0:
            if self._ahead and not self._failed:
                with suppress(OSError):
                    durable.disk.cut(self._handle, self._offset)
            durable.disk.close(self._handle)
            self._handle = -1

    def _cut_back(self) -> None:
        try:
            durable.cut_off(self._segment, self._offset)
        except OSError:
            self.notices.append(t("The unfinished line is cut off when the book is opened next"))

    def _apply(self, changes: list[Any]) -> None:
        for name, key, before, after in changes:
            if name not in self.tables:
                self.tables[name] = Rows()
            self.tables[name].put(key, after)
            self.counters[name] = max(key if key < BLOCK else 0, self.counters.get(name, 0))
            if name in self.watchers:
                self.watchers[name](key, before, after)

    def begin_snapshot(self) -> None:
        """Begin a new segment, and write the state beside the work; nothing waits for it."""
        self.finish_snapshot()
        if not self.lasting or self.damage is not None or self._failed or self.seq == self.snapshot_seq:
            return
        pieces = {name: rows.pieces() for name, rows in self.tables.items()}
        state = Mark(self.seq, self.digest, self.time, dict(self.counters))

        def save() -> None:
            try:
                self._written = write_snapshot(self.folder, pieces, state, self.sealer)
            except OSError:
                self._no_snapshot()

        self.snapshot_seq = state.seq
        self._leave_segment(state.seq + 1)
        self._saver = Thread(target=save, name="snapshot")
        self._saver.start()

    def pack_one(self) -> bool:
        """Pack the newest closed segment that lies open and for which a line on disk vouches; gives whether one was.

        Only the writer may ask. A full disk does without.
        """
        if not self._to_pack or not self.lasting or self.damage is not None or not self._offset:
            return False
        self._to_pack = False
        with suppress(OSError):
            closed_ones = [path for first, path in segments(self.folder) if first < first_of(self._segment)]
            self._to_pack = any(pack(path) for path in reversed(closed_ones) if not is_packed(path))
        return self._to_pack

    def finish_snapshot(self) -> None:
        """Wait for a snapshot that is being written."""
        if (saver := self._saver) is not None:
            saver.join()
            self._saver = None if self._saver is saver else self._saver  # who verifies asks beside who writes

    def settle(self) -> bool:
        """End the work with a snapshot where opening would take long without.

        Returns:
            Whether one waits for a line that vouches for it.
        """
        if self._offset > _SNAPSHOT_AT_END:
            self.begin_snapshot()
        self.finish_snapshot()
        return self._written is not None and not self._failed
