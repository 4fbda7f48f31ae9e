"""The awards desk: a decision with its awards, entered in the register, printed, taken back. Each is one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from config.errors import InputError, RefusedError
from config.shapes import Prize
from config.text import t
from records.desks.office import Office
from records.domain.awards import Award, Decision, Issue
from records.domain.people import Person
from records.rules.money import prize_money


class Printable(Protocol):
    """What a certificate or a card is printed for: an award, an attendance, an appointment."""

    @property
    def id(self) -> str:
        """Its id in the book."""


T = TypeVar("T", bound=Printable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a decision says before it has an id.

    Attributes:
        number: without `Số`, as on the paper.
        people: ids, in the order of the decision's list.
        citation: the achievement, letter for letter as on the paper.
        citations: person id -> another achievement, where it differs.
    """

    number: str
    day: date
    prize: str
    people: Sequence[str]
    citation: str
    achieved_from: date
    achieved_to: date
    citations: Mapping[str, str] = field(default_factory=dict)
    signer_mode: str = ""
    signer_body: str = ""
    signer_title: str = ""
    signer_name: str = ""


def decide(office: Office, proposal: Proposal) -> tuple[Decision, list[Award]]:
    """Enter a signed decision and register its awards, gapless in the year, as one change.

    Raises:
        InputError: when a person, the prize or a date is wrong.
        RefusedError: when somebody may not be commended: under discipline, the same number twice, a period overlapping
            one rewarded before with the same prize.
    """
    prize = _prize(office, proposal.prize)
    _judge_proposal(office, proposal)
    people = [office.person(each) for each in proposal.people]
    for person in people:
        _judge_person(office, person, proposal)
    unit_names = office.unit_names(proposal.day)
    money = prize_money(prize, office.settings.money, proposal.day)
    with office.book.change("award.decide", about=proposal.number) as change:
        decision = change.put(_decision(office, proposal, prize, change.new_id(Decision)))
        first = _next_register_number(office, proposal.day.year)
        awards = [
            change.put(
                Award(
                    id=change.new_id(Award),
                    decision=decision.id,
                    person=person.id,
                    prize=proposal.prize,
                    name=person.name,
                    unit_name=unit_names.get(person.unit_on(proposal.day), ""),
                    citation=proposal.citations.get(person.id, proposal.citation),
                    achieved_from=proposal.achieved_from,
                    achieved_to=proposal.achieved_to,
                    register_year=proposal.day.year,
                    register_number=number,
                    money=money.amount,
                    money_note=str(money.reason),
                )
            )
            for number, person in enumerate(people, first)
        ]
    return decision, awards


def _prize(office: Office, key: str) -> Prize:
    prizes = office.settings.prizes.prizes
    if key not in prizes:
        raise InputError(t("There is no prize “{key}”", key=key), do=t("use one of: {known}", known=", ".join(prizes)))
    return prizes[key]


def _judge_proposal(office: Office, proposal: Proposal) -> None:
    if not proposal.people:
        raise InputError(t("The decision names nobody"), do=t("mark people first, or name them with --people"))
    if len(set(proposal.people)) != len(proposal.people):
        raise InputError(t("The decision names somebody twice"), do=t("name each person once"))
    if not proposal.number.strip():
        raise InputError(t("The decision has no number"), do=t("enter it as on the paper, such as 12-QĐ/BTG"))
    if not proposal.citation.strip():
        raise InputError(t("The achievement is empty"), do=t("enter it letter for letter as in the decision"))
    if proposal.achieved_to < proposal.achieved_from:
        raise InputError(t("The achievement period ends before it begins"), do=t("correct one of the two days"))
    for decision in office.book.table(Decision):
        if decision.number == proposal.number and decision.day.year == proposal.day.year:
            raise RefusedError(
                t("Decision {number} of {year} is already in the book", number=proposal.number, year=proposal.day.year),
                do=t("correct the number; a mistake in a registered decision is corrected by a new decision"),
            )


def _judge_person(office: Office, person: Person, proposal: Proposal) -> None:
    for measure in office.dossier(person.id, proposal.day).discipline:
        if measure.state_on(proposal.day) in ("pending", "in_force"):
            raise RefusedError(
                t("{name} is under discipline or verification on {day}", name=person.name, day=proposal.day),
                do=t("leave this person out, or record how the matter ended"),
            )
    for award in office.book.table(Award).where(person=person.id):
        overlaps = award.achieved_from <= proposal.achieved_to and proposal.achieved_from <= award.achieved_to
        if award.revoked is None and award.prize == proposal.prize and overlaps:
            raise RefusedError(
                t(
                    "{name} already has this prize for {start} to {end} (register {register})",
                    name=person.name,
                    start=award.achieved_from,
                    end=award.achieved_to,
                    register=award.register,
                ),
                do=t("one achievement is rewarded once: correct the period or leave this person out"),
            )


def _decision(office: Office, proposal: Proposal, prize: Prize, new_id: str) -> Decision:
    described = office.settings.office
    return Decision(
        id=new_id,
        number=proposal.number,
        day=proposal.day,
        form=prize.form,
        issuer=described.name.on(proposal.day).value or "",
        issuer_above=described.superior.on(proposal.day).value or "",
        title=prize.title.vi,
        place=described.place,
        signer_mode=proposal.signer_mode,
        signer_body=proposal.signer_body,
        signer_title=proposal.signer_title,
        signer_name=proposal.signer_name,
    )


def _next_register_number(office: Office, year: int) -> int:
    taken = [each.register_number for each in office.book.table(Award) if each.register_year == year]
    return max(taken, default=0) + 1


def decision_by_number(office: Office, number: str, year: int = 0) -> Decision:
    """The decision with this number (of the latest year that has it, when `year` is 0). Raises InputError."""
    found = [
        each for each in office.book.table(Decision) if number in (each.number, each.id) and year in (0, each.day.year)
    ]
    if not found:
        raise InputError(t("There is no decision {number}", number=number), do=t("list decisions with “award list”"))
    return max(found, key=lambda each: each.day)


def awards_of(office: Office, decision: Decision) -> list[Award]:
    """The awards of a decision in the order of the register."""
    return sorted(office.book.table(Award).where(decision=decision.id), key=lambda each: each.register_number)


def printed_before(office: Office, awards: Sequence[T]) -> list[T]:
    """Those of `awards` (or attendances, or appointments) for which a certificate was printed already."""
    return [each for each in awards if office.book.table(Issue).where(award=each.id)]


def record_print(office: Office, awards: Sequence[Printable], *, template: str, sha256: str, today: date) -> None:
    """Note that certificates were printed, as one change; a second printing is noted as a re-issue."""
    again = {each.id for each in printed_before(office, awards)}
    with office.book.change("certificate.print", about=template) as change:
        for award in awards:
            change.put(
                Issue(
                    id=change.new_id(Issue),
                    award=award.id,
                    printed=today,
                    template=template,
                    reissue=award.id in again,
                    sha256=sha256,
                )
            )
