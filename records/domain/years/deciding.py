"""Which day of a record decides the year it belongs to: one table for every kind of record.

A record says one or more *facts*, each of a day: an appointment began on one and ended on another. A change touches a
year when a fact of that year is not the same before and after it. So an appointment of a closed year can end in an open
one, and its beginning stands.

What has no day of an act is in no year: who people are, what their papers say (they are often handed in years later),
how lists look. A list that was written out is no act of the day that it tells of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

from config.errors import InputError
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
from records.domain.layouts import SheetLayout
from records.domain.lists import ListExport, ListLayout, ListView
from records.domain.papers import IssuedPaper
from records.domain.people.person import Person
from records.domain.reviews import Review, ReviewLine
from records.domain.rule_changes import HandAnswer, SettingChange
from records.domain.training import Attendance, DutyCount, Event
from records.domain.units import Stay, Unit
from records.domain.years.closing import Correction, YearMark

T = TypeVar("T")


class Around(Protocol):
    """The other records of the book, where the day of one stands in another."""

    def get(self, kind: type[T], record_id: str) -> T | None:
        """The record with this id, or None."""

    def every(self, kind: type[T]) -> Iterable[T]:
        """Every record of a kind."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a record says of one year.

    Attributes:
        day: the day that decides; None where only the year is known.
        said: what it says, to be compared: two facts of the same year are the same when this is.
    """

    year: int
    day: date | None
    said: str


Facts = Callable[[Any, Around], Iterator[Fact]]


@dataclass(frozen=True, slots=True)
class Deciding:
    """What a kind of record is called in a sentence, and the facts that it says; none where no day decides."""

    words: Text
    facts: tuple[Facts, ...] = ()


def _fact(day: date | None, *said: Any) -> Iterator[Fact]:
    if day is not None:
        yield Fact(day.year, day, repr(said))


def _until(last: date | None, *said: Any) -> Iterator[Fact]:
    """What ends with its last day: from the day after it something is different, and that day decides the year."""
    if last is not None:
        yield Fact((last + timedelta(days=1)).year, last, repr(said))


def _of(record: Any, fields: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(record, each) for each in fields)


def _on(day: str, fields: str = "", *, but: str = "") -> Facts:
    """The fields (all but some where none are named) belong to the day in field `day`."""
    named, left = fields.split(), {"id", *but.split()}

    def facts(record: Any, _around: Around) -> Iterator[Fact]:
        names = named or [each for each in record.__struct_fields__ if each not in left]
        return _fact(getattr(record, day), day, getattr(record, day), *_of(record, names))

    return facts


def _with(kind: type[Any], key: str, day: str, fields: str = "", *, but: str = "") -> Facts:
    """The fields belong to the day that stands in another record, whose id is in field `key`."""
    named, left = fields.split(), {"id", *but.split()}

    def facts(record: Any, around: Around) -> Iterator[Fact]:
        other = around.get(kind, getattr(record, key)) if getattr(record, key) else None
        names = named or [each for each in record.__struct_fields__ if each not in left]
        return _fact(None if other is None else getattr(other, day), key, *_of(record, names))

    return facts


def _stays(field: str) -> Facts:
    """Each earlier place was left after the last day there."""

    def facts(record: Any, _around: Around) -> Iterator[Fact]:
        stays: tuple[Stay, ...] = getattr(record, field)
        for each in stays:
            yield from _until(each.until, field, each.unit, each.until)

    return facts


def _begun(record: Appointment, _around: Around) -> Iterator[Fact]:
    day = record.since or record.decided
    fields = ("person", "role", "level", "instrument", "number", "decided", "recognised_by", "since")
    return _fact(day, "begun", *_of(record, fields), record.unit_on(day) if day else "")


def _over(record: Appointment, _around: Around) -> Iterator[Fact]:
    """The last day of force; and the end with its reason, unless the term only ran out, which is no other fact."""
    yield from _until(record.last_day(), "over", record.last_day())
    if record.ended != record.until or record.end_reason not in ("", "term_ended", "renewed"):
        yield from _until(record.ended, "ended", record.ended, record.end_reason)


def _dissolved(record: Unit, _around: Around) -> Iterator[Fact]:
    return _until(record.until, "until", record.until, record.into)


def _names(record: Unit, _around: Around) -> Iterator[Fact]:
    for each in record.names:
        yield from _fact(each.since, "name", each.since, each.name)


def _certificates(record: Attendance, _around: Around) -> Iterator[Fact]:
    """A certificate that was replaced still says of its own day what it said."""
    own = [(record.certificate, record.certificate_issuer, record.certificate_day)] if record.certificate else []
    for number, issuer, day in [*own, *((each.number, each.issuer, each.day) for each in record.earlier)]:
        yield from _fact(day or record.day, "certificate", number, issuer)
    for each in record.earlier:
        yield from _fact(each.replaced, "replaced", each.number, each.why)


def _scored(record: Score, around: Around) -> Iterator[Fact]:
    cycles = [each for each in around.every(Cycle) if each.key == record.cycle]
    own = [each for each in cycles if each.role == record.role] or cycles
    said = _of(record, [each for each in record.__struct_fields__ if each != "id"])
    if own:
        return _fact(own[-1].last_day, *said)
    try:
        return _fact(period_of(record.cycle)[2], *said)
    except InputError:
        return iter(())


def _rated(record: YearRating, _around: Around) -> Iterator[Fact]:
    said = _of(record, [each for each in record.__struct_fields__ if each != "id"])
    yield Fact(record.year, None, repr(said))


def _pledged(record: TitleRegistration, _around: Around) -> Iterator[Fact]:
    yield Fact(record.year, record.registered, repr(_of(record, ("subject", "prize", "movement", "pledge"))))


def _steps(record: TitleRegistration, _around: Around) -> Iterator[Fact]:
    for each in record.steps:
        yield from _fact(each.day, each.to, each.reason, each.number)


def _taking_part(record: Movement, _around: Around) -> Iterator[Fact]:
    for each in record.participants:
        yield from _fact(each.joined, "joined", each.subject)
        yield from _fact(each.noted, "result", each.subject, each.result)


def _registered(record: Award, _around: Around) -> Iterator[Fact]:
    if record.register_year:
        yield Fact(record.register_year, None, f"register {record.register_number}")


def _voted(record: Candidate, around: Around) -> Iterator[Fact]:
    meeting = next((each for each in around.every(Meeting) if each.list == record.list), None)
    return _fact(meeting.day if meeting and record.votes is not None else None, "votes", record.votes)


def _decided(record: Candidate, around: Around) -> Iterator[Fact]:
    award = around.get(Award, record.award) if record.award else None
    decision = around.get(Decision, award.decision) if award else None
    return _fact(decision.day if decision else None, "award", record.award)


_SUBMITTED = "subject prize citation achieved_from achieved_to"
_REVOKED = "revoked revoked_ground revoked_number"

DECIDING: dict[type, Deciding] = {
    Person: Deciding(t("departure or move of a person"), (_on("left", "left_reason"), _stays("before"))),
    Unit: Deciding(t("change of a unit"), (_on("since", "kind"), _dissolved, _names, _stays("parents_before"))),
    Appointment: Deciding(t("appointment"), (_begun, _over, _stays("before"))),
    Discipline: Deciding(
        t("discipline"),
        (
            _on("opened", "person unit"),
            _on("decided", "measure number"),
            _on("lapses", "lapses"),
            _on("closed", "closed"),
        ),
    ),
    Absence: Deciding(t("absence"), (_on("first", "person kind"), _on("last", "good number"))),
    Event: Deciding(t("conference or class"), (_on("day"),)),
    Attendance: Deciding(t("attendance"), (_on("day", "person event kind presence result score rank"), _certificates)),
    DutyCount: Deciding(t("duties of a month"), (_on("month"),)),
    Score: Deciding(t("outcome of a cycle"), (_scored,)),
    YearRating: Deciding(t("yearly rating"), (_rated,)),
    Decision: Deciding(t("decision of commendation"), (_on("day"),)),
    Award: Deciding(
        t("commendation"),
        (_with(Decision, "decision", "day", but=_REVOKED), _registered, _on("revoked", _REVOKED)),
    ),
    Issue: Deciding(t("printing of a certificate"), (_on("printed"),)),
    ProposalList: Deciding(t("proposal list"), (_on("opened", "form"), _on("submitted", "number title"))),
    Candidate: Deciding(
        t("candidate of a proposal list"),
        (
            _with(ProposalList, "list", "submitted", _SUBMITTED),
            _on("appraised", "appraisal appraisal_reason appraised_by"),
            _voted,
            _decided,
        ),
    ),
    Meeting: Deciding(t("meeting of the council"), (_on("day"),)),
    Payment: Deciding(t("payment of prize money"), (_on("day"),)),
    DossierFile: Deciding(t("file of a dossier"), (_on("day"),)),
    FundEntry: Deciding(t("money of the prize fund"), (_on("day"),)),
    Initiative: Deciding(
        t("initiative"),
        (_on("recognised", "title authors scope by number year"), _on("refused", "refused reason")),
    ),
    TitleRegistration: Deciding(t("registration of a title"), (_pledged, _steps)),
    Review: Deciding(
        t("review of the roster"),
        (
            _on("on", "title role level unit previous corrects"),
            _on("signed", "number effective renewed_until signer_title signer_name ended renewed added"),
        ),
    ),
    ReviewLine: Deciding(
        t("line of a review"),
        (
            _with(Review, "review", "on", but="outcome reason sealed"),
            _with(Review, "review", "signed", "outcome reason sealed"),
        ),
    ),
    HandAnswer: Deciding(t("answer to a question of a standard"), (_on("day"),)),
    SettingChange: Deciding(t("value of a rule or setting"), (_on("since"),)),
    Movement: Deciding(
        t("emulation movement"),
        (
            _on("launched", "title number theme goals"),
            _on("until", "until"),
            _on("summed", "summary summary_number"),
            _taking_part,
        ),
    ),
    Cycle: Deciding(t("emulation cycle"), (_on("last_day"),)),
    Entrant: Deciding(t("points or registration in a cycle"), (_with(Cycle, "cycle", "last_day"),)),
    TieRuling: Deciding(t("order of equals in a cycle"), (_with(Cycle, "cycle", "last_day"), _on("day"))),
    IssuedPaper: Deciding(t("issued paper"), (_on("day"),)),
    SheetLayout: Deciding(t("layout of a sheet")),
    ListLayout: Deciding(t("layout of a list")),
    ListView: Deciding(t("view of a list")),
    ListExport: Deciding(t("list that was written out")),
    BlankProfile: Deciding(t("blank in a printer")),
    YearMark: Deciding(t("closing of a year")),
    Correction: Deciding(t("decision of correction")),
    Restriction: Deciding(t("restriction of a person’s data")),
    Erasure: Deciding(t("erasure of a person’s data")),
    Account: Deciding(t("account of the office")),
    RoleRights: Deciding(t("rights of a role")),
    Neighbour: Deciding(t("other office")),
    SameRecord: Deciding(t("record that two offices keep")),
    Package: Deciding(t("package between offices")),
}
"""Kind of record -> what decides its year. There is no other place that says so."""


def facts_of(record: Any, around: Around) -> list[Fact]:
    """The facts that a record says; none for no record."""
    return [] if record is None else [each for facts in DECIDING[type(record)].facts for each in facts(record, around)]


def touched(before: list[Fact], after: list[Fact], years: Container[int]) -> list[Fact]:
    """The facts of these years that are not the same before and after a change."""
    one, other = Counter(before), Counter(after)
    return [each for each in ((one - other) + (other - one)) if each.year in years]
