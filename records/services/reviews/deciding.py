"""Deciding in a review: outcomes with their reasons, and candidates. Each act is one change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import msgspec

from config.errors import InputError, RefusedError
from config.text import t
from records.domain.reviews import OUTCOMES, Outcome, Review, ReviewLine
from records.rules.standards.supposing import suppose_role
from records.services.office import Office
from records.services.people.roster import Scope, roster
from records.services.privacy.restricting import judge_usable
from records.services.reviews.reviews import line_of, the_review
from records.services.standards.verdicts import judge_whole


def judge_unsigned(review: Review) -> None:
    """Refuse to change what is signed. Raises RefusedError."""
    if review.signed is not None:
        raise RefusedError(
            t("The review “{title}” was signed on {day}", title=review.title, day=review.signed),
            do=t("what is signed stays; correct it by a correction that refers to it"),
        )


def set_outcome(office: Office, lines: Iterable[ReviewLine], outcome: str, reason: str = "") -> int:
    """Decide on people; an empty `outcome` accepts what is proposed. One change; gives the number of lines.

    Raises:
        InputError: for an unknown outcome, nobody, or no reason where the outcome is not the one proposed.
        RefusedError: when the review is signed.
    """
    chosen = list(lines)
    if not chosen:
        raise InputError(t("Nobody is chosen"), do=t("mark people, or put the cursor on one"))
    if outcome and outcome not in OUTCOMES:
        raise InputError(
            t("There is no outcome “{given}”", given=outcome), do=t("use one of: {known}", known=", ".join(OUTCOMES))
        )
    for review in {each.review for each in chosen}:
        judge_unsigned(the_review(office, review))
    decided = [_decided(each, outcome, reason.strip()) for each in chosen]
    about = chosen[0].name if len(chosen) == 1 else str(len(chosen))
    with office.book.change("review.set", about=about) as change:
        for old, new in zip(chosen, decided, strict=True):
            change.put(new, was=old)
    return len(decided)


def _decided(line: ReviewLine, outcome: str, reason: str) -> ReviewLine:
    taken = cast("Outcome", outcome or line.proposed)
    if taken == "add" and not line.candidate:
        raise InputError(
            t("{name} already holds the role and cannot be added", name=line.name), do=t("choose another outcome")
        )
    if line.candidate and taken not in ("add", "end"):
        raise InputError(t("{name} is a candidate", name=line.name), do=t("add the candidate, or end the proposal"))
    if taken != line.proposed and not reason:
        raise InputError(
            t("The outcome for {name} is not the one proposed, and no reason is given", name=line.name),
            do=t("give the reason"),
        )
    return msgspec.structs.replace(line, outcome=taken, reason=reason if taken != line.proposed else "")


def add_candidate(office: Office, review: Review, person_id: str, role: str, level: str) -> ReviewLine:
    """Bring in somebody who could be added, judged at once as if appointed on the review's day. One change.

    Raises:
        InputError: for an unknown person, role or level, or somebody who holds the role or is in the review for it.
        RefusedError: when the review is signed, or the data of the person is restricted.
    """
    judge_unsigned(review)
    roster(office, review.on, Scope(role=role, level=level))  # refuses unknown words
    dossier = office.dossier(person_id, review.on)
    judge_usable(office, [person_id])
    known = {each.role for each in office.book.table(ReviewLine).where(review=review.id) if each.person == person_id}
    if dossier.latest(role) is not None or role in known:
        raise InputError(
            t("{name} holds this role or is in the review for it", name=dossier.person.name), do=t("choose another")
        )
    supposed = suppose_role(dossier, role, level)
    units = office.unit_names(review.on)
    line = line_of(office, supposed, judge_whole(office, supposed, role), units)
    with office.book.change("review.candidate", about=dossier.person.name) as change:
        whole = msgspec.structs.replace(
            line, id=change.new_id(ReviewLine), review=review.id, appointment="", proposed="add", rule=""
        )
        return change.put(whole)
