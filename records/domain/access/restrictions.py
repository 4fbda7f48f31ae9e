"""Restriction: a person whose data is kept, and neither listed, judged, scored nor printed unless somebody asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

ERASE = "privacy.erase"
"""The act by which what is sensitive of a person is destroyed, which nothing takes back."""


class Restriction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The use of a person's data was restricted. Never taken away: it is lifted on a day, and says why.

    Attributes:
        since: first day on which it holds.
        reason: why, such as who asked for it and by which letter.
        lifted: first day on which it holds no more; None while it does.
        lifted_reason: why it was lifted.
    """

    id: str
    person: str
    since: date
    reason: str
    lifted: date | None = None
    lifted_reason: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it restricts on a day."""
        return self.since <= day and (self.lifted is None or day < self.lifted)


class Erasure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was kept of a person in sensitive fields was taken out for good.

    Attributes:
        fields: keys of the fields that were emptied.
        reason: why, such as who asked for it.
        old_until: last day on which a backup, or the book's own history, may still have held it; None: not known.
    """

    id: str
    person: str
    day: date
    reason: str
    fields: tuple[str, ...] = ()
    old_until: date | None = None


def restricted_on(restrictions: Iterable[Restriction], day: date) -> dict[str, Restriction]:
    """Person -> the restriction that holds on a day, the newest."""
    return {each.person: each for each in restrictions if each.holds_on(day)}
