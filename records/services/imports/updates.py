"""What a row of a list would change of a person in the book: field by field, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import msgspec

from config.text import Text, t
from records.domain.appointments import Appointment
from records.domain.dates import PartialDate, shown
from records.domain.people.names import matching_key
from records.domain.people.person import SENSITIVE, Credential, Person
from records.domain.people.person_fields import FIELDS, PersonField
from records.domain.unit_names import unit_key
from records.intake.drafts import DraftPerson, DraftPost
from records.intake.person_values import as_read
from records.services.access.looking import may_see
from records.services.access.telling import NOT_SHOWN
from records.services.imports.intake import Preview
from records.services.office import Office
from records.services.units.named_units import unit_index

_POST_COLUMNS = {"number": "decision_number", "decided": "decision_date"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: its key as a column has it, what stands there (`NOT_SHOWN` to who may not see it) and what would."""

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
        posts: appointments that the row tells to roles which the person does not hold; they would be added.
        corrected: appointments held that a row with our code says otherwise: as in the book, and as they would be.
        unit: name of the unit that `after` is moved to, or empty; its id is set when it is entered.
    """

    row: int
    before: Person
    after: Person
    changes: tuple[FieldChange, ...]
    kept: tuple[tuple[str, Text], ...]
    posts: tuple[DraftPost, ...] = ()
    corrected: tuple[tuple[Appointment, Appointment], ...] = ()
    unit: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that would be added."""
        return tuple(dict.fromkeys(each.role for each in self.posts))


def plan_update(office: Office, shown_rows: Preview, row: int, person_id: str) -> Update:
    """What the row would change of this person. An empty cell never erases.

    Raises:
        InputError: when there is no such person.
        KeyError: when the preview has no such row.
    """
    return update_from(office, shown_rows, draft_of(shown_rows, row), person_id)


def draft_of(shown_rows: Preview, row: int) -> DraftPerson:
    """What a row tells, whether its person is new or known. Raises StopIteration for no such row."""
    return shown_rows.matched.get(row) or next(each for each in shown_rows.accepted if each.row == row)


def update_from(office: Office, shown_rows: Preview, draft: DraftPerson, person_id: str) -> Update:
    """What a draft would change of this person. Raises InputError when there is no such person."""
    person = office.person(person_id)
    plan = _Plan(person, hidden=frozenset() if may_see(office) else SENSITIVE)
    for field in FIELDS:
        plan.compare(field, field.of(draft))
    unit = _unit_moved_to(office, shown_rows, plan, draft.unit)
    posts = _Posts(office, shown_rows, draft, person)
    plan.changes += posts.changes
    plan.kept += posts.kept
    return Update(
        row=draft.row,
        before=person,
        after=plan.after,
        changes=tuple(plan.changes),
        kept=tuple(plan.kept),
        posts=tuple(posts.new),
        corrected=tuple(posts.corrected),
        unit=unit,
    )


def _unit_moved_to(office: Office, shown_rows: Preview, plan: _Plan, named: str) -> str:
    """The name of the unit that a row moves its person to, or nothing."""
    on, person = shown_rows.on, plan.person
    there = office.unit_names(on).get(person.unit, "")
    known = unit_index(office, on).get(unit_key(named), "")
    if not named or known == person.unit != "" or unit_key(named) == unit_key(there):
        return ""
    ended = next((each for each in shown_rows.ended if each.unit == known), None)
    if ended is not None and person.unit in ended.heirs:
        why = t("{unit} ended on {day}; the person is in the unit that took it over", unit=ended.name, day=ended.until)
        plan.kept.append(("unit", why))
        return ""
    plan.changes.append(FieldChange("unit", there, named))
    return named


