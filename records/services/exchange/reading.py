"""The records of a package as this book would have them, each with its reason where it cannot be taken."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import msgspec
import orjson

from config.text import Text, t
from records.domain.awards.awards import Award, Decision
from records.domain.awards.dossiers import DossierFile
from records.domain.awards.proposals import ProposalList
from records.domain.emulation import Cycle, Entrant, TieRuling
from records.domain.kinds import KINDS, decoder_of, encoded, from_document
from records.domain.people.person import Person
from records.domain.reviews import Review
from records.domain.training import Event
from records.domain.units import Unit
from records.services.exchange.contents import ORDER
from records.services.exchange.mapping import (
    Ids,
    Naturals,
    chosen_units,
    match_persons,
    match_units,
)
from records.services.exchange.opening import Opened
from records.services.exchange.package import damaged
from records.services.movements.dossiers import ABOUT
from records.services.office import Office

_LONGEST, _MOST_REFUSED = 1 << 20, 100_000
_LONG_TEXT, _LONG_NAME = re.compile(rb'"[^"]{20000,}"'), 300
_HUGE = re.compile(rb"\d{16}")
_NO_ID = "?"
_NUMBER = re.compile(r"\d{5}|[1-9]\d{5,6}", re.ASCII)
_CONTROL = re.compile(rb"\\u00[01][0-9a-f]|\\[bf]|\\u007f|\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")
"""What no text that a person typed holds: characters that move the cursor or turn the direction of writing."""
_NAMED: dict[str, type] = {
    "person": Person, "unit": Unit, "event": Event, "decision": Decision, "review": Review, "list": ProposalList,
    "award": Award,
}  # fmt: skip
"""Fields without whose record another one means nothing."""
_OPTIONAL = {"award": ("candidates",)}


def shown_name(text: str) -> str:
    """What a file calls something, as it can be shown on a terminal, whatever stands in it."""
    return "".join(each if each.isprintable() else "�" for each in text)[:100]


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that is not taken: its id as the sender has it, and why."""

    record: str
    reason: Text

    def __post_init__(self) -> None:
        object.__setattr__(self, "record", shown_name(self.record))


@dataclass(slots=True)
class Reading:
    """What was read of a package.

    Attributes:
        records: kind -> id here -> the record.
        linked: ids here of records that the sender keeps under another id.
        held: ids of records that the book has.
    """

    records: dict[type, dict[str, Any]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    linked: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)

    def every(self) -> Iterator[Any]:
        """Every record, those that others name first."""
        for kind in ORDER:
            yield from self.records.get(kind, {}).values()


