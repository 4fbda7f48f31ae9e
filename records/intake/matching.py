"""Rows of people who are in the book already, or twice in the sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from records.domain.dates import PartialDate
from records.domain.names import matching_key
from records.intake.drafts import DraftPerson


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What tells a person of the book from others; `unit` is the unit's name."""

    id: str
    name: str
    born: PartialDate | None = None
    national_id: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row whose person is known: `of` is an id of the book, or `row 7` of the same sheet."""

    row: int
    of: str


def find_duplicates(drafts: Sequence[DraftPerson], known: Iterable[KnownPerson]) -> tuple[Duplicate, ...]:
    """The drafts that are the same person as one of `known` or as an earlier draft, in the order of `drafts`.

    The same national id makes the same person, and two different ones of twelve digits two people. Otherwise name
    (accents count, the place of the tone and capitals do not), birth and unit must agree as far as both are known;
    where only one birth is known, both units must be.
    """
    seen = _Seen()
    for person in known:
        seen.add(person)
    found = []
    for draft in drafts:
        person = KnownPerson(f"row {draft.row}", draft.name, draft.born, draft.national_id, draft.unit)
        same = seen.same_as(person)
        if same is None:
            seen.add(person)
        else:
            found.append(Duplicate(draft.row, same.id))
    return tuple(found)


class _Seen:
    """The people met so far, by national id and by name."""

    def __init__(self) -> None:
        self._by_number: dict[str, KnownPerson] = {}
        self._by_name: defaultdict[str, list[KnownPerson]] = defaultdict(list)

    def add(self, person: KnownPerson) -> None:
        if person.national_id:
            self._by_number.setdefault(person.national_id, person)
        self._by_name[matching_key(person.name)].append(person)

    def same_as(self, person: KnownPerson) -> KnownPerson | None:
        if person.national_id and (same := self._by_number.get(person.national_id)) is not None:
            return same
        return next((each for each in self._by_name[matching_key(person.name)] if _agree(each, person)), None)


def _agree(one: KnownPerson, other: KnownPerson) -> bool:
    numbers = {len(one.national_id), len(other.national_id)}
    if numbers == {12} and one.national_id != other.national_id:
        return False
    one_unit, other_unit = matching_key(one.unit), matching_key(other.unit)
    if one_unit and other_unit and one_unit != other_unit:
        return False
    if (one.born is None) != (other.born is None):
        return bool(one_unit) and one_unit == other_unit  # a name alone says too little
    return one.born is None or other.born is None or _compatible(one.born, other.born)


def _compatible(one: PartialDate, other: PartialDate) -> bool:
    """Whether both can be the same day, one perhaps known less precisely."""
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(left == right or not left or not right for left, right in pairs)
