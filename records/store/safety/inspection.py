"""Reading everything a book keeps, and saying in sentences whether it is whole."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import msgspec
import orjson

from config.errors import BookError
from config.plain import visible
from config.sealed import MAGIC
from config.text import Text, t
from records.domain.awards.dossiers import DossierFile
from records.domain.kinds import from_document
from records.domain.people.person import Person
from records.store.about import read_about
from records.store.access.looks import Looks
from records.store.contract import WHOLE, Problem, Report
from records.store.files import BookFiles
from records.store.history import Damage, whole_chain
from records.store.journal.chain import BrokenLineError, hash_in, unseal
from records.store.journal.durable import sha256_of
from records.store.journal.engine import Engine
from records.store.journal.index import JournalIndex
from records.store.journal.rows import Row, Rows
from records.store.journal.segments import line_of
from records.store.journal.snapshots import base_mark, is_believed, snapshots
from records.store.safety.own_settings import by_hand_told, changed_by_hand, torn, torn_words
from records.store.safety.parts import below, linked, linked_words, strangers, strangers_told
from records.store.safety.rollback_guard import no_newest
from records.store.safety.vouching import about_problem, altered_words, end_problem, is_whole, missing_words
from records.store.sealing.mending import OUTDATED, opens_the_end, outdated
from records.store.sealing.persons import FILES as PERSON_KEYS
from records.store.sealing.persons import damaged_person_keys, erased, holds_own
from records.store.sealing.ring import FILES as RING
from records.store.sealing.ring import damaged_files
from records.store.sealing.sealer import NotOpenedError, Sealer
from records.store.sealing.unlocking import ring_id
from records.store.tables import all_read

_TOLD = 20
NAMED_BY_CONTENT = re.compile(r".+-([0-9a-f]{16})\.\w+")
_FILE_FIELDS: Mapping[type, str] = {Person: "photo", DossierFile: "file"}
"""Kind of record -> its field that names a file of the book."""
_PICTURE = re.compile(rb"[\w.-]+-[0-9a-f]{16}\.png")
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
    looks: Looks


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
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # only who verifies needs it

    rebuilt = Engine(book.path, upto=None if book.engine.problem else book.engine.seq, from_first=deep)
    with ThreadPoolExecutor(1) as beside:  # hashing leaves room for what is looked at meanwhile
        hashed = beside.submit(rebuilt.judge_closed, workers=os.cpu_count() or 1)
        missing, unread = _strange(book)
        remarks = list(_remarks(book, rebuilt.source))
    problem = hashed.result() or book.engine.problem
    lines = [] if problem is not None and not deep else [_proven(rebuilt.seq, deep=deep)]
    lines += remarks
    problems = _differences(book, rebuilt) if problem is None else [problem]
    if book.behind is not None:
        problems.append(Problem("", book.behind))
    problems += _mark_problems(book.path, book.engine.seq, mark, book.engine.sealer)
    problems += [*_unheld(book.path), *_altered_files(book.path, book.engine.sealer)]
    problems += damaged_keys(book.path, book.engine)
    problems += [*book.looks.problems(rebuilt.gate.looks), *rebuilt.gate.unproven()]
    problems += _torn_settings(book)
    problems += [*missing, *unread[:_TOLD]]
    if len(unread) > _TOLD:
        problems.append(Problem("", t("… and {n} more records", n=len(unread) - _TOLD)))
    return _report(lines, problems, marked=bool(mark), behind=book.behind is not None)


def inspect_locked(folder: Path, mark: str = "") -> Report:
    """What can be known of a sealed book without its key: every byte, but not what its lines say, nor who sealed them.

    Raises:
        OSError: when a file cannot be read.
        BookError: when the folder is no book.
    """
    about, chain = read_about(folder), whole_chain(folder)
    problems = [damage_problem(chain.damage)] if chain.damage is not None and not chain.damage.torn else []
    wrong = about_problem(folder, chain.vouched) or end_problem(folder, chain.seq, chain.vouched)
    problems += [wrong] if wrong is not None else []
    problems += [*_mark_problems(folder, chain.seq, mark), *_unheld(folder), *_altered_files(folder)]
    problems += damaged_keys(folder)
    lines = [
        _proven(chain.seq, deep=False),
        t("The book is sealed, and was read without its key: what its lines and records say was not looked at"),
        *_snapshot_remarks(folder, None),
        *strangers_told(strangers(folder)),
        *outdated(folder),
        *by_hand_told(changed_by_hand(folder, chain.vouched.config)),
    ]
    if not about.get("sealed"):
        problems.append(Problem("book.json", t("{name} does not say that the book is sealed", name="book.json")))
    return _report(lines, problems, marked=bool(mark))


def damaged_keys(folder: Path, engine: Engine | None = None) -> list[Problem]:
    """Files of the keys of a sealed book that are not what was written, and people whose own key is gone by itself.

    With its `engine` also: all of them gone, and keys that were destroyed and are there again.
    """
    if not ring_id(folder):
        return []
    persons = None if engine is None or engine.sealer is None else engine.sealer.persons
    told = []
    if engine is not None and persons is not None:
        if lost := len(persons.lost):
            told.append(t("The own keys of {n} people are not there: their sensitive fields cannot be read", n=lost))
        elif not any((folder / name).exists() for name in PERSON_KEYS) and holds_own(engine.tables):
            told.append(t("The own keys of people are gone: “book repair --from FILE” brings them back from a backup"))
        if persons.came_back(erased(engine.tables)):
            told.append(t("The own key of somebody whose data were erased is there again: “book repair” destroys it"))
    return [
        *(Problem(PERSON_KEYS[0], each) for each in told),
        *_outdated_ring(folder, engine),
        *_damaged_key_files(folder),
    ]


def _outdated_ring(folder: Path, engine: Engine | None) -> list[Problem]:
    if engine is None or engine.problem is None or opens_the_end(folder):
        return []
    return [Problem(RING[0], OUTDATED)]


def _damaged_key_files(folder: Path) -> list[Problem]:
    return [
        Problem(name, t("{name} is damaged or gone: “book repair” makes it anew from the other one", name=name))
        for name in (*damaged_files(folder), *damaged_person_keys(folder))
    ]


def _proven(seq: int, *, deep: bool) -> Text:
    if deep:
        return t("Read {n} changes from the first to the last", n=seq)
    return t("All {n} changes lie on the disk as they were written, byte by byte", n=seq)


def _report(lines: list[Text], problems: list[Problem], *, marked: bool, behind: bool = False) -> Report:
    if problems:
        more = [t("… and {n} more", n=len(problems) - 2 * _TOLD)] if len(problems) > 2 * _TOLD else []
        told = (*lines, *(each.what for each in problems[: 2 * _TOLD]), *more)
        return Report(
            whole=False,
            lines=(*told, *_ways_out(damaged=len(problems) > behind, behind=behind)),
            problems=tuple(problems),
        )
    if marked:
        lines.append(t("The mark is of this book, and everything up to that change stands as it did"))
    return Report(whole=True, lines=(*lines, WHOLE))


def _ways_out(*, damaged: bool, behind: bool) -> Iterator[Text]:
    if damaged:
        yield t("The book is damaged: see “book repair”, or restore a backup with “book restore”")
    if behind:
        yield no_newest()


def _remarks(book: Opened, read: Path | None) -> Iterator[Text]:
    """What is worth knowing and takes nothing from the book; one snapshot was just `read`, and so believed."""
    yield from _snapshot_remarks(book.path, read)
    yield from strangers_told(strangers(book.path))
    yield from outdated(book.path)
    if book.index.found_damaged():
        yield t("The index of the history was not what the journal tells; it is made anew")
    if book.upto is None:
        yield from by_hand_told(book.engine.changed_settings())


def _snapshot_remarks(folder: Path, read: Path | None) -> Iterator[Text]:
    # A snapshot only saves time: the journal tells all that is in it.
    for path in snapshots(folder):
        if path == read or is_believed(folder, path):
            continue
        if is_whole(path):
            yield t("No line of the journal vouches for snapshot {name}; “book repair” sets it aside", name=path.name)
        else:
            yield t("Snapshot {name} is damaged; nothing is lost, and “book repair” sets it aside", name=path.name)
    base, _ = base_mark(folder)
    if base:
        yield t("The history up to change {seq} was damaged once; the records go on from the state after it", seq=base)


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


def _torn_settings(book: Opened) -> list[Problem]:
    if book.upto is not None:
        return []
    sealer = book.engine.sealer
    told = (
        (each, torn_words(book.path, each, sealer))
        for each in book.engine.changed_settings(partial(torn, sealer=sealer))
    )
    return [Problem(f"config/{name}", what) for name, what in told if what is not None]


def _strange(book: Opened) -> tuple[list[Problem], list[Problem]]:
    """Files that a record names and that are not there, and records that this program cannot read."""
    unread: list[Problem] = []
    named: set[str] = set()
    for kind, (table, _) in book.kinds.items():
        for rows in book.engine.tables.get(table, Rows()).told():
            if isinstance(rows, dict) or not all_read(rows, kind):
                decoded = rows if isinstance(rows, dict) else orjson.loads(rows)
                unread += _unread(kind, table, decoded)
            if kind in _FILE_FIELDS:
                named |= _named(rows, _FILE_FIELDS[kind])
    named |= _pictures(book)
    there = {path.name for path in (book.path / "files").glob("*") if path.is_file()}
    missing = [
        Problem(f"files/{name}", t("The file {name} is missing: bring it back from a backup", name=name))
        for name in sorted(named - there)
    ]
    return missing, unread


def _pictures(book: Opened) -> set[str]:
    """The pictures that the office's own settings name: its emblems, and those of its own templates."""
    own = BookFiles(book.path / "config", book.engine.sealer)
    found: set[str] = set()
    for path in (book.path / "config").rglob("*.yaml"):
        with suppress(OSError, BookError):
            content = own.read(path.relative_to(book.path / "config").as_posix()) or b""
            found.update(each.decode() for each in _PICTURE.findall(content))
    return found


