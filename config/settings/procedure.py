"""Typed shapes of two procedures: the way to a commendation and back, and the review of the roster."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from config.settings.dated import Confidence, Dated, Words
from config.settings.shapes import Cited, Shape


class Ground(Shape, frozen=True):
    """A ground on which an award is revoked.

    Attributes:
        article: point of the source that says so.
        recovers: whether the object and the money are taken back.
    """

    title: Words
    article: str
    source: str
    confidence: Confidence
    recovers: bool = True


class Procedure(Cited, frozen=True):
    """`awards/procedure.yaml`.

    Attributes:
        present_percent: of the council's members who must be present for its votes to count.
        votes_percent: of those present who must vote for a candidate.
        funds: form of the award -> what its money is paid from, by date.
        grounds: key -> ground of revocation.
        register_since: first year of achievement of which every award is in the book; 0: all there ever were. When
            nothing is said, the year of the first award; that none is found for an earlier year is then unknown.
        discipline_months: after which every measure lapses, where an office set that before measures had terms of
            their own in `practice.yaml`.
        dissolved_refused: form of the award -> whether a unit that was dissolved gets none, by date; where a form is
            not named, it gets none.
        both_paid: whether a title and a form for one achievement are both paid, or only the higher.
    """

    present_percent: Dated[Decimal]
    votes_percent: Dated[Decimal]
    funds: dict[Literal["party", "state", "office"], Dated[str]]
    grounds: dict[str, Ground]
    discipline_months: Dated[int] | None = None
    both_paid: Dated[bool] | None = None
    dissolved_refused: dict[Literal["party", "state", "office"], Dated[bool]] = msgspec.field(default_factory=dict)
    register_since: int | None = None


class ProposalRule(Shape, frozen=True):
    """Proposes an outcome where a finding fits.

    Attributes:
        kinds: kinds of criteria as standards name them (`age_between`).
        criteria: ids of criteria, where only some of a kind are meant.
        verdict: of the finding.
        propose: the outcome, by date; null: the rule proposes nothing any more.
    """

    id: str
    title: Words
    kinds: tuple[str, ...]
    verdict: Literal["not_met", "unknown"]
    propose: Dated[Literal["keep", "train", "complete_papers", "replace", "end"]]
    criteria: tuple[str, ...] = ()


class ReviewRules(Cited, frozen=True):
    """`review.yaml`.

    Attributes:
        rules: the first that fits decides.
        places: role -> how many people a unit is to have in it, by date; null: not set.
        age_bands: first ages of the bands counted; the first band is below the first of them.
        majority: the ethnicity counted as the majority's.
    """

    DECIDING = ("age_bands", "majority")

    rules: tuple[ProposalRule, ...]
    places: dict[str, Dated[int]]
    age_bands: tuple[int, ...] = (30, 40, 50, 60)
    majority: str = "Kinh"
