"""Looking ahead and supposing: who falls out of the standard and through what; what another value would change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from config.errors import InputError
from config.settings.criteria import AttendanceAtLeast
from config.settings.dated import DatedValue
from config.text import Text, t
from records.domain.findings import Finding, Judgement, Verdict
from records.domain.people.dossier import Dossier
from records.domain.people.person import Person
from records.rules.criteria.register import asked
from records.rules.standards.judging import judge
from records.rules.standards.supposing import criteria_of, suppose_role, suppose_training, with_value
from records.services.access.telling import private_criteria, told
from records.services.office import Office
from records.services.people.roster import Scope, roster
from records.services.standards.rule_changes import the_standard
from records.services.standards.verdicts import judge_role

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """Something that is met today and will not be: `day` is the first day without it, `act` what can be done."""

    person: Person
    role: str
    day: date
    now: Finding
    then: Finding
    act: Text


def ahead(
    office: Office, on: date, days: int, scope: Scope | None = None, *, progress: Progress | None = None
) -> list[Fall]:
    """What people will lose within `days` if nothing is added, soonest first.

    Attendance is left out: what will be called and who will come is not known.

    Raises:
        InputError: for an unknown scope, or days that are not at least 1.
    """
    if days < 1:
        raise InputError(t("“{days}” is no number of days", days=days), do=t("give at least 1"))
    end = on + timedelta(days=days)
    lines = {line.person.id: line for line in roster(office, on, scope)}
    later = {each.person.id: each for each in office.dossiers(end) if each.person.id in lines}
    falls: list[Fall] = []
    done = 0
    for dossier in office.dossiers(on):
        line = lines.get(dossier.person.id)
        if line is None:
            continue
        for role in line.roles:
            falls += _falls(office, dossier, later[dossier.person.id], role)
        done += 1
        if progress is not None and (done % 50 == 0 or done == len(lines)):
            progress(done, len(lines))
    return sorted(falls, key=lambda each: (each.day, each.person.id, each.now.criterion))


def _falls(office: Office, dossier: Dossier, later: Dossier, role: str) -> list[Fall]:
    now = judge_role(office, dossier, role)
    standard = office.settings.standard_for(role, now.level, later.on)
    if standard is None:
        return []
    # Judged even where the appointment is over by then: that is one of the things to say.
    then = {each.criterion: each for each in told(office, judge(later, role, now.level, standard)).findings}
    called = {each.id for each in standard.criteria if isinstance(each, AttendanceAtLeast)}
    acts = {each.id: asked(each).act for each in standard.criteria}
    falls = []
    for finding in now.findings:
        after = then.get(finding.criterion)
        if finding.verdict is not Verdict.MET or after is None or finding.criterion in called:
            continue
        if after.verdict in (Verdict.NOT_MET, Verdict.UNKNOWN):
            until = finding.until
            day = until + timedelta(days=1) if until is not None and until < later.on else later.on
            act = acts[finding.criterion]
            falls.append(Fall(person=dossier.person, role=role, day=day, now=finding, then=after, act=act))
    return falls


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """What is supposed of a person; empty fields suppose nothing."""

    role: str
    level: str = ""
    training: str = ""
    trained: date | None = None
    on: date | None = None


def what_if_person(office: Office, person_id: str, on: date, given: Supposition) -> tuple[Judgement | None, Judgement]:
    """How a person is judged now (None who does not hold the role), and as supposed. Nothing is written.

    Raises:
        InputError: for an unknown person, role or level, or somebody who does not hold the role where no level is
            supposed.
    """
    roster(office, on, Scope(role=given.role, level=given.level))  # refuses unknown words
    dossier = office.dossier(person_id, on)
    held = dossier.latest(given.role)
    now = judge_role(office, dossier, given.role) if held else None
    supposed = office.dossier(person_id, given.on or on)
    if given.level or supposed.latest(given.role) is None:
        level = given.level or (held.level if held else "")
        if not level:
            raise InputError(
                t("{name} does not hold this role on {day}", name=dossier.person.name, day=on),
                do=t("say at which level it is to be supposed"),
            )
        supposed = suppose_role(supposed, given.role, level)
    if given.training:
        supposed = suppose_training(supposed, given.training, given.trained or supposed.on)
    return now, judge_role(office, supposed, given.role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What another value would do: people who would meet the standard then and do not now, and the other way round.

    `met`, `would` count those who meet it; `unsettled` those whose verdict changes otherwise.
    """

    met: int
    would: int
    gained: tuple[Person, ...]
    lost: tuple[Person, ...]
    unsettled: tuple[Person, ...]


def what_if_value(office: Office, on: date, standard_id: str, place: tuple[str, str], value: Any) -> Effect:
    """What a standard would do with another value of `place` (criterion, name) on a day. Nothing is written.

    Raises:
        InputError: for an unknown standard, criterion or value.
        BookError, RefusedError: where verdicts of it rest on sensitive data that whoever is signed in may not see.
    """
    standard = the_standard(office, standard_id)
    if any(each.id in private_criteria(office.settings) for each in standard.criteria):
        office.book.access.judge("sensitive")
    source = criteria_of(standard)[place[0]].source if place[0] in criteria_of(standard) else ""
    other = with_value(standard, place[0], place[1], on, DatedValue(value, source, "to_confirm"))
    met = would = 0
    moved: dict[str, list[Person]] = {"gained": [], "lost": [], "unsettled": []}
    for line in roster(office, on, Scope(role=standard.role)):
        dossier = office.dossier(line.person.id, on)
        now = judge_role(office, dossier, standard.role)
        if now.standard != standard.id:
            continue
        then = judge(dossier, standard.role, now.level, other)
        met += now.verdict is Verdict.MET
        would += then.verdict is Verdict.MET
        if now.verdict is not then.verdict:
            moved[_way(now.verdict, then.verdict)].append(line.person)
    return Effect(met=met, would=would, **{name: tuple(people) for name, people in moved.items()})


def _way(now: Verdict, then: Verdict) -> str:
    return "gained" if then is Verdict.MET else "lost" if now is Verdict.MET else "unsettled"
