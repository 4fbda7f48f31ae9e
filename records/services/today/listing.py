"""The list of today: every kind of item, asked in turn."""

from __future__ import annotations

from records.services.today import book, open_work, people, privacy, training
from records.services.today.items import Asked, Item, Kind

KINDS: dict[str, Kind] = {
    "damage": book.damage,
    "event": training.coming_events,
    "unrecorded": training.unrecorded_events,
    "term": people.terms,
    "retirement": people.retirements,
    "review": open_work.reviews,
    "cycle": open_work.cycles,
    "proposal": open_work.proposals,
    "unprinted": open_work.unprinted,
    "unpaid": open_work.unpaid,
    "rules": book.rules,
    "retention": privacy.kept,
    "backup": book.backup,
    "changes": book.changes,
    "papers": people.papers,
}
"""Kind -> what finds its items. A new kind is a function and a row here, and its place in the screen."""
LATE = frozenset({"papers"})
"""Kinds that need everybody judged, which takes the longest."""


def today(asked: Asked, *, late: bool = True) -> list[Item]:
    """What is to be seen to, soonest due first, equals in the order of `KINDS`; those of `LATE` only if `late`."""
    found = [item for name, kind in KINDS.items() if late or name not in LATE for item in kind(asked)]
    return sorted(found, key=lambda each: each.due)
