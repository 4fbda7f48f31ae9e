"""What is said of people who are left out of something because their data is restricted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from config.i18n import tr_
from records.domain.access.restrictions import Restriction
from records.services.office import Office
from records.services.people.listing import Scope, left_out
from records.services.privacy.restricting import restricted

LeftOut = tuple[dict[str, object], list[str]]
"""Whom something leaves out: for a `--json` answer, and as sentences; both empty where it is nobody."""
_MOST = 20


def restricted_lines(office: Office, restrictions: Iterable[Restriction]) -> list[str]:
    """A sentence for each of them; why it was restricted stands on their own page."""
    every = list(restrictions)
    lines = [
        tr_("Left out: {name} ({id}), whose data is restricted since {day}", name=office.person(each.person).name,
            id=each.person, day=each.since)
        for each in every[:_MOST]
    ]  # fmt: skip
    more = len(every) - _MOST
    return [*lines, tr_("… and {n} more people whose data is restricted", n=more)] if more > 0 else lines


def left_out_chip(office: Office, on: date, scope: Scope) -> list[str]:
    """How many people of a scope a list leaves out, in a few words; none where it is nobody."""
    n = len(left_out(office, on, scope))
    return [tr_("{n} left out: data restricted", n=n)] if n else []


def left_out_of(office: Office, on: date, scope: Scope | None = None) -> LeftOut:
    """Whom a list of a scope leaves out on a day."""
    held = restricted(office, on)
    found = [held[each] for each in left_out(office, on, scope)]
    return ({"left_out": [each.person for each in found]} if found else {}), restricted_lines(office, found)
