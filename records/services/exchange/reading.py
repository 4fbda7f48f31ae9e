"""The records of a package as this book would have them, each with its reason where it cannot be taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from config.text import Text, t
from records.domain.awards.awards import Award, Decision
from records.domain.awards.dossiers import DossierFile
from records.domain.awards.proposals import ProposalList
from records.domain.emulation import Cycle, Entrant, TieRuling
from records.domain.kinds import KINDS, decoder_of, encoded
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
from records.services.movements.dossiers import ABOUT
from records.services.office import Office

_LONGEST, _MOST = 1 << 20, 2_000_000
_CONTROL = re.compile(rb"\\u00[01][0-9a-f]|\\[bf]|\\u007f|\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")
"""What no text that a person typed holds: characters that move the cursor or turn the direction of writing."""
_NAMED: dict[str, type] = {
    "person": Person, "unit": Unit, "event": Event, "decision": Decision, "review": Review, "list": ProposalList,
    "award": Award, "parent": Unit,
}  # fmt: skip
"""Fields without whose record another one means nothing."""
_OPTIONAL = {"award": ("candidates",), "parent": ("units",)}


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
        self.found = Reading()

    def read(self) -> Reading:
        """Read everything. Raises InputError for a choice of a unit or person that is none."""
        tables = {f"records/{KINDS[kind].table}.jsonl": kind for kind in ORDER}
        for name in self._package.parts:
            if name.startswith("records/") and name not in tables:
                told = t("this program does not know such records; update it, and take the package again")
                self.found.refused.append(Refused(name, told))
        for name, kind in tables.items():
            lines = self._package.parts.get(name, b"").splitlines()
            if kind in (Unit, Person):
                self._match(kind, lines)
            for line in lines:
                self._take(kind, line)
        return self.found

    def _match(self, kind: type, lines: list[bytes]) -> None:
        found = []
        for line in lines:
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
        if len(line) > _LONGEST or sum(map(len, self.found.records.values())) > _MOST:
            return Refused(theirs, t("it is larger than a record can be"))
        content = self._ids.read(line)
        try:
            record = decoder_of(kind).decode(content)
            text = content.decode()
            whole = encoded(record) == content or msgspec.json.decode(encoded(record)) == msgspec.json.decode(content)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            return Refused(theirs, t("it cannot be read: {reason}", reason=str(error)[:200]))
        if not whole:
            return Refused(theirs, t("it holds fields that this program does not know; update it first"))
        if _CONTROL.search(content) or not unicodedata.is_normalized("NFC", text):
            return Refused(theirs, t("a text in it holds characters that nobody types"))
        return record

    def _reason(self, kind: type, record: Any) -> Text | None:
        code, letter, number = (*str(record.id).split("-"), "", "")[:3]
        if letter != KINDS[kind].letter or not (number.isdecimal() and number.isascii() and int(number)):
            return t("“{id}” is no code of such a record", id=str(record.id)[:40])
        if code not in self._ids.codes.values() and not self._is_known(kind, record.id):
            return t("the package does not say which office has the code {code}", code=code[:6])
        if int(number) >= 10_000_000:
            return t("“{id}” is no code of such a record", id=record.id)
        if code in self._own and not self._is_known(kind, record.id):
            return t("this office never made it, or took it back")
        return self._missing(kind, record)

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


def _not_here(kind: type, record_id: str) -> Text:
    if kind is Person:
        return t("the person {id} is neither in the book nor in the package; ask for the roster too", id=record_id)
    return t("it names {id}, which is neither in the book nor in the package", id=record_id)


def _id_in(line: bytes) -> str:
    found = re.match(rb'\{"id":"([^"\\]{1,40})"', line)
    return found[1].decode("utf-8", "replace") if found else "?"
