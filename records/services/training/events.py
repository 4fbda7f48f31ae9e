"""Trainings: conferences and classes, who is called to them, who came, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from config.errors import InputError
from config.text import t
from records.domain.dates import add_months
from records.domain.people.names import clean, fold
from records.domain.training import TRAINING_KINDS, Attendance, Event, Presence
from records.services.office import Office
from records.services.people.roster import Scope, roster
from records.services.privacy.restricting import judge_usable
from records.store.contract import UnitOfWork


def events(office: Office, *, kind: str = "", first: date | None = None, last: date | None = None) -> list[Event]:
    """Events of a kind and a period (both days in it), the newest first. Raises InputError for an unknown kind."""
    if kind and kind not in TRAINING_KINDS:
        raise InputError(
            t("There is no kind of event “{kind}”", kind=kind),
            do=t("use one of: {known}", known=", ".join(TRAINING_KINDS)),
        )
    found = [
        each
        for each in office.book.table(Event)
        if kind in ("", each.kind) and (first is None or first <= each.day) and (last is None or each.day <= last)
    ]
    return sorted(found, key=lambda each: (each.day, each.id), reverse=True)


def event_named(office: Office, event_id: str) -> Event:
    """The event with this id. Raises InputError when there is none."""
    found = office.book.table(Event).get(event_id)
    if found is None:
        raise InputError(t("There is no event {id}", id=event_id), do=t("look the code up with “training list”"))
    return found


def save_event(office: Office, event: Event, was: Event | None = None) -> Event:
    """Enter an event (`id` empty) or correct one, as one change; the days of its attendance follow.

    `was` is the event as it was opened for correcting: a correction that does not say it is refused.

    Raises:
        InputError: when its title is empty or its days cannot be right.
        ConflictError: when the event was changed since `was`.
    """
    judge_event(event)
    with office.book.change("training.event", about=event.title) as change:
        entered = event if event.id else msgspec.structs.replace(event, id=change.new_id(Event))
        change.put(entered, was=was)
        for each in office.book.table(Attendance).where(event=entered.id):
            if (each.day, each.kind) != (entered.day, entered.kind):
                change.put(msgspec.structs.replace(each, day=entered.day, kind=entered.kind), was=each)
    return entered


_BLANKS: dict[str, Callable[[date], int]] = {
    "month": lambda day: day.month,
    "thang": lambda day: day.month,
    "year": lambda day: day.year,
    "nam": lambda day: day.year,
}
"""What a title of a series may hold in braces, without its accents, and what stands there in the end."""
_BLANK = re.compile(r"\{([^{}]*)\}")


def judge_event(event: Event, *, series: bool = False) -> None:
    """Refuse an event that cannot be right; only the title of a `series` may hold blanks. Raises InputError."""
    if not clean(event.title):
        raise InputError(t("The event has no title"), do=t("enter what it is called on its papers"))
    title = _BLANK.sub(lambda found: "" if series and fold(found[1]) in _BLANKS else found[0], event.title)
    if "{" in title or "}" in title:
        raise InputError(
            t("The title “{title}” has a brace that stands for nothing", title=event.title),
            do=t("only the title of a series has them: {known}", known="{tháng}, {năm}, {month}, {year}"),
        )
    if event.last_day is not None and event.last_day < event.day:
        raise InputError(t("The event would end before it begins"), do=t("correct one of the two days"))
    if event.hours < 0 or event.online_places < 0:
        raise InputError(t("Hours and places are not below zero"), do=t("correct the number"))


def _titled(title: str, day: date) -> str:
    return _BLANK.sub(lambda found: str(_BLANKS[fold(found[1])](day)), title)


def open_series(office: Office, first: Event, *, times: int, scope: Scope | None = None) -> list[Event]:
    """Enter an event and its like in the months after it, such as the twelve conferences of a year, as one change.

    A title may hold `{month}` or `{tháng}`, `{year}` or `{năm}`. With a `scope`, its people of each day are called at
    once.

    Raises:
        InputError: for fewer than one or more than sixty times, another brace, or an event that cannot be right.
    """
    if not 1 <= times <= 60:
        raise InputError(t("A series of {n} events is not possible", n=times), do=t("give a number from 1 to 60"))
    judge_event(first, series=True)
    made = []
    with office.book.change("training.series", about=first.title) as change:
        for number in range(times):
            day = add_months(first.day, number)
            title = _titled(first.title, day)
            last = None if first.last_day is None else day + (first.last_day - first.day)
            event = msgspec.structs.replace(first, id=change.new_id(Event), day=day, title=title, last_day=last)
            made.append(change.put(event))
            for line in roster(office, day, scope) if scope is not None else ():
                call_one(change, line.person.id, event)
    return made


def call_one(change: UnitOfWork, person: str, event: Event) -> Attendance:
    """Call one person to an event as a part of `change`."""
    new_id = change.new_id(Attendance)
    return change.put(
        Attendance(id=new_id, person=person, event=event.id, kind=event.kind, day=event.day, presence="called")
    )


def call(office: Office, event: Event, people: Iterable[str]) -> int:
    """Call people to an event, as one change; those already called stay as they are. Returns how many are new.

    Raises:
        InputError: when somebody is not in the book.
        RefusedError: when the data of somebody is restricted.
    """
    there = {each.person for each in office.book.table(Attendance).where(event=event.id)}
    new = [office.person(each).id for each in dict.fromkeys(people) if each not in there]
    judge_usable(office, new)
    with office.book.change("training.call", about=event.title) as change:
        for person in new:
            call_one(change, person, event)
    return len(new)


def call_role(office: Office, wanted: Sequence[Event], role: str) -> int:
    """Call everybody who holds `role` (any, when empty) on the day of each event, as one change; how many are new."""
    new = 0
    with office.book.change("training.call", about=", ".join(each.title for each in wanted)) as change:
        for event in wanted:
            there = attendance_of(office, event.id)
            for line in roster(office, event.day, Scope(role=role, holding=True)):
                if line.person.id not in there:
                    call_one(change, line.person.id, event)
                    new += 1
    return new


def attendance_of(office: Office, event_id: str) -> dict[str, Attendance]:
    """Person id -> attendance at one event."""
    return {each.person: each for each in office.book.table(Attendance).where(event=event_id)}


def mark(office: Office, marks: Mapping[tuple[str, str], Presence | None]) -> int:
    """Record who came: (event id, person id) -> presence, None takes the call back; one change. Returns how many.

    Raises:
        InputError: for an unknown event or person, or a call with a result that would be lost.
    """
    sheets = {event: attendance_of(office, event) for event, _ in marks}
    about = ", ".join(event_named(office, event).title for event in sheets)
    with office.book.change("training.mark", about=about) as change:
        for (event_id, person), presence in marks.items():
            known = sheets[event_id].get(person)
            if presence is None:
                if known is not None:
                    _judge_removal(known)
                    change.remove(known)
                continue
            if known is not None and presence not in ("present", "late"):
                _judge_removal(known)
            event = event_named(office, event_id)
            row = known or call_one(change, office.person(person).id, event)
            change.put(msgspec.structs.replace(row, presence=presence), was=row)
    return len(marks)


def _judge_removal(known: Attendance) -> None:
    if known.result or known.certificate:
        raise InputError(
            t("A result or a certificate is recorded for {person}", person=known.person),
            do=t("take the result out first; then the person can be marked absent or taken off the list"),
        )


def record_results(office: Office, results: Sequence[Attendance]) -> None:
    """Write results and certificates, as one change. Raises InputError for one that is no attendance of the book."""
    table = office.book.table(Attendance)
    for each in results:
        if table.get(each.id) is None:
            raise InputError(t("There is no attendance {id}", id=each.id), do=t("call the person to the event first"))
    with office.book.change("training.result", about=str(len(results))) as change:
        for each in results:
            change.put(each, was=table[each.id])
