"""Checking: people of a scope against the standard of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from records.domain.findings import Judgement
from records.domain.people.person import Person
from records.services.office import Office
from records.services.people.listing import Scope, listed
from records.services.standards.verdicts import judge_role, verdicts

Progress = Callable[[int, int], None]


def check(
    office: Office,
    on: date,
    scope: Scope | None = None,
    *,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> list[tuple[Person, Judgement]]:
    """Judge everybody of `scope` on `on`, once for each role held, in Vietnamese order of names.

    `progress` is told (done, all); when `stop` says yes, what was judged so far is returned.

    Raises:
        InputError: for a role, level or unit that is not known.
    """
    wanted = listed(office, on, scope).roles()

    def step(done: int) -> bool:
        if progress is not None and done % 50 == 0:
            progress(done, len(wanted))
        return stop is None or not stop()

    found = verdicts(office, on, wanted, step=step)
    if progress is not None and len(found) == len(wanted):
        progress(len(wanted), len(wanted))
    people = {each.id: each.as_of(on) for each in office.book.table(Person).glances(found)}
    return [(people[each], found[each][role]) for each, roles in wanted.items() if each in found for role in roles]


def check_person(office: Office, person_id: str, on: date) -> list[Judgement]:
    """Judge one person in each role held on `on`. Raises InputError for an unknown id."""
    dossier = office.dossier(person_id, on)
    roles = dict.fromkeys(each.role for each in dossier.current())
    return [judge_role(office, dossier, role) for role in roles]
