"""Somebody looked at sensitive data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Somebody looked.

    Attributes:
        person: id of whose data it is.
        fields: keys of the sensitive fields; `discipline` for matters of discipline.
        door: through which: `screen`, a command such as `roster show`, or the file it was written to.
    """

    number: int
    time: str
    who: str
    person: str
    fields: tuple[str, ...]
    door: str
