"""The book of an office: typed tables, one journal line for each act, undo, history, one writer."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from threading import RLock, Thread
from time import monotonic
from types import TracebackType
from typing import Any, Self, TypeVar
from weakref import proxy

from msgspec.structs import replace

from config.errors import BookError, ConflictError
from config.i18n import tr
from config.reasons import system_reason
from config.text import Text, t
from records.domain.kinds import KINDS, LOGS, encoded
from records.domain.years.closing import Correction, YearMark
from records.store.about import ancestors_of, lay_out, read_about, unreadable
from records.store.access.access import Access
from records.store.access.looks import Looks
from records.store.access.newest import newest_gate
from records.store.access.rights import ACCOUNTS
from records.store.caches import read_cache, write_cache
from records.store.change import Change, planned
from records.store.codes import every_name, row_of, told_by
from records.store.contract import Problem, Report, Store
from records.store.files import BookFiles
from records.store.history import REDO, STATE, UNDO, Entry, History, redoable, undoable
from records.store.journal.caretaker import Caretaker
from records.store.journal.engine import DocumentChange, Engine, Planned
from records.store.journal.index import JournalIndex
from records.store.journal.lock import WriterLock
from records.store.journal.moments import moment
from records.store.journal.snapshots import base_mark
from records.store.safety.opening import clock_behind, keep_in_step, made_of_today, take
from records.store.safety.own_settings import by_hand_told
from records.store.safety.parts import strangers, strangers_told
from records.store.safety.rollback_guard import Head, RollbackGuard, behind
from records.store.sealing.forgetting import forget_in
from records.store.sealing.ring import Ring
from records.store.sealing.unlocking import sealer_of
from records.store.tables import Documented, Records
from records.store.turn import Turn

T = TypeVar("T")
Clock = Callable[[], datetime]
ACCEPTED, SETTINGS_ACCEPTED = "book.accept", "config.by_hand"
_YEAR_MARKS = KINDS[YearMark].table
_CHANGES_BEHIND, _SECONDS_BEHIND = 20, 60.0
"""How far the head outside may be behind while the book is worked in: whichever comes first."""


class Book(Documented):
    """A folder `NAME.sovang`. Open it with `create` or `open`, and close it (or use it as a context).

    Attributes:
        behind: why the book is not a later state of the one last seen here, or None.
        upto: the line after which the book is shown, or None for the newest.
        correction: the decision by which what touches a closed year is done from now on; None: by none.
        access, looks: who may what, and who looked at what.
    """

    def __init__(
        self,
        path: Path,
        *,
        actor: str,
        kinds: Mapping[type, tuple[str, str]],
        now: Clock,
        upto: int | None,
        harm: Problem | None = None,
    ) -> None:
        about = read_about(path)
        self.path, self.login, self.kinds, self.now = path, actor, kinds, now
        sealer = sealer_of(path)
        self.sealed = sealer is not None
        self.files, self.settings = BookFiles(path / "files", sealer), BookFiles(path / "config", sealer)
        self.id, self.ancestors = str(about.get("id", "")), ancestors_of(about)
        try:
            self.engine = Engine(path, upto=upto, old=harm is not None)
            self.engine.problem = self.engine.problem or harm
            gate = self.engine.gate if upto is None else newest_gate(path)
        except OSError as error:
            raise unreadable(path, error) from None
        self.looks, me = Looks(path, gate, sealer, now), proxy(self)  # what a book holds does not hold the book
        in_step = lambda new: keep_in_step(me, founding=new)  # noqa: E731
        self.access, self.upto = Access(gate, self.looks, lambda number: forget_in(me, number), in_step), upto
        self.read_only = True
        self.behind: Text | None = None
        self.correction: Correction | None = None
        self.index = JournalIndex(path, writable=os.access(path, os.W_OK), sealer=sealer)
        self._history = History(path, self.engine, self.index)
        self._codes, self.blocks = told_by(self.engine, str(about["office"]))
        self._lock = WriterLock(path)
        self._heads = RollbackGuard(None)
        self.turn = Turn()
        self._tables: dict[type, Records[Any]] = {}
        self._at_close: dict[str, Callable[[Store], bytes | None]] = {}
        self._check: Thread | None = None
        self._late, self._settling = list[Text](), RLock()  # notices for when that check has ended
        self._caretaker: Caretaker | None = None
        self._kept = (0, monotonic())

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        office: str,
        actor: str,
        kinds: Mapping[type, tuple[str, str]] = KINDS,
        now: Clock = datetime.now,
        heads: RollbackGuard | None = None,
        lasting: bool = True,
        ring: Ring | None = None,
    ) -> Self:
        """Make a book in a new or empty folder; one that is not `lasting` is thrown away soon, and saves its effort.

        With a ring of keys, which this process has unlocked, it is a sealed one.

        Raises:
            BookError: where there is something already.
        """
        lay_out(path, office=office, now=now(), ring=ring)
        book = cls.open(path, actor=actor, kinds=kinds, now=now, heads=heads)
        book.engine.lasting = lasting
        return book

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        actor: str,
        read_only: bool = False,
        kinds: Mapping[type, tuple[str, str]] = KINDS,
        now: Clock = datetime.now,
        heads: RollbackGuard | None = None,
        accept: bool = False,
        upto: int | None = None,
    ) -> Self:
        """Open a book for writing, or for reading beside a writer; one of an older program is made a new one first.

        Args:
            path: the folder.
            actor: who works, as the journal names them.
            read_only: leave the book to another writer.
            kinds: what the tables hold.
            now: the clock.
            heads: where the heads of books are kept outside.
            accept: write in a book that is older than the head outside, and take it for the right one.
            upto: show the book as it was after this line; it is read only then.

        Raises:
            BookError: when the folder is no book, or another program is writing it.
        """
        harm = made_of_today(path, actor=actor, now=now)
        writable = harm is None and not read_only and upto is None and os.access(path, os.W_OK)
        lock = WriterLock(path)
        if writable:
            take(lock, path, actor, now())
        try:
            book = cls(path, actor=actor, kinds=kinds, now=now, upto=upto, harm=harm)
            book._lock, book._heads = lock, heads or RollbackGuard(None)  # its own class
            book._settle(writable=writable, asked=harm is None and not read_only and upto is None, accept=accept)
        except BaseException:
            lock.release()
            raise
        return book

    def _settle(self, *, writable: bool, asked: bool, accept: bool) -> None:
        known = self._heads.known(self.id)
        if asked and not writable:
            self.notices.append(t("The book can only be read: its folder is not writable"))
        self.notices.extend(strangers_told(strangers(self.path)))
        if self.upto is None:
            newest = max(self.engine.time, self.looks.last())
            self.notices.extend([*self._heads.damaged(self.id), *clock_behind(newest, moment(self.now()))])
            self.behind = behind(self.path, self.engine.seq, known)
            self.notices.extend(by_hand_told(self.engine.changed_settings()))
            self._check = Thread(target=self._look_whole, name="hash", daemon=True)
            self._check.start()
        accepted, self.behind = (self.behind, None) if accept and writable else (None, self.behind)
        self.notices.extend(wrong for wrong in (self.damage, self.behind) if wrong is not None)
        if self.damage is not None or self.behind is not None:
            self._lock.release()
            return
        if writable:
            self.read_only = False
            self.engine.set_torn_aside()
            if accepted is not None:
                self.judge_writable()
                self.access.judge_keeper(known.keepers if known else ())
                self._write(ACCEPTED, [], about=tr(accepted), empty=True)
            keep_in_step(self)
            self._keep_head()

    def _look_whole(self) -> None:
        try:
            self.engine.judge_closed()
        except OSError as error:
            self.engine.problem = Problem("", t("The journal cannot be read: {reason}", reason=system_reason(error)))
        if self.engine.sealer is not None:
            from records.store.safety.inspection import damaged_keys  # noqa: PLC0415  # few books are sealed

            self._late.extend(each.what for each in damaged_keys(self.path, self.engine))

    def settled(self) -> Self:
        """Wait until closed segments and files of keys have been hashed, which begins at opening; gives the book.

        A book in which a segment is not what the chain remembers is damaged, and only read from then on. Nothing is
        written before this is known.
        """
        if self._check is None:
            return self
        with self._settling:  # whoever asks meanwhile waits as well
            check = self._check
            if check is not None:
                check.join()
                self.notices.extend(self._late)
                if self.damage is not None and not self.read_only:
                    self.notices.append(self.damage)
                    self.read_only = True
                    self._lock.release()
                self._check = None  # last: nobody passes by above before all of this is so
        return self

    def _keep_head(self) -> None:
        self._kept = (self.engine.seq, monotonic())
        head = Head(*self.head(), moment(self.now()), tuple(self.access.keepers()))
        self._heads.keep(self.id, head, office=self.office, path=self.path)

    def _take_care(self) -> None:
        """Done every second while the book is worked in: head outside and index follow, closed segments are packed."""
        if self._kept[0] < self.engine.seq and monotonic() - self._kept[1] > _SECONDS_BEHIND:
            with suppress(ConflictError), self.turn.held():
                self._keep_head()
        if self.index.follow(self.engine.seq):
            self.engine.pack_one()

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that ids of this book began with, the one in use first."""
        return self._codes()

    def row_of(self, record_id: str) -> int:
        """Number of the row where a record with this id lies or would lie; 0 for what is no id."""
        return row_of(record_id, self.blocks())

    @property
    def office(self) -> str:
        """The code that ids of this book begin with."""
        return self.codes[0]

    @property
    def actor(self) -> str:
        """Who works, as the journal names them: who signed in, else who is at the keyboard."""
        return self.access.name or self.login

    @property
    def notices(self) -> list[Text]:
        """What the reader should know about this opening."""
        return self.engine.notices

    @property
    def damage(self) -> Text | None:
        """What is wrong with the book, or None. A damaged book can be read up to the damage."""
        return self.engine.damage

    def table(self, kind: type[T]) -> Records[T]:
        """The records of one kind."""
        if kind not in self._tables:
            with self.engine.lock:  # of two made at once one would never hear of a change
                if kind not in self._tables:
                    name, me = self.kinds[kind][0], proxy(self)
                    database = lambda: me.database  # noqa: E731
                    self._tables[kind] = Records(self.engine, kind, name, database, self._codes, self.blocks)
        return self._tables[kind]

    def change(self, action: str, *, about: str = "") -> Change:
        """Everything put or removed in this block becomes one line of the journal, or nothing does.

        Raises:
            BookError: when the book cannot be written, as the block begins or ends.
        """
        return Change(self, partial(self._write, action, about=about))

    def judge_writable(self) -> None:
        """Raises BookError when the book may not be written; waits until it is known to be whole."""
        if self._check is not None:
            self.settled()
        self.engine.judge_writable()
        if self.read_only:
            do = t("close it elsewhere and open it again")
            raise BookError(t("The book is open for reading only"), where=str(self.path), do=do)

    def _write(
        self,
        action: str,
        changes: Sequence[Planned],
        *,
        about: str = "",
        undoes: int | None = None,
        empty: bool = False,
        office: str = "",
    ) -> None:
        if not changes and not empty:
            return
        if self.read_only:  # given back by another thread while this one waited for its turn
            self.judge_writable()
        if _YEAR_MARKS in self.engine.tables:  # most books have no closed year
            changes, about = self._by_decision(changes, about, office or self.office)
        now = moment(self.now())
        body: dict[str, Any] = {"time": now, "actor": self.login, "action": action, "about": about}
        if ACCOUNTS in self.engine.tables:
            body |= self.access.told_by_line(self.login)
        if undoes is not None:
            body["undoes"] = undoes
        before = self.engine.time
        self.engine.commit(body, changes)
        if "looks" in body:
            self.access.remembers(body["looks"])
        if before > now and (told := clock_behind(before, now)):
            self.notices.extend(each for each in told if each not in self.notices)
        if self._caretaker is None and self.engine.lasting and action != STATE:
            self._caretaker = Caretaker(self._take_care)
        if self.engine.seq - self._kept[0] >= _CHANGES_BEHIND and self._heads:
            self._keep_head()

    def _by_decision(self, changes: Sequence[Planned], about: str, office: str) -> tuple[Sequence[Planned], str]:
        """A line with the decision of correction that lets it touch a closed year, where it does, by the `office`."""
        from records.store.closed_years import judge_years  # noqa: PLC0415  # no opening needs it

        used = judge_years(changes, self.engine.rows, self.correction)
        if used is None:
            return changes, about
        table, letter = KINDS[Correction]
        number = self.engine.counters.get(table, 0) + 1
        entered = encoded(replace(used, id=f"{office}-{letter}-{number:05d}"))
        told = t("{about} · by decision {number} of {day}", about=about, number=used.number, day=used.day)
        return [*changes, (table, number, None, entered)], tr(told)

    def _record_plain(self, changes: list[DocumentChange], about: str) -> None:
        self.judge_writable()
        with self.turn:
            self._write("table.write", planned(changes), about=about)

    def note(self, action: str, *, about: str) -> None:
        """Write a line that changes no record, to be remembered. Raises BookError when the book cannot be written."""
        self.judge_writable()
        with self.turn:
            self._write(action, [], about=about, empty=True)

    def accept_settings(self) -> list[str]:
        """Take over settings that were changed outside the program, with a line; gives their names.

        Raises:
            BookError: when the book cannot be written, or they cannot be read.
        """
        self.judge_writable()
        with self.turn:
            self.judge_writable()  # before anything is sealed
            names = self.engine.changed_settings()
            if names:
                for name in names:  # in a sealed book they are sealed by it
                    if self.engine.sealer is not None and (content := self.settings.read(name)) is not None:
                        self.settings.write(name, content)
                self.engine.take_settings()
                self._write(SETTINGS_ACCEPTED, [], about=", ".join(names), empty=True)
        return names

    def head(self) -> tuple[int, str]:
        """Number and hash of the last line."""
        return self.engine.seq, self.engine.digest

    def changes_since(self, seq: int) -> tuple[int, Sequence[DocumentChange] | None]:
        """The last line, and what the lines after `seq` changed, oldest first; None when that is not at hand."""
        return self.engine.changes_since(seq)

    def recall(self, name: str) -> bytes | None:
        """What was kept under a name for the book as it is now, or None."""
        return read_cache(self.path, name, self.head(), self.engine.sealer)

    def at_close(self, name: str, made: Callable[[Store], bytes | None]) -> None:
        """Keep under a name, for the next opening, what `made` gives when the last change is written, if anything."""
        self._at_close[name] = made

    def _keep_caches(self) -> None:
        for name, made in self._at_close.items():
            with suppress(OSError):  # it only saves time
                content = None if self.recall(name) is not None else made(self)
                if content is not None:
                    write_cache(self.path, name, self.head(), content, self.engine.sealer)

    def counts(self) -> dict[str, int]:
        """Records in each table."""
        return {name: len(rows) for name, rows in self.engine.tables.items()}

    def history(
        self, *, record: str = "", actor: str = "", day: str = "", action: str = "", limit: int | None = None
    ) -> list[Entry]:
        """Changes, newest first: all, or those that touch a record or one that names it, of a person, day or act."""
        records = every_name(record, self.codes) if record else ()
        return list(islice(self._history.entries(records=records, actor=actor, day=day, action=action), limit))

    def lost_history(self) -> int:
        """The last change of which the history cannot be told any more, since the beginning of the journal was lost."""
        return base_mark(self.path)[0]

    def seq_at(self, day: date) -> int:
        """The last line written on `day` or before; 0 when there was none yet."""
        return self.index.last_of_day(day.isoformat(), self.engine.seq)

    def next_undo(self) -> Entry:
        """The newest change that stands. Raises ConflictError when there is none."""
        return undoable(self._history.entries(), LOGS)

    def next_redo(self) -> Entry:
        """The newest undo that nothing followed. Raises ConflictError when there is none."""
        return redoable(self._history.entries())

    def undo(self, seq: int | None = None) -> Entry:
        """Reverse change `seq`, or the newest that stands, by a new line. Raises ConflictError as the contract says."""
        with self.turn.held():
            return self._reverse(self.next_undo() if seq is None else self._history.entry(seq), UNDO)

    def redo(self) -> Entry:
        """Reverse the newest undo. Raises ConflictError when something else was done since."""
        with self.turn.held():
            return self._reverse(self.next_redo(), REDO)

    def _reverse(self, entry: Entry, action: str) -> Entry:
        self.judge_writable()
        if entry.actor != self.actor:
            self.access.judge("undo_others")
        with self.turn:
            self._write(action, planned(self._history.reverse(entry, LOGS)), about=entry.about, undoes=entry.seq)
        return self._history.entry(self.engine.seq)

    def refresh(self) -> bool:
        """Read what another program wrote since; True if there was anything."""
        return self.read_only and self.upto is None and self.engine.read_on() > 0

    def verify(self, mark: str = "", *, deep: bool = False) -> Report:
        """Read everything the book keeps, and say in sentences whether it is whole; see `inspect`."""
        from records.store.safety.inspection import inspect  # noqa: PLC0415  # no opening needs it

        self.settled()
        self.engine.finish_snapshot()
        return inspect(self, mark, deep=deep)

    def snapshot(self) -> None:
        """Write the state as a file that opens fast, that TinyDB itself can open too; the next change vouches."""
        with self.turn:
            self.judge_writable()
            self.engine.begin_snapshot()
            self.engine.finish_snapshot()

    def close(self) -> None:
        """Give the book back."""
        self.settled()
        self._stop_caretaker()
        if not self.read_only:
            with self.turn.held():
                with suppress(BookError):  # without the line the snapshot is not believed, and nothing else is lost
                    if self.engine.settle():
                        self._write(STATE, [], empty=True)
                self._keep_head()
                self.engine.pack_one()
                self.index.follow(self.engine.seq, leaving=True)
                self._keep_caches()
                self.read_only = True
        self._stop_caretaker()  # a change that came in between had one begin
        self.engine.close()
        self.index.close()
        self._lock.release()

    def _stop_caretaker(self) -> None:
        if self._caretaker is not None:
            self._caretaker.stop()
            self._caretaker = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
