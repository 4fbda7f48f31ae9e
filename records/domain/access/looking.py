"""Somebody looked at sensitive data."""

from __future__ import annotations

import msgspec


class Look(msgspec.Struct, frozen=True, kw_only=True):
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
