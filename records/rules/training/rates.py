"""How often people came, and how much they were taught. Counts only; a session that nobody recorded is not counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from records.domain.training import Attendance, Event, Presence


def share(part: int, whole: int) -> Decimal:
    """Per cent to one decimal, halves up as spreadsheets do; full only where nothing is missing."""
    percent = (Decimal(part * 100) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return min(percent, Decimal("99.9")) if part < whole else percent


@dataclass(frozen=True, slots=True)
class Rate:
    """Sessions recorded, and how many of them were attended, on time or late; missed with leave; missed without."""

    recorded: int = 0
    came: int = 0
    late: int = 0
    excused: int = 0
    absent: int = 0

    @property
    def percent(self) -> Decimal | None:
        """Attended of those asked for, those with leave left out, to one decimal; None where nobody was asked."""
        asked = self.recorded - self.excused
        return None if asked == 0 else share(self.came, asked)

    def __add__(self, other: Rate) -> Rate:
        """Both together."""
        return Rate(
            self.recorded + other.recorded,
            self.came + other.came,
            self.late + other.late,
            self.excused + other.excused,
            self.absent + other.absent,
        )


def rate(attended: Iterable[Attendance]) -> Rate:
    """The rate of some sessions."""
    return rate_of(Counter(each.presence for each in attended))


def rate_of(presences: Mapping[Presence, int]) -> Rate:
    """The rate of sessions counted by their presence."""
    late, excused, absent = (presences.get(each, 0) for each in ("late", "excused", "absent"))
    recorded = sum(presences.values()) - presences.get("called", 0)
    return Rate(recorded, recorded - excused - absent, late, excused, absent)


def hours_by_year(attended: Iterable[Attendance], events: Mapping[str, Event]) -> dict[int, Decimal]:
    """Year -> hours of instruction that a person attended, oldest first; events without hours count nothing."""
    hours: defaultdict[int, Decimal] = defaultdict(Decimal)
    for each in attended:
        event = events.get(each.event)
        if event is not None and each.came():
            hours[each.day.year] += event.hours
    return dict(sorted(hours.items()))
