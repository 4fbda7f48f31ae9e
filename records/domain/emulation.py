"""Emulation: movements, cycles, who is registered in them, and the points of each of the three hands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from config.errors import InputError
from config.text import t
from records.domain.dates import PartialDate

Stage = Literal["own", "appraised", "final"]
STAGES: tuple[Stage, ...] = ("own", "appraised", "final")
CycleKind = Literal["year", "half", "quarter", "month", "theme"]


class Participant(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person or unit in a movement: since when, and what they came to, in words, with the day it was noted."""

    subject: str
    joined: date | None = None
    result: str = ""
    noted: date | None = None


class Movement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An emulation movement (`phong trào`, or `chuyên đề` on one theme) that cycles and registrations belong to.

    Attributes:
        title: its name as launched; `number` of its paper.
        until: its last day; open where None.
        goals: what it asks, one criterion each.
        summed: day it was summed up, with the words and the number of the paper.
    """

    id: str
    title: str
    number: str = ""
    launched: date | None = None
    until: date | None = None
    theme: bool = False
    goals: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    summed: date | None = None
    summary: str = ""
    summary_number: str = ""

    def part_of(self, subject: str) -> Participant | None:
        """A person's or unit's part in it."""
        return next((each for each in self.participants if each.subject == subject), None)


class Unlocking(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A signed cycle was opened again: when, by whom and why."""

    day: date
    by: str
    reason: str


class Cycle(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One round of scoring of people in a role, or of units, by one table.

    Attributes:
        key: as scores name it (`2025`, `2025-H1`, `2025-Q2`, `2025-03`, or the office's own for a theme).
        role: of the people scored; empty for units.
        table: id of the score table.
        first_day, last_day: the time scored; records outside it do not count.
        signed: day it was locked by signing, or None while it is open.
    """

    id: str
    key: str
    title: str
    kind: CycleKind
    subject: Literal["person", "unit"]
    table: str
    first_day: date
    last_day: date
    role: str = ""
    movement: str = ""
    signed: date | None = None
    signed_by: str = ""
    unlocked: tuple[Unlocking, ...] = ()


class Marks(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one hand gave: points by criterion, and why they differ from the hand before.

    A criterion that is absent was not scored, which is not zero. `by` and `day` are of the last entry.
    """

    points: dict[str, Decimal] = {}
    reason: str = ""
    by: str = ""
    day: date | None = None


class Entrant(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person or unit registered in a cycle: one row of its sheet.

    Attributes:
        subject: id of the person or unit.
        organisation: id of the unit within which a quota is taken.
        cluster, level: as at registration; lists and quotas go by them.
        registered: day of registration; None when the office entered everybody.
        pledge: the title pledged, in the words of the registration.
        answers: condition answered by hand -> yes or no; absent while nobody answered.
        evidence: criterion -> where the proof is (number and date of a paper), never the paper's text.
    """

    id: str
    cycle: str
    subject: str
    organisation: str = ""
    cluster: str = ""
    level: str = ""
    registered: date | None = None
    pledge: str = ""
    own: Marks = Marks()
    appraised: Marks = Marks()
    final: Marks = Marks()
    answers: dict[str, bool] = {}
    evidence: dict[str, str] = {}

    def marks(self, stage: Stage) -> Marks:
        """What one hand gave."""
        return {"own": self.own, "appraised": self.appraised, "final": self.final}[stage]

    def before(self, stage: Stage) -> Mapping[str, Decimal]:
        """The points of the hand before `stage`; those of the first hand for itself."""
        place = max(STAGES.index(stage) - 1, 0)
        return self.marks(STAGES[place]).points

    def differing(self, stage: Stage) -> tuple[str, ...]:
        """Criteria that this hand scored otherwise than the one before, in the order entered."""
        earlier = self.before(stage)
        return tuple(
            each for each, points in self.marks(stage).points.items() if each in earlier and earlier[each] != points
        )


class TieRuling(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The council's order among equal totals: ids of entrants, the first ranks first, and why."""

    id: str
    cycle: str
    order: tuple[str, ...]
    reason: str
    day: date
    by: str = ""


_HALF = r"(\d{4})-H([12])"
_QUARTER = r"(\d{4})-Q([1-4])"
_MONTH = r"(\d{4})-(\d{2})"
_YEAR = r"\d{4}"


def period_of(key: str, first: date | None = None, last: date | None = None) -> tuple[CycleKind, date, date]:
    """The kind and the days of a cycle by its key: `2025`, `2025-H1`, `2025-Q2`, `2025-03`; given days take precedence.

    An office whose year runs otherwise (15 November to 14 November) gives both days.

    Raises:
        InputError: for a theme without days, or days in the wrong order.
    """
    kind, begins, ends = _usual(key.strip())
    begins, ends = first or begins, last or ends
    if begins is None or ends is None:
        raise InputError(
            t("“{key}” is no year, half year, quarter or month", key=key),
            do=t("write 2025, 2025-H1, 2025-Q2 or 2025-03, or give a theme its first and last day"),
        )
    if ends < begins:
        raise InputError(t("The cycle ends before it begins"), do=t("correct one of the two days"))
    return kind, begins, ends


def _usual(key: str) -> tuple[CycleKind, date | None, date | None]:
    try:
        if found := re.fullmatch(_HALF, key):
            year, half = int(found[1]), int(found[2])
            return "half", date(year, 1 if half == 1 else 7, 1), PartialDate(year, 6 * half).last_day()
        if found := re.fullmatch(_QUARTER, key):
            year, quarter = int(found[1]), int(found[2])
            return "quarter", date(year, 3 * quarter - 2, 1), PartialDate(year, 3 * quarter).last_day()
        if found := re.fullmatch(_MONTH, key):
            month = PartialDate(int(found[1]), int(found[2]))
            return "month", month.first_day(), month.last_day()
        if re.fullmatch(_YEAR, key):
            return "year", date(int(key), 1, 1), date(int(key), 12, 31)
    except ValueError:
        pass
    return "theme", None, None
