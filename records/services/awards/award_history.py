"""The way of one award from the proposal to what became of it, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from config.errors import InputError
from config.text import Text, t
from records.domain.awards.awards import Award, Decision, Issue
from records.domain.awards.proposals import Candidate, ProposalList
from records.domain.dates import shown_time
from records.rules.awards.words import APPRAISAL_WORDS, dong
from records.services.awards.appraising import meeting_of
from records.services.awards.paying import chain_of, payments_of
from records.services.awards.registering import own_awards
from records.services.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happened to an award: its day, and what; `by` is who entered it where that is kept."""

    day: date | None
    what: Text
    by: str = ""


def award_named(office: Office, named: str) -> Award:
    """The award with this number of the register (`12/2025`) or this id. Raises InputError when there is none."""
    known: list[Award] = [*own_awards(office.book), *office.book.table(Award)]
    for each in known:
        if named.strip() in (each.id, each.register):
            return each
    raise InputError(
        t("There is no award “{name}” in the register", name=named),
        do=t("name it by its number, such as 12/2025; see “award register”"),
    )


def story(office: Office, award: Award) -> list[Step]:
    """What happened to an award and to those it corrects, in order."""
    steps: list[Step] = []
    for part in reversed(chain_of(office, award)):
        for candidate in office.book.table(Candidate).where(award=part.id):
            steps += _before(office, candidate)
        steps += _decided(office, part)
    return steps + _after(office, award)


def _before(office: Office, candidate: Candidate) -> list[Step]:
    proposals = office.book.table(ProposalList)[candidate.list]
    steps = [Step(day=proposals.opened, what=t("Put on the list “{title}”", title=proposals.title))]
    if proposals.submitted:
        steps.append(Step(day=proposals.submitted, what=t("Proposed by {number}", number=proposals.number)))
    if candidate.appraisal:
        what = t("Appraised: {verdict}", verdict=APPRAISAL_WORDS[candidate.appraisal])
        steps.append(Step(day=candidate.appraised, what=what, by=candidate.appraised_by))
    held = meeting_of(office, candidate.list)
    if held and candidate.votes is not None:
        what = t("Council: {votes} of the {present} present agreed", votes=candidate.votes, present=held.present)
        steps.append(Step(day=held.day, what=what))
    return steps


def _decided(office: Office, award: Award) -> list[Step]:
    decision = office.book.table(Decision)[award.decision]
    entries = office.book.history(record=award.id)
    entered = entries[-1] if entries else None
    words = t("Decided by {number}: {title}", number=decision.number, title=decision.title)
    if decision.corrects:
        words = t("Corrected by {number}", number=decision.number)
    registered = t("Registered as {register}", register=award.register)
    if not award.register:
        registered = t("Entered from a list of the past; it has no number in our register")
    elif entered:
        registered = t("Registered as {register} on {time}", register=award.register, time=shown_time(entered.time))
    return [
        Step(day=decision.day, what=words),
        Step(day=None, what=registered, by=entered.actor if entered else ""),
    ]


def _after(office: Office, award: Award) -> list[Step]:
    found = []
    for part in chain_of(office, award):
        for issue in office.book.table(Issue).where(award=part.id):
            words = t("Certificate printed again") if issue.reissue else t("Certificate printed")
            if issue.spoilt:
                words = t("Certificate printed again in place of a spoilt sheet: {why}", why=issue.spoilt)
            found.append(Step(day=issue.printed, what=words))
    for each in payments_of(office, award):
        paid = each.kind == "paid"
        amount, voucher = dong(each.amount), each.voucher or "—"
        words = (
            t("Paid {amount} đ from {fund} ({voucher})", amount=amount, fund=each.fund, voucher=voucher)
            if paid
            else t("Recovered {amount} đ ({voucher})", amount=amount, voucher=voucher)
        )
        found.append(Step(day=each.day, what=words))
    if award.revoked:
        words = t("Revoked by {number}: {ground}", number=award.revoked_number or "—", ground=award.revoked_ground)
        found.append(Step(day=award.revoked, what=words))
    later = office.book.table(Award).where(corrects=award.id)
    found += [Step(day=None, what=t("Corrected: see {register}", register=each.register)) for each in later]
    return sorted(found, key=lambda each: each.day or date.max)
