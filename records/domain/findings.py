"""Verdicts that explain themselves: the answer, the numbers it saw, the rule and its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from config.settings.dated import Confidence, Words
from config.text import Text


class Verdict(StrEnum):
    """`UNKNOWN` is never `NOT_MET`: an empty field says nothing against a person.

    `WITHHELD` is what whoever may not see sensitive data is told; nothing is judged so, and nothing kept so.
    """

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    WITHHELD = "withheld"


_WORST_FIRST = (Verdict.NOT_MET, Verdict.WITHHELD, Verdict.UNKNOWN, Verdict.MET, Verdict.NOT_APPLICABLE)


class Finding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The verdict on one criterion.

    Attributes:
        criterion: id in its standard.
        title: the rule in a few words.
        reason: what was seen and what was asked, with the numbers.
        source: key of the legal text; `confidence` says whether the office confirmed it.
        until: last day on which the verdict stays as it is if nothing is added, where that can be told.
        records: ids of the records it rests on.
        missing: papers or facts without which nothing can be said; only where it is unknown.
        parts: findings of the parts of a compound criterion.
        private: it rests on sensitive data, or one of its parts does.
    """

    criterion: str
    title: Words
    verdict: Verdict
    reason: Text
    source: str
    confidence: Confidence
    until: date | None = None
    records: tuple[str, ...] = ()
    parts: tuple[Finding, ...] = ()
    missing: tuple[Text, ...] = ()
    private: bool = False

    def lacking(self) -> tuple[Text, ...]:
        """What is missing here and in the parts that are unknown, each once."""
        if self.verdict is not Verdict.UNKNOWN:
            return ()
        parts = [text for part in self.parts for text in part.lacking()]
        return tuple(dict.fromkeys((*self.missing, *parts)))


def overall(judged: Iterable[Finding | Judgement]) -> Verdict:
    """The verdict over all: not met if one is not met, else unknown if one is unknown, else met.

    Where one is withheld, and none that is seen is not met, it is withheld: nothing is to be concluded from it.
    """
    seen = [each.verdict for each in judged]
    if len(seen) == 1:  # as for most people
        return seen[0]
    return next((verdict for verdict in _WORST_FIRST if verdict in seen), Verdict.NOT_APPLICABLE)


class Judgement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A person judged in one role on one day, criterion by criterion.

    `standard` is empty when no standard holds for the role, level and day; the verdict is then not applicable.
    """

    person: str
    role: str
    level: str
    on: date
    standard: str
    verdict: Verdict
    findings: tuple[Finding, ...]
