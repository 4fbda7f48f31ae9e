"""The intake desk's second half: an accepted preview becomes one change that one undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from config.errors import InputError, RefusedError
from config.text import t
from records.book.change import Change
from records.desks.appointing import move, with_usual
from records.desks.intake import Preview, Progress, new_units, unit_index
from records.desks.office import Office
from records.desks.updates import Update, plan_update
from records.domain.layouts import SheetLayout
from records.domain.names import unit_key
from records.domain.people import Credential, Person
from records.domain.service import Appointment
from records.domain.units import Unit, UnitName
from records.intake.drafts import DraftPerson

SKIP, NEW = "skip", "new"
_STEP = 100
Choices = Mapping[int, str]
"""Row -> `skip`, `new`, or the id of the person of the book whom the row updates."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What an import did: people entered, people updated, people of the book whom it left as they were."""

    new: int
    updated: int
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done with the rows of a preview under some choices; `units` are names the book does not know."""

    new: tuple[DraftPerson, ...]
    updates: tuple[Update, ...]
    units: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new) or any(each.changes or each.roles for each in self.updates)


def plan(office: Office, shown: Preview, choices: Choices | None = None) -> Plan:
    """What accepting `shown` would do. Without a choice, known people are left out and all others are new.

    Raises:
        InputError: when a choice names a row that is neither new nor known, or no person.
    """
    said = dict(choices or {})
    new = [each for each in shown.accepted if said.get(each.row, NEW) == NEW]
    new += [draft for row, draft in shown.matched.items() if said.get(row, SKIP) == NEW]
    rows = {each.row for each in shown.accepted} | shown.matched.keys()
    updates = []
    for row, choice in said.items():
        if row not in rows:
            raise InputError(
                t("Row {row} is neither new nor known", row=row), do=t("choose among the rows that the preview accepts")
            )
        if choice not in (NEW, SKIP):
            updates.append(plan_update(office, shown, row, choice))
    _judge_once(updates)
    new.sort(key=lambda each: each.row)
    moved = [DraftPerson(row=each.row, name="", unit=each.unit) for each in updates]
    return Plan(tuple(new), tuple(updates), new_units(office, (*new, *moved), shown.on))


def _judge_once(updates: list[Update]) -> None:
    seen: dict[str, int] = {}
    for each in updates:
        if (first := seen.setdefault(each.before.id, each.row)) != each.row:
            raise InputError(
                t("Rows {one} and {other} would both update {name}", one=first, other=each.row, name=each.before.name),
                do=t("leave one of them out"),
            )


def accept(
    office: Office,
    shown: Preview,
    choices: Choices | None = None,
    *,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Entered:
    """Enter a preview as one change.

    Args:
        office: the open office.
        shown: the preview.
        choices: what a person decided about single rows; see `Choices`.
        progress: told (done, all) now and then.
        stop: asked now and then; true ends the import, and nothing of it is written.

    Raises:
        RefusedError: when the preview was stopped before its end, or `stop` said so.
        InputError: when a choice cannot be right.
        BookError: when the book cannot be written; nothing is entered then.
    """
    if shown.stopped:
        raise RefusedError(
            t("The reading of the file was stopped, so the preview is not whole"), do=t("read the file again")
        )
    what = plan(office, shown, choices)
    if not what:
        return Entered(0, 0, len(what.updates))
    with office.book.change("roster.import", about=shown.path.name) as change:
        _write(_Work(office, change, shown), what, progress, stop)
    updated = sum(bool(each.changes or each.roles) for each in what.updates)
    return Entered(len(what.new), updated, len(what.updates) - updated)


def _write(work: _Work, what: Plan, progress: Progress | None, stop: Callable[[], bool] | None) -> None:
    work.add_units(what)
    steps: list[DraftPerson | Update] = [*what.new, *what.updates]
    for done, each in enumerate(steps):
        if done % _STEP == 0:
            if progress is not None:
                progress(done, len(steps))
            if stop is not None and stop():
                raise RefusedError(t("The import was stopped; nothing was entered"), do=t("read the file again"))
        if isinstance(each, Update):
            work.update(each)
        else:
            work.enter(each)
    work.remember()


class _Work:
    """One import in the making."""

    def __init__(self, office: Office, change: Change, shown: Preview) -> None:
        self.office, self.change, self.shown = office, change, shown
        self.units = unit_index(office, shown.on)

    def add_units(self, what: Plan) -> None:
        """Enter units that rows name and the book does not know."""
        for name in what.units:
            unit = Unit(id=self.change.new_id(Unit), names=(UnitName(name=name),), kind="party_organisation")
            self.units[unit_key(name)] = self.change.put(unit).id

    def enter(self, draft: DraftPerson) -> None:
        """Enter a new person with the roles of the row."""
        unit = self.units[unit_key(draft.unit)] if draft.unit else ""
        person = self.change.put(_person(draft, self.change.new_id(Person), unit))
        for role in draft.roles or ((self.shown.how.role,) if self.shown.how.role else ()):
            self._appoint(draft, person.id, role, unit)

    def update(self, each: Update) -> None:
        """Change what the row says of a person of the book, and add roles not held."""
        after = each.after
        unit, on = self.units[unit_key(each.unit)] if each.unit else "", self.shown.on
        moved = bool(unit and after.unit and (not after.before or after.before[-1].until < on - timedelta(days=1)))
        if unit and not moved:
            after = msgspec.structs.replace(after, unit=unit)
        if after != each.before:
            self.change.put(after, was=each.before)
        if moved:  # a list tells where somebody is now, not where they have always been
            after = move(self.office, self.change, after, unit, on)
        draft = self.shown.matched.get(each.row) or next(one for one in self.shown.accepted if one.row == each.row)
        for role in each.roles:
            self._appoint(draft, after.id, role, after.unit)

    def remember(self) -> None:
        """Keep the columns that a person said, for the next sheet of the same layout."""
        if self.shown.how.columns is None or not self.shown.layout.headings:
            return
        print_ = self.shown.layout.fingerprint()
        known = self.office.book.table(SheetLayout).where(fingerprint=print_)
        found = next(iter(known), None)
        kept = SheetLayout(
            id=found.id if found else self.change.new_id(SheetLayout),
            fingerprint=print_,
            columns=self.shown.layout.letters(),
            file=self.shown.path.name,
        )
        self.change.put(kept)

    def _appoint(self, draft: DraftPerson, person: str, role: str, unit: str) -> None:
        post = Appointment(
            id=self.change.new_id(Appointment),
            person=person,
            role=role,  # type: ignore[arg-type]  # roles of a draft come from the closed set
            level=draft.level or self.shown.how.level or "",
            unit=unit,
            number=draft.decision_number,
            decided=draft.decision_date,
            since=draft.decision_date,
        )
        self.change.put(with_usual(self.office, post))


def _person(draft: DraftPerson, new_id: str, unit: str) -> Person:
    credentials = []
    if draft.education:
        credentials.append(Credential(kind="education", level=draft.education))
    if draft.political_theory:
        credentials.append(Credential(kind="political_theory", level=draft.political_theory))
    return Person(
        id=new_id,
        name=draft.name,
        sex=draft.sex,
        born=draft.born,
        national_id=draft.national_id,
        phone=draft.phone,
        email=draft.email,
        ethnicity=draft.ethnicity,
        religion=draft.religion,
        native_place=draft.native_place,
        residence=draft.residence,
        position=draft.position,
        unit=unit,
        party_probation=draft.party_probation,
        party_official=draft.party_official,
        party_card=draft.party_card,
        credentials=tuple(credentials),
        note=draft.note,
    )
