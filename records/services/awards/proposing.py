"""Proposal lists: candidates named, appraised and voted on before there is a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.awards.proposals import Candidate, ProposalList
from records.domain.people.names import clean, person_key
from records.services.awards.award_checks import judge_words, place_of_prizes, prize_of, refusal_of
from records.services.office import Office
from records.services.paper_numbers import SUBMISSION, completed, judge_free
from records.services.privacy.restricting import judge_usable


@dataclass(frozen=True, slots=True, kw_only=True)
class Nomination:
    """Who is put on a list, for what."""

    subjects: Sequence[str]
    prize: str
    citation: str
    achieved_from: date
    achieved_to: date


def open_list(office: Office, title: str, form: str, day: date) -> ProposalList:
    """Begin a proposal list of one form, as one change. Raises InputError without a title or for another form."""
    if not clean(title):
        raise InputError(t("The list has no title"), do=t("name it, such as “Commendation of 2025”"))
    if form not in ("party", "state", "office"):
        raise InputError(t("“{form}” is no form of awards", form=form), do=t("use party, state or office"))
    with office.book.change("award.open", about=clean(title)) as change:
        return change.put(ProposalList(id=change.new_id(ProposalList), title=clean(title), form=form, opened=day))  # type: ignore[arg-type]  # judged above


def list_of(office: Office, named: str) -> ProposalList:
    """The list with this id or title; the newest when nothing is named. Raises InputError when there is none."""
    table = office.book.table(ProposalList)
    found = [each for each in table if not named or named in (each.id, each.title)]
    if not found and not named:
        raise InputError(t("No proposal list was begun yet"), do=t("begin one: “award open”"))
    if not found:
        raise InputError(
            t("There is no proposal list “{name}”", name=named), do=t("see “award lists”, or begin one: “award open”")
        )
    return found[-1]


def candidates_of(office: Office, proposals: ProposalList) -> list[Candidate]:
    """Its candidates: those of one prize together, in Vietnamese order of names."""
    names = office.names()
    found = office.book.table(Candidate).where(list=proposals.id)
    order = place_of_prizes(office)
    return sorted(found, key=lambda each: (order(each.prize), person_key(names.get(each.subject, ""))))


def nominate(office: Office, proposals: ProposalList, nomination: Nomination, day: date) -> list[Candidate]:
    """Put people or units on a list, as one change.

    Raises:
        InputError: for an unknown subject or prize, an empty citation or a period that ends before it begins.
        RefusedError: when the list is decided already, the prize is of another form, or somebody may not be proposed:
            on the list already for it, under discipline, dissolved, rewarded for that time before, or restricted.
    """
    _judge_nomination(office, proposals, nomination, day)
    judge_usable(office, nomination.subjects)
    for subject in nomination.subjects:
        period = (nomination.achieved_from, nomination.achieved_to)
        if refused := refusal_of(office, subject, nomination.prize, day, period, citation=nomination.citation):
            raise refused
    with office.book.change("award.nominate", about=proposals.title) as change:
        return [
            change.put(
                Candidate(
                    id=change.new_id(Candidate),
                    list=proposals.id,
                    subject=subject,
                    prize=nomination.prize,
                    citation=nomination.citation.strip(),
                    achieved_from=nomination.achieved_from,
                    achieved_to=nomination.achieved_to,
                )
            )
            for subject in nomination.subjects
        ]


def _judge_nomination(office: Office, proposals: ProposalList, nomination: Nomination, day: date) -> None:
    prize = prize_of(office, nomination.prize)
    _judge_open(office, proposals)
    if prize.form != proposals.form:
        raise RefusedError(
            t("“{prize}” is of another form than the list", prize=prize.title),
            do=t("Party and state awards go on lists of their own"),
        )
    if not clean(nomination.citation):
        raise InputError(t("The achievement is empty"), do=t("enter it letter for letter as in the decision"))
    if nomination.achieved_to < nomination.achieved_from:
        raise InputError(t("The achievement period ends before it begins"), do=t("correct one of the two days"))
    judge_words(prize, nomination.citation, day)
    if not nomination.subjects:
        raise InputError(t("Nobody is named"), do=t("mark people first, or name them with --people"))
    known = {(each.subject, each.prize) for each in candidates_of(office, proposals)}
    names = office.names()
    for subject in nomination.subjects:
        if (subject, nomination.prize) in known:
            raise RefusedError(
                t("{name} is on the list for this already", name=names.get(subject, subject)),
                do=t("leave it out; change the entry instead"),
            )
        known.add((subject, nomination.prize))


def withdraw(office: Office, candidates: Sequence[Candidate]) -> None:
    """Take candidates off their list, as one change. Raises RefusedError for one that was decided."""
    for each in candidates:
        judge_undecided(each)
    with office.book.change("award.withdraw") as change:
        for each in candidates:
            change.remove(each)


def submit(office: Office, proposals: ProposalList, number: str, day: date) -> ProposalList:
    """Note the paper with which a list went out, as one change.

    Args:
        office: the open book.
        proposals: the list.
        number: as on the paper; a bare number takes what follows it, `next` is the next one of its series.
        day: of the paper.

    Raises:
        InputError: without a number.
        RefusedError: for one that another submission of its series has.
    """
    if not clean(number):
        raise InputError(t("The paper has no number"), do=t("enter it as on the paper, such as 12-TTr/BTG"))
    number = completed(office, clean(number), SUBMISSION, proposals.form, day)
    judge_free(office, number, SUBMISSION, proposals.form, day, about=proposals.id)
    with office.book.change("award.submit", about=number) as change:
        return change.put(replace(proposals, number=number, submitted=day), was=proposals)


def is_decided(office: Office, proposals: ProposalList) -> bool:
    """Whether a decision was entered on somebody of the list."""
    return any(each.award for each in office.book.table(Candidate).where(list=proposals.id))


def is_waiting(found: Sequence[Candidate]) -> bool:
    """Whether somebody on a list, of which these are the candidates, may still be decided."""
    return not found or any(not each.award and each.appraisal != "refused" for each in found)


def _judge_open(office: Office, proposals: ProposalList) -> None:
    if is_decided(office, proposals):
        raise RefusedError(t("The list was decided already"), do=t("begin another list"))


def judge_undecided(candidate: Candidate) -> None:
    """Raises RefusedError for a candidate that was decided."""
    if candidate.award:
        raise RefusedError(
            t("This candidate was decided already"), do=t("what was decided is corrected by a new decision, or revoked")
        )
