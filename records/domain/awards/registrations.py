"""Registration of titles: who set out for which title in a year or a movement, and what the body above answered."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Answer = Literal["sent", "returned", "approved"]
RegistrationState = Literal["not_sent", "sent", "returned", "approved"]
STATES: tuple[RegistrationState, ...] = ("not_sent", "sent", "returned", "approved")


class RegistrationStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A registration went up, came back with a reason, or was approved; `number` is of the paper it went with."""

    day: date
    to: Answer
    by: str = ""
    reason: str = ""
    number: str = ""


class TitleRegistration(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person or unit registers a title.

    Attributes:
        subject: id of the person, or of the unit where the title is for collectives.
        prize: key of the title in `prizes.yaml`.
        year: of achievement in which it is to be reached.
        movement: id of the movement it belongs to, or empty.
        pledge: what they set out to do, in the words of the registration.
        registered: day of the registration.
        steps: what became of it, oldest first.
    """

    id: str
    subject: str
    prize: str
    year: int
    movement: str = ""
    pledge: str = ""
    registered: date | None = None
    steps: tuple[RegistrationStep, ...] = ()

    @property
    def state(self) -> RegistrationState:
        """How far it is."""
        return self.steps[-1].to if self.steps else "not_sent"

    def state_on(self, day: date) -> RegistrationState:
        """How far it was on a day."""
        until = [each for each in self.steps if each.day <= day]
        return until[-1].to if until else "not_sent"
