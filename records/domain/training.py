"""Trainings and duties: what was called, who came. Counts and dates only, never what anybody reported."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, get_args

import msgspec

from config.settings.criteria import TrainingKind

Presence = Literal["present", "absent", "excused", "late", "called"]
"""Whether somebody came; `called` while nobody has said so yet."""
TRAINING_KINDS: tuple[TrainingKind, ...] = get_args(TrainingKind)


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A conference, briefing, course, contest or visit.

    Attributes:
        hours: of instruction, for courses; 0 when not counted.
        last_day: last day when it took several, else None.
        organiser: who held it; a political centre for courses.
        online_places: places to which it was carried online, 0 when none.
    """

    id: str
    kind: TrainingKind
    title: str
    day: date
    last_day: date | None = None
    hours: Decimal = Decimal(0)
    level: str = ""
    organiser: str = ""
    place: str = ""
    topic: str = ""
    online_places: int = 0


class EarlierCertificate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A certificate that another one replaced: its number, issuer and day, when it was replaced, and why."""

    number: str
    replaced: date
    issuer: str = ""
    day: date | None = None
    why: str = ""


class Attendance(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person at one event.

    Attributes:
        day: of the event, kept here so that one person's record can be read alone.
        result: completed, not completed, or nothing to complete.
        certificate: number, issuer and day of the certificate, where the centre gave one; the latest if re-issued.
        score: as the organiser gave it, on a scale of its own; None where none was given.
        rank: class or prize in words, such as `Giỏi` or `Giải Nhất`.
        earlier: certificates that were re-issued, oldest first.
    """

    id: str
    person: str
    event: str
    kind: TrainingKind
    day: date
    presence: Presence = "present"
    result: Literal["", "completed", "not_completed"] = ""
    certificate: str = ""
    certificate_issuer: str = ""
    certificate_day: date | None = None
    score: Decimal | None = None
    rank: str = ""
    earlier: tuple[EarlierCertificate, ...] = ()

    def came(self) -> bool:
        """Whether the person was there, late or not."""
        return self.presence in ("present", "late")


class DutyCount(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Duties of a person in a month: how many talks to how many listeners, how many reports on time."""

    id: str
    person: str
    month: date
    talks: int = 0
    listeners: int = 0
    reports_due: int = 0
    reports_on_time: int = 0
