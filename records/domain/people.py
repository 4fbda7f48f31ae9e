"""People as the office knows them: identity as in the papers, and the papers that prove a level."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from records.domain.dates import PartialDate

Sex = Literal["male", "female"]
EDUCATION = ("none", "lower_secondary", "upper_secondary", "college", "bachelor", "master", "doctor")
POLITICAL_THEORY = ("elementary", "intermediate", "advanced")
EvidenceKind = Literal["diploma", "confirmation", ""]


class Credential(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A level reached, with the paper that proves it.

    Attributes:
        kind: `education`, `political_theory`, `language` or `informatics`.
        level: one of the kind's levels (`EDUCATION`, `POLITICAL_THEORY`), or text for the others.
        evidence: the kind of paper; empty when none was shown.
        issuer: who issued it.
        issued: when, as far as the paper says.
    """

    kind: Literal["education", "political_theory", "language", "informatics"]
    level: str
    evidence: EvidenceKind = ""
    issuer: str = ""
    issued: PartialDate | None = None


class Person(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One human being, counted once whatever the number of appointments.

    `name` is printed exactly as it stands here. National id, phone and card numbers are text: zeros count.
    An empty text or None means *not known*.
    """

    id: str
    name: str
    sex: Sex | None = None
    born: PartialDate | None = None
    national_id: str = ""
    phone: str = ""
    email: str = ""
    ethnicity: str = ""
    religion: str = ""
    native_place: str = ""
    residence: str = ""
    position: str = ""
    unit: str = ""
    """Id of the unit the person belongs to; appointments may name others."""
    party_probation: PartialDate | None = None
    party_official: PartialDate | None = None
    party_card: str = ""
    party_member: bool | None = None
    """What is known of membership apart from its dates: False when the papers say so, None when they are silent."""
    credentials: tuple[Credential, ...] = ()
    documents: tuple[str, ...] = ()
    """Papers in the dossier: `decision`, `contract`, `resume`, `photo`."""
    left: date | None = None
    """Day the person left the roster for good (death, removal), if so."""
    note: str = ""

    def best(self, kind: str) -> Credential | None:
        """The highest credential of a kind with ordered levels, or None."""
        levels = EDUCATION if kind == "education" else POLITICAL_THEORY
        held = [each for each in self.credentials if each.kind == kind and each.level in levels]
        return max(held, key=lambda each: (levels.index(each.level), bool(each.evidence)), default=None)


SENSITIVE = frozenset(
    {"national_id", "phone", "email", "ethnicity", "religion", "native_place", "residence", "party_probation"}
    | {"party_official", "party_card", "party_member"}
)
"""Fields of `Person` that no export carries unless somebody asks for them by name."""
