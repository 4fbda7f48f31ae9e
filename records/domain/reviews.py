"""A review of the roster: a snapshot of people and findings on a day, and what was decided on each of them."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from config.settings.dated import Words
from config.text import Text
from records.domain.dates import PartialDate
from records.domain.people.person import Sex

Outcome = Literal["keep", "train", "complete_papers", "replace", "end", "add"]
OUTCOMES: tuple[Outcome, ...] = ("keep", "train", "complete_papers", "replace", "end", "add")
STAYING = frozenset({"keep", "train", "complete_papers", "add"})
"""Outcomes after which the person is on the roster."""


class Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A sentence kept so that it can be spoken in either language later."""

    pattern: str
    blanks: dict[str, str | Said] = {}

    @classmethod
    def of(cls, text: Text) -> Said:
        """Keep `text`; days are kept as papers write them."""
        blanks = {name: Said.of(each) if isinstance(each, Text) else _kept(each) for name, each in text.blanks}
        return cls(pattern=text.pattern, blanks=blanks)

    def text(self) -> Text:
        """The sentence again."""
        blanks = tuple((name, each.text() if isinstance(each, Said) else each) for name, each in self.blanks.items())
        return Text(self.pattern, blanks)


def _kept(value: object) -> str:
    if isinstance(value, Words):
        return value.vi
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


class Seen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A finding as it stood when the review was opened.

    Attributes:
        title_vi, title_en: the rule in a few words.
        reason: with the numbers seen.
        source: key of the text; `confirmed` whether the office had confirmed the value.
    """

    criterion: str
    verdict: Literal["met", "not_met", "unknown", "not_applicable"]
    title_vi: str
    title_en: str
    reason: Said
    source: str
    confirmed: bool = False


class ReviewLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person in one role under review.

    Attributes:
        appointment: the one held on the review's day; empty for a candidate.
        name, unit_name, sex, born, majority, education, political_theory: as they were on that day. `majority` only
            says whether the ethnicity is the majority's, for shares of totals; None when it is not recorded.
        seen: the findings; `verdict` over all of them.
        proposed, rule: what the office's rules propose, and which of them.
        outcome: what was decided; empty while nothing was. `reason` stands where it differs from what was proposed.
        sealed: the review is signed; the line changes no more.
    """

    id: str
    review: str
    person: str
    role: str
    level: str
    name: str
    appointment: str = ""
    unit: str = ""
    unit_name: str = ""
    sex: Sex | None = None
    born: PartialDate | None = None
    majority: bool | None = None
    education: str = ""
    political_theory: str = ""
    standard: str = ""
    verdict: Literal["met", "not_met", "unknown", "not_applicable"] = "not_applicable"
    seen: tuple[Seen, ...] = ()
    proposed: Outcome = "keep"
    rule: str = ""
    outcome: Literal["", "keep", "train", "complete_papers", "replace", "end", "add"] = ""
    reason: str = ""
    sealed: bool = False

    @property
    def candidate(self) -> bool:
        """Whether the person was brought in to be added."""
        return not self.appointment

    @property
    def stands(self) -> str:
        """The outcome that holds now: the one decided, else the one proposed."""
        return self.outcome or self.proposed


class Review(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A review of a scope on a day.

    Attributes:
        role, level, unit: the scope; empty ones do not narrow.
        previous: id of the review before it, or empty.
        corrects: id of the signed review this one corrects, or empty; `note` says why.
        signed: day of the decision; None while it is open.
        number: of the decision; `effective` its first day of force; `renewed_until` the last day of the new terms.
        ended, renewed, added: ids of the appointments that signing ended, and of those it made.
    """

    id: str
    title: str
    on: date
    role: str = ""
    level: str = ""
    unit: str = ""
    previous: str = ""
    corrects: str = ""
    note: str = ""
    signed: date | None = None
    number: str = ""
    effective: date | None = None
    renewed_until: date | None = None
    signer_title: str = ""
    signer_name: str = ""
    ended: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
