"""Moments as the journal writes them."""

from __future__ import annotations

from datetime import datetime


def moment(now: datetime) -> str:
    """A time as the journal writes it, to the second, with its zone."""
    return now.astimezone().isoformat(timespec="seconds")


def shown_moment(time: str) -> str:
    """A time of the journal as a person reads it: day and minute."""
    return time[:16].replace("T", " ")
