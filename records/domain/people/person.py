"""People as the office knows them: identity as in the papers, and the papers that prove a level."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, get_type_hints

import msgspec

from records.domain.dates import PartialDate
from records.domain.units import Stay, place_on

Sex = Literal["male", "female"]
EDUCATION = ("none", "lower_secondary", "upper_secondary", "college", "bachelor", "master", "doctor")
POLITICAL_THEORY = ("elementary", "intermediate", "advanced")
EvidenceKind = Literal["diploma", "confirmation", ""]


_SENSITIVE = msgspec.Meta(extra={"sensitive": True})
Private = Annotated[str, _SENSITIVE]
"""A text that no export carries unless somebody asks for it by name."""
PrivateDay = Annotated[PartialDate | None, _SENSITIVE]


class Credential(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A level reached, with the paper that proves it.

    Attributes:
        kind: `education`, `political_theory`, `language` or `informatics`.
        level: one of the kind's levels (`EDUCATION`, `POLITICAL_THEORY`), or text for the others.
        evidence: the kind of paper; empty when none was shown.
        issuer: who issued it.
        issued: when, as far as the paper says.
        field: field of study of an education, such as `Luật`.
    """

    kind: Literal["education", "political_theory", "language", "informatics"]
    level: str
    evidence: EvidenceKind = ""
    issuer: str = ""
    issued: PartialDate | None = None
    field: str = ""


class Person(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One human being, counted once whatever the number of appointments.

    `name` is printed exactly as it stands here. National id, phone and card numbers are text: zeros count.
    An empty text or None means *not known*.
    """

    id: str
    name: str
    sex: Sex | None = None
    born: PartialDate | None = None
    national_id: Private = ""
    phone: Private = ""
    email: Private = ""
    ethnicity: Private = ""
    religion: Private = ""
    native_place: Private = ""
    residence: Private = ""
    position: str = ""
    unit: str = ""
    """Id of the unit the person belongs to; appointments may name others."""
    before: tuple[Stay, ...] = ()
    """Units the person belonged to earlier, oldest first."""
    party_probation: PrivateDay = None
    party_official: PrivateDay = None
    party_card: Private = ""
    party_member: Annotated[bool | None, _SENSITIVE] = None
    """What is known of membership apart from its dates: False when the papers say so, None when they are silent."""
    credentials: tuple[Credential, ...] = ()
    documents: tuple[str, ...] = ()
    """Papers in the dossier: `decision`, `contract`, `resume`, `photo`."""
    left: date | None = None
    """Day the person left the roster for good (death, removal), if so."""
    left_reason: Literal["", "died", "retired", "removed", "resigned", "transferred"] = ""
    photo: Private = ""
    """Name of the photo among the files of the book."""
    note: str = ""

    def unit_on(self, day: date) -> str:
        """Id of the unit the person belonged to on `day`, or empty."""
        return place_on(self.unit, self.before, day)

    def as_of(self, day: date) -> Person:
        """The person in the unit of that day. For showing and judging; it is never put back into the book."""
        if not self.before:
            return self
        unit = self.unit_on(day)
        return self if unit == self.unit else msgspec.structs.replace(self, unit=unit)

    def best(self, kind: str) -> Credential | None:
        """The highest credential of a kind with ordered levels, or None."""
        levels = EDUCATION if kind == "education" else POLITICAL_THEORY
        held = [each for each in self.credentials if each.kind == kind and each.level in levels]
        return max(held, key=lambda each: (levels.index(each.level), bool(each.evidence)), default=None)


def _is_sensitive(hint: Any) -> bool:
    marks = getattr(hint, "__metadata__", ())
    return any((getattr(mark, "extra", None) or {}).get("sensitive") for mark in marks)


SENSITIVE = frozenset(name for name, hint in get_type_hints(Person, include_extras=True).items() if _is_sensitive(hint))
"""Fields of `Person` that no export carries unless somebody asks for them by name."""
