"""Checking: people of a scope against the standard of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from config.errors import InputError
from config.text import t
from records.domain.findings import Judgement
from records.domain.people.dossier import Dossier
from records.domain.people.person import Person
from records.rules.standards.judging import judge
from records.services.office import Office
from records.services.people.roster import Scope, roster

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
    lines = roster(office, on, scope)
    wanted = {line.person.id for line in lines}
    dossiers = {each.person.id: each for each in office.dossiers(on) if each.person.id in wanted}
    judged: list[tuple[Person, Judgement]] = []
    for done, line in enumerate(lines, 1):
        if stop is not None and stop():
            break
        dossier = dossiers[line.person.id]
        judged += [(line.person, judge_role(office, dossier, role)) for role in line.roles]
        if progress is not None and (done % 50 == 0 or done == len(lines)):
            progress(done, len(lines))
    return judged


def check_person(office: Office, person_id: str, on: date) -> list[Judgement]:
    """Judge one person in each role held on `on`. Raises InputError for an unknown id."""
    dossier = office.dossier(person_id, on)
    roles = dict.fromkeys(each.role for each in dossier.current())
    return [judge_role(office, dossier, role) for role in roles]


def judge_role(office: Office, dossier: Dossier, role: str) -> Judgement:
    """Judge one dossier in a role it holds, under the standard of its level and day."""
    latest = dossier.latest(role)
    if latest is None:
        raise InputError(
            t("{name} does not hold this role on {day}", name=dossier.person.name, day=dossier.on),
            do=t("choose another role or day"),
        )
    return judge(dossier, role, latest.level, office.settings.standard_for(role, latest.level, dossier.on))
