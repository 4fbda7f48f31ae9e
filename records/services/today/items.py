"""What is to be seen to now: an item is data, and its kind is a function in one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from config.text import Text
from records.domain.findings import Judgement
from records.domain.people.person import Person
from records.services.appointments.coming import HORIZONS, Coming, coming
from records.services.office import Office
from records.services.standards.checks import check

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]
FEW = 3
"""So many of one sort are told one by one; more are told as one item with their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to be seen to.

    Attributes:
        kind: one of `KINDS`.
        due: the day it is, or was, to be done by.
        text: what, in a sentence.
        about: id of the record it is about; empty where it is about several, or about the book.
    """

    kind: str
    due: date
    text: Text
    about: str = ""


class Asked:
    """What is asked, and what several kinds need.

    Args:
        office: the open office.
        on: the day asked about.
        backed_up: day of the newest backup, which lies outside the book; None when there is none.
        progress, stop: of the check of everybody, which takes by far the longest.
    """

    def __init__(
        self,
        office: Office,
        on: date,
        *,
        backed_up: date | None = None,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> None:
        self.office, self.on, self.backed_up = office, on, backed_up
        self._progress, self._stop = progress, stop

    @cached_property
    def judged(self) -> list[tuple[Person, Judgement]]:
        """Everybody who holds a role, judged once for each."""
        return check(self.office, self.on, progress=self._progress, stop=self._stop)

    @cached_property
    def coming(self) -> list[Coming]:
        """Terms and ages of the next 90 days, and terms that have run out."""
        return coming(self.office, self.on, HORIZONS[1])


Kind = Callable[[Asked], Sequence[Item]]


def few_or_many(items: Sequence[Item], many: Callable[[int], Text]) -> list[Item]:
    """The items of one sort as they are, or one that says how many, due when the first of them is."""
    if len(items) <= FEW:
        return list(items)
    first = min(items, key=lambda each: each.due)
    return [Item(kind=first.kind, due=first.due, text=many(len(items)))]
