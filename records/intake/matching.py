"""Rows of people who are in the book already, or twice in the sheet, or look like somebody who is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from config.text import Text, t
from records.domain.dates import PartialDate
from records.domain.people.names import fold, matching_key, twin_key
from records.domain.unit_names import unit_key
from records.intake.drafts import DraftPerson

Confidence = Literal["certain", "likely", "possible"]


class KnownPerson(msgspec.Struct, frozen=True, gc=False):
    """What tells a person of the book from others; `unit` is the unit's name."""

    id: str
    name: str
    born: PartialDate | None = None
    national_id: str = ""
    unit: str = ""
    code: str = ""
    """Our code, of a row that gives one."""


BY_CODE = t("code")
"""Why a row is somebody, where our code says so and nothing speaks against it."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row whose person is known, or may be.

    Attributes:
        row: the row.
        of: an id of the book, or `row 7` of the same sheet.
        confidence: `certain` and `likely` rows are left out unless a person says otherwise; `possible` ones are
            entered as new unless a person says otherwise.
        why: what agrees, and what does not; `code` when our code told, which nothing in the row speaks against.
        others: further people it could be as well.
        private: what agrees is sensitive.
    """

    row: int
    of: str
    confidence: Confidence = field(default="likely", compare=False)
    why: Text = field(default=Text(""), compare=False)
    others: tuple[str, ...] = field(default=(), compare=False)
    private: bool = field(default=False, compare=False)


def find_duplicates(drafts: Sequence[DraftPerson], known: Iterable[KnownPerson]) -> tuple[Duplicate, ...]:
    """The drafts that are the same person as one of `known` or as an earlier draft, in the order of `drafts`.

    Our own code makes the same person before all else; then the same national id does, and two different ones of
    twelve digits make two people. Otherwise name (accents count, the place of the tone and capitals do not), birth and
    unit must agree as far as both are known; where only one birth is known, both units must be.
    """
    return tuple(each for each in match_people(drafts, known) if each.confidence != "possible")


def match_people(drafts: Sequence[DraftPerson], known: Iterable[KnownPerson]) -> tuple[Duplicate, ...]:
    """Like `find_duplicates`, and also the drafts that only look like somebody: `possible`.

    Those are people of the same name and year of birth in another unit (`likely` where the whole birth is the same),
    of the same name with too little else to tell, whose name is the same but for i and y (`Lý`, `Lí`) while a birth or
    the unit agrees, or whose name differs by accents only while the whole birth is one.
    """
    seen = _Seen()
    for person in known:
        seen.add(person)
    found: list[Duplicate] = []
    same_as: dict[int, str] = {}
    for draft in drafts:
        if draft.continues:
            of = same_as.get(draft.continues, f"row {draft.continues}")
            found.append(Duplicate(draft.row, of, "certain", t("one name is merged over both rows")))
            continue
        person = KnownPerson(f"row {draft.row}", draft.name, draft.born, draft.national_id, draft.unit, draft.code)
        same = seen.same_as(person)
        if same is None or same.confidence == "possible":
            seen.add(person)
        else:
            same_as[draft.row] = same.of
        if same is not None:
            found.append(same)
    return tuple(found)


