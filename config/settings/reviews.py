"""The shape of `review.yaml`: what findings propose which outcome, and how the structure of a roster is counted."""

from __future__ import annotations

from typing import Literal

from config.settings.dated import Dated, Words
from config.settings.shapes import Cited, Shape


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