def _named(rows: dict[int, Row] | bytes, field: str) -> set[str]:
    """The files that a field of records names, which are decoded or lie there as JSON."""
    if isinstance(rows, dict):
        return {str(row[field]) for row in rows.values() if row.get(field)}
    # A quotation mark inside of a text has a backslash before it, so no text looks like this.
    begins = b'"%s":' % field.encode()
    return (
        {orjson.loads(text) for text in re.findall(begins + rb'("(?:[^"\\]|\\.)+")', rows)} if begins in rows else set()
    )


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


def _unheld(folder: Path) -> list[Problem]:
    """What lies in the folders of the book and no backup can hold, so that it would be lost without a word."""
    found = below(folder)
    problems = [
        *((name, linked_words(folder / name)) for name in linked(folder)),
        *(
            (name, t("{name} is a link to a folder elsewhere: put the folder itself in its place", name=name))
            for name in found.linked
        ),
    ] + [
        (name, t("The name of {name} is no text, and no backup holds it: give it another name", name=visible(name)))
        for name in found.nameless
    ]  # fmt: skip
    return [Problem(visible(name), what) for name, what in problems]


def _altered_files(folder: Path, sealer: Sealer | None = None) -> list[Problem]:
    """Files of the book, such as photos, that are not what their names say; sealed ones only who has the key knows."""
    problems = []
    for name in below(folder).held:
        path = folder / name
        match = NAMED_BY_CONTENT.fullmatch(path.name) if name.count("/") == 1 and name.startswith("files/") else None
        if match and not _is_named(path, match[1], sealer):
            what = t("The file {name} is not what was kept: bring it back from a backup", name=path.name)
            problems.append(Problem(f"files/{path.name}", what))
    return problems


