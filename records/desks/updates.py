"""What a row of a list would change of a person in the book: field by field, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from config.text import Text, t
from records.desks.intake import Preview
from records.desks.office import Office
from records.domain.dates import PartialDate, shown
from records.domain.names import matching_key
from records.domain.people import EDUCATION, POLITICAL_THEORY, Credential, Person
from records.domain.service import Appointment
from records.domain.unit_names import unit_key
from records.intake.drafts import DraftPerson

_TEXTS = (
    "national_id", "phone", "email", "ethnicity", "religion", "native_place", "residence", "position",
    "party_card", "note",
)  # fmt: skip
_LEVELS: Mapping[str, tuple[str, ...]] = {"education": EDUCATION, "political_theory": POLITICAL_THEORY}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: its key as a column has it, what stands there and what would."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What one row would change of one person.

    Attributes:
        row: the row.
        before, after: the person as in the book, and as it would be.
        changes: fields that change.
        kept: fields where the row says something else that is not taken, with the reason.
        roles: roles that the row names and the person does not hold; they would be added.
        unit: name of the unit that `after` is moved to, or empty; its id is set when it is entered.
    """

    row: int
    before: Person
    after: Person
    changes: tuple[FieldChange, ...]
    kept: tuple[tuple[str, Text], ...]
    roles: tuple[str, ...]
    unit: str = ""


def plan_update(office: Office, shown_rows: Preview, row: int, person_id: str) -> Update:
    """What the row would change of this person. An empty cell never erases.

    Raises:
        InputError: when there is no such person.
        KeyError: when the preview has no such row.
    """
    draft = shown_rows.matched.get(row) or next(each for each in shown_rows.accepted if each.row == row)
    person = office.person(person_id)
    plan = _Plan(person)
    plan.name(draft)
    plan.plain("sex", draft.sex)
    for key in _TEXTS:
        plan.plain(key, getattr(draft, key))
    for key in ("born", "party_probation", "party_official"):
        plan.date(key, getattr(draft, key))
    for key in _LEVELS:
        plan.level(key, getattr(draft, key))
    there = office.unit_names(shown_rows.on).get(person.unit, "")
    unit = draft.unit if draft.unit and unit_key(draft.unit) != unit_key(there) else ""
    if unit:
        plan.changes.append(FieldChange("unit", there, unit))
    held = {each.role for each in office.book.table(Appointment).where(person=person_id) if each.held_on(shown_rows.on)}
    named = draft.roles or ((shown_rows.how.role,) if shown_rows.how.role else ())
    roles = tuple(role for role in named if role not in held)
    if draft.decision_number and not roles:
        plan.kept.append(("decision_number", t("the appointment stays as it is; correct it on the person's page")))
    after = msgspec.structs.replace(person, **plan.values)
    return Update(
        row=row, before=person, after=after, changes=tuple(plan.changes), kept=tuple(plan.kept), roles=roles, unit=unit
    )


class _Plan:
    """Gathers the fields one by one."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.values: dict[str, object] = {}
        self.changes: list[FieldChange] = []
        self.kept: list[tuple[str, Text]] = []

    def name(self, draft: DraftPerson) -> None:
        """A name of the book is replaced only by another name, not by another way to write it."""
        if draft.name == self.person.name:
            return
        if matching_key(draft.name) == matching_key(self.person.name):
            self.kept.append(("name", t("the name stays as the book writes it: {name}", name=self.person.name)))
            return
        self._set("name", draft.name, self.person.name, draft.name)

    def plain(self, key: str, value: str | None) -> None:
        """Any other text."""
        if value and value != (before := getattr(self.person, key)):
            self._set(key, value, before or "", value)

    def date(self, key: str, value: PartialDate | None) -> None:
        """A date; one that the book knows more precisely stays."""
        before: PartialDate | None = getattr(self.person, key)
        if value is None or value == before:
            return
        if before is not None and _is_vaguer(value, before):
            self.kept.append((key, t("the book knows the day more precisely: {day}", day=shown(before))))
            return
        self._set(key, value, shown(before), shown(value))

    def level(self, kind: str, level: str) -> None:
        """A level of study; a lower one than the book has stays out."""
        if not level or any(each.kind == kind and each.level == level for each in self.person.credentials):
            return
        best = self.person.best(kind)
        order = _LEVELS[kind]
        if best is not None and level in order and order.index(level) < order.index(best.level):
            self.kept.append((kind, t("the book has a higher level: {level}", level=best.level)))
            return
        held = self.values.get("credentials", self.person.credentials)
        assert isinstance(held, tuple)
        added = Credential(kind=kind, level=level)  # type: ignore[arg-type]  # the two kinds of _LEVELS
        self.values["credentials"] = (*held, added)
        self.changes.append(FieldChange(kind, best.level if best else "", level))

    def _set(self, key: str, value: object, before: str, after: str) -> None:
        self.values[key] = value
        self.changes.append(FieldChange(key, before, after))


def _is_vaguer(one: PartialDate, other: PartialDate) -> bool:
    """Whether `one` says the same as `other`, only less precisely."""
    if one.year != other.year or (one.month and one.month != other.month):
        return False
    return (not one.month and bool(other.month)) or (not one.day and bool(other.day) and one.month == other.month)
