"""Today, of what was begun and is not finished: reviews, cycles, proposals, and decisions not printed or paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from config.text import Text, t
from records.domain.awards.awards import Award, Decision, standing
from records.domain.awards.proposals import STOPPED, Candidate, ProposalList
from records.domain.emulation import STAGES, Cycle, Entrant
from records.domain.reviews import Review
from records.services.awards import paying, proposing
from records.services.awards.decisions import printed_before
from records.services.reviews.review_summary import tally
from records.services.reviews.reviews import lines_of
from records.services.today.items import Asked, Item, few_or_many
from records.store.codes import is_own

_NEWLY = timedelta(days=365)
"""How long after its decision a commendation is asked about; older ones came in from registers of paper."""


def reviews(asked: Asked) -> list[Item]:
    """Reviews that are not signed, with how many lines wait for a decision."""
    return [_review(asked, each) for each in asked.office.book.table(Review) if each.signed is None]


def _review(asked: Asked, review: Review) -> Item:
    counted = tally(lines_of(asked.office, review))
    left = counted.lines - counted.decided
    text = (
        t("Review “{title}”: {n} of {all} not decided", title=review.title, n=left, all=counted.lines)
        if left
        else t("Review “{title}”: all is decided, it waits for its signature", title=review.title)
    )
    return Item(kind="review", due=review.on, text=text, about=review.id)


def cycles(asked: Asked) -> list[Item]:
    """Cycles that have begun and are not signed, with the hand that is at work and how many rows wait for it."""
    begun = [each for each in asked.office.book.table(Cycle) if each.signed is None and each.first_day <= asked.on]
    return [
        Item(kind="cycle", due=each.last_day, text=_missing(asked, each), about=each.id)
        for each in sorted(begun, key=lambda each: (each.last_day, each.id))
    ]


def _missing(asked: Asked, cycle: Cycle) -> Text:
    rows = asked.office.book.table(Entrant).where(cycle=cycle.id)
    if not rows:
        return t("Cycle “{title}”: nobody is registered", title=cycle.title)
    for stage in STAGES:
        if left := sum(not each.marks(stage).points for each in rows):
            return _WAITING[stage](cycle.title, left, len(rows))
    return t("Cycle “{title}”: all is scored, it waits for its signature", title=cycle.title)


_WAITING: dict[str, Callable[[str, int, int], Text]] = {
    "own": lambda title, n, every: t(
        "Cycle “{title}”: {n} of {all} did not score themselves", title=title, n=n, all=every
    ),
    "appraised": lambda title, n, every: t("Cycle “{title}”: {n} of {all} not appraised", title=title, n=n, all=every),
    "final": lambda title, n, every: t(
        "Cycle “{title}”: {n} of {all} wait for the council", title=title, n=n, all=every
    ),
}


def proposals(asked: Asked) -> list[Item]:
    """Lists of candidates on which no decision was entered yet."""
    items = []
    for each in asked.office.book.table(ProposalList):
        found = proposing.candidates_of(asked.office, each)
        if proposing.is_waiting(found):
            items.append(Item(kind="proposal", due=each.opened, text=_waiting(each, found), about=each.id))
    return items


def _waiting(proposals: ProposalList, found: list[Candidate]) -> Text:
    title, n = proposals.title, len(found)
    if not found:
        return t("Proposal list “{title}”: nobody is on it", title=title)
    if left := sum(not each.appraisal and not each.award for each in found):
        return t("Proposal list “{title}”: {n} of {all} not appraised", title=title, n=left, all=n)
    if left := sum(each.votes is None and not each.award and each.appraisal not in STOPPED for each in found):
        return t("Proposal list “{title}”: {n} of {all} wait for the council", title=title, n=left, all=n)
    return t("Proposal list “{title}”: waits for the decision", title=title)


def unprinted(asked: Asked) -> list[Item]:
    """Decisions of a year with commendations whose certificates were never printed."""
    return _decisions(asked, "unprinted")


def unpaid(asked: Asked) -> list[Item]:
    """Decisions of a year with money that was not handed out, or not taken back after a revocation."""
    return _decisions(asked, "unpaid")


def _decisions(asked: Asked, kind: str) -> list[Item]:
    book = asked.office.book
    counting = {each.id for each in standing(book.table(Award))}
    recent = [
        each
        for each in book.table(Decision)
        if asked.on - _NEWLY < each.day <= asked.on and is_own(each.id, book.codes)
    ]
    items = []
    for decision in sorted(recent, key=lambda each: (each.day, each.id)):
        made = book.table(Award).where(decision=decision.id)
        left = _unprinted(asked, made, counting) if kind == "unprinted" else _unpaid(asked, made, counting)
        if left:
            told = {"number": decision.number, "n": left, "all": len(made)}
            text = (
                t("Decision {number}: {n} of {all} certificates not printed", **told)
                if kind == "unprinted"
                else t("Decision {number}: money of {n} of {all} not settled", **told)
            )
            items.append(Item(kind=kind, due=decision.day, text=text, about=decision.id))
    return few_or_many(
        items,
        lambda n: (
            t("{n} decisions have certificates not printed", n=n)
            if kind == "unprinted"
            else t("{n} decisions have money not settled", n=n)
        ),
    )


def _unprinted(asked: Asked, made: list[Award], counting: set[str]) -> int:
    valid = [each for each in made if each.id in counting]
    return len(valid) - len(printed_before(asked.office, valid))


def _unpaid(asked: Asked, made: list[Award], counting: set[str]) -> int:
    owed = 0
    for each in made:
        out = paying.outstanding(asked.office, each)
        owed += (each.id in counting and paying.owed(asked.office, each) > 0) or (each.revoked is not None and out > 0)
    return owed
