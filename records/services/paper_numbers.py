"""Numbers of papers: each kind of a body has its own series, by the year or by the term of the committee.

A series is told by what follows the number (`-QĐ/ĐU`, `/TTr-UBND`), and by the days in which it runs: of the year, or
of the term in force on the day, where the settings number papers of that side by term and know when the term began.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from unicodedata import normalize

from config.errors import InputError, RefusedError
from config.i18n import tr
from config.settings.dated import Dated
from config.settings.offices import held_on
from config.settings.styles import Numbering, PaperSide
from config.text import t
from records.domain.appointments import Appointment
from records.domain.awards.awards import Award, Decision
from records.domain.awards.proposals import Meeting, ProposalList
from records.domain.papers import IssuedPaper
from records.domain.people.names import matching_key
from records.domain.reviews import Review
from records.services.office import Office

NEXT = "next"
NEXT_WORD = t("next")
"""What is typed for the next number of a series: this word, in either language."""
DECISION, SUBMISSION, MINUTES = "decision", "submission", "minutes"
"""Keys of kinds of papers whose numbers stand on records of their own."""
_NUMBER = re.compile(r"\s*(\d+)\s*(.*)", re.DOTALL)
_YEARLY = Numbering(within="year", zero_below=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """One number that the book knows.

    Attributes:
        n: the number itself; `tail` what follows it.
        sign: key of the kind of paper in the settings of the style: `decision`, `submission`, `minutes`.
        about: id of the record that bears it, or that a kept paper is of; of a review the number of its decision,
            which may sign several.
        issuer: who issued it; empty: not known.
        own: whether it must be this record's alone; an appointment only repeats the number of its decision.
    """

    n: int
    tail: str
    sign: str
    day: date
    number: str
    about: str
    issuer: str = ""
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A kind of paper of a body in one year or term.

    Attributes:
        first: its first day; `last` the last one, None: not known yet.
        term: what the term is called; empty: a year.
        given: its numbers in order.
    """

    sign: str
    side: PaperSide
    tail: str
    first: date
    last: date | None
    term: str
    given: tuple[Numbered, ...]
    zero_below: int = 0

    def next(self) -> str:
        """The number after the highest, as it is written."""
        return self.written(max((each.n for each in self.given), default=0) + 1)

    def written(self, number: int) -> str:
        """A number of this series with what follows it, and with the zero that its style wants."""
        return f"{'0' if number < self.zero_below and number < 10 else ''}{number}{self.tail}"

    def free(self) -> list[int]:
        """Numbers below the highest that the book does not know: given elsewhere, or left out."""
        taken = {each.n for each in self.given}
        return [number for number in range(1, max(taken, default=0)) if number not in taken]


def side_of(form: str) -> PaperSide:
    """The side of a form: the office's own papers are those of the Party."""
    return "state" if form == "state" else "party"


def series_of(office: Office, tail: str, sign: str, side: PaperSide, day: date, *, issuer: str = "") -> Series:
    """The series in which a number with this tail stands on `day`; of `issuer` alone where it is named."""
    rule = held_on(office.settings.styles.sides[side].numbering, day) or _YEARLY
    found = _term(office, tail, day) if rule.within == "term" else None
    term, first, last = found or ("", date(day.year, 1, 1), date(day.year, 12, 31))
    given = [
        each for each in known(office)
        if _same(each, tail, sign, issuer) and first <= each.day and (last is None or each.day <= last)
    ]  # fmt: skip
    given.sort(key=lambda each: (each.n, each.day))
    return Series(
        sign=sign, side=side, tail=tail, first=first, last=last, term=term, given=tuple(given),
        zero_below=rule.zero_below,
    )  # fmt: skip


def all_series(office: Office, day: date) -> list[Series]:
    """Every series of which the book has a number, as it runs on `day`; those without a number in it are left out."""
    tails: dict[tuple[str, str], Numbered] = {}
    for each in known(office):
        tails.setdefault((_folded(each.tail), each.sign), each)
    found = [series_of(office, each.tail, each.sign, _side(each.tail), day) for each in tails.values()]
    return sorted((each for each in found if each.given), key=lambda each: (each.sign, each.tail))


def tail_of(office: Office, sign: str, form: str, day: date, *, body: str = "") -> str:
    """What follows the number of a paper of this kind, such as `-TTr/BXDĐ`; empty where the settings do not say it.

    Args:
        office: the open book.
        sign: key of the kind in the settings of the style.
        form: of the papers: Party, State or the office's own.
        day: of the paper.
        body: sign of the body that issues it; the office's own when left out.
    """
    side = side_of(form)
    signs = held_on(office.settings.styles.sides[side].signs, day) or {}
    body = body or own_body(office, day)
    pattern = held_on(office.settings.papers.forms[side].number, day) or ""
    decision = signs.get(DECISION, "")
    if not (body and sign in signs and decision and decision in pattern):
        return ""
    return pattern.replace("{n}", "").replace(decision, signs[sign]).replace("{body}", body)


def own_body(office: Office, day: date) -> str:
    """The sign of the office itself on `day` (`BXDĐ`); empty where the settings do not say it."""
    return _body(held_on(office.settings.office.number_suffix, day) or "")


def body_named(office: Office, name: str, day: date) -> str:
    """The sign of the body that has this name on `day`, among those the settings know; empty: the office's own."""
    wanted = _folded(name)
    for each in office.settings.issuers.issuers:
        if _folded(held_on(each.name, day) or "") == wanted:
            return each.signs[0]
    return ""


def is_next(typed: str) -> bool:
    """Whether the next number is asked for."""
    return normalize("NFC", typed).strip().casefold() in (NEXT, tr(NEXT_WORD))