class _Posts:
    """What the appointments of a row change of those that a person holds."""

    def __init__(self, office: Office, shown_rows: Preview, draft: DraftPerson, person: Person) -> None:
        self.new: list[DraftPost] = []
        self.corrected: list[tuple[Appointment, Appointment]] = []
        self.changes: list[FieldChange] = []
        self.kept: list[tuple[str, Text]] = []
        self._by_code = draft.code == person.id
        table = office.book.table(Appointment).where(person=person.id)
        held = [each for each in table if each.held_on(shown_rows.on)]
        for post in draft.posts_for(shown_rows.how.role, shown_rows.how.level):
            same = [each for each in held if each.role == post.role]
            if not same:
                self.new.append(post)
                continue
            alike = [each for each in same if post.level in ("", each.level)] or same
            best = next((each for each in alike if post.number == each.number), alike[0])
            held.remove(best)
            self._compare(best, post)

    def _compare(self, held: Appointment, post: DraftPost) -> None:
        """Put right what a row with our code says otherwise; of another decision, or without the code, nothing."""
        said = {"level": post.level, "number": post.number, "decided": post.decided, "since": post.since,
                "until": post.until, "recognised_by": post.recognised_by, "managed_by": post.managed_by}  # fmt: skip
        other = {key: value for key, value in said.items() if value and value != getattr(held, key)}
        if not other:
            return
        if not self._by_code or (held.number and "number" in other):
            if post.number and post.number != held.number:
                told = t("the appointment stays as it is; correct it on the person's page")
                self.kept.append(("decision_number", told))
            return
        self.corrected.append((held, msgspec.structs.replace(held, **other)))
        for key, value in other.items():
            before, after = (shown(each) if not isinstance(each, str) else each for each in (getattr(held, key), value))
            self.changes.append(FieldChange(_POST_COLUMNS.get(key, key), before, after))


class _Plan:
    """Gathers the fields one by one."""

    def __init__(self, person: Person, *, hidden: AbstractSet[str] = frozenset()) -> None:
        self.person = self.after = person
        self._hidden = hidden
        self.changes: list[FieldChange] = []
        self.kept: list[tuple[str, Text]] = []

    def compare(self, field: PersonField, value: Any) -> None:
        """Take what a row says of a field, or keep what the book knows better; a row that is silent changes nothing."""
        before = field.known(self.person)
        if value in ("", None, ()) or field.kind == "unit":
            return
        if field.key in self._hidden:
            self._put_unseen(field, before, value)
        elif value != before:
            self._compare(field, before, value)

    def _compare(self, field: PersonField, before: Any, value: Any) -> None:
        if field.kind == "name" and matching_key(value) == matching_key(before):
            self.kept.append(("name", t("the name stays as the book writes it: {name}", name=before)))
        elif _is_kept_day(field, before, value):
            self.kept.append((field.key, t("the book knows the day more precisely: {day}", day=shown(before))))
        elif field.kind == "level":
            self._level(field, value)
        elif field.kind == "study":
            if not any(each.kind == "education" and each.field == value for each in self.person.credentials):
                self._put(field, before, value)
        elif field.kind == "levels":  # those that the book has besides stay
            self._put(field, before, tuple(dict.fromkeys((*before, *value))))
        elif as_read(field, before) != value:
            self._put(field, before, value)

    def _level(self, field: PersonField, level: str) -> None:
        """A level of study; a lower one than the book has stays out, and a higher one comes beside it."""
        if any(each.kind == field.key and each.level == level for each in self.person.credentials):
            return
        best, order = self.person.best(field.key), list(field.choices or ())
        if best is not None and level in order and order.index(level) < order.index(best.level):
            self.kept.append((field.key, t("the book has a higher level: {level}", level=best.level)))
            return
        made = Credential(kind=field.key, level=level)  # type: ignore[arg-type]  # a kind of the table
        self.after = msgspec.structs.replace(self.after, credentials=(*self.after.credentials, made))
        self.changes.append(FieldChange(field.key, best.level if best else "", level))

    def _put_unseen(self, field: PersonField, before: Any, value: Any) -> None:
        """Take a value, and tell neither what it replaces nor whether it replaces anything."""
        if not _is_kept_day(field, before, value):
            self.after = field.put(self.after, value)
        self.changes.append(FieldChange(field.key, NOT_SHOWN, field.text(value)))

    def _put(self, field: PersonField, before: Any, value: Any) -> None:
        told = field.text(before), field.text(value)
        if told[0] != told[1]:
            self.after = field.put(self.after, value)
            self.changes.append(FieldChange(field.key, *told))


def _is_kept_day(field: PersonField, before: Any, value: Any) -> bool:
    return field.kind == "date" and before is not None and _is_vaguer(value, before)


def _is_vaguer(one: PartialDate, other: PartialDate) -> bool:
    """Whether `one` says the same as `other`, only less precisely."""
    if one.year != other.year or (one.month and one.month != other.month):
        return False
    return (not one.month and bool(other.month)) or (not one.day and bool(other.day) and one.month == other.month)
