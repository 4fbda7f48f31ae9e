"""Appointments to a role, and discipline: both have a beginning and an end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

import msgspec

from records.domain.units import Stay, place_on

RoleKey = Literal["reporter", "communicator", "collaborator"]
ROLES: tuple[RoleKey, ...] = ("reporter", "communicator", "collaborator")
EndReason = Literal["", "term_ended", "relieved", "transferred", "retired", "died", "removed", "resigned", "renewed"]


class Appointment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One recognition in one role; a renewal is a new appointment.

    Attributes:
        instrument: a decision of a Party committee, or a contract.
        recognised_by, managed_by: two bodies that are not the same (a reporter is recognised by the committee and
            managed by its propaganda department).
        since: first day; None when the papers do not say.
        until: last day of the term; None when it runs until withdrawn.
        ended: last day served, when it ended or was renewed; `end_reason` says why.
        before: units it lay in earlier, oldest first, when its unit was merged or split, or the person moved.
    """

    id: str
    person: str
    role: RoleKey
    level: str
    unit: str = ""
    instrument: Literal["decision", "contract", ""] = ""
    number: str = ""
    decided: date | None = None
    recognised_by: str = ""
    managed_by: str = ""
    since: date | None = None
    until: date | None = None
    ended: date | None = None
    end_reason: EndReason = ""
    before: tuple[Stay, ...] = ()
    note: str = ""

    def unit_on(self, day: date) -> str:
        """Id of the unit it lay in on `day`, or empty."""
        return place_on(self.unit, self.before, day)

    def last_day(self) -> date | None:
        """The last day of force, or None while it is open."""
        ends = [day for day in (self.until, self.ended) if day is not None]
        return min(ends, default=None)

    def held_on(self, day: date) -> bool:
        """Whether the person holds the role on `day`, though the term may have run out without a new decision."""
        return (self.since is None or self.since <= day) and (self.ended is None or day <= self.ended)

    def in_force_on(self, day: date) -> bool:
        """Whether the appointment is in force on `day`: begun, not ended, and within its term."""
        last = self.last_day()
        return (self.since is None or self.since <= day) and (last is None or day <= last)


class Discipline(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A measure of discipline, or a verification that is pending (`decided` is None).

    Attributes:
        person: empty where a unit is meant; `unit` is its id then.
        opened: day the verification began, or the decision's day.
        decided: day of the announcement.
        lapses: first day on which it no longer counts; None: it does not end by itself.
        closed: day a verification ended without a measure.
    """

    id: str
    person: str
    opened: date
    measure: Literal["", "reprimand", "warning", "removal", "expulsion"] = ""
    decided: date | None = None
    lapses: date | None = None
    closed: date | None = None
    number: str = ""
    unit: str = ""

    def state_on(self, day: date) -> Literal["none", "pending", "in_force", "lapsed"]:
        """Where the matter stands on `day`."""
        if day < self.opened:
            return "none"
        if self.decided is None or day < self.decided:
            return "lapsed" if self.closed is not None and self.closed <= day else "pending"
        return "lapsed" if self.lapses is not None and self.lapses <= day else "in_force"


class Absence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A time away from work; whether it counts as work is said by the settings, by its kind.

    Attributes:
        good: whether it ended with a good result (of study); None: not known.
        number: of the paper.
    """

    id: str
    person: str
    kind: Literal["maternity", "sick", "study", "injury", "unpaid"]
    first: date
    last: date
    good: bool | None = None
    number: str = ""


def months_served(appointments: Iterable[Appointment], role: str, day: date) -> int | None:
    """Whole months in a role up to `day`, overlaps counted once; None when no beginning is known."""
    spans = spans_served((each for each in appointments if each.role == role), day)
    return sum(whole_months(first, last + timedelta(days=1)) for first, last in spans) if spans else None


def spans_served(appointments: Iterable[Appointment], day: date) -> list[tuple[date, date]]:
    """First and last days of service up to `day`, oldest first; what follows without a gap is one span."""
    spans: list[tuple[date, date]] = []
    for each in sorted((a for a in appointments if a.since is not None), key=_begun):
        first, last = _begun(each), min(each.ended or day, day)
        if first > day:
            continue
        if spans and first <= spans[-1][1] + timedelta(days=1):
            spans[-1] = (spans[-1][0], max(spans[-1][1], last))
        else:
            spans.append((first, last))
    return spans


def _begun(appointment: Appointment) -> date:
    return appointment.since or date.min


def whole_months(start: date, end: date) -> int:
    """Whole months from `start` to the day before `end`."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
