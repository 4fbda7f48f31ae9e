"""What a row of a list would change of a person in the book: field by field, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from config.text import Text, t
from records.domain.appointments import Appointment
from records.domain.dates import PartialDate, shown
from records.domain.people.names import matching_key
from records.domain.people.person import EDUCATION, POLITICAL_THEORY, Credential, Person
from records.domain.unit_names import unit_key
from records.intake.drafts import DraftPerson, DraftPost
from records.services.imports.intake import Preview
from records.services.office import Office
from records.services.people.roster import TEXTS
from records.services.units.named_units import unit_index

_LEVELS: Mapping[str, tuple[str, ...]] = {"education": EDUCATION, "political_theory": POLITICAL_THEORY}

_POST_COLUMNS = {"number": "decision_number", "decided": "decision_date"}


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
    plan = _Plan(person)
    plan.name(draft)
    plan.plain("sex", draft.sex)
    for key in TEXTS:
        plan.plain(key, getattr(draft, key))
    for key in ("born", "party_probation", "party_official"):
        plan.date(key, getattr(draft, key))
    for key in _LEVELS:
        plan.level(key, getattr(draft, key))
    plan.studied(draft.field_of_study)
    plan.listed("language", draft.languages)
    plan.listed("informatics", draft.informatics)
    plan.member(draft.party_member)
    unit = _unit_moved_to(office, shown_rows, plan, draft.unit)
    posts = _Posts(office, shown_rows, draft, person)
    plan.changes += posts.changes
    plan.kept += posts.kept
    return Update(
        row=draft.row,
        before=person,
        after=msgspec.structs.replace(person, **plan.values),
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
        self._credentials = (*self._credentials, Credential(kind=kind, level=level))  # type: ignore[arg-type]  # of _LEVELS
        self.changes.append(FieldChange(kind, best.level if best else "", level))

    def studied(self, field: str) -> None:
        """The field of study of the highest education."""
        held = [each for each in self._credentials if each.kind == "education"]
        best = msgspec.structs.replace(self.person, credentials=self._credentials).best("education")
        studied = best or next(iter(held), None)
        if not field or any(each.field == field for each in held):
            return
        if studied is None:
            self._credentials = (*self._credentials, Credential(kind="education", level="", field=field))
        else:
            after = msgspec.structs.replace(studied, field=field)
            self._credentials = tuple(after if each is studied else each for each in self._credentials)
        self.changes.append(FieldChange("field_of_study", studied.field if studied else "", field))

    def listed(self, kind: Literal["language", "informatics"], levels: tuple[str, ...]) -> None:
        """Levels of languages or informatics; those that the book has besides stay."""
        held = [each.level for each in self._credentials if each.kind == kind]
        added = [level for level in levels if level not in held]
        if added:
            self._credentials += tuple(Credential(kind=kind, level=level) for level in added)
            self.changes.append(FieldChange(kind, "; ".join(held), "; ".join((*held, *added))))

    def member(self, member: bool | None) -> None:  # noqa: FBT001  # what the papers say
        """Whether somebody is a Party member; the days of membership say it too."""
        person = self.person
        known = person.party_member
        if known is None and (person.party_official or person.party_probation):
            known = True
        if member is not None and member != known:
            words = {True: "x", False: "—", None: ""}
            self._set("party_member", member, words[known], words[member])

    @property
    def _credentials(self) -> tuple[Credential, ...]:
        held = self.values.get("credentials", self.person.credentials)
        assert isinstance(held, tuple)
        return held

    @_credentials.setter
    def _credentials(self, held: tuple[Credential, ...]) -> None:
        self.values["credentials"] = held

    def _set(self, key: str, value: object, before: str, after: str) -> None:
        self.values[key] = value
        self.changes.append(FieldChange(key, before, after))


def _is_vaguer(one: PartialDate, other: PartialDate) -> bool:
    """Whether `one` says the same as `other`, only less precisely."""
    if one.year != other.year or (one.month and one.month != other.month):
        return False
    return (not one.month and bool(other.month)) or (not one.day and bool(other.day) and one.month == other.month)


def credentials_of(draft: DraftPerson) -> tuple[Credential, ...]:
    """The levels that a row tells of a new person."""
    found = []
    if draft.education or draft.field_of_study:
        found.append(Credential(kind="education", level=draft.education, field=draft.field_of_study))
    if draft.political_theory:
        found.append(Credential(kind="political_theory", level=draft.political_theory))
    found += [Credential(kind="language", level=each) for each in draft.languages]
    found += [Credential(kind="informatics", level=each) for each in draft.informatics]
    return tuple(found)
