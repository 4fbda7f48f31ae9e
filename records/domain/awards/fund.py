"""The prize fund: money that came in and money that went out beside what was paid for awards (`Payment`)."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec


class FundEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Money that a source of prize money was given, or that was spent from it on something else than an award.

    Attributes:
        fund: the source, by its name as payments have it.
        amount: whole đồng, positive either way.
        number: of the paper it rests on.
    """

    id: str
    fund: str
    day: date
    kind: Literal["income", "spent"]
    amount: int
    number: str = ""
    note: str = ""
