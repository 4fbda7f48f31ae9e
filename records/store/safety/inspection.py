"""Reading everything a book keeps, and saying in sentences whether it is whole."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import msgspec
import orjson

from config.text import Text, t
from records.domain.kinds import from_document
from records.domain.people.person import Person
from records.store.contract import WHOLE, Problem, Report
from records.store.history import Damage
from records.store.journal.durable import sha256_of
from records.store.journal.engine import Engine
from records.store.journal.index import JournalIndex
from records.store.journal.rows import Row, Rows
from records.store.journal.segments import digest_of
from records.store.journal.snapshots import is_believed, read_base, snapshots
from records.store.safety.own_settings import by_hand_told
from records.store.safety.parts import strangers, strangers_told
from records.store.safety.vouching import altered_words, missing_words
from records.store.tables import all_read

_TOLD = 20
_NAMED_BY_CONTENT = re.compile(r".+-([0-9a-f]{16})\.\w+")
_PHOTO = re.compile(rb'"photo":("(?:[^"\\]|\\.)+")')
_FIELD = re.compile(r"(?:at `\$\.|field `)([^`]+)`")
_MARK = re.compile(r"(?<![\w.])(\d[\d.,\u00a0\u202f]*)\W+([0-9a-f]{8,64})\b", re.IGNORECASE)


class Opened(Protocol):
    """A book as it is open: what it shows, and where it lies."""

    path: Path
    kinds: Mapping[type, tuple[str, str]]
    upto: int | None
    behind: Text | None
    engine: Engine
    index: JournalIndex


def inspect(book: Opened, mark: str = "", *, deep: bool = False) -> Report:
    """Hold every byte that the book keeps against what the chain of its journal remembers of it.

    Closed segments are hashed whole, against what a later line says of them; only lines that none vouches for yet are
    read. What is shown must be the newest snapshot, for which a line vouches as well, with those lines upon it.

    Args:
        book: open, its closed segments hashed.
        mark: small print of a paper to be held against the book, or nothing.
        deep: read every line as well, and rebuild the records from the first. So are a damaged book, to find the
            line, and the past of one.

    Raises:
        OSError: when a file cannot be read.
    """
    deep = deep or book.engine.problem is not None or book.upto is not None
    rebuilt = Engine(book.path, upto=None if book.engine.problem else book.engine.seq, from_first=deep)
    problem = rebuilt.judge_closed(workers=os.cpu_count() or 1) or book.engine.problem
    lines = [] if problem is not None and not deep else [_proven(rebuilt.seq, deep=deep)]
    lines += _remarks(book, rebuilt.source)
    problems = _differences(book, rebuilt) if problem is None else [problem]
    if book.behind is not None:
        problems.append(Problem("", book.behind))
    problems += _mark_problems(book, mark)
    problems += _altered_files(book.path)
    strange = _strange(book)
    problems += strange[:_TOLD]
    if len(strange) > _TOLD:
        problems.append(Problem("", t("… and {n} more records", n=len(strange) - _TOLD)))
    return _report(lines, problems, marked=bool(mark))


def _proven(seq: int, *, deep: bool) -> Text:
    if deep:
        return t("Read {n} changes from the first to the last", n=seq)
    return t("All {n} changes lie on the disk as they were written, byte by byte", n=seq)


def _report(lines: list[Text], problems: list[Problem], *, marked: bool) -> Report:
    if problems:
        way_out = t("The book is damaged: see “book repair”, or restore a backup with “book restore”")
        return Report(whole=False, lines=(*lines, *(each.what for each in problems), way_out), problems=tuple(problems))
    if marked:
        lines.append(t("The mark is of this book, and everything up to that change stands as it did"))
    return Report(whole=True, lines=(*lines, WHOLE))


def _remarks(book: Opened, read: Path | None) -> Iterator[Text]:
    """What is worth knowing and takes nothing from the book; one snapshot was just `read`, and so believed."""
    # A snapshot only saves time: the journal tells all that is in it.
    for path in snapshots(book.path):
        if path != read and not is_believed(book.path, path):
            yield t("Snapshot {name} is damaged; nothing is lost, and “book repair” sets it aside", name=path.name)
    base = read_base(book.path)
    if base.seq:
        yield t(
            "The history up to change {seq} was damaged once; the records go on from the state after it", seq=base.seq
        )
    yield from strangers_told(strangers(book.path))
    if book.index.found_damaged():
        yield t("The index of the history was not what the journal tells; it is made anew")
    if book.upto is None:
        yield from by_hand_told(book.engine.changed_settings())


def damage_problem(damage: Damage) -> Problem:
    """Where a journal breaks, as a sentence, with the file."""
    words = altered_words(damage.name, damage.after) if damage.name else missing_words(damage.after + 1)
    return Problem(damage.name, words)


def _differences(book: Opened, rebuilt: Engine) -> list[Problem]:
    """Where the state rebuilt from the disk differs from what the book shows: its last line, or tables."""
    seq, shown = rebuilt.seq, book.engine.seq
    if (seq, rebuilt.digest) != (shown, book.engine.digest):
        what = t("The journal ends at change {seq}, the book shows change {shown}", seq=seq, shown=shown)
        return [Problem("", what)]
    none = Rows()
    names = {*rebuilt.tables, *book.engine.tables}
    return [
        Problem("", t("Table {name} is not what the journal tells", name=name))
        for name in sorted(names)
        if not rebuilt.tables.get(name, none).same_as(book.engine.tables.get(name, none))
    ]


def _strange(book: Opened) -> list[Problem]:
    """Records that this program cannot read, and photos that a record names and that are not there."""
    unread: list[Problem] = []
    photos: set[str] = set()
    for kind, (table, _) in book.kinds.items():
        for rows in book.engine.tables.get(table, Rows()).told():
            if isinstance(rows, dict) or not all_read(rows, kind):
                decoded = rows if isinstance(rows, dict) else orjson.loads(rows)
                unread += _unread(kind, table, decoded)
            if kind is Person:
                photos |= _photos(rows)
    there = {path.name for path in (book.path / "files").glob("*") if path.is_file()}
    missing = [
        Problem(f"files/{name}", t("The file {name} is missing: bring it back from a backup", name=name))
        for name in sorted(photos - there)
    ]
    return [*missing, *unread]


def _photos(rows: dict[int, Row] | bytes) -> set[str]:
    """The photos that people name, whose records are decoded or lie there as JSON."""
    if isinstance(rows, dict):
        return {str(row["photo"]) for row in rows.values() if row.get("photo")}
    # A quotation mark inside of a text has a backslash before it, so no text looks like this.
    return {orjson.loads(text) for text in _PHOTO.findall(rows)} if b'"photo":"' in rows else set()


def _unread(kind: type, table: str, rows: Mapping[Any, Row]) -> Iterator[Problem]:
    for key, row in rows.items():
        try:
            from_document(row, kind)
        except (msgspec.ValidationError, ValueError) as error:
            name = str(row.get("id", f"{table}/{key}"))
            yield Problem(name, _unread_words(name, error))


def _unread_words(name: str, error: Exception) -> Text:
    """Which record, and where in it the library found what it could not read; its own words are English."""
    if match := _FIELD.search(str(error)):
        return t("Record {id} cannot be read: this program does not know what “{field}” holds", id=name, field=match[1])
    return t("Record {id} cannot be read: it is not as this program writes records", id=name)


def _altered_files(folder: Path) -> list[Problem]:
    """Files of the book, such as photos, that are not what their names say."""
    problems = []
    for path in sorted((folder / "files").glob("*")):
        match = _NAMED_BY_CONTENT.fullmatch(path.name)
        if match and path.is_file() and sha256_of(path)[0].hex()[:16] != match[1]:
            what = t("The file {name} is not what was kept: bring it back from a backup", name=path.name)
            problems.append(Problem(f"files/{path.name}", what))
    return problems


def _mark_problems(book: Opened, mark: str) -> list[Problem]:
    if not mark:
        return []
    found = list(_MARK.finditer(mark))
    if not found:
        return [Problem("", t("“{mark}” names no change and no digest, as papers of this program do", mark=mark))]
    seq, digest = int(re.sub(r"\D", "", found[-1][1])), found[-1][2].lower()
    last = book.engine.seq
    if seq > last:
        return [
            Problem("", t("The paper speaks of change {seq}, the book ends with change {last}", seq=seq, last=last))
        ]
    if not digest_of(book.path, seq).startswith(digest):
        return [Problem("", t("Change {seq} of this book is not the one the paper speaks of", seq=seq))]
    return []