class Reader:
    """Reads the records of one package."""

    def __init__(
        self, office: Office, package: Opened, ids: Ids, *, units: Mapping[str, str], people: Mapping[str, str],
        today: date,
    ) -> None:  # fmt: skip
        self._office, self._package, self._ids, self._people = office, package, ids, people
        self._units = chosen_units(office, units, today)
        self._naturals = Naturals(office)
        self._own = office.book.codes
        self._known: dict[type, set[str]] = {}
        self._told: set[str] = set()
        self._made_in = int(package.manifest.made[:4])
        self.found = Reading()

    def read(self) -> Reading:
        """Read everything. Raises InputError for a choice of a unit or person that is none."""
        tables = {f"records/{KINDS[kind].table}.jsonl": kind for kind in ORDER}
        for name in self._package.parts:
            if name not in tables and not name.startswith(("settings/", "files/")):
                told = t("this program does not know such records; update it, and take the package again")
                self.found.refused.append(Refused(name, told))
        for name, kind in tables.items():
            content = self._package.parts.get(name, b"")
            if kind in (Unit, Person):
                self._match(kind, io.BytesIO(content))
            self._told.clear()
            for line in io.BytesIO(content):
                self._take(kind, line.rstrip(b"\n"))
                if len(self.found.refused) > _MOST_REFUSED:
                    raise damaged(self._package.path, t("more than {n} records of it cannot be taken", n=_MOST_REFUSED))
            if kind is Unit:
                self._judge_tree()
        return self.found

    def _match(self, kind: type, lines: Iterable[bytes]) -> None:
        found = []
        for line in lines:
            if len(line) > _LONGEST:
                continue
            try:
                found.append(decoder_of(kind).decode(self._ids.read(line)))
            except (msgspec.MsgspecError, ValueError, RecursionError):
                continue
        if kind is Unit:
            match_units(self._office, self._ids, found, self._units)
        else:
            match_persons(self._office, self._ids, found, self._people)

    def _take(self, kind: type, line: bytes) -> None:
        record = self._decoded(kind, line)
        if isinstance(record, Refused):
            self.found.refused.append(record)
            return
        theirs = _id_in(line)
        if theirs == _NO_ID:
            self.found.refused.append(Refused(record.id, t("“{id}” is no code of such a record", id=record.id[:40])))
            return
        if theirs in self._told:
            self.found.refused.append(Refused(theirs, t("the package holds it twice")))
            return
        self._told.add(theirs)
        if record.id not in self._known_of(kind) and (same := self._naturals.same_as(record)) is not None:
            self._ids.link(record.id, same)
            record = msgspec.structs.replace(record, id=same)
        if reason := self._reason(kind, record):
            self.found.refused.append(Refused(theirs, reason))
            return
        if record.id != self._ids.coded(theirs):
            self.found.linked.add(record.id)
        known, records = self._known_of(kind), self.found.records.setdefault(kind, {})
        if record.id in known and record.id not in records:
            self.found.held.add(record.id)
        records[record.id] = record
        known.add(record.id)

    def _decoded(self, kind: type, line: bytes) -> Any:
        """The record of a line as this book would have it, or why it cannot be taken."""
        theirs = _id_in(line)
        if len(line) > _LONGEST or _LONG_TEXT.search(line):
            return Refused(theirs, t("it is larger than a record can be"))
        content = self._ids.read(line)
        try:
            record = decoder_of(kind).decode(content)
            text = content.decode()
            whole = encoded(record) == content or msgspec.json.decode(encoded(record)) == msgspec.json.decode(content)
            if _HUGE.search(content):  # the book reads numbers of 64 bits, and would not open again with others
                from_document(orjson.loads(content), kind)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            return Refused(theirs, t("it cannot be read: {reason}", reason=str(error)[:200]))
        if not whole:
            return Refused(theirs, t("it holds fields that this program does not know; update it first"))
        named = [getattr(record, "name", ""), *(each.name for each in getattr(record, "names", ()))]
        typed = all(each.isprintable() and len(each) <= _LONG_NAME for each in named)
        if not typed or _CONTROL.search(content) or not unicodedata.is_normalized("NFC", text):
            return Refused(theirs, t("a text in it holds characters that nobody types"))
        return record

    def _reason(self, kind: type, record: Any) -> Text | None:
        code, letter, number = (*str(record.id).split("-"), "", "")[:3]
        if letter != KINDS[kind].letter or not _NUMBER.fullmatch(number) or not int(number):
            return t("“{id}” is no code of such a record", id=str(record.id)[:40])
        if code not in self._ids.codes.values() and not self._is_known(kind, record.id):
            return t("the package does not say which office has the code {code}", code=code[:6])
        if code in self._own and not self._is_known(kind, record.id):
            return t("this office never made it, or took it back")
        if isinstance(record, Person) and record.born and record.born.year > self._made_in:
            return t("born in {year}, after the package was made", year=record.born.year)
        return self._missing(kind, record)

    def _judge_tree(self) -> None:
        """Refuse units whose unit above is nowhere, or that would lie below themselves or be taken over by themselves.

        In turns, for what lies below one that is refused hangs in the air.
        """
        units, known = self.found.records.get(Unit, {}), self._known_of(Unit)
        held = {each.id: each for each in self._office.book.table(Unit)} if units else {}
        while True:
            tree = {**held, **{key: each for key, each in units.items() if key not in self.found.linked}}
            found = {key: _misplaced(tree.get(key, each), tree) for key, each in units.items()}
            wrong = {key: reason for key, reason in found.items() if reason is not None}
            if not wrong:
                return
            for key, reason in wrong.items():
                del units[key]
                if key not in held:
                    known.discard(key)
                self.found.refused.append(Refused(key, reason))

    def _missing(self, kind: type, record: Any) -> Text | None:
        """Why a record hangs in the air: something that it names is neither in the book nor in the package."""
        for name, named in _NAMED.items():
            value = getattr(record, name, "")
            if value and KINDS[kind].table not in _OPTIONAL.get(name, ()) and not self._is_known(named, value):
                return _not_here(named, value)
        if kind in (Entrant, TieRuling) and not self._is_known(Cycle, record.cycle):
            return _not_here(Cycle, record.cycle)
        if isinstance(record, DossierFile) and not any(self._is_known(each, record.about) for each in ABOUT):
            return t("it names {id}, which is neither in the book nor in the package", id=record.about)
        subject = getattr(record, "subject", "")
        if kind is not Cycle and subject and not (self._is_known(Person, subject) or self._is_known(Unit, subject)):
            return _not_here(Person, subject)
        return None

    def _is_known(self, kind: type, record_id: str) -> bool:
        return record_id in self._known_of(kind)

    def _known_of(self, kind: type) -> set[str]:
        """Ids of the records of a kind that the book has, and of those read so far."""
        if kind not in self._known:
            self._known[kind] = {record_id for (record_id,) in self._office.book.table(kind).columns("id")}
        return self._known[kind]


def _above(day: date, unit: Unit) -> tuple[str, ...]:
    return (unit.parent_on(day),)


def _misplaced(unit: Unit, tree: Mapping[str, Unit]) -> Text | None:
    """Why a unit cannot stand where it says."""
    if unit.parent and unit.parent not in tree:
        return _not_here(Unit, unit.parent)
    for day in (date.max, *(each.until for each in unit.parents_before)):
        if _comes_back(unit, tree, partial(_above, day)):
            return t("the unit would lie below itself")
    if _comes_back(unit, tree, lambda each: each.into):
        return t("the unit would be taken over by itself")
    return None


def _comes_back(unit: Unit, tree: Mapping[str, Unit], step: Callable[[Unit], Iterable[str]]) -> bool:
    """Whether going on from a unit leads to it again."""
    waiting, seen = list(step(unit)), set[str]()
    while waiting:
        key = waiting.pop()
        if key == unit.id:
            return True
        if key in tree and key not in seen:
            seen.add(key)
            waiting += step(tree[key])
    return False


def _not_here(kind: type, record_id: str) -> Text:
    if kind is Person:
        return t("the person {id} is neither in the book nor in the package; ask for the roster too", id=record_id)
    return t("it names {id}, which is neither in the book nor in the package", id=record_id)


def _id_in(line: bytes) -> str:
    found = re.match(rb'\{"id":"([^"\\]{1,40})"', line)
    return found[1].decode("utf-8", "replace") if found else _NO_ID
