"""The way to a commendation before there is a decision, and its money after: lists, candidates, council, payments."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Appraisal = Literal["", "agreed", "refused", "returned"]
STOPPED = frozenset(("refused", "returned"))
"""Appraisals by which a candidate goes no further: for good, or until the dossier comes again."""


class ProposalList(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A list of candidates that goes one way together: proposed, appraised, voted on, decided.

    Attributes:
        form: of everything on it; Party and state awards are never on one list.
        opened: day it was begun.
        number, submitted: of the paper that proposes it (`12-TTr/BTG`), once it went out.
    """

    id: str
    title: str
    form: Literal["party", "state", "office"]
    opened: date
    number: str = ""
    submitted: date | None = None


class Candidate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody on a list, for one prize.

    Attributes:
        subject: id of the person, or of the unit where the prize is for collectives.
        achieved_from, achieved_to: the period to be rewarded.
        appraisal: what the office found, with its reason, by whom and when.
        votes: how many of the council's members present agreed; None while nobody voted.
        award: id of the award once it was decided.
    """

    id: str
    list: str
    subject: str
    prize: str
    citation: str
    achieved_from: date
    achieved_to: date
    appraisal: Appraisal = ""
    appraisal_reason: str = ""
    appraised_by: str = ""
    appraised: date | None = None
    votes: int | None = None
    award: str = ""


class Meeting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The council's meeting on a list, as its minutes tell it.

    Attributes:
        members: of the council in all; `present` of them came.
        number: of the minutes.
    """

    id: str
    list: str
    day: date
    members: int
    present: int
    number: str = ""
    place: str = ""
    chair: str = ""
    secretary: str = ""


class Payment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Money of an award that was handed out, or taken back after a revocation.

    Attributes:
        amount: whole đồng, positive either way.
        fund: what it was paid from.
        voucher: number of the paper of payment.
    """

    id: str
    award: str
    day: date
    kind: Literal["paid", "recovered"]
    amount: int
    fund: str
    voucher: str = ""
