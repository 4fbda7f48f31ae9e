"""Everything held of one person: every record that names them or what is theirs, and what was done with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import msgspec

from records.domain.awards.awards import Issue
from records.domain.kinds import KINDS, LOGS
from records.domain.people.person import Person
from records.services.lists import ExportMade, exports_made
from records.services.office import Office
from records.store.contract import JournalEntry

_OWNERS = ("person", "subject")
"""Fields by which a record belongs to one person alone."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a person.

    Attributes:
        records: table -> the records that name the person, or an award, appointment or the like of theirs.
        exports: lists and papers with their data that were written, newest first.
        prints: printings of their certificates.
        changes: of the book that touched the person or a record that names them, newest first.
        photo: name of the photo among the files of the book; empty without one.
    """

    person: Person
    records: Mapping[str, tuple[Any, ...]]
    exports: tuple[ExportMade, ...]
    prints: tuple[Issue, ...]
    changes: tuple[JournalEntry, ...]
    photo: str = ""


def held(office: Office, person_id: str) -> Held:
    """All that the book holds of a person, whatever the day. Raises InputError for an unknown id."""
    person = office.person(person_id)
    found = dict(_records(office, person))
    return Held(
        person=person,
        records=found,
        exports=tuple(each for each in exports_made(office) if person.id in each.export.people),
        prints=tuple(found.get(KINDS[Issue].table, ())),
        changes=tuple(office.book.history(record=person.id)),
        photo=person.photo,
    )


def _records(office: Office, person: Person) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Table -> records, in the order of the book's tables; what stands on a record of their own comes as well."""
    book, ids = office.book, {person.id}
    own: dict[type, list[Any]] = {}
    found: list[Any]
    for kind in KINDS:
        known = {each.name for each in msgspec.structs.fields(cast("type[msgspec.Struct]", kind))}
        field = next((each for each in _OWNERS if each in known), "")
        if kind is not Person and field:
            own[kind] = book.table(kind).where(**{field: person.id})
            ids |= {each.id for each in own[kind]}
    for kind, (table, _) in KINDS.items():
        if table in LOGS or kind is Person:
            continue
        table_of: Any = book.table(kind)
        found = own[kind] if kind in own else [each for each in table_of.glances() if names(each, ids)]
        if found:
            yield table, tuple(found)


def names(value: object, ids: set[str]) -> bool:
    """Whether one of these ids stands anywhere in a record."""
    if isinstance(value, str):
        return value in ids
    if isinstance(value, msgspec.Struct):
        return any(names(getattr(value, each), ids) for each in value.__struct_fields__ if each != "id")
    if isinstance(value, Mapping):
        return any(names(each, ids) for each in (*value.keys(), *value.values()))
    return isinstance(value, list | tuple | frozenset) and any(names(each, ids) for each in value)