def _is_named(path: Path, named: str, sealer: Sealer | None) -> bool:
    """Whether a file is what its name says."""
    if sha256_of(path)[0].hex()[:16] == named:
        return True
    content = path.read_bytes()
    if not content.startswith(MAGIC):
        return False
    try:
        return sealer is None or sha256(sealer.open_file(f"files/{path.name}", content)).hexdigest()[:16] == named
    except NotOpenedError:
        return False


def _digests(folder: Path, seq: int, sealer: Sealer | None) -> Iterator[str]:
    """The hash of a line, and the one that it had before the book was sealed."""
    line = line_of(folder, seq)
    yield hash_in(line)
    with suppress(BrokenLineError):
        yield unseal(line[:-1], sealer=sealer).get("was", "")


def _mark_problems(folder: Path, last: int, mark: str, sealer: Sealer | None = None) -> list[Problem]:
    if not mark:
        return []
    found = list(_MARK.finditer(mark))
    if not found:
        return [Problem("", t("“{mark}” names no change and no digest, as papers of this program do", mark=mark))]
    seq, digest = int(re.sub(r"\D", "", found[-1][1])), found[-1][2].lower()
    if seq > last:
        return [
            Problem("", t("The paper speaks of change {seq}, the book ends with change {last}", seq=seq, last=last))
        ]
    if not any(each.startswith(digest) for each in _digests(folder, seq, sealer)):
        return [Problem("", t("Change {seq} of this book is not the one the paper speaks of", seq=seq))]
    return []