class _Seen:
    """The people met so far, by national id and by name."""

    def __init__(self) -> None:
        self._by_code: dict[str, KnownPerson] = {}
        self._by_number: dict[str, KnownPerson] = {}
        self._by_name: defaultdict[str, dict[int, list[KnownPerson]]] = defaultdict(dict)
        self._by_twin: defaultdict[str, dict[str, list[KnownPerson]]] = defaultdict(dict)
        """Names with i and y as one -> each way to write them -> who is written so."""
        self._by_sound: dict[tuple[str, int, int, int], list[KnownPerson]] = {}

    def add(self, person: KnownPerson) -> None:
        self._by_code.setdefault(person.code or person.id, person)
        if person.national_id:
            self._by_number.setdefault(person.national_id, person)
        name = matching_key(person.name)
        self._by_name[name].setdefault(person.born.year if person.born else 0, []).append(person)
        self._by_twin[twin_key(person.name)].setdefault(name, []).append(person)
        if (sound := _sound(person)) is not None:
            self._by_sound.setdefault(sound, []).append(person)

    def same_as(self, person: KnownPerson) -> Duplicate | None:
        row = int(person.id.removeprefix("row "))
        if person.code and (same := self._by_code.get(person.code)) is not None:
            return self._of_code(row, same, person)
        if person.national_id and (same := self._by_number.get(person.national_id)) is not None:
            if matching_key(same.name) == matching_key(person.name):
                return Duplicate(row, same.id, "certain", t("the same national id and name"), private=True)
            why = t("the same national id, but another name: {name}", name=same.name)
            return Duplicate(row, same.id, "likely", why, private=True)
        namesakes = self._namesakes(person)
        agreeing = [each for each in namesakes if _agree(each, person)]
        if agreeing:
            others = tuple(each.id for each in agreeing[1:4])
            return Duplicate(row, agreeing[0].id, *_sureness(agreeing[0], person, len(agreeing)), others)
        return self._look_alike(row, person, namesakes)

    def _of_code(self, row: int, same: KnownPerson, person: KnownPerson) -> Duplicate:
        """The person with the code of the row; less sure where neither name nor birth nor number is the same."""
        one_name = matching_key(same.name) == matching_key(person.name)
        one_birth = person.born is not None and same.born is not None and _compatible(person.born, same.born)
        if one_name or one_birth or (person.national_id and person.national_id == same.national_id):
            return Duplicate(row, same.id, "certain", BY_CODE)
        return Duplicate(row, same.id, "likely", t("the same code, but another person by name: {name}", name=same.name))

    def _namesakes(self, person: KnownPerson) -> list[KnownPerson]:
        """People of the same name whose year of birth can be the same, and whose number does not part them."""
        years = self._by_name.get(matching_key(person.name))
        if years is None:
            return []
        groups = years.values() if person.born is None else (years.get(person.born.year, ()), years.get(0, ()))
        return [each for group in groups for each in group if not _other_number(each, person)]

    def _look_alike(self, row: int, person: KnownPerson, namesakes: list[KnownPerson]) -> Duplicate | None:
        near = [each for each in namesakes if not _tells_apart(each, person)]
        if near:
            why = t("the same name, and nothing that tells the two apart for sure: {unit}", unit=near[0].unit)
            if person.born is not None and near[0].born is not None:
                why = t("the same name and birth, but another unit: {unit}", unit=near[0].unit)
            # A whole birth and a whole name are hardly shared by two: most often one person who moved.
            whole = person.born is not None and person.born.day and person.born == near[0].born
            sure: Confidence = "likely" if whole else "possible"
            return Duplicate(row, near[0].id, sure, why, tuple(each.id for each in near[1:4]))
        twins = [each for each in self._written_otherwise(person) if _may_be(each, person)]
        if twins:
            why = t("a name that is written with i or y: {name}", name=twins[0].name)
            return Duplicate(row, twins[0].id, "possible", why, tuple(each.id for each in twins[1:4]))
        sound = _sound(person)
        alike = self._others(self._by_sound.get(sound, ()), person) if sound is not None else None
        if not alike:
            return None
        why = t("the same birth, and a name that differs by accents only: {name}", name=alike[0].name)
        return Duplicate(row, alike[0].id, "possible", why)

    def _written_otherwise(self, person: KnownPerson) -> list[KnownPerson]:
        """Those whose name is the same but for i and y, and whom nothing tells apart from `person` for sure."""
        key, ways = matching_key(person.name), self._by_twin.get(twin_key(person.name), {})
        if len(ways) == (key in ways):
            return []
        return [
            each for name, people in ways.items() if name != key for each in people if not _tells_apart(each, person)
        ]

    @staticmethod
    def _others(people: Iterable[KnownPerson], person: KnownPerson) -> list[KnownPerson]:
        """Those of another name whom nothing tells apart from `person` for sure."""
        key = matching_key(person.name)
        return [each for each in people if matching_key(each.name) != key and not _tells_apart(each, person)]


def _sureness(one: KnownPerson, other: KnownPerson, candidates: int) -> tuple[Confidence, Text]:
    if candidates > 1:
        return "likely", t("the same name, birth and unit as {n} people; say which", n=candidates)
    unit = bool(one.unit and other.unit)
    if one.born is not None and one.born == other.born and one.born.day and unit:
        return "certain", t("the same name, birth and unit")
    if one.born is None or other.born is None:
        return "likely", t("the same name and unit; a birth is unknown")
    return "likely", t("the same name and unit; the birth agrees") if unit else t("the same name; the birth agrees")


def _sound(person: KnownPerson) -> tuple[str, int, int, int] | None:
    """The name without accents and the whole birth; None where less of it is known."""
    born = person.born
    return None if born is None or not born.day else (fold(person.name), born.year, born.month, born.day)


def _other_number(one: KnownPerson, other: KnownPerson) -> bool:
    """Whether both have numbers of twelve digits, and not the same: nobody has two of them."""
    return one.national_id != other.national_id and len(one.national_id) == len(other.national_id) == 12


def _tells_apart(one: KnownPerson, other: KnownPerson) -> bool:
    """Whether the two are surely two people: other numbers, or births that cannot be one."""
    if _other_number(one, other):
        return True
    return one.born is not None and other.born is not None and not _compatible(one.born, other.born)


def _may_be(one: KnownPerson, other: KnownPerson) -> bool:
    """Whether anything beside the name speaks for one person: a birth or a unit that both have."""
    return (one.born is not None and other.born is not None) or bool(
        one.unit and unit_key(one.unit) == unit_key(other.unit)
    )


def _agree(one: KnownPerson, other: KnownPerson) -> bool:
    if _other_number(one, other):
        return False
    one_unit, other_unit = unit_key(one.unit), unit_key(other.unit)
    if one_unit and other_unit and one_unit != other_unit:
        return False
    if (one.born is None) != (other.born is None):
        return bool(one_unit) and one_unit == other_unit  # a name alone says too little
    return one.born is None or other.born is None or _compatible(one.born, other.born)


def _compatible(one: PartialDate, other: PartialDate) -> bool:
    """Whether both can be the same day, one perhaps known less precisely."""
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(left == right or not left or not right for left, right in pairs)
