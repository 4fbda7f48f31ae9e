"""What one row of a list can give: a draft of a person, a refusal, a remark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.text import Text
from records.domain.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPerson:
    """A person as one row tells; empty text and None mean that the row is silent.

    Attributes:
        row: number of the row in the sheet.
        name: as the judge of names keeps it (`records.intake.naming`).
        national_id: 12 or 9 digits.
        phone: digits with the leading zero; several joined by `; `.
        roles: of `reporter`, `communicator`, `collaborator`.
        level: `central`, `province`, `district`, `commune`, `grassroots` or None.
        education: one of `records.domain.people.EDUCATION`, or as written where it is none of them.
        political_theory: one of `records.domain.people.POLITICAL_THEORY`, or as written.
    """

    row: int
    name: str
    sex: Literal["male", "female"] | None = None
    born: PartialDate | None = None
    national_id: str = ""
    phone: str = ""
    email: str = ""
    unit: str = ""
    roles: tuple[str, ...] = ()
    level: str | None = None
    ethnicity: str = ""
    religion: str = ""
    native_place: str = ""
    residence: str = ""
    position: str = ""
    education: str = ""
    profession: str = ""
    political_theory: str = ""
    party_probation: PartialDate | None = None
    party_official: PartialDate | None = None
    party_card: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value that keeps its row out.

    Attributes:
        row: number of the row in the sheet.
        column: the heading as in the sheet, with its letter: `Ngày sinh / Nam (C)`.
        value: as a person sees it in the cell.
        problem: what is wrong and what would be right.
    """

    row: int
    column: str
    value: str
    problem: Text


@dataclass(frozen=True, slots=True)
class Remark:
    """Something read differently from how it stands, or a line left out; it keeps no row out."""

    row: int
    column: str
    remark: Text
