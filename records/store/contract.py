"""What the services need of a book. Any engine that keeps to this can stand in its place; its tests are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

import msgspec

from config.text import Text, t
from records.domain.access.accounts import ActRight
from records.domain.access.looking import Look
from records.domain.years.closing import Correction
from records.store.conditions import Condition

T = TypeVar("T")

WHOLE = t("The book is whole")
Changed = tuple[str, int, dict[str, Any] | None, dict[str, Any] | None]
"""Table, number, document before, document after; None where there is none."""


class Problem(NamedTuple):
    """Something that is not as it was written: the file, and what is wrong with it."""

    where: str
    what: Text


class Report(msgspec.Struct, frozen=True):
    """What was found: sentences, and whether all is well.

    Attributes:
        whole: the journal is unbroken from the first line to the last, vouches for every file, and tells what the book
            shows; and the book is a later state of the one last seen here.
        lines: what was read, what is wrong, and the way out.
        problems: what is wrong, each with the file it is in.
    """

    whole: bool
    lines: tuple[Text, ...]
    problems: tuple[Problem, ...] = ()


class JournalEntry(Protocol):
    """One change as history tells it."""

    @property
    def seq(self) -> int:
        """Its number, one more than that of the change before."""

    @property
    def time(self) -> str:
        """When, to the second, with its zone, as text."""

    @property
    def actor(self) -> str:
        """Who did it."""

    @property
    def action(self) -> str:
        """What was done, as a code."""

    @property
    def about(self) -> str:
        """A short plain text for people."""

    @property
    def undoes(self) -> int | None:
        """The change it takes back, or None."""

    @property
    def records(self) -> int:
        """How many records it changed."""

    @property
    def changes(self) -> Sequence[Changed]:
        """What it changed, to be shown."""

    def of(self, kind: type[T]) -> Sequence[tuple[T | None, T | None]]:
        """The records of one kind that it changed: each before and after, None where there was none."""


class Repository(Protocol[T]):
    """The records of one kind, in the order of their numbers. What it gives is frozen."""

    def get(self, record_id: str) -> T | None:
        """The record with this id, or None."""

    def glance(self, record_id: str) -> T | None:
        """Like `get`, of a table too large for memory: neither the record nor its neighbours stay there."""

    def glances(self, ids: Iterable[str] | None = None) -> Iterator[T]:
        """Every record, or those with these ids of now, in the order of numbers; they do not stay in memory."""

    def columns(self, *names: str, late: tuple[str, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """These fields of every record, in the order of numbers; the records are neither made nor kept.

        Of those that are `late`, the text may come as it is kept: whoever needs one of them reads it then.
        """

    def __getitem__(self, record_id: str) -> T:
        """The record with this id. Raises InputError when there is none."""

    def where(self, **equals: str) -> list[T]:
        """Records whose fields equal these texts."""

    def matching(self, *conditions: Condition) -> list[T]:
        """Records that meet every condition."""

    def all(self) -> list[T]:
        """Every record."""

    def __iter__(self) -> Iterator[T]: ...

    def __len__(self) -> int: ...


class UnitOfWork(Protocol):
    """One act in the making."""

    def new_id(self, kind: type) -> str:
        """An id that was never used and never will be again."""

    def put(self, record: T, *, was: T | None = None) -> T:
        """Enter or replace a record. Raises ConflictError when something else than `was` is there.

        Args:
            record: what shall be there.
            was: the record that it replaces, as it was read; None for one that is new.
        """

    def held(self, kind: type[T], record_id: str) -> T | None:
        """The record as this act has left it so far, or None."""

    def recode(self, new: str) -> None:
        """Let every id of the book begin with the code `new`, wherever it stands; done before anything else is put."""

    def remove(self, record: Any) -> None:
        """Take a record out, as it was read. Raises ConflictError when it is another now."""


class Files(Protocol):
    """Named files that a book keeps beside its records: photos and keys, or the office's own settings."""

    @property
    def folder(self) -> Path:
        """Where they lie, for who reads many at once, and to be named to people. Nobody writes there but this."""

    def read(self, name: str) -> bytes | None:
        """What the file holds; None when there is none. Raises OSError."""

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all, so that it lasts. Raises OSError."""

    def remove(self, name: str) -> None:
        """Take a file away, if it is there. Raises OSError."""

    def names(self, under: str, ending: str) -> list[str]:
        """Names of the files in one folder among them, or outside of all (empty), that end like this, in order."""


class Access(Protocol):
    """Rights in a book; without accounts everybody may everything, and nothing of it is noted."""

    @property
    def stands(self) -> bool:
        """Whether the book has accounts."""

    @property
    def name(self) -> str:
        """Who is signed in; empty when nobody is."""

    def may(self, act: ActRight) -> bool:
        """Whether whoever is signed in may do this."""

    def who_may(self, act: ActRight) -> list[str]:
        """Names of those who may."""

    def judge(self, *acts: ActRight) -> None:
        """Refuse what whoever is signed in may not do.

        Raises:
            BookError: when nobody is signed in, or the account was taken away.
            RefusedError: that says who may.
        """

    def judge_some(self) -> None:
        """Refuse whoever may do nothing but look. Raises as `judge`."""

    def look(self, people: Sequence[str], fields: Sequence[str], door: str) -> None:
        """Note that sensitive fields of people are looked at, before they are shown; refused without the right.

        Raises as `judge`, and BookError when it cannot be noted.
        """

    def looks(self) -> Iterator[Look]:
        """Every look, the oldest first."""

    def forget(self, person_id: str) -> None:
        """Destroy the own key of a person, once what it sealed is out of the records; a line must follow.

        Raises:
            InputError: in a book that is not sealed: nothing can be forgotten there.
            BookError, RefusedError: as `judge`, or when the keys cannot be written.
        """

    def keep_in_step(self, *, founding: bool = False) -> object:
        """To be called when the book got accounts, or another key; `founding`: before the line of the first account.

        Raises BookError when it cannot be written.
        """


class Store(Protocol):
    """A book: typed records, one acknowledged change for each act, history, undo and redo.

    A change that touches a closed year is refused, by whatever door: `change`, `undo` and `redo` raise ClosedYearError.

    Attributes:
        correction: the decision by which what touches a closed year is done from now on, `id` empty; None: by none. A
            change that needs it has it in its line.
    """

    correction: Correction | None

    @property
    def access(self) -> Access:
        """Who is signed in and may what; and the log of who looked at sensitive fields."""

    @property
    def path(self) -> Path:
        """Where the book lies: for what is done to it as a whole (backup, restore, repair), and to be named."""

    @property
    def sealed(self) -> bool:
        """Whether what it keeps is sealed, so that it opens by a passphrase."""

    @property
    def id(self) -> str:
        """What tells this book from every other, even from a copy of it: 32 hex digits."""

    @property
    def ancestors(self) -> tuple[str, ...]:
        """Ids of the books that it was made from, as far as it tells: a backup brought back, a book handed over."""

    def row_of(self, record_id: str) -> int:
        """Number of the row where a record with this id lies or would lie; 0 for what is no id."""

    @property
    def office(self) -> str:
        """Code of the office, with which its ids begin."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that its ids began with, the one in use first; by each of them a record is found."""

    @property
    def actor(self) -> str:
        """Who works, as the journal names them."""

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed in this opening."""

    @property
    def upto(self) -> int | None:
        """The change after which the book is shown, or None for the newest."""

    @property
    def notices(self) -> list[Text]:
        """What the reader should know about this opening."""

    @property
    def damage(self) -> Text | None:
        """What is wrong with the book, or None. A damaged book is only read."""

    @property
    def behind(self) -> Text | None:
        """Why the book is not a later state of the one last seen here, or None."""

    @property
    def files(self) -> Files:
        """Files that records name: photos, and the keys for seals."""

    @property
    def settings(self) -> Files:
        """The office's own files of settings."""

    def table(self, kind: type[T]) -> Repository[T]:
        """The records of one kind."""

    def change(self, action: str, *, about: str = "") -> AbstractContextManager[UnitOfWork]:
        """What is put in this block happens as one change when it ends well, or not at all.

        Raises:
            BookError: when the book cannot be written.
        """

    def note(self, action: str, *, about: str) -> None:
        """Have history tell something that changes no record. Raises BookError when the book cannot be written."""

    def accept_settings(self) -> Sequence[str]:
        """Take over settings that were changed outside the program, with a line; gives their names.

        Raises:
            BookError: when the book cannot be written, or they cannot be read.
        """

    def head(self) -> tuple[int, str]:
        """Number and hash of the last change."""

    def changes_since(self, seq: int) -> tuple[int, Sequence[Changed] | None]:
        """The last change, and what those after `seq` changed, oldest first.

        None in place of the changes: they are not at hand, and who follows the book reads it anew. What is read after
        asking may hold later changes too, and hears of them once more.
        """

    def recall(self, name: str) -> bytes | None:
        """What was kept under a name for the book as it is now, or None."""

    def at_close(self, name: str, made: Callable[[Store], bytes | None]) -> None:
        """Keep under a name, for the next opening, what `made` gives when the last change is written, if anything."""

    def counts(self) -> dict[str, int]:
        """Records in each table."""

    def history(
        self, *, record: str = "", actor: str = "", day: str = "", action: str = "", limit: int | None = None
    ) -> Sequence[JournalEntry]:
        """Changes, newest first: all, or those that touch a record or one that names it, of a person, day or act."""

    def lost_history(self) -> int:
        """The last change of which the history is lost; 0 where all of it is there."""

    def seq_at(self, day: date) -> int:
        """The last change made on `day` or before; 0 when there was none yet."""

    def next_undo(self) -> JournalEntry:
        """The newest change that stands. Raises ConflictError when there is none."""

    def next_redo(self) -> JournalEntry:
        """The newest undo that nothing followed. Raises ConflictError when there is none."""

    def undo(self, seq: int | None = None) -> JournalEntry:
        """Reverse a change by a new one. Raises ConflictError when a later change stands on it."""

    def redo(self) -> JournalEntry:
        """Reverse the newest undo. Raises ConflictError when something was done since."""

    def settled(self) -> Store:
        """Wait until what is looked at behind the opening is known; gives the book.

        One that is found damaged then is only read from then on; nothing is written before.
        """

    def refresh(self) -> bool:
        """Read what another program wrote since; True if there was anything."""

    def verify(self, mark: str = "", *, deep: bool = False) -> Report:
        """Read everything the book keeps, and say in sentences whether it is whole. Raises OSError.

        Args:
            mark: small print of a paper that names a change of this book, to be held against it.
            deep: rebuild every record from the first change as well, which takes longer.
        """

    def close(self) -> None:
        """Give the book back."""
