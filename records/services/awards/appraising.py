"""Appraisal, council and decision: what was found of candidates, how the council voted, what was signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.awards.awards import Award, Decision
from records.domain.awards.proposals import STOPPED, Appraisal, Candidate, Meeting, ProposalList
from records.domain.people.names import clean
from records.rules.awards.council import VoteResult, vote_result
from records.services.awards.decisions import Proposal, decide
from records.services.awards.proposing import candidates_of, judge_undecided
from records.services.office import Office
from records.services.paper_numbers import MINUTES, completed, judge_free


def change_candidates(
    office: Office, candidates: Sequence[Candidate], *, citation: str, achieved_from: date, achieved_to: date
) -> None:
    """Change what candidates are proposed for, as one change.

    Raises:
        InputError: for an empty citation or a period that ends before it begins.
        RefusedError: for one that was decided.
    """
    for each in candidates:
        judge_undecided(each)
    if not clean(citation):
        raise InputError(t("The achievement is empty"), do=t("enter it letter for letter as in the decision"))
    if achieved_to < achieved_from:
        raise InputError(t("The achievement period ends before it begins"), do=t("correct one of the two days"))
    with office.book.change("award.change") as change:
        for each in candidates:
            change.put(
                replace(each, citation=citation.strip(), achieved_from=achieved_from, achieved_to=achieved_to), was=each
            )


def appraise(
    office: Office, candidates: Sequence[Candidate], verdict: Appraisal, *, reason: str = "", day: date
) -> list[Candidate]:
    """Record what the office found of candidates, as one change.

    Raises:
        InputError: for a refusal or a return without a reason.
        RefusedError: for one that was decided.
    """
    if verdict in STOPPED and not clean(reason):
        raise InputError(t("A refusal or a return needs its reason"), do=t("say why; the proposing unit is told so"))
    for each in candidates:
        judge_undecided(each)
    with office.book.change("award.appraise") as change:
        return [
            change.put(
                replace(
                    each,
                    appraisal=verdict,
                    appraisal_reason=clean(reason),
                    appraised_by=office.book.actor if verdict else "",
                    appraised=day if verdict else None,
                ),
                was=each,
            )
            for each in candidates
        ]


def hold_meeting(office: Office, meeting: Meeting, votes: Mapping[str, int]) -> Meeting:
    """Enter the council's minutes on a list with the votes, as one change; entered anew they replace the earlier.

    Args:
        office: the open book.
        meeting: its `id` may be empty.
        votes: candidate id -> members in favour; the others keep what they have.

    Raises:
        InputError: for more present than members, or more votes than present.
        RefusedError: for votes on somebody who was decided, or a number that other minutes of its series have.
    """
    if not 0 < meeting.present <= meeting.members:
        raise InputError(
            t("{present} present of {members} members cannot be", present=meeting.present, members=meeting.members),
            do=t("correct one of the two"),
        )
    names = office.names()
    chosen = [office.book.table(Candidate)[each] for each in votes]
    for each in chosen:
        judge_undecided(each)
        if not 0 <= votes[each.id] <= meeting.present:
            raise InputError(
                t(
                    "{votes} votes for {name}, but {present} were present",
                    votes=votes[each.id],
                    present=meeting.present,
                    name=names.get(each.subject, ""),
                ),
                do=t("correct the number of votes"),
            )
    before = meeting_of(office, meeting.list)
    meeting = _numbered(office, meeting)
    with office.book.change("award.council", about=meeting.number) as change:
        for each in chosen:
            change.put(replace(each, votes=votes[each.id]), was=each)
        return change.put(replace(meeting, id=before.id if before else change.new_id(Meeting)), was=before)


def _numbered(office: Office, meeting: Meeting) -> Meeting:
    """Minutes with their number in full. Raises RefusedError for one that other minutes have."""
    if not clean(meeting.number):
        return meeting
    form = office.book.table(ProposalList)[meeting.list].form
    number = completed(office, clean(meeting.number), MINUTES, form, meeting.day)
    judge_free(office, number, MINUTES, form, meeting.day, about=meeting.list)
    return replace(meeting, number=number)


def meeting_of(office: Office, list_id: str) -> Meeting | None:
    """The council's meeting on a list, or None."""
    found = office.book.table(Meeting).where(list=list_id)
    return found[-1] if found else None


def results(office: Office, proposals: ProposalList, day: date) -> dict[str, VoteResult]:
    """Candidate id -> what the council decided."""
    meeting, procedure = meeting_of(office, proposals.id), office.settings.procedure
    return {each.id: vote_result(each, meeting, procedure, day) for each in candidates_of(office, proposals)}


def decide_list(
    office: Office, proposals: ProposalList, prize: str, signed: Mapping[str, Any]
) -> tuple[Decision, list[Award]]:
    """Enter the signed decision on the candidates of one prize whom appraisal and council agreed to, as one change.

    Args:
        office: the open book.
        proposals: the list.
        prize: key of the prize.
        signed: `number`, `day` and the signers of the decision.

    Raises:
        InputError: when nobody of the prize was agreed to.
        RefusedError: while somebody agreed to in appraisal has no result of the council, and as `decide` does.
    """
    return decide(office, proposal_of(office, proposals, prize, signed))


def proposal_of(office: Office, proposals: ProposalList, prize: str, signed: Mapping[str, Any]) -> Proposal:
    """What `decide_list` would enter; raises what it raises before judging.

    A list that went out before the day of the decision counts as received on that day.
    """
    agreed = _agreed(office, proposals, prize, signed["day"])
    if not agreed:
        raise InputError(t("Nobody on the list was agreed to for this"), do=t("see the appraisal and the votes"))
    first = agreed[0]
    return Proposal(
        **{"received": proposals.submitted, **{name: each for name, each in signed.items() if each is not None}},
        prize=prize,
        people=[each.subject for each in agreed],
        citation=first.citation,
        achieved_from=first.achieved_from,
        achieved_to=first.achieved_to,
        citations={each.subject: each.citation for each in agreed},
        periods={each.subject: (each.achieved_from, each.achieved_to) for each in agreed},
        candidates={each.subject: each.id for each in agreed},
    )


def _agreed(office: Office, proposals: ProposalList, prize: str, day: date) -> list[Candidate]:
    """Those of one prize whom appraisal and council agreed to; raises RefusedError while somebody waits."""
    found = results(office, proposals, day)
    names = office.names()
    waiting = [each for each in candidates_of(office, proposals) if each.prize == prize and not each.award]
    for each in waiting:
        if each.appraisal not in STOPPED and (not each.appraisal or found[each.id].passed is None):
            reason = found[each.id].reason if each.appraisal else t("not appraised yet")
            raise RefusedError(
                t("{name}: {reason}", name=names.get(each.subject, ""), reason=reason),
                do=t("appraise everybody and enter the council's votes first, or take the candidate off"),
            )
    return [each for each in waiting if each.appraisal == "agreed" and found[each.id].passed]
