"""Scores and commendations: from a year's rating to a numbered entry in the register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

Rating = Literal["", "excellent", "good", "completed", "not_completed"]


class Score(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The emulation result of a person, or of a unit, in a cycle (`2025`, `2025-H1`, `2025-03`).

    A unit's has no `person`.
    """

    id: str
    person: str
    cycle: str
    role: str
    own: Decimal | None = None
    appraised: Decimal | None = None
    final: Decimal | None = None
    rating: Rating = ""
    reason: str = ""
    unit: str = ""


class YearRating(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a person, or a unit, was rated for a year by those who may: never the office's own score of a role.

    Attributes:
        kind: as a Party member (or organisation), as an official, or as a worker.
        number: of the paper that says so, with its day.
    """

    id: str
    year: int
    kind: Literal["party", "official", "worker"]
    rating: Rating
    person: str = ""
    unit: str = ""
    number: str = ""
    day: date | None = None
    note: str = ""


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A decision of commendation. Never edited once registered: a mistake is corrected by a new decision.

    Attributes:
        number: as on the paper, without `Số` (`12-QĐ/BTG`).
        form: Party, state or the office's own; decides the form of the certificate.
        signer_mode: `K/T` or `T/M` as the form writes it, or empty.
        signer2_mode, signer2_body, signer2_title, signer2_name: of a second signer, where two bodies sign.
        corrects: id of the decision this one corrects.
    """

    id: str
    number: str
    day: date
    form: Literal["party", "state", "office"]
    issuer: str
    title: str
    issuer_above: str = ""
    place: str = ""
    signer_mode: str = ""
    signer_body: str = ""
    signer_title: str = ""
    signer_name: str = ""
    signer2_mode: str = ""
    signer2_body: str = ""
    signer2_title: str = ""
    signer2_name: str = ""
    corrects: str = ""


SIGNERS = tuple(f"signer{which}_{what}" for which in ("", "2") for what in ("mode", "body", "title", "name"))
"""Fields of a `Decision` that say who signed."""


class Award(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One commendation of one person, or of one unit, in one decision. Never edited but to be revoked.

    Attributes:
        person: empty where a collective is commended; `unit` is its id then.
        corrects: id of the award whose words this one puts right; that one counts no more.
        name, unit_name, citation: letter for letter as in the decision; they do not follow later changes.
        achieved_from, achieved_to: the period rewarded; it counts, not the decision's day.
        register_number: 1, 2, 3… in its year; gapless, never reused; 0 before registration.
        money: whole đồng.
        revoked: day and ground when it was taken back; `revoked_number` of the decision that did.
    """

    id: str
    decision: str
    person: str
    prize: str
    name: str
    unit_name: str
    citation: str
    achieved_from: date
    achieved_to: date
    register_year: int = 0
    register_number: int = 0
    money: int = 0
    money_note: str = ""
    revoked: date | None = None
    revoked_ground: str = ""
    revoked_number: str = ""
    unit: str = ""
    position: str = ""
    corrects: str = ""

    @property
    def subject(self) -> str:
        """Id of whom it commends."""
        return self.person or self.unit

    @property
    def register(self) -> str:
        """The number as printed (`12/2025`); empty before registration."""
        return f"{self.register_number}/{self.register_year}" if self.register_number else ""


def standing(awards: Iterable[Award]) -> list[Award]:
    """Awards that count: not revoked, and not put right by another among them."""
    known = list(awards)
    corrected = {each.corrects for each in known}
    return [each for each in known if each.revoked is None and each.id not in corrected]


class Issue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A printing of certificates: what, when and by whom; a second original is a re-issue.

    Attributes:
        spoilt: what happened to the sheet printed before, in whose place this one is.
    """

    id: str
    award: str
    printed: date
    template: str
    reissue: bool = False
    sha256: str = ""
    spoilt: str = ""
