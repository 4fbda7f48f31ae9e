"""A person's attendance as numbers: what verdicts ask of years of sessions, without a record for each of them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal, Protocol, get_args, overload

from config.settings.criteria import TrainingKind
from records.domain.dates import add_months
from records.domain.training import TRAINING_KINDS, Attendance, Presence

Result = Literal["", "completed", "not_completed"]
PRESENCES: tuple[Presence, ...] = get_args(Presence)
RESULTS: tuple[Result, ...] = get_args(Result)
CAME: tuple[Presence, ...] = ("present", "late")
_NUMBER, _WORDS = 32, 8
"""Bits of a record's number, and of kind (3), presence (3) and result (2); above them lies the day."""
_DAY = timedelta(days=1)
_LAST_WORD = (1 << _WORDS) - 1


class Kept(Protocol):
    """Where the records are that the numbers stand for."""

    def id_of(self, number: int) -> str:
        """The id of a record."""

    def record(self, number: int) -> Attendance:
        """The record itself."""


def packed(number: int, day: date, kind: TrainingKind, presence: Presence, result: Result) -> int:
    """One session as 62 bits; in their order sessions are in the order of days, and of a day in that of entry."""
    return (((day.toordinal() << _NUMBER) | number) << _WORDS) | _word(kind, presence, result)


@cache
def _word(kind: TrainingKind, presence: Presence, result: Result) -> int:
    return (TRAINING_KINDS.index(kind) << 5) | (PRESENCES.index(presence) << 2) | RESULTS.index(result)


@lru_cache(maxsize=64)
def _words(
    kinds: tuple[TrainingKind, ...], presence: tuple[Presence, ...], results: tuple[Result, ...]
) -> frozenset[int]:
    return frozenset(_word(kind, each, result) for kind in kinds for each in presence for result in results)


@lru_cache(maxsize=256)
def window_start(months: int, on: date) -> date:
    """The first day whose sessions still count on `on`, in a window of so many months.

    Counted forward from the training's day, as the last valid day is: a month's end has no other exact answer. The
    later the day, the later its window ends, so one first day says it for all.
    """
    day = add_months(on, -min(months, 12 * (on.year - 1)))
    while add_months(day, months) <= on:
        day += _DAY
    while day > date.min and add_months(day - _DAY, months) > on:
        day -= _DAY
    return day


class Sessions(Sequence[Attendance]):
    """Sessions of one person, oldest first. A record is read only when it is asked for."""

    __slots__ = ("_codes", "_kept")

    def __init__(self, codes: Sequence[int], kept: Kept) -> None:
        """`codes` are `packed`, in order."""
        self._codes, self._kept = codes, kept

    @classmethod
    def of(cls, records: Sequence[Attendance]) -> Sessions:
        """The sessions of these records, in whatever order they come."""
        if isinstance(records, Sessions):
            return records
        shelf = _Shelf(sorted(records, key=lambda each: (each.day, len(each.id), each.id)))
        codes = (packed(at, e.day, e.kind, e.presence, e.result) for at, e in enumerate(shelf.records))
        return cls(array("q", codes), shelf)

    def upto(self, day: date) -> Sessions:
        """Those until `day`, itself included."""
        end = bisect_left(self._codes, (day.toordinal() + 1) << (_NUMBER + _WORDS))
        return self if end == len(self._codes) else Sessions(self._codes[:end], self._kept)

    def pick(
        self,
        kinds: Iterable[TrainingKind],
        presence: tuple[Presence, ...],
        *,
        since: date = date.min,
        results: tuple[Result, ...] = RESULTS,
    ) -> Sessions:
        """Those of some kinds, ways of being there and results, from a day on."""
        wanted = _words(tuple(kinds), presence, results)
        begin = bisect_left(self._codes, since.toordinal() << (_NUMBER + _WORDS))
        return Sessions([each for each in self._codes[begin:] if each & _LAST_WORD in wanted], self._kept)

    def years(self) -> Iterator[tuple[int, Sessions]]:
        """Each year that has any with those of it, the oldest first."""
        begin = 0
        while begin < len(self._codes):
            year = self.day(begin).year
            end = bisect_left(self._codes, (date(year, 12, 31).toordinal() + 1) << (_NUMBER + _WORDS))
            yield year, self[begin:end]
            begin = end

    def tally(self) -> Counter[tuple[TrainingKind, Presence]]:
        """How many there are of each kind with each way of being there."""
        found = Counter[tuple[TrainingKind, Presence]]()
        for word, n in Counter(each & _LAST_WORD for each in self._codes).items():
            found[TRAINING_KINDS[word >> 5], PRESENCES[(word >> 2) & 7]] += n
        return found

    def day(self, place: int) -> date:
        """The day of one of them."""
        return date.fromordinal(self._codes[place] >> (_NUMBER + _WORDS))

    def ids(self) -> tuple[str, ...]:
        """The ids of their records."""
        return tuple(self._kept.id_of(_number(each)) for each in self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def __iter__(self) -> Iterator[Attendance]:
        return (self._kept.record(_number(each)) for each in self._codes)

    @overload
    def __getitem__(self, place: int) -> Attendance: ...
    @overload
    def __getitem__(self, place: slice) -> Sessions: ...
    def __getitem__(self, place: int | slice) -> Attendance | Sessions:
        if isinstance(place, slice):
            return Sessions(self._codes[place], self._kept)
        return self._kept.record(_number(self._codes[place]))


def _number(code: int) -> int:
    return (code >> _WORDS) & ((1 << _NUMBER) - 1)


class _Shelf:
    """Records at hand, numbered by their place."""

    def __init__(self, records: Sequence[Attendance]) -> None:
        self.records = records

    def id_of(self, number: int) -> str:
        return self.records[number].id

    def record(self, number: int) -> Attendance:
        return self.records[number]
