"""What a package holds: which kinds of records go under which word, and which records of the book are meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from config.errors import BookError, InputError
from config.text import Text, t
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
from records.domain.emulation import Cycle, Entrant, Movement, TieRuling, period_of
from records.domain.exchange import Neighbour, Package, SameRecord
from records.domain.kinds import KINDS, encoded
from records.domain.layouts import SheetLayout
from records.domain.lists import ListExport, ListLayout, ListView
from records.domain.papers import IssuedPaper
from records.domain.people.person import Person
from records.domain.reviews import Review, ReviewLine
from records.domain.rule_changes import HandAnswer, SettingChange
from records.domain.training import Attendance, DutyCount, Event
from records.domain.units import Unit
from records.domain.years.closing import Correction, YearMark
from records.domain.years.deciding import DECIDING, facts_of
from records.services.movements import dossiers
from records.services.office import Office
from records.store.contract import Repository

T = TypeVar("T")

GROUPS: dict[str, tuple[type, ...]] = {
    "roster": (Person, Appointment, Absence, Discipline, HandAnswer, Restriction),
    "training": (Event, Attendance, DutyCount),
    "events": (Event,),
    "scores": (Movement, Cycle, Entrant, Score, TieRuling),
    "ratings": (YearRating,),
    "awards": (Decision, Award, Issue),
    "nominations": (ProposalList, Candidate, Meeting),
    "registrations": (Movement, TitleRegistration),
    "initiatives": (Initiative,),
    "reviews": (Review, ReviewLine),
    "payments": (Payment,),
    "units": (Unit,),
    "dossiers": (DossierFile,),
}
"""Word of `--what` -> the kinds of records that go under it."""
WITH_FILES = ("nominations", "registrations", "initiatives", "dossiers")
"""Words with which the files of dossiers go; under the last one all, with what they are of."""
SETTINGS: dict[str, tuple[str, ...]] = {
    "standards": ("standards", "sources.yaml", "review.yaml", "retirement.yaml"),
    "tables": ("scoring",),
    "titles": ("awards",),
    "templates": ("certificates",),
}
"""Word of `--what` -> the office's own files of settings that go under it: folders, and single files."""
VERDICTS, RETURNS, WHOLE = "verdicts", "returns", "whole"
WORDS = (*GROUPS, *SETTINGS, VERDICTS, RETURNS)
STAYING: frozenset[type] = frozenset(
    {SettingChange, SheetLayout, ListLayout, ListView, ListExport, BlankProfile, IssuedPaper, YearMark, Correction,
     Neighbour, SameRecord, Package, FundEntry, Erasure, Account, RoleRights}
)  # fmt: skip
"""Kinds that never leave: how this office works, and what it closed, printed, paid, sent and took."""
ORDER: tuple[type, ...] = tuple(
    dict.fromkeys((Unit, Person, Event, Movement, Cycle, Decision, ProposalList, Review, Award,
                   *(kind for kinds in GROUPS.values() for kind in kinds)))
)  # fmt: skip
"""Every kind that may go, those that others name first."""
CONTEXT = (Unit, Event, Movement, Cycle, Decision, ProposalList, Review)
"""Kinds that go with whatever names them."""
WORD_TITLES: dict[str, Text] = {
    "roster": t("people with appointments, papers, discipline"),
    "training": t("trainings, attendance, duties"),
    "events": t("conferences and classes"),
    "scores": t("emulation: cycles, registrations, points"),
    "ratings": t("yearly ratings"),
    "awards": t("decisions and commendations"),
    "nominations": t("proposal lists and candidates"),
    "registrations": t("titles registered for"),
    "initiatives": t("initiatives"),
    "reviews": t("reviews of the roster"),
    "payments": t("payments of prize money"),
    "units": t("units"),
    "dossiers": t("files of dossiers"),
    "standards": t("standards and rules"),
    "tables": t("score tables"),
    "titles": t("titles and prizes"),
    "templates": t("templates of certificates"),
    "verdicts": t("verdicts by the sender’s rules"),
    "returns": t("packages sent back, with reasons"),
    "whole": t("the whole book"),
}
_ID = re.compile(rb'"([A-Z]{1,6}-([A-Z]{1,2})-\d{5,})"')
_KIND_OF = {kind.letter: each for each, kind in KINDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What shall go.

    Attributes:
        what: words of `WORDS`, or `whole`: every record, and no rules.
        period: such as `2025` or `2025-H1`; empty: of all time. People and their service always go whole.
        people: only of these people, and what is about no person of it not at all; None: of everybody.
    """

    what: tuple[str, ...]
    period: str = ""
    people: frozenset[str] | None = None

    def has(self, word: str) -> bool:
        """Whether this is among what shall go."""
        return word in self.what or (WHOLE in self.what and word in GROUPS)

    @property
    def kinds(self) -> list[type]:
        """The kinds of records that shall go, those that others name first."""
        named = {kind for word, kinds in GROUPS.items() if self.has(word) for kind in kinds}
        named |= {DossierFile} if any(self.has(word) for word in WITH_FILES) else set()
        return [kind for kind in ORDER if kind in named]


def wanted(typed: str, period: str, people: frozenset[str] | None = None) -> Wanted:
    """What is asked for by `--what` and `--period`. Raises InputError for an unknown word or period."""
    words = tuple(dict.fromkeys(each.strip() for each in typed.split(",") if each.strip()))
    unknown = [each for each in words if each not in (*WORDS, WHOLE)]
    if unknown or not words:
        raise InputError(
            t("“{given}” is nothing that goes between offices", given=unknown[0] if unknown else typed),
            do=t("name one or more of: {known}", known=", ".join((*WORDS, WHOLE))),
        )
    if period:
        period_of(period)
    return Wanted(what=words, period=period, people=people)


class _Around:
    """The records of the book, each kind read once."""

    def __init__(self, office: Office) -> None:
        self._book = office.book
        self._every: dict[type, list[Any]] = {}

    def get(self, kind: type[T], record_id: str) -> T | None:
        """The record with this id, or None."""
        return self._book.table(kind).get(record_id)

    def every(self, kind: type[T]) -> Iterable[T]:
        """Every record of a kind."""
        if kind not in self._every:
            self._every[kind] = self._book.table(kind).all()
        return self._every[kind]


@dataclass(slots=True)
class Gathered:
    """The records that go, each kind in the order of numbers, and the ids that they name or bear."""

    records: dict[type, dict[str, Any]] = field(default_factory=dict)
    named: dict[str, type] = field(default_factory=dict)

    def add(self, record: Any) -> None:
        """Let a record go."""
        self.records.setdefault(type(record), {})[record.id] = record
        for record_id, letter in _ID.findall(encoded(record)):
            if letter.decode() in _KIND_OF:
                self.named[record_id.decode()] = _KIND_OF[letter.decode()]

    def __contains__(self, record_id: str) -> bool:
        kind = self.named.get(record_id)
        return kind is not None and record_id in self.records.get(kind, {})

    def counts(self) -> dict[str, int]:
        """Table -> how many."""
        return {KINDS[kind].table: len(self.records[kind]) for kind in ORDER if self.records.get(kind)}


def gathered(office: Office, asked: Wanted, *, away: Iterable[str] = ()) -> Gathered:
    """The records of the book that go, with the events, cycles, decisions and units that they name.

    Args:
        office: the open book.
        asked: what shall go.
        away: ids of people of whom nothing goes: whom this office gave away, for it speaks for them no more, and those
            whose data is restricted.
    """
    found, gone, around = Gathered(), frozenset(away), _Around(office)
    span = period_of(asked.period)[1:] if asked.period else None
    for kind in asked.kinds:
        if kind is DossierFile:
            continue  # with what they are of
        table: Repository[Any] = office.book.table(kind)
        for each in table.glances():
            if _is_meant(each, asked, gone) and (span is None or _is_in(each, span, around)):
                found.add(each)
    if DossierFile in asked.kinds:
        _add_dossiers(office, found, lambda each: asked.has("dossiers") and _is_meant(each, asked, gone), span, around)
    if asked.people is not None:
        _add_theirs(office, found)
    _add_context(office, found)
    return found


def _is_meant(record: Any, asked: Wanted, gone: frozenset[str]) -> bool:
    concerned = {each.person for each in record.authors} if isinstance(record, Initiative) else {about(record)}
    if asked.people is None:
        return not concerned <= gone
    return bool((concerned & asked.people) - gone)


def about(record: Any) -> str:
    """Id of the person (or unit) whom a record is about, or empty."""
    if isinstance(record, Person):
        return record.id
    return str(getattr(record, "person", "") or getattr(record, "subject", "") or "")


def _is_in(record: Any, span: tuple[date, date], around: _Around) -> bool:
    """Whether a record says anything of the time; people, units and their service are of every time."""
    if type(record) in (*GROUPS["roster"], Unit) or not DECIDING[type(record)].facts:
        return True
    first, last = span
    return any(
        first <= fact.day <= last if fact.day else first.year <= fact.year <= last.year
        for fact in facts_of(record, around)
    )


def _add_dossiers(
    office: Office, found: Gathered, meant: Callable[[Any], bool], span: tuple[date, date] | None, around: _Around
) -> None:
    """Files of the dossiers of what goes; and those that are `meant` and of the time, with what they are of."""
    for each in office.book.table(DossierFile).glances():
        if each.about not in found:
            record = dossiers.subject_record(office, each.about)
            if record is None or not meant(record) or (span is not None and not _is_in(each, span, around)):
                continue
            found.add(record)
        found.add(each)


def _add_theirs(office: Office, found: Gathered) -> None:
    """Printings of the awards that go, which name no person themselves."""
    if Award in found.records:
        awards = found.records[Award]
        for each in office.book.table(Issue).glances():
            if each.award in awards:
                found.add(each)


def _add_context(office: Office, found: Gathered) -> None:
    waiting = list(found.named)
    while waiting:
        for record_id in waiting:
            kind = found.named[record_id]
            if kind in CONTEXT and record_id not in found:
                record = office.book.table(kind).get(record_id)
                if record is not None:
                    found.add(record)
        waiting = [each for each in found.named if found.named[each] in CONTEXT and each not in found
                   and office.book.table(found.named[each]).get(each) is not None]  # fmt: skip


def settings_files(office: Office, asked: Wanted) -> Iterator[tuple[str, bytes]]:
    """Name and content of the office's own files of settings that go."""
    settings = office.book.settings
    for word, places in SETTINGS.items():
        if asked.has(word):
            for place in places:
                names = [place] if place.endswith(".yaml") else settings.names(place, ".yaml")
                names += [] if place.endswith(".yaml") else settings.names(f"{place}/titles", ".yaml")
                for name in names:
                    content = settings.read(name)
                    if content is not None:
                        yield name, content


def codes_in(found: Gathered) -> set[str]:
    """The codes that ids in the records begin with."""
    return {each.partition("-")[0] for each in found.named}


def photos_of(office: Office, found: Gathered, lost: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Photos of the people that go: name and content. `lost` is told those the book has no more. Raises OSError."""
    for each in found.records.get(Person, {}).values():
        if each.photo and (content := office.book.files.read(each.photo)) is not None:
            yield each.photo, content
        elif each.photo:
            lost[each.id] = each.photo


def dossier_files_of(office: Office, found: Gathered, lost: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Files of the dossiers that go: name and content. One that the book has no more does not go. Raises OSError."""
    for each in tuple(found.records.get(DossierFile, {}).values()):
        try:
            yield each.file, dossiers.content_of(office, each)
        except BookError:
            lost[each.id] = each.title
            del found.records[DossierFile][each.id]
