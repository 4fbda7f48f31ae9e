"""Moments as the journal writes them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache


def moment(now: datetime) -> str:
    """A time as the journal writes it, to the second, with its zone."""
    return _told(now.replace(microsecond=0), now.fold)


@lru_cache(maxsize=1)
def _told(second: datetime, _fold: int) -> str:
    """Finding the zone of a moment takes as long as writing its line; many lines of an import have the same second."""
    return second.astimezone().isoformat()


def shown_moment(time: str) -> str:
    """A time of the journal as a person reads it: day and minute."""
    return time[:16].replace("T", " ")
