"""Entering people: an accepted preview becomes one change that one undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.layouts import SheetLayout
from records.domain.people.person import Person
from records.domain.unit_names import unit_key
from records.domain.units import Unit, UnitName
from records.intake.drafts import DraftPerson, DraftPost
from records.intake.matching import BY_CODE
from records.services.appointments.appointing import move, put_post
from records.services.book.closed_rows import rows_named
from records.services.imports.intake import Preview, Progress, appointment_of, person_of
from records.services.imports.updates import Update, draft_of, plan_update, update_from
from records.services.office import Office
from records.services.units.named_units import new_units, unit_index
from records.store.contract import UnitOfWork

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
    """What would be done with the rows of a preview under some choices.

    Attributes:
        units: names that the book does not know.
        joined: rows whose appointments are entered with the person of a row above.
    """

    new: tuple[DraftPerson, ...]
    updates: tuple[Update, ...]
    units: tuple[str, ...]
    joined: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new) or any(each.changes or each.roles for each in self.updates)


def first_choices(office: Office, shown: Preview) -> dict[int, str]:
    """What to begin with: rows with our code update their person, where they say anything new and nothing is amiss."""
    found: dict[int, str] = {}
    for each in shown.duplicates:
        if each.why == BY_CODE and each.of not in found.values():
            update = plan_update(office, shown, each.row, each.of)
            if update.changes or update.roles:
                found[each.row] = each.of
    return found


def plan(office: Office, shown: Preview, choices: Choices | None = None) -> Plan:
    """What accepting `shown` would do. Without a choice, known people are left out and all others are new.

    A row that tells a further appointment of a person above is entered with that person, unless a choice names it.

    Raises:
        InputError: when a choice names a row that is neither new nor known, or no person.
    """
    said = dict(choices or {})
    new = {each.row: each for each in shown.accepted if said.get(each.row, NEW) == NEW}
    new |= {row: draft for row, draft in shown.matched.items() if said.get(row, SKIP) == NEW}
    rows = {each.row for each in shown.accepted} | shown.matched.keys()
    chosen: dict[str, list[DraftPerson]] = {}
    for row, choice in sorted(said.items()):
        if row not in rows:
            raise InputError(
                t("Row {row} is neither new nor known", row=row), do=t("choose among the rows that the preview accepts")
            )
        if choice not in (NEW, SKIP):
            chosen.setdefault(choice, []).append(draft_of(shown, row))
    joined = []
    for row, first in shown.further.items():
        if row in said or said.get(first, NEW) == SKIP:
            continue
        joined.append(row)
        if first in new:
            new[first] = new[first].with_posts_of(shown.matched[row])
        else:
            chosen[said[first]].append(shown.matched[row])
    updates = tuple(update_from(office, shown, _one(office, drafts, key), key) for key, drafts in chosen.items())
    drafts = tuple(new[row] for row in sorted(new))
    units = new_units(office, _named_units(drafts, updates), shown.on)
    return Plan(drafts, updates, units, tuple(joined))


def _one(office: Office, drafts: list[DraftPerson], person_id: str) -> DraftPerson:
    """The rows of one person as one draft: the first, with the further appointments of the others."""
    first = drafts[0]
    for other in drafts[1:]:
        if first.contradicts(other) or first.with_posts_of(other) == first:
            name = office.person(person_id).name
            raise InputError(
                t("Rows {one} and {other} would both update {name}", one=first.row, other=other.row, name=name),
                do=t("leave one of them out"),
            )
        first = first.with_posts_of(other)
    return first


def _named_units(drafts: tuple[DraftPerson, ...], updates: tuple[Update, ...]) -> tuple[DraftPerson, ...]:
    """Drafts that name every unit which rows name for people or for appointments."""
    moved = [DraftPerson(row=each.row, name="", unit=each.unit) for each in updates]
    posts = [post for draft in drafts for post in draft.posts] + [post for update in updates for post in update.posts]
    return (*drafts, *moved, *(DraftPerson(row=0, name="", unit=post.unit) for post in posts if post.unit))


def accept(
    office: Office,
    shown: Preview,
    choices: Choices | None = None,
    *,
    places: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Entered:
    """Enter a preview as one change.

    Args:
        office: the open office.
        shown: the preview.
        choices: what a person decided about single rows; see `Choices`.
        places: id of a unit that ended -> id of the one in which people are entered instead.
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
    rows: dict[str, int] = {}
    with rows_named(rows), office.book.change("roster.import", about=shown.path.name) as change:
        work = _Work(office, change, shown, places or {})
        _write(work, what, progress, stop)
        rows |= work.rows
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

    def __init__(self, office: Office, change: UnitOfWork, shown: Preview, places: Mapping[str, str]) -> None:
        self.office, self.change, self.shown = office, change, shown
        self.rows: dict[str, int] = {}
        self.units = {key: places.get(unit, unit) for key, unit in unit_index(office, shown.on).items()}

    def add_units(self, what: Plan) -> None:
        """Enter units that rows name and the book does not know."""
        for name in what.units:
            unit = Unit(id=self.change.new_id(Unit), names=(UnitName(name=name),), kind="party_organisation")
            self.units[unit_key(name)] = self.change.put(unit).id

    def enter(self, draft: DraftPerson) -> None:
        """Enter a new person with the roles of the row."""
        unit = self.units[unit_key(draft.unit)] if draft.unit else ""
        person = self.change.put(person_of(draft, self.change.new_id(Person), unit))
        self.rows[person.id] = draft.row
        for post in draft.posts_for(self.shown.how.role, self.shown.how.level):
            self._appoint(draft.row, post, person.id, unit)

    def update(self, each: Update) -> None:
        """Change what the row says of a person of the book, and add roles not held."""
        after = each.after
        unit, on = self.units[unit_key(each.unit)] if each.unit else "", self.shown.on
        moved = bool(unit and after.unit and (not after.before or after.before[-1].until < on - timedelta(days=1)))
        if unit and not moved:
            after = msgspec.structs.replace(after, unit=unit)
        self.rows |= dict.fromkeys((after.id, *(corrected.id for _, corrected in each.corrected)), each.row)
        if after != each.before:
            self.change.put(after, was=each.before)
        for before, corrected in each.corrected:
            self.change.put(corrected, was=before)
        if moved:  # a list tells where somebody is now, not where they have always been
            after = move(self.office, self.change, after, unit, on)
        for post in each.posts:
            self._appoint(each.row, post, after.id, after.unit)

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
        self.change.put(kept, was=found)

    def _appoint(self, row: int, post: DraftPost, person: str, unit: str) -> None:
        place = self.units[unit_key(post.unit)] if post.unit else unit
        made = put_post(self.office, self.change, appointment_of(post, ("", person, place)))
        self.rows[made.id] = row
