"""Who lacks or will lack which training by when, and the class that is opened for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from config.errors import InputError
from config.settings.criteria import TrainingWithin
from config.text import t
from records.domain.findings import Finding
from records.domain.people.dossier import Dossier, as_of
from records.domain.people.person import Person
from records.domain.people.sessions import CAME, Sessions
from records.domain.training import TRAINING_KINDS, Event
from records.rules.training.needs import training_needs
from records.services.attended import attended
from records.services.office import Office
from records.services.people.roster import RosterLine, Scope, roster
from records.services.privacy.restricting import judge_usable
from records.services.training.events import call_one, judge_event

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A person who lacks a training in a role, or will.

    Attributes:
        day: the first day without it; the day asked about where it is lacking already.
        finding: what the standard says then, with its numbers and its source.
        last: day of the last training of that kind, or None.
        called: the event of that kind, on or after the day asked about, to which the person is called; else None.
    """

    person: Person
    unit_name: str
    role: str
    level: str
    criterion: TrainingWithin
    day: date
    lacking: bool
    finding: Finding
    last: date | None
    called: Event | None


def needs(
    office: Office, on: date, by: date, scope: Scope | None = None, *, progress: Progress | None = None
) -> list[Need]:
    """Everybody of `scope` on `on` who lacks a training of the standard, or will by `by` if none is added.

    Those who lack it already come first, then by the day it runs out, then by name.

    Raises:
        InputError: for an unknown scope, or a day that comes before the other.
    """
    if by < on:
        raise InputError(t("{by} comes before {on}", by=by, on=on), do=t("give a later day"))
    lines = {line.person.id: line for line in roster(office, on, scope)}
    events = {each.id: each for each in office.book.table(Event)}
    found: list[Need] = []
    done, came = 0, attended(office.book)
    for later in office.dossiers(by):
        line = lines.get(later.person.id)
        if line is None:
            continue
        called = _called(came.of(line.person.id), events, on)
        found += _of_person(office, line, as_of(later, on), later, called)
        done += 1
        if progress is not None and (done % 50 == 0 or done == len(lines)):
            progress(done, len(lines))
    order = {person: place for place, person in enumerate(lines)}
    return sorted(found, key=lambda each: (not each.lacking, each.day, order[each.person.id], each.role))


def _called(sessions: Sessions, events: dict[str, Event], on: date) -> list[Event]:
    waiting = sessions.pick(TRAINING_KINDS, ("called",), since=on)
    return sorted(
        (events[each.event] for each in waiting if each.event in events), key=lambda each: (each.day, each.id)
    )


def _of_person(office: Office, line: RosterLine, now: Dossier, later: Dossier, called: Sequence[Event]) -> list[Need]:
    found = []
    for role in line.roles:
        post = now.latest(role)
        level = post.level if post else ""
        standards = [office.settings.standard_for(role, level, day) for day in (now.on, later.on)]
        for each in training_needs(now, later, role, *standards):
            kinds = each.criterion.kinds
            past = now.sessions.pick(kinds, CAME)
            found.append(
                Need(
                    person=line.person,
                    unit_name=line.unit_name,
                    role=role,
                    level=level,
                    criterion=each.criterion,
                    day=each.day,
                    lacking=each.lacking,
                    finding=each.finding,
                    last=past.day(-1) if past else None,
                    called=next((one for one in called if one.kind in kinds), None),
                )
            )
    return found


def open_class(office: Office, event: Event, people: Sequence[str]) -> tuple[Event, int]:
    """Enter an event and call people to it, as one change. Returns it, and how many were called.

    Raises:
        InputError: when the event cannot be right, nobody is named, or somebody is not in the book.
        RefusedError: when the data of somebody is restricted.
    """
    if not people:
        raise InputError(t("Nobody is named"), do=t("mark the people who are to come"))
    judge_event(event)
    judge_usable(office, people)
    with office.book.change("training.class", about=event.title) as change:
        made = change.put(msgspec.structs.replace(event, id=change.new_id(Event)))
        for person in dict.fromkeys(people):
            call_one(change, office.person(person).id, made)
    return made, len(set(people))
