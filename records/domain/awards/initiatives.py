"""Initiatives (`sáng kiến`): who made them, what they are, and who recognised them at which level."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

InitiativeLevel = Literal["grassroots", "province", "national"]
LEVELS: tuple[InitiativeLevel, ...] = ("grassroots", "province", "national")
"""Where an initiative was recognised, lowest first: in its own body, in the province or a ministry, in the country."""


class Author(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of those who made an initiative.

    Attributes:
        person: id; empty for somebody who is not in the book.
        name: of such a person.
        share: percent of the initiative; 0 where nobody has said.
    """

    person: str = ""
    name: str = ""
    share: int = 0


class Initiative(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An initiative, from the day it was handed in. Without `recognised` and `refused` nobody has decided on it yet.

    Attributes:
        scope: the level at which it was recognised, or is asked to be; `level` of other records is of the office.
        day: handed in.
        recognised: day of the paper that recognises it; `number` and `by` are of that paper.
        refused: day it was turned down, with the `reason`.
        year: of achievement for which it counts, where that is not the year of its recognition; 0: it is.
        applied: where and how it is in use, in the words of the report.
    """

    id: str
    title: str
    authors: tuple[Author, ...]
    scope: InitiativeLevel
    day: date | None = None
    recognised: date | None = None
    by: str = ""
    number: str = ""
    refused: date | None = None
    reason: str = ""
    year: int = 0
    applied: str = ""

    def share_of(self, person: str) -> int | None:
        """Percent that is of a person; None for who has no part in it."""
        return next((each.share for each in self.authors if each.person == person), None)
