"""What the book keeps: each kind of record, its table and the letter in its ids, and how one is written as JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

import msgspec

from records.domain.access.accounts import Account, RoleRights
from records.domain.access.restrictions import Erasure, Restriction
from records.domain.appointments import Absence, Appointment, Discipline
from records.domain.awards.awards import Award, Decision, Issue, Score, YearRating
from records.domain.awards.dossiers import DossierFile
from records.domain.awards.fund import FundEntry
from records.domain.awards.initiatives import Initiative
from records.domain.awards.proposals import Candidate, Meeting, Payment, ProposalList
from records.domain.awards.registrations import TitleRegistration
from records.domain.blanks import BlankProfile
from records.domain.dates import PartialDate
from records.domain.emulation import Cycle, Entrant, Movement, TieRuling
from records.domain.exchange import Neighbour, Package, SameRecord
from records.domain.layouts import SheetLayout
from records.domain.lists import ListExport, ListLayout, ListView
from records.domain.papers import IssuedPaper
from records.domain.people.person import Person
from records.domain.reviews import Review, ReviewLine
from records.domain.rule_changes import HandAnswer, SettingChange
from records.domain.training import Attendance, DutyCount, Event
from records.domain.units import Unit
from records.domain.years.closing import Correction, YearMark

T = TypeVar("T")


class Kind(NamedTuple):
    """Table of a kind of record, and the letter of its ids (`TN-P-00142`)."""

    table: str
    letter: str


LOGS = frozenset({"list_exports"})
"""Tables that only tell what was done: nothing of theirs stands in the way of taking a record back."""

KINDS: dict[type, Kind] = {
    Person: Kind("people", "P"),
    Unit: Kind("units", "U"),
    Appointment: Kind("appointments", "A"),
    Discipline: Kind("discipline", "K"),
    Absence: Kind("absences", "NG"),
    Event: Kind("events", "E"),
    Attendance: Kind("attendance", "T"),
    DutyCount: Kind("duties", "D"),
    Score: Kind("scores", "S"),
    YearRating: Kind("ratings", "XL"),
    Decision: Kind("decisions", "Q"),
    Award: Kind("awards", "G"),
    Issue: Kind("issues", "I"),
    ProposalList: Kind("proposal_lists", "TR"),
    Candidate: Kind("candidates", "UV"),
    Meeting: Kind("council_meetings", "HD"),
    Payment: Kind("payments", "CT"),
    DossierFile: Kind("dossier_files", "HS"),
    FundEntry: Kind("fund_entries", "QT"),
    Initiative: Kind("initiatives", "SK"),
    TitleRegistration: Kind("registrations", "DT"),
    Review: Kind("reviews", "R"),
    ReviewLine: Kind("review_lines", "RL"),
    HandAnswer: Kind("hand_answers", "HA"),
    SettingChange: Kind("setting_changes", "CD"),
    SheetLayout: Kind("sheet_layouts", "CB"),
    ListLayout: Kind("list_layouts", "MC"),
    ListView: Kind("list_views", "BL"),
    ListExport: Kind("list_exports", "XD"),
    Movement: Kind("movements", "PT"),
    Cycle: Kind("cycles", "KT"),
    Entrant: Kind("entrants", "DK"),
    TieRuling: Kind("tie_rulings", "BB"),
    BlankProfile: Kind("blanks", "PH"),
    IssuedPaper: Kind("issued_papers", "VB"),
    YearMark: Kind("year_marks", "KN"),
    Correction: Kind("corrections", "DC"),
    Restriction: Kind("restrictions", "HC"),
    Erasure: Kind("erasures", "XB"),
    Account: Kind("accounts", "TK"),
    RoleRights: Kind("role_rights", "QH"),
    Neighbour: Kind("neighbours", "LG"),
    SameRecord: Kind("same_records", "CM"),
    Package: Kind("packages", "GT"),
}


def from_document(document: dict[str, Any], kind: type[T]) -> T:
    """A document as a record. Raises msgspec.ValidationError when it is none."""
    return msgspec.convert(document, kind, dec_hook=decode_hook, strict=False)


def from_documents(documents: list[dict[str, Any]], kind: type[T]) -> list[T]:
    """Documents as records, in twice the pace of one by one. Raises msgspec.ValidationError when one is none."""
    many: Any = list[kind]  # type: ignore[valid-type]  # a kind is only known when the program runs
    return cast("list[T]", msgspec.convert(documents, many, dec_hook=decode_hook, strict=False))


def plain(value: Any) -> Any:
    """A record or a value of one as a document has it: by way of JSON, for a tuple is a list there."""
    return msgspec.json.decode(encoded(value))


@cache
def decoder_of(kind: type[T]) -> msgspec.json.Decoder[T]:
    """Reads documents of one kind of record. Its `decode` raises msgspec.DecodeError or ValueError for what is none."""
    return msgspec.json.Decoder(kind, dec_hook=decode_hook, strict=False)


def _encode(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return str(value)
    raise NotImplementedError(type(value).__name__)


encoded: Callable[[Any], bytes] = msgspec.json.Encoder(enc_hook=_encode).encode
"""A record as the journal keeps it: JSON, fields with their default left out."""


def decode_hook(kind: type, value: Any) -> Any:
    """How msgspec reads what it does not know."""
    if kind is PartialDate:
        return PartialDate.stored(value)
    raise NotImplementedError(kind.__name__)
