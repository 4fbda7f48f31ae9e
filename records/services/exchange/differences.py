"""What a record of another office changes of ours: field by field, against what that office said last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from records.domain.exchange import Package
from records.domain.kinds import plain
from records.services.office import Office

TAKEN = "exchange.take"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field in which the two books differ and ours was kept; values as documents have them."""

    record: str
    field: str
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A record as it would be, where ours was kept, and of these fields the values that the other office has."""

    record: Any
    conflicts: tuple[Conflict, ...]
    kept: Mapping[str, str]


class Bases:
    """What an office said of each record when its packages were last taken; read from history when first asked for."""

    def __init__(self, office: Office, code: str) -> None:
        self._office, self._code = office, code
        self._said: dict[str, dict[str, Any]] | None = None
        self._whole: set[str] = set()

    def said(self, record: Any, field: msgspec.structs.FieldInfo) -> tuple[bool, Any]:
        """Whether the office said anything of this field, and what."""
        if self._said is None:
            self._said = {}
            for each in self._office.book.table(Package):
                if each.way == "taken" and each.office == self._code:
                    self._read(each, self._said)
        found = self._said.get(record.id, {})
        if field.name in found:
            return True, found[field.name]
        return record.id in self._whole, plain(default_of(field))

    def _read(self, package: Package, said: dict[str, dict[str, Any]]) -> None:
        for entry in reversed(self._office.book.history(record=package.id)):
            if entry.action == TAKEN:
                for _, _, _, after in entry.changes:
                    if after is not None and "id" in after:
                        said[after["id"]] = dict(after)
                        self._whole.add(after["id"])
        for record_id, fields in package.kept.items():
            said.setdefault(record_id, {}).update({name: json.loads(text) for name, text in fields.items()})


def default_of(field: msgspec.structs.FieldInfo) -> Any:
    """What a field holds where nothing is known; None for one without a default."""
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return None if field.default is msgspec.NODEFAULT else field.default


def compared(
    ours: Any, theirs: Any, bases: Bases, *, forced: frozenset[str] | None, again: frozenset[str] | None = None
) -> Compared:
    """Put a record of another office beside ours, whose id it has.

    A field is taken where that office changed it and we did not, or where ours is empty; ours stays where only ours
    changed, or theirs is empty. Where both say something else, ours stays and it is told.

    Args:
        ours: the record of the book.
        theirs: the record of the package, with the id of ours.
        bases: what the office said before.
        forced: fields taken whatever ours says; None: every field.
        again: where the package was taken before, the fields that stayed ours then; nothing but what is forced is taken
            from it a second time. None where it was not.
    """
    taken: dict[str, Any] = {}
    conflicts, kept = [], {}
    for field in msgspec.structs.fields(type(ours)):
        one, other = getattr(ours, field.name), getattr(theirs, field.name)
        if field.name == "id" or one == other:
            continue
        if forced is None or field.name in forced:
            taken[field.name] = other
            continue
        mine, said = plain(one), plain(other)
        empty = default_of(field)
        if again is not None:
            conflicts += [Conflict(ours.id, field.name, mine, said)] if field.name in again and other != empty else []
            continue
        known, before = bases.said(ours, field)
        if (known and mine == before) or (not known and one == empty):
            taken[field.name] = other
            continue
        kept[field.name] = json.dumps(said, ensure_ascii=False)
        if other != empty or (known and said != before):
            conflicts.append(Conflict(ours.id, field.name, mine, said))
    record = msgspec.structs.replace(ours, **taken) if taken else ours
    return Compared(record=record, conflicts=tuple(conflicts), kept=kept)
