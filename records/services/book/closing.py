"""Closing a year: what is still open in it, the mark that closes it, and the one that opens it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec

from config.errors import InputError, RefusedError
from config.text import Text, t
from records.domain.awards.awards import Award, Decision, Issue, YearRating, standing
from records.domain.awards.proposals import Candidate, ProposalList
from records.domain.emulation import Cycle
from records.domain.lists import ListExport
from records.domain.people.names import clean
from records.domain.reviews import Review
from records.domain.training import Attendance, Event
from records.domain.years.closing import Correction, YearMark, newest_marks
from records.services.lists import BOUND
from records.services.office import Office
from records.services.training.calendar import planned
from records.store.codes import is_own

CLOSED, OPENED = BOUND, "book.open_year"
_WITH_RESULTS = ("course", "contest")
_EARLIEST = 1945


@dataclass(frozen=True, slots=True)
class Matter:
    """Something of a year that is not finished: which kind of thing, what it lacks, and the record it stands in."""

    kind: str
    words: Text
    about: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the book: its newest mark, and how many changes were made in it by a decision since it was closed."""

    year: int
    mark: YearMark | None
    corrections: tuple[Correction, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether it is closed now."""
        return self.mark is not None and self.mark.closed


def years(office: Office) -> list[Year]:
    """The years in which anything happened or that were closed, newest first."""
    book = office.book
    marks = newest_marks(book.table(YearMark))
    made: list[date] = [each.day for each in (*book.table(Event), *book.table(Decision))]
    made += [each.on for each in book.table(Review)] + [each.opened for each in book.table(ProposalList)]
    made += [each.last_day for each in book.table(Cycle)]
    found = {day.year for day in made} | {each.year for each in book.table(YearRating)} | set(marks)
    fixed = book.table(Correction).all()
    return [
        Year(year, marks.get(year), tuple(each for each in fixed if year in each.years))
        for year in sorted(found, reverse=True)
    ]


def year_words(year: Year) -> Text:
    """How a year stands."""
    mark = year.mark
    if mark is None:
        return t("not closed")
    if not mark.closed:
        return t("opened again on {day}: {why}", day=mark.day, why=mark.why)
    words = t("closed on {day} by {who}", day=mark.day, who=mark.by)
    if mark.open:
        words = t("{words}; {n} matters were left open", words=words, n=mark.open)
    if year.corrections:
        words = t("{words}; {n} changes by decision of correction", words=words, n=len(year.corrections))
    return words


def open_matters(office: Office, year: int, *, today: date) -> list[Matter]:
    """What is still open in a year: reviews, cycles, proposals, decisions not printed, sessions and results missing.

    Raises:
        InputError: for a year that cannot be meant.
    """
    _judge_year(year, today)
    found = [Matter("year", t("The year {year} is not over yet", year=str(year)))] if today <= _end(year) else []
    return [
        *found,
        *_reviews(office, year),
        *_cycles(office, year),
        *_proposals(office, year),
        *_decisions(office, year),
        *_sessions(office, year, today),
    ]


def _judge_year(year: int, today: date) -> None:
    if not _EARLIEST <= year <= today.year:
        raise InputError(
            t("{year} is no year that can be closed", year=str(year)),
            do=t("name a year up to {today}, such as 2025", today=str(today.year)),
        )


def _end(year: int) -> date:
    return date(year, 12, 31)


def _reviews(office: Office, year: int) -> Iterator[Matter]:
    for each in office.book.table(Review):
        if each.on.year == year and each.signed is None:
            yield Matter("review", t("Review “{title}” is not signed", title=each.title), each.id)


def _cycles(office: Office, year: int) -> Iterator[Matter]:
    for each in office.book.table(Cycle):
        if each.last_day.year == year and each.signed is None:
            role = office.settings.roles.roles.get(each.role)
            whom = role.title if role else t("units")
            words = t("Emulation cycle “{title}” ({whom}) is not signed", title=each.title, whom=whom)
            yield Matter("cycle", words, each.id)


def _proposals(office: Office, year: int) -> Iterator[Matter]:
    for each in office.book.table(ProposalList):
        waiting = [
            one
            for one in office.book.table(Candidate).where(list=each.id)
            if not one.award and one.appraisal != "refused"
        ]
        if each.opened.year == year and waiting:
            words = t("Proposal list “{title}”: {n} candidates are waiting", title=each.title, n=len(waiting))
            yield Matter("proposal", words, each.id)


def _decisions(office: Office, year: int) -> Iterator[Matter]:
    printed = {award for (award,) in office.book.table(Issue).columns("award")}
    counting = standing(office.book.table(Award))
    for each in office.book.table(Decision):
        if not is_own(each.id, office.book.codes):
            continue
        awards = [one for one in counting if one.decision == each.id]
        missing = sum(one.id not in printed for one in awards)
        if each.day.year == year and missing:
            words = t("Decision {number}: {n} of {all} certificates are not printed", number=each.number, n=missing,
                      all=len(awards))  # fmt: skip
            yield Matter("decision", words, each.id)


def _sessions(office: Office, year: int, today: date) -> Iterator[Matter]:
    without: dict[str, int] = {}
    for each in office.book.table(Attendance).glances():
        if each.day.year == year and each.kind in _WITH_RESULTS and each.came() and not each.result:
            without[each.event] = without.get(each.event, 0) + 1
    for found in planned(office, date(year, 1, 1), _end(year), today):
        event = found.event
        if event.day.year != year:
            continue
        if found.state != "recorded" or not found.called:
            words = t("“{title}” of {day}: who came is not recorded", title=event.title, day=event.day)
            yield Matter("session", words, event.id)
        elif missing := without.get(event.id):
            words = t("“{title}” of {day}: {n} results are missing", title=event.title, day=event.day, n=missing)
            yield Matter("result", words, event.id)


def judge_closable(office: Office, year: int, *, today: date, anyway: bool = False) -> list[Matter]:
    """Refuse to close a year that is closed or still to come, or in which something is open unless `anyway`.

    Returns:
        What is open.

    Raises:
        InputError: for a year that is none.
        RefusedError: otherwise.
    """
    _judge_year(year, today)
    mark = newest_marks(office.book.table(YearMark)).get(year)
    if mark is not None and mark.closed:
        raise RefusedError(
            t("The year {year} was closed on {day}", year=str(year), day=mark.day),
            do=t("nothing is to be done; “book open-year”, or F8 in “Years”, opens it again"),
        )
    found = open_matters(office, year, today=today)
    if found and not anyway:
        raise RefusedError(
            t(
                "{n} matters of {year} are still open, first: {first}",
                n=len(found),
                year=str(year),
                first=found[0].words,
            ),
            do=t(
                "finish them (“book year {year}” lists them all), or close it all the same with --anyway",
                year=str(year),
            ),
        )
    return found


def close(office: Office, year: int, export: ListExport, *, today: date, anyway: bool = False) -> YearMark:
    """Close a year, as one change that also says which bound book was written (`export`, `id` empty).

    Raises as `judge_closable`.
    """
    office.judge_named(today)
    left = judge_closable(office, year, today=today, anyway=anyway)
    seq, digest = office.book.head()
    with office.book.change(CLOSED, about=str(year)) as change:
        change.put(msgspec.structs.replace(export, id=change.new_id(ListExport), seq=seq, digest=digest))
        made = YearMark(
            id=change.new_id(YearMark), year=year, closed=True, day=today, by=office.book.actor, file=export.file,
            sha256=export.sha256, open=len(left),
        )  # fmt: skip
        return change.put(made)


def is_bound_book(office: Office, year: int, content: bytes) -> bool:
    """Whether a file is the bound book of a closed year. Raises RefusedError for a year that is not closed."""
    mark = newest_marks(office.book.table(YearMark)).get(year)
    if mark is None or not mark.closed:
        raise RefusedError(t("The year {year} is not closed", year=str(year)), do=t("close it first"))
    return mark.sha256 == hashlib.sha256(content).hexdigest()


def reopen(office: Office, year: int, why: str, *, today: date) -> YearMark:
    """Open a closed year again, as one change that says why.

    Raises:
        InputError: without a reason.
        RefusedError: for a year that is not closed.
    """
    if not clean(why):
        raise InputError(t("The reason is empty"), do=t("write why, in a few words"))
    mark = newest_marks(office.book.table(YearMark)).get(year)
    if mark is None or not mark.closed:
        raise RefusedError(t("The year {year} is not closed", year=str(year)), do=t("it can be changed as it is"))
    with office.book.change(OPENED, about=f"{year}: {clean(why)}") as change:
        made = YearMark(
            id=change.new_id(YearMark), year=year, closed=False, day=today, by=office.book.actor, why=clean(why)
        )
        return change.put(made)


def correct_by(office: Office, number: str, day: date, *, today: date) -> Correction:
    """Do what touches a closed year by this decision, as long as the book is open or until `end_correction`.

    Raises:
        InputError: without a number, or for a day still to come.
    """
    if not clean(number):
        raise InputError(
            t("The decision of correction has no number"), do=t("enter it as on the paper, such as 12-QĐ/ĐU")
        )
    if day > today:
        raise InputError(t("The day {day} is still to come", day=day), do=t("correct the day"))
    office.book.correction = Correction(id="", number=clean(number), day=day)
    return office.book.correction


def end_correction(office: Office) -> None:
    """From now on nothing touches a closed year any more."""
    office.book.correction = None
