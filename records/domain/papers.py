"""Papers that were issued, kept word for word as they went out."""

from __future__ import annotations

from datetime import date

import msgspec


class IssuedPaper(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One paper as it was issued; one that is issued anew takes its place, and history tells of both.

    Attributes:
        kind: `proposal`, `minutes`, `decision` and so on.
        about: id of what it is of: a proposal list, a decision, a review, an event.
        said: the whole paper as JSON: words, tables, signers and style, from which every file of it is made again.
    """

    id: str
    kind: str
    about: str
    day: date
    said: str
    number: str = ""