def completed(office: Office, typed: str, sign: str, form: str, day: date, *, body: str = "") -> str:
    """A number as it is written: `next` becomes the next one of its series, and a bare number takes its tail.

    Raises:
        InputError: for `next` where the settings do not say what follows the number.
    """
    typed = normalize("NFC", typed.strip())
    tail = tail_of(office, sign, form, day, body=body)
    if is_next(typed):
        if not tail:
            raise InputError(
                t("The settings do not say how such a paper is numbered"),
                do=t("write the number in full, or set what follows a number: “config set office.number_suffix”"),
            )
        return series_of(office, tail, sign, side_of(form), day).next()
    if typed.isdecimal() and tail:
        return series_of(office, tail, sign, side_of(form), day).written(int(typed))
    return typed


def suggested(office: Office, sign: str, form: str, day: date, *, body: str = "") -> str:
    """The next number of a kind of paper; empty where the settings do not say how it is written."""
    tail = tail_of(office, sign, form, day, body=body)
    return series_of(office, tail, sign, side_of(form), day).next() if tail else ""


def judge_free(
    office: Office, number: str, sign: str, form: str, day: date, *, about: str = "", issuer: str = ""
) -> None:
    """Refuse a number that another paper of its series has.

    Args:
        office: the open book.
        number: as it is written; one that does not begin with a number is in no series.
        sign: key of the kind in the settings of the style.
        form: of the paper: Party, State or the office's own.
        day: of the paper.
        about: id of the record that bears it itself.
        issuer: who issues it: two bodies with one sign have each their own numbers; empty: not known.

    Raises:
        RefusedError: naming who has it, and the next one.
    """
    if (found := _NUMBER.fullmatch(normalize("NFC", number))) is None:
        return
    series = series_of(office, found[2].strip(), sign, side_of(form), day, issuer=issuer)
    for each in series.given:
        if each.own and each.n == int(found[1]) and each.about != about:
            raise RefusedError(
                t("Number {number} is already in the book, on a paper of {day}", number=each.number, day=each.day),
                do=t("take another; the next of this series is {next}", next=series.next()),
            )


def known(office: Office) -> Iterator[Numbered]:
    """Every number of a paper that the book has, in no order."""
    yield from _decided(office)
    table = office.book.table
    reviews = {each.id: f"reviewed by {each.number}" for each in table(Review) if each.signed is not None}
    for review in table(Review):
        if review.signed is not None:
            yield from _read(review.number, DECISION, review.signed, reviews[review.id])
    for listed in table(ProposalList):
        yield from _read(listed.number, SUBMISSION, listed.submitted or listed.opened, listed.id)
    for meeting in table(Meeting):
        yield from _read(meeting.number, MINUTES, meeting.day, meeting.list)
    for paper in table(IssuedPaper):
        kind = office.settings.paper_kinds.get(paper.kind)
        about = reviews.get(paper.about, paper.about)
        yield from _read(paper.number, kind.sign if kind else "", paper.day, about)


def _decided(office: Office) -> Iterator[Numbered]:
    table = office.book.table
    for decision in table(Decision):
        yield from _read(decision.number, DECISION, decision.day, decision.id, issuer=decision.issuer)
    for award in table(Award):
        if award.revoked is not None:
            yield from _read(award.revoked_number, DECISION, award.revoked, f"revoked {award.revoked_number}")
    for post in table(Appointment):
        if (day := post.decided or post.since) is not None:
            yield from _read(post.number, DECISION, day, post.id, issuer=post.recognised_by, own=False)


def _read(number: str, sign: str, day: date, about: str, *, issuer: str = "", own: bool = True) -> Iterator[Numbered]:
    if found := _NUMBER.fullmatch(normalize("NFC", number)):
        tail, number = found[2].strip(), number.strip()
        yield Numbered(
            n=int(found[1]), tail=tail, sign=sign, day=day, number=number, about=about, issuer=issuer, own=own
        )


def _same(each: Numbered, tail: str, sign: str, issuer: str) -> bool:
    """Whether a number stands in the series of a tail; without letters in it only papers of one kind do.

    Two names are those of two bodies when each has words that the other has not: a committee is also called by its
    standing committee, a chair by the office held.
    """
    if _folded(each.tail) != _folded(tail) or not (each.sign == sign or any(map(str.isalpha, tail))):
        return False
    one, other = set(matching_key(each.issuer).split()), set(matching_key(issuer).split())
    return not one or not other or one <= other or other <= one


def _folded(text: str) -> str:
    return "".join(normalize("NFC", text).split()).casefold()


def _body(tail: str) -> str:
    return re.split(r"[-/]", tail)[-1].strip()


def _side(tail: str) -> PaperSide:
    """Of the State where the kind stands after a stroke (`/QĐ-UBND`), else of the Party (`-QĐ/ĐU`)."""
    return "state" if tail.startswith("/") and "-" in tail else "party"


def _term(office: Office, tail: str, day: date) -> tuple[str, date, date | None] | None:
    """Name, first and last day of the term of the body with this tail; None where the settings do not know it."""
    body = _folded(_body(tail))
    terms: Dated[str] | None = None
    if body == _folded(own_body(office, day)):
        terms = office.settings.office.term
    else:
        for each in office.settings.issuers.issuers:
            if body in map(_folded, each.signs):
                terms = each.term
                break
    if terms is None or not (name := held_on(terms, day)):
        return None
    return name, *_held_between(terms, day)


def _held_between(terms: Dated[str], day: date) -> tuple[date, date | None]:
    """First and last day of the value in force on `day`."""
    days = sorted(terms.values)
    for first, after in pairwise(days):
        if first <= day < after:
            return first, date.fromordinal(after.toordinal() - 1)
    return days[-1], None
