"""The awards desk: a decision with its awards, entered in the register, printed, taken back. Each is one change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from msgspec.structs import replace

from config.errors import AppError, InputError, RefusedError
from config.shapes import Prize
from config.text import t
from records.desks.office import Office
from records.desks.registering import next_number
from records.domain.awards import SIGNERS, Award, Decision, Issue, standing
from records.domain.commendation import Candidate
from records.domain.names import fold
from records.domain.units import Unit
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
        number: without `Số`, as on the paper: `12-QĐ/BTG` of the Party, `12/QĐ-UBND` of the state.
        people: ids of people, or of units where the prize is for collectives, in the order of the decision's list.
        citation: the achievement, letter for letter as on the paper.
        citations, periods: subject's id -> another achievement or its days, where they differ.
        candidates: subject's id -> id of the candidate that is decided with it.
    """

    number: str
    day: date
    prize: str
    people: Sequence[str]
    citation: str
    achieved_from: date
    achieved_to: date
    citations: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    candidates: Mapping[str, str] = field(default_factory=dict)
    signer_mode: str = ""
    signer_body: str = ""
    signer_title: str = ""
    signer_name: str = ""
    signer2_mode: str = ""
    signer2_body: str = ""
    signer2_title: str = ""
    signer2_name: str = ""

    def period(self, subject: str) -> tuple[date, date]:
        """First and last day of what is rewarded of one subject."""
        return self.periods.get(subject, (self.achieved_from, self.achieved_to))


def decide(office: Office, proposal: Proposal) -> tuple[Decision, list[Award]]:
    """Enter a signed decision and register its awards, gapless in the year, as one change.

    Raises:
        InputError: when somebody, the prize, the number or a date is wrong.
        RefusedError: when somebody may not be commended: under discipline, the same number twice, a period overlapping
            one rewarded before with the same prize, a unit that is dissolved.
    """
    prize = prize_of(office, proposal.prize)
    _judge_proposal(proposal)
    judge_number(office, proposal.number, proposal.day, prize.form)
    for citation in (proposal.citation, *proposal.citations.values()):
        judge_words(prize, citation, proposal.day)
    for each in proposal.people:
        if refused := refusal_of(office, each, proposal.prize, proposal.day, proposal.period(each)):
            raise refused
    money = prize_money(prize, office.settings.money, proposal.day)
    with office.book.change("award.decide", about=proposal.number) as change:
        decision = change.put(_decision(office, proposal, prize, change.new_id(Decision)))
        first = next_number(office.book, proposal.day.year)
        made = []
        for number, subject in enumerate(proposal.people, first):
            begun, ended = proposal.period(subject)
            award = replace(
                _blank_award(office, subject, proposal.day),
                id=change.new_id(Award),
                decision=decision.id,
                prize=proposal.prize,
                citation=proposal.citations.get(subject, proposal.citation),
                achieved_from=begun,
                achieved_to=ended,
                register_year=proposal.day.year,
                register_number=number,
                money=money.amount,
                money_note=money.note,
            )
            made.append(change.put(award))
            if candidate := office.book.table(Candidate).get(proposal.candidates.get(subject, "")):
                change.put(replace(candidate, award=award.id))
    return decision, made


def place_of_prizes(office: Office) -> Callable[[str], int]:
    """Gives the place of a prize in the settings; one that they no longer have comes last."""
    order = list(office.settings.prizes.prizes)
    return lambda prize: order.index(prize) if prize in order else len(order)


def prize_of(office: Office, key: str) -> Prize:
    """The prize with this key of the settings. Raises InputError naming those there are."""
    prizes = office.settings.prizes.prizes
    if key not in prizes:
        raise InputError(t("There is no prize “{key}”", key=key), do=t("use one of: {known}", known=", ".join(prizes)))
    return prizes[key]


def _blank_award(office: Office, subject: str, day: date) -> Award:
    """An award that says only whom it commends, as the decision's day knows them."""
    names = office.unit_names(day)
    blank = Award(
        id="", decision="", person="", prize="", name="", unit_name="", citation="", achieved_from=day, achieved_to=day
    )
    unit = office.book.table(Unit).get(subject)
    if unit is not None:
        return replace(blank, unit=unit.id, name=unit.name_on(day), unit_name=names.get(unit.parent_on(day), ""))
    person = office.person(subject)
    unit_name = names.get(person.unit_on(day), "")
    return replace(blank, person=person.id, name=person.name, unit_name=unit_name, position=person.position)


def _judge_proposal(proposal: Proposal) -> None:
    if not proposal.people:
        raise InputError(t("The decision names nobody"), do=t("mark people first, or name them with --people"))
    if len(set(proposal.people)) != len(proposal.people):
        raise InputError(t("The decision names somebody twice"), do=t("name each person once"))
    if not proposal.citation.strip():
        raise InputError(t("The achievement is empty"), do=t("enter it letter for letter as in the decision"))
    for begun, ended in ((proposal.achieved_from, proposal.achieved_to), *proposal.periods.values()):
        if not begun <= min(ended, proposal.day):
            raise InputError(t("The achievement ends, or is rewarded, before it begins"), do=t("correct the days"))


