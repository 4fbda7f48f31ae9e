"""Lists: layouts and views kept by name, and the log of what was written out of the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from config.errors import InputError
from config.text import t
from records.domain.lists import ListExport, ListLayout, ListView
from records.domain.people.names import clean, fold, sort_key
from records.services.office import Office
from records.store.contract import JournalEntry

Named = TypeVar("Named", ListLayout, ListView)
EXPORTED, BOUND = "roster.export", "book.close"
"""Acts that say of a file that it was written: a list or paper alone, or the bound book of a year that is closed."""
_LONGEST = 60
_ACTIONS: dict[type, str] = {ListLayout: "lists.layout", ListView: "lists.view"}


@dataclass(frozen=True, slots=True)
class ExportMade:
    """One export as the journal keeps it: what was written, and the line that says who and when."""

    export: ListExport
    entry: JournalEntry


def saved(office: Office, kind: type[Named]) -> list[Named]:
    """The layouts or views of the book, in Vietnamese order of names."""
    return sorted(office.book.table(kind), key=lambda each: sort_key(each.name))


def named(office: Office, kind: type[Named], name: str) -> Named | None:
    """The layout or view of this name, whatever its accents and capitals; None when there is none."""
    exact = [each for each in saved(office, kind) if each.name == clean(name)]
    return next(iter(exact or [each for each in saved(office, kind) if fold(each.name) == fold(name)]), None)


def save(office: Office, record: Named) -> Named:
    """Keep a layout or a view under its name; one of the same name is replaced. One change.

    Raises:
        InputError: for a name that is empty or too long, or a layout without columns.
    """
    name = clean(record.name)
    if not name or len(name) > _LONGEST:
        raise InputError(
            t("“{name}” cannot be the name of it", name=name), do=t("give a name of 1 to {n} letters", n=_LONGEST)
        )
    _judge_columns(record)
    known = next((each for each in office.book.table(type(record)) if each.name == name), None)
    with office.book.change(_ACTIONS[type(record)], about=name) as change:
        record_id = known.id if known else change.new_id(type(record))
        return change.put(msgspec.structs.replace(record, id=record_id, name=name), was=known)


def _judge_columns(record: ListLayout | ListView) -> None:
    if isinstance(record, ListLayout) and not record.columns:
        raise InputError(t("A layout needs a column"), do=t("choose at least one column"))


def delete(office: Office, record: ListLayout | ListView) -> None:
    """Take a layout or a view out of the book. One change."""
    with office.book.change("lists.remove", about=record.name) as change:
        change.remove(record)


def judge_leaving(office: Office, *, sensitive: bool) -> None:
    """Refuse a file that whoever is signed in may not write, before it is drawn: what it cannot say may be sensitive.

    Raises BookError when nobody is signed in, RefusedError.
    """
    office.book.access.judge(*(("export", "sensitive", "export_sensitive") if sensitive else ("export",)))


def log_export(office: Office, export: ListExport) -> ListExport:
    """Enter that a list was written, with the book's last line at that moment (`id` empty). One change.

    Raises:
        InputError: while the book does not know its office.
        BookError: when the book cannot be written; then the list must not leave.
        RefusedError: when whoever is signed in may not write such a list.
    """
    office.judge_named(export.on)
    judge_leaving(office, sensitive=bool(export.sensitive))
    office.book.access.look(export.people, export.sensitive, export.file)
    seq, digest = office.book.head()
    about = f"{len(export.people)} · {export.file}"
    with office.book.change(EXPORTED, about=about) as change:
        entered = msgspec.structs.replace(export, id=change.new_id(ListExport), seq=seq, digest=digest)
        return change.put(entered)


def exports_made(office: Office) -> list[ExportMade]:
    """Every export, newest first. They are read from the journal: undoing an entry does not take back the file."""
    entries = [entry for action in (EXPORTED, BOUND) for entry in office.book.history(action=action)]
    entries.sort(key=lambda each: each.seq, reverse=True)
    return [ExportMade(export, entry) for entry in entries for export in exports_of(entry)]


def exports_of(entry: JournalEntry) -> list[ListExport]:
    """The exports that one entry of history tells."""
    return [after for _, after in entry.of(ListExport) if after] if entry.action in (EXPORTED, BOUND) else []


def known_columns(layout: ListLayout, known: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of a layout that this program knows, and those it does not."""
    there = tuple(key for key in layout.columns if key in known)
    return there, tuple(key for key in layout.columns if key not in known)