_NUMBER = {"party": re.compile(r"\d+-QĐ/\S+"), "state": re.compile(r"\d+/QĐ-\S+"), "office": re.compile(r"\d+\S*")}


def judge_number(office: Office, number: str, day: date, form: str) -> None:
    """Judge the number of a decision.

    Raises:
        InputError: when it is empty, or not in the form of the paper's family: `12-QĐ/ĐU` or `12/QĐ-UBND`.
        RefusedError: when the year has a decision of that number.
    """
    if not number.strip():
        raise InputError(t("The decision has no number"), do=t("enter it as on the paper, such as 12-QĐ/BTG"))
    if not _NUMBER[form].fullmatch(number):
        wanted = {"party": "12-QĐ/ĐU", "state": "12/QĐ-UBND", "office": "12"}[form]
        raise InputError(
            t("“{number}” is no number of such a decision", number=number),
            do=t("write it as {example}, without “Số”", example=wanted),
        )
    for decision in office.book.table(Decision):
        if decision.number == number and decision.day.year == day.year:
            raise RefusedError(
                t("Decision {number} of {year} is already in the book", number=number, year=day.year),
                do=t("correct the number; a mistake in a registered decision is corrected by a new decision"),
            )


def judge_words(prize: Prize, citation: str, day: date) -> None:
    """Raises InputError for words that such a paper does not say any more on `day`."""
    for old in prize.old_words:
        if old.since <= day and fold(old.words) in fold(citation):
            raise InputError(
                t("“{words}” is not said any more since {day}", words=old.words, day=old.since),
                do=t("write “{instead}”", instead=old.instead),
            )


def refusal_of(
    office: Office, subject: str, prize: str, day: date, period: tuple[date, date], *, ignoring: str = ""
) -> AppError | None:
    """Why somebody may not be commended on `day` for a period, or None; raises InputError for an unknown one.

    Args:
        office: the open book.
        subject: id of a person or unit.
        prize: key of the prize.
        day: of the decision.
        period: first and last day of what is rewarded.
        ignoring: id of an award that is being corrected.
    """
    unit = office.book.table(Unit).get(subject)
    if (unit is not None) != (prize_of(office, prize).subject == "collective"):
        return InputError(
            t("“{prize}” is not for {subject}", prize=prize, subject=subject),
            do=t("collectives and people have prizes of their own"),
        )
    name = unit.name_on(day) if unit else office.person(subject).name
    if unit is not None and unit.until is not None and unit.until < day:
        return RefusedError(
            t("{name} was dissolved on {day}", name=name, day=unit.until),
            do=t("a dissolved unit is not commended (Thông tư 15/2025/TT-BNV)"),
        )
    measures = () if unit else office.dossier(subject, day).discipline
    if any(measure.state_on(day) in ("pending", "in_force") for measure in measures):
        return RefusedError(
            t("{name} is under discipline or verification on {day}", name=name, day=day),
            do=t("leave this person out, or record how the matter ended"),
        )
    held = office.book.table(Award).where(**({"unit": subject} if unit else {"person": subject}))
    counting = [each for each in standing(held) if each.id != ignoring and each.prize == prize]
    return _overlap(name, counting, period)


def _overlap(name: str, held: Sequence[Award], period: tuple[date, date]) -> AppError | None:
    """That one of the awards of the same prize rewards a part of the period, or None."""
    for award in held:
        if award.achieved_from <= period[1] and period[0] <= award.achieved_to:
            return RefusedError(
                t(
                    "{name} already has this prize for {start} to {end} (register {register})",
                    name=name,
                    start=award.achieved_from,
                    end=award.achieved_to,
                    register=award.register,
                ),
                do=t("one achievement is rewarded once: correct the period or leave this person out"),
            )
    return None


def _decision(office: Office, proposal: Proposal, prize: Prize, new_id: str) -> Decision:
    described = office.settings.office
    signers = {each: getattr(proposal, each) for each in SIGNERS}
    return Decision(
        id=new_id,
        number=proposal.number,
        day=proposal.day,
        form=prize.form,
        issuer=described.name.on(proposal.day).value or "",
        issuer_above=described.superior.on(proposal.day).value or "",
        title=prize.title.vi,
        place=described.place,
        **signers,
    )


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


def record_print(
    office: Office, awards: Sequence[Printable], *, template: str, hashes: Sequence[str], today: date
) -> None:
    """Note that certificates were printed, as one change; a second printing is noted as a re-issue.

    `hashes` are the SHA-256 of the file, or of each certificate's own where they lie in files of their own.
    """
    again = {each.id for each in printed_before(office, awards)}
    each_own = list(hashes) if len(hashes) == len(awards) else [*hashes[:1]] * len(awards)
    with office.book.change("certificate.print", about=template) as change:
        for award, sha256 in zip(awards, each_own or [""] * len(awards), strict=True):
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
